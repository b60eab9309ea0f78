import type { Grant, Login } from '../clients/salesforce/types.ts';
import type { App } from './app.ts';
import type { PairResource } from './context.ts';
import { connectedApps } from './connectedApps.ts';
import { externalClientApps } from './externalClientApps.ts';
import { integrationUser } from './integrationUser.ts';

/** An approval that Salesforce stores, with the time at which it was given where that can be told. */
export interface DatedGrant extends Grant {
  readonly grantedAt?: string;
}

/** Our app without all that is told of it: its label is what Salesforce lists its doings under. */
export const ownApp: PairResource<App | undefined> = {
  id: 'salesforce.own-app',
  read: async ({ context, see }) => {
    const { name, type } = context.intent.oauthApp;
    const apps = await see(type === 'connected-app' ? connectedApps : externalClientApps);
    return apps.find((app) => app.name === name);
  },
};

/** The integration user's OAuth logins through the app, oldest first. */
export const oauthLogins: PairResource<Login[]> = {
  id: 'salesforce.oauth-logins',
  read: async ({ context: { salesforce }, see }) => {
    const [app, user] = await Promise.all([see(ownApp), see(integrationUser)]);
    if (!app || user.kind !== 'found') return [];
    return (await salesforce.oauthLogins(user.user.Id)).filter(({ Application }) => Application === app.label);
  },
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
