/** One gate of `npm test`: a child process that is quiet when it passes and is printed in full when it does not. */
import { spawn } from 'node:child_process';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Runs `check`, which returns what is wrong or nothing, and prints its name, its time and what is wrong. */
export const gate = async (name: string, check: () => Promise<string | undefined>): Promise<Counts> => {
  const started = performance.now();
  const problem = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problem === undefined ? 'pass' : 'FAIL'}  ${name.padEnd(20)} ${seconds.padStart(6)} s`);
  if (problem !== undefined) console.log(`\n${problem.trim()}\n`);
  return { ...NOTHING, [problem === undefined ? 'passed' : 'failed']: 1 };
};

/** Runs an npm script of this package; what it printed is what is wrong when it fails. */
export const npmScript = (script: string) => async (): Promise<string | undefined> => {
  const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = await endOf(child);
  return ended === '0' ? undefined : `${output.trim()}\n"npm run ${script}" ended with ${ended}.`;
};

/** The exit code, the signal, or why it did not start. */
export const endOf = async (child: ReturnType<typeof spawn>): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(String(code ?? signal)));
  });
