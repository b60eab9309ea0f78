/** The real commands, run in this process against a pair: their own flags, their own JSON, their own exit code. */
import { resolve } from 'node:path';
import { AuthInfo } from '@salesforce/core';
import { Config } from '@oclif/core';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Verify, { type VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import type { SetupReport } from '../../src/report/report.ts';
import type { Pair } from './pair.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let config: Promise<Config> | undefined;
const loaded = async (): Promise<Config> => (config ??= Config.load({ root: ROOT }));

interface Outcome<T> {
  readonly exitCode: number;
  /** What `--json` prints. */
  readonly json: { readonly status: number; readonly result: T; readonly message?: string };
}

/** Catches what the command gives to `--json`, where it would go to stdout. */
const caught: unknown[] = [];
class CaughtSetup extends Setup {
  public override logJson(json: unknown): void {
    caught.push(json);
  }
}
class CaughtVerify extends Verify {
  public override logJson(json: unknown): void {
    caught.push(json);
  }
}

const run = async <T>(
  command: { readonly run: (argv: string[], config: Config) => Promise<unknown> },
  pair: Pair,
  argv: readonly string[]
): Promise<Outcome<T>> => {
  const { sim } = pair;
  const { username, accessToken } = sim.people.salesforceAdmin;
  process.env['OKTA_CLIENT_ORGURL'] = sim.okta.url;
  process.env['OKTA_CLIENT_TOKEN'] = sim.people.oktaApiToken;
  const own = ['--json', '--target-org', username, '--api-version', '67.0', '--callback-url', sim.callbackUrl];
  caught.length = 0;
  await logIn(sim.salesforce.url, username, accessToken);
  await command.run([...own, ...argv], await loaded()).catch(() => undefined);
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { exitCode, json: JSON.parse(JSON.stringify(caught.at(-1) ?? {})) as Outcome<T>['json'] };
};

/** As `sf org login access-token` would leave it. */
const logIn = async (instanceUrl: string, username: string, accessToken: string): Promise<void> => {
  const authInfo = await AuthInfo.create({ username }).catch(async () =>
    AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl, loginUrl: instanceUrl } })
  );
  await authInfo.save({ accessToken, instanceUrl, loginUrl: instanceUrl });
};

export const verifyCommand = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<VerifyResult>> =>
  run<VerifyResult>({ run: async (words, loadedConfig) => CaughtVerify.run(words, loadedConfig) }, pair, argv);

export const setupCommand = async (pair: Pair, argv: readonly string[] = []): Promise<Outcome<SetupReport>> =>
  run<SetupReport>({ run: async (words, loadedConfig) => CaughtSetup.run(words, loadedConfig) }, pair, argv);
