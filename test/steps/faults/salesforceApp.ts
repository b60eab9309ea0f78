/** What goes wrong with the OAuth app and its policy. */
import { flagsOf, NAMED } from '../../helpers/healthy.ts';
import type { Pair } from '../../helpers/pair.ts';
import { all, fault, type Fault } from './fault.ts';

type Fields = Readonly<Record<string, string>>;

/** Sets fields of a metadata component, as somebody in Setup would; of a part of it, where the fields are in one. */
const component =
  (type: string, fields: Fields, part?: string) =>
  ({ sim }: Pair): void => {
    const found = [...sim.salesforce.store.components.entries()].find(([, one]) => one.type === type);
    if (!found) throw new Error(`There is no ${type}.`);
    const [key, record] = found;
    const changed = part === undefined ? fields : { [part]: { ...(record.fields[part] as object), ...fields } };
    sim.salesforce.store.components.set(key, { ...record, fields: { ...record.fields, ...changed } });
  };

/** The same trouble with an app of either kind; both say it in words of their own. */
const ofKinds =
  (external: Fault['make'], connected: Fault['make']): Fault['make'] =>
  async (pair, kind) =>
    (kind === 'connected-app' ? connected : external)(pair, kind);
const global = (fields: Fields, connected: Fields = fields): Fault['make'] =>
  ofKinds(component('ExtlClntAppGlobalOauthSettings', fields), component('ConnectedApp', connected, 'oauthConfig'));
const policy = (fields: Fields, connected: Fields): Fault['make'] =>
  ofKinds(
    component('ExtlClntAppOauthConfigurablePolicies', fields),
    component('ConnectedApp', connected, 'oauthPolicy')
  );
const scopes = (text: string): Fault['make'] =>
  ofKinds(component('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: text }), ({ sim }) => {
    for (const record of sim.salesforce.store.components.values())
      if (record.type === 'ConnectedApp')
        record.fields = {
          ...record.fields,
          oauthConfig: { ...(record.fields['oauthConfig'] as object), scopes: text.split(', ') },
        };
  });

const preAuthorized = ofKinds(
  component('ExtlClntAppOauthConfigurablePolicies', { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' }),
  component('ConnectedApp', { isAdminApproved: 'true' }, 'oauthConfig')
);

/** Of both kinds, the one beside the other. */
const OFF_FLOWS = [
  ['isIntrospectAllTokens'],
  ['isClientCredentialsFlowEnabled', 'isClientCredentialEnabled'],
  ['isDeviceFlowEnabled'],
  ['isCodeCredFlowEnabled', 'isCodeCredentialEnabled'],
  ['isNamedUserJwtEnabled'],
  ['isTokenExchangeEnabled'],
] as const;

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
    if (/^(External|ExtlClnt|ConnectedApp\/)/.test(key) && !key.includes('Settings/ExternalClientApp'))
      store.components.delete(key);
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
  ...OFF_FLOWS.map(([field, ofConnectedApp = field]) =>
    fault(`${field} on`, global({ [field]: 'true' }, { [ofConnectedApp]: 'true' }), {
      'salesforce.app.flows-off': 'fail',
    })
  ),
  fault('a scope missing', scopes('Api'), { 'salesforce.app.scopes': 'fail' }),
  fault('a scope too many', scopes('Api, RefreshToken, Full'), { 'salesforce.app.scopes': 'fail' }),
  fault(
    'a refresh token policy that ends by idleness',
    policy({ refreshTokenPolicyType: 'SpecificInactivity' }, { refreshTokenPolicy: 'specific_inactivity:30:DAYS' }),
    {
      'salesforce.app.refresh-token-policy': 'fail',
    }
  ),
  fault(
    'a refresh token policy that ends at once',
    policy({ refreshTokenPolicyType: 'Zero' }, { refreshTokenPolicy: 'zero' }),
    {
      'salesforce.app.refresh-token-policy': 'fail',
    }
  ),
  fault(
    'a refresh token policy that reads back otherwise than setup wrote it',
    async (pair, kind) => {
      const { knobs } = pair.sim.salesforce.store;
      await policy({ refreshTokenPolicyType: 'Zero' }, { refreshTokenPolicy: 'zero' })(pair, kind);
      Object.assign(knobs, {
        ignoredFields: ['ExtlClntAppOauthConfigurablePolicies.refreshTokenPolicyType', 'ConnectedApp.oauthPolicy'],
      });
      const events = await pair.setup({ ...flagsOf(kind), ...NAMED, adopt: true });
      if (events['salesforce.app-policy']?.type !== 'failed') throw new Error('The policy was taken.');
    },
    { 'salesforce.app.refresh-token-policy': 'fail' }
  ),
  fault(
    'an idle limit that the org does not show',
    ({ sim }) => {
      sim.salesforce.store.knobs.idleLimit = 'hidden';
    },
    {}
  ),
  fault('an idle limit that can be read', global({ isEnforceRefreshTokenTTL: 'true' }), {
    'salesforce.app.idle-limit': 'fail',
  }),
  fault('an idle limit that can be read and is off', global({ isEnforceRefreshTokenTTL: 'false' }), {
    'salesforce.app.idle-limit': 'pass',
  }),
  fault('other permitted users', preAuthorized, {
    'salesforce.app.permitted-users': 'fail',
  }),
  fault(
    'nobody authorized beforehand',
    preAuthorized,
    { 'salesforce.app.permitted-users': 'fail' },
    { flags: { 'permitted-users': 'pre-authorized' } }
  ),
  fault(
    'everybody permitted, where only chosen users should be',
    () => {},
    { 'salesforce.app.permitted-users': 'fail' },
    { flags: { 'permitted-users': 'pre-authorized' } }
  ),
  ...['Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'].map((value) =>
    fault(`IP relaxation ${value}`, policy({ ipRelaxationPolicyType: value }, { ipRelaxation: value.toUpperCase() }), {
      'salesforce.app.ip-relaxation': 'fail',
    })
  ),
  fault('no app', appGone, {
    'salesforce.app.exists': 'fail',
    'salesforce.grant.exists': 'fail',
    ...all('skipped', ...APP_CLAIMS, 'salesforce.grant.last-used'),
  }),
];
