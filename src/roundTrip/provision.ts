/**
 * There: the user is assigned in Okta and appears in Salesforce. contracts/okta.md §4.2, §4.3
 * What counts is the active Salesforce user under the id that Okta holds, not a status code; `syncState` ERROR is final.
 */
import type { AssignedUser, User } from '../clients/okta/types.ts';
import type { Person } from '../clients/salesforce/types.ts';
import type { EvidenceSource, Judgement } from '../engine/check.ts';
import { reasonOf } from './reason.ts';
import { DORMANT, seconds, untilSeen, USABLE, type Trip } from './trip.ts';
import { settledAlone, TestUnderWayError } from './underWay.ts';

/** The assignment as Okta holds it, and the Salesforce user that it became. */
export interface Arrival {
  readonly user: User;
  readonly assignment: AssignedUser;
  readonly person: Person;
}

/** The user, active in Okta: made where there is none, activated where it sleeps. One of ours who is awake was woken by somebody else. */
export const wake = async (trip: Trip, make: (login: string) => Promise<User>): Promise<User> => {
  const { okta, traveller } = trip;
  const look = async (): Promise<User | undefined> => {
    const found = await okta.user(traveller.login);
    return found && USABLE.includes(found.status) ? found : undefined;
  };
  const known = await okta.user(traveller.login);
  if (known && !DORMANT.includes(known.status)) {
    if (!traveller.own) return known;
    throw new TestUnderWayError(traveller.login, Date.parse(known.statusChanged ?? '') || undefined);
  }
  await trip.memory.note({ assigned: true, woken: '' });
  const first = await settledAlone(
    traveller.login,
    async () => (known ? okta.activateUser(known.id).then(() => known) : make(traveller.login)),
    look
  );
  // contracts/okta.md §4.1: a user may be on the way to being active for a while, and is given no app meanwhile.
  const user = (await untilSeen(trip.patience(), look)) ?? first;
  await trip.memory.note({ woken: user.statusChanged ?? '' });
  return user;
};

export const provision = async (
  trip: Trip,
  user: User
): Promise<{ readonly judgement: Judgement; readonly arrival?: Arrival }> => {
  const { okta, app, traveller } = trip;
  const began = trip.now();
  await trip.memory.note({ assigned: true });
  const first = await settledAlone(
    traveller.login,
    async () => okta.assign(app.id, user.id, traveller.profile),
    async () => okta.assignment(app.id, user.id)
  );
  const expected = `an active Salesforce user within ${trip.minutes} minutes`;
  const assignment: EvidenceSource = { source: `GET /api/v1/apps/${app.id}/users/${user.id}` };
  let last: AssignedUser | undefined = first;
  const end = await untilSeen(trip.patience(), async () => {
    last = await okta.assignment(app.id, user.id);
    if (!last || last.syncState === 'ERROR') return 'over';
    return last.externalId && last.syncState === 'SYNCHRONIZED' ? arrivedAs(trip, last.externalId) : undefined;
  });
  if (end !== undefined && end !== 'over' && last) {
    const { Id, Username, LastModifiedDate } = end;
    const took = seconds(trip.now() - began);
    const evidence = [
      assignment,
      { source: 'SOQL User', record: Id, ...(LastModifiedDate && { at: LastModifiedDate }) },
    ];
    const judgement: Judgement = { status: 'pass', expected, actual: `${Username} (${Id}) after ${took}`, evidence };
    return { judgement, arrival: { user, assignment: last, person: end } };
  }
  const reason = await reasonOf(trip, user.id, sinceOf(first, began), end === 'over' ? undefined : 1);
  return {
    judgement: {
      status: 'fail',
      expected,
      actual: `${stateOf(last)} after ${seconds(trip.now() - began)}; ${reason.words}`,
      evidence: [assignment, ...reason.evidence],
    },
  };
};

const arrivedAs = async ({ salesforce, memory }: Trip, salesforceId: string): Promise<Person | undefined> => {
  const person = await salesforce.person({ id: salesforceId });
  if (person) await memory.note({ salesforceId });
  return person?.IsActive ? person : undefined;
};

/** By Okta's own clock, which may differ from this machine's. */
export const sinceOf = ({ created }: AssignedUser, began: number): string =>
  Number.isNaN(Date.parse(created)) ? new Date(began - 300_000).toISOString() : created;

const stateOf = (assignment: AssignedUser | undefined): string => {
  if (!assignment) return 'the assignment was taken away by somebody else';
  const { status, syncState, externalId } = assignment;
  const held = externalId ? `the Salesforce user ${externalId}, not seen active there` : 'no Salesforce user';
  return `${held} (in Okta ${status}, ${syncState})`;
};
