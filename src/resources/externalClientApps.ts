/** External client apps: their metadata, in our words. contracts/salesforce.md §2.2 (defaults of absent fields), §2.5 */
import type { SalesforceClient } from '../clients/salesforce/client.ts';
import type { Listed } from '../clients/salesforce/metadata.ts';
import type { ExternalClientApp, GlobalOauthSettings, OauthPolicy } from '../clients/salesforce/types.ts';
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

/** What exists, by name; whoever wrote a component forgets both lists. */
export const listedExternalClientApps: PairResource<readonly Listed[]> = {
  id: 'salesforce.external-client-apps.listed',
  read: async ({ context: { salesforce } }) => salesforce.listExternalClientApps(),
};
export const listedPolicies: PairResource<readonly Listed[]> = {
  id: 'salesforce.external-client-apps.listed-policies',
  read: async ({ context: { salesforce } }) => salesforce.listOauthPolicies(),
};

const headers: PairResource<Awaited<ReturnType<SalesforceClient['appHeaders']>>> = {
  id: 'salesforce.external-client-apps.headers',
  read: async ({ context: { salesforce }, see }) => salesforce.appHeaders(await see(listedExternalClientApps)),
};
const oauths: PairResource<Awaited<ReturnType<SalesforceClient['oauthSettings']>>> = {
  id: 'salesforce.external-client-apps.oauth',
  read: async ({ context: { salesforce }, see }) => salesforce.oauthSettings(await see(listedExternalClientApps)),
};
const globals: PairResource<GlobalOauthSettings[]> = {
  id: 'salesforce.external-client-apps.global',
  read: async ({ context: { salesforce }, see }) => salesforce.globalOauthSettings(await see(listedExternalClientApps)),
};
const policies: PairResource<OauthPolicy[]> = {
  id: 'salesforce.external-client-apps.policies',
  read: async ({ context: { salesforce }, see }) => salesforce.oauthPolicies(await see(listedPolicies)),
};

/** What of each app is read: all of it, or no more than one claim rests on. */
export type AppPart = 'identity' | 'scopes' | 'settings' | 'policy';

const appsWith = (id: string, ...parts: readonly AppPart[]): PairResource<App[]> => ({
  id,
  read: async ({ see }) => {
    const [apps, oauth, global, policy] = await Promise.all([
      see(headers),
      parts.includes('scopes') ? see(oauths) : [],
      parts.includes('settings') ? see(globals) : [],
      parts.includes('policy') ? see(policies) : [],
    ]);
    return apps.map(({ id: appId, ...header }) => {
      const ofApp = <T extends { externalClientApplication: string }>(components: readonly T[]): T | undefined =>
        components.find(({ externalClientApplication }) => externalClientApplication === header.fullName);
      const found = { oauth: ofApp(oauth), global: ofApp(global), policy: ofApp(policy) };
      return ofExternalClientApp({
        ...(appId && { id: appId }),
        header,
        ...(found.oauth && { oauth: found.oauth }),
        ...(found.global && { global: found.global }),
        ...(found.policy && { policy: found.policy }),
      });
    });
  },
});

/** All external client apps of the target org: ours is found among them by name, and others by their callback. */
export const externalClientApps = appsWith('salesforce.external-client-apps', 'scopes', 'settings', 'policy');

export const EXTERNAL_CLIENT_APPS_WITH: Readonly<Record<AppPart, PairResource<App[]>>> = {
  identity: appsWith('salesforce.external-client-apps.identity'),
  scopes: appsWith('salesforce.external-client-apps.with-scopes', 'scopes'),
  settings: appsWith('salesforce.external-client-apps.with-settings', 'settings'),
  policy: appsWith('salesforce.external-client-apps.with-policy', 'policy'),
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
