/** How each simulated world is travelled, and how it must end. */
import type { ScenarioName, Simulator } from '../simulator/index.ts';
import type { ChildResult } from './child.ts';
import { connectOnTheConsoles, provisionOneUser } from './people.ts';
import { SALESFORCE_JOURNEYS } from './salesforceJourneys.ts';

export interface Traveller {
  readonly sim: Simulator;
  /** Runs a command as a child process and shows it. */
  readonly sf: (
    args: readonly string[],
    options?: { readonly onLine?: (line: string) => void }
  ) => Promise<ChildResult>;
  /** Says what a person does. */
  readonly tell: (line: string) => void;
  /** Notes something proven; where it did not hold, the world did not end as it should. */
  readonly proves: (claim: string, holds: boolean) => void;
}

export type Journey = (traveller: Traveller) => Promise<void>;

/** The line of `setup` that says that a person must act. */
const WAITING = /^waiting\b/;

const setup = (sim: Simulator, ...more: string[]): string[] => [
  'okta',
  'provisioning',
  'setup',
  '--callback-url',
  sim.callbackUrl,
  ...more,
];
const verify = (sim: Simulator): string[] => ['okta', 'provisioning', 'verify', '--callback-url', sim.callbackUrl];

/** From nothing to a user provisioned through OAuth: the people act while `setup` waits for them. */
const documented: Journey = async ({ sim, sf, tell, proves }) => {
  let acting: Promise<void> | undefined;
  const result = await sf(setup(sim, '--wait', '2'), {
    onLine: (line) => {
      if (WAITING.test(line)) acting ??= connectOnTheConsoles(sim, tell);
    },
  });
  await acting;
  proves('setup prepared both orgs, waited for the people, and proved the connection', result.exitCode === 0);
  const writes = countWrites(sim);
  const again = await sf(setup(sim));
  proves('a second setup changes nothing', again.exitCode === 0 && countWrites(sim) === writes);
  proves('verify finds every claim proven', (await sf(verify(sim))).exitCode === 0);
  const user = await provisionOneUser(sim, tell);
  proves('a user assigned in Okta is created in Salesforce', user.salesforceId.startsWith('005'));
  proves('and deactivated there when unassigned', !user.activeAfterUnassignment);
};

/** A live app under the usual names: `setup` says what it would change and leaves it alone. */
const inUse: Journey = async ({ sim, sf, proves }) => {
  const before = [sim.salesforce.snapshot(), sim.okta.snapshot()];
  const result = await sf(setup(sim));
  proves('setup refuses to change what is in use without --adopt', result.exitCode === 2);
  const after = [sim.salesforce.snapshot(), sim.okta.snapshot()];
  proves(
    'both orgs are as they were',
    before.every((snapshot, index) => snapshot === after[index])
  );
};

const countWrites = (sim: Simulator): number =>
  [...sim.salesforce.requests, ...sim.okta.requests].filter(({ write }) => write).length;

export const JOURNEYS: Readonly<Record<ScenarioName, Journey>> = {
  documented,
  'in-use': inUse,
  ...SALESFORCE_JOURNEYS,
};
