/**
 * Our app among those of its kind, with no more of it than is asked for: so that what cannot be read takes along only what
 * rests on it. A connected app is one component, which is read whole.
 */
import type { App } from './app.ts';
import { connectedApps } from './connectedApps.ts';
import type { PairResource } from './context.ts';
import { EXTERNAL_CLIENT_APPS_WITH, type AppPart } from './externalClientApps.ts';

const withPart = (part: AppPart): PairResource<App | undefined> => ({
  id: `salesforce.own-app.${part}`,
  read: async ({ context, see }) => {
    const { name, type } = context.intent.oauthApp;
    const apps = await see(type === 'connected-app' ? connectedApps : EXTERNAL_CLIENT_APPS_WITH[part]);
    return apps.find((app) => app.name === name);
  },
});

/** Its settings and its policy are those of the part that is read; of all else nothing is known. */
export const OWN_APP_WITH: Readonly<Record<AppPart, PairResource<App | undefined>>> = {
  identity: withPart('identity'),
  scopes: withPart('scopes'),
  settings: withPart('settings'),
  policy: withPart('policy'),
};

/** Id, name and label: its label is what Salesforce lists its doings under. */
export const ownApp = OWN_APP_WITH.identity;
