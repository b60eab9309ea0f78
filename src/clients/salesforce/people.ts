/** Users and what they may do: standard objects, by REST. contracts/salesforce.md §7, §8 */
import { z } from 'zod';
import type { RestCalls } from './call.ts';
import { quoted } from './soql.ts';
import { license, user, type License, type User } from './types.ts';

/** The permissions that are read of a user, by their metadata names (contracts/salesforce.md §8.3). */
export const READ_PERMISSIONS = [
  'ApiEnabled',
  'ManageUsers',
  'ApiUserOnly',
  'CustomizeApplication',
  'ModifyAllData',
  'MonitorLoginHistory',
] as const;
export type Permission = (typeof READ_PERMISSIONS)[number];

/** The permissions that are read of the user whose login is used (§2.8, §8.3). */
export const OWN_PERMISSIONS = [
  'ApiEnabled',
  'AssignPermissionSets',
  'CustomizeApplication',
  'ExternalClientAppAdmin',
  'ExternalClientAppDeveloper',
  'ManageProfilesPermissionsets',
  'ManageRemoteAccess',
  'ManageUsers',
  'ModifyMetadata',
  'ViewClientSecret',
] as const;
export type OwnPermission = (typeof OWN_PERMISSIONS)[number];

export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly profileId: string;
  /** From the org, so that the user writes and reads dates as its colleagues do. */
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** What a profile or a permission set gives. */
export interface Holder {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly string[];
}

export interface PeopleClient {
  readonly user: (username: string) => Promise<User | undefined>;
  readonly isFrozen: (userId: string) => Promise<boolean>;
  readonly permissions: (userId: string) => Promise<ReadonlySet<Permission>>;
  readonly ownPermissions: () => Promise<ReadonlySet<OwnPermission>>;
  readonly license: (name: string) => Promise<License | undefined>;
  readonly profileId: (name: string) => Promise<string | undefined>;
  readonly permissionSetId: (name: string) => Promise<string | undefined>;
  /** Permission sets that a user is assigned to, and those that open an app. */
  readonly assignments: (userId: string) => Promise<Array<{ readonly id: string; readonly permissionSetId: string }>>;
  readonly openers: (appId: string) => Promise<string[]>;
  readonly createUser: (user: NewUser) => Promise<string>;
  /** Whether creating a user mails anything is documented nowhere; a reset mails a link (contracts/salesforce.md §8.1). */
  readonly mailPasswordLink: (userId: string) => Promise<void>;
  readonly moveToProfile: (userId: string, profileId: string) => Promise<void>;
  readonly createProfile: (holder: Holder & { readonly licenseId: string }) => Promise<string>;
  readonly createPermissionSet: (holder: Holder & { readonly label: string }) => Promise<string>;
  readonly addPermissions: (permissionSetId: string, permissions: readonly string[]) => Promise<void>;
  readonly deletePermissionSet: (id: string) => Promise<void>;
  readonly assign: (userId: string, permissionSetId: string) => Promise<void>;
  readonly unassign: (assignmentId: string) => Promise<void>;
  readonly assignmentsOf: (permissionSetId: string) => Promise<string[]>;
  readonly openApp: (permissionSetId: string, appId: string) => Promise<void>;
}

const fieldsFor = (permissions: readonly string[]): Record<string, true> =>
  Object.fromEntries(permissions.map((name): [string, true] => [`Permissions${name}`, true]));

const rowsOf = <T>(schema: z.ZodType<T>, rows: unknown[]): T[] => z.array(schema).parse(rows);
// Made once: each schema of an object compiles a parser of its own.
const withId = z.object({ Id: z.string() });
const frozen = z.object({ IsFrozen: z.boolean() });
const held = z.object({ PermissionSet: z.record(z.string(), z.unknown()) });
const assignment = z.object({ Id: z.string(), PermissionSetId: z.string() });
const opener = z.object({ ParentId: z.string() });

type Reads = Pick<
  PeopleClient,
  | 'user'
  | 'isFrozen'
  | 'permissions'
  | 'ownPermissions'
  | 'license'
  | 'profileId'
  | 'permissionSetId'
  | 'assignments'
  | 'assignmentsOf'
  | 'openers'
>;

const reads = ({ query }: RestCalls): Reads => ({
  user: async (username) => {
    const fields = 'Id, Username, Email, IsActive, LastLoginDate, Profile.Name, Profile.UserLicense.Name';
    return user.optional().parse((await query(`SELECT ${fields} FROM User WHERE Username = ${quoted(username)}`))[0]);
  },
  isFrozen: async (userId) => {
    const rows = await query(`SELECT IsFrozen FROM UserLogin WHERE UserId = ${quoted(userId)}`);
    return rowsOf(frozen, rows).some(({ IsFrozen }) => IsFrozen);
  },
  // A profile has a permission set of its own, so the assignments hold what either gives (contracts/salesforce.md §7).
  permissions: async (userId) => {
    const fields = READ_PERMISSIONS.map((name) => `PermissionSet.Permissions${name}`).join(', ');
    const rows = await query(`SELECT ${fields} FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)}`);
    const sets = rowsOf(held, rows);
    return new Set(
      READ_PERMISSIONS.filter((name) => sets.some((row) => row.PermissionSet[`Permissions${name}`] === true))
    );
  },
  ownPermissions: async () => {
    const fields = OWN_PERMISSIONS.map((name) => `Permissions${name}`).join(', ');
    const [row] = rowsOf(z.record(z.string(), z.unknown()), await query(`SELECT ${fields} FROM UserPermissionAccess`));
    return new Set(OWN_PERMISSIONS.filter((name) => row?.[`Permissions${name}`] === true));
  },
  license: async (name) =>
    rowsOf(
      license,
      await query(`SELECT Id, Name, TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = ${quoted(name)}`)
    )[0],
  profileId: async (name) => rowsOf(withId, await query(`SELECT Id FROM Profile WHERE Name = ${quoted(name)}`))[0]?.Id,
  permissionSetId: async (name) =>
    rowsOf(withId, await query(`SELECT Id FROM PermissionSet WHERE Name = ${quoted(name)}`))[0]?.Id,
  assignments: async (userId) =>
    rowsOf(
      assignment,
      await query(`SELECT Id, PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)}`)
    ).map(({ Id, PermissionSetId }) => ({ id: Id, permissionSetId: PermissionSetId })),
  assignmentsOf: async (permissionSetId) =>
    rowsOf(
      withId,
      await query(`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted(permissionSetId)}`)
    ).map(({ Id }) => Id),
  openers: async (appId) =>
    rowsOf(opener, await query(`SELECT ParentId FROM SetupEntityAccess WHERE SetupEntityId = ${quoted(appId)}`)).map(
      ({ ParentId }) => ParentId
    ),
});

export const peopleClient = (calls: RestCalls): PeopleClient => {
  const { createRecord, updateRecord, deleteRecord, resetPassword } = calls;
  return {
    ...reads(calls),
    createUser: async ({ username, email, profileId, language, locale, timeZone }) =>
      createRecord('User', {
        Username: username,
        Email: email,
        FirstName: 'Okta',
        LastName: 'Provisioning',
        Alias: 'okta',
        ProfileId: profileId,
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: language,
        LocaleSidKey: locale,
        TimeZoneSidKey: timeZone,
      }),
    mailPasswordLink: resetPassword,
    moveToProfile: async (userId, profileId) => updateRecord('User', userId, { ProfileId: profileId }),
    createProfile: async ({ name, description, licenseId, permissions }) =>
      createRecord('Profile', {
        Name: name,
        Description: description,
        UserLicenseId: licenseId,
        ...fieldsFor(permissions),
      }),
    createPermissionSet: async ({ name, label, description, permissions }) =>
      createRecord('PermissionSet', { Name: name, Label: label, Description: description, ...fieldsFor(permissions) }),
    addPermissions: async (id, permissions) => updateRecord('PermissionSet', id, fieldsFor(permissions)),
    deletePermissionSet: async (id) => deleteRecord('PermissionSet', id),
    assign: async (userId, permissionSetId) =>
      void (await createRecord('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: permissionSetId })),
    unassign: async (id) => deleteRecord('PermissionSetAssignment', id),
    openApp: async (permissionSetId, appId) =>
      void (await createRecord('SetupEntityAccess', { ParentId: permissionSetId, SetupEntityId: appId })),
  };
};
