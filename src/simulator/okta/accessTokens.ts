/**
 * The access tokens of service apps, as API calls present them. contracts/okta.md §6.2, §6.3
 * - an hour of life by the org's clock, no refresh
 * - a bound token goes as `DPoP` with a proof of method, URL without query and token hash, signed by the key it is bound to;
 * API calls need no nonce
 * - a bound token as `Bearer`, or an unbound one as `DPoP`, is 401 E0000011 (the answer is UNCONFIRMED)
 * - not simulated: replay of a proof
 */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify, type JWTPayload } from 'jose';
import type { Okta } from './context.ts';
import type { AccessTokenRecord } from './records.ts';

export const PROOF_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const MAX_AGE = 300;

export const findToken = ({ store, clock }: Okta, value: string): AccessTokenRecord | undefined => {
  const token = store.accessTokens.get(value);
  return token && token.expires > clock.now() ? token : undefined;
};

export interface Proof {
  readonly thumbprint: string;
  readonly payload: JWTPayload;
}

/** The proof of a request, or undefined where it is not one for this method and URL. */
export const readProof = async ({ clock }: Okta, jwt: string, method: string, url: URL): Promise<Proof | undefined> => {
  try {
    const { jwk } = decodeProtectedHeader(jwt);
    const { payload } = await jwtVerify(jwt, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: PROOF_ALGORITHMS,
      currentDate: new Date(),
    });
    const { htm, htu, iat = 0, jti } = payload;
    const fresh = Math.abs(Date.now() / 1000 - iat) < MAX_AGE || Math.abs(clock.now() / 1000 - iat) < MAX_AGE;
    if (!jwk || !fresh || !jti || htm !== method || htu !== `${url.origin}${url.pathname}`) return undefined;
    return { thumbprint: await calculateJwkThumbprint(jwk), payload };
  } catch {
    return undefined;
  }
};

export const provesToken = async (okta: Okta, token: AccessTokenRecord, request: Request): Promise<boolean> => {
  const proof = await readProof(okta, request.headers.get('dpop') ?? '', request.method, new URL(request.url));
  const hash = createHash('sha256').update(token.value).digest('base64url');
  return proof?.thumbprint === token.boundTo && proof?.payload['ath'] === hash;
};
