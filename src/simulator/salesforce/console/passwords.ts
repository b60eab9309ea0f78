/** The password of a user, set by a mailed link that works once. contracts/salesforce.md §8.1 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { SimulatorEnv } from '../../server.ts';
import type { UserRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { page } from './page.ts';

const PATH = '/simulated/passwords/:link';

export const mailPasswordLink = (store: SalesforceStore, user: UserRecord): void => {
  const value = store.secret('password link', '', 40);
  store.passwordLinks.set(value, user.Id);
  store.mails.push({
    to: user.Email,
    subject: `Salesforce: set the password of ${user.Username}`,
    text: 'Choose a password to log in.',
    link: PATH.replace(':link', value),
  });
};

export const passwordPages = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get(PATH, (c) => {
      const user = store.users.get(store.passwordLinks.get(c.req.param('link')) ?? '');
      if (!user) return page(c, 'Link Expired', html`<p role="alert">This link was used already.</p>`, 404);
      const content = html`<p>For ${user.Username}</p>
        <form method="post" action="${c.req.path}">
          <label for="password">New Password</label>
          <input id="password" name="pw" type="password" autocomplete="new-password" minlength="8" required />
          <button type="submit">Change Password</button>
        </form>`;
      return page(c, 'Change Your Password', content);
    })
    .post(PATH, async (c) => {
      const link = c.req.param('link');
      const userId = store.passwordLinks.get(link);
      const password = new URLSearchParams(await c.req.text()).get('pw') ?? '';
      if (userId === undefined || password.length < 8) return c.redirect(c.req.path, 303);
      store.passwordLinks.delete(link);
      store.passwords.set(userId, password);
      store.secrets.add(password);
      return c.redirect('/', 303);
    });
