/** A simulated org as data. contracts/salesforce.md §11.2 lists the knobs. */
import { to18 } from './ids.ts';
import { ADMIN_PERMISSIONS } from './permissions.ts';
import type { FieldMap, OrganizationRecord } from './records.ts';

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
  /** The OAuth pages send the browser on by an HTML page with script instead of a 302 (§15.3). */
  redirectByScript: boolean;
  /** Live approvals per user and app; one more ends the oldest (§6.5). */
  tokenCap: number;
  /** How Connect REST says that secrets may not be read: A by an error, B by an answer without the secret (§3.3). */
  secretRefusal: 'A' | 'B';
  rejectConsumerKeyOnEca: boolean;
  /** Names of apps that an admin has blocked on the OAuth Usage page (§6.3): of either kind. */
  blockedApps: readonly string[];
  /** Only approved apps may use the API (§4.3). */
  apiAccessControl: boolean;
  /** An edition without API access (§9). */
  apiDisabled: boolean;
  /**
   * Whether the limit of idle refresh tokens (30 days) is on, and whether the app's metadata has the field that is
   * presumed to show it; `absent`: an org of before the limit (§15.1).
   */
  idleLimit: 'absent' | 'off' | 'on' | 'hidden';
  /** `Type.field` whose writes are accepted and change nothing, as in orgs where only Support can change them (§4.4). */
  ignoredFields: readonly string[];
  /** Metadata types that create, update and upsert refuse and a deploy takes (§2.7, U6). */
  crudRefusedTypes: readonly string[];
  /** A deploy's only failure is not wrapped in an array (§5.4). */
  componentFailuresAsObject: boolean;
  /** Whether writing external client apps takes the permissions that their labels tell (§2.8); unconfirmed. */
  ecaPermissionsEnforced: boolean;
  /** After so many more requests with a session, so many are told that it has expired (§5.3, §10.1). */
  sessionExpiry: { readonly after: number; readonly times: number } | null;
  /** Not every edition of the object reference lists OauthToken.CreatedDate (§7). */
  grantsWithoutCreatedDate: boolean;
  /** Usernames that other orgs have taken: they are unique across all of Salesforce (§8.1). */
  usernamesElsewhere: readonly string[];
  /** Whether a user that the API makes is mailed a link at once, as in Setup (§8.1); no source says. */
  mailsNewUsers: boolean;
  /** Dependencies of permissions beyond those that the contract lists (§8.3, U21). */
  morePermissionDependencies: Readonly<Record<string, readonly string[]>>;
  /** Whether the first permission that lacks another is told, or each in an entry of its own; unconfirmed. */
  dependencyErrors: 'first' | 'each';
  /** So many of the consumer keys that are sent are already taken in some other org (§1.7). */
  consumerKeysTaken: number;
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

const PROFILES: SalesforceWorld['profiles'] = [
  { name: 'System Administrator', license: 'Salesforce', permissions: ADMIN_PERMISSIONS },
  { name: 'Standard User', license: 'Salesforce', permissions: ['ApiEnabled'] },
  { name: 'Minimum Access - Salesforce', license: 'Salesforce', permissions: [] },
  {
    name: 'Minimum Access - API Only Integrations',
    license: 'Salesforce Integration',
    permissions: ['ApiEnabled', 'ApiUserOnly'],
  },
];

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
  profiles: PROFILES,
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
  knobs: documentedKnobs(),
});

const documentedKnobs = (): SalesforceKnobs => ({
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
  blockedApps: [],
  apiAccessControl: false,
  apiDisabled: false,
  idleLimit: 'absent',
  ignoredFields: [],
  crudRefusedTypes: [],
  componentFailuresAsObject: false,
  ecaPermissionsEnforced: true,
  sessionExpiry: null,
  grantsWithoutCreatedDate: false,
  usernamesElsewhere: [],
  mailsNewUsers: false,
  morePermissionDependencies: {},
  dependencyErrors: 'first',
  consumerKeysTaken: 0,
});
