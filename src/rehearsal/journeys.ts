/** How each simulated world is travelled, and how it must end. */
import { COLLEAGUE, type ScenarioName, type Simulator } from '../simulator/index.ts';
import type { ChildResult } from './child.ts';
import {
  approveByLink,
  authenticateOnTheConsoles,
  connectOnTheConsoles,
  revokeApprovals,
  saveOnTheConsole,
} from './people.ts';
import { SALESFORCE_JOURNEYS } from './salesforceJourneys.ts';

export interface Traveller {
  readonly sim: Simulator;
  /** Runs a command as a child process and shows it. */
  readonly sf: (
    args: readonly string[],
    options?: { readonly onLine?: (line: string, answer: (line: string) => void) => void }
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
const test = (sim: Simulator): string[] => [
  ...['okta', 'provisioning', 'test', '--callback-url', sim.callbackUrl],
  ...['--smoke-profile', 'Standard User', '--no-prompt'],
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
  const tested = await sf(test(sim));
  proves(
    'a user assigned in Okta is created in Salesforce, and deactivated there when unassigned',
    tested.exitCode === 0
  );
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

/** Runs `setup`, and lets people do one thing each time that it says something new is to be done. */
const setupWith = async (
  { sim, sf }: Traveller,
  acts: ReadonlyArray<() => Promise<void>>,
  ...more: string[]
): Promise<ChildResult> => {
  const left = [...acts];
  let acting = Promise.resolve();
  const result = await sf(setup(sim, '--wait', '3', ...more), {
    onLine: (line) => {
      if (WAITING.test(line)) acting = acting.then(async () => left.shift()?.());
    },
  });
  await acting;
  return result;
};

const saw = ({ output }: ChildResult, words: string): boolean => output.some((line) => line.includes(words));

/** A free org: the same journey, slower. */
const rateLimited: Journey = async (traveller) => {
  const { sim, tell, proves } = traveller;
  const result = await setupWith(traveller, [async () => connectOnTheConsoles(sim, tell)]);
  proves('setup proved the connection within the limits of a free org', result.exitCode === 0);
  proves(
    'setup never reached a limit that others in the org live on too',
    sim.okta.requests.every(({ status }) => status !== 429)
  );
};

/** An app that provisions already, by credentials that are not ours. */
const alreadyConnected: Journey = async (traveller) => {
  const { sim, sf, tell, proves } = traveller;
  const before = sim.okta.snapshot();
  const refused = await sf(setup(sim));
  proves('setup asks before it touches an app that is in use', refused.exitCode === 2 && saw(refused, '--adopt'));
  proves('the Okta app is as it was', sim.okta.snapshot() === before);
  const waiting = await sf(setup(sim, '--adopt'));
  proves('features that were on before prove nothing', waiting.exitCode === 69);
  const connected = await setupWith(traveller, [async () => connectOnTheConsoles(sim, tell)], '--adopt');
  proves('a new approval, saved, does', connected.exitCode === 0);
};

/** The wrong person's browser session is used, which happens without being asked. */
const wrongUser: Journey = async (traveller) => {
  const { sim, tell, proves } = traveller;
  const result = await setupWith(traveller, [
    async () => authenticateOnTheConsoles(sim, tell, COLLEAGUE),
    async () => {
      await revokeApprovals(sim, tell);
      await connectOnTheConsoles(sim, tell);
    },
  ]);
  proves('setup saw that somebody else had approved the app, and said what to do', saw(result, 'in a private window'));
  proves('and proved the connection once the right user had', result.exitCode === 0);
};

/** The approval is there, and Okta has not kept it. */
const notSaved: Journey = async (traveller) => {
  const { sim, sf, tell, proves } = traveller;
  await sf(setup(sim));
  await authenticateOnTheConsoles(sim, tell);
  const waiting = await sf(setup(sim));
  proves(
    'setup waits for Save, and does not ask for a second approval',
    waiting.exitCode === 69 && saw(waiting, 'press Save')
  );
  const connected = await setupWith(traveller, [async () => saveOnTheConsole(sim, tell)]);
  proves('and proves the connection once it is saved', connected.exitCode === 0);
  proves('with one approval in all', sim.salesforce.store.grants.size === 1);
};

const LINK = /https?:\S+\/services\/oauth2\/authorize\?\S+/;

/** Okta's API could connect the app by a key and secret that it has: NOT REAL, no source says that Okta offers it. */
const apiSupported: Journey = async ({ sim, sf, tell, proves }) => {
  const alone = await sf(setup(sim));
  proves('setup without a terminal says how a person goes on', alone.exitCode === 69 && saw(alone, '--show-link'));
  proves('and shows the link of an approval to nobody', !alone.output.some((line) => LINK.test(line)));
  let acting: Promise<void> | undefined;
  const result = await sf(setup(sim, '--show-link', '--wait', '3'), {
    onLine: (line, answer) => {
      const link = LINK.exec(line)?.[0];
      if (link !== undefined) acting ??= approveByLink(sim, tell, link).then(answer);
    },
  });
  await acting;
  proves(
    'asked for the link, it connected the pair with one approval and no visit to a console',
    result.exitCode === 0
  );
  proves('with one approval in all', sim.salesforce.store.grants.size === 1);
  const writes = countWrites(sim);
  const again = await sf(setup(sim));
  proves('a second setup changes nothing', again.exitCode === 0 && countWrites(sim) === writes);
  proves('verify finds every claim proven', (await sf(verify(sim))).exitCode === 0);
};

const countWrites = (sim: Simulator): number =>
  [...sim.salesforce.requests, ...sim.okta.requests].filter(({ write }) => write).length;

export const JOURNEYS: Readonly<Record<ScenarioName, Journey>> = {
  documented,
  'api-supported': apiSupported,
  'in-use': inUse,
  'rate-limited': rateLimited,
  'already-connected': alreadyConnected,
  'wrong-user': wrongUser,
  'authenticated-not-saved': notSaved,
  ...SALESFORCE_JOURNEYS,
};
