/**
 * `npm test`: the gates, two at a time, then the tests. All of them run, whatever fails before. The last line is the sum, in
 * which each gate counts as one test: `N passed, N failed`, and `, N skipped` when tests were left out.
 * `npm test -- --fast` leaves out the tests in a browser and in the real CLI.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nodeProblem } from './checkNode.js';
import { add, endOf, gate, NOTHING, npmScript, type Counts } from './gate.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MOCHA = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'));
/** How many gates, or files of tests, run at a time. */
const JOBS = 2;
/** A test process that has not ended by then hangs. */
const LONGEST_RUN = 30 * 60 * 1000;

type Gate = readonly [name: string, check: () => Promise<string | undefined>];
/** Before all else: the others read what is compiled. */
const FIRST_GATES: readonly Gate[] = [
  ['node version', async () => nodeProblem()],
  ['compile', npmScript('build')],
];
const GATES: readonly Gate[] = [
  ['lint', npmScript('lint')],
  ['compile tests', npmScript('typecheck')],
  ['format', npmScript('format:check')],
  ['dead code', npmScript('deadcode')],
  ['command snapshot', npmScript('snapshot:compare')],
  ['result schemas', npmScript('schema:compare')],
];

const BUCKETS = 'test/{unit,steps,commands,contract,simulator}/**/*.test.ts';
const SLOW_BUCKETS = 'test/{browser,nuts}/**/*.{nut,test}.ts';

/** Runs mocha over the files. A run that crashes, hangs, counts nothing or ends otherwise than its counts say is a failure more. */
const mocha = async (name: string, files: readonly string[], flags: readonly string[]): Promise<Counts> => {
  console.log(`\n${name}: ${files.length} files`);
  const dir = mkdtempSync(join(tmpdir(), 'okta-test-counts-'));
  try {
    const file = join(dir, 'counts.json');
    const reporter = ['--reporter', join(ROOT, 'scripts/mochaReporter.ts'), '--reporter-option', `counts=${file}`];
    const child = spawn(process.execPath, [MOCHA, ...flags, ...reporter, ...files], {
      stdio: 'inherit',
      timeout: LONGEST_RUN,
      killSignal: 'SIGKILL',
    });
    const ended = await endOf(child);
    const counts = readCounts(file);
    const ran = counts.passed + counts.failed + counts.skipped > 0;
    if (ran && (ended === '0' || counts.failed > 0)) return counts;
    console.log(`FAIL  ${name}: mocha ${ran ? '' : 'ran no test and '}ended with ${ended}`);
    return add(counts, { ...NOTHING, failed: 1 });
  } finally {
    rmSync(dir, { recursive: true });
  }
};

const readCounts = (file: string): Counts => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return NOTHING; // the process ended before the reporter wrote
  }
};

const main = async (): Promise<void> => {
  const { fast } = parseArgs({ options: { fast: { type: 'boolean', default: false } } }).values;
  process.chdir(ROOT);
  let sum = NOTHING;
  for (const [name, check] of FIRST_GATES) sum = add(sum, await gate(name, check));
  const waiting = [...GATES];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const counts = await gate(...next);
      sum = add(sum, counts);
    }
  };
  await Promise.all(Array.from({ length: JOBS }, lane));
  sum = add(sum, await mocha('tests', globSync(BUCKETS).toSorted(), ['--parallel', '--jobs', String(JOBS)]));
  const slow = globSync(SLOW_BUCKETS).toSorted();
  if (fast) console.log('\nLeft out by --fast: the tests in a browser and in the real CLI.');
  else if (slow.length > 0)
    sum = add(sum, await mocha('browser and CLI', slow, ['--parallel', '--jobs', String(JOBS), '--timeout', '300000']));
  process.exitCode = sum.failed === 0 ? 0 : 1;
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
};

await main();
