/** Healthy pairs of either kind of OAuth app, with an integration user of its own that holds what Okta needs and no more. */
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { deterministicClock } from '../../src/simulator/clock.ts';
import type { OktaWorld, SalesforceWorld } from '../../src/simulator/index.ts';
import { CHECKS } from '../../src/checks/index.ts';
import type { Status } from '../../src/engine/check.ts';
import { Pair, type Flags } from './pair.ts';

/** The kinds of OAuth app that `setup` knows; each row of the mutation table is tried with each that it applies to. */
export const KINDS = ['external-client-app', 'connected-app'] as const;
export type Kind = (typeof KINDS)[number];

export const OKTA_USER = { username: 'okta@simulated.example', password: 'S3CRET-okta-password' };
export const OKTA_PROFILE = 'Okta Integration';
/** contracts/salesforce.md §8.3: what Okta asks for, and what Manage Users needs. */
export const NEEDED = [
  ...[
    'ApiEnabled',
    'ManageUsers',
    'AssignPermissionSets',
    'ManageInternalUsers',
    'ManageIpAddresses',
    'ManageLoginAccessPolicies',
  ],
  ...[
    'ManagePasswordPolicies',
    'ManageProfilesPermissionsets',
    'ManageRoles',
    'ManageSharing',
    'ResetPasswords',
    'ViewAllUsers',
  ],
  ...['ViewRoles', 'ViewSetup', 'DelegatedTwoFactor', 'FreezeUsers', 'MonitorLoginHistory'],
];

export const healthySalesforce = (): SalesforceWorld => {
  const world = documentedWorld();
  return {
    ...world,
    knobs: { ...world.knobs, allowConnectedAppCreation: true },
    profiles: [...world.profiles, { name: OKTA_PROFILE, license: 'Salesforce', permissions: NEEDED }],
    users: [...world.users, { ...OKTA_USER, profile: OKTA_PROFILE, firstName: 'Okta', lastName: 'Integration' }],
  };
};

interface Worlds {
  readonly salesforce?: (world: SalesforceWorld) => SalesforceWorld;
  readonly okta?: (world: OktaWorld) => OktaWorld;
  readonly flags?: Flags;
  readonly as?: typeof OKTA_USER;
}

export const NAMED: Flags = { 'integration-user': OKTA_USER.username };

/** In real time, since the commands look at the real clock. */
export const thisSecond = (): number => Math.floor(Date.now() / 1000) * 1000 - 3_600_000;

/** Set up by the product itself, and connected by the people it asks. */
export const healthyPair = async (kind: Kind, worlds: Worlds = {}): Promise<Pair> => {
  const same = <T>(world: T): T => world;
  const pair = await Pair.start({
    clock: deterministicClock(thisSecond()),
    scenario: {
      salesforce: () => (worlds.salesforce ?? same)(healthySalesforce()),
      okta: () => (worlds.okta ?? same)(oktaWorld()),
    },
  });
  await pair.connect({ ...flagsOf(kind), ...NAMED, ...worlds.flags }, worlds.as ?? OKTA_USER);
  return pair;
};

const FLAGS: Readonly<Record<Kind, Flags>> = {
  'external-client-app': {},
  'connected-app': { 'app-type': 'connected-app' },
};
export const flagsOf = (kind: Kind): Flags => FLAGS[kind];

/** As the command line would say it. */
export const argvOf = (flags: Flags): string[] =>
  Object.entries(flags).flatMap(([name, value]): string[] => {
    if (value === true) return [`--${name}`];
    if (value === false) return [`--no-${name}`];
    return [value ?? []].flat().flatMap((one) => [`--${name}`, String(one)]);
  });

/** What Okta's API does not show, and what this org has no field for. */
export const SKIPPED = ['okta.connection', 'salesforce.app.idle-limit'];

export const HEALTHY: Readonly<Record<string, Status>> = Object.fromEntries(
  CHECKS.map(({ id }) => [id, SKIPPED.includes(id) ? 'skipped' : 'pass'])
);
