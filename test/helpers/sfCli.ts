/**
 * The plugin as people get it: packed, installed from the tarball with its dependencies and linked to the real `sf`, once
 * in a process. Its commands run as child processes in throw-away homes, with an environment that can point at nothing real.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../src/simulator/index.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const SF = fileURLToPath(new URL('../bin/run.js', import.meta.resolve('@salesforce/cli')));

export interface SfOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  /** Where it runs; in the home unless told. */
  readonly cwd?: string;
  /** Each line of both streams as it comes. */
  readonly onLine?: (line: string) => void;
  /** Sends SIGINT when it is aborted, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

export interface SfResult {
  /** The name of the signal where the process did not end by itself. */
  readonly exitCode: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The arguments of the process and of those below it, as every user of the machine can see them. Linux only. */
  readonly commandLines: readonly string[];
  /** All of stdout as one JSON value; whatever else is there makes it throw. */
  readonly json: <T>() => T;
}

export interface Household {
  readonly home: string;
  /** Every folder that a command can have written to. */
  readonly folders: readonly string[];
  /** Where a command's temporary files are. */
  readonly temporary: string;
  /** What was started as `sf` by way of the PATH: nothing, unless the CLI began to update itself. */
  readonly startedByName: () => Promise<string[]>;
  /** How `sf` is started, for a test that starts it itself. */
  readonly invocation: (args: readonly string[]) => {
    file: string;
    args: string[];
    env: NodeJS.ProcessEnv;
    cwd: string;
  };
  readonly sf: (args: readonly string[], options?: SfOptions) => Promise<SfResult>;
  /** Logs in to the simulated org and makes it the default. */
  readonly login: (sim: Simulator) => Promise<SfResult>;
}

/** A home with nothing in it but the plugin. `env` is given to every command. */
export const household = async (env: NodeJS.ProcessEnv = {}): Promise<Household> => {
  const { root, data } = await linkedPlugin();
  const home = await mkdtemp(join(root, 'home-'));
  const [temporary, bin, started] = [join(home, 'tmp'), join(home, 'bin'), join(home, 'started')];
  await Promise.all([temporary, bin].map(async (folder) => mkdir(folder)));
  await writeFile(join(bin, 'sf'), `#!/bin/sh\necho "sf $*" >> '${started}'\n`, { mode: 0o755 });
  const path = [bin, process.env['PATH']].join(delimiter);
  const own = { ...environment(home, data), PATH: path, TMPDIR: temporary, ...env };
  const sf: Household['sf'] = async (args, options = {}) => run(args, { ...options, env: { ...own, ...options.env } });
  return {
    home,
    folders: [home, data],
    temporary,
    startedByName: async () => (await readFile(started, 'utf8').catch(() => '')).split('\n').filter(Boolean),
    invocation: (args) => ({ file: process.execPath, args: [SF, ...args], env: own, cwd: home }),
    sf,
    login: async ({ salesforce, people }) =>
      sf(['org', 'login', 'access-token', '--instance-url', salesforce.url, '--no-prompt', '--set-default'], {
        env: { SF_ACCESS_TOKEN: people.salesforceAdmin.accessToken },
      }),
  };
};

/** `setup` and `verify` of the simulated pair, whose callback is not Okta's documented one. */
export const setup = ({ callbackUrl }: Simulator, ...more: string[]): string[] => [
  ...['okta', 'provisioning', 'setup', '--callback-url', callbackUrl],
  ...more,
];
export const verify = ({ callbackUrl }: Simulator, ...more: string[]): string[] => [
  ...['okta', 'provisioning', 'verify', '--callback-url', callbackUrl],
  ...more,
];

/** What names the simulated Okta org. */
export const oktaEnvironment = ({ okta, people }: Simulator): NodeJS.ProcessEnv => ({
  OKTA_CLIENT_ORGURL: okta.url,
  OKTA_CLIENT_TOKEN: people.oktaApiToken,
});

const FOREIGN = /^(OKTA_|SF_|SFDX_|XDG_|FORCE_|npm_|MOCHA|CI$|NODE_OPTIONS$|NODE_ENV$|(https?|all|no)_proxy$)/i;

const environment = (home: string, data: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  HOME: home,
  USERPROFILE: home,
  SF_DATA_DIR: data,
  // Both: the first alone switches the updater of an npm-installed sf on, since its hook asks for the second only.
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  // What oclif says of every linked plugin, and sf of http to loopback.
  OCLIF_DISABLE_LINKED_ESM_WARNING: 'true',
  NODE_NO_WARNINGS: '1',
});

interface LinkedPlugin {
  /** Holds all that is temporary. */
  readonly root: string;
  /** Where the CLI remembers the link. */
  readonly data: string;
}

let linked: Promise<LinkedPlugin> | undefined;
const linkedPlugin = async (): Promise<LinkedPlugin> => (linked ??= packAndLink());

const packAndLink = async (): Promise<LinkedPlugin> => {
  const root = await mkdtemp(join(tmpdir(), 'sf-plugin-okta-nuts-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const [folder, data, home] = [join(root, 'plugin'), join(root, 'data'), join(root, 'home')];
  await Promise.all([folder, data, home].map(async (path) => mkdir(path)));
  const tarball = join(root, await pack(root));
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await npm(['install', tarball, '--no-audit', '--no-fund', '--prefer-offline', '--omit=dev'], folder);
  const link = await run(['plugins', 'link', '--no-install', join(folder, 'node_modules', 'sf-plugin-okta')], {
    env: environment(home, data),
  });
  if (link.exitCode !== 0) throw new Error(`sf plugins link: ${link.stdout}${link.stderr}`);
  return { root, data };
};

/** Builds and packs the repository into a folder; the name of the tarball. */
const pack = async (destination: string): Promise<string> => {
  const { scripts } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  if (scripts['prepack'] === undefined) await npm(['run', 'build'], REPOSITORY);
  const printed = await npm(['pack', '--pack-destination', destination], REPOSITORY);
  return printed.trim().split('\n').at(-1) ?? '';
};

/** npm, on the Node that runs the tests, with the user's own settings and cache and without what an npm above us has set. */
const npm = async (args: readonly string[], cwd: string): Promise<string> => {
  const fromAbove = /^npm_(?!config_(cache|userconfig|registry|cafile|proxy|https_proxy|noproxy)$)/i;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !fromAbove.test(name))),
    HOME: userInfo().homedir,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  };
  const { exitCode, stdout, stderr } = await finished('npm', args, { env, cwd });
  if (exitCode !== 0) throw new Error(`npm ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

const run = async (
  args: readonly string[],
  options: SfOptions & { readonly env: NodeJS.ProcessEnv }
): Promise<SfResult> =>
  finished(process.execPath, [SF, ...args], { ...options, cwd: options.cwd ?? options.env['HOME'] ?? '' });

const finished = async (
  file: string,
  args: readonly string[],
  { env, cwd, stdin, onLine, signal }: SfOptions & { readonly cwd: string }
): Promise<SfResult> => {
  const child = spawn(file, args, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}); // a command that reads nothing may be gone by now
  child.stdin.end(stdin ?? '');
  const seen = new Set<string>();
  const look = (): void => void commandLines(child.pid ?? 0).then((lines) => lines.forEach((line) => seen.add(line)));
  child.once('spawn', look);
  const collect = (stream: Readable): string[] => {
    const chunks: string[] = [];
    stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    createInterface({ input: stream }).on('line', (line) => {
      look();
      onLine?.(line);
    });
    return chunks;
  };
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const interrupt = (): boolean => child.kill('SIGINT');
  signal?.addEventListener('abort', interrupt, { once: true });
  const exitCode = await new Promise<SfResult['exitCode']>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve(code ?? killedBy));
  });
  signal?.removeEventListener('abort', interrupt);
  return {
    exitCode,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
    commandLines: [...seen],
    json: <T>() => JSON.parse(stdout.join('')) as T,
  };
};

const commandLines = async (pid: number): Promise<string[]> => {
  const read = async (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const below = (await read(`task/${pid}/children`)).split(' ').filter(Boolean);
  const own = (await read('cmdline')).split('\0').join(' ');
  return [own, ...(await Promise.all(below.map(async (child) => commandLines(Number(child))))).flat()];
};
