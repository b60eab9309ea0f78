/** A round trip of one user on a simulated pair, in simulated time. */
import type { CheckResult, Status } from '../../src/engine/check.ts';
import type { JournalEntry } from '../../src/engine/journal.ts';
import { World } from '../../src/engine/world.ts';
import type { Patience } from '../../src/resources/context.ts';
import { readyFor, test, type Travel } from '../../src/roundTrip.ts';
import type { Wishes } from '../../src/roundTrip/prepare.ts';
import { flagsOf, NAMED, type Kind } from './healthy.ts';
import type { Flags, Pair } from './pair.ts';

export const STANDARD: Wishes = { smokeProfile: 'Standard User' };

export interface Sent {
  readonly results: Record<string, CheckResult>;
  readonly statuses: Record<string, Status>;
  readonly warnings: string[];
}

interface How {
  readonly kind?: Kind;
  readonly wishes?: Wishes;
  readonly flags?: Flags;
  /** A signal, for what Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** How often is looked before the time is up. */
  readonly looks?: number;
  /** Okta's jobs are then not waited for. */
  readonly oktaIsSlow?: boolean;
  /** The journal of another machine than the one whose journal the pair has. */
  readonly elsewhere?: JournalEntry[];
}

export const ALL_PASS: Record<string, Status> = {
  'test.provisioned': 'pass',
  'test.attributes': 'pass',
  'test.deprovisioned': 'pass',
  'test.cleaned-up': 'pass',
};

/** Okta's jobs are done in every pause, unless it is slow. */
const patienceOf = (pair: Pair, looks: number, isSlow: boolean): Patience => {
  let left = looks;
  return {
    over: () => left <= 0,
    pause: async (milliseconds) => {
      if (left <= 0) return false;
      left -= 1;
      pair.sim.clock.advance(milliseconds);
      if (!isSlow) await pair.sim.okta.idle();
      return true;
    },
  };
};

export const send = async (
  pair: Pair,
  {
    kind = 'external-client-app',
    wishes = STANDARD,
    flags = {},
    signal,
    looks = 4,
    oktaIsSlow = false,
    elsewhere = pair.journal,
  }: How = {}
): Promise<Sent> => {
  const named = { ...flagsOf(kind), ...NAMED, ...flags };
  const here = await pair.world(named, [], signal);
  const world = new World({ ...here.context, journal: async () => elsewhere });
  const calm = await pair.world(named, [], new AbortController().signal);
  const travel: Travel = {
    ...{ world, calm: () => calm, minutes: 10 },
    journal: async () => pair.journalOf(world, elsewhere),
    patience: () => patienceOf(pair, looks, oktaIsSlow),
    calmPatience: () => patienceOf(pair, looks, oktaIsSlow),
  };
  const warnings: string[] = [];
  const results = await test(travel, await readyFor(world, wishes), {
    signal: signal ?? new AbortController().signal,
    interactive: false,
    log: () => {},
    warn: (line) => void warnings.push(line),
  });
  return {
    results: Object.fromEntries(results.map((result) => [result.id, result])),
    statuses: Object.fromEntries(results.map(({ id, status }) => [id, status])),
    warnings,
  };
};

/** No more than what is read before the first write. */
export const prepareOnly = async (pair: Pair, kind: Kind): Promise<unknown> =>
  readyFor(await pair.world({ ...flagsOf(kind), ...NAMED }), STANDARD);

/** What both orgs hold of the one test user, in a line each; nothing else may have been made. */
export const remains = ({ sim }: Pair): { okta: string[]; salesforce: string[]; assigned: number } => ({
  okta: [...sim.okta.store.users.values()]
    .filter(({ profile }) => profile.login.startsWith('provisioning-test.'))
    .map(({ status }) => status),
  salesforce: [...sim.salesforce.store.users.values()]
    .filter(({ Username }) => Username.startsWith('provisioning-test.'))
    .map(({ IsActive }) => (IsActive ? 'active' : 'inactive')),
  assigned: sim.okta.store.assignments.length,
});

export const CLEAN = { okta: ['DEPROVISIONED'], salesforce: ['inactive'], assigned: 0 };

/** As if no test had ever been run, so that one pair serves many. */
export const forgetTestUser = ({ sim, journal }: Pair): void => {
  for (const store of [sim.okta.store.users, sim.salesforce.store.users])
    for (const [id, user] of [...store]) if (JSON.stringify(user).includes('provisioning-test.')) store.delete(id);
  journal.length = 0;
};

/** To whom the product speaks, and how its requests can be told. */
export const SPEAKERS = [
  { vendor: 'salesforce', by: 'sfdx toolbelt' },
  { vendor: 'salesforce', by: 'undici' },
  { vendor: 'okta', by: 'sf-plugin-okta' },
] as const;
