/**
 * `npm test`: every gate in order, then the tests. All of them run, whatever fails before. The last line is the sum, in
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
/** A test process that has not ended by then hangs. */
const LONGEST_RUN = 30 * 60 * 1000;

const GATES: ReadonlyArray<readonly [name: string, check: () => Promise<string | undefined>]> = [
  ['node version', async () => nodeProblem()],
  ['compile', npmScript('build')],
  ['compile tests', npmScript('typecheck')],
  ['lint', npmScript('lint')],
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
  for (const [name, check] of GATES) sum = add(sum, await gate(name, check));
  sum = add(sum, await mocha('tests', globSync(BUCKETS).toSorted(), ['--parallel', '--jobs', '2']));
  const slow = globSync(SLOW_BUCKETS).toSorted();
  if (fast) console.log('\nLeft out by --fast: the tests in a browser and in the real CLI.');
  else if (slow.length > 0)
    sum = add(sum, await mocha('browser and CLI', slow, ['--parallel', '--jobs', '2', '--timeout', '300000']));
  process.exitCode = sum.failed === 0 ? 0 : 1;
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
};

await main();
