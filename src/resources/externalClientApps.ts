/** External client apps: their metadata, in our words. contracts/salesforce.md §2.2 (defaults of absent fields), §2.5 */
import type { ExternalClientApp } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';
import {
  idleLimitOf,
  normalisedScopes,
  UNTIL_REVOKED,
  wordFor,
  type App,
  type AppPolicy,
  type AppSettings,
} from './app.ts';
import type { PairResource } from './context.ts';

/** All external client apps of the target org: ours is found among them by name, and others by their callback. */
export const externalClientApps: PairResource<App[]> = {
  id: 'salesforce.external-client-apps',
  read: async ({ context: { salesforce } }) => (await salesforce.externalClientApps()).map(ofExternalClientApp),
};

/** OAuth flows that Okta does not use; an absent field means off. */
export const ECA_FLOWS = {
  isIntrospectAllTokens: 'introspect-all',
  isClientCredentialsFlowEnabled: 'client-credentials',
  isDeviceFlowEnabled: 'device',
  isCodeCredFlowEnabled: 'code-and-credentials',
  isNamedUserJwtEnabled: 'jwt-access-tokens',
  isTokenExchangeEnabled: 'token-exchange',
} as const;

export const ECA_IP_RELAXATION = {
  enforce: 'Enforce',
  'enforce-relax-refresh': 'Enforce_RelaxRefresh',
  'bypass-2factor': 'Bypass_2factor',
  bypass: 'Bypass',
} as const satisfies Record<Intent['oauthApp']['ipRelaxation'], string>;

export const ECA_PERMITTED_USERS = {
  'self-authorize': 'AllSelfAuthorized',
  'pre-authorized': 'AdminApprovedPreAuthorized',
} as const satisfies Record<Intent['oauthApp']['permittedUsers'], string>;

const ofExternalClientApp = (components: ExternalClientApp): App => {
  const { id, header, oauth, global, policy } = components;
  return {
    type: 'external-client-app',
    components,
    ...(id && { id }),
    name: header.fullName,
    label: header.label ?? header.fullName,
    ...(global?.consumerKey && { consumerKey: global.consumerKey }),
    settings: settingsOf(components),
    policy: policyOf(components),
    idleLimit: idleLimitOf(global?.isEnforceRefreshTokenTTL),
    sources: {
      app: { source: 'metadata ExternalClientApplication', record: header.fullName },
      scopes: { source: 'metadata ExtlClntAppOauthSettings', record: oauth?.fullName ?? 'none' },
      settings: { source: 'metadata ExtlClntAppGlobalOauthSettings', record: global?.fullName ?? 'none' },
      policy: { source: 'metadata ExtlClntAppOauthConfigurablePolicies', record: policy?.fullName ?? 'none' },
    },
  };
};

const settingsOf = ({ oauth, global }: ExternalClientApp): AppSettings => ({
  scopes: oauth && normalisedScopes((oauth.commaSeparatedOauthScopes ?? '').split(',')),
  callback: global?.callbackUrl,
  pkce: global && (global.isPkceRequired ?? true),
  refreshTokenRotation: global?.isRefreshTokenRotationEnabled,
  secretForWebServerFlow: global && !(global.isConsumerSecretOptional ?? false),
  secretForRefreshFlow: global && (global.isSecretRequiredForRefreshToken ?? true),
  flows: Object.fromEntries(
    Object.entries(ECA_FLOWS).map(([field, flow]) => [
      flow,
      (global?.[field as keyof typeof ECA_FLOWS] ?? false) ? 'on' : 'off',
    ])
  ),
});

const policyOf = ({ policy }: ExternalClientApp): AppPolicy => {
  const kind = policy?.refreshTokenPolicyType;
  const specific = [kind, policy?.refreshTokenValidityPeriod, policy?.refreshTokenValidityUnit]
    .filter((part) => part !== undefined)
    .join(' ');
  return {
    permittedUsers: wordFor(ECA_PERMITTED_USERS, policy?.permittedUsersPolicyType),
    refreshToken: kind === 'Infinite' ? UNTIL_REVOKED : specific || undefined,
    ipRelaxation: wordFor(ECA_IP_RELAXATION, policy?.ipRelaxationPolicyType),
  };
};
