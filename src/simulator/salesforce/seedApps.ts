import { createComponent } from './metadata/components.ts';
import type { AppSeed } from './seed.ts';
import type { SalesforceStore } from './store.ts';

const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

/** Makes an app by the very rules that the API follows, then gives it the key and secret that the world names. */
export const seedApp = (store: SalesforceStore, seed: AppSeed, creator: string): void => {
  const at = store.clock.now() - (seed.age ?? NINETY_DAYS);
  const appId =
    seed.kind === 'connected-app' ? seedConnectedApp(store, seed, creator, at) : seedEca(store, seed, creator, at);
  const consumer = [...store.consumers.values()].find((candidate) => candidate.appId === appId);
  if (!consumer) return;
  if (seed.consumerKey !== undefined) consumer.key = seed.consumerKey;
  if (seed.consumerSecret !== undefined) {
    consumer.secret = seed.consumerSecret;
    store.secrets.add(seed.consumerSecret);
  }
};

const seedEca = (store: SalesforceStore, seed: AppSeed, creator: string, at: number): string => {
  const { name, label, contactEmail, callbackUrl } = seed;
  const externalClientApplication = name;
  const create = (type: string, fullName: string, fields: Parameters<typeof createComponent>[1]['fields']): string =>
    createComponent(store, { type, fullName, fields, userId: creator, at }).id;
  const id = create('ExternalClientApplication', name, { label, contactEmail, distributionState: 'Local' });
  create('ExtlClntAppOauthSettings', `${name}_oauth`, {
    commaSeparatedOauthScopes: 'Api, RefreshToken',
    externalClientApplication,
    label,
  });
  create('ExtlClntAppGlobalOauthSettings', `${name}_glbloauth`, {
    callbackUrl,
    externalClientApplication,
    label,
    ...seed.global,
  });
  const policy = store
    .componentsOf('ExtlClntAppOauthConfigurablePolicies')
    .find(({ fields }) => fields['externalClientApplication'] === name);
  if (policy) policy.fields = { ...policy.fields, ...seed.policy };
  return id;
};

const seedConnectedApp = (store: SalesforceStore, seed: AppSeed, creator: string, at: number): string => {
  const allowed = store.knobs.allowConnectedAppCreation;
  store.knobs.allowConnectedAppCreation = true;
  const { name: fullName, label, contactEmail, callbackUrl } = seed;
  const oauthConfig = { callbackUrl, scopes: ['Api', 'RefreshToken'], ...seed.oauthConfig };
  const oauthPolicy = { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'infinite', ...seed.oauthPolicy };
  const fields = { label, contactEmail, oauthConfig, oauthPolicy };
  const app = createComponent(store, { type: 'ConnectedApp', fullName, fields, userId: creator, at });
  store.knobs.allowConnectedAppCreation = allowed;
  return app.id;
};
