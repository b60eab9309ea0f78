/**
 * The lock of a pair's journal. It is a folder that its holder touches every 15 seconds and that expires 30 seconds after the
 * last touch. Beside it stands who holds it, so that the lock of a dead run need not be waited for: where that run was
 * on this machine (and, on Linux, in this boot and this container) and its process is gone, the lock is taken over at once.
 * Whoever may be alive elsewhere is given the time in which a living run touches its lock.
 */
import { readFile, readlink, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { SfError } from '@salesforce/core';
import { check, lock } from 'proper-lockfile';

const STALE = 30_000;
const LOOK = 1000;
const LOCK = { realpath: false, stale: STALE };
/** Whoever opens a lock is alone with it for some milliseconds, so that nobody takes a new lock for the dead one before it. */
const GATE = {
  realpath: false,
  stale: 5000,
  retries: { retries: 300, factor: 1, minTimeout: 10, maxTimeout: 60, randomize: true },
  onCompromised: (): void => {}, // it is given up at once in any case
};

/** How a run that finds the lock of another waits for it to expire. */
export interface WhileHeld {
  readonly tell: (line: string) => void;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

interface Holder {
  readonly machine: string;
  readonly pid: number;
}

const lockOf = (path: string): string => `${path}.lock`;
const gateOf = (path: string): string => `${path}.gate`;
const holderOf = (path: string): string => `${path}.holder`;

/** Where process ids mean what they mean here. */
const thisMachine = async (): Promise<string> => {
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return [hostname(), boot.trim(), namespace].join(' ');
};

const readHolder = async (path: string): Promise<Holder | undefined> => {
  try {
    const { machine, pid } = JSON.parse(await readFile(holderOf(path), 'utf8')) as Partial<Holder>;
    return typeof machine === 'string' && Number.isInteger(pid) ? { machine, pid: Number(pid) } : undefined;
  } catch {
    return undefined;
  }
};

type Life = 'alive' | 'dead' | 'unknown';

/** A process of that id may be another one by now: then the lock is left to expire. */
const lifeOf = async (holder: Holder | undefined): Promise<Life> => {
  if (!holder || holder.machine !== (await thisMachine())) return 'unknown';
  try {
    process.kill(holder.pid, 0);
    return 'alive';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'dead' : 'alive';
  }
};

/** Whether a run that may be alive holds the journal. */
export const isHeld = async (path: string): Promise<boolean> =>
  (await check(path, LOCK)) && (await lifeOf(await readHolder(path))) !== 'dead';

/** Takes the lock; what is returned gives it up. Throws JournalLockedError where another run holds it. */
export const lockJournal = async (path: string, whileHeld?: WhileHeld): Promise<() => Promise<void>> => {
  const touched = await touchOf(path);
  for (let waited = 0; ; waited += LOOK) {
    const { release, life, pid } = await tryLock(path);
    if (release) return release;
    const expires = life === 'unknown' && (await touchOf(path)) === touched && waited <= STALE + LOOK;
    if (!whileHeld || !expires) throw new JournalLockedError(path, life === 'alive' ? pid : undefined);
    if (waited === 0) whileHeld.tell(WAITING);
    await whileHeld.pause(LOOK);
  }
};

const WAITING =
  'Another run on this pair of orgs may be under way, on another machine or in another container. Waiting for half a minute at most, to see whether it is alive.';

const touchOf = async (path: string): Promise<number | undefined> =>
  stat(lockOf(path)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined
  );

interface Tried {
  readonly release?: () => Promise<void>;
  readonly life: Life;
  readonly pid?: number | undefined;
}

const tryLock = async (path: string): Promise<Tried> => {
  const openGate = await lock(gateOf(path), { ...GATE, lockfilePath: gateOf(path) });
  try {
    const release = await unlessLocked(path);
    if (release) return { release, life: 'dead' };
    const holder = await readHolder(path);
    const life = await lifeOf(holder);
    if (life !== 'dead') return { life, pid: holder?.pid };
    await rmdir(lockOf(path)).catch(() => {});
    const taken = await unlessLocked(path);
    return taken ? { release: taken, life } : { life: 'unknown' };
  } finally {
    await openGate();
  }
};

const unlessLocked = async (path: string): Promise<(() => Promise<void>) | undefined> => {
  try {
    const release = await lock(path, LOCK);
    await writeFile(holderOf(path), JSON.stringify({ machine: await thisMachine(), pid: process.pid }), {
      mode: 0o600,
    });
    return async () => {
      await rm(holderOf(path), { force: true });
      await release();
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
};

/** A second run on the same pair at the same time. */
export class JournalLockedError extends SfError {
  /** `pid`: of the other run, where it is on this machine. */
  public constructor(path: string, pid: number | undefined) {
    super(
      `Another run on this pair of orgs is under way, ${pid === undefined ? 'on another machine or in another container' : `as process ${pid} of this machine`}.`,
      'JournalLockedError',
      [
        'Wait for it to end, then run the same command again.',
        `If no such run is to be found, run the same command in half a minute: the lock ${lockOf(path)} expires when nobody holds it.`,
      ]
    );
  }
}
