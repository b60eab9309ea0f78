/**
 * GET and POST /services/oauth2/authorize, and the two doors that open a browser session for a token.
 * contracts/salesforce.md §6.1, §6.3, §6.4, §15.3
 * - a wrong client or callback ends on a Salesforce page, any other mistake at the app's callback
 * - where it leads on, it does so by a 302 or by the script of a page, as a knob tells
 * - singleaccess takes a token with scope web or full and answers with a frontdoor address that works once
 * - not simulated: immediate, display, nonce and login_hint have no effect
 */
import { Hono, type Context } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { loggedIn, loginPath, openSession, safePath } from '../console/browser.ts';
import { CONSENT_PATHS, errorPath } from '../console/consent.ts';
import { leave } from '../console/page.ts';
import { OAuthError } from '../errors.ts';
import { callback, identifyClient, startAuthorization, type AuthorizeRequest } from '../oauth/authorization.ts';
import type { OAuthClient } from '../oauth/client.ts';
import { bearerToken, callerOf } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { loginRefusal } from '../users.ts';
import { originOf } from './discovery.ts';
import { onlyParameters } from './version.ts';

const PARAMETERS = `response_type client_id redirect_uri scope state nonce prompt display login_hint immediate
  code_challenge code_challenge_method`.split(/\s+/);

export const authorizeRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .on(['GET', 'POST'], '/services/oauth2/authorize', async (c) => {
      c.set('write', false);
      const sent = c.req.method === 'GET' ? new URL(c.req.url).searchParams : new URLSearchParams(await c.req.text());
      onlyParameters(c, PARAMETERS, sent.keys());
      return authorize(c, store, Object.fromEntries(sent));
    })
    .on(['GET', 'POST'], '/services/oauth2/singleaccess', (c) => {
      c.set('write', false);
      onlyParameters(c, ['redirect_uri']);
      const caller = callerOf(store, bearerToken(c));
      const scoped = caller?.token.scopes.some((scope) => scope === 'web' || scope === 'full');
      if (!caller || !scoped) return c.text('Bad_OAuth_Token', 403);
      const otp = store.secret('front door', '0TP', 60);
      store.frontDoors.set(otp, { userId: caller.user.Id, path: safePath(c.req.query('redirect_uri')) });
      return c.json({ frontdoor_uri: `${originOf(c)}/secur/frontdoor.jsp?otp=${otp}` });
    })
    .get('/secur/frontdoor.jsp', (c) => {
      onlyParameters(c, ['otp']);
      const otp = c.req.query('otp') ?? '';
      const door = store.frontDoors.get(otp);
      store.frontDoors.delete(otp);
      const user = store.users.get(door?.userId ?? '');
      if (!door || !user || loginRefusal(store, user) !== undefined) return c.redirect('/', 302);
      openSession(c, store, user.Id);
      return c.redirect(door.path, 302);
    });

const authorize = (
  c: Context<SimulatorEnv>,
  store: SalesforceStore,
  request: AuthorizeRequest
): Response | Promise<Response> => {
  const { redirect_uri: redirectUri = '', state } = request;
  const go = (url: string): Response | Promise<Response> => leave(c, url, store.knobs.redirectByScript);
  let client: OAuthClient;
  try {
    client = identifyClient(store, request);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return go(errorPath(error, state));
  }
  try {
    const consent = `${CONSENT_PATHS.consent}?source=${startAuthorization(store, client, request).source}`;
    return go(loggedIn(c, store) ? consent : loginPath(consent));
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const parameters = { error: error.error, error_description: error.message, state };
    return go(callback(redirectUri, parameters));
  }
};
