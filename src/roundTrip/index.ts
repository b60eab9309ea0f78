/**
 * One user there and back again, each hop a claim. Clean-up follows whatever happened, and no signal stops it; only where
 * another test turns out to be under way, nothing is this one's to take away.
 */
import type { User } from '../clients/okta/types.ts';
import { unread, type CheckResult, type Judgement } from '../engine/check.ts';
import { compareAttributes } from './attributes.ts';
import { cleanUp } from './cleanUp.ts';
import { deprovision } from './deprovision.ts';
import type { Impossible } from './prepare.ts';
import { provision, wake, type Arrival } from './provision.ts';
import type { Trip } from './trip.ts';
import { refuseOthers, TestUnderWayError } from './underWay.ts';

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
  let isAwake = false;
  // Until this test has woken its user, an awake one may be another test's.
  const clean = async (): Promise<CheckResult> =>
    hop(calm, 'test.cleaned-up', async () => {
      if (isAwake) return cleanUp(calm);
      await refuseOthers(calm);
      return cleanUp(calm, async () => refuseOthers(calm));
    });
  try {
    const results = impossible ? await notSent(asked, impossible) : await travel(asked, () => (isAwake = true));
    return [...results, await clean()];
  } catch (error) {
    if (error instanceof TestUnderWayError) {
      await calm.memory.note({ assigned: false });
      throw error;
    }
    // What turns out to be another test's is not spoken of beside the error.
    const cleaned = await clean().catch(() => undefined);
    if (cleaned && cleaned.status !== 'pass')
      warn(`Clean-up: ${String(cleaned.actual)}. Run the same command again: it takes away what is left.`);
    throw error;
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
  for (const one of stranded) await sweep(one);
  return disproven(impossible);
};

const travel = async ({ trip, makeUser, stranded }: RoundTrip, onAwake: () => void): Promise<CheckResult[]> => {
  let arrival: Arrival | undefined;
  const provisioned = await hop(trip, 'test.provisioned', async () => {
    for (const one of [...stranded, trip]) await sweep(one);
    const user = await wake(trip, makeUser);
    onAwake();
    const there = await provision(trip, user);
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
const sweep = async (trip: Trip): Promise<void> => {
  if (!trip.traveller.own && !trip.memory.assigned()) return;
  await refuseOthers(trip);
  const { status, actual } = await cleanUp(trip, async () => refuseOthers(trip));
  if (status !== 'pass') await refuseOthers(trip);
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
    if (error instanceof TestUnderWayError) throw error;
    result = { id, ...unread(error) };
  }
  trip.emit({ type: 'ended', result });
  return result;
};
