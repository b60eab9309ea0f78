/**
 * An app as the OAuth endpoints see it, whichever kind of metadata it comes from. contracts/salesforce.md §1.3–1.4, §2.2, §6.6
 * - an external client app is one only once its global OAuth settings exist
 * - until the propagation time has passed since its creation, the app does not exist for these endpoints
 */
import { part } from '../metadata/connectedApp.ts';
import { satelliteOf } from '../metadata/externalClientApp.ts';
import { runtimeScopes } from '../metadata/scopes.ts';
import type { ComponentRecord, ConsumerRecord, FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';

export interface RefreshPolicy {
  readonly kind: 'infinite' | 'zero' | 'lifetime' | 'inactivity';
  readonly milliseconds: number;
}

export interface OAuthClient {
  readonly appId: string;
  readonly label: string;
  readonly key: string;
  readonly secret: string;
  readonly callbackUrls: readonly string[];
  /** By their runtime names. */
  readonly scopes: readonly string[];
  readonly requiresPkce: boolean;
  readonly rotates: boolean;
  readonly requiresSecret: boolean;
  readonly requiresSecretToRefresh: boolean;
  readonly preAuthorizedOnly: boolean;
  /** Names of the permission sets and profiles that its policy itself lists. */
  readonly admitted: readonly string[];
  readonly refreshPolicy: RefreshPolicy;
  readonly isBlocked: boolean;
}

export const findClient = (store: SalesforceStore, key: string): OAuthClient | undefined => {
  const consumer = [...store.consumers.values()].find((candidate) => candidate.key === key);
  const app = consumer && store.app(consumer.appId);
  if (!consumer || !app) return undefined;
  return app.type === 'ConnectedApp' ? ofConnectedApp(store, consumer, app) : ofExternalClientApp(store, consumer, app);
};

const isPropagating = ({ clock, knobs }: SalesforceStore, { createdDate }: ComponentRecord): boolean =>
  clock.now() < createdDate + knobs.propagationSeconds * 1000;

const ofExternalClientApp = (
  store: SalesforceStore,
  { key, secret }: ConsumerRecord,
  app: ComponentRecord
): OAuthClient | undefined => {
  const of = (type: string): ComponentRecord | undefined => satelliteOf(store, type, app.fullName);
  const globals = of('ExtlClntAppGlobalOauthSettings');
  if (!globals || isPropagating(store, globals)) return undefined;
  const policy = of('ExtlClntAppOauthConfigurablePolicies')?.fields ?? {};
  const appPolicy = of('ExtlClntAppConfigurablePolicies')?.fields ?? {};
  const scopes = text(of('ExtlClntAppOauthSettings')?.fields ?? {}, 'commaSeparatedOauthScopes');
  return {
    ...{ appId: app.id, label: text(app.fields, 'label'), key, secret },
    ...switches(globals.fields),
    scopes: runtimeScopes(list(scopes)),
    preAuthorizedOnly: policy['permittedUsersPolicyType'] === 'AdminApprovedPreAuthorized',
    admitted: [...list(text(policy, 'commaSeparatedPermissionSet')), ...list(text(policy, 'commaSeparatedProfile'))],
    refreshPolicy: policyOf(
      store,
      text(policy, 'refreshTokenPolicyType').replace('Specific', '').toLowerCase(),
      text(policy, 'refreshTokenValidityPeriod'),
      text(policy, 'refreshTokenValidityUnit')
    ),
    isBlocked:
      store.knobs.blockedApps.includes(app.fullName) ||
      appPolicy['isEnabled'] === 'false' ||
      appPolicy['isOauthPluginEnabled'] === 'false',
  };
};

const ofConnectedApp = (
  store: SalesforceStore,
  { key, secret }: ConsumerRecord,
  app: ComponentRecord
): OAuthClient | undefined => {
  if (isPropagating(store, app)) return undefined;
  const config = part(app.fields, 'oauthConfig');
  const [kind = '', period = '', unit = ''] = text(part(app.fields, 'oauthPolicy'), 'refreshTokenPolicy').split(':');
  return {
    ...{ appId: app.id, label: text(app.fields, 'label'), key, secret },
    ...switches(config),
    scopes: runtimeScopes((config['scopes'] ?? []) as readonly string[]),
    preAuthorizedOnly: config['isAdminApproved'] === 'true',
    admitted: [app.fields['permissionSetName'] ?? [], app.fields['profileName'] ?? []].flat() as string[],
    refreshPolicy: policyOf(store, kind.replace('specific_', ''), period, unit),
    isBlocked: store.knobs.blockedApps.includes(app.fullName),
  };
};

type Switches = Pick<
  OAuthClient,
  'callbackUrls' | 'requiresPkce' | 'requiresSecret' | 'requiresSecretToRefresh' | 'rotates'
>;

/** What both kinds of app spell alike. */
const switches = (fields: FieldMap): Switches => ({
  callbackUrls: text(fields, 'callbackUrl')
    .split(/[\r\n]+/)
    .map((url) => url.trim()),
  requiresPkce: fields['isPkceRequired'] === 'true',
  rotates: fields['isRefreshTokenRotationEnabled'] === 'true',
  requiresSecret: fields['isConsumerSecretOptional'] !== 'true',
  requiresSecretToRefresh: fields['isSecretRequiredForRefreshToken'] !== 'false',
});

const HOUR = 60 * 60 * 1000;
const UNITS: Readonly<Record<string, number>> = { hours: HOUR, days: 24 * HOUR, months: 30 * 24 * HOUR };

/** The limit of idle refresh tokens makes "until revoked" untrue and changes no metadata (§15.1). */
const policyOf = ({ knobs }: SalesforceStore, kind: string, period: string, unit: string): RefreshPolicy => {
  const isLimited = knobs.idleLimit === 'on' || knobs.idleLimit === 'hidden';
  if (isLimited && kind !== 'zero') return { kind: 'inactivity', milliseconds: 30 * 24 * HOUR };
  const milliseconds = Number(period) * (UNITS[unit.toLowerCase()] ?? HOUR);
  return kind === 'zero' || kind === 'lifetime' || kind === 'inactivity'
    ? { kind, milliseconds }
    : { kind: 'infinite', milliseconds: 0 };
};

const text = (fields: FieldMap, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

const list = (commaSeparated: string): string[] => commaSeparated.split(/\s*,\s*/).filter((name) => name !== '');
