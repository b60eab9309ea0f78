/**
 * Whether Okta is connected to the target org, judged by what both orgs can be asked. A 2xx of Okta proves nothing
 * (contracts/okta.md §0.1), a grant alone appears before *Save*, and use counts move on failure (contracts/salesforce.md
 * §15.2): so a grant counts together with something later that only a working connection leaves behind.
 */
import type { Connection, LogEvent } from '../clients/okta/types.ts';
import { lacksRight, OktaApiError } from '../clients/okta/errors.ts';
import type { Login } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';
import type { PairResource } from './context.ts';
import { grants, oauthLogins, type DatedGrant } from './grants.ts';
import { integrationIdentity } from './integrationUser.ts';
import { oktaAppItself } from './oktaApp.ts';

export type ConnectionState = 'connected' | 'unproven' | 'waiting' | 'wrong-user';

/** What Okta's API says of the connection. The classification decides, not the status code (contracts/okta.md §2.5). */
export type Probe =
  | {
      readonly kind: 'supported';
      readonly scheme: 'OAUTH2' | 'TOKEN';
      readonly enabled: boolean;
      /** Where a person approves, as Okta offers it; not judged yet. */
      readonly link?: string;
    }
  | { readonly kind: 'not-observable' }
  /** Okta does not offer it for this app; or the credentials may not ask, where `mayNotAsk`. */
  | { readonly kind: 'refused'; readonly reason: string; readonly mayNotAsk: boolean };

export interface Evidence {
  readonly state: ConnectionState;
  /** Absent where the integration user is not known, so that no approval can be told to be theirs. */
  readonly userId?: string;
  /** The newest approval of the integration user that counts. */
  readonly grant?: DatedGrant;
  /** With `--reauthenticate`: the newest approval of the integration user from before this run, by which it is connected now. */
  readonly earlier?: DatedGrant;
  /** What proves it, in words, with its time; absent unless connected. */
  readonly proof?: { readonly what: string; readonly at: string };
  /** The newest failure that Okta logged since the grant, or lately where there is none. */
  readonly failure?: { readonly what: string; readonly at: string };
  /** Ids of other users who approved the app. */
  readonly otherUsers: readonly string[];
}

/** Okta's log about the app since the newest grant; of the last hour where there is none. */
export const oktaLog: PairResource<LogEvent[]> = {
  id: 'okta.log',
  read: async ({ context, see }) => {
    const [app, given] = await Promise.all([see(oktaAppItself), see(grants)]);
    if (app.kind !== 'found') return [];
    const since = newest(given)?.grantedAt ?? context.logAfter;
    // Okta keeps 90 days, and refuses a time of more than 180 days ago (contracts/okta.md §5.1).
    const oldest = new Date(context.now() - 90 * 24 * 3_600_000).toISOString();
    return (await context.okta.logOfApp(app.app.id, later(since, oldest) ? since : oldest)).rows;
  },
};

/** The log as far as these credentials may read it: without the right to, evidence has to come from Salesforce. */
export const readableLog: PairResource<LogEvent[]> = {
  id: 'okta.readable-log',
  read: async ({ see }) =>
    see(oktaLog).catch((error: unknown) => {
      if (lacksRight(error)) return [];
      throw error;
    }),
};

export const probe: PairResource<Probe> = {
  id: 'okta.connection-probe',
  read: async ({ context: { okta }, see }) => {
    const app = await see(oktaAppItself);
    if (app.kind !== 'found') return { kind: 'not-observable' };
    try {
      return classify(await okta.connection(app.app.id));
    } catch (error) {
      if (!isRefused(error)) throw error;
      return refusedBy(error);
    }
  },
};

/** Whether Okta's API could begin an approval: the way that `--handshake auto` then takes. */
export const isOauth = (answer: Probe): answer is Extract<Probe, { kind: 'supported' }> =>
  answer.kind === 'supported' && answer.scheme === 'OAUTH2';

/** Okta has answered, and the answer is no: not that it is in trouble, or too busy. */
export const isRefused = (error: unknown): error is OktaApiError => {
  const status = error instanceof OktaApiError ? (error.data?.status ?? 500) : 500;
  return status === 501 || (status < 500 && status !== 429);
};

export const refusedBy = (error: OktaApiError): Probe => ({
  kind: 'refused',
  reason: error.message,
  mayNotAsk: error.data?.status === 401 || error.data?.status === 403,
});

/** Of an answer to GET and POST alike. */
export const classify = ({ status, profile: { authScheme }, _links: links }: Connection): Probe =>
  authScheme === 'OAUTH2' || authScheme === 'TOKEN'
    ? {
        kind: 'supported',
        scheme: authScheme,
        enabled: status === 'ENABLED',
        ...(links?.authorize && { link: links.authorize.href }),
      }
    : { kind: 'not-observable' };

export const evidence: PairResource<Evidence> = {
  id: 'okta.connection',
  read: async ({ context, see }) => {
    const [given, user, app] = await Promise.all([see(grants), see(integrationIdentity), see(oktaAppItself)]);
    const [logins, log] = await Promise.all([see(oauthLogins), see(readableLog)]);
    const userId = user.kind === 'found' ? user.user.Id : undefined;
    const counts = ({ grantedAt = '' }: DatedGrant): boolean => later(grantedAt, context.grantsAfter ?? '');
    const earlier = newest(given.filter((grant) => grant.UserId === userId && !counts(grant)));
    const features = app.kind === 'found' ? app.app.features : [];
    return {
      ...judgeEvidence({ grants: given.filter(counts), userId, features, logins, log }),
      ...(earlier && { earlier }),
    };
  },
};

interface Facts {
  readonly grants: readonly DatedGrant[];
  readonly userId: string | undefined;
  readonly features: readonly string[];
  readonly logins: readonly Login[];
  readonly log: readonly LogEvent[];
}

/** Pure: the same facts, read on any machine at any time, give the same state. */
export const judgeEvidence = ({ grants: given, userId, features, logins, log }: Facts): Evidence => {
  const grant = newest(given.filter(({ UserId }) => UserId === userId));
  const otherUsers = [...new Set(given.map(({ UserId }) => UserId).filter((id) => id !== userId))];
  const known = { otherUsers, ...(userId === undefined ? {} : { userId }) };
  if (!grant) {
    const failed = latest(log.filter(isFailure).map(described));
    return { state: otherUsers.length > 0 ? 'wrong-user' : 'waiting', ...known, ...(failed && { failure: failed }) };
  }
  const since = grant.grantedAt ?? '';
  const proofs = [...log.filter(isProof).map(described), ...logins.filter(isRefresh).map(refreshed)].filter(({ at }) =>
    later(at, since)
  );
  const failure = latest(
    log
      .filter(isFailure)
      .map(described)
      .filter(({ at }) => later(at, since))
  );
  const proof = latest(proofs);
  const found = { ...known, grant, ...(failure && { failure }) };
  if (features.length === 0) return { state: 'waiting', ...found };
  if (!proof || since === '' || (failure && !later(proof.at, failure.at))) return { state: 'unproven', ...found };
  return { state: 'connected', ...found, proof };
};

const SAVED = 'application.lifecycle.update';
/** contracts/okta.md §5.2: what only a working connection can write. */
const PROVISIONED = [
  'application.provision.user.push',
  'application.provision.user.push_profile',
  'app.user_management.push_new_user_success',
];
const FAILURES = [
  'application.configuration.update',
  'application.integration.authentication_failure',
  'application.integration.general_failure',
];

export const isProof = ({ eventType, outcome }: LogEvent): boolean =>
  (eventType === SAVED || PROVISIONED.includes(eventType)) && (outcome?.result ?? 'SUCCESS') === 'SUCCESS';
export const isFailure = ({ eventType, outcome }: LogEvent): boolean =>
  FAILURES.includes(eventType) && outcome?.result !== 'SUCCESS';
/** A save of the Provisioning tab among others: Okta writes it for every setting (contracts/okta.md §5.2). */
export const isSaved = ({ eventType }: LogEvent): boolean => eventType === SAVED;
/** A check of the credentials that a person asked for, not a call that Salesforce refused. */
export const isCheckFailure = ({ eventType }: LogEvent): boolean => eventType === FAILURES[0];
const isRefresh = ({ LoginSubType, Status }: Login): boolean =>
  LoginSubType !== 'OauthWebServer' && Status === 'Success';

const described = ({ eventType, published, outcome }: LogEvent): { what: string; at: string } => ({
  what: outcome?.reason ? `Okta logged ${eventType}: ${outcome.reason}` : `Okta logged ${eventType}`,
  at: published,
});
const refreshed = ({ LoginTime }: Login): { what: string; at: string } => ({
  what: 'Salesforce logged a successful OAuth login of the integration user',
  at: LoginTime,
});

const later = (one: string, other: string): boolean => other === '' || Date.parse(one) > Date.parse(other);
const latest = <T extends { at: string }>(items: readonly T[]): T | undefined =>
  items.reduce<T | undefined>((best, item) => (best && !later(item.at, best.at) ? best : item), undefined);
export const newest = (given: readonly DatedGrant[]): DatedGrant | undefined =>
  given.reduce<DatedGrant | undefined>(
    (best, grant) => (best && !later(grant.grantedAt ?? '', best.grantedAt ?? '') ? best : grant),
    undefined
  );

/** The handshake's state as the report words it. */
export const handshakeState = (found: Evidence, intent: Intent): ConnectionState | 'skipped' =>
  intent.handshake === 'none' && found.state !== 'connected' ? 'skipped' : found.state;
