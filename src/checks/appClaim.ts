import type { Check } from '../engine/check.ts';
import { appAccess, type AppAccess } from '../resources/appAccess.ts';
import type { App } from '../resources/app.ts';
import type { Context, PairResource } from '../resources/context.ts';
import { compareOauthApp } from '../resources/oauthApp.ts';
import { comparePolicy } from '../resources/oauthPolicy.ts';
import { OWN_APP_WITH } from '../resources/ownApp.ts';
import { comparedClaim } from './compared.ts';

const MISSING = 'there is no OAuth app';

/** A claim about the settings of the OAuth app. It rests on the one component of the app that has the field. */
export const appClaim = (id: string, part: 'scopes' | 'settings' = 'settings'): Check<Context> =>
  comparedClaim<App | undefined>({
    id,
    convergedBy: 'salesforce.app',
    resource: OWN_APP_WITH[part],
    compare: (app, intent) => compareOauthApp({ app }, intent),
    missing: MISSING,
    evidence: (app) => (app ? [app.sources[part]] : []),
  });

interface PolicyAlone {
  readonly app: App | undefined;
  readonly access?: AppAccess;
}

const policyAlone: PairResource<PolicyAlone> = {
  id: 'salesforce.app-policy.alone',
  read: async ({ see }) => ({ app: await see(OWN_APP_WITH.policy) }),
};

/** Who may use the app is told by more than the policy where users must be authorized beforehand. */
const policyAndAccess: PairResource<PolicyAlone> = {
  id: 'salesforce.app-policy.and-access',
  read: async ({ context, see }) => {
    if (context.intent.oauthApp.permittedUsers === 'self-authorize') return see(policyAlone);
    const [state, access] = await Promise.all([see(policyAlone), see(appAccess)]);
    return { ...state, ...(access && { access }) };
  },
};

/** A claim about the policy of the OAuth app. */
export const policyClaim = (id: string, { withAccess = false } = {}): Check<Context> =>
  comparedClaim({
    id,
    convergedBy: 'salesforce.app-policy',
    resource: withAccess ? policyAndAccess : policyAlone,
    compare: comparePolicy,
    missing: MISSING,
    evidence: ({ app, access }) =>
      app
        ? [
            app.sources.policy,
            ...(access ? [{ source: 'SOQL SetupEntityAccess, PermissionSetAssignment', record: access.userId }] : []),
          ]
        : [],
  });
