import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { oauthApp, type OauthApp } from '../resources/oauthApp.ts';

const SOURCES = {
  'external-client-app': 'metadata ExternalClientApplication',
  'connected-app': 'metadata ConnectedApp',
} as const;

export const appExists = defineCheck<OauthApp, Context>({
  id: 'salesforce.app.exists',
  convergedBy: 'salesforce.app',
  resource: oauthApp,
  judge: ({ app, sameCallback }, { intent }) => ({
    status: app ? 'pass' : 'fail',
    expected: intent.oauthApp.name,
    actual:
      app?.name ??
      (sameCallback.length > 0
        ? `none of that name; ${sameCallback.map(({ name }) => name).join(', ')} has the callback`
        : 'none'),
    evidence: [app?.sources.app ?? { source: SOURCES[intent.oauthApp.type], record: intent.oauthApp.name }],
  }),
});
