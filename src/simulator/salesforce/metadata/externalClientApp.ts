/**
 * The external client app: a header and four satellites that point to it. contracts/salesforce.md §2.2–2.7, §11.2
 * - the header brings its consumer (key and secret), one OAuth policy and one app policy, whose names are the org's choice
 * - a satellite needs an existing header, and is the only one of its type for that header
 * - the global OAuth settings need the OAuth settings
 * - PKCE is on unless told otherwise; where it or rotation is locked, writing "false" is accepted and reads back "true"
 * - a consumer secret that is sent is ignored, a key is taken at creation unless the org refuses it, none is changed later
 * - reading shows the key, never the secret; scopes are normalised
 * - the limit of idle refresh tokens is shown where the org has the field for it, and cannot be written (§15.1)
 * - deleting the header deletes the satellites, the consumer and the grants
 * - not simulated: key and secret rotation by metadata, deleting a satellite, what only packages have
 */
import { ComponentError } from '../errors.ts';
import type { ComponentRecord, ConsumerRecord, FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { addConsumer, refuseTakenKey, removeApp } from './consumers.ts';
import { idleLimitField } from './idleLimit.ts';
import type { NewComponent, TypeRules } from './rules.ts';
import { normaliseScopes } from './scopes.ts';

const DEVELOPERS = ['ExternalClientAppDeveloper'];
const ADMINS = ['ExternalClientAppAdmin'];

export const headerRules: TypeRules = {
  folder: 'externalClientApps',
  suffix: 'eca',
  idPrefix: '0xI',
  writers: DEVELOPERS,
  create: (store, { fullName, fields }) => ({
    distributionState: 'Local',
    isProtected: 'false',
    label: fullName,
    orgScopedExternalApp: `${store.organization.Id.slice(0, 15)}:${fullName}`,
    ...fields,
  }),
  created: (store, app) => {
    addConsumer(store, app.id);
    const externalClientApplication = app.fullName;
    const add = (type: string, idPrefix: string, name: string, fields: FieldMap): void => {
      const fullName = name.replace('<App>', app.fullName);
      const { createdDate, createdById, lastModifiedDate } = app;
      const id = store.mint.id(idPrefix);
      const made = { type, id, fullName, fields: { externalClientApplication, label: fullName, ...fields } };
      store.components.set(`${type}/${fullName}`, { ...made, createdDate, createdById, lastModifiedDate });
    };
    add('ExtlClntAppOauthConfigurablePolicies', '0Od', store.knobs.policyName, store.knobs.initialPolicy);
    add('ExtlClntAppConfigurablePolicies', '0Oe', store.knobs.appPolicyName, {
      isEnabled: 'true',
      isOauthPluginEnabled: 'true',
    });
  },
  change: (_store, _component, fields) => fields,
  remove: (store, app) => {
    for (const [key, component] of store.components) {
      if (component.fields['externalClientApplication'] === app.fullName) store.components.delete(key);
    }
    removeApp(store, app.id);
  },
};

const linkOf = (store: SalesforceStore, consumer: ConsumerRecord): string =>
  `${store.organization.Id.slice(0, 15)}:${consumer.id.slice(0, 15)}`;

const oauthFields = (store: SalesforceStore, fields: FieldMap, appName: string): FieldMap => {
  const { commaSeparatedOauthScopes: scopes, oauthLink } = fields;
  const link = linkOf(store, consumerOf(store, appName));
  if (oauthLink !== undefined && oauthLink !== link) {
    throw new ComponentError(
      'FIELD_INTEGRITY_EXCEPTION',
      'The OAuth link does not match an OAuth consumer of this org.'
    );
  }
  if (typeof scopes !== 'string') return fields;
  return { ...fields, commaSeparatedOauthScopes: normaliseScopes(scopes.split(/\s*,\s*/)).join(', ') };
};

export const oauthSettingsRules: TypeRules = {
  folder: 'extlClntAppOauthSettings',
  suffix: 'ecaOauth',
  idPrefix: '0Ob',
  writers: DEVELOPERS,
  create: (store, component) => {
    const app = headerOf(store, component);
    refuseSecond(store, 'ExtlClntAppOauthSettings', app.fullName);
    const fields = oauthFields(store, component.fields, app.fullName);
    return { label: component.fullName, oauthLink: linkOf(store, consumerOf(store, app.fullName)), ...fields };
  },
  change: (store, component, fields) => {
    refuseMove(component, fields);
    return oauthFields(store, fields, appNameOf(component.fields));
  },
};

const GLOBAL_DEFAULTS: FieldMap = {
  isClientCredentialsFlowEnabled: 'false',
  isCodeCredFlowEnabled: 'false',
  isCodeCredPostOnly: 'false',
  isConsumerSecretOptional: 'false',
  isDeviceFlowEnabled: 'false',
  isIntrospectAllTokens: 'false',
  isNamedUserJwtEnabled: 'false',
  isPkceRequired: 'true',
  isRefreshTokenRotationEnabled: 'false',
  isSecretRequiredForRefreshToken: 'true',
  isTokenExchangeEnabled: 'false',
};

/** A secret that is sent is ignored (§2.6). */
const withoutSecret = (fields: FieldMap): FieldMap =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'consumerSecret'));

const lock = (store: SalesforceStore, fields: FieldMap): FieldMap => ({
  ...fields,
  ...(store.knobs.pkceLocked && { isPkceRequired: 'true' }),
  ...(store.knobs.rotationLocked && { isRefreshTokenRotationEnabled: 'true' }),
});

export const globalSettingsRules: TypeRules = {
  folder: 'extlClntAppGlobalOauthSets',
  suffix: 'ecaGlblOauth',
  idPrefix: '0Oc',
  writers: DEVELOPERS,
  create: (store, component) => {
    const app = headerOf(store, component);
    if (!satelliteOf(store, 'ExtlClntAppOauthSettings', app.fullName)) {
      const text = `In field: externalClientApplication - ${app.fullName} has no ExtlClntAppOauthSettings`;
      throw new ComponentError('INVALID_CROSS_REFERENCE_KEY', text);
    }
    refuseSecond(store, 'ExtlClntAppGlobalOauthSettings', app.fullName);
    const { consumerKey, ...fields } = withoutSecret(component.fields);
    if (typeof consumerKey === 'string') {
      if (store.knobs.rejectConsumerKeyOnEca)
        throw new ComponentError('INVALID_FIELD', 'You cannot provide a Consumer Key');
      refuseTakenKey(store, consumerKey);
      consumerOf(store, app.fullName).key = consumerKey;
    }
    return lock(store, { ...GLOBAL_DEFAULTS, label: component.fullName, ...fields });
  },
  change: (store, component, sent) => {
    const { consumerKey, ...fields } = withoutSecret(sent);
    refuseMove(component, fields);
    if (consumerKey !== undefined && consumerKey !== consumerOf(store, appNameOf(component.fields)).key) {
      throw new ComponentError('INVALID_FIELD', 'You cannot provide a Consumer Key');
    }
    return lock(store, fields);
  },
  view: (store, component) => ({
    ...component.fields,
    ...idleLimitField(store),
    consumerKey: consumerOf(store, appNameOf(component.fields)).key,
  }),
};

const IP_RELAXATION = ['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'];

const policyFields = (component: ComponentRecord, fields: FieldMap): FieldMap => {
  const after = { ...component.fields, ...fields };
  const { ipRelaxationPolicyType, refreshTokenPolicyType, refreshTokenValidityPeriod } = after;
  const refuse = (text: string): never => {
    throw new ComponentError('FIELD_INTEGRITY_EXCEPTION', text);
  };
  if (typeof ipRelaxationPolicyType === 'string' && !IP_RELAXATION.includes(ipRelaxationPolicyType)) {
    refuse(`Invalid IP relaxation policy: ${ipRelaxationPolicyType}`);
  }
  const isSpecific = String(refreshTokenPolicyType).startsWith('Specific');
  if (isSpecific && refreshTokenValidityPeriod === undefined) refuse('Enter a refresh token validity period.');
  if (after['isClientCredentialsFlowEnabled'] === 'true' && !after['clientCredentialsFlowUser']) {
    refuse('Enter a valid execution user for the OAuth client credentials flow.');
  }
  return fields;
};

/** Both policies come with the app: a new one can only be a second one. */
const policyRules = (type: string, folder: string, suffix: string, idPrefix: string): TypeRules => ({
  folder,
  suffix,
  idPrefix,
  writers: ADMINS,
  create: (store, component): FieldMap => {
    refuseSecond(store, type, headerOf(store, component).fullName);
    return component.fields;
  },
  change: (_store, component, fields): FieldMap => {
    refuseMove(component, fields);
    return policyFields(component, fields);
  },
});

export const oauthPolicyRules = policyRules(
  'ExtlClntAppOauthConfigurablePolicies',
  'extlClntAppOauthPolicies',
  'ecaOauthPlcy',
  '0Od'
);
export const appPolicyRules = policyRules('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy', '0Oe');

const appNameOf = (fields: FieldMap): string => {
  const name = fields['externalClientApplication'];
  if (typeof name === 'string' && name !== '') return name;
  throw new ComponentError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [externalClientApplication]');
};

const headerOf = (store: SalesforceStore, { fields }: NewComponent): ComponentRecord => {
  const name = appNameOf(fields);
  const app = store.component('ExternalClientApplication', name);
  if (app) return app;
  const text = `In field: externalClientApplication - no ExternalClientApplication named ${name} found`;
  throw new ComponentError('INVALID_CROSS_REFERENCE_KEY', text);
};

export const satelliteOf = (store: SalesforceStore, type: string, appName: string): ComponentRecord | undefined =>
  store.componentsOf(type).find(({ fields }) => fields['externalClientApplication'] === appName);

const consumerOf = (store: SalesforceStore, appName: string): ConsumerRecord => {
  const appId = store.component('ExternalClientApplication', appName)?.id;
  const found = [...store.consumers.values()].find((consumer) => consumer.appId === appId);
  if (!found) throw new Error(`The external client app ${appName} has no consumer.`);
  return found;
};

const refuseSecond = (store: SalesforceStore, type: string, appName: string): void => {
  const first = satelliteOf(store, type, appName);
  if (!first) return;
  const text = `duplicate value found: ExternalClientApplicationId duplicates value on record with id: ${first.id}`;
  throw new ComponentError('DUPLICATE_VALUE', text);
};

const refuseMove = (component: ComponentRecord, fields: FieldMap): void => {
  if (appNameOf({ ...component.fields, ...fields }) === appNameOf(component.fields)) return;
  throw new ComponentError('FIELD_INTEGRITY_EXCEPTION', 'A component cannot move to another external client app.');
};
