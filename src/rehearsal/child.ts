/**
 * Commands as child processes in a home of their own and an environment cleared of everything that could point at a real
 * org: a rehearsal can touch nothing real.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How this very command was started: another of its commands is started the same way. */
export interface Cli {
  readonly node: string;
  readonly script: string;
  readonly bin: string;
  /** Where the CLI keeps its plugins, this one among them. */
  readonly dataDir: string;
}

export interface ChildResult {
  readonly exitCode: number;
  readonly output: readonly string[];
}

export interface Household {
  readonly cli: Cli;
  readonly home: string;
  /** What the commands are told of the two orgs. */
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const FOREIGN =
  /^(OKTA_|SF_|SFDX_|XDG_|(https?|all|no)_proxy$|NODE_EXTRA_CA_CERTS$|NODE_OPTIONS$|LOCALAPPDATA$|HOMEDRIVE$|HOMEPATH$)/i;

export const childEnvironment = ({ cli, home, variables }: Household, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(own).filter(([name]) => !FOREIGN.test(name))),
  HOME: home,
  USERPROFILE: home,
  SF_DATA_DIR: cli.dataDir,
  // Only both names together keep the CLI from updating itself in the background, and the third from asking for news.
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_DISABLE_DNS_CHECK: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  // One warning for each command that http is in use; it is, on loopback.
  NODE_NO_WARNINGS: '1',
  ...variables,
});

/** Runs a command and tells each line of its output, of both streams, as it comes, with a way to answer. */
export const runChild = async (
  household: Household,
  args: readonly string[],
  onLine: (line: string, answer: (line: string) => void) => void
): Promise<ChildResult> => {
  const { cli, signal } = household;
  signal.throwIfAborted();
  const output: string[] = [];
  const child = spawn(cli.node, [cli.script, ...args], {
    env: childEnvironment(household, process.env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that has ended listens no more.
  child.stdin.on('error', () => {});
  const answer = (line: string): void => void child.stdin.write(`${line}\n`);
  const stop = (): boolean => child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      onLine(line, answer);
    });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
    signal.throwIfAborted();
    return { exitCode, output };
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
