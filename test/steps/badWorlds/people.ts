/** Users that cannot approve the app or do not hold what Okta needs, and seats. contracts/salesforce.md §8 */
import type { Status } from '../../../src/engine/check.ts';
import {
  adminWithout,
  APP,
  CREATE,
  knobs,
  NAMED,
  OKTA,
  refused,
  user,
  works,
  world,
  type Row,
  type Rows,
} from './row.ts';

const finds = (claim: string, status: Status = 'fail'): Record<string, Status> => ({
  [`salesforce.user.${claim}`]: status,
});
const ABSENT = { 'salesforce.app.exists': 'fail', ...finds('active') } as const;
const ASK = 'Ask a Salesforce admin';
/** As Setup calls them. */
const LABEL: Readonly<Record<string, string>> = {
  ManageUsers: '"Manage Users"',
  ManageProfilesPermissionsets: '"Manage Profiles and Permission Sets"',
  AssignPermissionSets: '"Assign Permission Sets"',
};
/** What a run that made the user, and waits for its first login, adds. */
const FIRST_LOGIN = { exit: 69, at: 'salesforce.user-login' } as const;

/** What takes each permission that a write to people needs; told before the first write. */
const WRITES: ReadonlyArray<
  readonly [what: string, permissions: readonly string[], (permission: string) => Omit<Row, 'world'>]
> = [
  [
    'users not ours to make',
    ['ManageUsers', 'ManageProfilesPermissionsets', 'AssignPermissionSets'],
    (permission) => ({
      flags: CREATE,
      ...refused(
        `To create okta@simulated.example, the user you are logged in as lacks ${LABEL[permission] ?? ''} (${permission})`,
        ASK,
        ABSENT
      ),
    }),
  ],
  [
    'nobody may be authorized beforehand by us',
    ['ManageProfilesPermissionsets', 'AssignPermissionSets'],
    (permission) => ({
      flags: { 'permitted-users': 'pre-authorized' },
      ...refused(`lacks ${LABEL[permission] ?? ''} (${permission})`, '--permitted-users self-authorize', {
        'salesforce.app.exists': 'fail',
      }),
    }),
  ],
];
const writes: Rows = Object.fromEntries(
  WRITES.flatMap(([what, permissions, row]) =>
    permissions.map((permission): [string, Row] => [
      `${what}, for want of ${permission}`,
      { world: adminWithout(permission), ...row(permission) },
    ])
  )
);
/** An existing user lacks rights, and we the permission to make or assign the permission set. */
const grants: Rows = Object.fromEntries(
  ['ManageProfilesPermissionsets', 'AssignPermissionSets'].map((permission): [string, Row] => [
    `permissions not ours to grant, for want of ${permission}`,
    {
      world: { ...adminWithout(permission), users: user({ profile: 'Standard User' }).users },
      flags: NAMED,
      ...refused(`lacks ${LABEL[permission] ?? ''} (${permission})`, ASK, finds('permissions')),
    },
  ])
);

export const people: Rows = {
  'a username that another org has': {
    world: knobs({ usernamesElsewhere: [OKTA.username] }),
    flags: CREATE,
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'salesforce.user',
      says: 'Duplicate Username',
      action: 'Choose another username by --integration-user',
      made: APP,
    },
    verify: { exit: 100, finds: finds('active') },
    goesOn: ({ sim }) => {
      sim.salesforce.store.knobs.usernamesElsewhere = [];
    },
  },
  'no licence seat': {
    world: world({
      licenses: [
        { name: 'Salesforce', key: 'SFDC', seats: 1 },
        { name: 'Salesforce Integration', key: 'PID', seats: 1 },
      ],
    }),
    flags: CREATE,
    ...refused('1 of 1 are used', 'Free a seat', ABSENT),
  },
  'a user that is not there and not to be made': {
    world: world({}),
    flags: NAMED,
    ...refused('There is no Salesforce user', '--create-integration-user', ABSENT),
  },
  'a frozen user': {
    world: user({ isFrozen: true }),
    flags: NAMED,
    ...refused('is frozen', 'Unfreeze', finds('not-frozen')),
  },
  'an inactive user': {
    world: user({ isActive: false }),
    flags: NAMED,
    ...refused('is inactive', 'Activate', finds('active')),
  },
  'an API-only user': {
    world: user({ profile: 'Minimum Access - API Only Integrations' }),
    flags: NAMED,
    ...refused('is API-only', 'full Salesforce licence', finds('license')),
  },
  'a user without API': {
    world: user({ profile: 'Minimum Access - Salesforce' }),
    flags: NAMED,
    ...works(OKTA, { exit: 0, finds: { ...finds('permissions', 'pass'), ...finds('least-privilege', 'pass') } }),
  },
  'a permission set that does not take': {
    world: user({ profile: 'Minimum Access - Salesforce' }),
    flags: NAMED,
    trouble: ({ sim }) =>
      sim.salesforce.fail({
        on: 'POST /services/data/v67.0/sobjects/PermissionSetAssignment',
        with: {
          change: (answer) => {
            const [id = ''] = [...sim.salesforce.store.assignments.keys()].slice(-1);
            sim.salesforce.store.assignments.delete(id);
            return answer;
          },
        },
        times: Infinity,
      }),
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'salesforce.user',
      says: 'salesforce.user.permissions was set to ["ApiEnabled","ManageUsers"] and reads back as []',
      action: `give ${OKTA.username} the permissions "API Enabled" and "Manage Users"`,
      made: [...APP, 'permissionSets', 'permissions'],
    },
    verify: { exit: 100, finds: finds('permissions') },
    goesOn: true,
  },
  ...writes,
  ...grants,
  'a permission that depends on more than the list': {
    world: knobs({ morePermissionDependencies: { ManageUsers: ['ViewUserPII'] } }),
    flags: CREATE,
    dryRun: { exit: 0 },
    setup: FIRST_LOGIN,
    verify: { exit: 100, finds: { ...finds('permissions', 'pass'), 'salesforce.grant.exists': 'fail' } },
  },
};
