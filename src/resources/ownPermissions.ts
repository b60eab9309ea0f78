import type { PairResource } from './context.ts';

/** What the user whose `sf` login is used may do, by any profile or permission set. */
export const ownPermissions: PairResource<ReadonlySet<string>> = {
  id: 'salesforce.own-permissions',
  read: async ({ context: { salesforce } }) => salesforce.ownPermissions(),
};
