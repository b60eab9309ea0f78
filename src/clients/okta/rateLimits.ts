/**
 * Okta's rate limits, by the server's own clock. contracts/okta.md §7.4
 * - a 429 is waited out until `X-Rate-Limit-Reset`, held against the answer's `Date`, and a second more, for all methods, since
 *   a limited request did nothing; a limit of 0 is a concurrency limit, whose reset is only a suggestion
 * - the last tenth of a window is spread over what is left of it: the limit is the org's, and others live on it too
 * - all such waits of a run together end after five minutes; then nothing is slowed down, and a 429 is an error
 */
import type { Response } from 'got';
import type { Pause } from '../pause.ts';

const MAX_WAIT = 5 * 60_000;
const RESERVE = 0.1;
const CONCURRENCY_WAIT = 2000;

type Headers = Response<string>['headers'];

interface Window {
  readonly remaining: number;
  readonly reserve: number;
  /** By our own clock. */
  readonly ends: number;
}

export interface RateLimits {
  /** Waits before a call where its bucket is almost used up. */
  readonly slowDown: (call: string) => Promise<void>;
  /** Waits out a 429; false where the time for such waits is used up. */
  readonly waitOut: (headers: Headers) => Promise<boolean>;
  readonly note: (call: string, headers: Headers) => void;
}

export const rateLimits = (pause: Pause, signal: AbortSignal, now: () => number): RateLimits => {
  const windows = new Map<string, Window>();
  let waited = 0;
  const wait = async (milliseconds: number): Promise<boolean> => {
    if (waited + milliseconds > MAX_WAIT) return false;
    waited += milliseconds;
    await pause(milliseconds, signal);
    return true;
  };
  return {
    note: (call, headers) => {
      const [limit, remaining] = [Number(headers['x-rate-limit-limit']), Number(headers['x-rate-limit-remaining'])];
      const left = untilReset(headers);
      if (!(limit > 0) || !Number.isFinite(remaining) || left === undefined) return;
      windows.set(bucketOf(call), { remaining, reserve: Math.max(Math.floor(limit * RESERVE), 1), ends: now() + left });
    },
    slowDown: async (call) => {
      const window = windows.get(bucketOf(call));
      const left = window ? window.ends - now() : 0;
      if (!window || left <= 0 || window.remaining > window.reserve) return;
      await wait(window.remaining === 0 ? left + 1000 : Math.ceil(left / (window.remaining + 1)));
    },
    waitOut: async (headers) => {
      if (headers['x-rate-limit-limit'] === '0') return wait(CONCURRENCY_WAIT);
      const left = untilReset(headers);
      return wait(left === undefined ? 10_000 : left + 1000);
    },
  };
};

/** Calls that share a limit, as far as it can be told from outside: the same endpoint, whatever the ids. */
const bucketOf = (call: string): string => call.replace(/^\w+ /, '').replace(/\/0[0-9A-Za-z]{19}(?=\/|$)/g, '/{id}');

const untilReset = (headers: Headers): number | undefined => {
  const reset = Number(headers['x-rate-limit-reset']) * 1000;
  const date = Date.parse(headers.date ?? '');
  return Number.isFinite(reset) && Number.isFinite(date) ? Math.max(reset - date, 0) : undefined;
};
