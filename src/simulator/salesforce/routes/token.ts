/**
 * POST /services/oauth2/token, /revoke and /introspect. contracts/salesforce.md §6.2–6.4, §6.6, §11.2
 * - the client says who it is in the form or by HTTP Basic; a wrong secret is logged as InvalidClientCredentials
 * - a code works once, for fifteen minutes, for the client and redirect_uri it was given for, with its verifier
 * - a refresh takes the secret unless the app says otherwise; a secret that is sent must be right in any case
 * - not simulated: other grant types, id_token, the revocation of tokens that a reused code gave
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { NotSimulated, OAuthError } from '../errors.ts';
import { findClient, type OAuthClient } from '../oauth/client.ts';
import { logEvent } from '../oauth/events.ts';
import { endGrant, grantFor, grantOfRefreshToken, refreshGrant, type IssuedTokens } from '../oauth/grants.ts';
import type { CodeRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { apiRefusal } from '../users.ts';
import { originOf } from './discovery.ts';
import { onlyParameters } from './version.ts';

const CODE_LIFETIME = 15 * 60 * 1000;
const CLIENT = ['client_id', 'client_secret'];
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri', 'code_verifier', ...CLIENT],
  refresh_token: ['grant_type', 'refresh_token', 'scope', ...CLIENT],
};

export const tokenRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .post('/services/oauth2/token', async (c) => {
      const form = await readForm(c);
      const grantType = form.get('grant_type') ?? '';
      c.set('operation', `POST token ${grantType}`);
      const known = PARAMETERS[grantType];
      if (!known) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
      onlyParameters(c, [...known, 'format'], form.keys());
      const client = identify(store, form);
      const issued = grantType === 'refresh_token' ? refresh(store, client, form) : exchange(store, client, form);
      return c.json(tokenAnswer(store, originOf(c), issued));
    })
    .on(['GET', 'POST'], '/services/oauth2/revoke', async (c) => {
      c.set('write', true);
      const form = await readForm(c);
      onlyParameters(c, ['token', 'token_type_hint', ...CLIENT], form.keys());
      revoke(store, form.get('token') ?? '');
      return c.body(null, 200);
    })
    .post('/services/oauth2/introspect', async (c) => {
      c.set('write', false);
      const form = await readForm(c);
      onlyParameters(c, ['token', 'token_type_hint', ...CLIENT], form.keys());
      const client = identify(store, form);
      checkSecret(store, client, form, true);
      return c.json(introspect(store, client, form.get('token') ?? ''));
    });

/** The form, or the query of a GET; HTTP Basic joins as if it were part of it. */
const readForm = async (c: Context<SimulatorEnv>): Promise<URLSearchParams> => {
  const form = c.req.method === 'GET' ? new URL(c.req.url).searchParams : new URLSearchParams(await c.req.text());
  const basic = /^Basic (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic !== undefined) {
    const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    form.set('client_id', decodeURIComponent(id));
    form.set('client_secret', decodeURIComponent(secret.join(':')));
  }
  return form;
};

const identify = (store: SalesforceStore, form: URLSearchParams): OAuthClient => {
  const client = findClient(store, form.get('client_id') ?? '');
  if (client) return client;
  throw new OAuthError('invalid_client_id', 'client identifier invalid');
};

const checkSecret = (store: SalesforceStore, client: OAuthClient, form: URLSearchParams, isRequired: boolean): void => {
  const sent = form.get('client_secret');
  if (sent === null && !isRequired) return;
  if (sent !== null && same(sent, client.secret)) return;
  logEvent(store, 'OauthTokenExchange', 'InvalidClientCredentials', { appId: client.appId });
  throw new OAuthError('invalid_client', 'invalid client credentials');
};

const same = (left: string, right: string): boolean => {
  const [a, b] = [left, right].map((value) => createHash('sha256').update(value).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
};

const exchange = (store: SalesforceStore, client: OAuthClient, form: URLSearchParams): IssuedTokens => {
  checkSecret(store, client, form, client.requiresSecret);
  const code = store.codes.get(form.get('code') ?? '');
  const refuse = (errorCode: string, error: string, description: string): never => {
    logEvent(store, 'OauthTokenExchange', errorCode, { appId: client.appId, ...(code && { userId: code.userId }) });
    throw new OAuthError(error, description);
  };
  if (!code || code.authorization.clientKey !== client.key)
    return refuse('InvalidCode', 'invalid_grant', 'invalid authorization code');
  const isOld = store.clock.now() > code.issuedAt + CODE_LIFETIME;
  if (isOld || code.used) return refuse('CodeExpired', 'invalid_grant', 'expired authorization code');
  code.used = true;
  if (form.get('redirect_uri') !== code.authorization.redirectUri) {
    return refuse('OauthError', 'redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (!verifies(code, form.get('code_verifier'))) return refuse('OauthError', 'invalid_grant', 'invalid code verifier');
  if (apiRefusal(store, store.users.get(code.userId)) !== undefined) {
    return refuse('OauthError', 'invalid_grant', 'authentication failure');
  }
  return grantFor(store, client, code);
};

const verifies = ({ authorization: { challenge } }: CodeRecord, verifier: string | null): boolean => {
  if (challenge === undefined) return verifier === null;
  return verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;
};

const refresh = (store: SalesforceStore, client: OAuthClient, form: URLSearchParams): IssuedTokens => {
  if (form.has('scope')) throw new NotSimulated('scope of a refresh');
  const refreshToken = form.get('refresh_token') ?? '';
  const known = [...store.grants.values()].find((grant) => grant.refreshToken === refreshToken);
  try {
    checkSecret(store, client, form, client.requiresSecretToRefresh);
  } catch (error) {
    // Use counts move on failure too, which is why they prove nothing (§15.2).
    if (known) Object.assign(known, { useCount: known.useCount + 1, lastUsedDate: store.clock.now() });
    throw error;
  }
  const grant = grantOfRefreshToken(store, refreshToken);
  if (grant.appId !== client.appId) throw new OAuthError('invalid_grant', 'expired access/refresh token');
  if (client.isBlocked) throw new OAuthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  return refreshGrant(store, client, grant);
};

const tokenAnswer = (
  store: SalesforceStore,
  origin: string,
  { accessToken, refreshToken, grant }: IssuedTokens
): unknown => ({
  access_token: accessToken,
  ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  signature: createHash('sha256').update(accessToken).digest('base64'),
  scope: grant.scopes.join(' '),
  instance_url: origin,
  id: `${origin}/id/${store.organization.Id}/${grant.userId}`,
  token_type: 'Bearer',
  issued_at: String(store.clock.now()),
});

/** A refresh or delete token ends the approval, an access token only itself. */
const revoke = (store: SalesforceStore, token: string): void => {
  const grant = [...store.grants.values()].find(
    ({ refreshToken, deleteToken }) => refreshToken === token || deleteToken === token
  );
  if (grant) endGrant(store, grant);
  else if (!store.accessTokens.delete(token)) throw new OAuthError('invalid_token', 'invalid token');
};

const introspect = (store: SalesforceStore, client: OAuthClient, token: string): unknown => {
  const grantId = store.accessTokens.get(token)?.grantId;
  const grant = [...store.grants.values()].find(
    (candidate) => candidate.appId === client.appId && (candidate.id === grantId || candidate.refreshToken === token)
  );
  if (!grant) return { active: false };
  return {
    active: true,
    scope: grant.scopes.join(' '),
    client_id: client.key,
    username: store.users.get(grant.userId)?.Username,
    sub: grant.userId,
    token_type: grant.refreshToken === token ? 'refresh_token' : 'access_token',
    iat: Math.floor(grant.lastUsedDate / 1000),
  };
};
