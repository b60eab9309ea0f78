/**
 * The OAuth endpoints know the app. Nothing can hurry that; it is waited for while there is time, so that the person is not
 * sent to a page that would say "client identifier invalid". contracts/salesforce.md §6.6
 */
import { SfError } from '@salesforce/core';
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { diffPropagation, propagation, type Propagation } from '../resources/propagation.ts';
import { poll } from './poll.ts';

/** Salesforce speaks of two to ten minutes; past this it is no matter of time. */
const DEADLINE = 15 * 60_000;

export const salesforceAppKnown = defineStep<Propagation, Context>({
  id: 'salesforce.app-known',
  needs: ['salesforce.app', 'salesforce.app-policy', 'okta.app'],
  resource: propagation,
  unknownUntil: ({ state }) => (state === 'no-app' ? 'salesforce.app' : undefined),
  // Where nobody has time to wait, the instructions for the person say what to wait for.
  diff: (found, { patience }) => (patience.over() ? [] : diffPropagation(found)),
  apply: async ({ world, working }) => {
    let waited = 0;
    const patience: Context['patience'] = {
      over: world.context.patience.over,
      pause: async (milliseconds) => {
        waited += milliseconds;
        return world.context.patience.pause(milliseconds);
      },
    };
    await poll(patience, working, async () => {
      const found = await world.see(propagation);
      if (found.state !== 'not-yet') return undefined;
      if (waited >= DEADLINE)
        throw new UnknownClientError(found.key, found.answer, world.context.salesforce.instanceUrl);
      return {
        instruction: {
          summary: 'Waiting for Salesforce: a new app takes up to ten minutes to become known to its login pages.',
          details: [`Its answer for now is "${found.answer}". Nobody has to do anything.`],
        },
        again: async () => world.forget(propagation),
      };
    });
  },
});

/** No longer a matter of time. */
class UnknownClientError extends SfError {
  public constructor(key: string, answer: string, instanceUrl: string) {
    super(
      `After a quarter of an hour ${instanceUrl} still answers "${answer}" for the consumer key ${key}.`,
      'UnknownClientError',
      [
        'Check in Setup > External Client App Manager, or for a connected app in Setup > App Manager, that the app is there, enabled and not blocked, and has this key.',
        'Check that the login of the target org uses its My Domain address.',
        'Then run the same command again.',
      ]
    );
  }
}
