import { capture } from '../capture.ts';
import type { Clock } from '../clock.ts';
import { listen, Traffic, type Fault, type RequestRecord } from '../server.ts';
import { salesforceApp, salesforceManners } from './app.ts';
import type { SalesforceWorld } from './seed.ts';
import { seedStore } from './seedStore.ts';
import { setupSnapshot, snapshot } from './snapshot.ts';
import { SalesforceStore } from './store.ts';

export { documentedWorld } from './seed.ts';
export { INTEGRATION_USER, salesforceWorlds } from './worlds.ts';
export type { AppSeed, GrantSeed, SalesforceKnobs, SalesforceWorld, UserSeed } from './seed.ts';
export type { SalesforceStore } from './store.ts';

export interface SalesforceSimulator {
  readonly url: string;
  readonly store: SalesforceStore;
  readonly requests: RequestRecord[];
  readonly unknown: string[];
  readonly fail: (fault: Fault) => () => void;
  /** All that the org stores, as canonical JSON: two equal texts mean that nothing was written in between. */
  readonly snapshot: () => string;
  /** The same without logs, times and made-up values: two equal texts mean that two runs ended alike. */
  readonly setupSnapshot: () => string;
  /** Every secret value that this world ever had, spent ones too: for canary hunts. */
  readonly secrets: () => string[];
  /** Back to the seed; log and faults are cleared. */
  readonly reset: () => void;
  /** What is returned puts the org back to what it is now; log and faults are cleared. Ids go on. */
  readonly capture: () => () => void;
  readonly close: () => Promise<void>;
}

export const startSalesforce = async (
  world: SalesforceWorld,
  options: { readonly clock: Clock; readonly seed: string; readonly port?: number }
): Promise<SalesforceSimulator> => {
  const { clock, seed, port = 0 } = options;
  const store = new SalesforceStore(world, clock, seed);
  const initial = structuredClone(world);
  seedStore(store, initial);
  const traffic = new Traffic(salesforceManners(clock));
  const { url, close } = await listen(salesforceApp(store, traffic), port);
  return {
    url,
    store,
    requests: traffic.requests,
    unknown: traffic.unknown,
    fail: (fault): (() => void) => traffic.fail(fault),
    snapshot: () => snapshot(store),
    setupSnapshot: () => setupSnapshot(store),
    secrets: () => [...store.secrets],
    reset: (): void => {
      store.clear();
      seedStore(store, initial);
      traffic.clear();
    },
    capture: () => {
      const restore = capture(store, 'clock', 'mint');
      return () => {
        restore();
        traffic.clear();
      };
    },
    close,
  };
};
