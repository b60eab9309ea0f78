/**
 * Who asks `/api/v1`. contracts/okta.md §6.1–§6.3
 * - `SSWS {token}`: unknown, or of a user who is not active any more → 401 E0000011
 * - no credentials → 403 E0000005 (the status per endpoint is UNCONFIRMED)
 * - `Bearer` and `DPoP`: see `accessTokens.ts`; unknown, expired or not proven → 401 E0000011
 * - not simulated: expiry of unused tokens, network zones
 */
import type { Context, MiddlewareHandler } from 'hono';
import { findToken, provesToken } from './accessTokens.ts';
import type { Okta, OktaEnv, Principal } from './context.ts';
import { badToken, noCredentials } from './errors.ts';
import type { AccessTokenRecord } from './records.ts';

/** Undefined for credentials that are not valid. Has the request at hand, for a proof that names method and URL. */
type Scheme = (credentials: string, okta: Okta, c: Context<OktaEnv>) => Promise<Principal | undefined>;

const ssws: Scheme = async (credentials, { store }) => {
  const token = store.apiTokens.find(({ value }) => value === credentials);
  const user = token && store.users.get(token.userId);
  return user?.status === 'ACTIVE' ? { user, apiTokenId: token?.id, scopes: undefined, roles: user.roles } : undefined;
};

const ofServiceApp = ({ store }: Okta, { clientId, scopes }: AccessTokenRecord): Principal => {
  const roles = store.serviceApps.find((app) => app.clientId === clientId)?.roles ?? [];
  return { user: undefined, apiTokenId: undefined, scopes, roles };
};

const bearer: Scheme = async (credentials, okta) => {
  const token = findToken(okta, credentials);
  return token && token.boundTo === undefined ? ofServiceApp(okta, token) : undefined;
};

const dpop: Scheme = async (credentials, okta, c) => {
  const token = findToken(okta, credentials);
  const proven = token?.boundTo !== undefined && (await provesToken(okta, token, c.req.raw));
  return proven ? ofServiceApp(okta, token) : undefined;
};

const SCHEMES: Readonly<Record<string, Scheme>> = { ssws, bearer, dpop };

export const authenticate =
  (okta: Okta): MiddlewareHandler<OktaEnv> =>
  async (c, next) => {
    const [, scheme = '', credentials = ''] = /^(\S+)\s+(\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    const check = SCHEMES[scheme.toLowerCase()];
    if (!check) throw noCredentials();
    const principal = await check(credentials, okta, c);
    if (!principal) throw badToken();
    c.set('principal', principal);
    return next();
  };
