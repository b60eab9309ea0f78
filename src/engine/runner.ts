import { SfError } from '@salesforce/core';
import type { Change, Obstacle } from './change.ts';
import { standing } from './change.ts';
import type { Journal } from './journal.ts';
import { WaitingForPerson, type Found, type Instruction, type Step } from './step.ts';
import type { World } from './world.ts';

/** What happened to one step. Four readers: the stages on a terminal, plain lines, the result JSON, later the companion page. */
export type StepEvent =
  | { readonly type: 'started'; readonly step: string }
  /** `found` only in a dry run. */
  | { readonly type: 'unchanged'; readonly step: string; readonly found?: readonly Found[] }
  | { readonly type: 'changed'; readonly step: string; readonly changes: readonly Change[] }
  | {
      readonly type: 'planned';
      readonly step: string;
      readonly changes: readonly Change[];
      readonly obstacles: readonly Obstacle[];
      readonly found: readonly Found[];
    }
  | { readonly type: 'skipped'; readonly step: string; readonly reason: string }
  /** Waiting goes on while the command runs, unless `final`: then the command ends here. */
  | { readonly type: 'waiting'; readonly step: string; readonly instruction: Instruction; readonly final: boolean }
  | { readonly type: 'failed'; readonly step: string; readonly error: Error };

export type Emit = (event: StepEvent) => void;

/** The vendor answered that all is well, and what is there is not what was asked for. */
export class NotAcceptedError extends SfError {
  public readonly changes: readonly Change[];

  public constructor(changes: readonly Change[], remedies: readonly string[]) {
    super(
      changes
        .map(
          ({ path, from, to }) =>
            `${path} was set to ${JSON.stringify(to)} and reads back as ${JSON.stringify(from ?? null)}`
        )
        .join('; '),
      'NotAcceptedError',
      [...remedies]
    );
    this.changes = changes;
  }
}

/**
 * Tells what every step would do and what was found, in parallel reads and without any write. What stands against a step is
 * told also where its changes cannot be known yet.
 */
export const previewSteps = async <Context>(
  steps: ReadonlyArray<Step<Context>>,
  world: World<Context>,
  emit: Emit
): Promise<void> => {
  const plans = await Promise.all(steps.map(async (step) => ({ step, plan: await step.plan(world) })));
  for (const { step, plan } of plans) {
    emit({ type: 'started', step: step.id });
    const obstacles = standing(plan.changes, plan.obstacles);
    const { changes, found, unknownUntil } = plan;
    if (changes.length > 0 || obstacles.length > 0) emit({ type: 'planned', step: step.id, changes, obstacles, found });
    else if (unknownUntil !== undefined)
      emit({ type: 'skipped', step: step.id, reason: `known after step ${unknownUntil}` });
    else emit({ type: 'unchanged', step: step.id, found });
  }
};

/** Everything that stands against a run, read before its first write. */
export const findObstacles = async <Context>(
  steps: ReadonlyArray<Step<Context>>,
  world: World<Context>
): Promise<Array<{ step: string; changes: readonly Change[]; obstacles: readonly Obstacle[] }>> => {
  const plans = await Promise.all(steps.map(async (step) => ({ step: step.id, ...(await step.plan(world)) })));
  return plans
    .map(({ step, changes, obstacles }) => ({ step, changes, obstacles: standing(changes, obstacles) }))
    .filter(({ obstacles }) => obstacles.length > 0);
};

/**
 * Runs the steps in order and stops at the first that cannot go on. Emits facts; prints nothing, exits nothing. Writes
 * are one after the other on purpose: what was made before a failure is then a prefix of the plan.
 */
export const runSteps = async <Context>(
  steps: ReadonlyArray<Step<Context>>,
  world: World<Context>,
  { journal, emit, signal }: { readonly journal: Journal; readonly emit: Emit; readonly signal: AbortSignal }
): Promise<void> => {
  await journal.returnBorrowed();
  let stoppedAt: string | undefined;
  for (const step of steps) {
    if (stoppedAt !== undefined) {
      emit({ type: 'skipped', step: step.id, reason: `comes after step ${stoppedAt}` });
      continue;
    }
    emit({ type: 'started', step: step.id });
    try {
      signal.throwIfAborted();
      emit(await runStep(step, world, journal, emit));
    } catch (error) {
      if (signal.aborted) throw signal.reason; // whatever the interrupted call made of it
      stoppedAt = step.id;
      if (error instanceof WaitingForPerson)
        emit({ type: 'waiting', step: step.id, instruction: error.instruction, final: true });
      else emit({ type: 'failed', step: step.id, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }
};

const runStep = async <Context>(
  step: Step<Context>,
  world: World<Context>,
  journal: Journal,
  emit: Emit
): Promise<StepEvent> => {
  const { changes, facts, apply } = await step.plan(world);
  if (changes.length === 0) {
    await journal.learn(step.id, facts);
    return { type: 'unchanged', step: step.id };
  }
  for (const { path } of changes.filter(({ creates }) => creates)) await journal.creating(path);
  try {
    await apply({
      waiting: (instruction) => emit({ type: 'waiting', step: step.id, instruction, final: false }),
    });
  } finally {
    step.forget(world);
  }
  const after = await step.plan(world);
  await journal.learn(step.id, after.facts);
  if (after.changes.length > 0) throw new NotAcceptedError(after.changes, after.changes.flatMap(after.remedies));
  return { type: 'changed', step: step.id, changes };
};
