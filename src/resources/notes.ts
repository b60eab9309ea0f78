/** What `setup` tells besides what it does: facts of the org that can end the connection and that no step changes. */
import type { World } from '../engine/world.ts';
import type { Context } from './context.ts';
import { oauthApp } from './oauthApp.ts';
import { orgSettings, targetOrg, trialDaysLeft } from './targetOrg.ts';

export const readNotes = async ({ context, see }: World<Context>): Promise<string[]> => {
  const [org, { app }, { approvedAppsOnly, secretsReadable }] = await Promise.all([
    see(targetOrg),
    see(oauthApp),
    see(orgSettings),
  ]);
  const days = trialDaysLeft(org, context.now());
  return [
    ...(days === undefined
      ? []
      : [
          `The target org is a trial that ends in ${days} days, on ${org.trialExpiration?.slice(0, 10) ?? ''}; the connection ends with it.`,
        ]),
    ...(app?.idleLimit === 'on'
      ? [
          `The org limits idle refresh tokens: although ${app.name} says "valid until revoked", the connection ends after 30 days in which Okta changes nothing. Switch the limit off for the app in Setup, or see that something is provisioned every month.`,
        ]
      : []),
    ...(approvedAppsOnly
      ? [
          "API Access Control is on: Okta's calls are refused until an admin approves the app (Setup > API Access Control; --permitted-users pre-authorized).",
        ]
      : []),
    ...(secretsReadable
      ? [
          'Client secrets of external client apps are readable through REST in this org; Salesforce recommends to keep that off (Setup > External Client App Settings).',
        ]
      : []),
  ];
};
