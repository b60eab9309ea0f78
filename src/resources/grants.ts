import type { Grant, Login } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';
import { connectedApps } from './connectedApps.ts';
import { externalClientApps } from './externalClientApps.ts';
import { integrationUser } from './integrationUser.ts';

/** An approval that Salesforce stores, with the time at which it was given where that can be told. */
export interface DatedGrant extends Grant {
  readonly grantedAt?: string;
}

/** The label under which Salesforce lists what the app did; undefined where there is no app. */
export const oauthAppLabel: PairResource<string | undefined> = {
  id: 'salesforce.app-label',
  read: async ({ context, see }) => {
    const { name, type } = context.intent.oauthApp;
    const apps = await see(type === 'connected-app' ? connectedApps : externalClientApps);
    return apps.find((app) => app.name === name)?.label;
  },
};

/** The integration user's OAuth logins through the app, oldest first. */
export const oauthLogins: PairResource<Login[]> = {
  id: 'salesforce.oauth-logins',
  read: async ({ context: { salesforce }, see }) => {
    const [label, user] = await Promise.all([see(oauthAppLabel), see(integrationUser)]);
    if (label === undefined || user.kind !== 'found') return [];
    return (await salesforce.oauthLogins(user.user.Id)).filter(({ Application }) => Application === label);
  },
};

/** All approvals of the app, whosever. */
export const grants: PairResource<DatedGrant[]> = {
  id: 'salesforce.grants',
  read: async ({ context: { salesforce }, see }) => {
    const label = await see(oauthAppLabel);
    if (label === undefined) return [];
    const [given, logins] = await Promise.all([salesforce.grants(label), see(oauthLogins)]);
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
