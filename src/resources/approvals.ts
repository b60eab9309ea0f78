/** The approvals of the OAuth app, whose they are, and whether all of them can be seen. contracts/salesforce.md §7, §15.2 */
import type { PairResource } from './context.ts';
import { caller } from './caller.ts';
import { grants, type DatedGrant } from './grants.ts';
import { integrationIdentity } from './integrationUser.ts';

export interface Approvals {
  /** Undefined where the integration user is not known. */
  readonly userId: string | undefined;
  /** Of the integration user, oldest first. */
  readonly own: readonly DatedGrant[];
  readonly others: readonly DatedGrant[];
}

export const approvals: PairResource<Approvals> = {
  id: 'salesforce.approvals',
  read: async ({ see }) => {
    const [given, user] = await Promise.all([see(grants), see(integrationIdentity)]);
    const userId = user.kind === 'found' ? user.user.Id : undefined;
    return {
      userId,
      own: given.filter(({ UserId }) => UserId === userId).sort(byTime),
      others: given.filter(({ UserId }) => UserId !== userId),
    };
  },
};

/** Without Customize Application a user sees only the own approvals. */
export interface Sight {
  readonly all: boolean;
  /** Of the integration user. */
  readonly own: boolean;
}

export const sight: PairResource<Sight> = {
  id: 'salesforce.approvals.sight',
  read: async ({ see }) => {
    const [asking, user] = await Promise.all([see(caller), see(integrationIdentity)]);
    const all = asking.permissions.has('CustomizeApplication');
    return { all, own: all || (user.kind === 'found' && user.user.Id === asking.userId) };
  },
};

export const NOT_VISIBLE = 'the approvals of other users cannot be seen without the permission Customize Application';

const byTime = (one: DatedGrant, other: DatedGrant): number =>
  Date.parse(one.grantedAt ?? '1970') - Date.parse(other.grantedAt ?? '1970');
