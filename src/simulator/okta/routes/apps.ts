/**
 * App instances, /api/v1/apps. contracts/okta.md §1.1–§1.4
 * - list: `q` starts name or label; `filter` on id, status, name, credentials.signing.kid, settings.slo.enabled; `limit`
 * up to 200. The page size without `limit` is told as -1; 20 here, so that a client that does not page is found out
 * - inactive apps are listed whatever `includeNonDeleted` says (UNCONFIRMED)
 * - create is 200, not 201; `activate=false` makes it INACTIVE; `features` in a body is ignored
 * - PUT replaces all but id, name, status, dates and features; what is not sent falls back to its default
 * - activate and deactivate are 200 `{}`; DELETE of an ACTIVE app is 403 E0000056
 * - not simulated: groups, `useOptimization`, PUT's E0000024 "No active instances."
 */
import { Hono } from 'hono';
import { inCatalog, readAppForm } from '../appCatalog.ts';
import { authorOf, type Okta, type OktaEnv, linkBase } from '../context.ts';
import { deleteForbidden, invalid, notFound } from '../errors.ts';
import { limitOf, pageOf } from '../paging.ts';
import type { AppRecord, AssignmentRecord, Json } from '../records.ts';
import { jsonBody, knows, textOf } from '../requests.ts';
import { parseFilter, type Fields } from '../scim.ts';
import { appTarget } from '../systemLog.ts';
import { appUserWire } from '../wire/appUser.ts';
import { appWire } from '../wire/app.ts';

const LIST = [
  'q',
  'filter',
  'limit',
  'after',
  'expand',
  'useOptimization',
  'alwaysIncludeVpnSettings',
  'includeNonDeleted',
];
const TOO_MANY = 'Cannot create application instance. Maximum number of instances has been reached.';
const EQ = ['eq'];
const FIELDS: Fields = {
  id: EQ,
  status: EQ,
  name: EQ,
  'credentials.signing.kid': EQ,
  'settings.slo.enabled': EQ,
};

export const findApp = ({ store }: Okta, appId: string): AppRecord => {
  const app = store.apps.get(appId);
  if (!app) throw notFound(appId, 'AppInstance');
  return app;
};

export const appRoutes = (okta: Okta): Hono<OktaEnv> => {
  const wire = (app: AppRecord): Json => appWire(app, { url: okta.url, orgId: okta.store.org.id });
  return new Hono<OktaEnv>()
    .get('/api/v1/apps', knows(okta, ...LIST), (c) => {
      const query = c.req.query();
      const limit = limitOf(query['limit'], { otherwise: 20, max: 200 });
      const expand = embedder(okta, query['expand']);
      const where = { base: linkBase(okta), path: c.req.path, query, limit };
      const { items, links } = pageOf(listApps(okta, query), ({ id }) => id, where);
      for (const link of links) c.header('link', link, { append: true });
      return c.json(items.map((app) => ({ ...wire(app), ...expand(app) })));
    })
    .post('/api/v1/apps', knows(okta, 'activate'), async (c) => {
      const body = await jsonBody(c);
      const name = textOf(body, 'name');
      if (name === undefined) throw invalid('name', 'name: The field cannot be left blank');
      if (!inCatalog(name)) return okta.traffic.refuseUnknown(`POST /api/v1/apps of an app named ${name}`);
      const instances = [...okta.store.apps.values()].filter((one) => one.name === name).length;
      if (instances >= okta.capacity.instances) throw invalid('name', TOO_MANY);
      const app = createApp(okta, { name, body, active: c.req.query('activate') !== 'false' });
      okta.log.write(authorOf(okta, c), { eventType: 'application.lifecycle.create', targets: [appTarget(app)] });
      if (app.status === 'ACTIVE') {
        okta.log.write(authorOf(okta, c), { eventType: 'application.lifecycle.activate', targets: [appTarget(app)] });
      }
      return c.json(wire(app));
    })
    .get('/api/v1/apps/:appId', knows(okta, 'expand'), (c) => {
      const app = findApp(okta, c.req.param('appId'));
      return c.json({ ...wire(app), ...embedder(okta, c.req.query('expand'))(app) });
    })
    .put('/api/v1/apps/:appId', knows(okta), async (c) => {
      const app = findApp(okta, c.req.param('appId'));
      const form = readAppForm(app.name, await jsonBody(c));
      const from = { label: app.label, app_instance_properties: app.appSettings };
      Object.assign(app, form, { lastUpdated: okta.clock.now() });
      const to = { label: app.label, app_instance_properties: app.appSettings };
      okta.log.write(authorOf(okta, c), {
        eventType: 'application.lifecycle.update',
        targets: [appTarget(app, { from, to })],
      });
      return c.json(wire(app));
    })
    .post('/api/v1/apps/:appId/lifecycle/:turn{activate|deactivate}', knows(okta), (c) => {
      const app = findApp(okta, c.req.param('appId'));
      const turn = c.req.param('turn');
      app.status = turn === 'activate' ? 'ACTIVE' : 'INACTIVE';
      app.lastUpdated = okta.clock.now();
      okta.log.write(authorOf(okta, c), { eventType: `application.lifecycle.${turn}`, targets: [appTarget(app)] });
      return c.json({});
    })
    .delete('/api/v1/apps/:appId', knows(okta), (c) => {
      const app = findApp(okta, c.req.param('appId'));
      if (app.status === 'ACTIVE') throw deleteForbidden();
      forgetApp(okta, app);
      okta.log.write(authorOf(okta, c), { eventType: 'application.lifecycle.delete', targets: [appTarget(app)] });
      return c.body(null, 204);
    });
};

const createApp = (okta: Okta, { name, body, active }: { name: string; body: Json; active: boolean }): AppRecord => {
  const now = okta.clock.now();
  const app: AppRecord = {
    ...readAppForm(name, body),
    id: okta.ids.of('0oa'),
    name,
    status: active ? 'ACTIVE' : 'INACTIVE',
    created: now,
    lastUpdated: now,
    features: [],
  };
  okta.store.apps.set(app.id, app);
  return app;
};

const forgetApp = ({ store }: Okta, { id }: AppRecord): void => {
  for (const map of [store.apps, store.connections, store.drafts]) map.delete(id);
  for (const assignment of store.assignments.filter(({ appId }) => appId === id)) store.unassign(assignment);
};

const listApps = ({ store }: Okta, query: Readonly<Record<string, string>>): AppRecord[] => {
  const { q, filter } = query as { q?: string; filter?: string };
  const wanted = filter === undefined ? undefined : parseFilter(filter, FIELDS);
  const starts = (text: string): boolean => text.toLowerCase().startsWith((q ?? '').toLowerCase());
  return [...store.apps.values()]
    .filter(({ name, label }) => starts(name) || starts(label))
    .filter((app) => !wanted || wanted((attribute) => [valueOf(app, attribute)]));
};

const valueOf = ({ id, name, status, signOnMode }: AppRecord, attribute: string): string | null => {
  if (attribute === 'id') return id;
  if (attribute === 'name') return name;
  if (attribute === 'status') return status;
  if (attribute === 'settings.slo.enabled') return 'false';
  return signOnMode === 'SAML_2_0' ? `kid-${id}` : null;
};

/** `expand=user/{userId}` embeds the assignment of that user. */
const embedder = (okta: Okta, expand: string | undefined): ((app: AppRecord) => Json) => {
  if (expand === undefined) return () => ({});
  const [, userId] = /^user\/([^/]+)$/.exec(expand) ?? [];
  if (userId === undefined) throw invalid('RequestParams', 'Expand query is malformed.');
  return (app) => {
    const assignment: AssignmentRecord | undefined = okta.store.assignment(app.id, userId);
    return assignment ? { _embedded: { user: appUserWire(okta, assignment) } } : {};
  };
};
