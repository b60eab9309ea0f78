/** Does on the simulated consoles what a person does there: opens pages, types, presses buttons. Nothing is faked. */
import type { Okta } from '../context.ts';
import { Browser, type Page } from './browser.ts';
import type { Button, Form } from './html.ts';

export type Action =
  | { readonly action: 'enter'; readonly appId: string; readonly consumerKey: string; readonly consumerSecret: string }
  | { readonly action: 'authenticate'; readonly appId: string; readonly username: string; readonly password: string }
  | { readonly action: 'test' | 'save'; readonly appId: string }
  | { readonly action: 'tick'; readonly appId: string; readonly features: readonly string[] }
  | { readonly action: 'provision-user'; readonly appId: string; readonly userId: string }
  | { readonly action: 'approve'; readonly link: string; readonly username: string; readonly password: string };

export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}

type Values = Readonly<Record<string, string | readonly string[]>>;

const PAGES = 10;

export const act = async (okta: Okta, action: Action): Promise<Outcome> => {
  const browser = new Browser();
  if (action.action === 'approve') return approve(okta, browser, action);
  const page = await browser.open(`${okta.url}/admin/app/salesforce/instance/${action.appId}/`);
  switch (action.action) {
    case 'enter':
      return enter(okta, page, action);
    case 'authenticate':
      return authenticate(okta, browser, page, action);
    case 'test':
    case 'save':
      return outcomeOf(await submit(browser, page, 'api-credentials', action.action, typed(okta, action.appId)));
    case 'tick':
      return outcomeOf(await submit(browser, page, 'create-n-update', 'to-app', { feature: action.features }));
    case 'provision-user':
      return outcomeOf(await submit(browser, page, `provision-${action.userId}`, '', {}));
  }
};

/** Typing sends nothing; the form goes with the next button, as in a browser that stays open. */
const enter = (
  okta: Okta,
  page: Page,
  { appId, consumerKey, consumerSecret }: Action & { action: 'enter' }
): Outcome => {
  if (!page.forms.some(({ id }) => id === 'api-credentials')) return { ok: false, message: page.message };
  okta.secrets.note(consumerSecret);
  okta.store.typed.set(appId, { consumerKey, consumerSecret });
  return { ok: true, message: 'Entered.' };
};

const typed = (okta: Okta, appId: string): Values => ({ ...okta.store.typed.get(appId) });

const submit = async (browser: Browser, page: Page, id: string, press: string, values: Values): Promise<Page> => {
  const form = page.forms.find((one) => one.id === id);
  const button = form?.buttons.find(({ value }) => value === press);
  if (!form || !button) throw new Error(page.message || `The page has no ${id} form`);
  return browser.press(page, form, button, values);
};

const authenticate = async (
  okta: Okta,
  browser: Browser,
  console: Page,
  { appId, username, password }: Action & { action: 'authenticate' }
): Promise<Outcome> => {
  okta.secrets.note(password);
  const start = await submit(browser, console, 'api-credentials', 'authenticate', typed(okta, appId));
  return walk({ browser, home: okta.url, username, password }, start, PAGES);
};

/** Opens the link of an approval that the API began, and tells what the page shows on which it ends. */
const approve = async (
  okta: Okta,
  browser: Browser,
  { link, username, password }: Action & { action: 'approve' }
): Promise<Outcome> => {
  okta.secrets.note(password);
  const way = { browser, home: okta.url, username, password };
  const page = await walked(way, await browser.open(link), PAGES);
  return { ok: page.url.origin === okta.url, message: page.body };
};

interface Walk {
  readonly browser: Browser;
  readonly home: string;
  readonly username: string;
  /** Typed once: a login page that comes back has refused it. */
  readonly password: string | undefined;
}

const walk = async (way: Walk, start: Page, left: number): Promise<Outcome> => {
  const page = await walked(way, start, left);
  if (page.url.origin === way.home) return outcomeOf(page);
  return { ok: false, message: page.forms.some(hasField('pw')) ? page.message : page.text };
};

/** Answers Salesforce's pages, login and consent in whatever order they come, until Okta's page is back. */
const walked = async (way: Walk, page: Page, left: number): Promise<Page> => {
  if (page.url.origin === way.home || left === 0) return page;
  const { browser, username, password } = way;
  const login = page.forms.find(hasField('pw'));
  if (login && password !== undefined) {
    const next = await browser.press(page, login, login.buttons[0] ?? NO_BUTTON, { username, pw: password });
    return walked({ ...way, password: undefined }, next, left - 1);
  }
  const consent = pressable(page, /^\s*allow\s*$/i);
  return consent ? walked(way, await browser.press(page, consent.form, consent.button, {}), left - 1) : page;
};

const NO_BUTTON: Button = { text: '', name: '', value: '', action: undefined };

const hasField =
  (wanted: string) =>
  ({ fields }: Form): boolean =>
    fields.some(([name]) => name === wanted);

const pressable = (page: Page, text: RegExp): { form: Form; button: Button } | undefined => {
  for (const form of page.forms) {
    const button = form.buttons.find((one) => text.test(one.text));
    if (button) return { form, button };
  }
  return undefined;
};

const outcomeOf = (page: Page): Outcome => ({ ok: page.body.includes('data-outcome="ok"'), message: page.message });
