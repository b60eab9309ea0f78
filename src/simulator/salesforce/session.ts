/**
 * Whose request it is, and what that user may do. contracts/salesforce.md §4.3, §6.2, §9, §11.1–11.2
 * - REST takes a Bearer token: an unknown one, or one of a user who is inactive or frozen, is 401 INVALID_SESSION_ID
 * - the token of an app needs the scope api (or full) for REST
 * - under API access control the token of an app is refused, with the text that clients know; `sf` counts as approved
 * - an org without API access is 403 API_DISABLED_FOR_ORG
 */
import type { Context } from 'hono';
import type { SimulatorEnv } from '../server.ts';
import { RestError } from './errors.ts';
import type { AccessTokenRecord, UserRecord } from './records.ts';
import type { SalesforceStore } from './store.ts';
import { apiRefusal } from './users.ts';

export interface Caller {
  readonly user: UserRecord;
  readonly permissions: ReadonlySet<string>;
  readonly token: AccessTokenRecord;
}

export const callerOf = (store: SalesforceStore, accessToken: string): Caller | undefined => {
  const token = store.accessTokens.get(accessToken);
  if (hasExpired(store)) return undefined;
  const user = token && store.users.get(token.userId);
  if (!token || !user || apiRefusal(store, user) !== undefined) return undefined;
  if (token.grantId !== null && !store.grants.has(token.grantId)) return undefined;
  return { user, permissions: store.permissionsOf(user.Id), token };
};

/** Counts a request that comes with a session, and tells whether it is one of those that the knob lets expire. */
const hasExpired = ({ knobs }: SalesforceStore): boolean => {
  const expiry = knobs.sessionExpiry;
  if (!expiry) return false;
  if (expiry.after > 0) {
    knobs.sessionExpiry = { ...expiry, after: expiry.after - 1 };
    return false;
  }
  knobs.sessionExpiry = expiry.times > 1 ? { ...expiry, times: expiry.times - 1 } : null;
  return true;
};

export const bearerToken = (c: Context<SimulatorEnv>): string =>
  /^(?:Bearer|OAuth) (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';

/** The caller of a REST request; throws the refusal. */
export const restCaller = (store: SalesforceStore, c: Context<SimulatorEnv>): Caller => {
  const caller = callerOf(store, bearerToken(c));
  if (!caller) throw new RestError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const { token, permissions } = caller;
  const scoped = token.scopes.includes('api') || token.scopes.includes('full');
  if (!scoped || (token.grantId !== null && store.knobs.apiAccessControl)) {
    throw new RestError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
  }
  if (store.knobs.apiDisabled || !permissions.has('ApiEnabled')) {
    throw new RestError(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
  }
  return caller;
};

export const holdsAny = (caller: Caller, permissions: readonly string[]): boolean =>
  permissions.some((permission) => caller.permissions.has(permission));
