/**
 * The part of the Admin Console that the handshake needs, as real pages. contracts/okta.md §9.3, §10, §11, §14
 * - the page of a `salesforce` app at its REPORTED deep link, with the tabs Provisioning and Assignments
 * - "Provision User" provisions an assignment that was made before provisioning was enabled, or that failed
 * - no page ever shows the consumer secret
 * - not simulated: the admin's own sign-in and roles, XSRF tokens, the `-admin` host, To Okta, pop-up windows, the
 *   paths that the forms post to (the real ones are private)
 */
import { Hono } from 'hono';
import { authorOf, type Okta, type OktaEnv } from '../context.ts';
import { provisionInSalesforce } from '../engine/provision.ts';
import type { AppRecord, DraftRecord } from '../records.ts';
import { knows } from '../requests.ts';
import { assignmentTargets } from '../systemLog.ts';
import { beginAuthentication, CALLBACK, finishAuthentication } from './authentication.ts';
import { draftOf, fill, type Message } from './form.ts';
import { appPage, layout, messageLine, pathOf } from './pages.ts';
import { BOXES, saveConnection, saveToApp, testCredentials } from './saving.ts';

const PAGE = '/admin/app/salesforce/instance/:appId';

export const consoleRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get(`${PAGE}/`, knows(okta), async (c) => {
      const app = salesforceApp(okta, c.req.param('appId'));
      return app ? c.html(appPage(okta, app)) : c.html(problemPage('This application does not exist.'), 404);
    })
    .get(PAGE, knows(okta), (c) => c.redirect(`${c.req.path}/`))
    .post(`${PAGE}/user-management`, knows(okta), async (c) => {
      const app = salesforceApp(okta, c.req.param('appId'));
      if (!app) return c.html(problemPage('This application does not exist.'), 404);
      const form = await c.req.formData();
      const field = (name: string): string => String(form.get(name) ?? '');
      const draft = fill(okta, app, { key: field('consumerKey'), secret: field('consumerSecret') });
      if (field('button') === 'authenticate') {
        const next = beginAuthentication(okta, app, draft);
        if (next instanceof URL) return c.redirect(next.href);
        return back(okta, app, next);
      }
      const press = { okta, c, app, draft, enabled: form.has('enabled') };
      return back(okta, app, await (field('button') === 'test' ? testCredentials(press) : saveConnection(press)));
    })
    .post(`${PAGE}/to-app`, knows(okta), async (c) => {
      const app = salesforceApp(okta, c.req.param('appId'));
      if (!app) return c.html(problemPage('This application does not exist.'), 404);
      const ticked = (await c.req.formData()).getAll('feature');
      const boxes = BOXES.filter((box) => ticked.includes(box));
      return back(okta, app, saveToApp({ okta, c, app, draft: draftOf(okta, app) }, boxes));
    })
    .post(`${PAGE}/users/:userId/provision`, knows(okta), (c) => {
      const app = salesforceApp(okta, c.req.param('appId'));
      const assignment = app && okta.store.assignment(app.id, c.req.param('userId'));
      const user = assignment && okta.store.users.get(assignment.userId);
      if (!app || !user) return c.html(problemPage('This assignment does not exist.'), 404);
      Object.assign(assignment, { syncState: 'SYNCING', lastUpdated: okta.clock.now() });
      const targets = assignmentTargets(assignment, app, user);
      okta.log.write(authorOf(okta, c), { eventType: 'application.user_membership.provision', targets });
      provisionInSalesforce(okta, assignment);
      return back(okta, app, { ok: true, text: `${assignment.userName} is being provisioned.` });
    })
    .get(CALLBACK, knows(okta, 'code', 'state', 'error', 'error_description'), async (c) => {
      const app = await finishAuthentication(okta, c);
      if (!app) return c.html(problemPage('The state of this sign-in is unknown or was used before.'), 403);
      return c.redirect(`${pathOf(app)}#tab-user-management/api-credentials`);
    });

const salesforceApp = ({ store }: Okta, appId: string): AppRecord | undefined => {
  const app = store.apps.get(appId);
  return app?.name === 'salesforce' ? app : undefined;
};

/** Back to the app's page, which shows what came of it. */
const back = (okta: Okta, app: AppRecord, message: Message): Response => {
  const draft: DraftRecord = draftOf(okta, app);
  okta.store.drafts.set(app.id, { ...draft, message });
  return new Response(null, { status: 303, headers: { location: pathOf(app) } });
};

const problemPage = (text: string): ReturnType<typeof layout> => layout('Problem', messageLine({ ok: false, text }));
