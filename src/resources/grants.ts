import type { LogWindow } from '../clients/logWindow.ts';
import type { Grant, Login } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';
import { integrationIdentity } from './integrationUser.ts';
import { ownApp } from './ownApp.ts';

/** An approval that Salesforce stores, with the time at which it was given where that can be told. */
export interface DatedGrant extends Grant {
  readonly grantedAt?: string;
}

/** The integration user's OAuth logins through the app. */
export const oauthLoginWindow: PairResource<LogWindow<Login>> = {
  id: 'salesforce.oauth-login-window',
  read: async ({ context: { salesforce }, see }) => {
    const [app, user] = await Promise.all([see(ownApp), see(integrationIdentity)]);
    if (!app || user.kind !== 'found') return { rows: [] };
    const all = await salesforce.oauthLogins(user.user.Id);
    return { ...all, rows: all.rows.filter(({ Application }) => Application === app.label) };
  },
};

/** The same, oldest first, where it does not matter how far back they go. */
export const oauthLogins: PairResource<Login[]> = {
  id: 'salesforce.oauth-logins',
  read: async ({ see }) => (await see(oauthLoginWindow)).rows,
};

/** All approvals of the app, whosever. */
export const grants: PairResource<DatedGrant[]> = {
  id: 'salesforce.grants',
  read: async ({ context: { salesforce }, see }) => {
    const app = await see(ownApp);
    if (!app) return [];
    const given = await salesforce.grants(app.label);
    // Only where the approvals do not say when they were given does the login history have to.
    const logins = given.every(({ CreatedDate }) => CreatedDate) ? [] : await see(oauthLogins);
    return given.map((grant) => {
      const grantedAt = grant.CreatedDate ?? exchangeTime(grant, logins);
      return { ...grant, ...(grantedAt ? { grantedAt } : {}) };
    });
  },
};

/** The exchange of a code writes a row of its own (contracts/salesforce.md §11.2): the newest tells when the grant was given. */
const exchangeTime = ({ UserId }: Grant, logins: readonly Login[]): string | undefined =>
  logins.findLast(
    (login) => login.UserId === UserId && login.LoginSubType === 'OauthWebServer' && login.Status === 'Success'
  )?.LoginTime;
