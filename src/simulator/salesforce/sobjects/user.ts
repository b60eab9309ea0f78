/**
 * Users. contracts/salesforce.md §8.1
 * - a username has the form of an e-mail address and is taken once in all orgs of Salesforce, whatever its case
 * - an active user takes a seat of the license of its profile, also when it becomes active again
 * - a new user has no password; whether it is mailed a link to set one at once is a knob, since no source says
 * - a reset makes the password invalid, mails such a link, and answers with a temporary password; takes Manage Users or
 *   Reset User Passwords and Unlock Users
 * - not simulated: roles, picklist values beyond UTF-8 for the encoding, the mail that Salesforce sends for changes
 */
import { mailPasswordLink } from '../console/passwords.ts';
import { RestError } from '../errors.ts';
import type { UserRecord } from '../records.ts';
import type { Caller } from '../session.ts';
import { USER_FIELDS } from '../soql/tablesOfPeople.ts';
import type { SalesforceStore } from '../store.ts';
import { addUser, assignProfile, usedLicenses } from '../users.ts';
import type { RecordValues, WritableObject } from './writable.ts';

const READ_ONLY = [
  'Id',
  'Name',
  'UserType',
  'CreatedDate',
  'LastModifiedDate',
  'LastLoginDate',
  'SystemModstamp',
  'CreatedById',
  'LastModifiedById',
];
const LONGEST_ALIAS = 8;

export const userObject: WritableObject = {
  permission: 'ManageUsers',
  required: [
    'Username',
    'LastName',
    'Alias',
    'Email',
    'ProfileId',
    'EmailEncodingKey',
    'LanguageLocaleKey',
    'LocaleSidKey',
    'TimeZoneSidKey',
  ],
  writable: Object.keys(USER_FIELDS).filter((name) => !READ_ONLY.includes(name)),
  create: (store, values) => {
    checkValues(store, values);
    const after = { IsActive: true, ...values } as unknown as UserRecord;
    if (after.IsActive) takeSeat(store, after.ProfileId);
    const user = addUser(store, after);
    if (store.knobs.mailsNewUsers) mailPasswordLink(store, user);
    return user.Id;
  },
  update: (store, id, values) => {
    const user = store.users.get(id);
    if (!user) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
    checkValues(store, values, id);
    const after = { ...user, ...values } as UserRecord;
    const needsSeat = after.IsActive && (!user.IsActive || after.ProfileId !== user.ProfileId);
    if (needsSeat) takeSeat(store, after.ProfileId, user);
    Object.assign(user, values, { LastModifiedDate: store.timestamp() });
    if (values['ProfileId'] !== undefined) assignProfile(store, user);
  },
};

/** Answers with the temporary password. */
export const resetPassword = (store: SalesforceStore, caller: Caller, id: string): string => {
  const user = store.users.get(id);
  if (!user) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (!caller.permissions.has('ManageUsers') && !caller.permissions.has('ResetPasswords'))
    throw new RestError(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights on object id');
  const temporary = store.secret('temporary password', '', 12);
  store.passwords.set(id, temporary);
  mailPasswordLink(store, user);
  return temporary;
};

const checkValues = (store: SalesforceStore, values: RecordValues, ownId?: string): void => {
  const { Username, Email, Alias, ProfileId, EmailEncodingKey, IsActive } = values;
  const isEmail = (value: unknown): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value));
  if (Username !== undefined) {
    if (!isEmail(Username))
      throw new RestError(400, 'INVALID_EMAIL_ADDRESS', `Username: invalid email address: ${String(Username)}`, [
        'Username',
      ]);
    const other = store.userByName(String(Username));
    const isElsewhere = store.knobs.usernamesElsewhere.includes(String(Username).toLowerCase());
    if (isElsewhere || (other && other.Id !== ownId)) {
      const text =
        'Duplicate Username. The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations.';
      throw new RestError(400, 'DUPLICATE_USERNAME', text, ['Username']);
    }
  }
  if (Email !== undefined && !isEmail(Email))
    throw new RestError(400, 'INVALID_EMAIL_ADDRESS', `Email: invalid email address: ${String(Email)}`, ['Email']);
  if (Alias !== undefined && String(Alias).length > LONGEST_ALIAS) {
    throw new RestError(400, 'STRING_TOO_LONG', `Alias: data value too large: ${String(Alias)} (max length=8)`, [
      'Alias',
    ]);
  }
  if (ProfileId !== undefined && !store.profiles.has(String(ProfileId))) {
    throw new RestError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['ProfileId']);
  }
  if (EmailEncodingKey !== undefined && EmailEncodingKey !== 'UTF-8') {
    const text = `Email Encoding: bad value for restricted picklist field: ${String(EmailEncodingKey)}`;
    throw new RestError(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', text, ['EmailEncodingKey']);
  }
  if (IsActive !== undefined && typeof IsActive !== 'boolean') {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'IsActive takes true or false.');
  }
};

const takeSeat = (store: SalesforceStore, profileId: string, leaving?: UserRecord): void => {
  const license = store.licenses.get(store.profiles.get(profileId)?.UserLicenseId ?? '');
  if (!license) return;
  const keepsOwn = leaving?.IsActive && store.profiles.get(leaving.ProfileId)?.UserLicenseId === license.Id ? 1 : 0;
  if (usedLicenses(store, license.Id) - keepsOwn < license.TotalLicenses) return;
  throw new RestError(400, 'LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded');
};
