/**
 * An assignment as Okta answers it. contracts/okta.md §4.2, §4.3
 * - without provisioning: ACTIVE, `syncState` DISABLED, `externalId` null, no `lastSync`
 * - mapped attributes are read from the user, so that they are never stale
 * - not simulated: assignment through a group, overridden mapped attributes
 */
import type { AssignmentRecord, Json } from '../records.ts';
import type { OktaStore } from '../store.ts';
import { timestamp } from './time.ts';
import { userWire } from './user.ts';

interface World {
  readonly url: string;
  readonly store: OktaStore;
}

/** The attributes of the app user that Okta fills from its own user. */
export const MAPPED = ['email', 'firstName', 'lastName', 'secondEmail', 'mobilePhone'] as const;

export const appUserProfile = ({ store }: World, { appId, userId, profile }: AssignmentRecord): Json => {
  const user = store.users.get(userId);
  if (!user || store.apps.get(appId)?.name !== 'salesforce') return { ...profile };
  return { ...Object.fromEntries(MAPPED.map((name) => [name, user.profile[name]])), ...profile };
};

export const appUserWire = (world: World, assignment: AssignmentRecord, expand?: string): Json => {
  const { url, store } = world;
  const user = store.users.get(assignment.userId);
  return {
    id: assignment.userId,
    externalId: assignment.externalId,
    created: timestamp(assignment.created),
    lastUpdated: timestamp(assignment.lastUpdated),
    scope: 'USER',
    status: assignment.status,
    statusChanged: timestamp(assignment.statusChanged),
    passwordChanged: null,
    syncState: assignment.syncState,
    ...(assignment.lastSync !== undefined && { lastSync: timestamp(assignment.lastSync) }),
    credentials: { userName: assignment.userName },
    profile: appUserProfile(world, assignment),
    ...(expand === 'user' && user && { _embedded: { user: userWire(world, user) } }),
    _links: {
      app: { href: `${url}/api/v1/apps/${assignment.appId}` },
      user: { href: `${url}/api/v1/users/${assignment.userId}` },
    },
  };
};
