/**
 * The part of the Admin Console that the handshake needs, as real pages. contracts/okta.md §2.4, §9.3, §10, §11, §14
 * - the page of a `salesforce` app at its REPORTED deep link, with the tabs Provisioning and Assignments
 * - "Provision User" provisions an assignment that was made before provisioning was enabled, or that failed
 * - the shared redirector goes back to the page, or, for a handshake that the API began, shows where to POST the code
 * - no page ever shows the consumer secret
 * - not simulated: the admin's own sign-in and roles, XSRF tokens, the `-admin` host, To Okta, pop-up windows, the
 * paths that the forms post to (the real ones are private)
 */
import { Hono, type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { authorOf, type Okta, type OktaEnv } from '../context.ts';
import { CALLBACK } from '../engine/authorization.ts';
import { provisionInSalesforce } from '../engine/provision.ts';
import type { AppRecord } from '../records.ts';
import { knows } from '../requests.ts';
import { assignmentTargets } from '../systemLog.ts';
import { BOXES } from '../toApp.ts';
import { beginAuthentication, finishAuthentication } from './authentication.ts';
import { draftOf, fill, type Message } from './form.ts';
import { appPage, layout, messageLine, pathOf } from './pages.ts';
import { saveConnection, saveToApp, testCredentials } from './saving.ts';

const PAGE = '/admin/app/salesforce/instance/:appId';

type PageEnv = OktaEnv & { Variables: { app: AppRecord } };

export const consoleRoutes = (okta: Okta): Hono<OktaEnv> => {
  const ofApp = appOfPage(okta);
  return new Hono<OktaEnv>()
    .get(PAGE, knows(okta), (c) => c.redirect(`${c.req.path}/`))
    .get(`${PAGE}/`, knows(okta), ofApp, (c) => c.html(appPage(okta, c.get('app'))))
    .post(`${PAGE}/user-management`, knows(okta), ofApp, async (c) => pressIntegrationButton(okta, c))
    .post(`${PAGE}/to-app`, knows(okta), ofApp, async (c) => {
      const app = c.get('app');
      const ticked = (await c.req.formData()).getAll('feature');
      const press = { okta, author: authorOf(okta, c), app, draft: draftOf(okta, app) };
      const boxes = BOXES.filter((box) => ticked.includes(box));
      return back(okta, app, saveToApp(press, boxes));
    })
    .post(`${PAGE}/users/:userId/provision`, knows(okta), ofApp, (c) => provisionUser(okta, c, c.req.param('userId')))
    .get(CALLBACK, knows(okta, 'code', 'state', 'error', 'error_description'), async (c) => {
      const pending = okta.store.pending.get(c.req.query('state') ?? '');
      if (pending?.by === 'api') return c.json({ continue_oauth_flow_url: continueAt(okta, pending.appId, c) });
      const app = await finishAuthentication(okta, c.req.query(), authorOf(okta, c));
      if (app) return c.redirect(`${pathOf(app)}#tab-user-management/api-credentials`);
      return c.html(problemPage('The state of this sign-in is unknown or was used before.'), 403);
    });
};

const appOfPage = ({ store }: Okta): ReturnType<typeof createMiddleware<PageEnv>> =>
  createMiddleware<PageEnv>(async (c, next) => {
    const app = store.apps.get(c.req.param('appId') ?? '');
    if (app?.name !== 'salesforce') return c.html(problemPage('This application does not exist.'), 404);
    c.set('app', app);
    return next();
  });

const pressIntegrationButton = async (okta: Okta, c: Context<PageEnv>): Promise<Response> => {
  const app = c.get('app');
  const form = await c.req.formData();
  const field = (name: string): string => String(form.get(name) ?? '');
  const draft = fill(okta, app, { key: field('consumerKey'), secret: field('consumerSecret') });
  if (field('button') === 'authenticate') {
    const next = beginAuthentication(okta, app, draft);
    return next instanceof URL ? c.redirect(next.href) : back(okta, app, next);
  }
  const press = { okta, author: authorOf(okta, c), app, draft };
  const saving = field('button') === 'save';
  return back(okta, app, await (saving ? saveConnection(press, form.has('enabled')) : testCredentials(press)));
};

const provisionUser = (okta: Okta, c: Context<PageEnv>, userId: string): Response | Promise<Response> => {
  const app = c.get('app');
  const assignment = okta.store.assignment(app.id, userId);
  const user = assignment && okta.store.users.get(assignment.userId);
  if (!user) return c.html(problemPage('This assignment does not exist.'), 404);
  Object.assign(assignment, { syncState: 'SYNCING', lastUpdated: okta.clock.now() });
  const targets = assignmentTargets(assignment, app, user);
  okta.log.write(authorOf(okta, c), { eventType: 'application.user_membership.provision', targets });
  provisionInSalesforce(okta, assignment);
  return back(okta, app, { ok: true, text: `${assignment.userName} is being provisioned.` });
};

const continueAt = ({ url }: Okta, appId: string, c: Context<OktaEnv>): Record<string, string> => ({
  href: `${url}/api/v1/apps/salesforce/${appId}/oauth2/callback${new URL(c.req.url).search}`,
  method: 'POST',
});

/** Back to the app's page, which shows what came of it. */
const back = (okta: Okta, app: AppRecord, message: Message): Response => {
  okta.store.drafts.set(app.id, { ...draftOf(okta, app), message });
  return new Response(null, { status: 303, headers: { location: pathOf(app) } });
};

const problemPage = (text: string): ReturnType<typeof layout> => layout('Problem', messageLine({ ok: false, text }));
