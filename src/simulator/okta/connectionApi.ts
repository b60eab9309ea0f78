/**
 * What the published API shows and does of an app's provisioning connection. contracts/okta.md §2.3, §2.5, §3
 *
 * A knob of the world, since nobody has recorded what a `salesforce` app answers:
 * - `documented`: as every app that Okta cannot connect by API: the UNKNOWN sentinel with 200, for POST as for GET,
 * whatever the body says; activate and deactivate do nothing; no features; no callback (404 or 403, UNCONFIRMED). It
 * stays so when the console has connected the app (UNCONFIRMED)
 * - `api-supported`: see `supportedConnections.ts`
 */
import type { Okta } from './context.ts';
import { invalid, noSuchPath } from './errors.ts';
import type { AppRecord, Author, Json } from './records.ts';

/** One request about one app. */
export interface Asked {
  readonly okta: Okta;
  readonly app: AppRecord;
  readonly author: Author;
}

export interface ConnectionApi {
  readonly read: (asked: Asked) => Json;
  readonly write: (asked: Asked, body: Json) => Json;
  readonly turn: (asked: Asked, to: 'activate' | 'deactivate') => Promise<void>;
  /** Brings the code of a handshake that `write` began. */
  readonly finish: (asked: Asked, answer: { readonly code: string; readonly state: string }) => Promise<void>;
  /** The features that exist by API, or a refusal. */
  readonly features: (asked: Asked) => readonly Json[];
  readonly setFeature: (asked: Asked, body: Json) => void;
}

const SENTINEL: Json = { status: 'UNKNOWN', profile: { authScheme: 'UNKNOWN' } };

const notSupported = (): never => {
  throw invalid('feature', 'Provisioning is not supported.');
};

export const documentedConnections: ConnectionApi = {
  read: () => SENTINEL,
  write: () => SENTINEL,
  turn: async () => Promise.resolve(),
  finish: async () => Promise.reject(noSuchPath()),
  features: notSupported,
  setFeature: notSupported,
};
