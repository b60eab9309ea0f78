/** One function per thing this product asks of Salesforce. Callers see no SOQL, SOAP or library type. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { salesforceCalls, type CallOptions, type SalesforceCalls } from './call.ts';
import { SalesforceApiError } from './errors.ts';
import { readExternalClientApps } from './externalClientApps.ts';
import { observations, type Observations } from './observations.ts';
import { quoted } from './soql.ts';
import {
  grant,
  login,
  organization,
  user,
  type ExternalClientApp,
  type ExternalClientApplication,
  type ExtlClntAppGlobalOauthSettings,
  type ExtlClntAppOauthConfigurablePolicies,
  type ExtlClntAppOauthSettings,
  type Grant,
  type Login,
  type Organization,
  type Sent,
  type User,
} from './types.ts';

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

/** The components of an external client app that we write, with what is sent of each. */
export interface WrittenComponents {
  readonly ExternalClientApplication: Sent<ExternalClientApplication>;
  readonly ExtlClntAppOauthSettings: Sent<ExtlClntAppOauthSettings>;
  readonly ExtlClntAppGlobalOauthSettings: Sent<ExtlClntAppGlobalOauthSettings>;
  readonly ExtlClntAppOauthConfigurablePolicies: Sent<ExtlClntAppOauthConfigurablePolicies>;
}

export interface SalesforceClient extends Observations {
  readonly instanceUrl: string;
  /** The user whose `sf` login is used. */
  readonly username: string;
  readonly organization: () => Promise<Organization>;
  readonly user: (username: string) => Promise<User | undefined>;
  readonly isFrozen: (userId: string) => Promise<boolean>;
  readonly permissions: (userId: string) => Promise<ReadonlySet<Permission>>;
  /** Every external client app of the org, with its OAuth components. */
  readonly externalClientApps: () => Promise<ExternalClientApp[]>;
  readonly create: <T extends keyof WrittenComponents>(type: T, component: WrittenComponents[T]) => Promise<void>;
  readonly update: <T extends keyof WrittenComponents>(type: T, component: WrittenComponents[T]) => Promise<void>;
  /** The approvals of an app, by its label: no field of an approval names the app more exactly (§15.2). Never a token. */
  readonly grants: (appLabel: string) => Promise<Grant[]>;
  /** The OAuth logins of a user since a time, oldest first. */
  readonly oauthLogins: (userId: string, since?: string) => Promise<Login[]>;
}

export const createSalesforceClient = (connection: Connection, options: CallOptions): SalesforceClient => {
  const calls = salesforceCalls(connection, options);
  return {
    instanceUrl: connection.instanceUrl.replace(/\/+$/, ''),
    username: connection.getUsername() ?? '',
    ...queries(calls),
    ...observations(calls),
    externalClientApps: async () => readExternalClientApps(calls),
    create: async (type, component) => calls.createMetadata(type, component),
    update: async (type, component) => calls.updateMetadata(type, component),
  };
};

type Queries = Pick<SalesforceClient, 'organization' | 'user' | 'isFrozen' | 'permissions' | 'grants' | 'oauthLogins'>;

const queries = ({ query }: SalesforceCalls): Queries => ({
  organization: async () => {
    const fields = 'Id, Name, OrganizationType, IsSandbox, TrialExpirationDate, InstanceName';
    return organization.parse((await query(`SELECT ${fields} FROM Organization`))[0]);
  },
  user: async (username) => {
    const fields = 'Id, Username, Email, IsActive, Profile.Name, Profile.UserLicense.Name';
    return user.optional().parse((await query(`SELECT ${fields} FROM User WHERE Username = ${quoted(username)}`))[0]);
  },
  isFrozen: async (userId) => {
    const rows = await query(`SELECT IsFrozen FROM UserLogin WHERE UserId = ${quoted(userId)}`);
    return z
      .array(z.object({ IsFrozen: z.boolean() }))
      .parse(rows)
      .some(({ IsFrozen }) => IsFrozen);
  },
  // A profile has a permission set of its own, so the assignments hold what either gives (contracts/salesforce.md §7).
  permissions: async (userId) => {
    const fields = READ_PERMISSIONS.map((name) => `PermissionSet.Permissions${name}`).join(', ');
    const rows = await query(`SELECT ${fields} FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)}`);
    const sets = z.array(z.object({ PermissionSet: z.record(z.string(), z.unknown()) })).parse(rows);
    return new Set(
      READ_PERMISSIONS.filter((name) => sets.some((row) => row.PermissionSet[`Permissions${name}`] === true))
    );
  },
  grants: async (appLabel) => {
    const ask = async (fields: string): Promise<unknown[]> =>
      query(`SELECT ${fields} FROM OauthToken WHERE AppName = ${quoted(appLabel)}`);
    try {
      return z.array(grant).parse(await ask('AppName, UserId, UseCount, LastUsedDate, CreatedDate'));
    } catch (error) {
      // Not every edition of the object reference lists CreatedDate; without it the login history tells the time.
      if (!(error instanceof SalesforceApiError) || error.data?.errorCode !== 'INVALID_FIELD') throw error;
      return z.array(grant).parse(await ask('AppName, UserId, UseCount, LastUsedDate'));
    }
  },
  // LoginSubType, Application and Status cannot be filtered on (contracts/salesforce.md §7).
  oauthLogins: async (userId, since) => {
    const from = since === undefined ? '' : ` AND LoginTime >= ${new Date(since).toISOString()}`;
    const fields = 'UserId, LoginTime, LoginType, LoginSubType, Application, Status';
    const rows = await query(
      `SELECT ${fields} FROM LoginHistory WHERE UserId = ${quoted(userId)}${from} ORDER BY LoginTime DESC LIMIT 200`
    );
    return z
      .array(login)
      .parse(rows)
      .filter(({ LoginSubType }) => LoginSubType?.startsWith('Oauth'))
      .reverse();
  },
});
