/**
 * POST /oauth2/v1/token of the org authorization server, for service apps. contracts/okta.md §6.2, §6.3
 * - `client_credentials` with a `private_key_jwt`: `aud` is this endpoint, `iss` and `sub` the client, `exp` at most an hour
 * ahead, a `kid` that the app has a key of, a `jti` used once; else 401 `invalid_client`
 * - one scope that is not granted fails the whole request, 400 `invalid_scope` (text UNCONFIRMED)
 * - DPoP, where the app requires it: no proof → 400 `invalid_dpop_proof`; a proof without the nonce → 400 `use_dpop_nonce`
 * with a `dpop-nonce`; with it 200, `token_type` DPoP. Where it does not, a proof is ignored (UNCONFIRMED), unless the
 * world says `if-sent`
 * - errors in OAuth's words, not in those of the API
 * - not simulated: all other grants and client authentications, the change of the nonce every 24 hours
 */
import { Hono, type Context } from 'hono';
import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { PROOF_ALGORITHMS, readProof, type Proof } from '../accessTokens.ts';
import type { Okta, OktaEnv } from '../context.ts';
import type { ServiceAppRecord } from '../records.ts';

const PATH = '/oauth2/v1/token';
const HOUR = 3600;

class Refused extends Error {
  public readonly status: 400 | 401;
  public readonly error: string;

  public constructor(status: 400 | 401, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

export const tokenRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>().post(PATH, async (c) => {
    c.set('write', false);
    c.header('cache-control', 'no-cache, no-store');
    try {
      return c.json(await issue(okta, c));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.error === 'use_dpop_nonce') c.header('dpop-nonce', okta.nonce);
      return c.json({ error: error.error, error_description: error.message }, error.status);
    }
  });

const issue = async (okta: Okta, c: Context<OktaEnv>): Promise<Record<string, unknown>> => {
  const form = new URLSearchParams(await c.req.text());
  if (form.get('grant_type') !== 'client_credentials')
    throw new Refused(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.'
    );
  const app = await authenticated(okta, form, new URL(c.req.url));
  const proof = await proofOf(okta, app, c);
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
  if (scopes.length === 0 || scopes.some((scope) => !app.scopes.includes(scope)))
    throw new Refused(
      400,
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.'
    );
  const value = okta.secrets.note(`T0KEN-eyJ.${okta.ids.text('access-token', 48)}`);
  const boundTo = proof?.thumbprint;
  okta.store.accessTokens.set(value, {
    value,
    clientId: app.clientId,
    scopes,
    expires: okta.clock.now() + HOUR * 1000,
    boundTo,
  });
  if (proof) c.header('dpop-nonce', okta.nonce);
  return { token_type: proof ? 'DPoP' : 'Bearer', expires_in: HOUR, access_token: value, scope: scopes.join(' ') };
};

const authenticated = async (okta: Okta, form: URLSearchParams, { origin }: URL): Promise<ServiceAppRecord> => {
  const wrong = new Refused(401, 'invalid_client', 'The client_assertion token is not valid for this client.');
  const assertion = form.get('client_assertion') ?? '';
  if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    throw new Refused(401, 'invalid_client', 'No client credentials found.');
  okta.secrets.note(assertion);
  const { app, payload } = await verified(okta, assertion, `${origin}${PATH}`).catch(() => {
    throw wrong;
  });
  const { iss, jti, exp = 0 } = payload;
  if (iss !== app.clientId || exp > Date.now() / 1000 + HOUR) throw wrong;
  if (jti !== undefined && okta.store.usedAssertions.has(jti)) throw wrong;
  if (jti !== undefined) okta.store.usedAssertions.add(jti);
  return app;
};

const verified = async (
  { store }: Okta,
  assertion: string,
  audience: string
): Promise<{ app: ServiceAppRecord; payload: JWTPayload }> => {
  for (const app of store.serviceApps) {
    const keys = createLocalJWKSet({ keys: [...app.keys] as never });
    const { payload } = await jwtVerify(assertion, keys, {
      audience,
      algorithms: PROOF_ALGORITHMS,
      requiredClaims: ['exp', 'sub'],
    });
    if (payload.sub === app.clientId) return { app, payload };
  }
  throw new Error('No such client');
};

const proofOf = async (okta: Okta, app: ServiceAppRecord, c: Context<OktaEnv>): Promise<Proof | undefined> => {
  const header = c.req.header('dpop');
  if (app.dpop === 'ignored' || (app.dpop === 'if-sent' && header === undefined)) return undefined;
  if (header === undefined) throw new Refused(400, 'invalid_dpop_proof', 'The DPoP proof JWT header is missing.');
  const proof = await readProof(okta, header, 'POST', new URL(c.req.url));
  if (!proof) throw new Refused(400, 'invalid_dpop_proof', 'The DPoP proof JWT is invalid.');
  if (proof.payload['nonce'] !== okta.nonce)
    throw new Refused(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.');
  return proof;
};
