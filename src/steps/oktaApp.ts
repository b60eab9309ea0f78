/**
 * The Okta app that will own the users. Found by its label or id, never by a remembered one: after a crash between Okta's
 * create and our journal write, the label is all that both sides still know.
 */
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { diffOktaApp, oktaApp, oktaAppObstacles, salesforceApps, type OktaApp } from '../resources/oktaApp.ts';

export const oktaAppStep = defineStep<OktaApp, Context>({
  id: 'okta.app',
  needs: ['salesforce.org'],
  resource: oktaApp,
  affects: [salesforceApps],
  diff: diffOktaApp,
  obstacles: (state, { intent }) => oktaAppObstacles(state, intent),
  facts: (state): Record<string, string> => (state.kind === 'found' ? { 'okta.app.id': state.app.id } : {}),
  apply: async ({ state, world: { context } }) => {
    if (state.kind === 'absent') await context.okta.createApp({ label: state.label, instanceType: state.instanceType });
    if (state.kind === 'found') await context.okta.activateApp(state.app.id);
  },
});
