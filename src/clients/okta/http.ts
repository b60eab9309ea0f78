/**
 * The way every call to Okta goes: authorization, retries, rate limits, paging, errors. contracts/okta.md §1.1, §7.
 * - Reads are tried again on 502, 503, 504 and where no answer came; a POST never is: Okta has no idempotency key, so a
 *   repeated create makes a second app. What a lost answer did is found by the next read.
 * - A 429 is waited out by the server's own clock (`X-Rate-Limit-Reset` against `Date`), for all methods, since a
 *   limited request did nothing. All such waits of a run together end after five minutes.
 * - `Link` is followed on the same host only: another host must not get our token.
 */
import got, { HTTPError, RequestError, type Got, type Response } from 'got';
import type { z } from 'zod';
import type { Secret } from '../../secret.ts';
import type { Pause } from '../pause.ts';
import { OktaAnswerError, OktaApiError, OktaUnreachableError } from './errors.ts';

const MAX_RATE_LIMIT_WAIT = 5 * 60_000;
const TRANSIENT = new Set([500, 502, 503, 504]);
const READ_ATTEMPTS = 3;
const USER_AGENT = 'sf-plugin-okta';

export interface OktaHttpOptions {
  readonly url: string;
  readonly token: Secret;
  readonly signal: AbortSignal;
  readonly pause: Pause;
}

export interface OktaHttp {
  readonly get: <T>(path: string, schema: z.ZodType<T>, searchParams?: Record<string, string>) => Promise<T>;
  readonly post: <T>(
    path: string,
    schema: z.ZodType<T>,
    json: object,
    searchParams?: Record<string, string>
  ) => Promise<T>;
  readonly page: <T>(path: string, schema: z.ZodType<T>, searchParams: Record<string, string>) => AsyncGenerator<T[]>;
}

export const createOktaHttp = ({ url, token, signal, pause }: OktaHttpOptions): OktaHttp => {
  const http = got.extend({
    prefixUrl: url,
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    timeout: { request: 60_000 },
    headers: { authorization: `SSWS ${token.reveal()}`, accept: 'application/json', 'user-agent': USER_AGENT },
    responseType: 'text',
    signal,
  });
  const send = createSender(http, url, signal, pause);
  return {
    get: async (path, schema, searchParams) => parse(schema, `GET /${path}`, await send('GET', path, { searchParams })),
    post: async (path, schema, json, searchParams) =>
      parse(schema, `POST /${path}`, await send('POST', path, { json, searchParams })),
    async *page(path, schema, searchParams) {
      let next: string | undefined = `${path}?${new URLSearchParams(searchParams).toString()}`;
      while (next !== undefined) {
        const response: Response<string> = await send('GET', next, {});
        yield parse(schema.array(), `GET /${path}`, response);
        next = nextPage(response, url);
      }
    },
  };
};

type Body = { json?: object | undefined; searchParams?: Record<string, string> | undefined };
type Send = (method: 'GET' | 'POST', path: string, body: Body) => Promise<Response<string>>;

const createSender = (http: Got, url: string, signal: AbortSignal, pause: Pause): Send => {
  let waited = 0;
  const once = async (method: 'GET' | 'POST', path: string, body: Body): Promise<Response<string>> => {
    const call = `${method} /${path.split('?')[0] ?? path}`;
    try {
      return await http(path, { method, ...body });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RequestError && !(error instanceof HTTPError))
        throw new OktaUnreachableError(call, error.code, new URL(url).host);
      throw new OktaAnswerError(call, 'the request could not be sent');
    }
  };
  const send: Send = async (method, path, body) => {
    for (let attempt = 1; ; attempt += 1) {
      const last = method !== 'GET' || attempt >= READ_ATTEMPTS;
      try {
        const response = await once(method, path, body);
        if (response.ok) return response;
        const limited = response.statusCode === 429 ? untilReset(response) : undefined;
        if (limited !== undefined && waited + limited <= MAX_RATE_LIMIT_WAIT) {
          waited += limited;
          await pause(limited, signal);
          attempt -= 1; // a limited request was not an attempt
          continue;
        }
        if (last || !TRANSIENT.has(response.statusCode)) throw refusal(method, path, response);
      } catch (error) {
        if (last || !(error instanceof OktaUnreachableError)) throw error;
      }
      await pause(250 * 2 ** attempt, signal);
    }
  };
  return send;
};

/** How long to wait by the server's clock, and a second more. A limit of 0 is a concurrency limit: its reset is only a suggestion. */
const untilReset = ({ headers }: Response<string>): number => {
  if (headers['x-rate-limit-limit'] === '0') return 2000;
  const reset = Number(headers['x-rate-limit-reset']) * 1000;
  const now = Date.parse(headers.date ?? '');
  return Number.isFinite(reset) && Number.isFinite(now) ? Math.max(reset - now, 0) + 1000 : 10_000;
};

const refusal = (method: string, path: string, { statusCode, body, headers }: Response<string>): OktaApiError =>
  new OktaApiError(
    `${method} /${path.split('?')[0] ?? path}`,
    statusCode,
    json(body),
    String(headers['x-okta-request-id'] ?? '')
  );

const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const parse = <T>(schema: z.ZodType<T>, call: string, { body }: Response<string>): T => {
  const result = schema.safeParse(json(body));
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] ?? { path: [], message: 'unreadable' };
  throw new OktaAnswerError(call, `${path.join('.') || 'the body'}: ${message}`);
};

/** The address of the next page, relative to the org, or undefined on the last one. */
const nextPage = ({ headers }: Response<string>, url: string): string | undefined => {
  const links = [headers['link'] ?? []].flat().join(', ');
  const href = /<([^>]+)>;\s*rel="next"/.exec(links)?.[1];
  if (href === undefined) return undefined;
  const next = new URL(href, url);
  if (next.host !== new URL(url).host)
    throw new OktaAnswerError('a paged list', `its next page is on another host, ${next.host}`);
  return `${next.pathname.slice(1)}${next.search}`;
};
