/** One user there and back again, each hop a claim. Clean-up follows whatever happened, and no signal stops it. */
import type { User } from '../clients/okta/types.ts';
import { unread, type CheckResult, type Judgement } from '../engine/check.ts';
import { compareAttributes } from './attributes.ts';
import { cleanUp } from './cleanUp.ts';
import { deprovision } from './deprovision.ts';
import type { Impossible } from './prepare.ts';
import { provision, wake, type Arrival } from './provision.ts';
import type { Trip } from './trip.ts';

export const TEST_CLAIMS = ['test.provisioned', 'test.attributes', 'test.deprovisioned', 'test.cleaned-up'] as const;
type Claim = (typeof TEST_CLAIMS)[number];

export interface RoundTrip {
  readonly trip: Trip;
  /** The same, stopped by no signal and with less patience: for what must be taken away in any case. */
  readonly calm: Trip;
  readonly makeUser: (login: string) => Promise<User>;
  /** Others whom an earlier run may have left. */
  readonly stranded: readonly Trip[];
  /** Then nobody is sent, and only what an earlier run left is taken away. */
  readonly impossible?: Impossible | undefined;
  /** Hears of a clean-up that an interrupted run can report no other way. */
  readonly warn: (line: string) => void;
}

export const roundTrip = async (asked: RoundTrip): Promise<CheckResult[]> => {
  const { calm, impossible, warn } = asked;
  let results: CheckResult[] | undefined;
  try {
    results = impossible ? await notSent(asked, impossible) : await travel(asked);
    return [...results, await hop(calm, 'test.cleaned-up', async () => cleanUp(calm))];
  } finally {
    if (results === undefined) {
      const { status, actual } = await hop(calm, 'test.cleaned-up', async () => cleanUp(calm));
      if (status !== 'pass')
        warn(`Clean-up: ${String(actual)}. Run the same command again: it takes away what is left.`);
    }
  }
};

/** The claims where no trip is possible. */
export const disproven = ({ why, evidence }: Impossible): CheckResult[] => [
  {
    id: 'test.provisioned',
    status: 'fail',
    expected: 'an active Salesforce user',
    actual: `not tried: ${why}`,
    evidence,
  },
  ...TEST_CLAIMS.slice(1, -1).map((id) => ({ id, ...left('nothing was provisioned') })),
];

const notSent = async ({ stranded }: RoundTrip, impossible: Impossible): Promise<CheckResult[]> => {
  for (const one of stranded) await sweep(one, false);
  return disproven(impossible);
};

const travel = async ({ trip, makeUser, stranded }: RoundTrip): Promise<CheckResult[]> => {
  let arrival: Arrival | undefined;
  const provisioned = await hop(trip, 'test.provisioned', async () => {
    for (const one of [...stranded, trip]) await sweep(one, one === trip);
    const there = await provision(trip, await wake(trip, makeUser));
    arrival = there.arrival;
    return there.judgement;
  });
  const arrived = arrival;
  const next = async (id: Claim, work: (one: Arrival) => Judgement | Promise<Judgement>): Promise<CheckResult> =>
    arrived ? hop(trip, id, async () => work(arrived)) : { id, ...left('nobody arrived in Salesforce') };
  const attributes = await next('test.attributes', (one) => compareAttributes(one, trip.app.id));
  return [provisioned, attributes, await next('test.deprovisioned', async (one) => deprovision(trip, one))];
};

/** What an earlier run left is taken away first: a user who is there already proves nothing. */
const sweep = async (trip: Trip, stays: boolean): Promise<void> => {
  if (!trip.traveller.own && !trip.memory.assigned()) return;
  const { status, actual } = await cleanUp(trip, { stays });
  if (status !== 'pass') throw new Error(`what an earlier run left could not be taken away: ${String(actual)}`);
};

const left = (why: string): Judgement => ({ status: 'skipped', expected: null, actual: why, evidence: [] });

/** A hop in which a call failed can neither be proven nor disproven. */
const hop = async (trip: Trip, id: Claim, work: () => Promise<Judgement>): Promise<CheckResult> => {
  trip.emit({ type: 'started', id });
  let result: CheckResult;
  try {
    result = { id, ...(await work()) };
  } catch (error) {
    trip.signal.throwIfAborted();
    result = { id, ...unread(error) };
  }
  trip.emit({ type: 'ended', result });
  return result;
};
