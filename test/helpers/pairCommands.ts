/** The real commands, run in this process against a pair: their own flags, their own JSON, their own exit code. */
import { resolve } from 'node:path';
import { AuthInfo, Lifecycle } from '@salesforce/core';
import { Config } from '@oclif/core';
import { expect } from 'chai';
import { CHECKS } from '../../src/checks/index.ts';
import type { Pause } from '../../src/clients/pause.ts';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Test, { type TestResult } from '../../src/commands/okta/provisioning/test.ts';
import Verify, { type VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import type { SetupReport } from '../../src/report/report.ts';
import type { Pair } from './pair.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let config: Promise<Config> | undefined;
const loaded = async (): Promise<Config> => (config ??= Config.load({ root: ROOT }));

export interface Outcome<T> {
  readonly exitCode: number;
  /** What `--json` prints. */
  readonly json: {
    readonly status: number;
    readonly result: T;
    readonly message?: string;
    readonly actions?: string[];
    /** Of a failed step: the result as far as it came. */
    readonly data?: T;
  };
}

/** Catches what the command gives to `--json`, where it would go to stdout. */
const caught: unknown[] = [];
/** Time passes on the clock of the simulators, so that no test waits for a retry. */
let passing: Pause = async () => {};
export const simulatedPause: Pause = async (...args) => passing(...args);
export class CaughtSetup extends Setup {
  protected override readonly pause: Pause = simulatedPause;

  public override logJson(json: unknown): void {
    caught.push(json);
  }
}
class CaughtVerify extends Verify {
  protected override readonly pause: Pause = simulatedPause;

  public override logJson(json: unknown): void {
    caught.push(json);
  }
}
class CaughtTest extends Test {
  protected override readonly pause: Pause = simulatedPause;

  public override logJson(json: unknown): void {
    caught.push(json);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const;
const EVENTS = ['warning', 'sf-doctor-sf-plugin-okta'] as const;
/**
 * Takes back the listeners that the framework adds for each command (sf-plugins-core 13, `SfCommand._run`). A process of `sf`
 * runs but one; here they would keep every command alive, with all that it knows.
 */
const listening = (): (() => void) => {
  const before = SIGNALS.map((signal) => process.listeners(signal));
  return () => {
    for (const event of EVENTS) Lifecycle.getInstance().removeAllListeners(event);
    for (const [index, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!before[index]?.includes(listener)) process.removeListener(signal, listener);
  };
};

export const runCaught = async <T>(
  command: { readonly run: (argv: string[], config: Config) => Promise<unknown> },
  pair: Pair,
  argv: readonly string[]
): Promise<Outcome<T>> => {
  const { sim } = pair;
  const { username } = sim.people.salesforceAdmin;
  for (const name of Object.keys(process.env)) if (name.startsWith('OKTA_')) delete process.env[name];
  Object.assign(process.env, pair.oktaEnvironment);
  const callback = argv.includes('--callback-url') ? [] : ['--callback-url', sim.callbackUrl];
  const own = ['--json', '--target-org', username, '--api-version', '67.0', ...callback];
  caught.length = 0;
  const forget = listening();
  passing = async (milliseconds) => sim.clock.advance(milliseconds);
  await command.run([...own, ...argv], await loaded()).catch(() => undefined);
  forget();
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { exitCode, json: JSON.parse(JSON.stringify(caught.at(-1) ?? {})) as Outcome<T>['json'] };
};

/** As `sf org login access-token` would leave it. */
export const logIn = async ({ sim }: Pair): Promise<void> => {
  const { username, accessToken } = sim.people.salesforceAdmin;
  const instanceUrl = sim.salesforce.url;
  const authInfo = await AuthInfo.create({ username }).catch(async () =>
    AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl, loginUrl: instanceUrl } })
  );
  await authInfo.save({ accessToken, instanceUrl, loginUrl: instanceUrl });
};

export const verifyCommand = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<VerifyResult>> => {
  await logIn(pair);
  return verifyLoggedIn(pair, argv);
};

/** Asks nothing but what the command asks: for those who count, and for orgs that answer badly. `logIn` goes before. */
export const verifyLoggedIn = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<VerifyResult>> =>
  runCaught<VerifyResult>({ run: async (words, loadedConfig) => CaughtVerify.run(words, loadedConfig) }, pair, argv);

export const setupCommand = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<SetupReport>> => {
  await logIn(pair);
  return runCaught<SetupReport>(
    { run: async (words, loadedConfig) => CaughtSetup.run(words, loadedConfig) },
    pair,
    argv
  );
};

export const testCommand = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<TestResult>> => {
  await logIn(pair);
  return runCaught<TestResult>({ run: async (words, loadedConfig) => CaughtTest.run(words, loadedConfig) }, pair, argv);
};

export const CONVERGED = CHECKS.filter(({ convergedBy }) => convergedBy !== undefined).map(({ id }) => id);

/** The claims that a step converges and at one of whose paths the real dry run plans a change. */
export const dryRun = async (pair: Pair, argv: readonly string[]): Promise<string[]> => {
  const { exitCode, json } = await setupCommand(pair, [...argv, '--dry-run']);
  expect(exitCode, json.message).to.equal(0);
  const paths = json.result.steps.flatMap(({ changes }) => changes.map(({ path }) => path));
  return CONVERGED.filter((id) => paths.some((path) => path === id || path.startsWith(`${id}.`)));
};
