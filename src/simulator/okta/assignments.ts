/**
 * What happens when a user is given an app or loses it. contracts/okta.md §4.2, §4.3, §11, §14
 * - with PUSH_NEW_USERS the assignment starts STAGED, SYNCING (syncState UNCONFIRMED) and a job creates the user
 * - else it is ACTIVE, DISABLED, and stays so when provisioning is enabled later, until "Provision User" is clicked
 * - a change of a provisioned user is pushed with PUSH_PROFILE_UPDATES
 * - an assignment taken away deactivates the Salesforce user with PUSH_USER_DEACTIVATION
 */
import type { Okta } from './context.ts';
import { deactivateInSalesforce, provisionInSalesforce, pushToSalesforce } from './engine/provision.ts';
import type { AppRecord, AssignmentRecord, Author, Json, UserRecord } from './records.ts';
import { assignmentTargets } from './systemLog.ts';

export interface NewAssignment {
  readonly app: AppRecord;
  readonly user: UserRecord;
  readonly userName: string;
  readonly profile: Json;
}

/** Whether what happens to assignments of this app reaches Salesforce. */
export const pushes = ({ store }: Okta, app: AppRecord, feature: string): boolean =>
  app.status === 'ACTIVE' && store.connections.get(app.id)?.enabled === true && app.features.includes(feature);

export const addAssignment = (
  okta: Okta,
  { app, user, userName, profile }: NewAssignment,
  author: Author
): AssignmentRecord => {
  const now = okta.clock.now();
  const provisioned = pushes(okta, app, 'PUSH_NEW_USERS');
  const assignment: AssignmentRecord = {
    id: okta.ids.of('0ua'),
    appId: app.id,
    userId: user.id,
    created: now,
    status: provisioned ? 'STAGED' : 'ACTIVE',
    syncState: provisioned ? 'SYNCING' : 'DISABLED',
    externalId: null,
    lastUpdated: now,
    statusChanged: now,
    lastSync: undefined,
    userName,
    profile,
  };
  okta.store.assignments.push(assignment);
  note(okta, assignment, 'add', author);
  if (provisioned) provisionInSalesforce(okta, assignment);
  return assignment;
};

export const updateAssignment = (okta: Okta, assignment: AssignmentRecord, author: Author): void => {
  assignment.lastUpdated = okta.clock.now();
  note(okta, assignment, 'update', author);
  pushChange(okta, assignment);
};

export const removeAssignment = (okta: Okta, assignment: AssignmentRecord, author: Author): void => {
  note(okta, assignment, 'remove', author);
  okta.store.unassign(assignment);
  const app = okta.store.apps.get(assignment.appId);
  const user = okta.store.users.get(assignment.userId);
  if (app && user && pushes(okta, app, 'PUSH_USER_DEACTIVATION'))
    deactivateInSalesforce(okta, { assignment, app, user });
};

/** A changed Okta user is pushed to every app that is provisioned for it. */
export const userChanged = (okta: Okta, user: UserRecord, author: Author): void => {
  for (const assignment of okta.store.assignments.filter(({ userId }) => userId === user.id)) {
    updateAssignment(okta, assignment, author);
  }
};

const pushChange = (okta: Okta, assignment: AssignmentRecord): void => {
  const app = okta.store.apps.get(assignment.appId);
  if (!app || assignment.externalId === null || !pushes(okta, app, 'PUSH_PROFILE_UPDATES')) return;
  assignment.syncState = 'SYNCING';
  pushToSalesforce(okta, assignment);
};

const note = (okta: Okta, assignment: AssignmentRecord, what: 'add' | 'update' | 'remove', author: Author): void => {
  const app = okta.store.apps.get(assignment.appId);
  const user = okta.store.users.get(assignment.userId);
  if (!app || !user) return;
  okta.log.write(author, {
    eventType: `application.user_membership.${what}`,
    targets: assignmentTargets(assignment, app, user),
  });
};
