/**
 * Rate limits, per bucket of endpoints and minute, for the whole org. contracts/okta.md §7.3, §7.4
 * - a window opens with its first request and ends a minute later
 * - past the limit: 429 E0000047, remaining 0, no `Retry-After`
 * - not simulated: the share of one token, limits per user; concurrency limits are in `app.ts`
 */
import type { Clock } from '../clock.ts';

export type Bucket = 'apps' | 'app' | 'apps-delete' | 'users' | 'me' | 'logs' | 'default';

export type RateLimits = Readonly<Record<Bucket, number>>;

export const GENEROUS: RateLimits = {
  apps: 1000,
  app: 1000,
  'apps-delete': 500,
  users: 1000,
  me: 1000,
  logs: 1000,
  default: 1000,
};

const MINUTE = 60_000;

export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds since the epoch. */
  readonly reset: number;
  readonly exceeded: boolean;
}

export const bucketOf = (method: string, path: string): Bucket => {
  if (/^\/api\/v1\/apps\/[^/]+$/.test(path) && method === 'DELETE') return 'apps-delete';
  if (path === '/api/v1/apps') return 'apps';
  if (path.startsWith('/api/v1/apps/')) return 'app';
  if (path === '/api/v1/users/me') return 'me';
  if (path === '/api/v1/users' || path.startsWith('/api/v1/users/')) return 'users';
  return path === '/api/v1/logs' ? 'logs' : 'default';
};

export class Limiter {
  readonly #limits: RateLimits;
  readonly #clock: Clock;
  readonly #windows = new Map<Bucket, { opened: number; used: number }>();

  public constructor(limits: Partial<RateLimits>, clock: Clock) {
    this.#limits = { ...GENEROUS, ...limits };
    this.#clock = clock;
  }

  public take(bucket: Bucket): Allowance {
    const now = this.#clock.now();
    let window = this.#windows.get(bucket);
    if (!window || now >= window.opened + MINUTE) {
      window = { opened: now, used: 0 };
      this.#windows.set(bucket, window);
    }
    const limit = this.#limits[bucket];
    const exceeded = window.used >= limit;
    if (!exceeded) window.used += 1;
    return { limit, remaining: limit - window.used, reset: Math.ceil((window.opened + MINUTE) / 1000), exceeded };
  }

  public reset(): void {
    this.#windows.clear();
  }
}
