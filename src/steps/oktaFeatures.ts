/**
 * The To App boxes. `features` on the app can be read but not written (contracts/okta.md §1.4), and the Features API
 * declines this app (§3), so a person ticks them and this step sees it.
 */
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { diffFeatures } from '../resources/features.ts';
import { oktaApp, salesforceApps, type OktaApp } from '../resources/oktaApp.ts';
import { toAppInstruction } from './consoleInstruction.ts';
import { poll } from './poll.ts';

export const oktaFeatures = defineStep<OktaApp, Context>({
  id: 'okta.features',
  needs: ['okta.connection'],
  resource: oktaApp,
  affects: [salesforceApps],
  unknownUntil: (state) => (state.kind === 'found' ? undefined : 'okta.app'),
  diff: (state, { intent }) => diffFeatures(state, intent),
  apply: async ({ world, working }) => {
    await poll(world.context.patience, working, async () => {
      const state = await world.see(oktaApp);
      if (state.kind === 'found' && diffFeatures(state, world.context.intent).length === 0) return undefined;
      return { instruction: await toAppInstruction(world), again: async () => world.forget(salesforceApps) };
    });
  },
});
