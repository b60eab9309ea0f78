import type { Check } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { compareOauthApp, oauthApp } from '../resources/oauthApp.ts';
import { comparePolicy, oauthPolicy } from '../resources/oauthPolicy.ts';
import { comparedClaim } from './compared.ts';

/** A claim about the settings of the OAuth app. */
export const appClaim = (id: string): Check<Context> =>
  comparedClaim({
    id,
    convergedBy: 'salesforce.app',
    resource: oauthApp,
    compare: compareOauthApp,
    missing: 'there is no OAuth app',
    evidence: ({ app }) => (app ? [app.sources[id === 'salesforce.app.scopes' ? 'scopes' : 'settings']] : []),
  });

/** A claim about the policy of the OAuth app. */
export const policyClaim = (id: string): Check<Context> =>
  comparedClaim({
    id,
    convergedBy: 'salesforce.app-policy',
    resource: oauthPolicy,
    compare: comparePolicy,
    missing: 'there is no OAuth app',
    evidence: ({ app }) => (app ? [app.sources.policy] : []),
  });
