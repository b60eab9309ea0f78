/**
 * The connected app of old. contracts/salesforce.md §1, §4.1
 * - nobody can create one, with that very message, unless the org has the exception; what exists can be changed
 * - label, contact e-mail and callback are required; the creator may choose key and secret, once
 * - reading shows the key, never the secret; scopes are normalised
 * - an update merges oauthConfig and oauthPolicy field by field (a choice, as for all updates)
 * - not simulated: everything but OAuth, and the refusal of Group Edition (§9)
 */
import { ComponentError } from '../errors.ts';
import type { ComponentRecord, FieldMap } from '../records.ts';
import type { SalesforceStore } from '../store.ts';
import { addConsumer, refuseTakenKey, removeApp } from './consumers.ts';
import { idleLimitField } from './idleLimit.ts';
import type { TypeRules } from './rules.ts';
import { normaliseScopes } from './scopes.ts';

const NO_CREATION =
  "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.";

const CONFIG_DEFAULTS: FieldMap = {
  isAdminApproved: 'false',
  isClientCredentialEnabled: 'false',
  isConsumerSecretOptional: 'false',
  isIntrospectAllTokens: 'false',
  isPkceRequired: 'false',
  isRefreshTokenRotationEnabled: 'false',
  isSecretRequiredForRefreshToken: 'true',
};

export const connectedAppRules: TypeRules = {
  folder: 'connectedApps',
  suffix: 'connectedApp',
  idPrefix: '0H4',
  writers: ['ModifyAllData', 'ManageRemoteAccess'],
  create: (store, { fullName, fields }) => {
    // The status code is unconfirmed (U1): only the message is known.
    if (!store.knobs.allowConnectedAppCreation)
      throw new ComponentError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', NO_CREATION);
    const missing = ['label', 'contactEmail'].filter((name) => !fields[name]);
    const config = part(fields, 'oauthConfig');
    if (!config['callbackUrl']) missing.push('callbackUrl');
    if (missing.length > 0) {
      throw new ComponentError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`);
    }
    const { consumerKey, consumerSecret } = config;
    if (typeof consumerKey === 'string') refuseTakenKey(store, checked(consumerKey));
    if (typeof consumerSecret === 'string') refuseTakenSecret(store, checked(consumerSecret));
    return {
      label: fullName,
      ...fields,
      oauthConfig: { ...CONFIG_DEFAULTS, ...scoped(config), ...locks(store) },
      oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'infinite', ...part(fields, 'oauthPolicy') },
    };
  },
  created: (store, app) => {
    const { consumerKey, consumerSecret, ...config } = part(app.fields, 'oauthConfig');
    const consumer = addConsumer(store, app.id);
    if (typeof consumerKey === 'string') consumer.key = consumerKey;
    if (typeof consumerSecret === 'string') {
      consumer.secret = consumerSecret;
      store.secrets.add(consumerSecret);
    }
    app.fields = { ...app.fields, oauthConfig: config };
  },
  change: (store, app, fields) => {
    const config = part(fields, 'oauthConfig');
    if (config['consumerKey'] !== undefined)
      throw new ComponentError('INVALID_FIELD', 'You cannot provide a Consumer Key');
    if (config['consumerSecret'] !== undefined)
      throw new ComponentError('INVALID_FIELD', 'You cannot provide a Consumer Secret');
    const oauthConfig = { ...part(app.fields, 'oauthConfig'), ...scoped(config), ...locks(store) };
    return {
      ...fields,
      oauthConfig,
      oauthPolicy: { ...part(app.fields, 'oauthPolicy'), ...part(fields, 'oauthPolicy') },
    };
  },
  remove: (store, app) => removeApp(store, app.id),
  view: (store, app) => ({
    ...app.fields,
    oauthConfig: { ...part(app.fields, 'oauthConfig'), ...idleLimitField(store), consumerKey: keyOf(store, app) },
  }),
};

/** A nested element; empty where the component has none. */
export const part = (fields: FieldMap, name: string): FieldMap => {
  const value = fields[name];
  return typeof value === 'object' && !Array.isArray(value) ? (value as FieldMap) : {};
};

const locks = ({ knobs }: SalesforceStore): FieldMap => ({
  ...(knobs.pkceLocked && { isPkceRequired: 'true' }),
  ...(knobs.rotationLocked && { isRefreshTokenRotationEnabled: 'true' }),
});

const scoped = (config: FieldMap): FieldMap => {
  const { scopes } = config;
  return Array.isArray(scopes) ? { ...config, scopes: normaliseScopes(scopes as readonly string[]) } : config;
};

const checked = (value: string): string => {
  if (/^[A-Za-z0-9]{8,256}$/.test(value)) return value;
  throw new ComponentError('FIELD_INTEGRITY_EXCEPTION', 'Key and secret take 8 to 256 alphanumeric characters.');
};

const refuseTakenSecret = (store: SalesforceStore, secret: string): void => {
  const taken = [...store.consumers.values()].some((consumer) => consumer.secret === secret);
  if (taken) throw new ComponentError('DUPLICATE_VALUE', 'The consumer secret is already in use');
};

const keyOf = (store: SalesforceStore, app: ComponentRecord): string =>
  [...store.consumers.values()].find(({ appId }) => appId === app.id)?.key ?? '';
