/**
 * What both simulated vendors need of a server, and nothing that either of them decides: a socket on 127.0.0.1, a log
 * of requests, faults on single requests. What a refusal looks like is told by the vendor (`refusal`).
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
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
  /** The text of a JSON body, where the vendor keeps it for contract tests. */
  readonly body?: string;
}

/**
 * Something that goes wrong with one request: the work is done and the answer lost (`drop`), the request is refused
 * with a status and no work is done, or the answer comes late.
 */
export interface Fault {
  /** `METHOD /path` without the query, an operation, or the number of the request counted from now, the next one being 1. */
  readonly on: string | number;
  readonly with: 'drop' | 429 | 500 | 503 | { readonly delay: number };
  /** How often; once unless told. */
  readonly times?: number;
}

export type SimulatorEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: { operation?: string; write?: boolean; body?: string };
};

export interface SimulatedServer {
  readonly url: string;
  readonly requests: RequestRecord[];
  /** Requests to routes or with parameters that the simulator does not know: answered 501, and a test that sees one fails. */
  readonly unknown: string[];
  /** Makes something go wrong. Returns what undoes it. */
  readonly fail: (fault: Fault) => () => void;
  readonly close: () => Promise<void>;
}

/** How a vendor dresses what only the vendor can word. */
export interface VendorManners {
  readonly clock: Clock;
  /** The body and headers of a 429, 500 or 503. */
  readonly refusal: (status: 429 | 500 | 503) => Response;
  /** The answer to what the simulator does not know; status 501. */
  readonly unknown: (what: string) => Response;
}

interface ArmedFault {
  fault: Fault;
  left: number;
  /** The request number at which a numbered fault strikes. */
  at: number | undefined;
}

/** Keeps the log and the faults of one vendor. `wrap` is the outermost middleware of its app. */
export class Traffic {
  public readonly requests: RequestRecord[] = [];
  public readonly unknown: string[] = [];
  readonly #armed = new Set<ArmedFault>();
  readonly #manners: VendorManners;
  #count = 0;

  public constructor(manners: VendorManners) {
    this.#manners = manners;
  }

  public fail(fault: Fault): () => void {
    const armed = {
      fault,
      left: fault.times ?? 1,
      at: typeof fault.on === 'number' ? this.#count + fault.on : undefined,
    };
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
    this.#count = 0;
  }

  public wrap(): MiddlewareHandler<SimulatorEnv> {
    return async (c, next) => {
      this.#count += 1;
      const number = this.#count;
      this.#manners.clock.advance(1000);
      const url = new URL(c.req.url);
      const early = this.#strike(number, `${c.req.method} ${url.pathname}`, (fault) => fault.with !== 'drop');
      const dropByNumber = this.#strike(number, `${c.req.method} ${url.pathname}`, (fault) => fault.with === 'drop');
      if (typeof early?.with === 'number') {
        c.res = this.#manners.refusal(early.with);
      } else {
        if (early && typeof early.with === 'object') await delay(early.with.delay);
        await next();
      }
      const operation = c.get('operation') ?? `${c.req.method} ${url.pathname}`;
      const body = c.get('body');
      const drop = dropByNumber ?? this.#strike(undefined, operation, (fault) => fault.with === 'drop');
      this.requests.push({
        method: c.req.method,
        path: `${url.pathname}${url.search}`,
        operation,
        write: c.get('write') ?? !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method),
        userAgent: c.req.header('user-agent') ?? '',
        status: drop ? 'dropped' : c.res.status,
        ...(body !== undefined && { body }),
      });
      if (drop) c.env.outgoing?.socket?.destroy();
    };
  }

  /** The armed fault that strikes this request, counted off; undefined where none does. */
  #strike(number: number | undefined, name: string, wanted: (fault: Fault) => boolean): Fault | undefined {
    for (const armed of this.#armed) {
      if (!wanted(armed.fault)) continue;
      const strikes = armed.at === undefined ? armed.fault.on === name : armed.at === number;
      if (!strikes) continue;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      return armed.fault;
    }
    return undefined;
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
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () =>
      resolve(started as Server)
    ) as Server;
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
