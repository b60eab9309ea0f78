/**
 * What both simulated vendors need of a server, and nothing that either of them decides: a socket on 127.0.0.1, a log
 * of requests, faults on single requests. What a refusal looks like is told by the vendor (`refusal`).
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono, type HonoRequest, type MiddlewareHandler } from 'hono';
import type { Clock } from './clock.ts';

/** One request as it was answered. `operation` is what a reader calls it, such as `POST /api/v1/apps` or `SOAP createMetadata ExternalClientApplication`. */
export interface RequestRecord {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly operation: string;
  /** Whether it changed, or tried to change, something that the vendor stores. */
  readonly write: boolean;
  readonly userAgent: string;
  readonly status: number | 'dropped';
  /** The text of the body, where there is one and the vendor keeps it. */
  readonly body?: string;
}

/**
 * Something that goes wrong with one request: the work is done and the answer lost (`drop`), the request is refused
 * with a status and no work is done, a proxy answers with a page of its own (`html`) or sends it elsewhere (`redirect`), the
 * answer comes late, or it is changed on its way (`change`).
 */
export interface Fault {
  /**
   * `METHOD /path` without the query, an operation, the number of the request counted from now, the next one being 1, or
   * what `METHOD /path?query body` matches, decoded.
   */
  readonly on: string | number | RegExp;
  /** Only requests whose user agent begins with this strike, and count. */
  readonly by?: string;
  readonly with:
    | 'drop'
    | 'html'
    | 403
    | 429
    | 500
    | 503
    | { readonly delay: number }
    | { readonly until: () => Promise<void> }
    | { readonly redirect: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
    | { readonly change: (answer: Response) => Response | Promise<Response> };
  /** How often; once unless told. */
  readonly times?: number;
}

export type SimulatorEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: { operation?: string; write?: boolean; body?: string };
};

/** How a vendor dresses what only the vendor can word. */
export interface VendorManners {
  readonly clock: Clock;
  /** The body and headers of a 403, 429, 500 or 503. */
  readonly refusal: (status: 403 | 429 | 500 | 503) => Response;
  /** The answer to what the simulator does not know; status 501. */
  readonly unknown: (what: string) => Response;
}

interface ArmedFault {
  readonly fault: Fault;
  left: number;
  /** Of a numbered fault: how many requests until it strikes. */
  countdown: number;
}

/** Keeps the log and the faults of one vendor. `wrap` is the outermost middleware of its app. */
export class Traffic {
  public readonly requests: RequestRecord[] = [];
  public readonly unknown: string[] = [];
  readonly #armed = new Set<ArmedFault>();
  readonly #manners: VendorManners;

  public constructor(manners: VendorManners) {
    this.#manners = manners;
  }

  public fail(fault: Fault): () => void {
    const armed = { fault, left: fault.times ?? 1, countdown: typeof fault.on === 'number' ? fault.on : 0 };
    this.#armed.add(armed);
    return () => void this.#armed.delete(armed);
  }

  /** For the vendor's not-found handler and for a route that meets a parameter it does not know. */
  public refuseUnknown(what: string): Response {
    this.unknown.push(what);
    return this.#manners.unknown(what);
  }

  public clear(): void {
    this.requests.length = 0;
    this.unknown.length = 0;
    this.#armed.clear();
  }

  public wrap(): MiddlewareHandler<SimulatorEnv> {
    return async (c, next) => {
      this.#manners.clock.advance(1000);
      const { pathname, search } = new URL(c.req.url);
      const userAgent = c.req.header('user-agent') ?? '';
      const counted = this.#countDown(userAgent);
      const named = this.#named(`${c.req.method} ${pathname}`, userAgent, ({ fault }) => fault.with !== 'drop');
      const matched = await this.#matched(c.req, userAgent);
      const cut = counted?.with === 'drop' || matched?.with === 'drop';
      const early = [counted, matched, named].find((fault) => fault !== undefined && fault.with !== 'drop');
      if (typeof early?.with === 'number') {
        c.res = this.#manners.refusal(early.with);
      } else if (early?.with === 'html') {
        c.res = new Response('<html><body>Sign in to the network</body></html>', {
          headers: { 'content-type': 'text/html' },
        });
      } else if (typeof early?.with === 'object' && 'redirect' in early.with) {
        const { redirect: location, status = 302 } = early.with;
        c.res = new Response(null, { status, headers: { location } });
      } else {
        if (typeof early?.with === 'object' && 'delay' in early.with) await delay(early.with.delay);
        if (typeof early?.with === 'object' && 'until' in early.with) await early.with.until();
        await next();
        if (typeof early?.with === 'object' && 'change' in early.with) {
          const changed = await early.with.change(c.res);
          c.res = undefined; // else the old headers come back
          c.res = changed;
        }
      }
      const operation = c.get('operation') ?? `${c.req.method} ${pathname}`;
      const body = c.get('body');
      const late = this.#named(operation, userAgent, ({ fault }) => fault.with === 'drop');
      const dropped = cut || late !== undefined;
      this.requests.push({
        method: c.req.method,
        path: `${pathname}${search}`,
        operation,
        write: c.get('write') ?? !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method),
        userAgent,
        status: dropped ? 'dropped' : c.res.status,
        ...(body !== undefined && { body }),
      });
      if (dropped) c.env.outgoing?.socket?.destroy();
    };
  }

  /** The numbered fault whose turn it is. Every request that a fault counts brings it nearer. */
  #countDown(userAgent: string): Fault | undefined {
    const counting = [...this.#armed].filter(
      ({ fault }) => typeof fault.on === 'number' && userAgent.startsWith(fault.by ?? '')
    );
    for (const armed of counting) armed.countdown -= 1;
    return this.#spend(counting.find(({ countdown }) => countdown <= 0));
  }

  async #matched(request: HonoRequest, userAgent: string): Promise<Fault | undefined> {
    const matching = [...this.#armed].filter(
      ({ fault }) => fault.on instanceof RegExp && userAgent.startsWith(fault.by ?? '')
    );
    if (matching.length === 0) return undefined;
    const { pathname, searchParams } = new URL(request.url);
    const query = [...searchParams].map(([name, value]) => `${name}=${value}`).join('&');
    const text = `${request.method} ${pathname}?${query} ${request.method === 'GET' ? '' : await request.text()}`;
    return this.#spend(matching.find(({ fault }) => fault.on instanceof RegExp && fault.on.test(text)));
  }

  #named(name: string, userAgent: string, wanted: (armed: ArmedFault) => boolean): Fault | undefined {
    return this.#spend(
      [...this.#armed].find(
        (armed) => armed.fault.on === name && userAgent.startsWith(armed.fault.by ?? '') && wanted(armed)
      )
    );
  }

  #spend(armed: ArmedFault | undefined): Fault | undefined {
    if (!armed) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed.delete(armed);
    return armed.fault;
  }
}

const delay = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Puts an app on a socket of 127.0.0.1, never on another address. Port 0 takes a free one. */
export const listen = async (
  app: Hono<SimulatorEnv>,
  port: number
): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => resolve(started)) as Server;
    started.once('error', reject);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
