/** The OAuth policy that Salesforce made together with the app. contracts/salesforce.md §2.5 */
import { SfError } from '@salesforce/core';
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { externalClientApps } from '../resources/externalClientApps.ts';
import { inUse, oauthApp, type OauthApp } from '../resources/oauthApp.ts';
import { diffPolicy, IP_RELAXATION } from '../resources/oauthPolicy.ts';

export const salesforceAppPolicy = defineStep<OauthApp, Context>({
  id: 'salesforce.app-policy',
  needs: ['salesforce.app'],
  resource: oauthApp,
  affects: [externalClientApps],
  unknownUntil: ({ app }) => (app ? undefined : 'salesforce.app'),
  diff: (state, { intent }) => diffPolicy(state, intent),
  obstacles: (state) => inUse(state, 'policy'),
  apply: async ({ state: { app }, world: { context } }) => {
    const { name, ipRelaxation } = context.intent.oauthApp;
    // Sent under another name it would be a second one, which Salesforce refuses.
    if (!app?.policy) throw new PolicyNotFoundError(name);
    await context.salesforce.update('ExtlClntAppOauthConfigurablePolicies', {
      ...app.policy,
      externalClientApplication: name,
      ipRelaxationPolicyType: IP_RELAXATION[ipRelaxation],
      permittedUsersPolicyType: 'AllSelfAuthorized',
      refreshTokenPolicyType: 'Infinite',
    });
  },
});

class PolicyNotFoundError extends SfError {
  public constructor(name: string) {
    super(`Salesforce shows no OAuth policy of the external client app ${name}.`, 'PolicyNotFoundError', [
      'Ask a Salesforce admin for the permission "View all External Client Apps, view their settings, and edit their policies".',
      'Then run the same command again: it goes on from what is there.',
    ]);
  }
}
