/** And back: the assignment is taken away, and Okta deactivates the Salesforce user. contracts/okta.md §4.2 */
import type { Judgement } from '../engine/check.ts';
import { FEATURE } from '../resources/oktaApp.ts';
import type { Arrival } from './provision.ts';
import { reasonOf } from './reason.ts';
import { seconds, settled, untilSeen, type Trip } from './trip.ts';

export const unassign = async ({ okta, app }: Trip, userId: string): Promise<void> =>
  void (await settled<unknown>(
    async () => okta.unassign(app.id, userId),
    async () => ((await okta.assignment(app.id, userId)) === undefined ? 'gone' : undefined)
  ));

export const deprovision = async (trip: Trip, { user, assignment, person }: Arrival): Promise<Judgement> => {
  const { salesforce, app } = trip;
  const expected = `the Salesforce user deactivated within ${trip.minutes} minutes`;
  const began = trip.now();
  await unassign(trip, user.id);
  const evidence = [{ source: 'SOQL User', record: person.Id }];
  if (!app.features.includes(FEATURE.deactivate)) {
    const { source } = { source: `GET /api/v1/apps/${app.id}` };
    return { status: 'fail', expected, actual: 'Deactivate Users is off in Okta', evidence: [{ source }] };
  }
  const off = await untilSeen(trip.patience(), async () => {
    const now = await salesforce.person({ id: person.Id });
    return now?.IsActive === false ? now : undefined;
  });
  const took = seconds(trip.now() - began);
  if (off) return { status: 'pass', expected, actual: `deactivated after ${took}`, evidence };
  const reason = await reasonOf(trip, user.id, assignment.created, 1);
  return {
    status: 'fail',
    expected,
    actual: `still active after ${took}; ${reason.words}`,
    evidence: [...evidence, ...reason.evidence],
  };
};
