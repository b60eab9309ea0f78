/**
 * The one provisioning connection of an app, called `default`. contracts/okta.md §2.1, §2.3
 * - an unknown app is 404 (AppInstance) on every call
 * - POST is 200; a body that is no JSON object is 400 E0000003
 * - activate and deactivate are 204 without a body
 * - POST /api/v1/apps/{appName}/{appId}/oauth2/callback is 404 E0000008 for an app that has no such handshake, 204 else
 * - not simulated: `jwks`, `activate=true` in POST
 */
import { Hono, type Context } from 'hono';
import type { Asked } from '../connectionApi.ts';
import { authorOf, type Okta, type OktaEnv } from '../context.ts';
import { noSuchPath } from '../errors.ts';
import { jsonBody, knows } from '../requests.ts';
import { findApp } from './apps.ts';

const CONNECTION = '/api/v1/apps/:appId/connections/default';

export const asking = (okta: Okta, c: Context<OktaEnv>, appId: string): Asked => ({
  okta,
  app: findApp(okta, appId),
  author: authorOf(okta, c),
});

export const connectionRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get(CONNECTION, knows(okta), (c) => c.json(okta.connectionApi.read(asking(okta, c, c.req.param('appId')))))
    .post(CONNECTION, knows(okta, 'activate'), async (c) => {
      const asked = asking(okta, c, c.req.param('appId'));
      return c.json(okta.connectionApi.write(asked, await jsonBody(c)));
    })
    .post(`${CONNECTION}/lifecycle/:turn{activate|deactivate}`, knows(okta), async (c) => {
      const turn = c.req.param('turn') === 'activate' ? 'activate' : 'deactivate';
      await okta.connectionApi.turn(asking(okta, c, c.req.param('appId')), turn);
      return c.body(null, 204);
    })
    .post('/api/v1/apps/:appName/:appId/oauth2/callback', knows(okta, 'code', 'state'), async (c) => {
      const asked = asking(okta, c, c.req.param('appId'));
      if (asked.app.name !== c.req.param('appName')) throw noSuchPath();
      const { code = '', state = '' } = c.req.query() as { code?: string; state?: string };
      await okta.connectionApi.finish(asked, { code, state });
      return c.body(null, 204);
    });
