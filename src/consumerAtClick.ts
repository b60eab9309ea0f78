/**
 * Key and secret for the companion page: read at the click of the person who needs them, and no earlier. Clicks that come
 * together share one reading and later ones what it gave, so that access to secrets is switched on and off once in a run.
 * They live in this process alone.
 */
import { sleepFor, type Pause } from './clients/pause.ts';
import type { Journal } from './engine/journal.ts';
import { InterruptedError } from './errors.ts';
import type { World } from './engine/world.ts';
import type { Context } from './resources/context.ts';
import type { Secret } from './secret.ts';
import { readConsumer } from './steps/readConsumer.ts';

export interface Consumer {
  readonly key: string;
  readonly secret: Secret;
}

export interface ConsumerAtClick {
  /** Whether a click can give them: no API returns the secret of a connected app, unless it was chosen in this run. */
  readonly offered: () => boolean;
  readonly reveal: () => Promise<Consumer>;
  /** Reads no more, and ends when all that was turned for a reading is put back. Throws where it cannot be. */
  readonly close: () => Promise<void>;
}

interface Sources {
  readonly world: World<Context>;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** What was chosen for a connected app that was made in this run. */
  readonly chosen: () => Consumer | undefined;
  readonly pause?: Pause;
}

export const consumerAtClick = ({
  world: { context },
  journal,
  signal,
  chosen,
  pause = sleepFor,
}: Sources): ConsumerAtClick => {
  let reading: Promise<Consumer> | undefined;
  let closed = false;
  const read = async (): Promise<Consumer> =>
    readConsumer({ ...context, journal, pause: async (milliseconds) => pause(milliseconds, signal) });
  const forgetFailure = (failed: Promise<Consumer>): void => {
    failed.catch(() => {
      if (reading === failed) reading = undefined;
    });
  };
  return {
    offered: () => context.intent.oauthApp.type === 'external-client-app' || chosen() !== undefined,
    reveal: async () => {
      const own = chosen();
      if (own) return own;
      if (closed || signal.aborted) throw new InterruptedError();
      if (!reading) {
        reading = read();
        forgetFailure(reading);
      }
      return reading;
    },
    close: async () => {
      closed = true;
      await reading?.catch(() => {});
      await journal.returnBorrowed();
    },
  };
};
