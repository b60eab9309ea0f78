/** The objects that the API writes. contracts/salesforce.md §7, §8, §11.1 */
import { RestError } from '../errors.ts';
import { ALL_PERMISSIONS, refuseIncompletePermissions } from '../permissions.ts';
import type { PermissionSetRecord, Scalar } from '../records.ts';
import type { Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { addProfile, assignPermissionSet } from '../users.ts';
import { userObject } from './user.ts';

export type RecordValues = Readonly<Record<string, Scalar | undefined>>;

export interface WritableObject {
  /** Lets a user write the object. */
  readonly permission: string;
  readonly required: readonly string[];
  readonly writable: readonly string[];
  /** Answers with the id. */
  readonly create?: (store: SalesforceStore, values: RecordValues, caller: Caller) => string;
  readonly update?: (store: SalesforceStore, id: string, values: RecordValues) => void;
  readonly remove?: (store: SalesforceStore, id: string) => void;
}

const PERMISSION_FIELDS = ALL_PERMISSIONS.map((name) => `Permissions${name}`);
const PERMISSION_SETS = 'ManageProfilesPermissionsets';

const text = (value: Scalar | undefined): string | null =>
  value === undefined || value === null ? null : String(value);

/** What is held after the write, refused where a permission lacks one that it depends on. */
const heldAfter = (store: SalesforceStore, before: readonly string[], values: RecordValues): string[] => {
  const after = ALL_PERMISSIONS.filter((name) => values[`Permissions${name}`] ?? before.includes(name));
  refuseIncompletePermissions(after, store.knobs.morePermissionDependencies, store.knobs.dependencyErrors);
  return after;
};

const notFound = (what: string, field: string): RestError =>
  new RestError(400, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: no ${what}`, [field]);

const profile: WritableObject = {
  permission: PERMISSION_SETS,
  required: ['Name', 'UserLicenseId'],
  writable: ['Name', 'UserLicenseId', 'Description', ...PERMISSION_FIELDS],
  create: (store, values) => {
    const Name = String(values['Name']);
    const isTaken = [...store.profiles.values()].some((other) => other.Name.toLowerCase() === Name.toLowerCase());
    if (isTaken)
      throw new RestError(400, 'DUPLICATE_VALUE', 'duplicate value found: Name duplicates value on record', ['Name']);
    const license = store.licenses.get(String(values['UserLicenseId']));
    if (!license) throw notFound('license', 'UserLicenseId');
    const held = heldAfter(store, [], values);
    return addProfile(store, { Name, UserLicenseId: license.Id, Description: text(values['Description']) }, held).Id;
  },
  update: (store, id, values) => {
    const owned = [...store.permissionSets.values()].find(({ ProfileId }) => ProfileId === id);
    const found = store.profiles.get(id);
    if (!owned || !found) throw notFound('profile', 'Id');
    store.permissions.set(owned.Id, heldAfter(store, store.permissions.get(owned.Id) ?? [], values));
    if (values['Description'] !== undefined) found.Description = text(values['Description']);
  },
};

const permissionSet: WritableObject = {
  permission: PERMISSION_SETS,
  required: ['Name', 'Label'],
  writable: ['Name', 'Label', 'Description', 'LicenseId', ...PERMISSION_FIELDS],
  create: (store, values) => {
    const Name = String(values['Name']);
    const isTaken = [...store.permissionSets.values()].some((other) => other.Name.toLowerCase() === Name.toLowerCase());
    if (isTaken) throw new RestError(400, 'DUPLICATE_DEVELOPER_NAME', `The name ${Name} is already used`, ['Name']);
    const held = heldAfter(store, [], values);
    const record: PermissionSetRecord = {
      Id: store.mint.id('0PS'),
      Name,
      Label: String(values['Label']),
      Description: text(values['Description']),
      IsOwnedByProfile: false,
      ProfileId: null,
      LicenseId: text(values['LicenseId']),
      CreatedDate: store.timestamp(),
    };
    store.permissionSets.set(record.Id, record);
    store.permissions.set(record.Id, held);
    return record.Id;
  },
  update: (store, id, values) => {
    store.permissions.set(id, heldAfter(store, store.permissions.get(id) ?? [], values));
    const found = store.permissionSets.get(id);
    if (found && values['Label'] !== undefined) found.Label = String(values['Label']);
    if (found && values['Description'] !== undefined) found.Description = text(values['Description']);
  },
  // That a set in use stays is a choice, the stricter one: a client has to take it from the users first.
  remove: (store, id) => {
    if (store.permissionSets.get(id)?.IsOwnedByProfile)
      throw new RestError(400, 'DELETE_FAILED', 'A profile owns this permission set.');
    const isAssigned = [...store.assignments.values()].some(({ PermissionSetId }) => PermissionSetId === id);
    if (isAssigned)
      throw new RestError(
        400,
        'DELETE_FAILED',
        'Your attempt to delete the permission set failed: it is assigned to users.'
      );
    store.permissionSets.delete(id);
    store.permissions.delete(id);
    for (const access of store.entityAccess.values()) if (access.ParentId === id) store.entityAccess.delete(access.Id);
  },
};

const assignment: WritableObject = {
  permission: 'AssignPermissionSets',
  required: ['AssigneeId', 'PermissionSetId'],
  writable: ['AssigneeId', 'PermissionSetId'],
  create: (store, values) => {
    const user = store.users.get(String(values['AssigneeId']));
    const set = store.permissionSets.get(String(values['PermissionSetId']));
    if (!user) throw notFound('user', 'AssigneeId');
    if (!set || set.IsOwnedByProfile) throw notFound('permission set', 'PermissionSetId');
    const isDouble = [...store.assignments.values()].some(
      ({ AssigneeId, PermissionSetId }) => AssigneeId === user.Id && PermissionSetId === set.Id
    );
    if (isDouble)
      throw new RestError(400, 'DUPLICATE_VALUE', 'Duplicate PermissionSetAssignment.', ['PermissionSetId']);
    return assignPermissionSet(store, user.Id, set.Id);
  },
  remove: (store, id) => void store.assignments.delete(id),
};

const entityAccess: WritableObject = {
  permission: PERMISSION_SETS,
  required: ['ParentId', 'SetupEntityId'],
  writable: ['ParentId', 'SetupEntityId'],
  create: (store, values) => {
    const set = store.permissionSets.get(String(values['ParentId']));
    const app = store.app(String(values['SetupEntityId']));
    if (!set) throw notFound('permission set', 'ParentId');
    if (!app) throw notFound('setup entity', 'SetupEntityId');
    const isDouble = [...store.entityAccess.values()].some(
      ({ ParentId, SetupEntityId }) => ParentId === set.Id && SetupEntityId === app.id
    );
    if (isDouble)
      throw new RestError(400, 'DUPLICATE_VALUE', 'duplicate value found: SetupEntityId', ['SetupEntityId']);
    const Id = store.mint.id('0J0');
    const SetupEntityType = app.type === 'ConnectedApp' ? 'ConnectedApplication' : 'ExternalClientApplication';
    store.entityAccess.set(Id, { Id, ParentId: set.Id, SetupEntityId: app.id, SetupEntityType });
    return Id;
  },
  remove: (store, id) => void store.entityAccess.delete(id),
};

const userLogin: WritableObject = {
  permission: 'ManageUsers',
  required: [],
  writable: ['IsFrozen', 'IsPasswordLocked'],
  update: (store, id, values) => {
    const login = store.userLogins.get(id);
    if (!login) throw notFound('login', 'Id');
    if (values['IsPasswordLocked'] === true) {
      throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', 'IsPasswordLocked can only be set to false', [
        'IsPasswordLocked',
      ]);
    }
    if (typeof values['IsFrozen'] === 'boolean') login.IsFrozen = values['IsFrozen'];
    if (values['IsPasswordLocked'] === false) login.IsPasswordLocked = false;
  },
};

export const WRITABLE: Readonly<Record<string, WritableObject>> = {
  PermissionSet: permissionSet,
  PermissionSetAssignment: assignment,
  Profile: profile,
  SetupEntityAccess: entityAccess,
  User: userObject,
  UserLogin: userLogin,
};
