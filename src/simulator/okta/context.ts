import type { Context } from 'hono';
import type { Clock } from '../clock.ts';
import type { SimulatorEnv, Traffic } from '../server.ts';
import type { ConnectionApi } from './connectionApi.ts';
import type { Jobs } from './engine/jobs.ts';
import type { Ids } from './ids.ts';
import type { Limiter } from './limits.ts';
import type { Author, UserRecord } from './records.ts';
import type { SecretBook } from './secretBook.ts';
import type { OktaStore } from './store.ts';
import type { SystemLog } from './systemLog.ts';

/** One simulated org, as its routes, its console and its provisioning engine see it. */
export interface Okta {
  readonly clock: Clock;
  readonly traffic: Traffic;
  readonly store: OktaStore;
  readonly ids: Ids;
  readonly limiter: Limiter;
  readonly log: SystemLog;
  readonly secrets: SecretBook;
  readonly jobs: Jobs;
  /** What the Connections and Features API answer; a knob of the world. */
  readonly connectionApi: ConnectionApi;
  /** The Salesforce host that the instance type of an app would choose. */
  readonly salesforceUrl: string;
  /** What a DPoP proof of a token request must hold. */
  readonly nonce: string;
  /** Where the org is, when `url` is a custom domain; else the same. */
  readonly canonicalUrl: string | undefined;
  /** The host of the links to other pages. */
  readonly linksOn: 'asked' | 'canonical';
  /** How many instances of an integration may exist, and how many requests may be under way at once. */
  readonly capacity: { readonly instances: number; readonly concurrency: number };
  /** The URL that it is asked at, without a slash at the end. */
  url: string;
}

/** Who asks, once the credentials were checked. */
export interface Principal {
  /** None behind a service app. */
  readonly user: UserRecord | undefined;
  readonly apiTokenId: string | undefined;
  /** Of an access token; an API token has none and may do what its owner may. */
  readonly scopes: readonly string[] | undefined;
  readonly roles: readonly string[];
}

export type OktaEnv = {
  Bindings: SimulatorEnv['Bindings'];
  Variables: SimulatorEnv['Variables'] & { requestId: string; principal?: Principal };
};

/** Where the links to other pages begin. */
export const linkBase = ({ linksOn, canonicalUrl, url }: Okta): string =>
  linksOn === 'canonical' ? (canonicalUrl ?? url) : url;

/** The author of the events that a request writes. On the console, where nobody has to log in, it is the admin. */
export const authorOf = (okta: Okta, c: Pick<Context<OktaEnv>, 'get' | 'req'>): Author => {
  const principal = c.get('principal');
  return {
    user: principal?.user ?? [...okta.store.users.values()].find(({ admin }) => admin),
    kind: 'WEB',
    transactionId: c.get('requestId'),
    requestUri: new URL(c.req.url).pathname,
    userAgent: c.req.header('user-agent') ?? '',
    apiTokenId: principal?.apiTokenId,
  };
};
