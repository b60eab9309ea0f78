/** From a healthy pair, one fault → exactly the claims that it disproves; and what a step converges is planned by the dry run. */
import { expect } from 'chai';
import { CHECKS } from '../../src/checks/index.ts';
import type { Status } from '../../src/engine/check.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { Pair, type Flags } from '../helpers/pair.ts';

type Fault = (pair: Pair) => Promise<void> | void;

const component =
  (type: string, fields: Record<string, string>): Fault =>
  ({ sim }) => {
    const found = [...sim.salesforce.store.components.entries()].find(([, { type: one }]) => one === type);
    if (!found) throw new Error(`There is no ${type}.`);
    sim.salesforce.store.components.set(found[0], { ...found[1], fields: { ...found[1].fields, ...fields } });
  };
const global = (fields: Record<string, string>): Fault => component('ExtlClntAppGlobalOauthSettings', fields);
const policy = (fields: Record<string, string>): Fault => component('ExtlClntAppOauthConfigurablePolicies', fields);

const oktaApp = ({
  sim,
}: Pair): { status: string; appSettings: Record<string, unknown>; features: string[]; id: string } => {
  const [app] = sim.okta.store.apps.values();
  if (!app) throw new Error('There is no Okta app.');
  return app;
};

const FAULTS: Array<[string, Fault, Record<string, Status>]> = [
  ['PKCE off', global({ isPkceRequired: 'false' }), { 'salesforce.app.pkce': 'fail' }],
  [
    'rotation off',
    global({ isRefreshTokenRotationEnabled: 'false' }),
    { 'salesforce.app.refresh-token-rotation': 'fail' },
  ],
  ['another callback', global({ callbackUrl: 'https://example.com/cb' }), { 'salesforce.app.callback': 'fail' }],
  [
    'secret optional for the web server flow',
    global({ isConsumerSecretOptional: 'true' }),
    { 'salesforce.app.secret-required': 'fail' },
  ],
  [
    'secret optional for the refresh flow',
    global({ isSecretRequiredForRefreshToken: 'false' }),
    { 'salesforce.app.secret-required': 'fail' },
  ],
  ...[
    'isIntrospectAllTokens',
    'isClientCredentialsFlowEnabled',
    'isDeviceFlowEnabled',
    'isCodeCredFlowEnabled',
    'isNamedUserJwtEnabled',
    'isTokenExchangeEnabled',
  ].map((field): [string, Fault, Record<string, Status>] => [
    `${field} on`,
    global({ [field]: 'true' }),
    { 'salesforce.app.flows-off': 'fail' },
  ]),
  [
    'a scope missing',
    component('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: 'Api' }),
    { 'salesforce.app.scopes': 'fail' },
  ],
  [
    'a scope too many',
    component('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: 'Api, RefreshToken, Full' }),
    { 'salesforce.app.scopes': 'fail' },
  ],
  [
    'another refresh token policy',
    policy({ refreshTokenPolicyType: 'SpecificInactivity' }),
    { 'salesforce.app.refresh-token-policy': 'fail' },
  ],
  [
    'other permitted users',
    policy({ permittedUsersPolicyType: 'AdminApprovedPreAuthorized' }),
    { 'salesforce.app.permitted-users': 'fail' },
  ],
  ['another IP relaxation', policy({ ipRelaxationPolicyType: 'Bypass' }), { 'salesforce.app.ip-relaxation': 'fail' }],
  ['the grant revoked', ({ sim }) => sim.salesforce.store.grants.clear(), { 'salesforce.grant.exists': 'fail' }],
  [
    'the Okta app inactive',
    (pair) => {
      oktaApp(pair).status = 'INACTIVE';
    },
    { 'okta.app.active': 'fail' },
  ],
  [
    'another instance type',
    (pair) => {
      oktaApp(pair).appSettings['instanceType'] = 'SANDBOX';
    },
    { 'okta.app.instance-type': 'fail' },
  ],
  [
    'create switched off',
    (pair) => {
      const app = oktaApp(pair);
      app.features = app.features.filter((name) => name !== 'PUSH_NEW_USERS');
    },
    { 'okta.features': 'fail' },
  ],
  [
    'a box ticked that nobody asked for',
    (pair) => {
      oktaApp(pair).features.push('PUSH_PASSWORD_UPDATES');
    },
    { 'okta.features': 'fail' },
  ],
];

const HEALTHY: Record<string, Status> = Object.fromEntries(
  CHECKS.map(({ id }) => [id, id === 'okta.connection' ? 'skipped' : 'pass'])
);

describe('verify', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start();
    await pair.connect();
  });
  afterEach(async () => pair.stop());

  const statuses = async (flags: Flags = {}): Promise<Record<string, Status>> =>
    Object.fromEntries(Object.entries(await pair.verify(flags)).map(([id, { status }]) => [id, status]));

  it('finds nothing wrong with a healthy pair, and writes nothing', async () => {
    const requests = await pair.requestsOf(async () => expect(await statuses()).to.deep.equal(HEALTHY));
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
  });

  for (const [what, fault, expected] of FAULTS)
    it(`with ${what} changes exactly ${Object.keys(expected).join(', ')}, and the dry run plans what a step converges`, async () => {
      await fault(pair);
      const found = await statuses();
      expect(found).to.deep.equal({ ...HEALTHY, ...expected });
      const planned = Object.values(await pair.preview()).flatMap((event) =>
        'changes' in event ? event.changes.map(({ path }) => path) : []
      );
      for (const { id, convergedBy } of CHECKS.filter((check) => check.convergedBy !== undefined)) {
        const plans = planned.some((path) => path === id || path.startsWith(`${id}.`));
        expect(plans, `${id}, converged by ${convergedBy}`).to.equal(found[id] === 'fail');
      }
    });

  it('holds the pair to what is asked for, not to the defaults', async () => {
    expect((await statuses({ pkce: false }))['salesforce.app.pkce']).to.equal('fail');
    await pair.connect({ pkce: false, adopt: true });
    expect(await statuses({ pkce: false })).to.deep.equal(HEALTHY);
  });

  it('says unknown, with the reason, of what it could not read, and judges the rest', async () => {
    pair.sim.okta.fail({ on: `GET /api/v1/apps/${oktaApp(pair).id}/users`, with: 500, times: 3 });
    const found = await pair.verify();
    expect(found['okta.app.active']?.status).to.equal('unknown');
    expect(String(found['okta.app.active']?.actual)).to.include('500');
    expect(found['salesforce.app.pkce']?.status).to.equal('pass');
  });

  it('is not misled by a moment of trouble', async () => {
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: 503 });
    pair.sim.salesforce.fail({ on: 2, by: 'undici', with: 'drop' });
    expect(await statuses()).to.deep.equal(HEALTHY);
  });

  it('fails the assigned users that were left unprovisioned as a warning', async () => {
    const app = oktaApp(pair);
    const features = app.features;
    app.features = [];
    const [, ada] = [...pair.sim.okta.store.users.values()];
    await fetch(`${pair.sim.okta.url}/api/v1/apps/${app.id}/users`, {
      method: 'POST',
      headers: { authorization: `SSWS ${pair.sim.people.oktaApiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: ada?.id, scope: 'USER' }),
    });
    await pair.sim.okta.idle();
    app.features = features;
    expect(await statuses()).to.deep.equal({ ...HEALTHY, 'okta.assignments': 'warn' });
  });
});

describe('verify of an integration user of its own', () => {
  const OKTA = { username: 'okta@simulated.example', password: 'S3CRET-okta-password' };
  const NAMED = { 'integration-user': OKTA.username };
  let pair: Pair;
  beforeEach(async () => {
    const user = { ...OKTA, profile: 'System Administrator', firstName: 'Okta', lastName: 'Integration' };
    const world = documentedWorld();
    pair = await Pair.start({
      scenario: { salesforce: () => ({ ...world, users: [...world.users, user] }), okta: oktaWorld },
    });
    await pair.connect(NAMED, OKTA);
  });
  afterEach(async () => pair.stop());

  const statuses = async (): Promise<Record<string, Status>> =>
    Object.fromEntries(Object.entries(await pair.verify(NAMED)).map(([id, { status }]) => [id, status]));
  const userId = (): string => pair.sim.salesforce.store.userByName(OKTA.username)?.Id ?? '';

  it('finds nothing wrong with a healthy one', async () => {
    expect(await statuses()).to.deep.equal(HEALTHY);
  });

  const table: Array<[string, () => void, Record<string, Status>]> = [
    [
      'frozen',
      (): void => {
        const login = pair.sim.salesforce.store.loginOf(userId());
        if (login) login.IsFrozen = true;
      },
      { 'salesforce.user.not-frozen': 'fail' },
    ],
    [
      'inactive',
      (): void => {
        const user = pair.sim.salesforce.store.users.get(userId());
        if (user) user.IsActive = false;
      },
      { 'salesforce.user.active': 'fail' },
    ],
    [
      'deprived of a needed permission',
      (): void => {
        const { permissions } = pair.sim.salesforce.store;
        const { store } = pair.sim.salesforce;
        const own = [...store.assignments.values()].find(({ AssigneeId }) => AssigneeId === userId());
        if (!own) throw new Error('There is no assignment.');
        const copy = { ...store.permissionSets.get(own.PermissionSetId), Id: '0PS000000000099AAA' } as never;
        store.permissionSets.set('0PS000000000099AAA', copy);
        permissions.set('0PS000000000099AAA', ['ApiEnabled']);
        own.PermissionSetId = '0PS000000000099AAA';
      },
      { 'salesforce.user.permissions': 'fail' },
    ],
  ];
  for (const [what, fault, expected] of table)
    it(`of one that is ${what} changes exactly ${Object.keys(expected).join(', ')}`, async () => {
      fault();
      expect(await statuses()).to.deep.equal({ ...HEALTHY, ...expected });
    });

  it('finds the approval of somebody else', async () => {
    await pair.peopleConnect();
    expect(await statuses()).to.deep.equal({ ...HEALTHY, 'salesforce.grant.user': 'fail' });
  });

  it('sees that only the wrong user approved, and says so in the next setup', async () => {
    pair.sim.salesforce.store.grants.clear();
    await pair.peopleConnect();
    expect(await statuses()).to.deep.equal({
      ...HEALTHY,
      'salesforce.grant.exists': 'fail',
      'salesforce.grant.user': 'fail',
    });
    const waiting = (await pair.setup(NAMED))['okta.connection'];
    expect(waiting?.type === 'waiting' && waiting.instruction.summary).to.equal(
      `Another user than ${OKTA.username} approved the app.`
    );
  });
});
