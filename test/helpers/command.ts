/** Commands in this process, as `sf` would run them, with what they print and how they end. */
import { fileURLToPath } from 'node:url';
import { AuthInfo } from '@salesforce/core';
import { captureOutput } from '@oclif/test';
import type { Simulator } from '../../src/simulator/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface CommandClass {
  readonly run: (argv: string[], options: { root: string }) => Promise<unknown>;
}

/** Runs a command with the environment that names the simulated Okta org, and puts `process` back as it was. */
export const runCommand = async (
  command: CommandClass,
  argv: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<Ended> => {
  const before = { ...process.env };
  Object.assign(process.env, env);
  process.exitCode = undefined;
  try {
    const { stdout, stderr, error } = await captureOutput(async () => command.run([...argv], { root: ROOT }));
    const thrown = error as { oclif?: { exit?: number }; exitCode?: number } | undefined;
    return { stdout, stderr, exitCode: thrown?.oclif?.exit ?? thrown?.exitCode ?? Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    for (const name of Object.keys(env)) {
      delete process.env[name];
      if (before[name] !== undefined) process.env[name] = before[name];
    }
  }
};

/** Logs `sf` in to the simulated Salesforce org, in this process's own home, and tells the flags and environment of the pair. */
export const loggedIn = async (sim: Simulator): Promise<{ flags: string[]; env: Record<string, string> }> => {
  const { accessToken, username } = sim.people.salesforceAdmin;
  const accessTokenOptions = { accessToken, instanceUrl: sim.salesforce.url, loginUrl: sim.salesforce.url };
  await (await AuthInfo.create({ accessTokenOptions })).save();
  return {
    flags: ['--target-org', username, '--callback-url', sim.callbackUrl],
    env: { OKTA_CLIENT_ORGURL: sim.okta.url, OKTA_CLIENT_TOKEN: sim.people.oktaApiToken },
  };
};
