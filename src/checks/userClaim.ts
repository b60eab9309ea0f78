import { defineCheck, type Check, type Judgement } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { integrationUser, type IntegrationUser } from '../resources/integrationUser.ts';

type Found = Extract<IntegrationUser, { kind: 'found' }>;

/** A claim about the integration user. Most are made true by no step: users are changed by their admins. */
export const userClaim = (
  id: string,
  source: string,
  judge: (user: Found, context: Context) => Pick<Judgement, 'status' | 'expected' | 'actual'>,
  convergedBy?: string
): Check<Context> =>
  defineCheck<IntegrationUser, Context>({
    id,
    ...(convergedBy && { convergedBy }),
    resource: integrationUser,
    judge: (state, context) => {
      if (state.kind === 'found') return { evidence: [{ source, record: state.user.Id }], ...judge(state, context) };
      if (state.kind === 'unnamed')
        return {
          status: 'unknown',
          expected: null,
          actual: `name the integration user of this ${state.orgKind} org by --integration-user`,
          evidence: [],
        };
      return {
        status: 'fail',
        expected: state.username,
        actual: 'no such user',
        evidence: [{ source: 'SOQL User', record: state.username }],
      };
    },
  });
