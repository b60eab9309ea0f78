/** Worlds about the handshake and about Okta's side. */
import { documentedWorld as documentedOkta, inUseApp, type OktaWorld } from './okta/index.ts';
import {
  documentedWorld as documentedSalesforce,
  type SalesforceStore,
  type SalesforceWorld,
} from './salesforce/index.ts';

/** Somebody with every right who is not the integration user, and whose browser session may be used by accident. */
export const COLLEAGUE = { username: 'colleague@simulated.example', password: 'S3CRET-colleague-password' };

export const wrongUserSalesforce = (): SalesforceWorld => {
  const world = documentedSalesforce();
  const colleague = { ...COLLEAGUE, profile: 'System Administrator', firstName: 'Wrong', lastName: 'Colleague' };
  return { ...world, users: [...world.users, colleague] };
};

/**
 * NOT REAL: no source says that Okta offers this. Key and secret of the app were entered once, the approval is gone, and
 * Okta's API can begin a new one. contracts/okta.md §2.4, §11, §14
 */
const SAVED_BEFORE = {
  consumerKey: `3MVG9${'simulatedSavedKey'.repeat(5)}`,
  consumerSecret: '5EC8E7-saved-'.padEnd(64, '0'),
  refreshToken: '5Aep861.T0KEN-dead-refresh-token',
  username: 'admin@simulated.example',
  enabled: false,
};

export const apiSupportedSalesforce = (): SalesforceWorld => ({
  ...documentedSalesforce(),
  apps: [
    {
      kind: 'external-client-app',
      name: 'Okta_Provisioning',
      label: 'Okta Provisioning',
      contactEmail: SAVED_BEFORE.username,
      callbackUrl: 'https://system-admin.okta.com/admin/app/generic/oauth20redirect',
      consumerKey: SAVED_BEFORE.consumerKey,
      consumerSecret: SAVED_BEFORE.consumerSecret,
      global: { isPkceRequired: 'true', isRefreshTokenRotationEnabled: 'true' },
    },
  ],
});

export const apiSupportedOkta = (): OktaWorld => ({
  ...documentedOkta(),
  connection: 'api-supported',
  apps: [{ label: 'Salesforce.com', signOnMode: 'SAML_2_0', features: [], assignments: [], connection: SAVED_BEFORE }],
});

/** The limits of a free org for the calls that a setup makes most. contracts/okta.md §7.4 */
export const rateLimitedOkta = (): OktaWorld => ({ ...documentedOkta(), rateLimits: { apps: 10, app: 20, logs: 20 } });

/**
 * Provisioned for years by other credentials than ours (SOAP, or an older app): `features` are on, users are provisioned,
 * and Salesforce holds no approval of the app that is to be made. contracts/okta.md §14 "Evidence must be fresh"
 */
export const alreadyConnectedOkta = (salesforce: SalesforceStore): OktaWorld => {
  const world = documentedOkta();
  const old = {
    consumerKey: '3MVG9.old.key',
    consumerSecret: '5EC8E7-old-consumer-secret',
    refreshToken: '5Aep861-old-refresh-token',
    username: '',
  };
  const [admin] = [...salesforce.users.keys()];
  const { app, users } = inUseApp(old, [admin ?? '']);
  return {
    ...world,
    users: [...world.users, ...users.slice(0, 1)],
    apps: [{ ...app, assignments: app.assignments.slice(0, 1) }],
  };
};
