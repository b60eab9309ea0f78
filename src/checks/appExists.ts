import { defineCheck } from '../engine/check.ts';
import type { App } from '../resources/app.ts';
import type { Context, PairResource } from '../resources/context.ts';
import { oauthApp } from '../resources/oauthApp.ts';
import { ownApp } from '../resources/ownApp.ts';

const SOURCES = {
  'external-client-app': 'metadata ExternalClientApplication',
  'connected-app': 'metadata ConnectedApp',
} as const;

interface State {
  readonly app: App | undefined;
  /** Looked for only where there is no app, and told as far as it can be read. */
  readonly sameCallback: readonly string[];
}

const resource: PairResource<State> = {
  id: 'salesforce.app-or-like-it',
  read: async ({ see }) => {
    const app = await see(ownApp);
    if (app) return { app, sameCallback: [] };
    const like = await see(oauthApp).then(
      ({ sameCallback }) => sameCallback,
      () => []
    );
    return { app, sameCallback: like.map(({ name }) => name) };
  },
};

export const appExists = defineCheck<State, Context>({
  id: 'salesforce.app.exists',
  convergedBy: 'salesforce.app',
  resource,
  judge: ({ app, sameCallback }, { intent }) => ({
    status: app ? 'pass' : 'fail',
    expected: intent.oauthApp.name,
    actual:
      app?.name ??
      (sameCallback.length > 0 ? `none of that name; ${sameCallback.join(', ')} has the callback` : 'none'),
    evidence: [app?.sources.app ?? { source: SOURCES[intent.oauthApp.type], record: intent.oauthApp.name }],
  }),
});
