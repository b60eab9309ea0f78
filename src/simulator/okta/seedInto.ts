import { readAppForm } from './appCatalog.ts';
import type { Okta } from './context.ts';
import type { UserRecord } from './records.ts';
import type { AppSeed, AssignmentSeed, OktaWorld, UserSeed } from './seed.ts';

const DAY = 86_400_000;

/** Makes a world's records, all of them a month old at `start`, so that nothing of them can pass for fresh evidence. */
export const seedInto = (okta: Okta, world: OktaWorld, start: number): void => {
  const created = start - 30 * DAY;
  okta.store.org = { id: okta.ids.of('00o'), ...world.org, created, expiresAt: world.expiresAt ?? null };
  okta.store.serviceApps.push(...(world.serviceApps ?? []));
  for (const user of world.users) addUser(okta, user, created);
  for (const { value, login } of world.apiTokens) {
    const { id: userId } = userOf(okta, login);
    okta.store.apiTokens.push({ id: okta.ids.of('00T'), value: okta.secrets.note(value), userId });
  }
  for (const app of world.apps) addApp(okta, app, created);
};

const userOf = ({ store }: Okta, login: string): UserRecord => {
  const user = store.userBy(login);
  if (!user) throw new Error(`The simulated Okta world has no user ${login}`);
  return user;
};

const addUser = (
  { store, ids }: Okta,
  { login, firstName, lastName, status, admin = false, roles = admin ? ['SUPER_ADMIN'] : [] }: UserSeed,
  created: number
): void => {
  const id = ids.of('00u');
  store.users.set(id, {
    id,
    admin,
    roles,
    status: status ?? 'ACTIVE',
    created,
    activated: created,
    statusChanged: created,
    lastUpdated: created,
    passwordChanged: created,
    profile: { login, email: login, firstName, lastName, mobilePhone: null, secondEmail: null },
  });
};

const addApp = (okta: Okta, seed: AppSeed, created: number): void => {
  const { name = 'salesforce', label, signOnMode, instanceType = 'PRODUCTION' } = seed;
  // A value that no form takes, as Okta may add one, is put in afterwards.
  const types = name === 'salesforce' ? { integrationType: 'STANDARD', instanceType: 'PRODUCTION' } : {};
  const form = readAppForm(name, { label, signOnMode, settings: { app: { ...types, ...seed.appSettings } } });
  const appSettings = name === 'salesforce' ? { ...form.appSettings, instanceType } : form.appSettings;
  const id = okta.ids.of('0oa');
  const { status = 'ACTIVE', features, connection } = seed;
  okta.store.apps.set(id, {
    ...form,
    appSettings,
    id,
    name,
    status,
    created,
    lastUpdated: created,
    features: [...features],
  });
  for (const assignment of seed.assignments) addAssignment(okta, id, assignment, created);
  if (!connection) return;
  const { consumerKey, consumerSecret, refreshToken, enabled = true } = connection;
  for (const secret of [consumerSecret, refreshToken]) okta.secrets.note(secret);
  okta.store.connections.set(id, {
    consumerKey,
    consumerSecret,
    refreshToken,
    enabled,
    savedAt: created,
    profileNames: [],
  });
};

const addAssignment = (okta: Okta, appId: string, seed: AssignmentSeed, created: number): void => {
  const provisioned = seed.externalId !== undefined;
  okta.store.assignments.push({
    id: okta.ids.of('0ua'),
    appId,
    userId: userOf(okta, seed.login).id,
    created,
    status: provisioned ? 'PROVISIONED' : 'ACTIVE',
    syncState: provisioned ? 'SYNCHRONIZED' : 'DISABLED',
    externalId: seed.externalId ?? null,
    lastUpdated: created,
    statusChanged: created,
    lastSync: provisioned ? created : undefined,
    userName: seed.login,
    profile: { ...seed.profile },
  });
};
