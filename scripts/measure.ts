/**
 * `npm run measure`: what `verify` costs and how it bears bad networks, by the real command in this process against a healthy
 * simulated pair of either kind of app. Prints each number beside its aim, and exits 1 when an aim is missed.
 */
import { getHeapSpaceStatistics } from 'node:v8';
import '../test/helpers/home.ts';
import { argvOf, flagsOf, healthyPair, KINDS, NAMED, type Kind } from '../test/helpers/healthy.ts';
import type { Pair } from '../test/helpers/pair.ts';
import { logIn, verifyLoggedIn } from '../test/helpers/pairCommands.ts';
import { underRandomFaults } from '../test/helpers/randomFaults.ts';
import { holdAnswers } from '../test/helpers/rounds.ts';

const ADDED_MS = 100;
const TIMED_RUNS = 15;
const RUNS = 50;

interface Row {
  readonly what: string;
  readonly measured: string;
  /** None where a number is only told. */
  readonly aim?: string;
  readonly met?: boolean;
}

/** Of what the command itself asks; nobody else talks to the simulators meanwhile. */
const verify = async (pair: Pair, kind: Kind): Promise<void> => {
  const { exitCode, json } = await verifyLoggedIn(pair, argvOf({ ...flagsOf(kind), ...NAMED }));
  if (exitCode !== 0) throw new Error(`The healthy pair is not healthy: exit ${exitCode}. ${json.message ?? ''}`);
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const requests = async (pair: Pair, kind: Kind): Promise<Row[]> => {
  const { salesforce, okta } = pair.sim;
  const before = [salesforce.requests.length, okta.requests.length];
  await verify(pair, kind);
  const counts = [salesforce, okta].map((side, index) => side.requests.length - (before[index] ?? 0));
  return [{ what: 'requests of one run', measured: `${counts[0]} to Salesforce, ${counts[1]} to Okta` }];
};

/** The fewest of three: a busy machine can only split a round, which would flatter the comparison. */
const longestChain = async (pair: Pair, kind: Kind): Promise<number> => {
  const rounds: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const held = holdAnswers([pair.sim.salesforce, pair.sim.okta], ['']);
    await verify(pair, kind);
    held.release();
    rounds.push(held.rounds());
  }
  return Math.min(...rounds);
};

const wallTime = async (pair: Pair, kind: Kind): Promise<Row[]> => {
  const chain = await longestChain(pair, kind);
  const slow = [pair.sim.salesforce, pair.sim.okta].map(({ fail }) =>
    fail({ on: 1, with: { delay: ADDED_MS }, times: Infinity })
  );
  const times: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    const started = performance.now();
    await verify(pair, kind);
    times.push(performance.now() - started);
  }
  slow.forEach((end) => end());
  const least = chain * ADDED_MS;
  const ratio = median(times) / least;
  return [
    { what: 'longest chain of requests', measured: `${chain}, so ${least} ms with ${ADDED_MS} ms added to each` },
    {
      what: `wall time, median of ${TIMED_RUNS}`,
      measured: `${Math.round(median(times))} ms, ${ratio.toFixed(2)} times the chain`,
      aim: 'at most 1.3 times',
      met: ratio <= 1.3,
    },
  ];
};

/** What V8 compiles as it warms up is in spaces of its own, and grows for hundreds of runs whatever is run. */
const COMPILED = /^(shared_)?(trusted|code)_/;
const heapUsed = (): number =>
  getHeapSpaceStatistics()
    .filter(({ space_name: name }) => !COMPILED.test(name))
    .reduce((sum, { space_used_size: bytes }) => sum + bytes, 0) /
  2 ** 20;

const memory = async (pair: Pair, kind: Kind): Promise<Row[]> => {
  const { gc } = globalThis;
  if (!gc) throw new Error('Start it with node --expose-gc, as npm run measure does.');
  const heap: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await verify(pair, kind);
    // The simulators live in this process too: what they log is not the memory of `verify`.
    for (const { requests: log } of [pair.sim.salesforce, pair.sim.okta]) log.splice(0);
    gc();
    heap.push(heapUsed());
  }
  const [first, last] = [mean(heap.slice(0, 10)), mean(heap.slice(-10))];
  return [
    {
      what: `heap of ${RUNS} runs, no code`,
      measured: `${first.toFixed(1)} MB in the first ten, ${last.toFixed(1)} in the last`,
      aim: 'at most 2 % more',
      met: last <= first * 1.02,
    },
  ];
};

const randomFaults = async (pair: Pair, kind: Kind): Promise<Row[]> => {
  const { claims, errors, struck, notPassed } = await underRandomFaults(pair, kind, RUNS, `measure/${kind}`);
  const all = Object.values(claims).reduce((sum, count) => sum + count, 0);
  const share = (100 * claims.pass) / all;
  if (process.env['SHOW_CLAIMS']) notPassed.forEach((line) => console.log(line));
  return [
    { what: `${RUNS} runs, 5 % random faults`, measured: `${struck} requests struck, ${errors} runs without a result` },
    {
      what: 'false findings',
      measured: `${claims.fail} fail, ${claims.warn} warn`,
      aim: 'none',
      met: claims.fail === 0 && claims.warn === 0,
    },
    {
      what: 'claims that still pass',
      measured: `${share.toFixed(1)} % (${claims.pass} pass, ${claims.unknown} unknown)`,
      aim: 'at least 90 %, no run lost',
      met: share >= 90 && errors === 0,
    },
  ];
};

const measure = async (kind: Kind): Promise<Row[]> => {
  const pair = await healthyPair(kind);
  try {
    await logIn(pair);
    for (let warmUp = 0; warmUp < 3; warmUp += 1) await verify(pair, kind);
    const rows: Row[] = [];
    for (const one of [requests, wallTime, memory, randomFaults]) rows.push(...(await one(pair, kind)));
    return rows;
  } finally {
    await pair.stop();
  }
};

const line = ({ what, measured, aim, met }: Row): string =>
  `  ${what.padEnd(28)} ${measured.padEnd(52)} ${aim === undefined ? '' : `${met ? 'met' : 'MISSED'} (${aim})`}`.trimEnd();

for (const kind of KINDS) {
  const rows = await measure(kind);
  console.log([`${kind}:`, ...rows.map(line), ''].join('\n'));
  if (rows.some(({ met }) => met === false)) process.exitCode = 1;
}
process.exit();
