import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Journal, type JournalEntry, type JournalStore, type Setting } from '../../src/engine/journal.ts';
import { openJournalFile, readJournalFile } from '../../src/engine/journalFile.ts';
import { JournalLockedError } from '../../src/engine/journalLock.ts';
import { rejection } from '../helpers/rejection.ts';

const inMemory = (): { entries: JournalEntry[]; store: JournalStore } => {
  const entries: JournalEntry[] = [];
  const append = async (entry: JournalEntry): Promise<void> => void entries.push(entry);
  return { entries, store: { entries: async () => entries, append, close: async () => {} } };
};

const switchOf = (initial: boolean): Setting & { now: () => boolean } => {
  let value = initial;
  return {
    name: 'switch',
    needed: true,
    read: async () => value,
    write: async (to) => {
      value = to;
    },
    now: () => value,
  };
};

describe('journal', () => {
  it('turns a setting for the work and back, also when the work throws', async () => {
    const { store } = inMemory();
    const setting = switchOf(false);
    const journal = new Journal(store, [setting]);
    expect(await journal.borrow(setting, async () => setting.now())).to.equal(true);
    expect(setting.now()).to.equal(false);
    await rejection(journal.borrow(setting, async () => Promise.reject(new Error('work'))));
    expect(setting.now()).to.equal(false);
  });

  it('touches nothing, and writes nothing down, when the setting is as needed', async () => {
    const { store, entries } = inMemory();
    const setting = switchOf(true);
    await new Journal(store, [setting]).borrow(setting, async () => {});
    expect([entries, setting.now()]).to.deep.equal([[], true]);
  });

  it('writes down what it borrows before it changes it', async () => {
    const { store, entries } = inMemory();
    const setting = { ...switchOf(false), write: async () => Promise.reject(new Error('killed')) };
    await rejection(new Journal(store, [setting]).borrow(setting, async () => {}));
    expect(entries).to.deep.equal([{ type: 'borrowed', setting: 'switch', was: false }]);
  });

  it('gives back in the next run what a killed one left', async () => {
    const { store, entries } = inMemory();
    entries.push({ type: 'borrowed', setting: 'switch', was: false });
    const setting = switchOf(true);
    const journal = new Journal(store, [setting]);
    await journal.returnBorrowed();
    expect(setting.now()).to.equal(false);
    await setting.write(true);
    await journal.returnBorrowed();
    expect(setting.now()).to.equal(true);
  });

  it('lends a setting once at a time, so that two loans at once leave it as it was', async () => {
    const { store, entries } = inMemory();
    const setting = switchOf(false);
    const journal = new Journal(store, [setting]);
    const seen: boolean[] = [];
    const loan = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(setting.now());
    };
    await Promise.all([journal.borrow(setting, loan), journal.borrow(setting, loan), journal.returnBorrowed()]);
    expect([seen, setting.now()]).to.deep.equal([[true, true], false]);
    expect(entries.map(({ type }) => type)).to.deep.equal(['borrowed', 'returned', 'borrowed', 'returned']);
  });

  it('knows how a setting was before a loan that could not be returned', async () => {
    const { store, entries } = inMemory();
    let broken = true;
    const setting = switchOf(false);
    const sticky: Setting = {
      ...setting,
      write: async (to) => (broken && !to ? Promise.reject(new Error('refused')) : setting.write(to)),
    };
    const journal = new Journal(store, [sticky]);
    await rejection(journal.borrow(sticky, async () => {}));
    expect(setting.now()).to.equal(true);
    broken = false;
    await journal.borrow(sticky, async () => {});
    expect([setting.now(), entries.map(({ type }) => type)]).to.deep.equal([false, ['borrowed', 'returned']]);
  });

  it('appends what it learns only when it is new', async () => {
    const { store, entries } = inMemory();
    const journal = new Journal(store);
    await journal.learn('step', { id: '1' });
    await journal.learn('step', { id: '1' });
    await journal.learn('step', { id: '2' });
    expect(entries).to.have.length(2);
  });
});

describe('journal file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const pair = { orgId: '00D000000000001AAA', oktaHost: 'example.okta.com' };
  const path = (): string => join(folder, '00D000000000001AAA_example.okta.com.jsonl');

  it('keeps entries from one run to the next, for its owner alone', async () => {
    const first = await openJournalFile(folder, pair);
    await first.append({ type: 'creating', object: 'okta.app' });
    await first.close();
    const second = await openJournalFile(folder, pair);
    expect(await second.entries()).to.deep.equal([{ type: 'creating', object: 'okta.app' }]);
    await second.close();
    expect((await stat(path())).mode & 0o777).to.equal(0o600);
  });

  it('shuts a second run on the pair out, and lets it in afterwards', async () => {
    const first = await openJournalFile(folder, pair);
    expect(await rejection(openJournalFile(folder, pair))).to.be.instanceOf(JournalLockedError);
    await first.close();
    await (await openJournalFile(folder, pair)).close();
  });

  it('lets one of thirty runs at once in', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 30 }, async () => openJournalFile(folder, pair)));
    const opened = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(opened).to.have.length(1);
    await opened[0]?.close();
  });

  it('keeps every line whole when many are written at once', async () => {
    const store = await openJournalFile(folder, pair);
    const objects = Array.from({ length: 50 }, (_, index) => `${index}`.repeat(2000));
    await Promise.all(objects.map(async (object) => store.append({ type: 'creating', object })));
    await store.close();
    const read = await readJournalFile(folder, pair);
    expect(read).to.deep.equal(objects.map((object) => ({ type: 'creating', object })));
  });

  it('ignores a last line that a kill tore, and goes on after it', async () => {
    await writeFile(path(), '{"version":1}\n{"type":"creating","object":"a"}\n{"type":"crea');
    const journal = await openJournalFile(folder, pair);
    await journal.append({ type: 'creating', object: 'b' });
    await journal.close();
    const again = await openJournalFile(folder, pair);
    expect(await again.entries()).to.deep.equal([
      { type: 'creating', object: 'a' },
      { type: 'creating', object: 'b' },
    ]);
    await again.close();
    expect(await readFile(path(), 'utf8')).to.match(/^\{"version":1\}\n/);
  });
});
