/**
 * Salesforce orgs that are wrong in every way that real ones are: what setup makes of each, and that none is worse off for
 * it. A row is a world, the flags, and the ending: `refused` before the first write, `failed` at a step, or `prepared`.
 */
import { expect } from 'chai';
import { SfError } from '@salesforce/core';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld, type AppSeed, type SalesforceKnobs } from '../../src/simulator/salesforce/index.ts';
import type { SalesforceWorld } from '../../src/simulator/index.ts';
import { Pair, type Flags } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';

const CALLBACK = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';
const OURS: AppSeed = {
  kind: 'external-client-app',
  name: 'Okta_Provisioning',
  label: 'Okta Provisioning',
  contactEmail: 'a@b.example',
  callbackUrl: CALLBACK,
};
const USERNAME = 'okta@simulated.example';
const NAMED: Flags = { 'integration-user': USERNAME };
const CREATE: Flags = { ...NAMED, 'create-integration-user': true };
const CONNECTED: Flags = { 'app-type': 'connected-app' };

const world = (change: Partial<SalesforceWorld>): SalesforceWorld => ({ ...documentedWorld(), ...change });
const knobs = (change: Partial<SalesforceKnobs>): SalesforceWorld =>
  world({ knobs: { ...documentedWorld().knobs, ...change } });
const organization = (change: object): SalesforceWorld =>
  world({ organization: { ...documentedWorld().organization, ...change } });
const user = (change: object): SalesforceWorld =>
  world({
    users: [
      ...documentedWorld().users,
      {
        username: USERNAME,
        password: 'S3CRET-okta',
        profile: 'System Administrator',
        firstName: 'Ok',
        lastName: 'Ta',
        ...change,
      },
    ],
  });
const adminWithout = (...lacking: string[]): SalesforceWorld =>
  world({
    profiles: documentedWorld().profiles.map((profile) => ({
      ...profile,
      permissions: profile.permissions.filter((name) => !lacking.includes(name)),
    })),
  });

type Ending =
  | { readonly ends: 'refused' | 'error'; readonly says: string; readonly action: string }
  | { readonly ends: 'failed'; readonly at: string; readonly says: string; readonly action: string }
  | { readonly ends: 'prepared' };

const refused = (says: string, action: string): Ending => ({ ends: 'refused', says, action });
const failed = (at: string, says: string, action: string): Ending => ({ ends: 'failed', at, says, action });
const error = (says: string, action: string): Ending => ({ ends: 'error', says, action });
const prepared: Ending = { ends: 'prepared' };

interface Row {
  readonly world: SalesforceWorld;
  readonly flags?: Flags;
  readonly ending: Ending;
  /** Types and objects that the org may hold afterwards though the run failed; nothing else was made. */
  readonly made?: readonly string[];
  readonly before?: (pair: Pair) => void;
}

const held = ({ sim: { salesforce } }: Pair): Record<string, number> => ({
  app:
    salesforce.store.componentsOf('ExternalClientApplication').length +
    salesforce.store.componentsOf('ConnectedApp').length,
  users: salesforce.store.users.size,
  profiles: salesforce.store.profiles.size,
  permissionSets: salesforce.store.permissionSets.size,
});

/** The session expires with the first request to a path that comes in a state, for good. */
const expiresOn =
  (on: string, when: (pair: Pair) => boolean) =>
  (pair: Pair): void => {
    const { store } = pair.sim.salesforce;
    const until = async (): Promise<void> => {
      if (when(pair)) store.knobs.sessionExpiry = { after: 0, times: Infinity };
    };
    pair.sim.salesforce.fail({ on, with: { until }, times: Infinity });
  };

const NO_CA = 'can create no connected app';
const ROWS: Readonly<Record<string, Row>> = {
  'a name taken by an app of the other kind that has our label': {
    world: {
      ...knobs({ allowConnectedAppCreation: true }),
      apps: [{ ...OURS, kind: 'connected-app', name: 'Foreign' }],
    },
    ending: refused('Another app, the connected app Foreign, has the label', '--app-label'),
  },
  'our callback under another name': {
    world: world({ apps: [{ ...OURS, name: 'Other', label: 'Other' }] }),
    flags: { 'callback-url': CALLBACK },
    ending: refused('external client app Other has the callback', '--app-name Other'),
  },
  'our callback at a connected app': {
    world: world({ apps: [{ ...OURS, kind: 'connected-app', name: 'Other', label: 'Other' }] }),
    flags: { 'callback-url': CALLBACK },
    ending: refused('connected app Other has the callback', '--app-type connected-app --app-name Other'),
  },
  'our callback under another name, and a name that was chosen': {
    world: world({ apps: [{ ...OURS, name: 'Other', label: 'Other' }] }),
    flags: { 'callback-url': CALLBACK, 'app-name': 'Mine' },
    ending: prepared,
  },
  'an app with live grants': {
    world: world({
      apps: [{ ...OURS, global: { isPkceRequired: 'false' } }],
      grants: [{ app: 'Okta_Provisioning', username: 'admin@simulated.example', refreshToken: '5Aep861.T0KEN' }],
    }),
    ending: refused('would change, and 1 user uses it', '--adopt'),
  },
  'a username that another org has': {
    world: knobs({ usernamesElsewhere: [USERNAME] }),
    flags: CREATE,
    ending: failed('salesforce.user', 'Duplicate Username', 'Choose another username'),
    made: ['app'],
  },
  'no licence seat': {
    world: world({
      licenses: [
        { name: 'Salesforce', key: 'SFDC', seats: 1 },
        { name: 'Salesforce Integration', key: 'PID', seats: 1 },
      ],
    }),
    flags: CREATE,
    ending: refused('1 of 1 are used', 'Free a seat'),
  },
  'a user that is not there and not to be made': {
    world: world({}),
    flags: NAMED,
    ending: refused('There is no Salesforce user', '--create-integration-user'),
  },
  'a frozen user': { world: user({ isFrozen: true }), flags: NAMED, ending: refused('is frozen', 'Unfreeze') },
  'an inactive user': { world: user({ isActive: false }), flags: NAMED, ending: refused('is inactive', 'Activate') },
  'an API-only user': {
    world: user({ profile: 'Minimum Access - API Only Integrations' }),
    flags: NAMED,
    ending: refused('is API-only', 'full Salesforce licence'),
  },
  'a user without API': { world: user({ profile: 'Minimum Access - Salesforce' }), flags: NAMED, ending: prepared },
  'an expired trial': {
    world: organization({
      OrganizationType: 'Enterprise Edition',
      TrialExpirationDate: '2026-08-30T00:00:00.000+0000',
    }),
    flags: { 'integration-user': 'admin@simulated.example' },
    ending: refused('ended on 2026-08-30', '--target-org'),
  },
  'the API disabled': {
    world: world({}),
    before: ({ sim }) => {
      sim.salesforce.store.knobs.apiDisabled = true;
    },
    ending: error('API is not enabled', 'Ask Salesforce to enable API access'),
  },
  'a session expired before the run': {
    world: world({}),
    before: ({ sim }) => {
      sim.salesforce.store.knobs.sessionExpiry = { after: 0, times: 99 };
    },
    ending: error('expired', 'sf org login web'),
  },
  'a session expired in mid-run, by SOAP': {
    world: world({}),
    before: expiresOn('POST /services/Soap/m/67.0', (pair) => held(pair)['app'] === 1),
    ending: failed('salesforce.app', 'Invalid Session ID', 'sf org login web'),
    made: ['app'],
  },
  'a session expired in mid-run, by REST': {
    world: world({}),
    flags: CREATE,
    before: expiresOn('POST /services/data/v67.0/sobjects/User', () => true),
    ending: failed('salesforce.user', 'expired', 'sf org login web'),
    made: ['app'],
  },
  'connected apps refused': {
    world: world({}),
    flags: CONNECTED,
    ending: failed('salesforce.app', NO_CA, 'Use an external client app'),
  },
  'connected apps refused, with a user to make': {
    world: world({}),
    flags: { ...CONNECTED, ...CREATE },
    ending: failed('salesforce.app', NO_CA, 'ask Salesforce Support'),
  },
  'connected apps refused by deploy': {
    world: knobs({ crudRefusedTypes: ['ConnectedApp'] }),
    flags: CONNECTED,
    ending: failed('salesforce.app', NO_CA, 'ask Salesforce Support'),
  },
  'connected apps refused by deploy, the failure an object': {
    world: knobs({ crudRefusedTypes: ['ConnectedApp'], componentFailuresAsObject: true }),
    flags: CONNECTED,
    ending: failed('salesforce.app', NO_CA, 'ask Salesforce Support'),
  },
  'connected apps allowed': { world: knobs({ allowConnectedAppCreation: true }), flags: CONNECTED, ending: prepared },
  'connected apps allowed by deploy only': {
    world: knobs({ allowConnectedAppCreation: true, crudRefusedTypes: ['ConnectedApp'] }),
    flags: CONNECTED,
    ending: prepared,
  },
  'policies that only a deploy changes': {
    world: knobs({ crudRefusedTypes: ['ExtlClntAppOauthConfigurablePolicies'] }),
    flags: { 'ip-relaxation': 'bypass' },
    ending: prepared,
  },
  'no type of external client apps but by deploy': {
    world: knobs({
      crudRefusedTypes: [
        'ExternalClientApplication',
        'ExtlClntAppOauthSettings',
        'ExtlClntAppGlobalOauthSettings',
        'ExtlClntAppOauthConfigurablePolicies',
      ],
    }),
    flags: { 'ip-relaxation': 'bypass' },
    ending: prepared,
  },
  'PKCE locked on': {
    world: knobs({ pkceLocked: true }),
    flags: { pkce: false },
    ending: failed('salesforce.app', 'salesforce.app.pkce was set to false and reads back as true', 'verify'),
    made: ['app'],
  },
  'rotation locked on': {
    world: knobs({ rotationLocked: true }),
    flags: { 'refresh-token-rotation': false },
    ending: failed('salesforce.app', 'salesforce.app.refresh-token-rotation was set to false', 'verify'),
    made: ['app'],
  },
  'PKCE and rotation locked on, as they should be': {
    world: knobs({ pkceLocked: true, rotationLocked: true }),
    ending: prepared,
  },
  'a policy setting that does not take': {
    world: knobs({
      initialPolicy: {
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: '1',
        refreshTokenValidityUnit: 'Days',
      },
      ignoredFields: ['ExtlClntAppOauthConfigurablePolicies.refreshTokenPolicyType'],
    }),
    ending: failed('salesforce.app-policy', 'reads back as "SpecificLifetime 1 Days"', 'verify'),
    made: ['app'],
  },
  'a policy without any value': { world: knobs({ initialPolicy: {} }), ending: prepared },
  ...Object.fromEntries(
    ['<App>_defaultPolicy', '<App>_oauthPlcy', '<App>_oauth_defaultPolicy', '<App>OAuthSettings_defaultPolicy'].map(
      (policyName): [string, Row] => [
        `a policy named ${policyName}`,
        { world: knobs({ policyName }), flags: { 'ip-relaxation': 'enforce-relax-refresh' }, ending: prepared },
      ]
    )
  ),
  'pre-authorized without anyone authorized': {
    world: world({ apps: [{ ...OURS, policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' } }] }),
    flags: { 'permitted-users': 'pre-authorized' },
    ending: prepared,
  },
  'IP ranges to bypass': { world: world({}), flags: { 'ip-relaxation': 'bypass-2factor' }, ending: prepared },
  'the idle limit on, and shown': { world: knobs({ idleLimit: 'on' }), ending: prepared },
  'the idle limit on, and not shown': { world: knobs({ idleLimit: 'hidden' }), ending: prepared },
  'external client apps not ours to make': {
    world: adminWithout('ExternalClientAppDeveloper'),
    ending: failed('salesforce.app', 'insufficient access', 'Create, edit, and delete External Client Apps'),
  },
  'the permission for them neither held nor enforced': {
    world: {
      ...adminWithout('ExternalClientAppDeveloper'),
      knobs: { ...documentedWorld().knobs, ecaPermissionsEnforced: false },
    },
    ending: prepared,
  },
  'policies not ours to change': {
    world: adminWithout('ExternalClientAppAdmin'),
    flags: { 'ip-relaxation': 'bypass' },
    ending: failed('salesforce.app-policy', 'insufficient access', 'edit their policies'),
    made: ['app'],
  },
  'connected apps not ours to make': {
    world: {
      ...adminWithout('ManageRemoteAccess', 'ModifyAllData'),
      knobs: { ...documentedWorld().knobs, allowConnectedAppCreation: true },
    },
    flags: CONNECTED,
    ending: failed('salesforce.app', 'insufficient access', 'Manage Connected Apps'),
  },
  'metadata not ours at all': {
    world: adminWithout('ModifyMetadata', 'ModifyAllData'),
    ending: error('ModifyMetadata', 'Modify Metadata'),
  },
  'permission sets not ours to make': {
    world: { ...adminWithout('ManageProfilesPermissionsets'), users: user({ profile: 'Standard User' }).users },
    flags: NAMED,
    ending: refused('lacks ManageProfilesPermissionsets', 'Ask a Salesforce admin'),
  },
  'users not ours to make': {
    world: adminWithout('AssignPermissionSets'),
    flags: CREATE,
    ending: refused('To create okta@simulated.example', 'Ask a Salesforce admin'),
  },
  'a permission that depends on more than the list': {
    world: knobs({ morePermissionDependencies: { ManageUsers: ['ViewUserPII'] } }),
    flags: CREATE,
    ending: prepared,
  },
  'approvals without a date': { world: knobs({ grantsWithoutCreatedDate: true }), ending: prepared },
  'reads that fail for a moment': {
    world: world({}),
    before: ({ sim }) => {
      sim.salesforce.fail({ on: 'GET /services/data/v67.0/query', with: 500, times: 2 });
    },
    ending: prepared,
  },
  'reads that fail for good': {
    world: world({}),
    before: ({ sim }) => {
      sim.salesforce.fail({ on: 'GET /services/data/v67.0/query', with: 500, times: 999 });
    },
    ending: error('refused the query', 'run the same command again'),
  },
  'a redirect by script': { world: knobs({ redirectByScript: true }), ending: prepared },
};

describe('setup in a Salesforce org with', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  for (const [what, { world: salesforce, flags = {}, ending, made = [], before }] of Object.entries(ROWS))
    it(`${what} is ${ending.ends}${'at' in ending ? ` at ${ending.at}` : ''}`, async () => {
      pair = await Pair.start({ scenario: { salesforce: () => salesforce, okta: oktaWorld } });
      before?.(pair);
      const there = held(pair);
      if (ending.ends === 'error') {
        const thrown = await rejection(pair.obstacles(flags));
        expect(thrown.message).to.include(ending.says);
        expect(thrown instanceof SfError && thrown.actions?.join(' ')).to.include(ending.action);
        expect(held(pair)).to.deep.equal(there);
        return;
      }
      const obstacles = await pair.blocked(flags);
      if (ending.ends === 'refused') {
        expect(obstacles.map(({ reason }) => reason).join(' ')).to.include(ending.says);
        expect(obstacles.flatMap(({ actions }) => actions).join(' ')).to.include(ending.action);
        expect(held(pair)).to.deep.equal(there);
        return;
      }
      expect(obstacles).to.deep.equal([]);
      const events = Object.values(await pair.setup(flags));
      const failure = events.find((event) => event.type === 'failed');
      if (ending.ends === 'failed') {
        expect(failure?.step).to.equal(ending.at);
        expect(failure?.error.message).to.include(ending.says);
        if (ending.action !== 'verify')
          expect(failure?.error instanceof SfError && failure.error.actions?.join(' ')).to.include(ending.action);
        const after = held(pair);
        expect(Object.keys(after).filter((name) => after[name] !== there[name])).to.deep.equal(made);
      } else {
        expect(failure).to.equal(undefined);
        const again = Object.values(await pair.setup(flags)).filter(
          ({ type }) => type === 'changed' || type === 'failed'
        );
        expect(again, 'a second run changes nothing').to.deep.equal([]);
      }
    });
});
