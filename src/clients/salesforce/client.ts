/** One function per thing this product asks of Salesforce. Callers see no SOQL, SOAP or library type. */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import { windowOf, type LogWindow } from '../logWindow.ts';
import { attempts, instanceUrlOf, restCalls, type CallOptions, type RestCalls } from './call.ts';
import { readConnectedApps } from './connectedApps.ts';
import { consumerCalls, type Consumer } from './credentials.ts';
import { documented } from './documented.ts';
import { SalesforceApiError } from './errors.ts';
import { externalClientAppReads, type ExternalClientAppReads } from './externalClientApps.ts';
import { metadataCalls } from './metadata.ts';
import { observations, type Observations } from './observations.ts';
import { peopleClient, type PeopleClient } from './people.ts';
import { askAuthorize, type AuthorizeAnswer } from './probe.ts';
import { provisionedClient, type ProvisionedClient } from './provisioned.ts';
import { settingsClient, type SettingsClient } from './settings.ts';
import { quoted } from './soql.ts';
import { guardTransport } from './transport.ts';
import {
  grant,
  login,
  organization,
  type ConnectedApp,
  type ExternalClientApplication,
  type ExternalClientAppSettings,
  type ExtlClntAppGlobalOauthSettings,
  type ExtlClntAppOauthConfigurablePolicies,
  type ExtlClntAppOauthSettings,
  type Grant,
  type Login,
  type Organization,
  type Sent,
  type SentConnectedApp,
} from './types.ts';

export type { Permission } from './people.ts';

/** The components that we write, with what is sent of each. */
export interface WrittenComponents {
  readonly ExternalClientApplication: Sent<ExternalClientApplication>;
  readonly ExtlClntAppOauthSettings: Sent<ExtlClntAppOauthSettings>;
  readonly ExtlClntAppGlobalOauthSettings: Sent<ExtlClntAppGlobalOauthSettings>;
  readonly ExtlClntAppOauthConfigurablePolicies: Sent<ExtlClntAppOauthConfigurablePolicies>;
  readonly ExternalClientAppSettings: Sent<ExternalClientAppSettings>;
  readonly ConnectedApp: SentConnectedApp;
}

export interface SalesforceClient
  extends PeopleClient, ProvisionedClient, SettingsClient, Observations, ExternalClientAppReads {
  readonly instanceUrl: string;
  /** The user whose `sf` login is used. */
  readonly username: string;
  /** The same, not stopped by a signal: for what must be put back in any case. */
  readonly uninterrupted: () => SalesforceClient;
  readonly organization: () => Promise<Organization>;
  /** Every connected app that was made in this org. */
  readonly connectedApps: () => Promise<ConnectedApp[]>;
  readonly create: <T extends keyof WrittenComponents>(type: T, component: WrittenComponents[T]) => Promise<void>;
  readonly update: <T extends keyof WrittenComponents>(type: T, component: WrittenComponents[T]) => Promise<void>;
  /** The approvals of an app, by its label: no field of an approval names the app more exactly (§15.2). Never a token. */
  readonly grants: (appLabel: string) => Promise<Grant[]>;
  /** The OAuth logins of a user, as far back as is read. */
  readonly oauthLogins: (userId: string) => Promise<LogWindow<Login>>;
  /** Ids of the consumers of an external client app. */
  readonly consumerIds: (appId: string) => Promise<string[]>;
  readonly consumer: (appId: string, consumerId: string) => Promise<Consumer>;
  /** What the authorize endpoint says to a request of an app by somebody who is not logged in. */
  readonly askAuthorize: (clientId: string, redirectUri: string) => Promise<AuthorizeAnswer>;
}

export const createSalesforceClient = (connection: Connection, options: CallOptions): SalesforceClient => {
  guardTransport();
  const tries = attempts(connection, options);
  const rest = restCalls(connection, tries);
  const metadata = metadataCalls(connection, tries, rest);
  return documented<SalesforceClient>({
    instanceUrl: instanceUrlOf(connection),
    username: connection.getUsername() ?? '',
    uninterrupted: () => createSalesforceClient(connection, { ...options, signal: new AbortController().signal }),
    ...peopleClient(rest),
    ...provisionedClient(rest),
    ...queries(rest),
    ...observations(rest),
    ...consumerCalls(rest),
    ...settingsClient(metadata),
    ...externalClientAppReads(metadata),
    connectedApps: async () => readConnectedApps(metadata),
    create: async (type, component) => metadata.createMetadata(type, component),
    update: async (type, component) => metadata.updateMetadata(type, component),
    askAuthorize: askAuthorize(connection, tries),
  });
};

const LOGINS_READ = 200;

type Queries = Pick<SalesforceClient, 'organization' | 'grants' | 'oauthLogins'>;

const queries = ({ query }: RestCalls): Queries => ({
  organization: async () => {
    const fields =
      'Id, Name, OrganizationType, IsSandbox, TrialExpirationDate, InstanceName, LanguageLocaleKey, DefaultLocaleSidKey, TimeZoneSidKey';
    return organization.parse((await query(`SELECT ${fields} FROM Organization`))[0]);
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
  oauthLogins: async (userId) => {
    const fields = 'UserId, LoginTime, LoginType, LoginSubType, Application, Status';
    const rows = await query(
      `SELECT ${fields} FROM LoginHistory WHERE UserId = ${quoted(userId)} ORDER BY LoginTime DESC LIMIT ${LOGINS_READ}`
    );
    const all = windowOf(z.array(login).parse(rows), rows.length >= LOGINS_READ, ({ LoginTime }) => LoginTime);
    return { ...all, rows: all.rows.filter(({ LoginSubType }) => LoginSubType?.startsWith('Oauth')) };
  },
});
