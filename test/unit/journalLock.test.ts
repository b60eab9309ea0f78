/** The lock of a journal: who is kept out, for how long, and that a dead run keeps nobody out. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { openJournalFile, readJournalFiles } from '../../src/engine/journalFile.ts';
import type { JournalStore } from '../../src/engine/journal.ts';
import { JournalLockedError } from '../../src/engine/journalLock.ts';
import { rejection } from '../helpers/rejection.ts';

const PAIR = { orgId: '00D000000000001AAA', oktaHost: 'example.okta.com' };
const MODULE = new URL('../../src/engine/journalFile.ts', import.meta.url).href;

describe('the lock of a journal', () => {
  let folder: string;
  let other: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-lock-'));
  });
  afterEach(async () => {
    if (other) await killed(other);
    other = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const path = (what: string): string => join(folder, `00D000000000001AAA_example.okta.com.jsonl.${what}`);
  const killed = async (run: ChildProcess): Promise<void> => {
    if (run.exitCode !== null || run.signalCode !== null) return;
    const ended = once(run, 'exit');
    run.kill('SIGKILL');
    await ended;
  };
  /** A run in a process of its own that holds the lock. */
  const anotherRun = async (): Promise<ChildProcess> => {
    const hold = `const { openJournalFile } = await import(${JSON.stringify(MODULE)});
      await openJournalFile(${JSON.stringify(folder)}, ${JSON.stringify(PAIR)});
      process.stdout.write('held');
      setInterval(() => {}, 1000);`;
    const run = spawn(process.execPath, ['--input-type=module', '-e', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
    other = run;
    const early = once(run, 'exit').then(() => Promise.reject(new Error('the other run ended before it held')));
    early.catch(() => {});
    await Promise.race([once(run.stdout, 'data'), early]);
    return run;
  };
  const onAnotherMachine = async (): Promise<void> => {
    const { pid } = JSON.parse(await readFile(path('holder'), 'utf8')) as { pid: number };
    await writeFile(path('holder'), JSON.stringify({ machine: 'elsewhere', pid }));
  };
  /** Opens it as a command does; `meanwhile` happens in each pause. */
  const patiently = async (meanwhile: () => Promise<void>): Promise<{ store: JournalStore; told: string[] }> => {
    const told: string[] = [];
    const store = await openJournalFile(folder, PAIR, { tell: (line) => told.push(line), pause: meanwhile });
    return { store, told };
  };
  const noPause = async (): Promise<void> => {
    throw new Error('nothing is to be waited for');
  };

  it('names the process of a run that is alive on this machine, and waits for nothing', async () => {
    const { pid } = await anotherRun();
    const error = await rejection(patiently(noPause));
    expect(error).to.be.instanceOf(JournalLockedError);
    expect(error.message).to.include(`process ${pid} of this machine`);
    expect(error instanceof SfError && error.actions?.join()).to.include('Wait for it to end');
  });

  it('is taken over at once from a run that was killed on this machine', async () => {
    await killed(await anotherRun());
    const { store, told } = await patiently(noPause);
    expect(told).to.deep.equal([]);
    expect(JSON.parse(await readFile(path('holder'), 'utf8'))).to.include({ pid: process.pid });
    await store.close();
    await (await patiently(noPause)).store.close();
  });

  it('is taken over by one alone of many that find a killed run', async () => {
    await killed(await anotherRun());
    const tries = await Promise.allSettled(Array.from({ length: 10 }, async () => openJournalFile(folder, PAIR)));
    const stores = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(stores).to.have.length(1);
    await stores[0]?.close();
  });

  it('counts as held by a run that is alive, and not by one that was killed', async () => {
    const held = async (): Promise<unknown> => (await readJournalFiles(folder)).map((journal) => journal.held);
    const run = await anotherRun();
    expect(await held()).to.deep.equal([true]);
    await killed(run);
    expect(await held()).to.deep.equal([false]);
  });

  it('of a run elsewhere is waited for, said once, and taken when it has expired', async () => {
    await killed(await anotherRun());
    await onAnotherMachine();
    let pauses = 0;
    const { store, told } = await patiently(async () => {
      pauses += 1;
      if (pauses === 3) await utimes(path('lock'), 0, 0);
    });
    expect([pauses, told.length]).to.deep.equal([3, 1]);
    expect(told[0]).to.include('on another machine or in another container').and.include('half a minute at most');
    await store.close();
  });

  it('of a run elsewhere that touches it is left alone', async () => {
    await killed(await anotherRun());
    await onAnotherMachine();
    const now = Date.now() / 1000 + 5;
    let pauses = 0;
    const touches = async (): Promise<void> => {
      pauses += 1;
      await utimes(path('lock'), now, now);
    };
    const error = await rejection(patiently(touches));
    expect(pauses).to.equal(1);
    expect(error).to.be.instanceOf(JournalLockedError);
    expect(error.message).to.include('on another machine or in another container');
  });

  it('of a run that nobody knows is waited for no longer than a living one takes to touch it', async () => {
    await killed(await anotherRun());
    await rm(path('holder'));
    let waited = 0;
    const error = await rejection(
      openJournalFile(folder, PAIR, { tell: () => {}, pause: async (milliseconds) => void (waited += milliseconds) })
    );
    expect(error).to.be.instanceOf(JournalLockedError);
    expect(waited).to.be.within(30_000, 35_000);
  });

  it('is waited for no longer when the run is aborted', async () => {
    await killed(await anotherRun());
    await onAnotherMachine();
    const stopped = new Error('Interrupted');
    expect(await rejection(patiently(async () => Promise.reject(stopped)))).to.equal(stopped);
  });
});
