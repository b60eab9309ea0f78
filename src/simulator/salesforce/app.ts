/**
 * The simulated org as one app: routes, and the one place where a refusal becomes an answer.
 * contracts/salesforce.md §5.3, §6.3, §7, §11.1
 * - a path may begin with several slashes, as `sf org login --instance-url` makes it (§10.2)
 * - what is not known is 501 and recorded
 */
import { Hono, type Context } from 'hono';
import { Traffic, type SimulatorEnv, type VendorManners } from '../server.ts';
import type { Clock } from '../clock.ts';
import { consentPages } from './console/consent.ts';
import { loginPages } from './console/login.ts';
import { passwordPages } from './console/passwords.ts';
import { setupPages } from './console/setup.ts';
import { controlRoutes } from './control.ts';
import { NotSimulated, OAuthError, RestError, SoapFault } from './errors.ts';
import { writeFault } from './metadata/envelope.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { deployRoutes } from './routes/deploy.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { queryRoutes } from './routes/query.ts';
import { soapRoutes } from './routes/soap.ts';
import { sobjectRoutes } from './routes/sobjects.ts';
import { tokenRoutes } from './routes/token.ts';
import type { SalesforceStore } from './store.ts';

export const salesforceApp = (store: SalesforceStore, traffic: Traffic): Hono<SimulatorEnv> => {
  const app = new Hono<SimulatorEnv>({ getPath: (request) => new URL(request.url).pathname.replace(/^\/{2,}/, '/') });
  app.use(traffic.wrap());
  app.use(async (c, next) => {
    const text = c.req.method === 'GET' ? '' : await c.req.text();
    if (text !== '') c.set('body', text);
    await next();
  });
  const parts = [
    ...[
      discoveryRoutes,
      queryRoutes,
      sobjectRoutes,
      credentialRoutes,
      soapRoutes,
      deployRoutes,
      authorizeRoutes,
      tokenRoutes,
    ],
    ...[loginPages, consentPages, setupPages, passwordPages, controlRoutes],
  ];
  for (const part of parts) app.route('/', part(store));
  app.notFound((c) => traffic.refuseUnknown(`${c.req.method} ${c.req.path}`));
  app.onError((error, c) => refuse(error, c, traffic));
  return app;
};

const refuse = (error: Error, c: Context<SimulatorEnv>, traffic: Traffic): Response => {
  if (error instanceof NotSimulated) return traffic.refuseUnknown(error.message);
  if (error instanceof RestError) return c.json(error.body(), error.status);
  if (error instanceof OAuthError) return c.json({ error: error.error, error_description: error.message }, 400);
  if (error instanceof SoapFault) {
    return c.body(writeFault(error.code, error.message), 500, { 'content-type': 'text/xml;charset=UTF-8' });
  }
  throw error;
};

const CODES = {
  403: 'INSUFFICIENT_ACCESS',
  429: 'REQUEST_LIMIT_EXCEEDED',
  500: 'UNKNOWN_EXCEPTION',
  503: 'SERVER_UNAVAILABLE',
} as const;

/** How this vendor words a fault that a test armed. */
export const salesforceManners = (clock: Clock): VendorManners => ({
  clock,
  refusal: (status) => Response.json([{ message: 'simulated fault', errorCode: CODES[status] }], { status }),
  unknown: (what) =>
    Response.json([{ message: `not simulated: ${what}`, errorCode: 'NOT_SIMULATED' }], { status: 501 }),
});
