/** What goes wrong with the OAuth app and its policy. */
import type { Pair } from '../../helpers/pair.ts';
import { all, fault, type Fault } from './fault.ts';

/** Sets fields of a metadata component, as somebody in Setup would. */
const component =
  (type: string, fields: Record<string, string>) =>
  ({ sim }: Pair): void => {
    const found = [...sim.salesforce.store.components.entries()].find(([, one]) => one.type === type);
    if (!found) throw new Error(`There is no ${type}.`);
    sim.salesforce.store.components.set(found[0], { ...found[1], fields: { ...found[1].fields, ...fields } });
  };
const global = (fields: Record<string, string>): Fault['make'] => component('ExtlClntAppGlobalOauthSettings', fields);
const policy = (fields: Record<string, string>): Fault['make'] =>
  component('ExtlClntAppOauthConfigurablePolicies', fields);
const scopes = (text: string): Fault['make'] =>
  component('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: text });

const OFF_FLOWS = [
  'isIntrospectAllTokens',
  'isClientCredentialsFlowEnabled',
  'isDeviceFlowEnabled',
  'isCodeCredFlowEnabled',
  'isNamedUserJwtEnabled',
  'isTokenExchangeEnabled',
];

const APP_CLAIMS = [
  ...[
    'callback',
    'scopes',
    'pkce',
    'refresh-token-rotation',
    'secret-required',
    'flows-off',
    'refresh-token-policy',
    'idle-limit',
  ],
  ...['permitted-users', 'ip-relaxation'],
].map((claim) => `salesforce.app.${claim}`);

/** The org with another app of that name does not come into it: the app is gone, and with it its approvals. */
const appGone = ({ sim }: Pair): void => {
  const { store } = sim.salesforce;
  for (const key of [...store.components.keys()])
    if (/^(External|ExtlClnt)/.test(key) && !key.includes('Settings/ExternalClientApp')) store.components.delete(key);
  store.grants.clear();
};

export const APP_FAULTS: readonly Fault[] = [
  fault('PKCE off', global({ isPkceRequired: 'false' }), { 'salesforce.app.pkce': 'fail' }),
  fault('rotation off', global({ isRefreshTokenRotationEnabled: 'false' }), {
    'salesforce.app.refresh-token-rotation': 'fail',
  }),
  fault('another callback', global({ callbackUrl: 'https://example.com/cb' }), { 'salesforce.app.callback': 'fail' }),
  fault('a callback more', global({ callbackUrl: 'https://example.com/cb\nhttps://example.com/other' }), {
    'salesforce.app.callback': 'fail',
  }),
  fault('the secret optional for the web server flow', global({ isConsumerSecretOptional: 'true' }), {
    'salesforce.app.secret-required': 'fail',
  }),
  fault('the secret optional for the refresh flow', global({ isSecretRequiredForRefreshToken: 'false' }), {
    'salesforce.app.secret-required': 'fail',
  }),
  ...OFF_FLOWS.map((field) =>
    fault(`${field} on`, global({ [field]: 'true' }), { 'salesforce.app.flows-off': 'fail' })
  ),
  fault('a scope missing', scopes('Api'), { 'salesforce.app.scopes': 'fail' }),
  fault('a scope too many', scopes('Api, RefreshToken, Full'), { 'salesforce.app.scopes': 'fail' }),
  fault('a refresh token policy that ends by idleness', policy({ refreshTokenPolicyType: 'SpecificInactivity' }), {
    'salesforce.app.refresh-token-policy': 'fail',
  }),
  fault('a refresh token policy that ends at once', policy({ refreshTokenPolicyType: 'Zero' }), {
    'salesforce.app.refresh-token-policy': 'fail',
  }),
  fault('an idle limit that can be read', global({ isEnforceRefreshTokenTTL: 'true' }), {
    'salesforce.app.idle-limit': 'fail',
  }),
  fault('an idle limit that can be read and is off', global({ isEnforceRefreshTokenTTL: 'false' }), {
    'salesforce.app.idle-limit': 'pass',
  }),
  fault('other permitted users', policy({ permittedUsersPolicyType: 'AdminApprovedPreAuthorized' }), {
    'salesforce.app.permitted-users': 'fail',
  }),
  ...['Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'].map((value) =>
    fault(`IP relaxation ${value}`, policy({ ipRelaxationPolicyType: value }), {
      'salesforce.app.ip-relaxation': 'fail',
    })
  ),
  fault('no app', appGone, {
    'salesforce.app.exists': 'fail',
    'salesforce.grant.exists': 'fail',
    ...all('skipped', ...APP_CLAIMS, 'salesforce.grant.last-used'),
  }),
];
