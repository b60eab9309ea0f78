/**
 * What the published API shows and does of an app's provisioning connection. contracts/okta.md §2.3, §2.5, §3
 *
 * A knob of the world, since nobody has recorded what a `salesforce` app answers:
 * - `documented`: as every app that Okta cannot connect by API: the UNKNOWN sentinel with 200, for POST as for GET,
 *   whatever the body says; activate and deactivate do nothing; no features. It stays so when the console has connected
 *   the app (UNCONFIRMED)
 */
import type { AppRecord, Json } from './records.ts';
import { invalid } from './errors.ts';

export interface ConnectionApi {
  readonly read: (app: AppRecord) => Json;
  readonly write: (app: AppRecord, body: Json) => Json;
  readonly turn: (app: AppRecord, to: 'activate' | 'deactivate') => void;
  /** The features that exist by API, or a refusal. */
  readonly features: (app: AppRecord) => readonly Json[];
}

const SENTINEL: Json = { status: 'UNKNOWN', profile: { authScheme: 'UNKNOWN' } };

export const documentedConnections: ConnectionApi = {
  read: () => SENTINEL,
  write: () => SENTINEL,
  turn: () => undefined,
  features: () => {
    throw invalid('feature', 'Provisioning is not supported.');
  },
};
