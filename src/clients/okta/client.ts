/** One function per Okta endpoint that this product uses. Callers see no URL, header or got type. */
import { z } from 'zod';
import { createOktaHttp, type OktaHttpOptions } from './http.ts';
import {
  app,
  appUser,
  connection,
  logEvent,
  organization,
  type App,
  type AppUser,
  type Connection,
  type LogEvent,
  type Organization,
} from './types.ts';

const LOG_PAGE = 1000;

export interface NewApp {
  readonly label: string;
  readonly instanceType: string;
}

export interface OktaClient {
  readonly url: string;
  readonly organization: () => Promise<Organization>;
  /** All instances of Okta's `salesforce` app. */
  readonly salesforceApps: () => Promise<App[]>;
  readonly createApp: (newApp: NewApp) => Promise<App>;
  readonly activateApp: (appId: string) => Promise<void>;
  readonly connection: (appId: string) => Promise<Connection>;
  readonly appUsers: (appId: string) => Promise<AppUser[]>;
  /** Events about the app since a time, oldest first. */
  readonly logOfApp: (appId: string, since: string) => Promise<LogEvent[]>;
}

export const createOktaClient = (options: OktaHttpOptions): OktaClient => {
  const http = createOktaHttp(options);
  const all = async <T>(pages: AsyncGenerator<T[]>): Promise<T[]> => (await Array.fromAsync(pages)).flat();
  return {
    url: options.url,
    organization: async () => http.get('.well-known/okta-organization', organization),
    salesforceApps: async () => all(http.page('api/v1/apps', app, { filter: 'name eq "salesforce"', limit: '200' })),
    createApp: async ({ label, instanceType }) =>
      http.post('api/v1/apps', app, {
        name: 'salesforce',
        label,
        signOnMode: 'SAML_2_0',
        settings: { app: { instanceType, integrationType: 'STANDARD' } },
      }),
    activateApp: async (appId) => {
      await http.post(`api/v1/apps/${appId}/lifecycle/activate`, z.unknown(), {});
    },
    connection: async (appId) => http.get(`api/v1/apps/${appId}/connections/default`, connection),
    appUsers: async (appId) => all(http.page(`api/v1/apps/${appId}/users`, appUser, { limit: '500' })),
    logOfApp: async (appId, since) => {
      const events: LogEvent[] = [];
      const query = {
        since: new Date(since).toISOString(),
        filter: `target.id eq "${appId}"`,
        limit: String(LOG_PAGE),
      };
      // contracts/okta.md §5.1: without `until` there is always a next page, so one that is not full is the end.
      for await (const page of http.page('api/v1/logs', logEvent, query)) {
        events.push(...page);
        if (page.length < LOG_PAGE) break;
      }
      return events;
    },
  };
};
