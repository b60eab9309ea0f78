/**
 * Who may ask `/api/v1`. contracts/okta.md §6.1
 * - `SSWS {token}`: unknown, or of a user who is not active any more → 401 E0000011
 * - no credentials → 403 E0000005 (the status per endpoint is UNCONFIRMED)
 * - `Bearer` and `DPoP`: no such token exists in this org yet → 401 E0000011; their check belongs in `SCHEMES`
 * - not simulated: admin roles (whoever has a token may do all), expiry of unused tokens, network zones
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { Okta, OktaEnv, Principal } from './context.ts';
import { badToken, noCredentials } from './errors.ts';

/** Undefined for credentials that are not valid. Has the request at hand, for a proof that names method and URL. */
type Scheme = (
  credentials: string,
  okta: Okta,
  c: Context<OktaEnv>
) => Principal | undefined | Promise<Principal | undefined>;

const ssws: Scheme = (credentials, { store }) => {
  const token = store.apiTokens.find(({ value }) => value === credentials);
  const user = token && store.users.get(token.userId);
  return user?.status === 'ACTIVE' ? { user, apiTokenId: token?.id } : undefined;
};

const SCHEMES: Readonly<Record<string, Scheme>> = {
  ssws,
  bearer: () => undefined,
  dpop: () => undefined,
};

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
