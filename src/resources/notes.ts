/** What `setup` tells besides what it does: facts that no step changes, of what can end the connection and of whom it does not reach. */
import type { World } from '../engine/world.ts';
import type { Context } from './context.ts';
import { oauthApp } from './oauthApp.ts';
import { assignedUsers, namesOfUsers, oktaAppItself, unprovisioned } from './oktaApp.ts';
import { orgSettings, targetOrg, trialDaysLeft } from './targetOrg.ts';

export interface Note {
  readonly text: string;
  /** The org did not accept what was asked for, or will end it: only a person can change that. */
  readonly open: boolean;
}

export const readNotes = async ({ context, see }: World<Context>): Promise<Note[]> => {
  const [org, { app }, { approvedAppsOnly, secretsReadable }, okta, users] = await Promise.all([
    see(targetOrg),
    see(oauthApp),
    see(orgSettings),
    see(oktaAppItself),
    see(assignedUsers),
  ]);
  const left = unprovisioned(users);
  const days = trialDaysLeft(org, context.now());
  const note = (open: boolean, text: string): Note => ({ text, open });
  return [
    ...(days === undefined
      ? []
      : [
          note(
            false,
            `The target org is a trial that ends in ${days} days, on ${org.trialExpiration?.slice(0, 10) ?? ''}; the connection ends with it.`
          ),
        ]),
    ...(app?.idleLimit === 'on'
      ? [
          note(
            true,
            `Idle refresh tokens of ${app.name} are limited: although its policy says "valid until revoked", the connection ends after 30 days in which Okta changes nothing. Switch the limit off in the OAuth settings of the app in Setup, or see that something is provisioned every month.`
          ),
        ]
      : []),
    ...(approvedAppsOnly && app?.policy.permittedUsers !== 'pre-authorized'
      ? [
          note(
            true,
            "API Access Control is on: Okta's calls are refused until an admin approves the app (Setup > API Access Control; --permitted-users pre-authorized)."
          ),
        ]
      : []),
    ...(secretsReadable
      ? [
          note(
            false,
            'Client secrets of external client apps are readable through REST in this org; Salesforce recommends to keep that off (Setup > External Client Apps > Settings).'
          ),
        ]
      : []),
    ...(okta.kind === 'found' && left.length > 0
      ? [
          note(
            false,
            `${left.length} of ${users.length} users assigned to the Okta app are not provisioned, since they were assigned before provisioning was on: ${namesOfUsers(left)}. Once it is on, click Provision User for each (Okta Admin Console > Applications > Applications > ${okta.app.label} > Assignments).`
          ),
        ]
      : []),
  ];
};
