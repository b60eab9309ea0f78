import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { oauthApp, type OauthApp } from '../resources/oauthApp.ts';

export const appExists = defineCheck<OauthApp, Context>({
  id: 'salesforce.app.exists',
  convergedBy: 'salesforce.app',
  resource: oauthApp,
  judge: ({ app, sameCallback }, { intent }) => ({
    status: app ? 'pass' : 'fail',
    expected: intent.oauthApp.name,
    actual:
      app?.header.fullName ??
      (sameCallback.length > 0 ? `none of that name; ${sameCallback.join(', ')} has the callback` : 'none'),
    evidence: [{ source: 'metadata ExternalClientApplication', record: intent.oauthApp.name }],
  }),
});
