/**
 * The few pages of Setup that a person needs. contracts/salesforce.md §1.8, §8.1; their addresses are this simulator's own
 * - key and secret of an app are shown to a user with the permissions for it, after an identity check by a mailed code
 * - the mail goes to a mailbox that anyone may read: it is a simulation
 * - a user that the API created has no password until the link in the mail was followed
 */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { SimulatorEnv } from '../../server.ts';
import type { ConsumerRecord } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { loggedIn, loginPath, type LoggedIn } from './browser.ts';
import { page } from './page.ts';

const CONSUMER_PATH = '/simulated/:kind{external-client-apps|connected-apps}/:name/consumer';
const TYPES: Readonly<Record<string, { readonly type: string; readonly permission: string }>> = {
  'external-client-apps': { type: 'ExternalClientApplication', permission: 'ViewClientSecret' },
  'connected-apps': { type: 'ConnectedApp', permission: 'ManageRemoteAccess' },
};
type Answer = Response | Promise<Response>;

export const setupPages = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get('/simulated/home', (c) => {
      const person = loggedIn(c, store);
      if (!person) return c.redirect(loginPath('/simulated/home'), 302);
      const apps = Object.entries(TYPES).flatMap(([kind, { type }]) =>
        store.componentsOf(type).map(({ fullName }) => ({ fullName, path: `/simulated/${kind}/${fullName}/consumer` }))
      );
      const content = html`<p>Logged in as ${person.user.Username}. <a href="/secur/logout.jsp">Log out</a></p>
        <ul>
          ${apps.map(({ fullName, path }) => html`<li>${fullName}: <a href="${path}">Consumer Key and Secret</a></li>`)}
        </ul>
        <p><a href="/simulated/mailbox">Mailbox</a></p>`;
      return page(c, 'Setup', content);
    })
    .get('/simulated/mailbox', (c) => {
      const mails = [...store.mails].reverse();
      const content = html`${mails.length === 0 ? html`<p>No mail.</p>` : ''}
      ${mails.map(
        ({ to, subject, text, link }) =>
          html`<article>
            <h2>${subject}</h2>
            <p>To ${to}</p>
            <p>${text}</p>
            ${link === undefined ? '' : html`<p><a href="${link}">${link}</a></p>`}
          </article>`
      )}`;
      return page(c, 'Mailbox', content);
    })
    .get(CONSUMER_PATH, (c) => meet(c, store, (person, consumer) => show(c, store, person, consumer)))
    .post(CONSUMER_PATH, async (c) => {
      c.set('write', false);
      const code = new URLSearchParams(await c.req.text()).get('code')?.trim();
      return meet(c, store, ({ session }) => {
        if (session.identityCode === undefined || code !== session.identityCode) return askForCode(c, true);
        session.identityVerified = true;
        return c.redirect(c.req.path, 303);
      });
    });

const meet = (
  c: Context<SimulatorEnv>,
  store: SalesforceStore,
  answer: (person: LoggedIn, consumer: ConsumerRecord) => Answer
): Answer => {
  const person = loggedIn(c, store);
  if (!person) return c.redirect(loginPath(c.req.path), 302);
  const { type, permission } = TYPES[c.req.param('kind') ?? ''] ?? {};
  if (permission === undefined || !store.permissionsOf(person.user.Id).has(permission)) {
    return page(
      c,
      'Insufficient Privileges',
      html`<p role="alert">You do not have the level of access necessary.</p>`,
      403
    );
  }
  const app = store.component(type ?? '', c.req.param('name') ?? '');
  const consumer = [...store.consumers.values()].find(({ appId }) => appId === app?.id);
  if (!consumer) return page(c, 'Not Found', html`<p role="alert">This app does not exist.</p>`, 404);
  return answer(person, consumer);
};

const show = (
  c: Context<SimulatorEnv>,
  store: SalesforceStore,
  { session, user }: LoggedIn,
  consumer: ConsumerRecord
): Answer => {
  if (!session.identityVerified) {
    if (session.identityCode === undefined) {
      // Real codes are six digits; these are longer so that a search for leaked ones finds no innocent number.
      session.identityCode = store.secret('identity code', '', 8, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789');
      const text = `Verification code: ${session.identityCode}`;
      store.mails.push({ to: user.Email, subject: 'Verify your identity in Salesforce', text, link: undefined });
    }
    return askForCode(c, false);
  }
  const content = html`<label for="consumer-key">Consumer Key</label>
    <input id="consumer-key" readonly value="${consumer.key}" />
    <label for="consumer-secret">Consumer Secret</label>
    <input id="consumer-secret" readonly value="${consumer.secret}" />`;
  return page(c, 'Consumer Key and Secret', content);
};

const askForCode = (c: Context<SimulatorEnv>, failed: boolean): Answer =>
  page(
    c,
    'Verify Your Identity',
    html`<p>We mailed you a code. It is in the <a href="/simulated/mailbox" target="_blank">mailbox</a>.</p>
      ${failed ? html`<p role="alert">This code is not valid.</p>` : ''}
      <form method="post" action="${c.req.path}">
        <label for="code">Verification Code</label>
        <input id="code" name="code" autocomplete="one-time-code" required />
        <button type="submit">Verify</button>
      </form>`
  );
