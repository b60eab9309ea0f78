/** Users as Okta makes and deactivates them. contracts/salesforce.md §8.1 */
import { z } from 'zod';
import type { RestCalls } from './call.ts';
import { quoted } from './soql.ts';
import { license, person, type License, type Person } from './types.ts';

export interface ProvisionedClient {
  /** A user by id or by username. */
  readonly person: (by: { readonly id: string } | { readonly username: string }) => Promise<Person | undefined>;
  /** The licence whose seat a user of the profile takes; undefined where there is no such profile. */
  readonly licenseOfProfile: (profile: string) => Promise<License | undefined>;
  /** Users cannot be deleted. */
  readonly deactivate: (userId: string) => Promise<void>;
}

const FIELDS = 'Id, Username, Email, FirstName, LastName, MobilePhone, IsActive, LastModifiedDate, Profile.Name';
const ofProfile = z.object({ UserLicenseId: z.string() });

export const provisionedClient = ({ query, updateRecord }: RestCalls): ProvisionedClient => ({
  person: async (by) => {
    const where = 'id' in by ? `Id = ${quoted(by.id)}` : `Username = ${quoted(by.username)}`;
    return person.optional().parse((await query(`SELECT ${FIELDS} FROM User WHERE ${where}`))[0]);
  },
  licenseOfProfile: async (profile) => {
    const [row] = await query(`SELECT UserLicenseId FROM Profile WHERE Name = ${quoted(profile)}`);
    const found = ofProfile.optional().parse(row);
    if (!found) return undefined;
    const fields = 'Id, Name, TotalLicenses, UsedLicenses';
    const where = `Id = ${quoted(found.UserLicenseId)}`;
    return license.optional().parse((await query(`SELECT ${fields} FROM UserLicense WHERE ${where}`))[0]);
  },
  deactivate: async (userId) => updateRecord('User', userId, { IsActive: false }),
});
