/**
 * The provisioning engine: carries assignments to Salesforce, in the background. contracts/okta.md §5.2, §9.7, §11, §14
 * - create: verify_exists, push, push_new_user_success → PROVISIONED, externalId, SYNCHRONIZED, lastSync
 * - a user of that name who exists is linked; with REACTIVATE_USERS made active, with PUSH_PROFILE_UPDATES updated
 * - none exists and PUSH_NEW_USERS is off: "Matching user not found."
 * - a failure: `syncState` ERROR, the event FAILURE with a reason `<Okta message>: <third-party message>` (texts of
 * `outcome.reason` are UNCONFIRMED); bad credentials also write application.integration.authentication_failure
 * - not simulated: retries, imports, password push, group push
 */
import type { Okta } from '../context.ts';
import type { AppRecord, AssignmentRecord, Author, UserRecord } from '../records.ts';
import { appTarget, assignmentTargets } from '../systemLog.ts';
import { quoted, SalesforceTrouble, type SalesforceApi } from './salesforce.ts';
import { logIn } from './session.ts';
import { newUserFields, profileFields } from './userFields.ts';

export const BAD_CREDENTIALS =
  'The credentials used to connect to the API were invalid; please check your configuration';

export interface Subject {
  readonly assignment: AssignmentRecord;
  readonly app: AppRecord;
  readonly user: UserRecord;
}

interface Job extends Subject {
  readonly api: SalesforceApi;
  readonly log: (eventType: string) => void;
}

/** Creates the user, or finds it. For a new assignment, and for the click on "Provision User". */
export const provisionInSalesforce = (okta: Okta, assignment: AssignmentRecord): void =>
  okta.jobs.add(async () => {
    const subject = present(okta, assignment);
    if (subject) await run(okta, subject, 'application.provision.user.push', async (job) => provision(okta, job));
  });

export const pushToSalesforce = (okta: Okta, assignment: AssignmentRecord): void =>
  okta.jobs.add(async () => {
    const subject = present(okta, assignment);
    if (subject) await run(okta, subject, 'application.provision.user.push_profile', async (job) => push(okta, job));
  });

/** Takes its subject along, since the assignment is gone by now. One that was never created leaves nothing to do. */
export const deactivateInSalesforce = (okta: Okta, subject: Subject): void =>
  okta.jobs.add(async () => {
    const { externalId } = subject.assignment;
    if (externalId === null) return;
    const eventType = 'application.provision.user.deactivate';
    await run(okta, subject, eventType, async ({ api, log }) => {
      await api.updateUser(externalId, { IsActive: false });
      log(eventType);
    });
  });

/** The assignment with its app and user, unless one of them was taken away before the job's turn came. */
const present = ({ store }: Okta, assignment: AssignmentRecord): Subject | undefined => {
  const app = store.apps.get(assignment.appId);
  const user = store.users.get(assignment.userId);
  return app && user && store.assignments.includes(assignment) ? { assignment, app, user } : undefined;
};

const provision = async (okta: Okta, job: Job): Promise<void> => {
  const { api, log, app, user, assignment } = job;
  const [found] = await api.query(
    `SELECT Id, Username, IsActive FROM User WHERE Username = ${quoted(assignment.userName)}`
  );
  log('application.provision.user.verify_exists');
  if (!found && !app.features.includes('PUSH_NEW_USERS'))
    throw new SalesforceTrouble('api', 'Matching user not found.');
  if (found) {
    assignment.externalId = String(found['Id']);
    await adopt(okta, job, assignment.externalId, found['IsActive'] === true);
  } else {
    assignment.externalId = await api.createUser(await newUserFields(api, user, assignment));
    log('application.provision.user.push');
    log('app.user_management.push_new_user_success');
  }
  settled(okta, assignment);
};

const adopt = async (okta: Okta, job: Job, id: string, active: boolean): Promise<void> => {
  const { api, log, app } = job;
  if (!active && app.features.includes('REACTIVATE_USERS')) {
    await api.updateUser(id, { IsActive: true });
    log('application.provision.user.reactivate');
  }
  if (app.features.includes('PUSH_PROFILE_UPDATES')) await push(okta, job);
  else log('application.provision.user.sync');
};

const push = async (okta: Okta, { api, log, user, assignment }: Job): Promise<void> => {
  await api.updateUser(assignment.externalId ?? '', profileFields(user, assignment));
  log('application.provision.user.push_profile');
  settled(okta, assignment);
};

const settled = ({ clock }: Okta, assignment: AssignmentRecord): void => {
  const now = clock.now();
  if (assignment.status !== 'PROVISIONED') assignment.statusChanged = now;
  Object.assign(assignment, { status: 'PROVISIONED', syncState: 'SYNCHRONIZED', lastSync: now, lastUpdated: now });
};

const run = async (
  okta: Okta,
  subject: Subject,
  eventType: string,
  work: (job: Job) => Promise<void>
): Promise<void> => {
  const { assignment, app, user } = subject;
  const author = jobAuthor(okta);
  const targets = assignmentTargets(assignment, app, user);
  try {
    const connection = okta.store.connections.get(app.id);
    if (!connection) throw new SalesforceTrouble('credentials', 'no API credentials are stored');
    const api = await logIn(okta, connection);
    await work({ ...subject, api, log: (done) => okta.log.write(author, { eventType: done, targets }) });
  } catch (error) {
    if (!(error instanceof SalesforceTrouble)) throw error;
    const bad = error.kind === 'credentials';
    const trouble = bad ? 'application.integration.authentication_failure' : 'application.integration.general_failure';
    if (bad) okta.log.write(author, { eventType: trouble, targets: [appTarget(app)], failure: error.message });
    const why = bad ? `${BAD_CREDENTIALS}: ${error.message}` : error.message;
    const failure = `Automatic provisioning of user ${assignment.userName} to app ${app.label} failed: ${why}`;
    okta.log.write(author, { eventType, targets, failure });
    assignment.syncState = 'ERROR';
    assignment.lastUpdated = okta.clock.now();
  }
};

export const jobAuthor = ({ ids }: Okta): Author => ({
  user: undefined,
  kind: 'JOB',
  transactionId: ids.of('job'),
  requestUri: '',
  userAgent: '',
  apiTokenId: undefined,
});
