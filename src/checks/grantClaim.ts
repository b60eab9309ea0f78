import { defineCheck, type Check, type EvidenceSource, type Judgement } from '../engine/check.ts';
import { approvals, sight, type Approvals, type Sight } from '../resources/approvals.ts';
import type { Context } from '../resources/context.ts';
import type { DatedGrant } from '../resources/grants.ts';

/** Approvals that are there are seen; that there are none takes the right to see them. */
const SEEN: Sight = { all: true, own: true };

type State = Approvals & { readonly sees: Sight };

/** A claim about the approvals of the OAuth app. None is made by a step alone: a person approves. */
export const grantClaim = (
  id: string,
  about: 'own' | 'others',
  judge: (state: State, context: Context) => Judgement
): Check<Context> =>
  defineCheck<State, Context>({
    id,
    resource: {
      id: `${id}.claimed`,
      read: async ({ see }) => {
        const [given, sees] = await Promise.allSettled([see(approvals), see(sight)]);
        if (given.status === 'rejected') throw given.reason;
        if (given.value[about].length > 0) return { ...given.value, sees: SEEN };
        if (sees.status === 'rejected') throw sees.reason;
        return { ...given.value, sees: sees.value };
      },
    },
    judge,
  });

export const evidenceOf = (given: readonly DatedGrant[]): EvidenceSource[] =>
  given.length === 0
    ? [{ source: 'SOQL OauthToken' }]
    : given.map(({ UserId, grantedAt }) => ({
        source: 'SOQL OauthToken',
        record: UserId,
        ...(grantedAt && { at: grantedAt }),
      }));

export const cannotTell = (expected: string, actual: string, source = 'SOQL OauthToken'): Judgement => ({
  status: 'unknown',
  expected,
  actual,
  evidence: [{ source }],
});

export const NO_USER = 'the integration user is not known; name it by --integration-user';
