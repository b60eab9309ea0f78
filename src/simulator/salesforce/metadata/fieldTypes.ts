/**
 * The elements of the metadata types that are simulated, from the Metadata WSDL. contracts/salesforce.md §1.2–1.4, §2.2, §4.3
 * - an element that its type does not have, or a value that its kind does not have, fails the whole call
 * - not simulated: the order of elements (unconfirmed in the contract, U9), nested types other than oauthConfig,
 *   oauthPolicy and sessionPolicy
 */
import { NotSimulated, SoapFault } from '../errors.ts';
import type { FieldMap, FieldValue } from '../records.ts';

type Kind =
  'text' | 'boolean' | 'int' | 'texts' | 'notSimulated' | readonly string[] | { readonly [name: string]: Kind };
type Kinds = Readonly<Record<string, Kind>>;

const all = (kind: Kind, names: string): Kinds =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, kind])
  );

export const FIELD_TYPES: Readonly<Record<string, Kinds>> = {
  ExternalClientApplication: {
    ...all('text', 'label contactEmail contactPhone description iconUrl infoUrl logoUrl orgScopedExternalApp'),
    distributionState: ['Local', 'Packaged', 'Managed', 'AutoInstalled'],
    isProtected: 'boolean',
    managedType: ['Local', 'Global'],
  },
  ExtlClntAppOauthSettings: {
    ...all('text', 'externalClientApplication commaSeparatedOauthScopes label oauthLink singleLogoutUrl'),
    isFirstPartyAppEnabled: 'boolean',
    ...all('notSimulated', 'trustedIpRanges customAttributes commaSeparatedCustomScopes clientAssertionCertificate'),
  },
  ExtlClntAppGlobalOauthSettings: {
    ...all('text', 'externalClientApplication callbackUrl label consumerKey consumerSecret'),
    ...all(
      'boolean',
      `isClientCredentialsFlowEnabled isCodeCredFlowEnabled isCodeCredPostOnly isConsumerSecretOptional isDPopEnabled
       isDeviceFlowEnabled isEnforceRefreshTokenTTL isIntrospectAllTokens isMtlsEnabled isNamedUserJwtEnabled
       isPkceRequired isRefreshTokenRotationEnabled isSecretRequiredForRefreshToken isSecretRequiredForTokenExchange
       isTokenExchangeEnabled`
    ),
    ...all('notSimulated', 'certificate idTokenConfig shouldRotateConsumerKey shouldRotateConsumerSecret'),
  },
  ExtlClntAppOauthConfigurablePolicies: {
    ...all(
      'text',
      `externalClientApplication label commaSeparatedPermissionSet commaSeparatedProfile clientCredentialsFlowUser
       ipRelaxationPolicyType refreshTokenValidityUnit singleLogoutUrl startUrl`
    ),
    ...all('boolean', 'isClientCredentialsFlowEnabled isTokenExchangeFlowEnabled isGuestCodeCredFlowEnabled'),
    ...all('int', 'refreshTokenValidityPeriod sessionTimeoutInMinutes'),
    permittedUsersPolicyType: ['AllSelfAuthorized', 'AdminApprovedPreAuthorized'],
    policyAction: ['Block', 'RaiseSessionLevel', 'StepUpMFA'],
    refreshTokenPolicyType: ['Infinite', 'Zero', 'SpecificLifetime', 'SpecificInactivity'],
    requiredSessionLevel: ['LOW', 'STANDARD', 'HIGH_ASSURANCE'],
    ...all('notSimulated', 'apexHandler executeHandlerAs customAttributes commaSeparatedCustomScopes'),
  },
  ExtlClntAppConfigurablePolicies: {
    ...all('text', 'externalClientApplication label startUrl'),
    ...all(
      'boolean',
      `isEnabled isAttestPluginEnabled isCanvasPluginEnabled isMobilePluginEnabled isNotificationPluginEnabled
       isOauthPluginEnabled isPushPluginEnabled isSamlPluginEnabled`
    ),
    startPage: ['None', 'Custom', 'OAuth', 'SAML'],
  },
  ExternalClientAppSettings: all(
    'boolean',
    'enableClientSecretInRestApiAccess enableConsumerSecretApiAccess enablePackageEcaOauthFromDevOrg'
  ),
  ConnectedAppSettings: all(
    'boolean',
    'enableAdminApprovedAppsOnly enableAdminApprovedAppsOnlyForExternalUser enableSkipUserProvisioningWizardWelcomePage'
  ),
  ConnectedApp: {
    ...all('text', 'label contactEmail contactPhone description iconUrl infoUrl logoUrl startUrl mobileStartUrl'),
    ...all('texts', 'permissionSetName profileName'),
    oauthConfig: {
      ...all('text', 'callbackUrl consumerKey consumerSecret singleLogoutUrl oauthClientCredentialUser'),
      ...all(
        'boolean',
        `isAdminApproved isClientCredentialEnabled isCodeCredentialEnabled isCodeCredentialPostOnly
         isConsumerSecretOptional isDPopEnabled isDeviceFlowEnabled isEnforceRefreshTokenTTL isIntrospectAllTokens
         isIpBindingEnabled isNamedUserJwtEnabled isPKImTLSEnabled isPkceRequired isRefreshTokenRotationEnabled
         isSecretRequiredForRefreshToken isSecretRequiredForTokenExchange isTokenExchangeEnabled`
      ),
      scopes: 'texts',
      ...all('notSimulated', 'assetTokenConfig certificate idTokenConfig'),
    },
    oauthPolicy: {
      ...all('text', 'refreshTokenPolicy singleLogoutUrl'),
      ipRelaxation: ['ENFORCE', 'BYPASS_2FACTOR', 'BYPASS', 'ENFORCE_RELAXREFRESH'],
      isTokenExchangeFlowEnabled: 'boolean',
    },
    sessionPolicy: { policyAction: ['Block', 'RaiseSessionLevel'], sessionLevel: 'text', sessionTimeout: 'int' },
    ...all('notSimulated', 'attributes canvas canvasConfig ipRanges mobileAppConfig plugin samlConfig'),
  },
};

/** The fields of a component, each of a kind that its type knows; lists are lists even with one entry. */
export const readFields = (type: string, sent: FieldMap, kinds: Kinds = FIELD_TYPES[type] ?? {}): FieldMap =>
  Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      if (kind === undefined)
        throw new SoapFault('soapenv:Client', `Element ${name} invalid at this location in type ${type}`);
      if (kind === 'notSimulated') throw new NotSimulated(`${type}.${name}`);
      return [name, readValue(`${type}.${name}`, value, kind)];
    })
  );

const readValue = (path: string, value: FieldValue, kind: Kind): FieldValue => {
  if (kind === 'texts') return Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
  if (typeof kind === 'object' && !isChoice(kind)) {
    return readFields(path, typeof value === 'string' || Array.isArray(value) ? {} : (value as FieldMap), kind);
  }
  if (typeof value !== 'string') throw new SoapFault('soapenv:Client', `${path} occurs more often than once`);
  const wrong =
    (kind === 'boolean' && !/^(true|false|0|1)$/.test(value)) ||
    (kind === 'int' && !/^-?\d+$/.test(value)) ||
    (isChoice(kind) && !kind.includes(value));
  if (wrong) throw new SoapFault('soapenv:Client', `'${value}' is not a valid value for ${path}`);
  return kind === 'boolean' ? String(value === 'true' || value === '1') : value;
};

const isChoice = (kind: Kind): kind is readonly string[] => Array.isArray(kind);
