/** `rehearse`: both simulators, and the commands themselves run against them as child processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningClock, startSimulator, type ScenarioName, type Simulator } from '../simulator/index.ts';
import { runChild, type Cli, type Household } from './child.ts';
import { JOURNEYS } from './journeys.ts';

export type { ScenarioName } from '../simulator/index.ts';
export type { Cli } from './child.ts';

export interface RehearsalOptions {
  readonly scenario: ScenarioName;
  readonly cli: Cli;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface RehearsalReport {
  readonly scenario: ScenarioName;
  readonly ended: 'as-it-should' | 'otherwise';
  readonly proved: ReadonlyArray<{ readonly claim: string; readonly holds: boolean }>;
  readonly commands: ReadonlyArray<{ readonly command: string; readonly exitCode: number }>;
  readonly seconds: number;
}

/** Travels one world, in a home that is thrown away afterwards. */
export const rehearse = async ({ scenario, cli, log, signal }: RehearsalOptions): Promise<RehearsalReport> => {
  const started = performance.now();
  const sim = await startSimulator({ scenario, clock: runningClock() });
  const home = await mkdtemp(join(tmpdir(), 'okta-rehearsal-'));
  const proved: Array<{ claim: string; holds: boolean }> = [];
  const commands: Array<{ command: string; exitCode: number }> = [];
  const household: Household = { cli, home, variables: environmentOf(sim), signal };
  const sf = async (
    args: readonly string[],
    { onLine }: { readonly onLine?: (line: string, answer: (line: string) => void) => void } = {}
  ): Promise<Awaited<ReturnType<typeof runChild>>> => {
    const command = [cli.bin, ...args.map((word) => (word.includes(' ') ? `"${word}"` : word))].join(' ');
    log(`\n$ ${command}`);
    const result = await runChild(household, args, (line, answer) => {
      log(`  ${line}`);
      onLine?.(line, answer);
    });
    commands.push({ command, exitCode: result.exitCode });
    return result;
  };
  try {
    const login = await sf([
      'org',
      'login',
      'access-token',
      '--instance-url',
      sim.salesforce.url,
      '--no-prompt',
      '--set-default',
    ]);
    if (login.exitCode === 0)
      await JOURNEYS[scenario]({
        sim,
        sf,
        tell: (line) => log(`  * ${line}`),
        proves: (claim, holds) => void proved.push({ claim, holds }),
      });
  } finally {
    await sim.close();
    await rm(home, { recursive: true, force: true });
  }
  const ended = proved.length > 0 && proved.every(({ holds }) => holds) ? 'as-it-should' : 'otherwise';
  return { scenario, ended, proved, commands, seconds: Math.round((performance.now() - started) / 100) / 10 };
};

/** The simulators alone, until the signal. */
export const serve = async ({
  scenario,
  log,
  signal,
}: Pick<RehearsalOptions, 'scenario' | 'log' | 'signal'>): Promise<void> => {
  const sim = await startSimulator({ scenario, clock: runningClock() });
  try {
    servedLines(sim).forEach(log);
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await sim.close();
  }
};

/** What the commands are told of the two orgs; the token is a simulated one. */
const environmentOf = (sim: Simulator): Record<string, string> => ({
  SF_ACCESS_TOKEN: sim.people.salesforceAdmin.accessToken,
  OKTA_CLIENT_ORGURL: sim.okta.url,
  OKTA_CLIENT_TOKEN: sim.people.oktaApiToken,
});

/** Commands to copy: each line that is not a comment can be given to a shell as it is. */
const servedLines = (sim: Simulator): string[] => {
  const { username, password } = sim.people.salesforceAdmin;
  return [
    `# Simulated Salesforce org: ${sim.salesforce.url}`,
    `# Simulated Okta org:       ${sim.okta.url}`,
    '# Everything below is made up and works on this machine only, until this command is interrupted.',
    ...Object.entries(environmentOf(sim)).map(([name, value]) => `export ${name}='${value}'`),
    `sf org login access-token --instance-url ${sim.salesforce.url} --no-prompt --alias simulated`,
    `sf okta provisioning setup --target-org simulated --callback-url ${sim.callbackUrl}`,
    `sf okta provisioning verify --target-org simulated --callback-url ${sim.callbackUrl}`,
    `sf okta provisioning test --target-org simulated --callback-url ${sim.callbackUrl} --smoke-profile 'Standard User'`,
    '# The person that setup asks for opens these pages:',
    `#   key and secret   ${sim.salesforce.url}/simulated/external-client-apps/Okta_Provisioning/consumer`,
    `#   Okta apps        ${sim.okta.url}/admin/apps/active`,
    `# and logs in to Salesforce as ${username} with the password ${password}`,
  ];
};
