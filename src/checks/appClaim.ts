import type { Check } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { compareOauthApp, oauthApp } from '../resources/oauthApp.ts';
import { comparePolicy } from '../resources/oauthPolicy.ts';
import { comparedClaim } from './compared.ts';

/** A claim about the settings of the OAuth app. */
export const appClaim = (id: string): Check<Context> =>
  comparedClaim({
    id,
    convergedBy: 'salesforce.app',
    resource: oauthApp,
    compare: compareOauthApp,
    missing: 'there is no OAuth app',
    evidence: ({ app }) => [
      {
        source:
          id === 'salesforce.app.scopes'
            ? 'metadata ExtlClntAppOauthSettings'
            : 'metadata ExtlClntAppGlobalOauthSettings',
        record: (id === 'salesforce.app.scopes' ? app?.oauth?.fullName : app?.global?.fullName) ?? 'none',
      },
    ],
  });

/** A claim about the policy of the OAuth app. */
export const policyClaim = (id: string): Check<Context> =>
  comparedClaim({
    id,
    convergedBy: 'salesforce.app-policy',
    resource: oauthApp,
    compare: comparePolicy,
    missing: 'there is no OAuth app',
    evidence: ({ app }) => [
      { source: 'metadata ExtlClntAppOauthConfigurablePolicies', record: app?.policy?.fullName ?? 'none' },
    ],
  });
