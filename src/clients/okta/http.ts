/**
 * The way every call to Okta goes: authorization, retries, rate limits, paging, errors. contracts/okta.md §1.1, §6, §7.
 * - Reads are tried again on 500, 502, 503, 504, where no answer came and where it is no JSON, such as the page of a proxy; a
 *   write never is: Okta has no idempotency key, so a repeated create makes a second app. What a lost answer did is found by
 *   the next read.
 * - A 401 is tried once more with a new token, where new ones can be had; it did nothing.
 * - `Link` is followed on the same host only: another host must not get our token. What leads to the org's canonical host, where
 *   the org is asked at a custom domain, is asked for at the host that we were given. A list ends, however the links lead.
 */
import type { Response } from 'got';
import type { z } from 'zod';
import type { Pause } from '../pause.ts';
import type { TimeLimit } from '../timeLimit.ts';
import { tokenAuth, type OktaAuth, type OktaCredential } from './auth.ts';
import { OktaAnswerError, OktaApiError, OktaUnreachableError } from './errors.ts';
import { organization } from './types.ts';
import { rateLimits, type RateLimits } from './rateLimits.ts';
import { serviceAppAuth } from './serviceApp.ts';
import { createTransport, nameOf, type Request, type Transport } from './transport.ts';

const TRANSIENT = new Set([500, 502, 503, 504]);
const READ_ATTEMPTS = 3;
/** Two hundred thousand apps; more is no list but a loop. */
const MAX_PAGES = 1000;

export interface OktaHttpOptions {
  readonly url: string;
  readonly credential: OktaCredential;
  /** Those that a service app must have; an optional one is named at its call. */
  readonly scopes?: readonly string[];
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly limit?: TimeLimit;
  /** Milliseconds. */
  readonly now?: () => number;
}

interface CallOptions {
  readonly query?: Record<string, string>;
  /** An optional right of a service app that this call needs. */
  readonly scope?: string;
}

export interface OktaHttp {
  readonly get: <T>(path: string, schema: z.ZodType<T>, options?: CallOptions) => Promise<T>;
  readonly post: <T>(path: string, schema: z.ZodType<T>, json?: object, options?: CallOptions) => Promise<T>;
  readonly put: <T>(path: string, schema: z.ZodType<T>, json: object, options?: CallOptions) => Promise<T>;
  readonly delete: (path: string, options?: CallOptions) => Promise<void>;
  readonly page: <T>(path: string, schema: z.ZodType<T>, options?: CallOptions) => AsyncGenerator<T[]>;
  /** Without credentials: what anyone may ask. */
  readonly open: <T>(path: string, schema: z.ZodType<T>) => Promise<T>;
}

export const createOktaHttp = (options: OktaHttpOptions): OktaHttp => {
  const { url: orgUrl, signal, pause, limit, now = Date.now } = options;
  const transport = createTransport(orgUrl, signal, limit);
  const limits = rateLimits(pause, signal, now);
  const auth = authOf(options, limited(transport, limits));
  const send = createSender({ transport, limits, auth, pause, signal });
  const urlOf = (path: string, query: Record<string, string> = {}): URL => {
    const url = new URL(path, `${orgUrl}/`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  };
  const call = async <T>(
    method: Request['method'],
    path: string,
    schema: z.ZodType<T>,
    asked: CallOptions & { json?: object }
  ): Promise<T> => {
    const url = urlOf(path, asked.query);
    return parse(schema, nameOf({ method, url }), await send({ method, url, ...asked }));
  };
  const open: OktaHttp['open'] = async (path, schema) => {
    const request = { method: 'GET', url: urlOf(path) } as const;
    return parse(schema, nameOf(request), await send({ ...request, anonymous: true }));
  };
  const canonical = async (): Promise<string> => {
    const { _links: links } = await open('.well-known/okta-organization', organization);
    return links?.organization.href ?? orgUrl;
  };
  return {
    get: async (path, schema, asked) => call('GET', path, schema, { ...asked }),
    post: async (path, schema, json, asked) => call('POST', path, schema, { ...asked, ...(json && { json }) }),
    put: async (path, schema, json, asked) => call('PUT', path, schema, { ...asked, json }),
    delete: async (path, { query, ...asked } = {}) =>
      void (await send({ method: 'DELETE', url: urlOf(path, query), ...asked })),
    open,
    async *page(path, schema, asked = {}) {
      const seen = new Set<string>();
      for (let next: URL | undefined = urlOf(path, asked.query); next !== undefined;) {
        if (seen.has(next.href) || seen.size >= MAX_PAGES)
          throw new OktaAnswerError(
            nameOf({ method: 'GET', url: next }),
            `the list does not end after ${seen.size} pages`
          );
        seen.add(next.href);
        const response: Response<string> = await send({
          method: 'GET',
          url: next,
          ...(asked.scope && { scope: asked.scope }),
        });
        yield parse(schema.array(), nameOf({ method: 'GET', url: next }), response);
        next = await nextPage(response, orgUrl, canonical);
      }
    },
  };
};

const authOf = ({ url, credential, scopes = [] }: OktaHttpOptions, exchange: Transport): OktaAuth =>
  credential.mode === 'token'
    ? tokenAuth(credential.token)
    : serviceAppAuth(url, credential, {
        scopes,
        send: async (to, headers, body) => {
          const response = await exchange({ method: 'POST', url: new URL(to), headers, body });
          const kept = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
          return new Response(response.body, { status: response.statusCode, headers: kept });
        },
      });

/** A transport that waits out rate limits, as a token request must too. */
const limited =
  (transport: Transport, limits: RateLimits): Transport =>
  async (request) => {
    for (;;) {
      const response = await transport(request);
      if (response.statusCode !== 429 || !(await limits.waitOut(response.headers))) return response;
    }
  };

interface Sending {
  readonly method: Request['method'];
  readonly url: URL;
  readonly json?: object;
  readonly scope?: string;
  readonly anonymous?: true;
}
interface Parts {
  readonly transport: Transport;
  readonly limits: RateLimits;
  readonly auth: OktaAuth;
  readonly pause: Pause;
  readonly signal: AbortSignal;
}

const createSender = ({
  transport,
  limits,
  auth,
  pause,
  signal,
}: Parts): ((asked: Sending) => Promise<Response<string>>) => {
  const once = async ({ method, url, json, scope, anonymous }: Sending): Promise<Response<string>> => {
    await limits.slowDown(nameOf({ method, url }));
    const headers = anonymous ? {} : await auth.headersFor(method, url, scope);
    const content = json && { 'content-type': 'application/json' };
    const response = await transport({
      method,
      url,
      headers: { ...headers, ...content },
      ...(json && { body: JSON.stringify(json) }),
    });
    limits.note(nameOf({ method, url }), response.headers);
    return response;
  };
  return async (asked) => {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const last = asked.method !== 'GET' || attempt >= READ_ATTEMPTS;
      try {
        const response = await once(asked);
        if (response.ok && (last || json(response.body) !== undefined)) return response;
        const renewable: boolean = !renewed && response.statusCode === 401 && auth.renew();
        if (renewable || (response.statusCode === 429 && (await limits.waitOut(response.headers)))) {
          renewed ||= renewable;
          attempt -= 1; // what was limited or not let in was not an attempt
          continue;
        }
        if (last || !(response.ok || TRANSIENT.has(response.statusCode))) throw refusal(asked, response);
      } catch (error) {
        if (last || !(error instanceof OktaUnreachableError)) throw error;
      }
      await pause(250 * 2 ** attempt, signal);
    }
  };
};

const refusal = (asked: Sending, { statusCode, body, headers }: Response<string>): OktaApiError =>
  new OktaApiError(nameOf(asked), statusCode, json(body), {
    requestId: String(headers['x-okta-request-id'] ?? ''),
    challenge: String(headers['www-authenticate'] ?? ''),
  });

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

/** The next page, or undefined on the last one. `canonical` tells where the org says that it is. */
const nextPage = async (
  { headers }: Response<string>,
  orgUrl: string,
  canonical: () => Promise<string>
): Promise<URL | undefined> => {
  const links = [headers['link'] ?? []].flat().join(', ');
  const href = /<([^>]+)>;\s*rel="next"/.exec(links)?.[1];
  if (href === undefined) return undefined;
  if (!URL.canParse(href, orgUrl)) throw new OktaAnswerError('a paged list', 'its next page has no address');
  const { origin, host, pathname, search } = new URL(href, orgUrl);
  const own = new URL(orgUrl).origin;
  if (origin !== own && origin !== new URL(await canonical()).origin)
    throw new OktaAnswerError('a paged list', `its next page is on another host, ${host}`);
  return new URL(`${pathname}${search}`, own);
};
