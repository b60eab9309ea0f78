/**
 * POST /simulated/control: a person for tests and rehearsals. No path of Okta's; contracts/okta.md §11 "console"
 * - `enter`, `authenticate`, `test`, `save`, `tick`, `provision-user` walk the simulated consoles over HTTP
 * - `approve` opens the link of an approval that the API began (§2.4) and tells what the last page shows
 * - 200 `{"ok":true,"message"}`, or 200 `{"ok":false,"error"}` with what the page said; 400 for a request it cannot read
 */
import { Hono } from 'hono';
import type { Okta, OktaEnv } from '../context.ts';
import type { Json } from '../records.ts';
import { isJson, knows } from '../requests.ts';
import { act, type Action } from './person.ts';

const TEXTS: Readonly<Record<Action['action'], readonly string[]>> = {
  enter: ['appId', 'consumerKey', 'consumerSecret'],
  authenticate: ['appId', 'username', 'password'],
  test: ['appId'],
  save: ['appId'],
  tick: ['appId'],
  'provision-user': ['appId', 'userId'],
  approve: ['link', 'username', 'password'],
};

export const controlRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>().post('/simulated/control', knows(okta), async (c) => {
    c.set('write', false);
    const body: unknown = await c.req.json().catch(() => undefined);
    const action = isJson(body) ? readAction(body) : undefined;
    if (!action) return c.json({ ok: false, error: 'This action is not known, or a field of it is missing.' }, 400);
    try {
      const { ok, message } = await act(okta, action);
      return c.json(ok ? { ok, message } : { ok, error: message });
    } catch (error) {
      return c.json({ ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  });

const readAction = (body: Json): Action | undefined => {
  const texts = TEXTS[body['action'] as Action['action']] as readonly string[] | undefined;
  const complete = texts?.every((name) => typeof body[name] === 'string') ?? false;
  const list = body['features'];
  const ticks = Array.isArray(list) && list.every((one) => typeof one === 'string');
  return complete && (body['action'] !== 'tick' || ticks) ? (body as Action) : undefined;
};
