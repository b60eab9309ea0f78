import type { Obstacle } from '../engine/change.ts';
import type { Permission } from '../clients/salesforce/client.ts';
import { SalesforceApiError } from '../clients/salesforce/errors.ts';
import type { User } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';
import { targetOrg, type OrgKind } from './targetOrg.ts';

/** The Salesforce user who approves the app, or why there is none. */
export type IntegrationUser =
  | { readonly kind: 'unnamed'; readonly orgKind: OrgKind }
  | { readonly kind: 'absent'; readonly username: string }
  | {
      readonly kind: 'found';
      readonly user: User;
      /** Undefined where whoever asks may not see it: that takes Manage Users. */
      readonly frozen: boolean | undefined;
      readonly permissions: ReadonlySet<Permission>;
      /** Whether it is the user whose `sf` login is used, by default and not by name. */
      readonly byDefault: boolean;
    };

/** In production the user must be named: the admin who happens to run the command is rarely the one who should own Okta's access. */
const NAMED_IN: readonly OrgKind[] = ['production', 'trial'];

export const runningUser: PairResource<User | undefined> = {
  id: 'salesforce.running-user',
  read: async ({ context: { salesforce } }) => salesforce.user(salesforce.username),
};

export const integrationUser: PairResource<IntegrationUser> = {
  id: 'salesforce.user',
  read: async ({ context, see }) => {
    const named = context.intent.integrationUser;
    const byDefault = named === undefined || named.toLowerCase() === context.salesforce.username.toLowerCase();
    if (named === undefined) {
      const { kind: orgKind } = await see(targetOrg);
      if (NAMED_IN.includes(orgKind)) return { kind: 'unnamed', orgKind };
    }
    const user = await (byDefault ? see(runningUser) : context.salesforce.user(named));
    if (!user) return { kind: 'absent', username: named ?? context.salesforce.username };
    const [frozen, permissions] = await Promise.all([
      context.salesforce.isFrozen(user.Id).catch(hidden),
      context.salesforce.permissions(user.Id),
    ]);
    return { kind: 'found', user, frozen, permissions, byDefault: named === undefined };
  },
};

const hidden = (error: unknown): undefined => {
  if (error instanceof SalesforceApiError && /INVALID_TYPE|INSUFFICIENT_ACCESS/.test(error.data?.errorCode ?? ''))
    return undefined;
  throw error;
};

/** What Okta needs of the user, beyond being able to log in (contracts/salesforce.md §8.3). */
export const NEEDED_PERMISSIONS = ['ApiEnabled', 'ManageUsers'] as const satisfies readonly Permission[];

/** Permissions that are needed and not held. */
export const missingPermissions = ({ permissions }: { permissions: ReadonlySet<Permission> }): Permission[] =>
  NEEDED_PERMISSIONS.filter((name) => !permissions.has(name));

/** A user with an API-only licence or profile cannot log in to consent (contracts/salesforce.md §8.4). */
export const isApiOnly = ({ user, permissions }: { user: User; permissions: ReadonlySet<Permission> }): boolean =>
  permissions.has('ApiUserOnly') || (user.Profile?.UserLicense?.Name ?? '').endsWith('Integration');

export const integrationUserObstacles = (state: IntegrationUser): Obstacle[] => {
  const refuse = (reason: string, ...actions: string[]): Obstacle => ({ kind: 'refused', reason, actions });
  if (state.kind === 'unnamed')
    return [
      refuse(
        `In a ${state.orgKind} org the integration user must be named.`,
        'Add --integration-user with the username of the Salesforce user who will approve the app in the name of Okta.'
      ),
    ];
  if (state.kind === 'absent')
    return [
      refuse(
        `There is no Salesforce user ${state.username}.`,
        'Correct --integration-user, or create the user in Setup > Users.'
      ),
    ];
  const { user, frozen } = state;
  const page = `Setup > Users > ${user.Username}`;
  const missing = missingPermissions(state);
  return [
    ...(user.IsActive ? [] : [refuse(`The integration user ${user.Username} is inactive.`, `Activate it in ${page}.`)]),
    ...(frozen ? [refuse(`The integration user ${user.Username} is frozen.`, `Unfreeze it in ${page}.`)] : []),
    ...(isApiOnly(state)
      ? [
          refuse(
            `The integration user ${user.Username} is API-only and cannot log in to approve the app.`,
            'Name a user with a full Salesforce licence by --integration-user.'
          ),
        ]
      : []),
    ...(missing.length === 0
      ? []
      : [
          refuse(
            `The integration user ${user.Username} lacks ${missing.join(' and ')}.`,
            `Grant ${missing.join(' and ')} to the profile of ${user.Username}.`
          ),
        ]),
  ];
};
