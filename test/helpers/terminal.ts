/** `sf` on a terminal of its own, as a person has it: a pty, made by `script` of util-linux. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Household } from './sfCli.ts';

export interface Terminal {
  /** All that was shown so far, without the codes that move the cursor. */
  readonly text: () => string;
  /** The text that a pattern finds, once it is shown. */
  readonly shows: (pattern: RegExp) => Promise<string>;
  readonly press: (key: keyof typeof KEYS) => void;
  /** Types or pastes a text of one line. */
  readonly type: (text: string) => void;
  /** Ends `sf` as the kernel does when memory is short. Linux only. */
  readonly kill: () => Promise<void>;
  readonly exitCode: Promise<number>;
}

/** The one-time link of the companion page. */
export const LINK = /http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+/;

const KEYS = { 'Ctrl-C': '\u0003', Down: '\u001b[B', Enter: '\r' };
const PATIENCE = 120_000;
// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const CODES = /\u001b\[[0-9;?]*[A-Za-z]|\u001b[()][A-Z0-9]|\r/g;

export const onTerminal = ({ invocation }: Household, args: readonly string[]): Terminal => {
  const { file, args: words, env, cwd } = invocation(args);
  const quoted = [file, ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const child = spawn('script', ['-qfec', `stty cols 160 rows 60; exec ${quoted}`, '/dev/null'], {
    env: { ...env, TERM: 'xterm' },
    cwd,
  });
  let seen = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    seen += chunk;
    waiting.forEach((look) => look());
  });
  const write = (keys: string): void => {
    if (child.exitCode === null && child.signalCode === null) child.stdin.write(keys);
  };
  const text = (): string => seen.replace(CODES, '');
  return {
    text,
    shows: async (pattern) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`The terminal did not show ${String(pattern)}:\n${text().slice(-3000)}`)),
          PATIENCE
        );
        const look = (): void => {
          const found = pattern.exec(text())?.[0];
          if (found === undefined) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    press: (key) => write(KEYS[key]),
    type: write,
    kill: async () => {
      const { pid = 0 } = child;
      const [sf] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean);
      process.kill(Number(sf), 'SIGKILL');
    },
    exitCode: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? -1));
    }),
  };
};
