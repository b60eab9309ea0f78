/**
 * The Salesforce user that an Okta user becomes. contracts/salesforce.md §8.1
 * - the profile is that of the assignment, "Standard User" unless told
 * - locale fields are fixed here; the real connector takes them from the app user, where nothing sets them by default
 * - not simulated: role, permission sets, feature licences, public groups, custom attributes
 */
import type { AssignmentRecord, Json, UserRecord } from '../records.ts';
import { quoted, SalesforceTrouble, type SalesforceApi } from './salesforce.ts';

export const profileFields = ({ profile }: UserRecord, { userName }: AssignmentRecord): Json => ({
  Username: userName,
  Email: profile.email,
  FirstName: profile.firstName,
  LastName: profile.lastName,
  ...(profile.mobilePhone !== null && { MobilePhone: profile.mobilePhone }),
});

export const newUserFields = async (
  api: SalesforceApi,
  user: UserRecord,
  assignment: AssignmentRecord
): Promise<Json> => ({
  ...profileFields(user, assignment),
  ProfileId: await profileId(api, String(assignment.profile['profile'] ?? 'Standard User')),
  Alias: `${user.profile.firstName.charAt(0)}${user.profile.lastName}`.toLowerCase().slice(0, 8),
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
  LocaleSidKey: 'en_US',
  TimeZoneSidKey: 'America/Los_Angeles',
  IsActive: true,
});

const profileId = async (api: SalesforceApi, name: string): Promise<string> => {
  const [profile] = await api.query(`SELECT Id, Name FROM Profile WHERE Name = ${quoted(name)}`);
  if (!profile) throw new SalesforceTrouble('api', `Profile ${name} was not found.`);
  return String(profile['Id']);
};
