/**
 * Both ways into Okta's OAuth handshake, console and API, share one redirector and this. contracts/okta.md §2.5, §11
 * - an authorization code with PKCE; the `state` tells which app is meant and can be used once
 * - UNCONFIRMED: the parameters sent to Salesforce; `prompt` is not among them
 */
import { createHash } from 'node:crypto';
import type { Okta } from '../context.ts';
import type { PendingAuthorization } from '../records.ts';
import { requestTokens, SalesforceTrouble, type ClientPair } from './salesforce.ts';

export const CALLBACK = '/admin/app/generic/oauth20redirect';

/** Where a person must go to approve the app. */
export const authorizeUrl = (okta: Okta, client: ClientPair, asked: Omit<PendingAuthorization, 'verifier'>): URL => {
  const state = okta.secrets.note(okta.ids.text('state', 32));
  const verifier = okta.secrets.note(okta.ids.text('verifier', 64));
  okta.store.pending.set(state, { ...asked, verifier });
  const url = new URL(`${okta.salesforceUrl}/services/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.consumerKey,
    redirect_uri: `${okta.url}${CALLBACK}`,
    state,
    scope: 'api refresh_token',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url;
};

/** The refresh token that a code brings. */
export const redeemCode = async (okta: Okta, client: ClientPair, code: string, verifier: string): Promise<string> => {
  const tokens = await requestTokens(okta.salesforceUrl, client, {
    grant_type: 'authorization_code',
    code: okta.secrets.note(code),
    redirect_uri: `${okta.url}${CALLBACK}`,
    code_verifier: verifier,
  });
  okta.secrets.note(tokens.accessToken);
  if (tokens.refreshToken === undefined) throw new SalesforceTrouble('credentials', 'no refresh token was issued');
  return okta.secrets.note(tokens.refreshToken);
};
