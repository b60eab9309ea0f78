import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what another process brings about. Fails when it takes a minute. */
export const until = async (holds: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`This did not come to be in a minute: ${what}`);
    await sleep(20);
  }
};
