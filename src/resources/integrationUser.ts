/** The Salesforce user who approves the app; Okta acts as that user. contracts/salesforce.md §8 */
import type { Change, Obstacle } from '../engine/change.ts';
import type { Permission } from '../clients/salesforce/client.ts';
import { SalesforceApiError } from '../clients/salesforce/errors.ts';
import type { OwnPermission } from '../clients/salesforce/people.ts';
import type { License, User } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';
import type { PairResource } from './context.ts';
import { ownPermissions } from './ownPermissions.ts';
import { labelled } from './permissionLabels.ts';
import { targetOrg, type OrgKind } from './targetOrg.ts';

/** The user, or why there is none. */
export type IntegrationUser =
  | { readonly kind: 'unnamed'; readonly orgKind: OrgKind }
  | {
      readonly kind: 'absent';
      readonly username: string;
      /** Read only where the user may be created: the licence that it would take a seat of. */
      readonly license?: License;
      /** What a write would take and the user whose login is used lacks. */
      readonly lacking: readonly OwnPermission[];
    }
  | {
      readonly kind: 'found';
      readonly user: User;
      /** Undefined where whoever asks may not see it: that takes Manage Users. */
      readonly frozen: boolean | undefined;
      readonly permissions: ReadonlySet<Permission>;
      /** Whether it is the user whose `sf` login is used, by default and not by name. */
      readonly byDefault: boolean;
      readonly lacking: readonly OwnPermission[];
    };

/** In production the user must be named: the admin who happens to run the command is rarely the one who should own Okta's access. */
const NAMED_IN: readonly OrgKind[] = ['production', 'trial'];
export const LICENSE = 'Salesforce';

export const runningUser: PairResource<User | undefined> = {
  id: 'salesforce.running-user',
  read: async ({ context: { salesforce } }) => salesforce.user(salesforce.username),
};

/** The user as found by name: in parallel with the organization, since most runs name it or do not need to. */
export const namedUser: PairResource<User | undefined> = {
  id: 'salesforce.named-user',
  read: async ({ context: { salesforce, intent }, see }) => {
    const named = intent.integrationUser;
    const isRunning = named === undefined || named.toLowerCase() === salesforce.username.toLowerCase();
    return isRunning ? see(runningUser) : salesforce.user(named);
  },
};

/** Who it is, or why nobody is. */
export type IntegrationIdentity =
  | { readonly kind: 'unnamed'; readonly orgKind: OrgKind }
  | { readonly kind: 'absent'; readonly username: string }
  | { readonly kind: 'found'; readonly user: User; readonly byDefault: boolean };

export const integrationIdentity: PairResource<IntegrationIdentity> = {
  id: 'salesforce.user.identity',
  read: async ({ context: { salesforce, intent }, see }) => {
    const named = intent.integrationUser;
    const [user, org] = await Promise.all([see(namedUser), named === undefined ? see(targetOrg) : undefined]);
    if (org && NAMED_IN.includes(org.kind)) return { kind: 'unnamed', orgKind: org.kind };
    return user
      ? { kind: 'found', user, byDefault: named === undefined }
      : { kind: 'absent', username: named ?? salesforce.username };
  },
};

/** Undefined where whoever asks may not see it, and where there is no user. */
export const userFrozen: PairResource<boolean | undefined> = {
  id: 'salesforce.user.frozen',
  read: async ({ context: { salesforce }, see }) => {
    const found = await see(integrationIdentity);
    return found.kind === 'found' ? salesforce.isFrozen(found.user.Id).catch(hidden) : undefined;
  },
};

export type HeldPermissions = ReadonlySet<Permission>;

/** None where there is no user. */
export const userPermissions: PairResource<HeldPermissions> = {
  id: 'salesforce.user.held-permissions',
  read: async ({ context: { salesforce }, see }) => {
    const found = await see(integrationIdentity);
    return found.kind === 'found' ? salesforce.permissions(found.user.Id) : new Set<Permission>();
  },
};

/** All of it, as those need it who change it. */
export const integrationUser: PairResource<IntegrationUser> = {
  id: 'salesforce.user',
  read: async ({ context: { salesforce, intent }, see }) => {
    const [identity, own] = await Promise.all([see(integrationIdentity), see(ownPermissions)]);
    if (identity.kind === 'unnamed') return identity;
    const lacking = (['ManageUsers', 'ManageProfilesPermissionsets', 'AssignPermissionSets'] as const).filter(
      (name) => !own.has(name)
    );
    if (identity.kind === 'absent') {
      const license = intent.createIntegrationUser && (await salesforce.license(LICENSE));
      return { ...identity, ...(license && { license }), lacking };
    }
    const [frozen, permissions] = await Promise.all([see(userFrozen), see(userPermissions)]);
    return { ...identity, frozen, permissions, lacking };
  },
};

/** Undefined for what whoever asks may not see. Any other failure stays one. */
export const hidden = (error: unknown): undefined => {
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

/** A user is made where there is none, and given what it lacks; nothing else of a user is changed. */
export const diffIntegrationUser = (state: IntegrationUser, intent: Intent): Change[] => {
  const permissions = 'salesforce.user.permissions';
  if (state.kind === 'unnamed') return [];
  if (state.kind === 'absent') {
    const grant = intent.createIntegrationUser?.grant ?? 'profile';
    return [
      { path: 'salesforce.user.exists', to: { username: state.username, license: LICENSE }, creates: true },
      { path: permissions, to: { by: grant, permissions: NEEDED_PERMISSIONS } },
    ];
  }
  const missing = missingPermissions(state);
  const held = NEEDED_PERMISSIONS.filter((name) => !missing.includes(name));
  return missing.length === 0 ? [] : [{ path: permissions, from: held, to: NEEDED_PERMISSIONS }];
};

const refuse = (reason: string, ...actions: string[]): Obstacle => ({ kind: 'refused', reason, actions });

export const integrationUserObstacles = (state: IntegrationUser, intent: Intent): Obstacle[] => {
  if (state.kind === 'unnamed')
    return [
      refuse(
        `In a ${state.orgKind} org the integration user must be named.`,
        'Add --integration-user with the username of the Salesforce user who will approve the app in the name of Okta.'
      ),
    ];
  if (state.kind === 'absent') return [...absentObstacles(state, intent), ...lackingObstacles(state, intent)];
  const { user, frozen } = state;
  return [
    ...(user.IsActive
      ? []
      : [refuse(`The integration user ${user.Username} is inactive.`, 'Activate it in Setup > Users.')]),
    ...(frozen ? [refuse(`The integration user ${user.Username} is frozen.`, 'Unfreeze it in Setup > Users.')] : []),
    ...(isApiOnly(state)
      ? [
          refuse(
            `The integration user ${user.Username} is API-only and cannot log in to approve the app.`,
            'Name a user with a full Salesforce licence by --integration-user.'
          ),
        ]
      : lackingObstacles(state, intent)),
  ];
};

const absentObstacles = (
  { username, license }: Extract<IntegrationUser, { kind: 'absent' }>,
  intent: Intent
): Obstacle[] => {
  if (!intent.createIntegrationUser)
    return [
      refuse(
        `There is no Salesforce user ${username}.`,
        'Correct --integration-user, or add --create-integration-user to have it made.'
      ),
    ];
  if (license && license.UsedLicenses < license.TotalLicenses) return [];
  return [
    refuse(
      license
        ? `No ${LICENSE} licence is free for ${username}: ${license.UsedLicenses} of ${license.TotalLicenses} are used.`
        : `This org has no ${LICENSE} licences, or does not show them to the user you are logged in as.`,
      'Free a seat by deactivating a user in Setup > Users, or buy one from Salesforce; Setup > Company Information > User Licenses shows how many there are.',
      'Or name a user that exists by --integration-user, without --create-integration-user.'
    ),
  ];
};

/** Told before the first write: a user made without its permissions would be a half-made one. */
const lackingObstacles = (state: Exclude<IntegrationUser, { kind: 'unnamed' }>, intent: Intent): Obstacle[] => {
  const isMade = state.kind === 'found' || intent.createIntegrationUser !== undefined;
  const needed = state.lacking.filter((name) => state.kind === 'absent' || name !== 'ManageUsers');
  if (!isMade || needed.length === 0 || diffIntegrationUser(state, intent).length === 0) return [];
  const username = state.kind === 'found' ? state.user.Username : state.username;
  const what =
    state.kind === 'found'
      ? `${username} lacks ${labelled(missingPermissions(state))}, and to grant it`
      : `To create ${username}`;
  return [
    refuse(
      `${what}, the user you are logged in as lacks ${labelled(needed)}.`,
      `Ask a Salesforce admin for ${labelled(needed)}, or to prepare ${username}.`
    ),
  ];
};
