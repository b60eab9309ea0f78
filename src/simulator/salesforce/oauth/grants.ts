/**
 * Approvals and the tokens they give. contracts/salesforce.md §6.2, §6.5, §11.2, §15.2
 * - a code exchange makes a grant; the one beyond the cap ends the oldest of that user and app
 * - each refresh raises the use count; so does one that fails, as long as the grant is known
 * - with rotation the refresh token changes; replaying an old one ends the grant and its access tokens
 * - a refresh token ends by the policy: at once, after its life, or after lying idle
 */
import type { CodeRecord, GrantRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { OAuthError } from '../errors.ts';
import { apiRefusal } from '../users.ts';
import type { OAuthClient } from './client.ts';
import { logEvent, logLogin } from './events.ts';

export interface IssuedTokens {
  readonly accessToken: string;
  /** Absent where the client has to keep the one it has, or gets none. */
  readonly refreshToken: string | undefined;
  readonly grant: GrantRecord;
}

export const grantFor = (store: SalesforceStore, client: OAuthClient, code: CodeRecord): IssuedTokens => {
  const { userId, authorization } = code;
  const keepsToken = authorization.scopes.includes('refresh_token') && client.refreshPolicy.kind !== 'zero';
  const now = store.clock.now();
  const grant: GrantRecord = {
    id: store.mint.id('0CQ'),
    appId: client.appId,
    userId,
    scopes: authorization.scopes,
    refreshToken: keepsToken ? newRefreshToken(store) : null,
    spent: [],
    deleteToken: store.secret('delete token', 'D3L', 60),
    createdDate: now,
    lastUsedDate: now,
    useCount: 1,
  };
  const older = [...store.grants.values()].filter((other) => other.userId === userId && other.appId === client.appId);
  // Grants are kept in the order they were made in.
  for (const surplus of older.slice(0, Math.max(0, older.length + 1 - store.knobs.tokenCap))) endGrant(store, surplus);
  store.grants.set(grant.id, grant);
  logEvent(store, 'OauthTokenExchange', 'Success', { appId: client.appId, userId });
  logOAuthLogin(store, grant, client, 'OauthWebServer', 'Success');
  return { accessToken: newAccessToken(store, grant), refreshToken: grant.refreshToken ?? undefined, grant };
};

export const refreshGrant = (store: SalesforceStore, client: OAuthClient, grant: GrantRecord): IssuedTokens => {
  grant.useCount += 1;
  const idle = store.clock.now() - grant.lastUsedDate;
  const age = store.clock.now() - grant.createdDate;
  grant.lastUsedDate = store.clock.now();
  const refusal = apiRefusal(store, store.users.get(grant.userId));
  if (refusal !== undefined) {
    logOAuthLogin(store, grant, client, 'OauthRefreshToken', refusal);
    throw expired();
  }
  const { kind, milliseconds } = client.refreshPolicy;
  if (
    kind === 'zero' ||
    (kind === 'lifetime' && age > milliseconds) ||
    (kind === 'inactivity' && idle > milliseconds)
  ) {
    endGrant(store, grant);
    throw expired();
  }
  if (client.rotates && grant.refreshToken !== null) {
    grant.spent.push(grant.refreshToken);
    grant.refreshToken = newRefreshToken(store);
  }
  logOAuthLogin(store, grant, client, 'OauthRefreshToken', 'Success');
  const refreshToken = client.rotates && grant.refreshToken !== null ? grant.refreshToken : undefined;
  return { accessToken: newAccessToken(store, grant), refreshToken, grant };
};

export const grantOfRefreshToken = (store: SalesforceStore, refreshToken: string): GrantRecord => {
  const grants = [...store.grants.values()];
  const live = grants.find((grant) => grant.refreshToken === refreshToken);
  if (live) return live;
  const replayed = grants.find(({ spent }) => spent.includes(refreshToken));
  if (replayed) endGrant(store, replayed);
  throw expired();
};

export const endGrant = (store: SalesforceStore, grant: GrantRecord): void => {
  store.grants.delete(grant.id);
  for (const { token, grantId } of store.accessTokens.values())
    if (grantId === grant.id) store.accessTokens.delete(token);
};

const expired = (): OAuthError => new OAuthError('invalid_grant', 'expired access/refresh token');

const newRefreshToken = (store: SalesforceStore): string => store.secret('refresh token', '5Aep861', 76);

const newAccessToken = (store: SalesforceStore, grant: GrantRecord): string => {
  const token = store.secret('access token', `${store.organization.Id.slice(0, 15)}!AQE`, 90);
  store.accessTokens.set(token, { token, userId: grant.userId, grantId: grant.id, scopes: grant.scopes });
  return token;
};

const logOAuthLogin = (
  store: SalesforceStore,
  grant: GrantRecord,
  client: OAuthClient,
  LoginSubType: string,
  Status: string
): void => logLogin(store, grant.userId, { LoginType: 'Oauth2', LoginSubType, Application: client.label, Status });
