/** No false alarm: pairs that are as they should be, each in another way. */
import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import { flagsOf, HEALTHY, healthyPair, KINDS, NAMED, OKTA_USER, type Kind } from '../helpers/healthy.ts';
import type { Flags, Pair } from '../helpers/pair.ts';
import type { ServiceAppRecord } from '../../src/simulator/okta/index.ts';
import { serviceApp } from '../helpers/serviceApp.ts';
import { assigned, logged, oktaApp } from './faults/okta.ts';

type Worlds = NonNullable<Parameters<typeof healthyPair>[1]>;
interface Variant {
  readonly what: string;
  readonly kinds?: readonly Kind[];
  readonly worlds?: Worlds;
  readonly then?: (pair: Pair, kind: Kind) => Promise<void> | void;
  /** Beside what is skipped everywhere. */
  readonly skips?: readonly string[];
  /** Instead of the named integration user. */
  readonly flags?: Flags;
}

const DAY = 24 * 3_600_000;
const organization = (fields: object): Worlds => ({
  salesforce: (world) => ({ ...world, organization: { ...world.organization, ...fields } }),
});
const flags = (own: Flags): Worlds => ({ flags: own });
const inYears = (days: number): string => new Date(Date.now() + days * DAY).toISOString().replace('Z', '+0000');

const byServiceApp = (dpop: ServiceAppRecord['dpop']): Pick<Variant, 'worlds' | 'then'> => {
  const app = serviceApp({ dpop });
  return {
    worlds: { okta: (world) => ({ ...world, serviceApps: [app.record] }) },
    then: (pair) => {
      pair.oktaEnvironment = app.environment(pair.sim.okta.url);
    },
  };
};

/** An app that was there before, of a kind and under a name of its own. */
const withApp = (kind: Kind, name: string): Pick<Worlds, 'salesforce'> => ({
  salesforce: (world) => ({
    ...world,
    apps: [
      {
        kind,
        name,
        label: name,
        contactEmail: 'admin@simulated.example',
        callbackUrl: 'https://example.com/callback',
        ...(kind === 'external-client-app' && { global: { isPkceRequired: 'false' } }),
      },
    ],
  }),
});

const sameCallback = ({ sim }: Pair): void => {
  for (const record of sim.salesforce.store.components.values())
    if (record.fields['externalClientApplication'] === 'Another' && record.type === 'ExtlClntAppGlobalOauthSettings')
      record.fields = { ...record.fields, callbackUrl: sim.callbackUrl };
};

const adopted = (kind: Kind): Variant => ({
  what: 'an app that was there before and was adopted',
  kinds: [kind],
  worlds: { ...withApp(kind, 'Legacy'), flags: { 'app-name': 'Legacy', adopt: true } },
});

const VARIANTS: readonly Variant[] = [
  { what: 'a Developer Edition org' },
  { what: 'a production org', worlds: organization({ OrganizationType: 'Enterprise Edition' }) },
  { what: 'a sandbox', worlds: organization({ OrganizationType: 'Enterprise Edition', IsSandbox: true }) },
  { what: 'a scratch org', worlds: organization({ IsSandbox: true, TrialExpirationDate: inYears(20) }) },
  {
    what: 'the running user as integration user by default',
    flags: {},
    worlds: {
      flags: { 'integration-user': undefined },
      as: { username: 'admin@simulated.example', password: 'S3CRET-simulated-admin-password' },
    },
    skips: ['salesforce.user.least-privilege'],
  },
  { what: 'no PKCE and no rotation, when so desired', worlds: flags({ pkce: false, 'refresh-token-rotation': false }) },
  { what: 'another IP relaxation, when so desired', worlds: flags({ 'ip-relaxation': 'enforce-relax-refresh' }) },
  {
    what: 'other names and labels',
    worlds: flags({
      'app-name': 'HR_Sync',
      'app-label': 'HR, "quoted" & <odd>',
      'okta-app-label': 'Salesforce (people)',
    }),
  },
  {
    what: 'sync password, when so desired',
    worlds: flags({ 'provisioning-feature': ['create', 'update', 'deactivate', 'sync-password'] }),
    then: (pair) => void oktaApp(pair).features.push('PUSH_PASSWORD_UPDATES'),
  },
  {
    what: 'a pair whose app lets only chosen users in',
    worlds: flags({ 'permitted-users': 'pre-authorized' }),
  },
  {
    what: 'a pair whose app lets only chosen users in, while API access control is on',
    worlds: flags({ 'permitted-users': 'pre-authorized' }),
    then: ({ sim }) => {
      sim.salesforce.store.knobs.apiAccessControl = true;
    },
  },
  {
    what: 'an integration user whose permissions come from a permission set',
    worlds: {
      salesforce: (world) => ({
        ...world,
        users: world.users.map((user) =>
          user.username === OKTA_USER.username ? { ...user, profile: 'Standard User' } : user
        ),
      }),
    },
  },
  { what: 'a service app in place of an API token', ...byServiceApp('ignored') },
  { what: 'a service app that needs DPoP', ...byServiceApp('required') },
  {
    what: 'an Okta org at a custom domain',
    worlds: { okta: (world) => ({ ...world, canonicalUrl: 'https://simulated.okta.com' }) },
  },
  { what: 'another app with the same callback', worlds: withApp('external-client-app', 'Another'), then: sameCallback },
  adopted('external-client-app'),
  adopted('connected-app'),
  {
    what: 'several Salesforce apps in Okta',
    then: (pair) =>
      void pair.sim.okta.store.apps.set('0oaOther000000000000', {
        ...oktaApp(pair),
        id: '0oaOther000000000000',
        label: 'Salesforce (EMEA)',
        features: [],
      }),
  },
  {
    what: 'a government instance, which is kept',
    then: (pair) => {
      oktaApp(pair).appSettings['instanceType'] = 'GOVERNMENT';
    },
  },
  {
    what: 'an instance type that nobody knows, which is kept',
    then: (pair) => {
      oktaApp(pair).appSettings['instanceType'] = 'MY_DOMAIN';
    },
  },
  {
    what: 'a second slot used, by the same user',
    then: async (pair, kind) => {
      await pair.connect({ ...flagsOf(kind), ...NAMED, reauthenticate: true }, OKTA_USER);
    },
  },
  { what: 'a user provisioned', then: assigned },
  {
    what: 'a busy log',
    then: async (pair, kind) => {
      for (let number = 0; number < 1500; number += 1)
        await logged('application.provision.user.push_profile', { ofUser: `00u${number}` })(pair, kind);
      pair.sim.clock.advance(-1500 * 1000);
    },
  },
  {
    what: 'connected for a year, and used last week',
    then: async (pair) => {
      pair.sim.clock.advance(360 * DAY);
      await assigned(pair);
      pair.sim.clock.advance(6 * DAY);
    },
  },
];

for (const kind of KINDS)
  describe(`verify of a healthy pair, the app being of the kind ${kind}`, () => {
    let pair: Pair;
    afterEach(async () => pair.stop());

    for (const { what, worlds, then, skips = [], flags: own = NAMED } of VARIANTS.filter(({ kinds = KINDS }) =>
      kinds.includes(kind)
    ))
      it(`finds nothing in ${what}`, async () => {
        pair = await healthyPair(kind, worlds);
        await then?.(pair, kind);
        const held = { ...flagsOf(kind), ...worlds?.flags, ...own };
        const found = Object.fromEntries(Object.values(await pair.verify(held)).map(({ id, status }) => [id, status]));
        expect(found).to.deep.equal({
          ...HEALTHY,
          ...Object.fromEntries(skips.map((id): [string, Status] => [id, 'skipped'])),
        });
        const planned = Object.values(await pair.preview(held)).map(({ type }) => type);
        expect(new Set(planned)).to.deep.equal(new Set(['unchanged']));
      });

    it('holds the pair to what is asked for, not to the defaults', async () => {
      pair = await healthyPair(kind);
      expect((await pair.verify({ ...flagsOf(kind), ...NAMED, pkce: false }))['salesforce.app.pkce']?.status).to.equal(
        'fail'
      );
    });

    it('looks back as far as it is told', async () => {
      pair = await healthyPair(kind);
      await logged('application.integration.general_failure', { reason: 'HTTP 500' })(pair, kind);
      pair.sim.clock.advance(3 * DAY);
      const within = async (since: string): Promise<Status | undefined> =>
        (await pair.verify({ ...flagsOf(kind), ...NAMED, since }))['okta.log']?.status;
      expect([await within('2d'), await within('80h'), await within('7d')]).to.deep.equal(['pass', 'fail', 'fail']);
    });
  });
