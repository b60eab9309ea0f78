/**
 * Takes away what a trip, or one that was killed, left: the assignment, the active Salesforce user, the active test user in
 * Okta. Each is tried whatever became of the others, and what is there in the end is read, not remembered.
 * A user whom Okta is creating is waited for first: taken away too early, it would appear afterwards and stay.
 */
import type { AssignedUser, User } from '../clients/okta/types.ts';
import type { Person } from '../clients/salesforce/types.ts';
import type { Judgement } from '../engine/check.ts';
import { FEATURE } from '../resources/oktaApp.ts';
import { unassign } from './deprovision.ts';
import { DORMANT, settled, untilSeen, type Trip } from './trip.ts';
import { TestUnderWayError } from './underWay.ts';

type Alone = () => Promise<void>;

const EXPECTED = 'nothing assigned and nobody active';

export const findPerson = async ({ salesforce, traveller, memory }: Trip): Promise<Person | undefined> => {
  const known = memory.salesforceId();
  const byId = known === undefined ? undefined : await salesforce.person({ id: known });
  return byId ?? salesforce.person({ username: traveller.login });
};

const findUser = async ({ okta, traveller }: Trip): Promise<User | undefined> =>
  traveller.own ? okta.user(traveller.login) : traveller.oktaUser;

/** `alone`: asked before each write, throws where what is found is another test's. */
export const cleanUp = async (trip: Trip, alone: Alone = async () => {}): Promise<Judgement> => {
  const { okta, app, traveller } = trip;
  const problems: string[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      trip.signal.throwIfAborted();
      if (error instanceof TestUnderWayError) throw error;
      problems.push((error as Error).message);
      return undefined;
    }
  };
  const user = await attempt(async () => findUser(trip));
  const taken = (user && (await attempt(async () => takeAway(trip, user.id, alone)))) ?? 'none';
  const off = await attempt(async () => switchOff(trip, taken !== 'none', alone));
  if (user && traveller.own && !DORMANT.includes(user.status))
    await attempt(async () => {
      await alone();
      await settled<unknown>(
        async () => okta.deactivateUser(user.id),
        async () => DORMANT.includes((await okta.user(traveller.login))?.status ?? '') || undefined
      );
    });
  const left = await whatIsLeft(trip);
  // A job of Okta's that has shown nothing yet may show it once all this is over.
  const mayCome = taken === 'unfinished' && off === 'not-on';
  if (left.trouble.length === 0 && !mayCome) await trip.memory.note({ assigned: false });
  const evidence = [
    ...(user ? [{ source: `GET /api/v1/apps/${app.id}/users/${user.id}` }] : []),
    { source: 'SOQL User', ...(left.person && { record: left.person.Id }) },
  ];
  const hand = off === 'by-hand' ? ', deactivated by this command' : '';
  const remains = left.person ? `1 deactivated user in Salesforce (${left.person.Username}${hand})` : 'nothing';
  if (left.trouble.length > 0)
    return { status: 'fail', expected: EXPECTED, actual: [...left.trouble, ...problems].join('; '), evidence };
  if (mayCome) return { status: 'unknown', expected: EXPECTED, actual: unfinished(traveller.login, remains), evidence };
  return { status: 'pass', expected: EXPECTED, actual: `left: ${remains}`, evidence };
};

const unfinished = (login: string, remains: string): string =>
  `left: ${remains} so far, but Okta had not finished with ${login} when it was unassigned, who may still become active in Salesforce; run the test again then, which takes that away`;

/** Whether there was an assignment, and whether Okta had done with it what it does. */
const takeAway = async (trip: Trip, userId: string, alone: Alone): Promise<'none' | 'finished' | 'unfinished'> => {
  const { okta, app, memory } = trip;
  const assignment = await okta.assignment(app.id, userId);
  if (!assignment) return 'none';
  const still = await untilSeen(trip.patience(), async () => {
    const now = await okta.assignment(app.id, userId);
    return now && isUnderWay(now) ? undefined : (now ?? 'gone');
  });
  if (still !== undefined && still !== 'gone' && still.externalId)
    await memory.note({ salesforceId: still.externalId });
  await alone();
  await unassign(trip, userId);
  return still === undefined ? 'unfinished' : 'finished';
};

/** An assignment that failed stays STAGED, and its ERROR is final. */
const isUnderWay = ({ status, syncState }: AssignedUser): boolean =>
  syncState === 'SYNCING' || (status === 'STAGED' && syncState !== 'ERROR');

/** Waits for Okta to deactivate the user where it has just been told to; does it itself where that does not come. */
const switchOff = async (trip: Trip, wasAssigned: boolean, alone: Alone): Promise<'not-on' | 'by-okta' | 'by-hand'> => {
  const { salesforce, app, traveller, memory } = trip;
  // Who is somebody's is touched only after having been sent: preflight saw that there was no active user before.
  if (!traveller.own && !memory.assigned()) return 'not-on';
  const person = await findPerson(trip);
  if (!person?.IsActive) return 'not-on';
  const isOff = async (): Promise<true | undefined> =>
    (await salesforce.person({ id: person.Id }))?.IsActive === false || undefined;
  if (wasAssigned && app.features.includes(FEATURE.deactivate) && (await untilSeen(trip.patience(), isOff)))
    return 'by-okta';
  await alone();
  await settled<unknown>(async () => salesforce.deactivate(person.Id), isOff);
  return 'by-hand';
};

const whatIsLeft = async (
  trip: Trip
): Promise<{ readonly person: Person | undefined; readonly trouble: readonly string[] }> => {
  const { okta, app, traveller } = trip;
  const [user, person] = await Promise.all([findUser(trip), findPerson(trip)]);
  const assigned = user && (await okta.assignment(app.id, user.id)) !== undefined;
  const awake = user && traveller.own && !DORMANT.includes(user.status);
  return {
    person,
    trouble: [
      ...(assigned ? [`${traveller.login} is still assigned to "${app.label}" in Okta`] : []),
      ...(person?.IsActive ? [`${person.Username} is still active in Salesforce`] : []),
      ...(awake ? [`${traveller.login} is still ${user.status} in Okta`] : []),
    ],
  };
};
