/** `setup`: intent → plan → steps → report. What the command line is to it comes in as `Surroundings`. */
import type { Org } from '@salesforce/core';
import { settleObstacles } from './consent.ts';
import { findObstacles, previewSteps, runSteps, type StepEvent } from './engine/runner.ts';
import type { World } from './engine/world.ts';
import { StepFailedError } from './errors.ts';
import { parseIntent, type SetupFlags } from './intent.ts';
import { planSetup, type SetupPlan } from './plan.ts';
import { setupExitCode } from './report/exitCodes.ts';
import { titleOf, toSetupReport, type SetupReport } from './report/report.ts';
import { linesProgress, stagesProgress, type Progress } from './report/stages.ts';
import { changeLine, setupLines } from './report/text.ts';
import type { Context } from './resources/context.ts';
import { readNotes } from './resources/notes.ts';
import { readSummary } from './resources/summary.ts';
import { fromNowOn, openJournal, openWorld } from './session.ts';

export interface Surroundings {
  readonly signal: AbortSignal;
  /** A person is there to see and answer. */
  readonly interactive: boolean;
  /** What was typed, for "run it again". */
  readonly command: string;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly confirm: (message: string) => Promise<boolean>;
}

type Flags = SetupFlags & {
  readonly 'target-org': Org;
  readonly 'api-version'?: string | undefined;
  readonly wait?: number | undefined;
  readonly 'no-prompt': boolean;
  readonly 'dry-run': boolean;
};

const MINUTES_ON_A_TERMINAL = 20;

export const runSetup = async (
  flags: Flags,
  around: Surroundings
): Promise<{ report: SetupReport; lines: string[]; exitCode: number }> => {
  const intent = parseIntent(flags, process.env);
  intent.okta.warnings.forEach(around.warn);
  const waitMinutes = flags.wait ?? (around.interactive ? MINUTES_ON_A_TERMINAL : 0);
  const connection = flags['target-org'].getConnection(flags['api-version']);
  const opened = openWorld(connection, intent, { waitMinutes, signal: around.signal });
  const world = intent.reauthenticate ? await fromNowOn(opened) : opened;
  const plan = planSetup(intent);
  const events: StepEvent[] = [];
  const progress = progressOf(plan, around, flags['dry-run']);
  const emit = (event: StepEvent): void => {
    events.push(event);
    progress.emit(event);
  };
  try {
    if (flags['dry-run']) await previewSteps(plan.steps, world, emit);
    else await converge(plan, world, flags, { ...around, emit });
  } finally {
    progress.stop();
  }
  plan.leftOut.forEach(({ id, reason }) => emit({ type: 'skipped', step: id, reason }));
  const failed = events.find((event) => event.type === 'failed');
  const told = await Promise.all([summaryOf(world, failed !== undefined), notesOf(world, failed !== undefined)]);
  const report = toSetupReport(events, ...told, around.command);
  if (failed) throw new StepFailedError(titleOf(failed.step), failed.error, report);
  return { report, lines: setupLines(report, flags['dry-run']), exitCode: setupExitCode(report.steps) };
};

/** Reads all, settles what stands against it, then writes. */
const converge = async (
  { steps }: SetupPlan,
  world: World<Context>,
  flags: Flags,
  { signal, interactive, emit, confirm, log }: Surroundings & { emit: (event: StepEvent) => void }
): Promise<void> => {
  const askable = interactive && !flags['no-prompt'];
  await settleObstacles(
    await findObstacles(steps, world),
    flags.adopt,
    askable
      ? async ({ reason }, changes): Promise<boolean> => {
          changes.map(changeLine).forEach(log);
          return confirm(`${reason} Go on?`);
        }
      : undefined
  );
  const journal = await openJournal(world);
  try {
    await runSteps(steps, world, { journal, emit, signal });
  } finally {
    await journal.close();
  }
};

const progressOf = ({ steps }: SetupPlan, { interactive, log }: Surroundings, dryRun: boolean): Progress =>
  interactive && !dryRun ? stagesProgress('Okta provisioning', steps.map(({ id }) => id)) : linesProgress(log);

const notesOf = async (world: World<Context>, failed: boolean): Promise<string[]> =>
  failed ? readNotes(world).catch(() => []) : readNotes(world);

/** The result of a failed run holds what can still be read. */
const summaryOf = async (world: World<Context>, failed: boolean): Promise<Awaited<ReturnType<typeof readSummary>> | object> => {
  if (!failed) return readSummary(world);
  return readSummary(world).catch(() => ({}));
};
