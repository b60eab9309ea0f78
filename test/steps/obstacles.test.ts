/** What stands against a run, told before its first write. */
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import type { OktaWorld, SalesforceWorld } from '../../src/simulator/index.ts';
import { Pair, type Flags } from '../helpers/pair.ts';

interface World {
  readonly salesforce?: Partial<SalesforceWorld>;
  readonly okta?: Partial<OktaWorld>;
}

const production = { ...salesforceWorld().organization, OrganizationType: 'Enterprise Edition' };
const withUser = (more: object): SalesforceWorld['users'] => [
  ...salesforceWorld().users,
  {
    username: 'okta@simulated.example',
    password: 'S3CRET-okta',
    profile: 'System Administrator',
    firstName: 'Ok',
    lastName: 'Ta',
    ...more,
  },
];
const NAMED: Flags = { 'integration-user': 'okta@simulated.example' };
const app = (more: object): OktaWorld['apps'][number] => ({
  label: 'Salesforce.com',
  features: [],
  assignments: [],
  ...more,
});
const ours = { kind: 'external-client-app', label: 'Mine', contactEmail: 'a@b.example' } as const;
const DEFAULT_CALLBACK = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';

const TABLE: Array<[string, World, Flags, string, string, string]> = [
  [
    'a production org without a named user',
    { salesforce: { organization: production } },
    {},
    'salesforce.user',
    'refused',
    'must be named',
  ],
  [
    'a user that does not exist',
    {},
    { 'integration-user': 'nobody@simulated.example' },
    'salesforce.user',
    'refused',
    'no Salesforce user',
  ],
  [
    'an inactive user',
    { salesforce: { users: withUser({ isActive: false }) } },
    NAMED,
    'salesforce.user',
    'refused',
    'is inactive',
  ],
  [
    'a frozen user',
    { salesforce: { users: withUser({ isFrozen: true }) } },
    NAMED,
    'salesforce.user',
    'refused',
    'is frozen',
  ],
  [
    'an API-only user',
    { salesforce: { users: withUser({ profile: 'Minimum Access - API Only Integrations' }) } },
    NAMED,
    'salesforce.user',
    'refused',
    'API-only',
  ],
  [
    'our callback under another name',
    { salesforce: { apps: [{ ...ours, name: 'Other', callbackUrl: DEFAULT_CALLBACK }] } },
    { 'callback-url': DEFAULT_CALLBACK },
    'salesforce.app',
    'refused',
    'Other has the callback',
  ],
  [
    'two Okta apps of one label',
    { okta: { apps: [app({}), app({})] } },
    {},
    'okta.app',
    'refused',
    '0 assigned users, features none, instance type',
  ],
  [
    'an Okta app id that does not exist',
    {},
    { 'okta-app-id': '0oa1gjh63g214q0Hq0g4' },
    'okta.app',
    'refused',
    'There is no Salesforce app',
  ],
  [
    'a used Okta app for another kind of org',
    { okta: { apps: [app({ instanceType: 'SANDBOX', assignments: [{ login: 'ada.lovelace@simulated.example' }] })] } },
    {},
    'okta.app',
    'refused',
    'instance type SANDBOX',
  ],
  [
    'an Okta app with users, not provisioned so far',
    { okta: { apps: [app({ assignments: [{ login: 'ada.lovelace@simulated.example' }] })] } },
    {},
    'okta.connection',
    'in-use',
    '1 assigned user',
  ],
  [
    'an Okta app connected by other credentials',
    { okta: { apps: [app({ features: ['PUSH_NEW_USERS'] })] } },
    {},
    'okta.connection',
    'in-use',
    'with other credentials',
  ],
  [
    'an inactive Okta app with users',
    { okta: { apps: [app({ status: 'INACTIVE', assignments: [{ login: 'ada.lovelace@simulated.example' }] })] } },
    {},
    'okta.app',
    'in-use',
    'would be activated',
  ],
];

describe('preflight', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  const start = async ({ salesforce, okta }: World): Promise<void> => {
    pair = await Pair.start({
      scenario: {
        salesforce: () => ({ ...salesforceWorld(), ...salesforce }),
        okta: () => ({ ...oktaWorld(), ...okta }),
      },
    });
  };

  for (const [what, world, flags, step, kind, reason] of TABLE)
    it(`finds ${what}, having written nothing`, async () => {
      await start(world);
      const requests = await pair.requestsOf(async () => {
        const found = (await pair.obstacles(flags)).find((one) => one.step === step);
        expect(found?.kind).to.equal(kind);
        expect(found?.reason).to.include(reason);
      });
      expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    });

  const HARMLESS: Array<[string, World, Flags]> = [
    ['a new pair', {}, {}],
    ['an unused Okta app of the label', { okta: { apps: [app({ instanceType: 'PRODUCTION' })] } }, {}],
    ['an unused Okta app for another kind of org', { okta: { apps: [app({ instanceType: 'SANDBOX' })] } }, {}],
    ['an instance type that is kept and never inferred', { okta: { apps: [app({ instanceType: 'GOVERNMENT' })] } }, {}],
    [
      'an app of the name that nobody uses',
      { salesforce: { apps: [{ ...ours, name: 'Okta_Provisioning', callbackUrl: 'https://x.example' }] } },
      {},
    ],
    [
      'a named user without the rights, who is given them',
      { salesforce: { users: withUser({ profile: 'Standard User' }) } },
      NAMED,
    ],
    ['a named user with every right', { salesforce: { users: withUser({}) } }, NAMED],
  ];
  for (const [what, world, flags] of HARMLESS)
    it(`has nothing against ${what}`, async () => {
      await start(world);
      expect(await pair.obstacles(flags)).to.deep.equal([]);
    });

  it('has nothing against an instance type that nobody knows', async () => {
    await start({ okta: { apps: [app({})] } });
    for (const one of pair.sim.okta.store.apps.values()) one.appSettings['instanceType'] = 'MY_DOMAIN';
    expect(await pair.obstacles()).to.deep.equal([]);
  });
});

describe('a world in use', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start({ scenario: 'in-use' });
  });
  afterEach(async () => pair.stop());

  it('is shown with its differences, and that nobody agreed', async () => {
    const found = await pair.obstacles();
    expect(found.map(({ step, kind }) => [step, kind])).to.deep.equal([['salesforce.app', 'in-use']]);
    const planned = await pair.preview();
    const event = planned['salesforce.app'];
    expect(event?.type === 'planned' && event.changes.map(({ path }) => path)).to.deep.equal([
      'salesforce.app.callback',
      'salesforce.app.pkce',
      'salesforce.app.refresh-token-rotation',
    ]);
  });

  it('keeps key, grant and what nobody asked to change when a person agrees', async () => {
    const { store } = pair.sim.salesforce;
    const key = [...store.consumers.values()].map(({ key: value }) => value);
    const events = await pair.setup({ adopt: true });
    expect(events['salesforce.app']?.type).to.equal('changed');
    expect([...store.consumers.values()].map(({ key: value }) => value)).to.deep.equal(key);
    expect(store.grants.size).to.equal(1);
    expect(await pair.obstacles()).to.deep.equal([]);
  });
});
