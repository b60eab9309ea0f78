/** Claims that are fields of a resource: judged by the very comparisons that `setup` makes its changes of. */
import type { Json } from '../engine/change.ts';
import { defineCheck, type Check, type EvidenceSource, type Judgement } from '../engine/check.ts';
import type { Comparison } from '../engine/comparison.ts';
import type { Intent } from '../intent.ts';
import type { Context, PairResource } from '../resources/context.ts';

interface ComparedClaim<State> {
  readonly id: string;
  readonly convergedBy: string;
  readonly resource: PairResource<State>;
  readonly compare: (state: State, intent: Intent) => Comparison[];
  /** What is missing where there is nothing to compare. */
  readonly missing: string;
  readonly evidence: (state: State) => EvidenceSource[];
}

export const comparedClaim = <State>(claim: ComparedClaim<State>): Check<Context> =>
  defineCheck({
    id: claim.id,
    convergedBy: claim.convergedBy,
    resource: claim.resource,
    judge: (state, { intent }): Judgement => {
      const own = claim.compare(state, intent).filter(({ path }) => belongsTo(path, claim.id));
      if (own.length === 0) return skipped(claim.missing);
      return {
        status: own.every(({ same }) => same) ? 'pass' : 'fail',
        expected: valueOf(own, claim.id, ({ expected }) => expected),
        actual: valueOf(own, claim.id, ({ actual }) => actual ?? null),
        evidence: claim.evidence(state),
      };
    },
  });

export const skipped = (why: string): Judgement => ({ status: 'skipped', expected: null, actual: why, evidence: [] });

/** Whether a change path is the claim itself or below it. */
export const belongsTo = (path: string, claim: string): boolean => path === claim || path.startsWith(`${claim}.`);

/** The one value, or for a claim of several fields an object of them. */
const valueOf = (own: readonly Comparison[], claim: string, pick: (comparison: Comparison) => Json): Json => {
  const [first] = own;
  if (own.length === 1 && first?.path === claim) return pick(first);
  return Object.fromEntries(own.map((comparison) => [comparison.path.slice(claim.length + 1), pick(comparison)]));
};
