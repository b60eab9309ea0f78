import { setTimeout as sleep } from 'node:timers/promises';

/** Lets time pass, or throws when the run is aborted. Tests let simulated time pass instead. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const sleepFor: Pause = async (milliseconds, signal) => {
  await sleep(milliseconds, undefined, { signal });
};
