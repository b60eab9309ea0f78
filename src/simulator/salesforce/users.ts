/** People and what they may do: the rules that hold however a record comes into being. */
import type { PermissionSetRecord, ProfileRecord, UserRecord } from './records.ts';
import type { SalesforceStore } from './store.ts';

/** A profile and the permission set that it owns (contracts/salesforce.md §7). */
export const addProfile = (
  store: SalesforceStore,
  fields: Pick<ProfileRecord, 'Name' | 'UserLicenseId' | 'Description'>,
  permissions: readonly string[]
): ProfileRecord => {
  const CreatedDate = store.timestamp();
  const profile = { Id: store.mint.id('00e'), ...fields, CreatedDate };
  store.profiles.set(profile.Id, profile);
  const owned: PermissionSetRecord = {
    Id: store.mint.id('0PS'),
    Name: `X${profile.Id}`,
    Label: profile.Id,
    Description: null,
    IsOwnedByProfile: true,
    ProfileId: profile.Id,
    LicenseId: fields.UserLicenseId,
    CreatedDate,
  };
  store.permissionSets.set(owned.Id, owned);
  store.permissions.set(owned.Id, permissions);
  return profile;
};

export const assignPermissionSet = (store: SalesforceStore, AssigneeId: string, PermissionSetId: string): string => {
  const Id = store.mint.id('0Pa');
  store.assignments.set(Id, { Id, AssigneeId, PermissionSetId });
  return Id;
};

/** A user, its UserLogin row, and the assignment of its profile's permission set. */
export const addUser = (
  store: SalesforceStore,
  fields: Omit<UserRecord, 'Id' | 'CreatedDate' | 'LastModifiedDate'>
): UserRecord => {
  const now = store.timestamp();
  // An Omit of a type with an index signature forgets its named keys, hence the cast.
  const user = { ...fields, Id: store.mint.id('005'), CreatedDate: now, LastModifiedDate: now } as UserRecord;
  store.users.set(user.Id, user);
  const loginId = store.mint.id('0Yw');
  store.userLogins.set(loginId, { Id: loginId, UserId: user.Id, IsFrozen: false, IsPasswordLocked: false });
  assignProfile(store, user);
  return user;
};

/** Makes the assignments agree with the user's profile. */
export const assignProfile = (store: SalesforceStore, user: UserRecord): void => {
  for (const assignment of store.assignments.values()) {
    const owned = store.permissionSets.get(assignment.PermissionSetId)?.IsOwnedByProfile;
    if (assignment.AssigneeId === user.Id && owned) store.assignments.delete(assignment.Id);
  }
  const own = [...store.permissionSets.values()].find(({ ProfileId }) => ProfileId === user.ProfileId);
  if (own) assignPermissionSet(store, user.Id, own.Id);
};

export const licenseOf = (store: SalesforceStore, user: UserRecord): string | undefined =>
  store.profiles.get(user.ProfileId)?.UserLicenseId;

export const usedLicenses = (store: SalesforceStore, licenseId: string): number =>
  [...store.users.values()].filter((user) => user.IsActive && licenseOf(store, user) === licenseId).length;

/** Why a person cannot log in to the user interface; undefined where nothing forbids it. contracts/salesforce.md §8.4, §11.2 */
export const loginRefusal = (store: SalesforceStore, user: UserRecord): string | undefined => {
  if (!user.IsActive) return 'User is Inactive';
  if (store.loginOf(user.Id)?.IsFrozen) return 'User is Frozen';
  if (store.permissionsOf(user.Id).has('ApiUserOnly')) return 'User is API only';
  return undefined;
};

/** The same for an app that acts as the user: API-only users may. */
export const apiRefusal = (store: SalesforceStore, user: UserRecord | undefined): string | undefined => {
  if (!user?.IsActive) return 'User is Inactive';
  return store.loginOf(user.Id)?.IsFrozen ? 'User is Frozen' : undefined;
};
