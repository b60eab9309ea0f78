/**
 * The transport of the library that `@salesforce/core` asks with, made safe for the whole process: before the first request of
 * a command, since the flag `--target-org` may already ask the org for its API versions.
 * - No redirect is followed. The library would send all headers on, the access token among them, to whatever host it is told
 *   (jsforce-node 3.12 `request-helper.js`); a write would become a GET, and its 200 a success.
 * - The proxy is the one of our own policy.
 * - What a call asked for ends with the call: an answer that nobody waits for any more would keep the process alive. The library
 *   knows no signal, so its dispatcher is told, which stops a request before its answer and in the middle of it.
 * - An answer is given to the library when it is whole: one that breaks off in the middle would be an error of a stream that
 *   nobody listens to, and end the process (`request.js`: the body is piped on).
 * The class is the one that `@salesforce/core` itself uses: another copy would change nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import { isRefusedByProxy, proxyFor, ProxyRefusedError } from '../proxies.ts';
import { SalesforceRedirectError } from './errors.ts';

interface Transport {
  httpRequest: (request: { readonly url: string }, options?: object) => unknown;
}

const requireAsCore = createRequire(import.meta.resolve('@salesforce/core'));
const { Transport: library } = requireAsCore('@jsforce/jsforce-node/lib/transport') as {
  readonly Transport: { readonly prototype: Transport };
};

interface Controller {
  readonly abort: (reason: Error) => void;
}
/** Of the `undici` that the library asks with; its own types are of another copy. */
interface Undici {
  readonly Agent: new (options: object) => { readonly compose: (interceptor: Interceptor) => object };
  readonly ProxyAgent: new (options: object) => { readonly dispatch: Dispatch };
  readonly Pool: new (url: URL, options: object) => { connect(tunnel: Tunnel): Promise<Entered> };
  readonly DecoratorHandler: new (handler: object) => {
    onRequestStart(controller: Controller, context: unknown): void;
    onResponseStart(...start: Start): void;
    onResponseData(controller: Controller, chunk: Uint8Array): void;
    onResponseEnd(controller: Controller, trailers: object): void;
  };
}
interface Tunnel {
  /** `host:port`. */
  readonly path: string;
}
interface Entered {
  readonly statusCode: number;
  readonly socket: Duplex;
}
type Start = [controller: Controller, status: number, headers: object, statusText?: string];
type Dispatch = (options: { readonly origin: string | URL }, handler: object) => unknown;
type Interceptor = (dispatch: Dispatch) => Dispatch;

const requireAsLibrary = createRequire(requireAsCore.resolve('@jsforce/jsforce-node/lib/transport'));
const { Agent, DecoratorHandler, Pool, ProxyAgent } = requireAsLibrary('undici') as Undici;
const { setDispatcher } = requireAsLibrary('./request') as { readonly setDispatcher: (dispatcher: object) => void };

const calls = new AsyncLocalStorage<AbortSignal>();

/** Does the work of a call; what it asks for over HTTP is given up when the signal says that the call has ended. */
export const endingWith = async <T>(over: AbortSignal, work: () => Promise<T>): Promise<T> => calls.run(over, work);

class Whole extends DecoratorHandler {
  readonly #chunks: Uint8Array[] = [];
  #start: Start | undefined;

  public override onRequestStart(controller: Controller, context: unknown): void {
    const giveUp = (): void => controller.abort(new Error('nobody waits for the answer any more'));
    calls.getStore()?.addEventListener('abort', giveUp, { once: true });
    super.onRequestStart(controller, context);
  }

  public override onResponseStart(...start: Start): void {
    this.#start = start;
  }

  public override onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  public override onResponseEnd(controller: Controller, trailers: object): void {
    if (this.#start) super.onResponseStart(...this.#start);
    for (const chunk of this.#chunks) super.onResponseData(controller, chunk);
    super.onResponseEnd(controller, trailers);
  }
}

/** To the proxy itself. What it says to a tunnel would else end as an error without a name. */
class Entrance extends Pool {
  public override async connect(tunnel: Tunnel): Promise<Entered> {
    const entered = await super.connect(tunnel);
    const { socket, statusCode } = entered;
    if (statusCode === 200) return entered;
    socket.on('error', () => {}).destroy();
    // The agent has taken the password out of what it calls its origin.
    if (isRefusedByProxy(statusCode))
      throw new ProxyRefusedError(proxyFor(`https://${tunnel.path}`) ?? '', hostOf(tunnel.path), statusCode);
    throw Object.assign(new Error('the proxy opened no tunnel'), { code: `PROXY_${statusCode}` });
  }
}

const hostOf = (path: string): string => new URL(`https://${path}`).host;

/** As the library makes its own agents. */
const PLAIN = { connect: { allowH2: false } };
const agents = new Map<string, { readonly dispatch: Dispatch }>();
const agentOf = (proxy: string): { readonly dispatch: Dispatch } => {
  const agent =
    agents.get(proxy) ??
    new ProxyAgent({
      uri: proxy,
      requestTls: { allowH2: false },
      proxyTls: { allowH2: false },
      clientFactory: (url: URL, options: object) => new Entrance(url, options),
    });
  agents.set(proxy, agent);
  return agent;
};

const ours: Interceptor = (dispatch) => (options, handler) => {
  const proxy = proxyFor(String(options.origin));
  return (proxy === undefined ? dispatch : agentOf(proxy).dispatch.bind(agentOf(proxy)))(options, new Whole(handler));
};

const { httpRequest } = library.prototype;
let guarded = false;

export const guardTransport = (): void => {
  if (guarded) return;
  guarded = true;
  setDispatcher(new Agent(PLAIN).compose(ours));
  library.prototype.httpRequest = function guardedRequest(request, options) {
    const followRedirect = (to: string): never => {
      throw new SalesforceRedirectError(new URL(request.url).host, new URL(to, request.url).host);
    };
    // Asked here too, so that a proxy that is none ends in our words; the library would make an agent of its own.
    proxyFor(request.url);
    return httpRequest.call(this, request, { followRedirect, ...options, httpProxy: undefined });
  };
};
