/** `test`: intent → who travels → there and back → claims. What the command line is to it comes in as `Surroundings`. */
import { randomBytes } from 'node:crypto';
import type { Connection, Org } from '@salesforce/core';
import type { Pause } from './clients/pause.ts';
import { readSources } from './credentials/index.ts';
import type { CheckResult } from './engine/check.ts';
import type { Journal, JournalEntry } from './engine/journal.ts';
import type { World } from './engine/world.ts';
import { InputError } from './errors.ts';
import { parseIntent, type Intent, type PairFlags } from './intent.ts';
import { toChecksReport, type ChecksReport } from './report/checkReport.ts';
import { verifyExitCode } from './report/exitCodes.ts';
import { publish, type Publishing } from './report/publish.ts';
import { hopLines, hopStages, planLines, tripLines } from './report/tripText.ts';
import type { Context, Patience } from './resources/context.ts';
import { readPair } from './resources/pairAsRead.ts';
import { targetOrg } from './resources/targetOrg.ts';
import { disproven, roundTrip, TEST_CLAIMS } from './roundTrip/index.ts';
import { prepare, type LastTrip, type Prepared, type Wishes } from './roundTrip/prepare.ts';
import type { Memory, Trip } from './roundTrip/trip.ts';
import { Secret } from './secret.ts';
import { openJournal, openWorld, patienceFor } from './session.ts';

export interface Surroundings {
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly interactive: boolean;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly confirm: (message: string) => Promise<boolean>;
}

type Flags = PairFlags & {
  readonly 'target-org': Org;
  readonly 'api-version'?: string | undefined;
  readonly 'smoke-user'?: string | undefined;
  readonly 'smoke-profile'?: string | undefined;
  readonly wait: number;
  readonly 'no-prompt': boolean;
  readonly 'result-format': readonly string[];
  readonly 'output-dir': string;
};

/** The claims, and who was sent. */
export interface TestReport extends ChecksReport {
  readonly testUser: { readonly login: string; readonly own: boolean; readonly profile?: string };
}

/** How a trip reaches the orgs, and waits: the product's own, or a test's. */
export interface Travel {
  readonly world: World<Context>;
  /** The same orgs, asked in a way that no signal stops. Opened when something is to be written. */
  readonly calm: () => World<Context>;
  readonly journal: (world: World<Context>) => Promise<Journal>;
  readonly patience: () => Patience;
  readonly calmPatience: () => Patience;
  readonly minutes: number;
}

/** Minutes that clean-up waits for Okta before it acts itself. */
const CALM_MINUTES = 2;

export const runTest = async (
  flags: Flags,
  around: Surroundings
): Promise<{ report: TestReport & Publishing; lines: string[]; exitCode: number }> => {
  const intent = parseIntent(flags, process.env, await readSources(flags['okta-config'], process.env));
  intent.okta.warnings.forEach(around.warn);
  const connection = flags['target-org'].getConnection(flags['api-version']);
  const travel = travelBy(connection, intent, flags.wait, around);
  const wishes = { smokeUser: flags['smoke-user'], smokeProfile: flags['smoke-profile'] };
  const prepared = await readyFor(travel.world, wishes);
  planLines(prepared).forEach(around.log);
  if (!prepared.impossible) await agree(prepared, flags['no-prompt'], around);
  const results = await test(travel, prepared, around);
  around.signal.throwIfAborted();
  const at = new Date(travel.world.context.now()).toISOString();
  const judged = toChecksReport(results, await readPair(travel.world), { strict: false, at });
  const { login, own } = prepared.traveller;
  const { profileName: profile } = prepared;
  const report = { ...judged, testUser: { login, own, ...(profile !== undefined && { profile }) } };
  const published = await publish(report, {
    name: 'test',
    formats: flags['result-format'],
    folder: flags['output-dir'],
  });
  return {
    report: { ...report, ...published.publishing },
    lines: [
      ...(around.interactive && flags['result-format'].includes('human') ? tripLines(report.checks) : []),
      ...published.lines,
    ],
    exitCode: verifyExitCode(report.checks, false),
  };
};

const travelBy = (
  connection: Connection,
  intent: Intent,
  minutes: number,
  { signal, pause, warn }: Pick<Surroundings, 'signal' | 'pause' | 'warn'>
): Travel => {
  const never = new AbortController().signal;
  return {
    world: openWorld(connection, intent, { waitMinutes: minutes, signal, pause }),
    calm: () => openWorld(connection, intent, { waitMinutes: CALM_MINUTES, signal: never, pause }),
    journal: async (world) => openJournal(world, { signal, pause, warn }),
    patience: () => patienceFor(minutes, signal, pause),
    calmPatience: () => patienceFor(CALM_MINUTES, never, pause),
    minutes,
  };
};

/** Everything that is read and decided before the first write. */
export const readyFor = async (world: World<Context>, wishes: Wishes): Promise<Prepared> => {
  const { id } = await world.see(targetOrg);
  return prepare(world, wishes, lastTrip(await world.context.journal(id)));
};

/**
 * In production nobody is provisioned without a word of agreement. A trial counts as production: it is an edition that is sold,
 * with people in it, and only the date of its end tells it (contracts/salesforce.md §9; product.md §4.3 names the kinds that are not).
 */
const agree = async ({ org, traveller }: Prepared, noPrompt: boolean, around: Surroundings): Promise<void> => {
  if (noPrompt) return;
  if (around.interactive) {
    if (await around.confirm(`Provision and deprovision ${traveller.login} now?`)) return;
    throw new InputError('Nothing was done: you did not agree.', ['Run the command again when you do.']);
  }
  if (org.kind !== 'production' && org.kind !== 'trial') return;
  throw new InputError(`${org.username} is in a ${org.kind} org, and nobody is here to agree to the test.`, [
    'Add --no-prompt to agree, or run the command on a terminal.',
  ]);
};

const STEP = 'test.traveller';

export const test = async (
  travel: Travel,
  prepared: Prepared,
  { signal, interactive, log, warn }: Omit<Surroundings, 'confirm' | 'pause'>
): Promise<CheckResult[]> => {
  const { app, impossible, traveller } = prepared;
  if (!app)
    return [
      ...disproven(impossible ?? { why: 'there is no Okta app', evidence: [] }),
      { id: 'test.cleaned-up', status: 'skipped', expected: null, actual: 'there is no Okta app', evidence: [] },
    ];
  const calm = travel.calm();
  const journal = await travel.journal(travel.world);
  const progress = interactive ? hopStages(TEST_CLAIMS) : hopLines(log);
  try {
    await journal.returnBorrowed();
    const { id } = await travel.world.see(targetOrg);
    const last = lastTrip(await travel.world.context.journal(id));
    const trips = { app, signal, minutes: travel.minutes, emit: progress.emit };
    const tripOf = (one: Trip['traveller'], { context }: World<Context>, patience: () => Patience): Trip => ({
      ...trips,
      ...{ okta: context.okta, salesforce: context.salesforce, now: context.now, traveller: one, patience },
      memory: memoryOf(journal, one, last),
    });
    const trip = tripOf(traveller, travel.world, travel.patience);
    const stranded = await strandedOf(last, traveller.login, travel.world);
    return await roundTrip({
      trip,
      calm: {
        ...tripOf(traveller, calm, travel.calmPatience),
        memory: trip.memory,
        signal: new AbortController().signal,
      },
      makeUser: async (login) =>
        trip.okta.createUser({ login, firstName: 'Provisioning', lastName: 'Test', password: unknownPassword() }),
      impossible,
      stranded: stranded.map((one) => tripOf(one, travel.world, travel.calmPatience)),
      warn,
    });
  } finally {
    progress.stop();
    await journal.close();
  }
};

/** Nobody knows it, and nobody logs in by it. Of every kind of character that a policy may ask for. */
const unknownPassword = (): Secret => new Secret(`aZ7!${randomBytes(24).toString('base64url')}`);

/** Another user than the one who travels now, left assigned by a run that was killed. */
const strandedOf = async (
  last: LastTrip | undefined,
  login: string,
  { context }: World<Context>
): Promise<Array<Trip['traveller']>> => {
  if (!last?.assigned || last.login === login) return [];
  const oktaUser = await context.okta.user(last.login);
  return oktaUser ? [{ login: last.login, own: last.own, profile: {}, oktaUser }] : [];
};

const lastTrip = (entries: readonly JournalEntry[]): LastTrip | undefined => {
  const entry = entries.findLast((one) => one.type === 'learned' && one.step === STEP);
  if (entry?.type !== 'learned') return undefined;
  const { login = '', assigned, own, salesforceId, woken } = entry.facts;
  return {
    ...{ login, assigned: assigned === 'yes', own: own === 'yes' },
    ...(salesforceId && { salesforceId }),
    ...(woken && { woken }),
  };
};

const memoryOf = (journal: Journal, traveller: Trip['traveller'], last: LastTrip | undefined): Memory => {
  const known = last?.login === traveller.login ? last : undefined;
  let [salesforceId, assigned, woken] = [known?.salesforceId, known?.assigned ?? false, known?.woken];
  return {
    salesforceId: () => salesforceId,
    assigned: () => assigned,
    woken: () => (woken === '' ? undefined : woken),
    note: async (facts) => {
      const before = JSON.stringify([salesforceId, assigned, woken]);
      salesforceId = facts.salesforceId ?? salesforceId;
      assigned = facts.assigned ?? assigned;
      woken = facts.woken ?? woken;
      if (JSON.stringify([salesforceId, assigned, woken]) === before) return;
      await journal.learn(STEP, {
        ...{ login: traveller.login, own: traveller.own ? 'yes' : 'no', assigned: assigned ? 'yes' : 'no' },
        ...(salesforceId && { salesforceId }),
        ...(woken && { woken }),
      });
    },
  };
};
