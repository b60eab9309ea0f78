/**
 * The login page. contracts/salesforce.md §6.1, §8.4, §11.2
 * - asks for username and password each time, whoever is logged in; every failure looks the same to the person
 * - users who are inactive, frozen or API-only cannot log in; why, only the login history says
 * - not simulated: MFA, device activation, password policies, lock-out
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { SimulatorEnv } from '../../server.ts';
import { logLogin } from '../oauth/events.ts';
import { onlyParameters } from '../routes/version.ts';
import type { SalesforceStore } from '../store.ts';
import { loginRefusal } from '../users.ts';
import { closeSession, openSession, safePath } from './browser.ts';
import { page } from './page.ts';

export const loginPages = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get('/', (c) => {
      onlyParameters(c, ['ec', 'startURL', 'un']);
      return form(c, safePath(c.req.query('startURL')), c.req.query('un') ?? '');
    })
    .post('/', async (c) => {
      const sent = new URLSearchParams(await c.req.text());
      const [username, password] = [sent.get('username') ?? '', sent.get('pw') ?? ''];
      const startURL = safePath(sent.get('startURL') ?? undefined);
      const user = store.userByName(username);
      const refusal =
        user &&
        (loginRefusal(store, user) ?? (store.passwords.get(user.Id) === password ? undefined : 'Invalid Password'));
      if (user) {
        const how = { LoginType: 'Application', LoginSubType: null, Application: 'Browser' } as const;
        logLogin(store, user.Id, { ...how, Status: refusal ?? 'Success' });
      }
      if (!user || refusal !== undefined) return form(c, startURL, username, true);
      user['LastLoginDate'] = store.timestamp();
      openSession(c, store, user.Id);
      return c.redirect(startURL, 302);
    })
    .get('/secur/logout.jsp', (c) => {
      closeSession(c, store);
      return c.redirect('/', 302);
    });

const form = (
  c: Context<SimulatorEnv>,
  startURL: string,
  username: string,
  failed = false
): Response | Promise<Response> =>
  page(
    c,
    'Log in',
    html`${
        failed
          ? html`<p role="alert">
              Please check your username and password. If you still can't log in, contact your Salesforce administrator.
            </p>`
          : ''
      }
      <form method="post" action="/">
        <input type="hidden" name="startURL" value="${startURL}" />
        <label for="username">Username</label>
        <input id="username" name="username" type="email" autocomplete="username" value="${username}" required />
        <label for="password">Password</label>
        <input id="password" name="pw" type="password" autocomplete="current-password" required />
        <button type="submit">Log In</button>
      </form>`
  );
