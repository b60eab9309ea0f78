/** Intent → the steps of this run, in an order in which each comes after what it needs. Pure. */
import type { Step } from './engine/step.ts';
import type { Intent } from './intent.ts';
import type { Context } from './resources/context.ts';
import { STEPS } from './steps/index.ts';

export interface SetupPlan {
  readonly steps: ReadonlyArray<Step<Context>>;
  /** Steps that these flags leave out, with the reason. */
  readonly leftOut: ReadonlyArray<{ readonly id: string; readonly reason: string }>;
}

const HANDSHAKE_STEPS = ['salesforce.app-known', 'okta.connection', 'okta.features'];

/** Only of a user that may be made here. */
const FIRST_LOGIN = 'salesforce.user-login';

export const planSetup = (intent: Intent): SetupPlan => {
  const ordered = inOrder(STEPS).filter(({ id }) => id !== FIRST_LOGIN || intent.createIntegrationUser !== undefined);
  if (intent.handshake !== 'none') return { steps: ordered, leftOut: [] };
  return {
    steps: ordered.filter(({ id }) => !HANDSHAKE_STEPS.includes(id)),
    leftOut: HANDSHAKE_STEPS.map((id) => ({ id, reason: '--handshake none' })),
  };
};

/** Keeps the order given, but moves a step behind what it needs. Throws where that is impossible: a bug in the registry. */
export const inOrder = <C>(steps: ReadonlyArray<Step<C>>): Array<Step<C>> => {
  const done: Array<Step<C>> = [];
  let left = [...steps];
  while (left.length > 0) {
    const next = left.find(({ needs }) => needs.every((need) => done.some(({ id }) => id === need)));
    if (!next) throw new Error(`No order for the steps ${left.map(({ id }) => id).join(', ')}`);
    done.push(next);
    left = left.filter((step) => step !== next);
  }
  return done;
};
