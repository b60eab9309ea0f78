/**
 * The To App boxes. `features` on the app can be read but not written (contracts/okta.md §1.4). Where the Features API takes
 * the app (§3), it ticks them; else a person does, and this step sees it.
 */
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { diffFeatures } from '../resources/features.ts';
import { boxes, capabilitiesOf, tickingObstacles, type Boxes } from '../resources/featuresApi.ts';
import { oktaApp, salesforceApps } from '../resources/oktaApp.ts';
import { oktaRemedies } from '../resources/oktaRemedies.ts';
import { toAppInstruction } from './consoleInstruction.ts';
import { poll } from './poll.ts';

export const oktaFeatures = defineStep<Boxes, Context>({
  id: 'okta.features',
  needs: ['okta.connection'],
  resource: boxes,
  affects: [salesforceApps],
  unknownUntil: ({ app }) => (app.kind === 'found' ? undefined : 'okta.app'),
  diff: ({ app }, { intent }) => diffFeatures(app, intent),
  obstacles: tickingObstacles,
  remedies: (change, { intent }) => oktaRemedies(change, intent.oktaApp.label ?? 'the Salesforce app'),
  apply: async ({ state, changes, world, working }) => {
    if (state.byApi && state.app.kind === 'found') {
      await world.context.okta.setUserProvisioning(state.app.app.id, capabilitiesOf(changes));
      return;
    }
    await poll(world.context.patience, working, async () => {
      const app = await world.see(oktaApp);
      if (app.kind === 'found' && diffFeatures(app, world.context.intent).length === 0) return undefined;
      return { instruction: await toAppInstruction(world), again: async () => world.forget(salesforceApps) };
    });
  },
});
