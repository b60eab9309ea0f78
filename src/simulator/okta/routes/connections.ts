/**
 * The one provisioning connection of an app, called `default`. contracts/okta.md §2.1, §2.3
 * - an unknown app is 404 (AppInstance) on every call
 * - POST is 200; a body that is no JSON object is 400 E0000003
 * - activate and deactivate are 204 without a body
 * - POST /api/v1/apps/{appName}/{appId}/oauth2/callback knows four app names, and `salesforce` is none of them: 404
 *   E0000008 (the real answer is UNCONFIRMED)
 * - not simulated: `jwks`, the OAuth handshake by API (§2.4)
 */
import { Hono } from 'hono';
import type { Okta, OktaEnv } from '../context.ts';
import { noSuchPath } from '../errors.ts';
import { jsonBody, knows } from '../requests.ts';
import { findApp } from './apps.ts';

const CONNECTION = '/api/v1/apps/:appId/connections/default';

export const connectionRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get(CONNECTION, knows(okta), (c) => c.json(okta.connectionApi.read(findApp(okta, c.req.param('appId')))))
    .post(CONNECTION, knows(okta, 'activate'), async (c) => {
      const app = findApp(okta, c.req.param('appId'));
      return c.json(okta.connectionApi.write(app, await jsonBody(c)));
    })
    .post(`${CONNECTION}/lifecycle/:turn{activate|deactivate}`, knows(okta), (c) => {
      const turn = c.req.param('turn') === 'activate' ? 'activate' : 'deactivate';
      okta.connectionApi.turn(findApp(okta, c.req.param('appId')), turn);
      return c.body(null, 204);
    })
    .post('/api/v1/apps/:appName/:appId/oauth2/callback', knows(okta, 'code', 'state'), () => {
      throw noSuchPath();
    });
