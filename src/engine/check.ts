import type { Json } from './change.ts';
import type { Resource, World } from './world.ts';

/** `unknown`: a read that could have told did not. `skipped`: not observable here. Both say why in `actual`. */
export type Status = 'pass' | 'fail' | 'warn' | 'unknown' | 'skipped';

/** Where a person can look it up. */
export interface EvidenceSource {
  /** The query, endpoint or metadata component. */
  readonly source: string;
  readonly record?: string;
  readonly at?: string;
}

export interface Judgement {
  readonly status: Status;
  readonly expected: Json;
  readonly actual: Json;
  readonly evidence: readonly EvidenceSource[];
  /** Of a read that failed: what its error says can be done. */
  readonly actions?: readonly string[];
}

/** One claim of `verify`: what it reads, and a pure judgement of it. */
export interface Check<Context> {
  readonly id: string;
  /** The step of `setup` that makes the claim true, by the change paths that begin with the claim's id; none where no step does. */
  readonly convergedBy?: string;
  readonly judge: (world: World<Context>) => Promise<Judgement>;
}

export interface CheckResult extends Judgement {
  readonly id: string;
}

export const defineCheck = <State, Context>(definition: {
  readonly id: string;
  readonly convergedBy?: string;
  readonly resource: Resource<State, Context>;
  readonly judge: (state: State, context: Context) => Judgement;
}): Check<Context> => ({
  id: definition.id,
  ...(definition.convergedBy === undefined ? {} : { convergedBy: definition.convergedBy }),
  judge: async (world) => definition.judge(await world.see(definition.resource), world.context),
});

/**
 * Judges every claim, with all reads shared and in parallel. A failed read makes its claims `unknown`; where nothing at all
 * could be read, that is the error of the run.
 */
export const judgeAll = async <Context>(
  checks: ReadonlyArray<Check<Context>>,
  world: World<Context>
): Promise<CheckResult[]> => {
  const settled = await Promise.allSettled(checks.map(async (check) => check.judge(world)));
  const firstFailure = settled.find((result) => result.status === 'rejected');
  if (firstFailure && settled.every(({ status }) => status === 'rejected')) throw firstFailure.reason;
  return settled.map((result, index) => {
    const id = checks[index]?.id ?? '';
    if (result.status === 'fulfilled') return { id, ...result.value };
    return { id, ...unread(result.reason) };
  });
};

/** The judgement of a claim whose read failed; our errors name the call. */
export const unread = (reason: unknown): Judgement => {
  const { message, data, actions = [] } = reason as Partial<Error> & { data?: { call?: unknown }; actions?: string[] };
  const source = typeof data?.call === 'string' ? [{ source: data.call }] : [];
  return { status: 'unknown', expected: null, actual: message ?? String(reason), evidence: source, actions };
};
