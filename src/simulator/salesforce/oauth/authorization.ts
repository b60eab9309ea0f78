/**
 * The authorize endpoint's rules, in the order in which they are asked. contracts/salesforce.md §6.1, §6.3, §6.6
 * - who asks, and where the answer goes, must be right first: else a Salesforce page, never a redirect to the app
 * - then response type, scopes and PKCE: refused by a redirect to the app
 * - once it is known who the person is: whether that user may use the app, and whether to ask for consent
 */
import { OAuthError } from '../errors.ts';
import type { AuthorizationRecord, CodeRecord, UserRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { findClient, type OAuthClient } from './client.ts';
import { logEvent } from './events.ts';

export type AuthorizeRequest = Readonly<Record<string, string | undefined>>;

/** Throws what belongs on a Salesforce page. */
export const identifyClient = (store: SalesforceStore, request: AuthorizeRequest): OAuthClient => {
  const client = findClient(store, request['client_id'] ?? '');
  if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!client.callbackUrls.includes(request['redirect_uri'] ?? '')) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  return client;
};

/** Throws what belongs to the app's callback. */
export const startAuthorization = (
  store: SalesforceStore,
  client: OAuthClient,
  request: AuthorizeRequest
): AuthorizationRecord => {
  const { response_type: responseType, code_challenge: challenge, code_challenge_method: method } = request;
  if (responseType !== 'code') throw new OAuthError('unsupported_response_type', 'response type not supported');
  if (client.isBlocked) {
    logEvent(store, 'OauthAuthorize', 'AppBlocked', { appId: client.appId });
    throw new OAuthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  }
  if (challenge === undefined && client.requiresPkce)
    throw new OAuthError('invalid_request', 'missing required code challenge');
  const isS256 = challenge === undefined || (/^[\w-]{43,128}$/.test(challenge) && (method ?? 'S256') === 'S256');
  if (!isS256) throw new OAuthError('invalid_request', 'invalid code challenge');
  const authorization = {
    source: store.secret('consent source', 'CAAAA', 60),
    clientKey: client.key,
    redirectUri: request['redirect_uri'] ?? '',
    scopes: scopesOf(store, client, request['scope']),
    state: request['state'],
    challenge,
    prompts: (request['prompt'] ?? '').split(' ').filter(Boolean),
    startedAt: store.clock.now(),
  };
  store.authorizations.set(authorization.source, authorization);
  return authorization;
};

/** All that the app has, unless it asks for less. */
const scopesOf = (store: SalesforceStore, client: OAuthClient, asked: string | undefined): readonly string[] => {
  const scopes = (asked ?? '').split(/[\s+]/).filter(Boolean);
  if (scopes.length === 0) return client.scopes.filter((scope) => scope !== 'offline_access');
  if (scopes.some((scope) => !client.scopes.includes(scope))) {
    logEvent(store, 'OauthAuthorize', 'InvalidScope', { appId: client.appId });
    throw new OAuthError('invalid_scope', 'the requested scope is not allowed');
  }
  return [...new Set(scopes.map((scope) => (scope === 'offline_access' ? 'refresh_token' : scope)))];
};

export const refuseUnapprovedUser = (store: SalesforceStore, client: OAuthClient, user: UserRecord): void => {
  if (!client.preAuthorizedOnly || isPreAuthorized(store, client, user)) return;
  logEvent(store, 'OauthAuthorize', 'AppAccessDenied', { appId: client.appId, userId: user.Id });
  throw new OAuthError('OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app');
};

/** By a permission set with access to the app, or by a name that the app's own policy lists. */
const isPreAuthorized = (store: SalesforceStore, client: OAuthClient, user: UserRecord): boolean => {
  const held = [...store.assignments.values()].filter(({ AssigneeId }) => AssigneeId === user.Id);
  const isOpened = [...store.entityAccess.values()].some(
    ({ ParentId, SetupEntityId }) =>
      SetupEntityId === client.appId && held.some(({ PermissionSetId }) => PermissionSetId === ParentId)
  );
  const names = [
    store.profiles.get(user.ProfileId)?.Name,
    ...held.map(({ PermissionSetId }) => store.permissionSets.get(PermissionSetId)?.Name),
  ];
  return isOpened || names.some((name) => name !== undefined && client.admitted.includes(name));
};

export const needsConsent = (
  store: SalesforceStore,
  client: OAuthClient,
  user: UserRecord,
  { prompts }: AuthorizationRecord
): boolean => {
  if (client.preAuthorizedOnly) return false;
  if (prompts.includes('consent')) return true;
  return ![...store.grants.values()].some(({ appId, userId }) => appId === client.appId && userId === user.Id);
};

/** Where the person's browser goes with the code. The authorization is used up. */
export const approve = (
  store: SalesforceStore,
  client: OAuthClient,
  user: UserRecord,
  authorization: AuthorizationRecord
): string => {
  const code: CodeRecord = {
    code: store.secret('code', 'aPrx', 60),
    userId: user.Id,
    authorization,
    issuedAt: store.clock.now(),
    used: false,
  };
  store.codes.set(code.code, code);
  store.authorizations.delete(authorization.source);
  logEvent(store, 'OauthAuthorize', 'Success', { appId: client.appId, userId: user.Id });
  return callback(authorization.redirectUri, { code: code.code, state: authorization.state });
};

export const callback = (redirectUri: string, parameters: AuthorizeRequest): string => {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
};
