/**
 * The simulated org's front door: what holds for every answer, written once. contracts/okta.md §7.1, §7.3, §7.4
 * - `date` of the simulated clock and `x-okta-request-id` on every answer
 * - `x-rate-limit-*` on every `/api/v1` answer; the limit is checked before the credentials (order UNCONFIRMED)
 * - a refusal that a route throws becomes an error object with an id of its own
 * - a route that the simulator does not know is 501 E0000052 and recorded
 * - not simulated: cookies, `content-security-policy`, content negotiation
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import type { SimulatorEnv, VendorManners } from '../server.ts';
import { authenticate } from './auth.ts';
import { consoleRoutes } from './console/routes.ts';
import type { Okta, OktaEnv } from './context.ts';
import { controlRoutes } from './control/routes.ts';
import { errorWire, noPermission, internal, notImplemented, OktaRefusal, rateLimited, readOnlyMode } from './errors.ts';
import type { Ids } from './ids.ts';
import { bucketOf } from './limits.ts';
import { allow } from './rights.ts';
import { appRoutes } from './routes/apps.ts';
import { appUserRoutes } from './routes/appUsers.ts';
import { connectionRoutes } from './routes/connections.ts';
import { featureRoutes } from './routes/features.ts';
import { logRoutes } from './routes/logs.ts';
import { orgRoutes } from './routes/org.ts';
import { schemaRoutes } from './routes/schemas.ts';
import { tokenRoutes } from './routes/token.ts';
import { userRoutes } from './routes/users.ts';

export const createApp = (okta: Okta): Hono<SimulatorEnv> => {
  const org = new Hono<OktaEnv>();
  org.use(dress(okta));
  org.use('/api/v1/*', keepBody, limit(okta), authenticate(okta), allow(okta));
  org.use('/api/v1/*', crowd(okta));
  for (const routes of [
    orgRoutes,
    appRoutes,
    connectionRoutes,
    featureRoutes,
    appUserRoutes,
    userRoutes,
    schemaRoutes,
  ]) {
    org.route('/', routes(okta));
  }
  for (const routes of [logRoutes, tokenRoutes, consoleRoutes, controlRoutes]) org.route('/', routes(okta));
  const app = new Hono<SimulatorEnv>();
  app.use(okta.traffic.wrap());
  app.route('/', org);
  app.onError((error, c) => refuse(okta, error, c));
  app.notFound((c) => okta.traffic.refuseUnknown(`${c.req.method} ${c.req.path}`));
  return app;
};

/** How this vendor words the faults that tests inject and what nobody has simulated. */
export const manners = (clock: Clock, ids: Ids): VendorManners => {
  const answer = (refusal: OktaRefusal, headers: Record<string, string> = {}): Response =>
    Response.json(errorWire(refusal, ids.error()), {
      status: refusal.status,
      headers: { ...headers, date: httpDate(clock), 'x-okta-request-id': ids.request() },
    });
  return {
    clock,
    refusal: (status): Response => {
      if (status === 403) return answer(noPermission());
      if (status === 500) return answer(internal());
      if (status === 503) return answer(readOnlyMode());
      const reset = String(Math.ceil(clock.now() / 1000) + 1);
      return answer(rateLimited(), { ...rateHeaders(50, 0), 'x-rate-limit-reset': reset });
    },
    unknown: (what) => answer(notImplemented(`Not simulated: ${what}`)),
  };
};

const rateHeaders = (allowed: number, remaining: number): Record<string, string> => ({
  'x-rate-limit-limit': String(allowed),
  'x-rate-limit-remaining': String(remaining),
});

const httpDate = (clock: Clock): string => new Date(clock.now()).toUTCString();

const dress =
  ({ clock, ids }: Okta): MiddlewareHandler<OktaEnv> =>
  async (c, next) => {
    c.set('requestId', ids.request());
    await next();
    c.header('date', httpDate(clock));
    c.header('x-okta-request-id', c.get('requestId'));
    c.header('cache-control', 'no-cache, no-store');
    c.header('x-content-type-options', 'nosniff');
  };

const keepBody: MiddlewareHandler<OktaEnv> = async (c, next) => {
  const text = c.req.method === 'GET' ? '' : await c.req.text();
  if (text !== '') c.set('body', text);
  return next();
};

const limit =
  ({ limiter }: Okta): MiddlewareHandler<OktaEnv> =>
  async (c, next) => {
    const { limit: allowed, remaining, reset, exceeded } = limiter.take(bucketOf(c.req.method, c.req.path));
    const headers = { ...rateHeaders(allowed, remaining), 'x-rate-limit-reset': String(reset) };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (exceeded) throw rateLimited();
    return next();
  };

/** contracts/okta.md §7.4: a concurrency limit has limit and remaining 0, and resolves itself. */
const crowd = ({ capacity }: Okta): MiddlewareHandler<OktaEnv> => {
  let under = 0;
  return async (c, next) => {
    under += 1;
    try {
      if (under > capacity.concurrency) {
        for (const [name, value] of Object.entries(rateHeaders(0, 0))) c.header(name, value);
        throw rateLimited();
      }
      await next();
    } finally {
      under -= 1;
    }
  };
};

const refuse = ({ ids }: Okta, error: Error, c: Context): Response => {
  if (!(error instanceof OktaRefusal)) throw error;
  return c.json(errorWire(error, ids.error()), error.status);
};
