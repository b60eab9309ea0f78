import { formsIn, messageIn, scriptRedirectIn, textIn, type Button, type Form } from './html.ts';

export interface Page {
  readonly url: URL;
  readonly body: string;
  readonly forms: readonly Form[];
  /** Its alert or status line, else all of its text. */
  readonly message: string;
  readonly text: string;
}

const HOPS = 20;

/** A person's browser: keeps cookies, follows redirects, by status and by script, and posts forms. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  public async open(url: URL | string): Promise<Page> {
    return this.#go(new URL(url), { method: 'GET' });
  }

  /** Presses a button of a form, after the fields were set to `values`; a list sets several fields of one name. */
  public async press(
    page: Page,
    form: Form,
    button: Button,
    values: Readonly<Record<string, string | readonly string[]>>
  ): Promise<Page> {
    const fields = new URLSearchParams(form.fields.filter(([name]) => !(name in values)).map(([...pair]) => pair));
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) fields.append(name, one);
    if (button.name) fields.append(button.name, button.value);
    const target = new URL(button.action ?? form.action, page.url);
    if (form.method === 'post') return this.#go(target, { method: 'POST', body: fields });
    target.search = fields.toString();
    return this.#go(target, { method: 'GET' });
  }

  async #go(url: URL, init: RequestInit, hops = HOPS): Promise<Page> {
    if (hops === 0) throw new Error(`Too many redirects, the last one to ${url.origin}`);
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: this.#headers(url) });
    this.#keepCookies(url, answer);
    const body = await answer.text();
    const forms = formsIn(body);
    const next = answer.headers.get('location') ?? (forms.length === 0 ? scriptRedirectIn(body) : undefined);
    if (next === undefined) return { url, body, forms, message: messageIn(body), text: textIn(body) };
    const again = answer.status === 307 || answer.status === 308;
    return this.#go(new URL(next, url), again ? init : { method: 'GET' }, hops - 1);
  }

  #headers(url: URL): Record<string, string> {
    const cookies = [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'user-agent': 'Simulated-Person', accept: 'text/html', ...(cookies && { cookie: cookies }) };
  }

  #keepCookies(url: URL, answer: Response): void {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name.trim(), value);
    }
    this.#cookies.set(url.host, jar);
  }
}
