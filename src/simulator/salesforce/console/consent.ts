/**
 * Where a person answers an app, and where an app that may not ask ends. contracts/salesforce.md §6.1, §6.3, §4.2
 * - somebody must be logged in; with prompt=login, have logged in since the app asked
 * - a person who is logged in already answers as that user, without being asked who it should be (§15.3)
 * - consent is asked the first time per user and app, after a revocation, and with prompt=consent
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { SimulatorEnv } from '../../server.ts';
import { OAuthError } from '../errors.ts';
import { approve, callback, needsConsent, refuseUnapprovedUser } from '../oauth/authorization.ts';
import { findClient, type OAuthClient } from '../oauth/client.ts';
import type { AuthorizationRecord, UserRecord } from '../records.ts';
import { onlyParameters } from '../routes/version.ts';
import type { SalesforceStore } from '../store.ts';
import { loggedIn, loginPath } from './browser.ts';
import { leave, page } from './page.ts';

const PATH = '/setup/secur/RemoteAccessAuthorizationPage.apexp';
const ERROR_PATH = '/setup/secur/RemoteAccessErrorPage.apexp';
export const CONSENT_PATHS = { consent: PATH, error: ERROR_PATH } as const;

export const consentPages = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get(PATH, (c) => {
      onlyParameters(c, ['source']);
      return meet(c, store, c.req.query('source') ?? '', (pending) => {
        const { client, user, authorization } = pending;
        if (needsConsent(store, client, user, authorization)) return ask(c, pending);
        return leave(c, approve(store, client, user, authorization), store.knobs.redirectByScript);
      });
    })
    .post(PATH, async (c) => {
      const sent = new URLSearchParams(await c.req.text());
      return meet(c, store, sent.get('source') ?? '', ({ client, user, authorization }) => {
        const { redirectUri, state } = authorization;
        const denied = { error: 'access_denied', error_description: 'end-user denied authorization', state };
        const isAllowed = sent.get('decision') === 'allow';
        if (!isAllowed) store.authorizations.delete(authorization.source);
        const url = isAllowed ? approve(store, client, user, authorization) : callback(redirectUri, denied);
        return leave(c, url, store.knobs.redirectByScript);
      });
    })
    .get(ERROR_PATH, (c) => {
      onlyParameters(c, ['error', 'error_description', 'state']);
      const detail = `error=${c.req.query('error') ?? ''}&error_description=${c.req.query('error_description') ?? ''}`;
      const content = html`<p role="alert">We can't authorize you because of an OAuth error.</p>
        <p>For more information, contact your Salesforce administrator.</p>
        <p><code>${detail}</code></p>`;
      return page(c, 'OAuth Error', content, 400);
    });

interface Pending {
  readonly authorization: AuthorizationRecord;
  readonly client: OAuthClient;
  readonly user: UserRecord;
}

/** Brings together what was asked and who answers, or sends the browser where that can be settled. */
const meet = (
  c: Context<SimulatorEnv>,
  store: SalesforceStore,
  source: string,
  answer: (pending: Pending) => Response | Promise<Response>
): Response | Promise<Response> => {
  const authorization = store.authorizations.get(source);
  const client = authorization && findClient(store, authorization.clientKey);
  if (!authorization || !client)
    return c.redirect(errorPath(new OAuthError('invalid_request', 'expired authorization request')), 302);
  const person = loggedIn(c, store);
  const mustLogIn = authorization.prompts.some((prompt) => prompt === 'login' || prompt === 'select_account');
  if (!person || (mustLogIn && person.session.loggedInAt <= authorization.startedAt)) {
    return c.redirect(loginPath(`${PATH}?source=${source}`), 302);
  }
  try {
    refuseUnapprovedUser(store, client, person.user);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { redirectUri, state } = authorization;
    return leave(
      c,
      callback(redirectUri, { error: error.error, error_description: error.message, state }),
      store.knobs.redirectByScript
    );
  }
  return answer({ authorization, client, user: person.user });
};

export const errorPath = ({ error, message }: OAuthError, state?: string): string =>
  `${ERROR_PATH}?${new URLSearchParams({ error, error_description: message, ...(state !== undefined && { state }) }).toString()}`;

const ask = (c: Context<SimulatorEnv>, { authorization, client, user }: Pending): Response | Promise<Response> =>
  page(
    c,
    'Allow Access?',
    html`<p><strong>${client.label}</strong> is asking to:</p>
      <ul>
        ${authorization.scopes.map((scope) => html`<li>${WORDS[scope] ?? scope}</li>`)}
      </ul>
      <p>Do you want to allow access for <strong>${user.Username}</strong>? <a href="/secur/logout.jsp">Not you?</a></p>
      <form method="post" action="${PATH}">
        <input type="hidden" name="source" value="${authorization.source}" />
        <button type="submit" name="decision" value="allow">Allow</button>
        <button type="submit" name="decision" value="deny">Deny</button>
      </form>`
  );

const WORDS: Readonly<Record<string, string>> = {
  api: 'Manage user data via APIs',
  refresh_token: 'Perform requests at any time',
  full: 'Access all your data',
  web: 'Manage user data via Web browsers',
};
