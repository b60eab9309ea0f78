/** `setup`: intent → plan → steps → report. What the command line is to it comes in as `Surroundings`. */
import type { Org } from '@salesforce/core';
import { openDesk, type TerminalDesk } from './approvalDesk.ts';
import type { Pause } from './clients/pause.ts';
import { settleObstacles, type Blocked, type Chosen } from './consent.ts';
import { inContainer, NO_PAGE, notRead, openPage, pageMode, wantsPage, type Page } from './companionPage.ts';
import { consumerAtClick, type Consumer, type ConsumerAtClick } from './consumerAtClick.ts';
import { readSources } from './credentials/index.ts';
import type { Choice } from './engine/change.ts';
import type { Journal } from './engine/journal.ts';
import { findObstacles, previewSteps, runSteps, type Emit, type StepEvent } from './engine/runner.ts';
import { World } from './engine/world.ts';
import { StepFailedError } from './errors.ts';
import { parseIntent, type SetupFlags } from './intent.ts';
import { planSetup, type SetupPlan } from './plan.ts';
import { EXIT, setupExitCode } from './report/exitCodes.ts';
import { titleOf, toSetupReport, type SetupReport } from './report/report.ts';
import { linesProgress, stagesProgress, type Progress } from './report/stages.ts';
import { changeLine, setupLines } from './report/text.ts';
import type { Context } from './resources/context.ts';
import { oktaOrg } from './resources/oktaOrg.ts';
import { readNotes, type Note } from './resources/notes.ts';
import { readSummary } from './resources/summary.ts';
import { secretsReadable } from './resources/targetOrg.ts';
import { fromNowOn, openJournal, openWorld } from './session.ts';

export interface Surroundings {
  readonly signal: AbortSignal;
  readonly pause: Pause;
  /** See the session. */
  readonly elapsed?: () => number;
  /** A person is there to see and answer. */
  readonly interactive: boolean;
  /** What was typed, for "run it again". */
  readonly command: string;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly confirm: (message: string) => Promise<boolean>;
  /** One of the values of a flag. */
  readonly choose: (choice: Choice) => Promise<string>;
  /** Questions that a signal takes back. */
  readonly agreeUntil: (message: string, signal: AbortSignal) => Promise<boolean>;
  readonly askHidden: (message: string, signal: AbortSignal) => Promise<string | undefined>;
  /** The next line of standard input, where it is no terminal. */
  readonly nextLine: (signal: AbortSignal) => Promise<string | undefined>;
}

type Flags = SetupFlags & {
  readonly 'target-org': Org;
  readonly 'api-version'?: string | undefined;
  readonly wait?: number | undefined;
  readonly 'no-prompt': boolean;
  readonly 'dry-run': boolean;
  readonly 'show-link'?: boolean | undefined;
};

/** The two orgs with what is wanted of them, and the command that says so. */
interface Run {
  readonly world: World<Context>;
  readonly command: string;
}

const MINUTES_ON_A_TERMINAL = 20;

export const runSetup = async (
  flags: Flags,
  around: Surroundings
): Promise<{ report: SetupReport; lines: string[]; exitCode: number }> => {
  const intent = parseIntent(flags, process.env, await readSources(flags['okta-config'], process.env));
  intent.okta.warnings.forEach(around.warn);
  const waitMinutes = flags.wait ?? (around.interactive ? MINUTES_ON_A_TERMINAL : 0);
  const connection = flags['target-org'].getConnection(flags['api-version']);
  const surfaces = { ...around, waits: waitMinutes > 0, env: process.env, container: inContainer() };
  const handsOver = intent.secretAccess === 'temporary' && pageMode(flags, surfaces) !== 'none';
  if (flags['secret-access'] === 'temporary' && wantsPage(flags) && !handsOver) around.warn(notRead(intent.oauthApp));
  let chosen: Consumer | undefined;
  const desk = deskFor(flags, around);
  const opened = openWorld(connection, intent, {
    waitMinutes,
    signal: around.signal,
    desk,
    pause: around.pause,
    elapsed: around.elapsed,
    ...(handsOver && { handOver: (consumer: Consumer) => void (chosen = consumer) }),
  });
  const plan = planSetup(intent);
  const clicks = (world: World<Context>, journal: Journal): ConsumerAtClick | undefined =>
    handsOver
      ? consumerAtClick({ world, journal, signal: around.signal, chosen: () => chosen, pause: around.pause })
      : undefined;
  const pageOpener = async (on: Run, consumer?: ConsumerAtClick): Promise<Page> =>
    openPage(flags, surfaces, {
      ...{ ...on, connection, consumer, desk, tell: around.log },
      endsAt: Date.now() + waitMinutes * 60_000,
    });
  const begun: Run = { world: intent.reauthenticate ? await fromNowOn(opened) : opened, command: around.command };
  const { world, command, events } = flags['dry-run']
    ? { ...begun, events: await preview(plan, begun.world, around) }
    : await converge(plan, begun, flags, { ...around, clicks, openPage: pageOpener });
  const failed = events.find((event) => event.type === 'failed');
  const [summary, notes] = await Promise.all([
    summaryOf(world, failed !== undefined),
    notesOf(world, failed !== undefined),
  ]);
  const report = toSetupReport(
    events,
    summary,
    notes.map(({ text }) => text),
    command
  );
  if (failed) throw new StepFailedError(titleOf(failed.step), failed.error, report);
  return {
    report,
    lines: setupLines(report, flags['dry-run']),
    exitCode: flags['dry-run'] ? EXIT.done : setupExitCode(report.steps, notes),
  };
};

const BROUGHT = 'If the last page shows a text with continue_oauth_flow_url, paste it here (it is not shown):';

/** Absent where nobody is there, or may be asked, and no flag asked for the link. */
const deskFor = (
  flags: Flags,
  { interactive, log, agreeUntil, askHidden, nextLine }: Surroundings
): TerminalDesk | undefined => {
  const asks = interactive && !flags['no-prompt'];
  const showLink = flags['show-link'] === true;
  if (!asks && !showLink) return undefined;
  return openDesk({
    showLink,
    tell: log,
    confirm: asks ? agreeUntil : undefined,
    read: asks ? async (signal): Promise<string | undefined> => askHidden(BROUGHT, signal) : nextLine,
  });
};

const preview = async (plan: SetupPlan, world: World<Context>, { log }: Surroundings): Promise<StepEvent[]> =>
  recorded(plan, linesProgress(log), async (emit) => previewSteps(plan.steps, world, emit), NO_PAGE);

/**
 * Puts back what a killed run left, whatever comes of this one; reads all, settles what stands against it, then writes. The
 * reads begin at once, so that nothing waits for the journal.
 */
const converge = async (
  plan: SetupPlan,
  begun: Run,
  flags: Flags,
  around: Surroundings & {
    readonly clicks: (world: World<Context>, journal: Journal) => ConsumerAtClick | undefined;
    readonly openPage: (on: Run, consumer?: ConsumerAtClick) => Promise<Page>;
  }
): Promise<Run & { events: StepEvent[] }> => {
  const { signal, interactive, log } = around;
  const [blocked, tidied] = await Promise.allSettled([lookedAt(plan, begun.world), putBack(begun.world, around)]);
  if (tidied.status === 'rejected') throw tidied.reason;
  const journal = tidied.value;
  let consumer: ConsumerAtClick | undefined;
  try {
    if (blocked.status === 'rejected') throw blocked.reason;
    const settled = await settle(plan, begun, blocked.value, flags, around);
    const { world } = settled;
    consumer = around.clicks(world, journal);
    const page = await around.openPage(settled, consumer);
    const ids = plan.steps.map(({ id }) => id);
    const progress = interactive ? stagesProgress('Okta provisioning', ids, log) : linesProgress(log);
    const run = async (emit: Emit): Promise<void> => runSteps(plan.steps, world, { journal, emit, signal });
    return { ...settled, events: await recorded(plan, progress, run, page, signal) };
  } finally {
    try {
      await consumer?.close();
    } finally {
      await journal.close();
    }
  }
};

/** Whether the URL is that of an Okta org is told before the first write too. */
const lookedAt = async ({ steps }: SetupPlan, world: World<Context>): Promise<Blocked[]> => {
  const [blocked] = await Promise.all([findObstacles(steps, world), world.see(oktaOrg)]);
  return blocked;
};

/** Until nothing stands against the run. What a person chose is as if a flag had said it: both orgs are looked at anew. */
const settle = async (
  plan: SetupPlan,
  run: Run,
  blocked: Blocked[],
  flags: Flags,
  around: Surroundings
): Promise<Run> => {
  const asks = around.interactive && !flags['no-prompt'];
  const chosen = await settleObstacles(blocked, {
    adopt: flags.adopt,
    show: (changes) => changes.map(changeLine).forEach(around.log),
    ask: asks ? async ({ reason }) => around.confirm(`${reason} Go on?`) : undefined,
    choose: asks ? around.choose : undefined,
  });
  if (!chosen) return run;
  const next = withChosen(run, chosen);
  return settle(plan, next, await findObstacles(plan.steps, next.world), flags, around);
};

const withChosen = ({ world: { context }, command }: Run, { flag, value }: Chosen): Run => {
  const { label, ...oktaApp } = context.intent.oktaApp;
  return {
    world: new World({ ...context, intent: { ...context.intent, oktaApp: { ...oktaApp, id: value } } }),
    // Beside a label the flag would be refused: then the question comes again.
    command: label === undefined ? `${command} ${flag} ${value}` : command,
  };
};

const putBack = async (world: World<Context>, around: Surroundings): Promise<Journal> => {
  const journal = await openJournal(world, around);
  try {
    if (await journal.returnBorrowed()) world.forget(secretsReadable);
    return journal;
  } catch (error) {
    await journal.close();
    throw error;
  }
};

/** Shows the events of a run as they come, and returns them all, with those of the steps that are left out. */
const recorded = async (
  { leftOut }: SetupPlan,
  progress: Progress,
  run: (emit: Emit) => Promise<void>,
  page: Page,
  signal?: AbortSignal
): Promise<StepEvent[]> => {
  const events: StepEvent[] = [];
  const emit = (event: StepEvent): void => {
    events.push(event);
    progress.emit(page.show(event));
  };
  try {
    await run(emit);
    leftOut.forEach(({ id, reason }) => emit({ type: 'skipped', step: id, reason }));
    progress.stop('completed');
  } catch (error) {
    progress.stop('aborted');
    await page.end(events, signal?.aborted ? 'interrupted' : 'broken');
    throw error;
  }
  await page.end(events, 'ended');
  return events;
};

const notesOf = async (world: World<Context>, failed: boolean): Promise<Note[]> =>
  failed ? readNotes(world).catch(() => []) : readNotes(world);

/** The result of a failed run holds what can still be read. */
const summaryOf = async (
  world: World<Context>,
  failed: boolean
): Promise<Awaited<ReturnType<typeof readSummary>> | object> => {
  if (!failed) return readSummary(world);
  return readSummary(world).catch(() => ({}));
};
