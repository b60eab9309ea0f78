/** `verify` of a healthy pair while one request in twenty goes wrong, by a seed: what its claims come to. */
import type { Status } from '../../src/engine/check.ts';
import type { Fault } from '../../src/simulator/index.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { argvOf, flagsOf, NAMED, type Kind } from './healthy.ts';
import type { Pair } from './pair.ts';
import { verifyLoggedIn } from './pairCommands.ts';

/** Letters of which one is a fault: one in twenty. */
const CHANCES = 'ABCDEFGHIJKLMNOPQRST';
/** More requests than a run makes, all its retries counted. */
const REQUESTS = 200;

/** What a request can meet: refused by the service, its answer lost, a page of a proxy, an answer that comes late. */
const KINDS_OF_FAULT: ReadonlyArray<Fault['with']> = [500, 'drop', 'html', { delay: 30 }];

export interface Tally {
  /** How many claims there were of each status, those left out that cannot be observed. */
  readonly claims: Readonly<Record<Exclude<Status, 'skipped'>, number>>;
  /** Runs that ended as an error, without a claim. */
  readonly errors: number;
  /** Requests that met a fault. */
  readonly struck: number;
  /** The claims that were anything but `pass`, by run. */
  readonly notPassed: readonly string[];
}

/** Arms the faults of one run on both sides, and counts those that strike. */
const arm = ({ sim }: Pair, seed: string): { readonly end: () => number } => {
  const random = seededRandom(seed);
  let armed = 0;
  const undo = [sim.salesforce, sim.okta].map((side) => {
    const faults = Array.from({ length: REQUESTS }, (_, index) => index + 1).filter(
      () => random.text(1, CHANCES) === 'A'
    );
    const before = side.requests.length;
    const ends = faults.map((on) => {
      const kind = Number(random.text(1, '0123'));
      return side.fail({ on, with: KINDS_OF_FAULT[kind] ?? 500 });
    });
    return (): void => {
      const asked = side.requests.length - before;
      armed += faults.filter((on) => on <= asked).length;
      ends.forEach((end) => end());
    };
  });
  return {
    end: () => {
      undo.forEach((one) => one());
      return armed;
    },
  };
};

/** Runs the real command so many times. The pair is logged in (`logIn`) and healthy. */
export const underRandomFaults = async (pair: Pair, kind: Kind, runs: number, seed: string): Promise<Tally> => {
  const claims = { pass: 0, fail: 0, warn: 0, unknown: 0 };
  const notPassed: string[] = [];
  let [errors, struck] = [0, 0];
  for (let run = 1; run <= runs; run += 1) {
    const faults = arm(pair, `${seed}/${run}`);
    const { json } = await verifyLoggedIn(pair, argvOf({ ...flagsOf(kind), ...NAMED }));
    struck += faults.end();
    const checks = (json as Partial<typeof json>).result?.checks;
    if (!checks) errors += 1;
    for (const { id, status, actual } of checks ?? []) {
      if (status === 'skipped') continue;
      claims[status] += 1;
      if (status !== 'pass') notPassed.push(`run ${run}: ${id} ${status}: ${JSON.stringify(actual)}`);
    }
  }
  return { claims, errors, struck, notPassed };
};
