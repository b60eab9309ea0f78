/** Connected apps: their metadata, in our words. contracts/salesforce.md §1.3–1.5 */
import type { ConnectedApp } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';
import { idleLimitOf, normalisedScopes, UNTIL_REVOKED, wordFor, type App } from './app.ts';
import type { PairResource } from './context.ts';

/** The connected apps that were made in this org. */
export const connectedApps: PairResource<App[]> = {
  id: 'salesforce.connected-apps',
  read: async ({ context: { salesforce } }) => (await salesforce.connectedApps()).map(ofConnectedApp),
};

/** OAuth flows that Okta does not use; an absent field means off. */
export const CA_FLOWS = {
  isIntrospectAllTokens: 'introspect-all',
  isClientCredentialEnabled: 'client-credentials',
  isDeviceFlowEnabled: 'device',
  isCodeCredentialEnabled: 'code-and-credentials',
  isNamedUserJwtEnabled: 'jwt-access-tokens',
  isTokenExchangeEnabled: 'token-exchange',
} as const;

export const CA_IP_RELAXATION = {
  enforce: 'ENFORCE',
  'enforce-relax-refresh': 'ENFORCE_RELAXREFRESH',
  'bypass-2factor': 'BYPASS_2FACTOR',
  bypass: 'BYPASS',
} as const satisfies Record<Intent['oauthApp']['ipRelaxation'], string>;

const ofConnectedApp = (components: ConnectedApp): App => {
  const { id, fullName, label, oauthConfig, oauthPolicy } = components;
  const config = oauthConfig ?? undefined;
  const source = { source: 'metadata ConnectedApp', record: fullName };
  const key = config?.consumerKey;
  return {
    type: 'connected-app',
    components,
    ...(id && { id }),
    name: fullName,
    label: label === undefined || label === '' ? fullName : label,
    ...(key && { consumerKey: key }),
    settings: {
      scopes: config && normalisedScopes(config.scopes),
      callback: config?.callbackUrl,
      pkce: config && (config.isPkceRequired ?? false),
      refreshTokenRotation: config && (config.isRefreshTokenRotationEnabled ?? false),
      secretForWebServerFlow: config && !(config.isConsumerSecretOptional ?? false),
      secretForRefreshFlow: config && (config.isSecretRequiredForRefreshToken ?? true),
      flows: Object.fromEntries(
        Object.entries(CA_FLOWS).map(([field, flow]) => [
          flow,
          (config?.[field as keyof typeof CA_FLOWS] ?? false) ? 'on' : 'off',
        ])
      ),
    },
    policy: {
      permittedUsers: config && ((config.isAdminApproved ?? false) ? 'pre-authorized' : 'self-authorize'),
      refreshToken: refreshTokenPolicy(oauthPolicy?.refreshTokenPolicy),
      ipRelaxation: wordFor(CA_IP_RELAXATION, oauthPolicy?.ipRelaxation ?? 'ENFORCE'),
    },
    idleLimit: idleLimitOf(config?.isEnforceRefreshTokenTTL),
    sources: { app: source, scopes: source, settings: source, policy: source },
  };
};

/** An absent policy means `infinite` (§1.4). */
const refreshTokenPolicy = (policy = 'infinite'): string => (policy === 'infinite' ? UNTIL_REVOKED : policy);
