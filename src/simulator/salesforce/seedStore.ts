/** The step from a world's data to records. */
import { logEvent, logLogin } from './oauth/events.ts';
import { seedApp } from './seedApps.ts';
import type { GrantSeed, SalesforceWorld, UserSeed } from './seed.ts';
import type { SalesforceStore } from './store.ts';
import { addProfile, addUser, assignPermissionSet } from './users.ts';

/** Fills an empty store. */
export const seedStore = (store: SalesforceStore, world: SalesforceWorld): void => {
  for (const { name, key, seats } of world.licenses) {
    const Id = store.mint.id('100');
    store.licenses.set(Id, { Id, Name: name, LicenseDefinitionKey: key, TotalLicenses: seats });
  }
  for (const { name, license, permissions } of world.profiles) {
    const found = [...store.licenses.values()].find(({ Name }) => Name === license);
    if (!found) throw new Error(`The world has no license named ${license}.`);
    addProfile(store, { Name: name, UserLicenseId: found.Id, Description: null }, permissions);
  }
  for (const { name, label, permissions } of world.permissionSets) {
    const Id = store.mint.id('0PS');
    const rest = { Description: null, IsOwnedByProfile: false, ProfileId: null, LicenseId: null };
    store.permissionSets.set(Id, { Id, Name: name, Label: label, ...rest, CreatedDate: store.timestamp() });
    store.permissions.set(Id, permissions);
  }
  for (const user of world.users) seedUser(store, user);
  const creator = [...store.users.keys()][0] ?? '';
  for (const [type, fields] of Object.entries(world.settings)) {
    const fullName = type
      .replace(/^ExternalClientAppSettings$/, 'ExternalClientApp')
      .replace(/^ConnectedAppSettings$/, 'ConnectedApp');
    const now = store.clock.now();
    const component = { type, id: store.mint.id('0st'), fullName, fields, createdDate: now, createdById: creator };
    store.components.set(`${type}/${fullName}`, { ...component, lastModifiedDate: now });
  }
  for (const app of world.apps) seedApp(store, app, creator);
  for (const grant of world.grants) seedGrant(store, grant);
};

const seedUser = (store: SalesforceStore, seed: UserSeed): void => {
  const profile = [...store.profiles.values()].find(({ Name }) => Name === seed.profile);
  if (!profile) throw new Error(`The world has no profile named ${seed.profile}.`);
  const user = addUser(store, {
    Username: seed.username,
    Email: seed.username,
    FirstName: seed.firstName,
    LastName: seed.lastName,
    Alias: seed.lastName.slice(0, 8).toLowerCase(),
    ProfileId: profile.Id,
    IsActive: seed.isActive ?? true,
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: store.organization.LanguageLocaleKey,
    LocaleSidKey: store.organization.DefaultLocaleSidKey,
    TimeZoneSidKey: store.organization.TimeZoneSidKey,
  });
  store.passwords.set(user.Id, seed.password);
  store.secrets.add(seed.password);
  const login = store.loginOf(user.Id);
  if (login) login.IsFrozen = seed.isFrozen ?? false;
  for (const name of seed.permissionSets ?? []) {
    const found = [...store.permissionSets.values()].find(({ Name }) => Name === name);
    if (!found) throw new Error(`The world has no permission set named ${name}.`);
    assignPermissionSet(store, user.Id, found.Id);
  }
  if (seed.cliAccessToken === undefined) return;
  const token = seed.cliAccessToken;
  store.accessTokens.set(token, { token, userId: user.Id, grantId: null, scopes: ['full'] });
  store.secrets.add(token);
};

/** A grant and what its making and its last use left in the logs. */
const seedGrant = (store: SalesforceStore, seed: GrantSeed): void => {
  const app = [...store.components.values()].find(
    ({ type, fullName }) => fullName === seed.app && (type === 'ExternalClientApplication' || type === 'ConnectedApp')
  );
  const user = store.userByName(seed.username);
  if (!app || !user) throw new Error(`The world has no app ${seed.app} or no user ${seed.username}.`);
  const createdDate = store.clock.now() - (seed.age ?? 0);
  const lastUsedDate = seed.lastUsedAge === undefined ? createdDate : store.clock.now() - seed.lastUsedAge;
  store.secrets.add(seed.refreshToken);
  const id = store.mint.id('0CQ');
  store.grants.set(id, {
    id,
    appId: app.id,
    userId: user.Id,
    scopes: ['refresh_token', 'api'],
    refreshToken: seed.refreshToken,
    spent: [],
    deleteToken: store.secret('delete token', 'D3L', 60),
    createdDate,
    lastUsedDate,
    useCount: seed.useCount ?? 1,
  });
  const about = { appId: app.id, userId: user.Id };
  logEvent(store, 'OauthAuthorize', 'Success', about, createdDate);
  logEvent(store, 'OauthTokenExchange', 'Success', about, createdDate);
  const how = { LoginType: 'Oauth2', Application: String(app.fields['label']), Status: 'Success' } as const;
  logLogin(store, user.Id, { ...how, LoginSubType: 'OauthWebServer' }, createdDate);
  if (seed.lastUsedAge !== undefined)
    logLogin(store, user.Id, { ...how, LoginSubType: 'OauthRefreshToken' }, lastUsedDate);
};
