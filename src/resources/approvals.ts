/** The approvals of the OAuth app, whose they are, and whether all of them can be seen. contracts/salesforce.md §7, §15.2 */
import type { PairResource } from './context.ts';
import { caller } from './caller.ts';
import { grants, type DatedGrant } from './grants.ts';
import { integrationUser } from './integrationUser.ts';

export interface Approvals {
  /** Undefined where the integration user is not known. */
  readonly userId: string | undefined;
  /** Of the integration user, oldest first. */
  readonly own: readonly DatedGrant[];
  readonly others: readonly DatedGrant[];
  /** Without Customize Application a user sees only the own approvals. */
  readonly seesAll: boolean;
  readonly seesOwn: boolean;
}

export const approvals: PairResource<Approvals> = {
  id: 'salesforce.approvals',
  read: async ({ see }) => {
    const [given, user, asking] = await Promise.all([see(grants), see(integrationUser), see(caller)]);
    const userId = user.kind === 'found' ? user.user.Id : undefined;
    const seesAll = asking.permissions.has('CustomizeApplication');
    return {
      userId,
      own: given.filter(({ UserId }) => UserId === userId).sort(byTime),
      others: given.filter(({ UserId }) => UserId !== userId),
      seesAll,
      seesOwn: seesAll || (userId !== undefined && userId === asking.userId),
    };
  },
};

export const NOT_VISIBLE = 'the approvals of other users cannot be seen without the permission Customize Application';

const byTime = (one: DatedGrant, other: DatedGrant): number =>
  Date.parse(one.grantedAt ?? '1970') - Date.parse(other.grantedAt ?? '1970');
