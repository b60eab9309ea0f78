/**
 * One request to Okta, sent once, through the proxy of the environment where there is one. What got throws becomes ours here,
 * without a cause: got's errors hold the request headers. A redirect is neither followed nor taken for an answer: got calls it
 * one that is ok.
 */
import got, { HTTPError, RequestError, type Response } from 'got';
import { ProxyAgent } from 'proxy-agent';
import { isRefusedByProxy, proxyFor, ProxyRefusedError } from '../proxies.ts';
import { READ_LIMIT, realTime, within, WRITE_LIMIT, type TimeLimit } from '../timeLimit.ts';
import { OktaAnswerError, OktaRedirectError, OktaUnreachableError } from './errors.ts';

const OURS = [OktaRedirectError, OktaUnreachableError, ProxyRefusedError];
const USER_AGENT = 'sf-plugin-okta';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** `METHOD /path`, as messages name a call: a query may hold what is nobody's business. */
export const nameOf = ({ method, url }: Pick<Request, 'method' | 'url'>): string => `${method} ${url.pathname}`;

export type Transport = (request: Request) => Promise<Response<string>>;

export const createTransport = (orgUrl: string, signal: AbortSignal, limit: TimeLimit = realTime): Transport => {
  const { origin } = new URL(orgUrl);
  const agent = new ProxyAgent({ keepAlive: true, getProxyForUrl: (url) => proxyFor(url) ?? '' });
  const http = got.extend({
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    headers: { accept: 'application/json', 'user-agent': USER_AGENT },
    responseType: 'text',
    agent: { http: agent, https: agent },
  });
  return async ({ method, url, headers, body }) => {
    const call = nameOf({ method, url });
    if (url.origin !== origin) throw new OktaAnswerError(call, `it leads to another host, ${url.host}`);
    const proxy = proxyFor(url.href); // where the proxy is none, got would wrap what says so
    const late = (): Error => new OktaUnreachableError(call, 'ETIMEDOUT', url);
    const milliseconds = method === 'GET' ? READ_LIMIT : WRITE_LIMIT;
    let tunnel = 200;
    try {
      const response = await within({ limit, milliseconds, late }, async (over) => {
        const sent = http(url, {
          method,
          headers,
          signal: AbortSignal.any([signal, over]),
          ...(body === undefined ? {} : { body }),
        });
        void sent.on('request', (started) =>
          started.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
            tunnel = statusCode;
          })
        );
        return sent;
      });
      // The proxy's own refusal comes as if it were the answer of the host behind it.
      if (isRefusedByProxy(tunnel)) throw new ProxyRefusedError(proxy ?? '', url.host, tunnel);
      if (tunnel !== 200) throw new OktaUnreachableError(call, `PROXY_${tunnel}`, url);
      if (response.statusCode >= 300 && response.statusCode < 400)
        throw new OktaRedirectError(call, url.host, hostOf(response.headers.location, url));
      return response;
    } catch (error) {
      signal.throwIfAborted();
      if (OURS.some((known) => error instanceof known)) throw error;
      if (error instanceof RequestError && !(error instanceof HTTPError))
        throw new OktaUnreachableError(call, error.code, url);
      throw new OktaAnswerError(call, 'the request could not be sent');
    }
  };
};

/** Where a redirect leads: an address without one, or with one that cannot be read, leads nowhere. */
const hostOf = (location: string | undefined, from: URL): string =>
  location !== undefined && URL.canParse(location, from.href) ? new URL(location, from).host : 'nowhere';
