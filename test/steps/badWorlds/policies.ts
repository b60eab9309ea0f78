/** Policies and settings that are locked, altered, named or missing in unexpected ways. contracts/salesforce.md §2.5, §4.4, §15.1 */
import { ADMIN, APP, knobs, OURS, works, world, type Row, type Rows } from './row.ts';

/** What the org did not accept is a finding of both commands, with the page or the flag that ends it. */
const notAccepted = (
  at: string,
  claim: string,
  says: string,
  action: string
): Pick<Row, 'dryRun' | 'setup' | 'verify'> => ({
  dryRun: { exit: 0 },
  setup: { exit: 1, at, says, action, made: APP },
  verify: { exit: 100, finds: { 'salesforce.app.exists': 'pass', [claim]: 'fail' } },
});

const ONE_DAY = {
  refreshTokenPolicyType: 'SpecificLifetime',
  refreshTokenValidityPeriod: '1',
  refreshTokenValidityUnit: 'Days',
};

export const policies: Rows = {
  'PKCE locked on': {
    world: knobs({ pkceLocked: true }),
    flags: { pkce: false },
    ...notAccepted(
      'salesforce.app',
      'salesforce.app.pkce',
      'salesforce.app.pkce was set to false and reads back as true',
      'without --no-pkce'
    ),
  },
  'rotation locked on': {
    world: knobs({ rotationLocked: true }),
    flags: { 'refresh-token-rotation': false },
    ...notAccepted(
      'salesforce.app',
      'salesforce.app.refresh-token-rotation',
      'salesforce.app.refresh-token-rotation was set to false',
      'without --no-refresh-token-rotation'
    ),
  },
  'PKCE locked on, the app being a connected app': {
    world: knobs({ pkceLocked: true, allowConnectedAppCreation: true }),
    flags: { pkce: false, 'app-type': 'connected-app' },
    ...notAccepted(
      'salesforce.app',
      'salesforce.app.pkce',
      'salesforce.app.pkce was set to false and reads back as true',
      'set "Require Proof Key for Code Exchange (PKCE) extension for Supported Authorization Flows" in the OAuth settings of the connected app Okta_Provisioning'
    ),
  },
  'PKCE and rotation locked on, as they should be': {
    world: knobs({ pkceLocked: true, rotationLocked: true }),
    ...works(),
  },
  'a refresh token policy that does not take': {
    world: knobs({
      initialPolicy: ONE_DAY,
      ignoredFields: ['ExtlClntAppOauthConfigurablePolicies.refreshTokenPolicyType'],
    }),
    ...notAccepted(
      'salesforce.app-policy',
      'salesforce.app.refresh-token-policy',
      'reads back as "SpecificLifetime 1 Days"',
      '"Refresh token is valid until revoked" in the OAuth policies of the external client app Okta_Provisioning'
    ),
  },
  'an IP relaxation that does not take': {
    world: knobs({ ignoredFields: ['ExtlClntAppOauthConfigurablePolicies.ipRelaxationPolicyType'] }),
    flags: { 'ip-relaxation': 'bypass' },
    ...notAccepted(
      'salesforce.app-policy',
      'salesforce.app.ip-relaxation',
      'salesforce.app.ip-relaxation was set to "bypass" and reads back as "enforce"',
      '--ip-relaxation enforce'
    ),
  },
  'a flow that cannot be switched off': {
    world: {
      ...knobs({ ignoredFields: ['ExtlClntAppGlobalOauthSettings.isDeviceFlowEnabled'] }),
      apps: [{ ...OURS, global: { isDeviceFlowEnabled: 'true' } }],
    },
    dryRun: { exit: 0 },
    setup: {
      exit: 1,
      at: 'salesforce.app',
      says: 'salesforce.app.flows-off.device was set to "off" and reads back as "on"',
      action:
        'in the OAuth settings of the external client app Okta_Provisioning; where that is locked, ask Salesforce Support',
      made: ['components'],
    },
    verify: { exit: 100, finds: { 'salesforce.app.flows-off': 'fail' } },
  },
  'an altered refresh token policy': {
    world: world({ apps: [{ ...OURS, policy: ONE_DAY }] }),
    ...works(),
  },
  'policies that only a deploy changes': {
    world: knobs({ crudRefusedTypes: ['ExtlClntAppOauthConfigurablePolicies'] }),
    flags: { 'ip-relaxation': 'bypass' },
    ...works(),
  },
  'a policy without any value': { world: knobs({ initialPolicy: {} }), ...works() },
  ...Object.fromEntries(
    ['<App>_defaultPolicy', '<App>_oauthPlcy', '<App>_oauth_defaultPolicy', '<App>OAuthSettings_defaultPolicy'].map(
      (policyName): [string, Row] => [
        `a policy named ${policyName}`,
        { world: knobs({ policyName }), flags: { 'ip-relaxation': 'enforce-relax-refresh' }, ...works() },
      ]
    )
  ),
  'pre-authorized without anyone authorized': {
    world: world({ apps: [{ ...OURS, policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' } }] }),
    flags: { 'permitted-users': 'pre-authorized' },
    ...works(),
  },
  'IP ranges to bypass': { world: world({}), flags: { 'ip-relaxation': 'bypass-2factor' }, ...works() },
  'the idle limit on, and shown': {
    world: knobs({ idleLimit: 'on' }),
    ...works(ADMIN, { exit: 100, finds: { 'salesforce.app.idle-limit': 'fail' } }),
    connected: { exit: 69, says: 'the connection ends after 30 days in which Okta changes nothing' },
  },
  'the idle limit on, and not shown': {
    world: knobs({ idleLimit: 'hidden' }),
    ...works(ADMIN, { exit: 0, finds: { 'salesforce.app.idle-limit': 'skipped' } }),
  },
};
