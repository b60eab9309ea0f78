/** A simulated org as data, and the step from that data to records. contracts/salesforce.md §11.2 lists the knobs. */
import { to18 } from './ids.ts';
import { seedApp } from './seedApps.ts';
import { ADMIN_PERMISSIONS } from './permissions.ts';
import type { FieldMap, OrganizationRecord } from './records.ts';
import type { SalesforceStore } from './store.ts';
import { addProfile, addUser, assignPermissionSet } from './users.ts';

export interface SalesforceKnobs {
  /** Only orgs with an exception from Salesforce Support can create connected apps (§4.1). */
  allowConnectedAppCreation: boolean;
  /** How the OAuth policy that comes with an app is named; `<App>` stands for the app's name (§2.5). */
  policyName: string;
  appPolicyName: string;
  /** What a new OAuth policy says before anyone edits it; unconfirmed in the contract (§2.5). */
  initialPolicy: FieldMap;
  /** New apps are unknown to the OAuth endpoints for so long (§6.6). */
  propagationSeconds: number;
  /** Writes are accepted and change nothing: it reads back as true (§4.4). */
  pkceLocked: boolean;
  rotationLocked: boolean;
  /** The answer to the app comes by an HTML page with script instead of a 302 (§15.3). */
  redirectByScript: boolean;
  /** Live approvals per user and app; one more ends the oldest (§6.5). */
  tokenCap: number;
  /** How Connect REST says that secrets may not be read: A by an error, B by an answer without the secret (§3.3). */
  secretRefusal: 'A' | 'B';
  rejectConsumerKeyOnEca: boolean;
  /** Only approved apps may use the API (§4.3). */
  apiAccessControl: boolean;
  /** An edition without API access (§9). */
  apiDisabled: boolean;
}

export interface UserSeed {
  readonly username: string;
  readonly password: string;
  readonly profile: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly isActive?: boolean;
  readonly isFrozen?: boolean;
  /** Names of permission sets of this world. */
  readonly permissionSets?: readonly string[];
  /** What `sf` is logged in with: a session of this user that belongs to no app of the org. */
  readonly cliAccessToken?: string;
}

/** An app that exists. `fields` override what the app's metadata would have by default, by metadata type. */
export interface AppSeed {
  readonly kind: 'external-client-app' | 'connected-app';
  readonly name: string;
  readonly label: string;
  readonly contactEmail: string;
  readonly callbackUrl: string;
  readonly consumerKey?: string;
  readonly consumerSecret?: string;
  /** Of an external client app: fields of its global OAuth settings and of its OAuth policy. */
  readonly global?: FieldMap;
  readonly policy?: FieldMap;
  /** Of a connected app. */
  readonly oauthConfig?: FieldMap;
  readonly oauthPolicy?: FieldMap;
  /** Milliseconds before the start of the world. Ninety days unless told. */
  readonly age?: number;
}

export interface GrantSeed {
  readonly app: string;
  readonly username: string;
  readonly refreshToken: string;
  readonly useCount?: number;
  /** Milliseconds before the start of the world. */
  readonly age?: number;
  readonly lastUsedAge?: number;
}

export interface SalesforceWorld {
  readonly organization: OrganizationRecord;
  readonly licenses: ReadonlyArray<{ readonly name: string; readonly key: string; readonly seats: number }>;
  readonly profiles: ReadonlyArray<{
    readonly name: string;
    readonly license: string;
    readonly permissions: readonly string[];
  }>;
  readonly permissionSets: ReadonlyArray<{
    readonly name: string;
    readonly label: string;
    readonly permissions: readonly string[];
  }>;
  readonly users: readonly UserSeed[];
  readonly apps: readonly AppSeed[];
  readonly grants: readonly GrantSeed[];
  /** Fields of the settings components, `ExternalClientAppSettings` and `ConnectedAppSettings`. */
  readonly settings: Readonly<Record<string, FieldMap>>;
  readonly knobs: SalesforceKnobs;
}

const ORG_ID = to18('00D5j000SIMULAT');

/** A fresh Developer Edition org with one administrator, as the contracts document it. */
export const documentedWorld = (): SalesforceWorld => ({
  organization: {
    Id: ORG_ID,
    Name: 'Simulated Org',
    InstanceName: 'SIM1',
    IsSandbox: false,
    OrganizationType: 'Developer Edition',
    TrialExpirationDate: null,
    NamespacePrefix: null,
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: 'America/Los_Angeles',
  },
  licenses: [
    { name: 'Salesforce', key: 'SFDC', seats: 3 },
    { name: 'Salesforce Integration', key: 'PID_Salesforce_Integration', seats: 1 },
  ],
  profiles: [
    { name: 'System Administrator', license: 'Salesforce', permissions: ADMIN_PERMISSIONS },
    { name: 'Standard User', license: 'Salesforce', permissions: ['ApiEnabled'] },
    { name: 'Minimum Access - Salesforce', license: 'Salesforce', permissions: [] },
    {
      name: 'Minimum Access - API Only Integrations',
      license: 'Salesforce Integration',
      permissions: ['ApiEnabled', 'ApiUserOnly'],
    },
  ],
  permissionSets: [],
  users: [
    {
      username: 'admin@simulated.example',
      password: 'S3CRET-simulated-admin-password',
      profile: 'System Administrator',
      firstName: 'Simulated',
      lastName: 'Admin',
      cliAccessToken: `${ORG_ID}!T0KEN.cli.access`,
    },
  ],
  apps: [],
  grants: [],
  settings: {
    ExternalClientAppSettings: {
      enableClientSecretInRestApiAccess: 'false',
      enableConsumerSecretApiAccess: 'false',
      enablePackageEcaOauthFromDevOrg: 'false',
    },
    ConnectedAppSettings: { enableSkipUserProvisioningWizardWelcomePage: 'false' },
  },
  knobs: {
    allowConnectedAppCreation: false,
    policyName: '<App>_defaultPolicy',
    appPolicyName: '<App>_plcy',
    initialPolicy: {
      ipRelaxationPolicyType: 'Enforce',
      permittedUsersPolicyType: 'AllSelfAuthorized',
      refreshTokenPolicyType: 'Infinite',
    },
    propagationSeconds: 0,
    pkceLocked: false,
    rotationLocked: false,
    redirectByScript: false,
    tokenCap: 5,
    secretRefusal: 'A',
    rejectConsumerKeyOnEca: false,
    apiAccessControl: false,
    apiDisabled: false,
  },
});

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

const seedGrant = (store: SalesforceStore, seed: GrantSeed): void => {
  const app = [...store.components.values()].find(
    ({ type, fullName }) => fullName === seed.app && (type === 'ExternalClientApplication' || type === 'ConnectedApp'),
  );
  const user = store.userByName(seed.username);
  if (!app || !user) throw new Error(`The world has no app ${seed.app} or no user ${seed.username}.`);
  const createdDate = store.clock.now() - (seed.age ?? 0);
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
    lastUsedDate: seed.lastUsedAge === undefined ? createdDate : store.clock.now() - seed.lastUsedAge,
    useCount: seed.useCount ?? 1,
  });
};
