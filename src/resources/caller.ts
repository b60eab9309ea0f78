import type { Permission } from '../clients/salesforce/client.ts';
import type { PairResource } from './context.ts';
import { runningUser } from './integrationUser.ts';

/** Who asks, and what that user may see. */
export interface Caller {
  readonly userId: string | undefined;
  readonly permissions: ReadonlySet<Permission>;
}

export const caller: PairResource<Caller> = {
  id: 'salesforce.caller',
  read: async ({ context: { salesforce }, see }) => {
    const user = await see(runningUser);
    return { userId: user?.Id, permissions: user ? await salesforce.permissions(user.Id) : new Set<Permission>() };
  },
};
