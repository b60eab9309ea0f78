/** The composition root: a connection and an Intent → clients, the world they show, and the journal. */
import type { Connection } from '@salesforce/core';
import { sleepFor, type Pause } from './clients/pause.ts';
import { realTime, type TimeLimit } from './clients/timeLimit.ts';
import { createOktaClient } from './clients/okta/client.ts';
import { createSalesforceClient } from './clients/salesforce/client.ts';
import { Journal } from './engine/journal.ts';
import { JOURNALS, openJournalFile, readJournalFile } from './engine/journalFile.ts';
import { World } from './engine/world.ts';
import type { Intent } from './intent.ts';
import type { ApprovalDesk, Context, Patience } from './resources/context.ts';
import { grants } from './resources/grants.ts';
import { newest } from './resources/connection.ts';
import { borrowedSettings } from './steps/secretAccess.ts';
import { targetOrg } from './resources/targetOrg.ts';

interface SessionOptions {
  /** Minutes to wait for a person or a vendor, in all. */
  readonly waitMinutes: number;
  readonly signal: AbortSignal;
  readonly pause?: Pause;
  /** How a call's time is told to be over. */
  readonly limit?: TimeLimit;
  readonly now?: () => number;
  /** Milliseconds on a clock that nobody sets: the time limit is told by it. */
  readonly elapsed?: (() => number) | undefined;
  /** See the context. */
  readonly handOver?: Context['handOver'];
  /** Asks a service app's token for the right to read alone. */
  readonly readOnly?: boolean;
  /** Takes a link to a person who approves. */
  readonly desk?: ApprovalDesk | undefined;
}

const READ = 'okta.apps.read';
const HOUR = 3_600_000;

/** Both orgs, ready to be looked at. Asks neither of them anything yet. */
export const openWorld = (
  connection: Connection,
  intent: Intent,
  {
    waitMinutes,
    signal,
    pause = sleepFor,
    limit = realTime,
    now = Date.now,
    elapsed,
    readOnly = false,
    handOver,
    desk,
  }: SessionOptions
): World<Context> =>
  new World({
    salesforce: createSalesforceClient(connection, { signal, pause, limit }),
    okta: createOktaClient({
      ...intent.okta,
      scopes: readOnly ? [READ] : [READ, 'okta.apps.manage'],
      signal,
      pause,
      limit,
      now,
    }),
    intent,
    ...(desk && { desk }),
    patience: patienceFor(waitMinutes, signal, pause, elapsed),
    logAfter: new Date(now() - HOUR).toISOString(),
    now,
    ...(handOver && { handOver }),
    journal: async (orgId) => readJournalFile(JOURNALS, { orgId, oktaHost: new URL(intent.okta.url).host }),
  });

/** With `--reauthenticate`: the same world, in which only what comes from now on counts as an approval. */
export const fromNowOn = async (world: World<Context>): Promise<World<Context>> => {
  const last = newest(await world.see(grants))?.grantedAt;
  return last === undefined ? world : new World({ ...world.context, grantsAfter: last });
};

/** The journal of the pair, locked until it is closed. */
export const openJournal = async (
  world: World<Context>,
  { signal, pause, warn }: { signal: AbortSignal; pause: Pause; warn: (line: string) => void }
): Promise<Journal> => {
  const { id: orgId } = await world.see(targetOrg);
  const { okta, salesforce, now } = world.context;
  const oktaHost = new URL(okta.url).host;
  const whileHeld = { tell: warn, pause: async (milliseconds: number) => pause(milliseconds, signal) };
  const file = await openJournalFile(JOURNALS, { orgId, oktaHost }, whileHeld);
  return new Journal(file, borrowedSettings(salesforce, now));
};

/** A deadline of its own, so many minutes from now. */
export const patienceFor = (
  minutes: number,
  signal: AbortSignal,
  pause: Pause,
  elapsed: () => number = (): number => performance.now()
): Patience => {
  const deadline = elapsed() + minutes * 60_000;
  const left = (): number => deadline - elapsed();
  return {
    over: () => left() <= 0,
    pause: async (milliseconds, sooner) => {
      if (left() <= 0) return false;
      const woken = new AbortController();
      void sooner?.then(() => woken.abort());
      try {
        await pause(Math.min(milliseconds, left()), AbortSignal.any([signal, woken.signal]));
      } catch (error) {
        if (signal.aborted || !woken.signal.aborted) throw error;
      }
      return true;
    },
  };
};
