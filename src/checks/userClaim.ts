import { defineCheck, type Check, type Judgement } from '../engine/check.ts';
import type { Context, PairResource } from '../resources/context.ts';
import {
  integrationIdentity,
  userPermissions,
  type HeldPermissions,
  type IntegrationIdentity,
} from '../resources/integrationUser.ts';

type Found = Extract<IntegrationIdentity, { kind: 'found' }>;
interface State<More> {
  readonly identity: IntegrationIdentity;
  readonly more: More;
}

interface UserClaim<More> {
  readonly id: string;
  readonly source: string;
  /** What it rests on besides who the user is. */
  readonly more: PairResource<More>;
  readonly judge: (user: Found, more: More, context: Context) => Pick<Judgement, 'status' | 'expected' | 'actual'>;
  readonly convergedBy?: string;
}

/** A claim about the integration user. Most are made true by no step: users are changed by their admins. */
export const userClaim = <More>({ id, source, more, judge, convergedBy }: UserClaim<More>): Check<Context> =>
  defineCheck<State<More>, Context>({
    id,
    ...(convergedBy && { convergedBy }),
    resource: {
      id: `${id}.claimed`,
      read: async ({ see }) => {
        const [identity, found] = await Promise.all([see(integrationIdentity), see(more)]);
        return { identity, more: found };
      },
    },
    judge: ({ identity, more: found }, context) => {
      if (identity.kind === 'found')
        return { evidence: [{ source, record: identity.user.Id }], ...judge(identity, found, context) };
      if (identity.kind === 'unnamed')
        return {
          status: 'unknown',
          expected: null,
          actual: `name the integration user of this ${identity.orgKind} org by --integration-user`,
          evidence: [],
        };
      return {
        status: 'fail',
        expected: identity.username,
        actual: 'no such user',
        evidence: [{ source: 'SOQL User', record: identity.username }],
      };
    },
  });

/** A claim about what the user may do. */
export const permissionsClaim = (claim: Omit<UserClaim<HeldPermissions>, 'more'>): Check<Context> =>
  userClaim({ ...claim, more: userPermissions });
