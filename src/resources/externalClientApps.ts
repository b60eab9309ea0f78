import type { ExternalClientApp } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';

/** All external client apps of the target org: ours is found among them by name, and others by their callback. */
export const externalClientApps: PairResource<ExternalClientApp[]> = {
  id: 'salesforce.external-client-apps',
  read: async ({ context: { salesforce } }) => salesforce.externalClientApps(),
};
