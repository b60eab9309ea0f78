/**
 * The Okta app that will own the users. Found by its label or id, never by a remembered one: after a crash between Okta's
 * create and our journal write, the label is all that both sides still know.
 */
import { OktaUnreachableError } from '../clients/okta/errors.ts';
import { defineStep } from '../engine/step.ts';
import type { World } from '../engine/world.ts';
import type { Context } from '../resources/context.ts';
import {
  diffOktaApp,
  INSTANCE_TYPE,
  oktaApp,
  oktaAppObstacles,
  salesforceApps,
  type OktaApp,
} from '../resources/oktaApp.ts';
import { oktaRemedies } from '../resources/oktaRemedies.ts';

export const oktaAppStep = defineStep<OktaApp, Context>({
  id: 'okta.app',
  needs: ['salesforce.org'],
  resource: oktaApp,
  affects: [salesforceApps],
  diff: (state, { intent }) => diffOktaApp(state, intent),
  obstacles: (state, { intent }) => oktaAppObstacles(state, intent),
  remedies: (change, { intent }) => oktaRemedies(change, intent.oktaApp.label ?? 'the Salesforce app'),
  facts: (state): Record<string, string> => (state.kind === 'found' ? { 'okta.app.id': state.app.id } : {}),
  apply: async ({ state, changes, world }) => {
    const { context } = world;
    if (state.kind === 'absent') await create(world, state);
    if (state.kind !== 'found') return;
    const changed = (path: string): boolean => changes.some((change) => change.path === path);
    if (changed(INSTANCE_TYPE)) await context.okta.setInstanceType(state.app.id, state.instanceType);
    if (changed('okta.app.active')) await context.okta.activateApp(state.app.id);
  },
});

/** A create is never repeated. Where its answer is lost, reading tells whether it was done. */
const create = async (
  world: World<Context>,
  { label, instanceType }: Extract<OktaApp, { kind: 'absent' }>
): Promise<void> => {
  try {
    await world.context.okta.createApp({ label, instanceType });
  } catch (error) {
    if (!(error instanceof OktaUnreachableError)) throw error;
    world.forget(salesforceApps);
    if ((await world.see(oktaApp)).kind !== 'found') throw error;
  }
};
