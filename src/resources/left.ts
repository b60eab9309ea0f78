/** What a run may have left behind that should have been put back. product.md §8.2 */
import { stillBorrowed } from '../engine/journal.ts';
import type { PermissionSet } from '../clients/salesforce/types.ts';
import type { PairResource } from './context.ts';
import { SECRET_ACCESS, TEMPORARY_PERMISSION_SET } from './secretPermissions.ts';
import { secretsReadable, targetOrg } from './targetOrg.ts';

export interface SecretAccess {
  /** Undefined where the org has no such setting. */
  readonly on: boolean | undefined;
  /** Whether this machine's journal says that we switched it on and did not switch it off. */
  readonly ours: boolean;
}

/** contracts/salesforce.md §3.3: while it is on, every secret of the org can be read through Connect REST. */
export const secretAccess: PairResource<SecretAccess> = {
  id: 'salesforce.secret-access',
  read: async ({ context, see }) => {
    const on = await see(secretsReadable);
    // Whose doing it is matters only where it is on; the journal is one for each org.
    if (on !== true) return { on, ours: false };
    const borrowed = stillBorrowed(await context.journal((await see(targetOrg)).id));
    return { on, ours: borrowed.get(SECRET_ACCESS) === false };
  },
};

export type LeftPermissionSet = PermissionSet;

export const temporaryPermissionSets: PairResource<PermissionSet[]> = {
  id: 'salesforce.temporary-permission-sets',
  read: async ({ context: { salesforce } }) => salesforce.permissionSets(TEMPORARY_PERMISSION_SET),
};
