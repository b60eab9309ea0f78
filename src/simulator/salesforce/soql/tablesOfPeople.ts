/**
 * Organization, users and what they may do. contracts/salesforce.md §7, §8
 * - `Permissions…` fields exist on Profile, PermissionSet and UserPermissionAccess; the last has one row, of the caller
 * - UsedLicenses counts active users and cannot be filtered from API 64 on
 */
import { ALL_PERMISSIONS } from '../permissions.ts';
import type { Row } from '../records.ts';
import { usedLicenses } from '../users.ts';
import { fields, type FieldType, type SObjectTable } from './table.ts';

const FIELD_OF = ALL_PERMISSIONS.map((name) => [`Permissions${name}`, name] as const);

const PERMISSION_FIELDS: Readonly<Record<string, FieldType>> = fields(
  'boolean',
  FIELD_OF.map(([field]) => field).join(' ')
);

const permissionRow = (held: ReadonlySet<string> | undefined): Row =>
  Object.fromEntries(FIELD_OF.map(([field, name]) => [field, held?.has(name) ?? false]));

/** The fields of User that Okta's default mapping and `sf` use; a field that is not here is INVALID_FIELD. */
export const USER_FIELDS: Readonly<Record<string, FieldType>> = {
  ...fields('id', 'Id ProfileId UserRoleId ManagerId CreatedById LastModifiedById'),
  ...fields('boolean', 'IsActive'),
  ...fields('datetime', 'CreatedDate LastModifiedDate LastLoginDate SystemModstamp'),
  ...fields(
    'string',
    `Username Email FirstName LastName Name Alias CommunityNickname EmailEncodingKey LanguageLocaleKey LocaleSidKey
     TimeZoneSidKey FederationIdentifier UserType Title Department Division CompanyName EmployeeNumber Phone MobilePhone
     Fax Extension Street City State PostalCode Country AboutMe Signature`
  ),
};

export const PEOPLE_TABLES: Readonly<Record<string, SObjectTable>> = {
  Organization: {
    fields: {
      ...fields('id', 'Id'),
      ...fields(
        'string',
        'Name InstanceName OrganizationType NamespacePrefix LanguageLocaleKey DefaultLocaleSidKey TimeZoneSidKey'
      ),
      ...fields('boolean', 'IsSandbox'),
      ...fields('datetime', 'TrialExpirationDate'),
    },
    rows: (store) => [store.organization],
  },
  User: {
    fields: USER_FIELDS,
    parents: { Profile: 'Profile', Manager: 'User' },
    rows: (store) =>
      [...store.users.values()].map((user) => ({
        ...user,
        Name: [user['FirstName'], user['LastName']].filter(Boolean).join(' '),
        UserType: 'Standard',
        SystemModstamp: user.LastModifiedDate,
      })),
  },
  UserLogin: {
    fields: { ...fields('id', 'Id UserId'), ...fields('boolean', 'IsFrozen IsPasswordLocked') },
    viewers: ['ManageUsers'],
    rows: (store) => [...store.userLogins.values()],
  },
  UserLicense: {
    fields: {
      ...fields('id', 'Id'),
      ...fields('string', 'Name MasterLabel LicenseDefinitionKey Status'),
      ...fields('int', 'TotalLicenses UsedLicenses'),
    },
    viewers: ['ViewSetup'],
    filterable: ['Id', 'Name', 'MasterLabel', 'LicenseDefinitionKey', 'Status', 'TotalLicenses'],
    rows: (store) =>
      [...store.licenses.values()].map((license) => ({
        ...license,
        MasterLabel: license.Name,
        Status: 'Active',
        UsedLicenses: usedLicenses(store, license.Id),
      })),
  },
  Profile: {
    fields: {
      ...fields('id', 'Id UserLicenseId'),
      ...fields('string', 'Name Description'),
      ...fields('datetime', 'CreatedDate'),
      ...PERMISSION_FIELDS,
    },
    parents: { UserLicense: 'UserLicense' },
    rows: (store) =>
      [...store.profiles.values()].map((profile) => {
        const owned = [...store.permissionSets.values()].find(({ ProfileId }) => ProfileId === profile.Id);
        return { ...profile, ...permissionRow(new Set(store.permissions.get(owned?.Id ?? ''))) };
      }),
  },
  PermissionSet: {
    fields: {
      ...fields('id', 'Id ProfileId LicenseId'),
      ...fields('string', 'Name Label Description'),
      ...fields('boolean', 'IsOwnedByProfile'),
      ...fields('datetime', 'CreatedDate'),
      ...PERMISSION_FIELDS,
    },
    parents: { Profile: 'Profile', License: 'UserLicense' },
    rows: (store) =>
      [...store.permissionSets.values()].map((set) => ({
        ...set,
        ...permissionRow(new Set(store.permissions.get(set.Id))),
      })),
  },
  PermissionSetAssignment: {
    fields: fields('id', 'Id AssigneeId PermissionSetId'),
    parents: { Assignee: 'User', PermissionSet: 'PermissionSet' },
    rows: (store) => [...store.assignments.values()],
  },
  SetupEntityAccess: {
    fields: { ...fields('id', 'Id ParentId SetupEntityId'), ...fields('string', 'SetupEntityType') },
    parents: { Parent: 'PermissionSet' },
    viewers: ['ViewSetup'],
    rows: (store) => [...store.entityAccess.values()],
  },
  UserPermissionAccess: {
    fields: PERMISSION_FIELDS,
    rows: (_store, caller) => [permissionRow(caller.permissions)],
  },
};
