/** The simulated worlds that a person can choose, each a pair of orgs that know of each other what real ones would. */
import { documentedWorld as documentedOkta, inUseApp, type ConnectionSeed, type OktaWorld } from './okta/index.ts';
import {
  alreadyConnectedOkta,
  apiSupportedOkta,
  apiSupportedSalesforce,
  rateLimitedOkta,
  wrongUserSalesforce,
} from './oktaScenarios.ts';
import {
  documentedWorld as documentedSalesforce,
  salesforceWorlds,
  type SalesforceStore,
  type SalesforceWorld,
} from './salesforce/index.ts';

export { COLLEAGUE } from './oktaScenarios.ts';

export interface Scenario {
  readonly name: ScenarioName;
  /** `now`: the time at which the world begins. */
  readonly salesforce: (now: number) => SalesforceWorld;
  /** Made after the Salesforce org, since an Okta app in use holds ids of Salesforce users. */
  readonly okta: (salesforce: SalesforceStore) => OktaWorld;
}

export const SCENARIO_NAMES = [
  'documented',
  'api-supported',
  'in-use',
  'rate-limited',
  'already-connected',
  'wrong-user',
  'authenticated-not-saved',
  'connected-apps-allowed',
  'locked-policies',
  'slow-propagation',
  'trial',
  'sandbox',
  'pre-authorized',
  'frozen-user',
] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

const COLLEAGUES = ['katherine.johnson', 'dorothy.vaughan', 'mary.jackson'].map((name) => `${name}@simulated.example`);
const DAY = 24 * 60 * 60 * 1000;

/** What both worlds of `in-use` hold: an app that was set up two months ago, before PKCE and rotation were asked for. */
const OLD_CONNECTION: ConnectionSeed = {
  consumerKey: `3MVG9${'simulatedLiveKey'.repeat(5)}`,
  consumerSecret: '5EC8E7'.repeat(10).padEnd(64, '0'),
  refreshToken: '5Aep861.T0KEN-live-refresh-token',
  username: 'admin@simulated.example',
};

const inUseSalesforce = (): SalesforceWorld => {
  const world = documentedSalesforce();
  return {
    ...world,
    licenses: world.licenses.map((license) => (license.name === 'Salesforce' ? { ...license, seats: 10 } : license)),
    users: [
      ...world.users,
      ...COLLEAGUES.map((username) => {
        const [firstName = '', lastName = ''] = username.split('@')[0]?.split('.') ?? [];
        return { username, password: `S3CRET-${username}`, profile: 'Standard User', firstName, lastName };
      }),
    ],
    apps: [
      {
        kind: 'external-client-app',
        name: 'Okta_Provisioning',
        label: 'Okta Provisioning',
        contactEmail: 'admin@simulated.example',
        callbackUrl: 'https://system-admin.okta.com/admin/app/generic/oauth20redirect',
        consumerKey: OLD_CONNECTION.consumerKey,
        consumerSecret: OLD_CONNECTION.consumerSecret,
        global: { isPkceRequired: 'false', isRefreshTokenRotationEnabled: 'false' },
        age: 60 * DAY,
      },
    ],
    grants: [
      {
        app: 'Okta_Provisioning',
        username: OLD_CONNECTION.username,
        refreshToken: OLD_CONNECTION.refreshToken,
        useCount: 41,
        age: 60 * DAY,
        lastUsedAge: DAY,
      },
    ],
  };
};

const inUseOkta = (salesforce: SalesforceStore): OktaWorld => {
  const world = documentedOkta();
  const { app, users } = inUseApp(
    OLD_CONNECTION,
    COLLEAGUES.map((username) => salesforce.userByName(username)?.Id ?? '')
  );
  return { ...world, users: [...world.users, ...users], apps: [app] };
};

/** A world in which Salesforce is another than usual. */
const ofSalesforce = (name: keyof typeof salesforceWorlds): Scenario => ({
  name,
  salesforce: salesforceWorlds[name],
  okta: documentedOkta,
});

export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  documented: { name: 'documented', salesforce: documentedSalesforce, okta: documentedOkta },
  'api-supported': { name: 'api-supported', salesforce: apiSupportedSalesforce, okta: apiSupportedOkta },
  'in-use': { name: 'in-use', salesforce: inUseSalesforce, okta: inUseOkta },
  'rate-limited': { name: 'rate-limited', salesforce: documentedSalesforce, okta: rateLimitedOkta },
  'already-connected': { name: 'already-connected', salesforce: documentedSalesforce, okta: alreadyConnectedOkta },
  'wrong-user': { name: 'wrong-user', salesforce: wrongUserSalesforce, okta: documentedOkta },
  'authenticated-not-saved': {
    name: 'authenticated-not-saved',
    salesforce: documentedSalesforce,
    okta: documentedOkta,
  },
  'connected-apps-allowed': ofSalesforce('connected-apps-allowed'),
  'locked-policies': ofSalesforce('locked-policies'),
  'slow-propagation': ofSalesforce('slow-propagation'),
  trial: ofSalesforce('trial'),
  sandbox: ofSalesforce('sandbox'),
  'pre-authorized': ofSalesforce('pre-authorized'),
  'frozen-user': ofSalesforce('frozen-user'),
};
