import { defineCheck, type Check, type EvidenceSource, type Judgement } from '../engine/check.ts';
import { approvals, type Approvals } from '../resources/approvals.ts';
import type { Context } from '../resources/context.ts';
import type { DatedGrant } from '../resources/grants.ts';

/** A claim about the approvals of the OAuth app. None is made by a step alone: a person approves. */
export const grantClaim = (id: string, judge: (state: Approvals, context: Context) => Judgement): Check<Context> =>
  defineCheck<Approvals, Context>({ id, resource: approvals, judge });

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
