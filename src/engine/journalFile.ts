/**
 * The journal of a pair on disk: one file under `~/.sf/okta-provisioning`, one JSON entry a line after a header, mode 0600,
 * locked against a second run. There is no run id: the pair is the key.
 */
import { chmod, mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Global } from '@salesforce/core';
import type { JournalEntry, JournalStore } from './journal.ts';
import { isHeld, lockJournal, type WhileHeld } from './journalLock.ts';

const VERSION = 1;

/** Where the journals are, unless told otherwise. */
export const JOURNALS = join(Global.SF_DIR, 'okta-provisioning');

const pathOf = (folder: string, pair: { orgId: string; oktaHost: string }): string =>
  join(folder, `${pair.orgId}_${pair.oktaHost.replace(/[^A-Za-z0-9.-]/g, '_')}.jsonl`);

/** What the journal of a pair says, without the lock: for those who only look. Empty where there is none. */
export const readJournalFile = async (
  folder: string,
  pair: { orgId: string; oktaHost: string }
): Promise<JournalEntry[]> => {
  const text = await readFile(pathOf(folder, pair), 'utf8').catch(nothingThere);
  return typeof text === 'string' ? text.split('\n').flatMap(entryOf) : [];
};

const nothingThere = (error: unknown): [] => {
  if ((error as { code?: string }).code === 'ENOENT') return [];
  throw error;
};

export interface KeptJournal {
  readonly orgId: string;
  /** As the file's name says it: a colon is an underscore there. */
  readonly oktaHost: string;
  /** Whether a run holds it at this moment. */
  readonly held: boolean;
  readonly entries: readonly JournalEntry[];
}

/** Every pair that has a journal here, as it is now. Throws where one cannot be read. */
export const readJournalFiles = async (folder: string): Promise<KeptJournal[]> => {
  const pairs = (await readdir(folder).catch(nothingThere)).flatMap((name) => {
    const [, orgId, oktaHost] = /^([A-Za-z0-9]+)_([A-Za-z0-9._-]+)\.jsonl$/.exec(name) ?? [];
    return orgId && oktaHost ? [{ orgId, oktaHost }] : [];
  });
  return Promise.all(
    pairs.map(async (pair) => ({
      ...pair,
      held: await isHeld(pathOf(folder, pair)),
      entries: await readJournalFile(folder, pair),
    }))
  );
};

/** Opens the journal of a pair and locks it. Throws JournalLockedError where another run holds it. */
export const openJournalFile = async (
  folder: string,
  pair: { orgId: string; oktaHost: string },
  whileHeld?: WhileHeld
): Promise<JournalStore> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = pathOf(folder, pair);
  const file = await open(path, 'a', 0o600);
  try {
    await chmod(path, 0o600);
    const release = await lockJournal(path, whileHeld);
    return await journalIn(path, file, release);
  } catch (error) {
    await file.close();
    throw error;
  }
};

const journalIn = async (path: string, file: FileHandle, release: () => Promise<void>): Promise<JournalStore> => {
  // One line after the other: a run and a click on its page may write at the same time.
  let last: Promise<void> = Promise.resolve();
  const write = async (line: object): Promise<void> => {
    const append = async (): Promise<void> => {
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.sync();
    };
    last = last.then(append, append);
    return last;
  };
  const text = await readFile(path, 'utf8');
  if (text === '') await write({ version: VERSION });
  // A kill can tear the last line; what comes next must not be glued to it.
  else if (!text.endsWith('\n')) await file.appendFile('\n');
  const entries = text.split('\n').flatMap(entryOf);
  return {
    entries: async () => entries,
    append: async (entry) => {
      entries.push(entry);
      await write(entry);
    },
    close: async () => {
      await file.close();
      await release();
    },
  };
};

/** The entry of a line; none for the header, an empty line or a torn one. */
const entryOf = (line: string): JournalEntry[] => {
  try {
    const entry = JSON.parse(line) as JournalEntry;
    return 'type' in entry ? [entry] : [];
  } catch {
    return [];
  }
};
