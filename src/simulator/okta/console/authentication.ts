/**
 * "Authenticate with Salesforce.com": an authorization code with PKCE. contracts/okta.md §9.3, §11
 * - key and secret must have been entered before (the real page fails silently; this one says so)
 * - one redirector for all apps, so the `state` tells which app is meant; it can be used once
 * - what the exchange brings is held by the open form, not saved
 * - a failure writes application.configuration.update FAILURE with the reason
 * - UNCONFIRMED: the parameters sent; `prompt` is not among them
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { authorOf, type Okta, type OktaEnv } from '../context.ts';
import { requestTokens, SalesforceTrouble } from '../engine/salesforce.ts';
import type { AppRecord, DraftRecord } from '../records.ts';
import { appTarget } from '../systemLog.ts';
import type { Message } from './form.ts';

export const CALLBACK = '/admin/app/generic/oauth20redirect';

/** Where to send the browser, or what is missing. */
export const beginAuthentication = (okta: Okta, app: AppRecord, draft: DraftRecord): URL | Message => {
  if (!draft.consumerKey || !draft.consumerSecret) {
    return { ok: false, text: 'Enter the OAuth Consumer Key and the OAuth Consumer Secret before you authenticate.' };
  }
  const state = okta.secrets.note(okta.ids.text('state', 32));
  const verifier = okta.secrets.note(okta.ids.text('verifier', 64));
  okta.store.pending.set(state, { appId: app.id, verifier });
  const url = new URL(`${okta.salesforceUrl}/services/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: draft.consumerKey,
    redirect_uri: `${okta.url}${CALLBACK}`,
    state,
    scope: 'api refresh_token',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url;
};

/** The app whose form the browser comes back to, with the outcome in the form; undefined for an unknown `state`. */
export const finishAuthentication = async (okta: Okta, c: Context<OktaEnv>): Promise<AppRecord | undefined> => {
  const { state = '', code, error, error_description: description } = c.req.query() as Partial<Record<string, string>>;
  const pending = okta.store.pending.get(state);
  okta.store.pending.delete(state);
  const app = pending && okta.store.apps.get(pending.appId);
  const draft = pending && okta.store.drafts.get(pending.appId);
  if (!app || !draft) return undefined;
  okta.secrets.note(code);
  try {
    if (code === undefined) throw new SalesforceTrouble('credentials', [error, description].filter(Boolean).join(': '));
    await exchange(okta, draft, { code, verifier: pending.verifier });
  } catch (trouble) {
    if (!(trouble instanceof SalesforceTrouble)) throw trouble;
    draft.refreshToken = undefined;
    draft.message = { ok: false, text: `Salesforce.com could not be authenticated: ${trouble.message}` };
    noteFailedCredentials(okta, c, app, trouble.message);
  }
  return app;
};

const exchange = async (okta: Okta, draft: DraftRecord, proof: { code: string; verifier: string }): Promise<void> => {
  const tokens = await requestTokens(okta.salesforceUrl, draft, {
    grant_type: 'authorization_code',
    code: proof.code,
    redirect_uri: `${okta.url}${CALLBACK}`,
    code_verifier: proof.verifier,
  });
  okta.secrets.note(tokens.accessToken);
  if (tokens.refreshToken === undefined) throw new SalesforceTrouble('credentials', 'no refresh token was issued');
  draft.refreshToken = okta.secrets.note(tokens.refreshToken);
  draft.message = { ok: true, text: 'Authenticated with Salesforce.com. Save to keep this authentication.' };
};

export const noteFailedCredentials = (okta: Okta, c: Context<OktaEnv>, app: AppRecord, reason: string): void =>
  okta.log.write(authorOf(okta, c), {
    eventType: 'application.configuration.update',
    targets: [appTarget(app)],
    failure: `The credentials could not be verified: ${reason}`,
  });
