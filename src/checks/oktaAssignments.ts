import { defineCheck } from '../engine/check.ts';
import type { Context, PairResource } from '../resources/context.ts';
import {
  assignedUsers,
  NAMED_USERS,
  oktaAppItself,
  unprovisioned,
  usernameOf,
  type AssignedUsers,
  type OktaAppItself,
} from '../resources/oktaApp.ts';
import { skipped } from './compared.ts';

interface State {
  readonly found: OktaAppItself;
  readonly users: AssignedUsers;
}

const resource: PairResource<State> = {
  id: 'okta.app.assigned',
  read: async ({ see }) => {
    const [found, users] = await Promise.all([see(oktaAppItself), see(assignedUsers)]);
    return { found, users };
  },
};

export const oktaAssignments = defineCheck<State, Context>({
  id: 'okta.assignments',
  resource,
  judge: ({ found, users }) => {
    if (found.kind !== 'found') return skipped('there is no one Okta app to look at');
    const left = unprovisioned(users);
    const source = `GET /api/v1/apps/${found.app.id}/users`;
    return {
      status: left.length === 0 ? 'pass' : 'warn',
      expected: 'no assigned user without a Salesforce user',
      actual: `${left.length} of ${users.length} assigned users`,
      evidence: left.length === 0 ? [{ source }] : recordsOf(left).map((record) => ({ source, record })),
    };
  },
});

const recordsOf = (left: AssignedUsers): string[] => [
  ...left.slice(0, NAMED_USERS).map((user) => `${usernameOf(user)} (${user.id})`),
  ...(left.length > NAMED_USERS ? [`and ${left.length - NAMED_USERS} more`] : []),
];
