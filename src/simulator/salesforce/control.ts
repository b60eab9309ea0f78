/**
 * POST /simulated/control: does what a person would do, by walking the very pages that a person walks, over HTTP and
 * with a cookie jar. No shortcut into the store, so that a page that is broken breaks here too.
 */
import { Hono } from 'hono';
import type { SimulatorEnv } from '../server.ts';
import { originOf } from './routes/discovery.ts';

type Instruction = Readonly<Record<string, string | undefined>>;

export const controlRoutes = (): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>().post('/simulated/control', async (c) => {
    c.set('write', false);
    const instruction: Instruction = await c.req.json();
    c.set('operation', `control ${instruction['action'] ?? ''}`);
    const act = ACTIONS[instruction['action'] ?? ''];
    if (!act) return c.json({ error: `There is no action ${instruction['action'] ?? ''}.` }, 400);
    try {
      return c.json(await act(new Person(originOf(c)), instruction));
    } catch (error) {
      return c.json({ error: (error as Error).message }, 400);
    }
  });

/** A person with a browser. */
class Person {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  public constructor(origin: string) {
    this.#origin = origin;
  }

  public async logIn(username: string, password: string): Promise<void> {
    const page = await this.submit('/', { username, pw: password, startURL: '/simulated/home' });
    if (page.url.pathname === '/') throw new Error(`The login page refuses ${username}.`);
  }

  public async open(path: string): Promise<Visit> {
    return this.#go(path, { method: 'GET' });
  }

  public async submit(path: string, form: Readonly<Record<string, string>>): Promise<Visit> {
    return this.#go(path, { method: 'POST', body: new URLSearchParams({ ...form }) });
  }

  async #go(path: string, init: RequestInit): Promise<Visit> {
    const url = new URL(path, this.#origin);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'user-agent': 'simulated person' };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const html = await answer.text();
    const next = answer.headers.get('location') ?? byScript(html);
    if (next === undefined) return { url, html };
    const target = new URL(next, url);
    // Beyond this host the person's browser is somebody else's business.
    return target.origin === url.origin ? this.#go(target.href, { method: 'GET' }) : { url: target, html: '' };
  }
}

interface Visit {
  readonly url: URL;
  readonly html: string;
}

const byScript = (html: string): string | undefined => {
  const target = /window\.location\.replace\((".*?")\);/.exec(html)?.[1];
  return target === undefined ? undefined : (JSON.parse(target) as string);
};

const valueOf = (html: string, name: string): string => {
  const tag = new RegExp(`<input[^>]*(?:id|name)="${name}"[^>]*>`).exec(html)?.[0] ?? '';
  const value = / value="([^"]*)"/.exec(tag)?.[1];
  if (value === undefined) throw new Error(`The page shows no ${name}.`);
  return value;
};

type Action = (person: Person, instruction: Instruction) => Promise<Readonly<Record<string, string>>>;

const told = (instruction: Instruction, name: string): string => {
  const value = instruction[name];
  if (value === undefined) throw new Error(`The instruction needs ${name}.`);
  return value;
};

/** Logs in, passes the identity check with the mailed code, and reads key and secret off the page. */
const revealConsumer: Action = async (person, instruction) => {
  await person.logIn(told(instruction, 'username'), told(instruction, 'password'));
  const kind = instruction['kind'] ?? 'external-client-apps';
  const path = `/simulated/${kind}/${told(instruction, 'app')}/consumer`;
  await person.open(path);
  const mailbox = await person.open('/simulated/mailbox');
  const code = /Verification code: (\w+)/.exec(mailbox.html)?.[1] ?? '';
  const { html } = await person.submit(path, { code });
  return { consumerKey: valueOf(html, 'consumer-key'), consumerSecret: valueOf(html, 'consumer-secret') };
};

/** Follows an app's authorize link, logs in, and allows or denies. Answers with where the browser would go next. */
const authorize: Action = async (person, instruction) => {
  let visit = await person.open(told(instruction, 'url'));
  if (visit.url.pathname === '/') {
    const startURL = valueOf(visit.html, 'startURL').replaceAll('&amp;', '&');
    const [username, pw] = [told(instruction, 'username'), told(instruction, 'password')];
    visit = await person.submit('/', { username, pw, startURL });
  }
  if (visit.url.pathname === '/') throw new Error(`The login page refuses ${told(instruction, 'username')}.`);
  if (visit.html.includes('name="decision"')) {
    const decision = instruction['decision'] ?? 'allow';
    visit = await person.submit(visit.url.pathname, { source: valueOf(visit.html, 'source'), decision });
  }
  return { location: visit.url.href };
};

/** Finds the mail for a new user and follows its link. */
const setPassword: Action = async (person, instruction) => {
  const username = told(instruction, 'username');
  const { html } = await person.open('/simulated/mailbox');
  const mail = html.split('<article>').find((article) => article.includes(`set the password of ${username}<`));
  const link = /href="(\/simulated\/passwords\/\w+)"/.exec(mail ?? '')?.[1];
  if (link === undefined) throw new Error(`There is no mail for ${username}.`);
  const visit = await person.submit(link, { pw: told(instruction, 'password') });
  if (visit.url.pathname !== '/') throw new Error(`The link for ${username} sets no password.`);
  return { username };
};

const ACTIONS: Readonly<Record<string, Action>> = {
  'reveal-consumer': revealConsumer,
  authorize,
  'set-password': setPassword,
};
