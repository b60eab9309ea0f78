/** Orgs that do not answer, answer late, or answer no. contracts/salesforce.md §2.8, §5.3, §7, §9, §15.4 */
import { documentedWorld } from '../../../src/simulator/salesforce/index.ts';
import type { Fault } from '../../../src/simulator/index.ts';
import type { Pair } from '../../helpers/pair.ts';
import {
  ADMIN,
  adminWithout,
  APP,
  CALLBACK,
  CONNECTED,
  CREATE,
  error,
  knobs,
  organization,
  OURS,
  works,
  world,
  type Row,
  type Rows,
} from './row.ts';

const failing =
  (fault: Fault) =>
  ({ sim }: Pair): (() => void) =>
    sim.salesforce.fail(fault);

const expired = ({ sim }: Pair): (() => void) => {
  sim.salesforce.store.knobs.sessionExpiry = { after: 0, times: Infinity };
  return () => {
    sim.salesforce.store.knobs.sessionExpiry = null;
  };
};

/** The session expires with the first request of a kind that comes in a state, for good. */
const expiresOn =
  (on: string, when: (pair: Pair) => boolean): NonNullable<Row['trouble']> =>
  (pair) => {
    const until = async (): Promise<void> => {
      if (when(pair)) expired(pair);
    };
    const undo = pair.sim.salesforce.fail({ on, with: { until }, times: Infinity });
    return () => {
      undo();
      pair.sim.salesforce.store.knobs.sessionExpiry = null;
    };
  };

const hasApp = ({ sim }: Pair): boolean => sim.salesforce.store.componentsOf('ExternalClientApplication').length > 0;
const hasUser = ({ sim }: Pair): boolean => sim.salesforce.store.users.size > 1;
const SLOW = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const LOG_IN = 'Log in to the target org again with "sf org login web"';

const orgs: Rows = {
  'an expired trial': {
    world: organization({
      OrganizationType: 'Enterprise Edition',
      TrialExpirationDate: '2026-08-30T00:00:00.000+0000',
    }),
    flags: { 'integration-user': ADMIN.username },
    dryRun: { exit: 0, says: 'ended on 2026-08-30', action: '--target-org' },
    setup: { exit: 2, says: 'ended on 2026-08-30', action: '--target-org' },
    verify: { exit: 100, finds: { 'salesforce.org.trial': 'fail' } },
  },
  'the API disabled': {
    world: world({}),
    trouble: ({ sim }) => {
      sim.salesforce.store.knobs.apiDisabled = true;
      return () => {
        sim.salesforce.store.knobs.apiDisabled = false;
      };
    },
    ...error('API is not enabled', 'Ask Salesforce to enable API access'),
    verify: { exit: 100, finds: { 'salesforce.org.api': 'fail' } },
    goesOn: true,
  },
  'API access control on': {
    world: knobs({ apiAccessControl: true }),
    dryRun: { exit: 0 },
    setup: { exit: 69, at: 'okta.connection' },
    verify: { exit: 100, finds: { 'salesforce.org.api-access-control': 'fail' } },
  },
  'approvals without a date': { world: knobs({ grantsWithoutCreatedDate: true }), ...works() },
};

const sessions: Rows = {
  'a session expired before the run': {
    world: world({}),
    trouble: expired,
    ...error('expired', LOG_IN),
    verify: { exit: 1 },
    goesOn: true,
  },
  'a session expired in mid-run, by SOAP': {
    world: world({}),
    trouble: expiresOn('POST /services/Soap/m/67.0', hasApp),
    dryRun: { exit: 0 },
    setup: { exit: 1, at: 'salesforce.app', says: 'Invalid Session ID', action: LOG_IN, made: APP },
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.app.scopes': 'fail' }, calm: true },
    goesOn: true,
  },
  'a session expired in mid-run, by REST': {
    world: world({}),
    flags: CREATE,
    trouble: expiresOn('POST /services/data/v67.0/sobjects/User', () => true),
    dryRun: { exit: 0 },
    setup: { exit: 1, at: 'salesforce.user', says: 'expired', action: LOG_IN, made: APP },
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.user.active': 'fail' }, calm: true },
    goesOn: true,
  },
  'a session expired in mid-run, when the user is there and holds nothing yet': {
    world: world({}),
    flags: CREATE,
    trouble: expiresOn('GET /services/data/v67.0/query', hasUser),
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'salesforce.user',
      says: 'expired',
      action: LOG_IN,
      made: [...APP, 'assignments', 'userLogins', 'users'],
    },
    verify: {
      exit: 100,
      finds: { 'salesforce.user.active': 'pass', 'salesforce.user.permissions': 'fail' },
      calm: true,
    },
    goesOn: true,
  },
};

const answers: Rows = {
  'reads that fail for a moment': {
    world: world({}),
    trouble: failing({ on: 'GET /services/data/v67.0/query', with: 500, times: 2 }),
    ...works(),
  },
  'reads that fail for good, by REST': {
    world: world({}),
    trouble: failing({ on: 'GET /services/data/v67.0/query', with: 500, times: Infinity }),
    ...error('refused the query', 'run the same command again'),
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'fail', 'salesforce.user.active': 'unknown' } },
    goesOn: true,
  },
  'reads that fail for good, by SOAP': {
    world: world({}),
    trouble: failing({ on: 'POST /services/Soap/m/67.0', with: 500, times: Infinity }),
    ...error('refused the ', 'run the same command again'),
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'unknown', 'salesforce.user.active': 'pass' } },
    goesOn: true,
  },
  'slow answers': {
    world: world({}),
    trouble: failing({ on: /./, with: { until: SLOW }, times: Infinity }),
    ...works(),
  },
  'answers that are dropped': {
    world: world({}),
    trouble: failing({ on: /./, with: 'drop', times: Infinity }),
    ...error('Salesforce gave no answer', 'can be reached from here'),
    verify: { exit: 1 },
    goesOn: true,
  },
  'the answer to the first write dropped': {
    world: world({}),
    trouble: failing({ on: 'SOAP createMetadata ExternalClientApplication', with: 'drop' }),
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'salesforce.app',
      says: 'Salesforce gave no answer to the call to create ExternalClientApplication',
      action: 'run the same command again',
      made: APP,
    },
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.app.callback': 'fail' } },
    goesOn: true,
  },
};

const notOurs = (at: string, action: string, made: readonly string[] = []): Pick<Row, 'dryRun' | 'setup'> => ({
  dryRun: { exit: 0 },
  setup: { exit: 1, at, says: 'insufficient access', action, made },
});
const NO_APP = { exit: 100, finds: { 'salesforce.app.exists': 'fail' } } as const;

/** Somebody gives the admin what the profile lacked. */
const grantAll = ({ sim }: Pair): void => {
  const { permissions: held } = sim.salesforce.store;
  const [admin] = documentedWorld().profiles;
  for (const id of held.keys()) if ((held.get(id) ?? []).length > 5) held.set(id, admin?.permissions ?? []);
};

const permissions: Rows = {
  'external client apps not ours to make': {
    world: adminWithout('ExternalClientAppDeveloper'),
    ...notOurs('salesforce.app', 'Create, edit, and delete External Client Apps'),
    verify: NO_APP,
  },
  'external client apps not ours to make, told by a deploy whose only failure is an object': {
    world: {
      ...adminWithout('ExternalClientAppDeveloper'),
      knobs: {
        ...documentedWorld().knobs,
        crudRefusedTypes: ['ExternalClientApplication'],
        componentFailuresAsObject: true,
      },
    },
    ...notOurs('salesforce.app', 'Create, edit, and delete External Client Apps'),
    verify: NO_APP,
  },
  'the permission for them neither held nor enforced': {
    world: {
      ...adminWithout('ExternalClientAppDeveloper'),
      knobs: { ...documentedWorld().knobs, ecaPermissionsEnforced: false },
    },
    ...works(),
  },
  'policies not ours to change': {
    world: adminWithout('ExternalClientAppAdmin'),
    flags: { 'ip-relaxation': 'bypass' },
    ...notOurs('salesforce.app-policy', 'edit their policies', APP),
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.app.ip-relaxation': 'fail' } },
    goesOn: grantAll,
  },
  'connected apps not ours to make': {
    world: {
      ...adminWithout('ManageRemoteAccess', 'ModifyAllData'),
      knobs: { ...documentedWorld().knobs, allowConnectedAppCreation: true },
    },
    flags: CONNECTED,
    ...notOurs('salesforce.app', 'Manage Connected Apps'),
    verify: NO_APP,
  },
  'a connected app that is there and not ours to change': {
    world: {
      ...adminWithout('ManageRemoteAccess', 'ModifyAllData'),
      apps: [{ ...OURS, kind: 'connected-app', oauthConfig: { isPkceRequired: 'false' } }],
    },
    flags: { ...CONNECTED, 'callback-url': CALLBACK },
    ...notOurs('salesforce.app', 'Manage Connected Apps'),
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', 'salesforce.app.pkce': 'fail' } },
  },
  'metadata not ours at all': {
    world: adminWithout('ModifyMetadata', 'ModifyAllData'),
    ...error('ModifyMetadata', 'Modify Metadata'),
    verify: { exit: 100, finds: { 'salesforce.app.exists': 'unknown', 'salesforce.user.active': 'pass' } },
  },
  'the state of other users not ours to see': {
    world: world({}),
    trouble: failing({ on: /FROM UserLogin/, with: 403, times: Infinity }),
    ...works(ADMIN, { exit: 69, finds: { 'salesforce.user.not-frozen': 'unknown' } }),
  },
};

export const access: Rows = { ...orgs, ...sessions, ...answers, ...permissions };
