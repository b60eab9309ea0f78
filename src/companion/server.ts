/** The companion page's server: routes, what guards them, and the live stream of the state. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SfError } from '@salesforce/core';
import { createAdmission, type Admission } from './admission.ts';
import { pageHtml } from './page/html.ts';
import { pageScript } from './page/script.ts';
import { pageStyle } from './page/style.ts';
import type { PageState } from './state.ts';

export interface Backend {
  readonly state: () => PageState;
  readonly tell: (line: string) => void;
  /** What the page can do beyond showing: hand over key and secret, and sign in as a user. */
  readonly offers: () => { readonly reveal: boolean; readonly signIn?: string };
  readonly reveal: () => Promise<{ readonly key: string; readonly secret: string }>;
  readonly signIn: () => Promise<{ readonly url: string }>;
  /** The link of an approval: fetched at the click, since it holds Okta's `state`. */
  readonly approve: () => Promise<{ readonly url: string }>;
}

export interface PageServer {
  readonly link: string;
  readonly linkUsed: () => boolean;
  readonly publish: () => void;
  readonly close: () => Promise<void>;
}

/** Nothing from elsewhere, nothing kept, nothing told to other sites, no frame around it. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export const startServer = async (port: number, backend: Backend): Promise<PageServer> => {
  let own: readonly string[] = [];
  const admission = createAdmission(() => own);
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    void answer({ request, response, admission, backend, streams });
  });
  await listen(server, port);
  const taken = (server.address() as AddressInfo).port;
  own = [`127.0.0.1:${taken}`, `localhost:${taken}`];
  return {
    link: `http://127.0.0.1:${taken}${admission.linkPath}`,
    linkUsed: admission.used,
    publish: () => streams.forEach((stream) => stream.write(eventsOf(backend))),
    close: async () => {
      streams.forEach((stream) => stream.end());
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      // A browser keeps its connections open; what was written has a moment to arrive.
      const force = setTimeout(() => server.closeAllConnections(), 500);
      await closed;
      clearTimeout(force);
    },
  };
};

const listen = async (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new PortError(port, error.code ?? 'unknown')));
    server.listen(port, '127.0.0.1', resolve);
  });

export class PortError extends SfError {
  public constructor(port: number, code: string) {
    super(`The companion page cannot be served on port ${port} of 127.0.0.1 (${code}).`, 'PortError', [
      'Choose another port with --companion-port, or do without the page with --no-browser.',
    ]);
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly admission: Admission;
  readonly backend: Backend;
  readonly streams: Set<ServerResponse>;
}

const answer = async (exchange: Exchange): Promise<void> => {
  const { request, response, admission } = exchange;
  const path = request.url ?? '/';
  if (!admission.isOwn(request)) return plain(response, 403, 'Refused.');
  if (path.startsWith('/open/')) return open(exchange, path);
  if (!path.startsWith(admission.basePath) || !admission.holdsCookie(request)) return plain(response, 403, 'Refused.');
  const route = ROUTES[`${request.method ?? ''} ${path.slice(admission.basePath.length)}`];
  return route ? route(exchange) : plain(response, 404, 'Not found.');
};

const open = ({ request, response, admission, backend }: Exchange, path: string): void => {
  const verdict = request.method === 'GET' ? admission.useLink(path) : 'refused';
  if (verdict === 'welcome') {
    response.writeHead(303, { location: admission.basePath, 'set-cookie': admission.cookie }).end();
    return;
  }
  if (verdict === 'used-link')
    backend.tell(
      'The link of the companion page was opened a second time and was refused. If the page is not open in your browser, press Ctrl-C: somebody else may have it.'
    );
  plain(
    response,
    403,
    verdict === 'used-link' ? 'This link was used before. Run the command again for a new one.' : 'Refused.'
  );
};

const ROUTES: Readonly<Record<string, (exchange: Exchange) => void | Promise<void>>> = {
  'GET ': ({ response }) => send(response, 'text/html; charset=utf-8', pageHtml),
  'GET style.css': ({ response }) => send(response, 'text/css; charset=utf-8', pageStyle),
  'GET script.js': ({ response }) => send(response, 'text/javascript; charset=utf-8', pageScript),
  'GET events': ({ request, response, backend, streams }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(eventsOf(backend));
    streams.add(response);
    request.once('close', () => streams.delete(response));
  },
  'POST secret': async ({ response, backend }) =>
    json(response, async () => ({ value: (await backend.reveal()).secret })),
  'POST approve': async ({ response, backend }) => json(response, async () => backend.approve()),
  'POST sign-in': async ({ response, backend }) => json(response, async () => backend.signIn()),
};

const json = async (response: ServerResponse, work: () => Promise<object>): Promise<void> => {
  try {
    const result = await work();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  } catch (error) {
    // Our own errors hold no secret; another's text might.
    const message =
      error instanceof SfError ? [error.message, ...(error.actions ?? [])].join(' ') : 'It could not be read.';
    response.writeHead(502, { 'content-type': 'application/json' }).end(JSON.stringify({ error: message }));
  }
};

const send = (response: ServerResponse, type: string, text: string): void => {
  response.writeHead(200, { 'content-type': type }).end(text);
};

const plain = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
};

const eventsOf = ({ offers, state }: Backend): string =>
  `event: offers\ndata: ${JSON.stringify(offers())}\n\ndata: ${JSON.stringify(state())}\n\n`;
