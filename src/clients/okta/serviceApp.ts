/**
 * A service app's access tokens: client credentials with `private_key_jwt`, and DPoP where the org asks for it.
 * contracts/okta.md §6.2, §6.3. OAuth is oauth4webapi's, the proof on an API call that of `dpop`.
 * - a proof goes with every token request; the answer's `token_type` tells whether the org binds the token to it
 * - the nonce exchange is one repetition with a fresh assertion; API calls need no nonce
 * - the required scopes in one request; where it is refused, each by itself, to tell which is missing
 */
import { generateProof } from 'dpop';
import * as oauth from 'oauth4webapi';
import type { OktaAuth, OktaCredential } from './auth.ts';
import { OktaCredentialError, OktaScopeError } from './errors.ts';
import { signingKey } from './privateKey.ts';

/** Sends one token request; fails with our own errors only. */
export type SendForm = (url: string, headers: Record<string, string>, body: string) => Promise<Response>;

type ServiceApp = Extract<OktaCredential, { mode: 'service-app' }>;

interface AccessToken {
  readonly value: string;
  readonly bound: boolean;
  /** Milliseconds of `performance.now()`. */
  readonly until: number;
}

const EARLY = 60_000;

export const serviceAppAuth = (
  url: string,
  app: ServiceApp,
  { scopes, send }: { readonly scopes: readonly string[]; readonly send: SendForm }
): OktaAuth => {
  const tokens = new Map<string, Promise<AccessToken>>();
  const keys = oauth.generateKeyPair('ES256');
  const request = tokenRequest(url, app, keys, send);
  const tokenFor = async (scope: string): Promise<AccessToken> => {
    const known = tokens.get(scope);
    // A refusal is remembered too: no right is granted in the middle of a run.
    if (
      known &&
      (await known.then(
        ({ until }) => performance.now() < until - EARLY,
        () => true
      ))
    )
      return known;
    const made = request(scope);
    tokens.set(scope, made);
    made.catch(() => {});
    return made;
  };
  const required = async (): Promise<AccessToken> => {
    try {
      return await tokenFor(scopes.join(' '));
    } catch (error) {
      if (!(error instanceof OktaScopeError) || scopes.length < 2) throw error;
      const alone = await Promise.allSettled(scopes.map(tokenFor));
      const missing = scopes.filter((_, index) => alone[index]?.status === 'rejected');
      throw new OktaScopeError(missing.length > 0 ? missing : scopes, app.clientId);
    }
  };
  return {
    headersFor: async (method, { origin, pathname }, scope) => {
      const { value, bound } = await (scope === undefined ? required() : tokenFor(scope));
      if (!bound) return { authorization: `Bearer ${value}` };
      const proof = await generateProof(await keys, `${origin}${pathname}`, method, undefined, value);
      return { authorization: `DPoP ${value}`, dpop: proof };
    },
    renew: () => {
      tokens.clear();
      return true;
    },
  };
};

const tokenRequest = (
  url: string,
  { clientId, privateKey, keyId }: ServiceApp,
  keys: Promise<oauth.CryptoKeyPair>,
  send: SendForm
): ((scope: string) => Promise<AccessToken>) => {
  const endpoint = `${url}/oauth2/v1/token`;
  const server: oauth.AuthorizationServer = { issuer: url, token_endpoint: endpoint };
  const client: oauth.Client = { client_id: clientId };
  const proofs = keys.then((pair) => oauth.DPoP(client, pair));
  const once = async (scope: string): Promise<oauth.TokenEndpointResponse> => {
    const key = await readKey(privateKey);
    const assertion = oauth.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, {
      // Okta wants its token endpoint as the audience, where the library says the issuer.
      [oauth.modifyAssertion]: (_header, payload) => Object.assign(payload, { aud: endpoint }),
    });
    const DPoP = await proofs;
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      assertion,
      new URLSearchParams({ scope }),
      {
        DPoP,
        [oauth.customFetch]: async (to, { headers, body }) => send(to, { ...headers }, String(body)),
        [oauth.allowInsecureRequests]: url.startsWith('http:'), // loopback only: see the URL rules
      }
    );
    return oauth.processClientCredentialsResponse(server, client, response);
  };
  return async (scope) => {
    const answer = await once(scope)
      .catch(async (error: unknown) => {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return once(scope);
      })
      .catch((error: unknown) => {
        throw refusalOf(error, scope, clientId);
      });
    const { access_token: value, token_type: type, expires_in: seconds = 3600 } = answer;
    return { value, bound: type.toLowerCase() === 'dpop', until: performance.now() + seconds * 1000 };
  };
};

const readKey = async (key: ServiceApp['privateKey']): Promise<oauth.CryptoKey> => {
  try {
    return await signingKey(key);
  } catch {
    throw new OktaCredentialError('the private key cannot be used to sign');
  }
};

/** The library's errors hold the answer, and some the request: ours take over the two words of RFC 6749 and nothing else. */
const refusalOf = (error: unknown, scope: string, clientId: string): Error => {
  if (error instanceof oauth.ResponseBodyError) {
    if (error.error === 'invalid_scope') return new OktaScopeError(scope.split(' '), clientId);
    return new OktaCredentialError(`${error.error}: ${error.error_description ?? 'no reason given'}`);
  }
  if (error instanceof oauth.OperationProcessingError)
    return new OktaCredentialError('its answer is no OAuth token answer');
  return error instanceof Error && error.name.startsWith('Okta')
    ? error
    : new OktaCredentialError('the token request could not be made');
};
