/** One function per Okta endpoint that this product uses. Callers see no URL, header or got type. */
import { z } from 'zod';
import { windowOf, type LogWindow } from '../logWindow.ts';
import { createOktaHttp, type OktaHttp, type OktaHttpOptions } from './http.ts';
import {
  app,
  appUser,
  connection,
  feature,
  logEvent,
  org,
  organization,
  type App,
  type AppUser,
  type Connection,
  type Feature,
  type LogEvent,
  type Org,
  type Organization,
} from './types.ts';
import { usersClient, type UsersClient } from './users.ts';

const LOG_PAGE = 1000;
/** More is not read of one log: the newest ten thousand events. */
const LOG_PAGES = 10;

export interface NewApp {
  readonly label: string;
  readonly instanceType: string;
}

export interface OktaClient extends UsersClient {
  readonly url: string;
  readonly organization: () => Promise<Organization>;
  /** Plan and expiry; needs `okta.orgs.read`. */
  readonly org: () => Promise<Org>;
  /** The cheapest call that needs the credentials: whether they work. */
  readonly ping: () => Promise<void>;
  /** All instances of Okta's `salesforce` app. */
  readonly salesforceApps: () => Promise<App[]>;
  readonly createApp: (newApp: NewApp) => Promise<App>;
  /** Sets the instance type and keeps every other field. */
  readonly setInstanceType: (appId: string, instanceType: string) => Promise<void>;
  readonly activateApp: (appId: string) => Promise<void>;
  readonly connection: (appId: string) => Promise<Connection>;
  /** Asks for a new authorization by OAuth; what comes of it is told by what is read back. */
  readonly authorizeConnection: (appId: string) => Promise<Connection>;
  /** Brings Okta the code that a person's approval gave; the query is Okta's own, unread. */
  readonly finishAuthorization: (appId: string, query: Record<string, string>) => Promise<void>;
  readonly activateConnection: (appId: string) => Promise<void>;
  readonly userProvisioning: (appId: string) => Promise<Feature>;
  readonly setUserProvisioning: (appId: string, capabilities: object) => Promise<void>;
  readonly appUsers: (appId: string) => Promise<AppUser[]>;
  /** Events about the app since a time. */
  readonly logOfApp: (appId: string, since: string) => Promise<LogWindow<LogEvent>>;
  /** Events about the org's own rate limits since a time. */
  readonly rateLimitLog: (since: string) => Promise<LogWindow<LogEvent>>;
}

/** contracts/okta.md §5.2 */
const RATE_LIMITS = [
  'system.org.rate_limit.warning',
  'system.org.rate_limit.violation',
  'core.concurrency.org.limit.violation',
];

const all = async <T>(pages: AsyncGenerator<T[]>): Promise<T[]> => (await Array.fromAsync(pages)).flat();

export const createOktaClient = (options: OktaHttpOptions): OktaClient => {
  const http = createOktaHttp(options);
  return {
    url: options.url,
    organization: async () => http.open('.well-known/okta-organization', organization),
    org: async () => http.get('api/v1/org', org, { scope: 'okta.orgs.read' }),
    ping: async () => void (await http.get('api/v1/apps', z.array(z.unknown()), { query: { limit: '1' } })),
    ...apps(http),
    ...connections(http),
    ...usersClient(http),
    appUsers: async (appId) => all(http.page(`api/v1/apps/${appId}/users`, appUser, { query: { limit: '500' } })),
    logOfApp: async (appId, since) => log(http, since, `target.id eq "${appId}"`),
    rateLimitLog: async (since) => log(http, since, RATE_LIMITS.map((type) => `eventType eq "${type}"`).join(' or ')),
  };
};

type Apps = Pick<OktaClient, 'salesforceApps' | 'createApp' | 'setInstanceType' | 'activateApp'>;

const apps = (http: OktaHttp): Apps => ({
  salesforceApps: async () =>
    all(http.page('api/v1/apps', app, { query: { filter: 'name eq "salesforce"', limit: '200' } })),
  createApp: async ({ label, instanceType }) =>
    http.post('api/v1/apps', app, {
      name: 'salesforce',
      label,
      signOnMode: 'SAML_2_0',
      settings: { app: { instanceType, integrationType: 'STANDARD' } },
    }),
  setInstanceType: async (appId, instanceType) => {
    const whole = await http.get(`api/v1/apps/${appId}`, z.record(z.string(), z.unknown()));
    await http.put(`api/v1/apps/${appId}`, z.unknown(), replacement(whole, instanceType));
  },
  activateApp: async (appId) => {
    await http.post(`api/v1/apps/${appId}/lifecycle/activate`, z.unknown());
  },
});

/** contracts/okta.md §13: a PUT replaces the whole app, and these cannot be written. */
const READ_ONLY = [
  '_links',
  '_embedded',
  'features',
  'id',
  'created',
  'lastUpdated',
  'status',
  'orn',
  'universalLogout',
];

const anySettings = z.looseObject({ app: z.record(z.string(), z.unknown()) });

const replacement = (whole: Record<string, unknown>, instanceType: string): object => {
  const kept = Object.fromEntries(Object.entries(whole).filter(([name]) => !READ_ONLY.includes(name)));
  const settings = anySettings.parse(whole['settings']);
  return { ...kept, settings: { ...settings, app: { ...settings.app, instanceType } } };
};

type Connections = Pick<
  OktaClient,
  | 'connection'
  | 'authorizeConnection'
  | 'finishAuthorization'
  | 'activateConnection'
  | 'userProvisioning'
  | 'setUserProvisioning'
>;

const connections = (http: OktaHttp): Connections => {
  const connectionOf = (appId: string): string => `api/v1/apps/${appId}/connections/default`;
  const featureOf = (appId: string): string => `api/v1/apps/${appId}/features/USER_PROVISIONING`;
  return {
    connection: async (appId) => http.get(connectionOf(appId), connection),
    authorizeConnection: async (appId) =>
      http.post(connectionOf(appId), connection, { profile: { authScheme: 'OAUTH2' } }),
    finishAuthorization: async (appId, query) => {
      await http.post(`api/v1/apps/salesforce/${appId}/oauth2/callback`, z.unknown(), undefined, { query });
    },
    activateConnection: async (appId) => {
      await http.post(`${connectionOf(appId)}/lifecycle/activate`, z.unknown());
    },
    userProvisioning: async (appId) => http.get(featureOf(appId), feature),
    setUserProvisioning: async (appId, capabilities) => {
      await http.put(featureOf(appId), z.unknown(), capabilities);
    },
  };
};

/** The newest first, so that what is left out of a long log is its old end. */
const log = async (http: OktaHttp, since: string, filter: string): Promise<LogWindow<LogEvent>> => {
  const events: LogEvent[] = [];
  const query = { since: new Date(since).toISOString(), filter, limit: String(LOG_PAGE), sortOrder: 'DESCENDING' };
  // contracts/okta.md §5.1: there may always be a next page, so one that is not full is the end.
  for await (const page of http.page('api/v1/logs', logEvent, { query, scope: 'okta.logs.read' })) {
    events.push(...page);
    if (page.length < LOG_PAGE || events.length >= LOG_PAGE * LOG_PAGES) break;
  }
  return windowOf(events, events.length >= LOG_PAGE * LOG_PAGES, ({ published }) => published);
};
