import { html } from 'hono/html';
import type { Okta } from '../context.ts';
import type { AppRecord, AssignmentRecord } from '../records.ts';
import { BOXES, isTicked, TO_APP } from '../toApp.ts';
import { draftOf, type Message } from './form.ts';

type Html = ReturnType<typeof html>;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:46rem;padding:1rem;color:#1d1d21}
.simulated{background:#1d1d21;color:#fff;padding:.5rem 1rem;border-radius:4px}
fieldset{border:1px solid #8c8c96;border-radius:4px;margin:1rem 0}label{display:block;margin:.5rem 0}
input[type=text],input[type=password]{display:block;width:100%;box-sizing:border-box;padding:.4rem}
button{padding:.4rem .8rem;margin:.3rem .3rem .3rem 0}[data-outcome=ok]{border-left:4px solid #16884a;padding-left:.6rem}
[data-outcome=error]{border-left:4px solid #b3261e;padding-left:.6rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.3rem;border-bottom:1px solid #c8c8d0}`;

export const layout = (title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} - SIMULATED Okta Admin Console</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <p class="simulated">SIMULATED Okta Admin Console. Nothing here reaches Okta.</p>
        <main>${body}</main>
      </body>
    </html>`;

export const messageLine = (message: Message | undefined): Html =>
  message
    ? html`<p id="message" role="${message.ok ? 'status' : 'alert'}" data-outcome="${message.ok ? 'ok' : 'error'}">
        ${message.text}
      </p>`
    : html``;

/** The page of one app: its Provisioning tab, then its Assignments tab. */
export const appPage = (okta: Okta, app: AppRecord): Html =>
  layout(
    app.label,
    html`<h1>${app.label}</h1>
      ${messageLine(draftOf(okta, app).message)} ${integrationForm(okta, app)} ${toAppForm(app)}
      ${assignments(okta, app)}`
  );

const integrationForm = (okta: Okta, app: AppRecord): Html => {
  const { consumerKey, consumerSecret, refreshToken } = draftOf(okta, app);
  const connected = okta.store.connections.get(app.id)?.enabled === true;
  return html`<section id="tab-user-management">
    <h2>Provisioning: Integration</h2>
    <p>
      API integration is ${connected ? 'enabled' : 'not enabled'}.
      ${refreshToken === undefined ? '' : 'An authentication is not saved yet.'}
    </p>
    <form id="api-credentials" method="post" action="${pathOf(app)}user-management" autocomplete="off">
      <fieldset>
        <legend>Configure API Integration</legend>
        <label><input type="checkbox" name="enabled" value="on" checked /> Enable API integration</label>
        <label>OAuth Consumer Key <input type="text" name="consumerKey" value="${consumerKey}" /></label>
        <label
          >OAuth Consumer Secret
          <input
            type="password"
            name="consumerSecret"
            value=""
            autocomplete="off"
            placeholder="${consumerSecret ? 'unchanged' : ''}"
        /></label>
        <button name="button" value="authenticate">
          ${connected ? 'Re-authenticate' : 'Authenticate'} with Salesforce.com
        </button>
        <button name="button" value="test">Test API Credentials</button>
        <button name="button" value="save">Save</button>
      </fieldset>
    </form>
  </section>`;
};

const toAppForm = (app: AppRecord): Html =>
  html`<section>
    <h2>Provisioning: To App</h2>
    <form id="create-n-update" method="post" action="${pathOf(app)}to-app">
      <fieldset>
        <legend>Provisioning to App</legend>
        ${BOXES.map(
          (box) =>
            html`<label
              ><input type="checkbox" name="feature" value="${box}" ${isTicked(app, box) ? 'checked' : ''} />
              ${TO_APP[box].label}</label
            >`
        )}
        <button name="button" value="to-app">Save</button>
      </fieldset>
    </form>
  </section>`;

const assignments = ({ store }: Okta, app: AppRecord): Html =>
  html`<section id="tab-assignments">
    <h2>Assignments</h2>
    <table>
      <thead>
        <tr>
          <th>User</th>
          <th>Status</th>
          <th>Provisioning</th>
        </tr>
      </thead>
      <tbody>
        ${store.assignments.filter(({ appId }) => appId === app.id).map((one) => assignmentRow(app, one))}
      </tbody>
    </table>
  </section>`;

const BEFORE =
  'User was assigned this application before Provisioning was enabled and not provisioned in the downstream application. Click Provision User.';

const assignmentRow = (app: AppRecord, { userId, userName, status, syncState, externalId }: AssignmentRecord): Html =>
  html`<tr>
    <td>${userName}</td>
    <td>${status}, ${syncState}</td>
    <td>
      ${externalId ?? (syncState === 'DISABLED' && app.features.length > 0 ? BEFORE : '')}
      ${provisionForm(app, { userId, userName, syncState })}
    </td>
  </tr>`;

const provisionForm = (app: AppRecord, one: { userId: string; userName: string; syncState: string }): Html =>
  app.features.length > 0 && ['DISABLED', 'ERROR'].includes(one.syncState)
    ? html`<form id="provision-${one.userId}" method="post" action="${pathOf(app)}users/${one.userId}/provision">
        <button aria-label="Provision User ${one.userName}">Provision User</button>
      </form>`
    : html``;

export const pathOf = ({ name, id }: AppRecord): string => `/admin/app/${name}/instance/${id}/`;
