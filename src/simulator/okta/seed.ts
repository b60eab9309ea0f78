import type { RateLimits } from './limits.ts';
import type { ServiceAppRecord } from './records.ts';

/** A simulated Okta org before anything happens in it. Data only; `seedInto` makes records of it. */
export interface OktaWorld {
  readonly org: { readonly name: string; readonly subdomain: string };
  readonly apiTokens: ReadonlyArray<{ readonly value: string; readonly login: string }>;
  readonly users: readonly UserSeed[];
  readonly apps: readonly AppSeed[];
  /** Requests per bucket and minute; what is not told is generous. contracts/okta.md §7.4 */
  readonly rateLimits: Partial<RateLimits>;
  /** What the Connections API says of a `salesforce` app. contracts/okta.md §11 */
  readonly connection: ConnectionKnob;
  /** Apps that log in by themselves; none unless told. */
  readonly serviceApps?: readonly ServiceAppRecord[];
  /** Instances of one integration that the plan allows; many unless told. contracts/okta.md §1.2 */
  readonly maxInstances?: number;
  /** Requests at once; 75 unless told. contracts/okta.md §7.4 */
  readonly concurrency?: number;
  /** Where the org really is, for a world that is asked at a custom domain. contracts/okta.md §6.6 */
  readonly canonicalUrl?: string;
  /** Which host the pages of such a world link to; the canonical one, as in the recording, unless told. contracts/okta.md §1.1 */
  readonly linksOn?: 'asked' | 'canonical';
  /** When the trial ends, for a trial org. */
  readonly expiresAt?: string;
}

/** What the Connections API says of a `salesforce` app; each but the first is a guess. contracts/okta.md §2.5 */
export type ConnectionKnob =
  | 'documented'
  | 'api-supported'
  | `refused-${400 | 403 | 404 | 405 | 501}`
  | `foreign-${'host' | 'client' | 'callback'}`;

export interface UserSeed {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  /** ACTIVE unless told. */
  readonly status?: 'STAGED' | 'PROVISIONED' | 'ACTIVE' | 'DEPROVISIONED';
  /** Acts on the simulated console. */
  readonly admin?: boolean;
  /** SUPER_ADMIN for an admin, unless told. */
  readonly roles?: readonly string[];
}

export interface AppSeed {
  /** `salesforce` unless told. */
  readonly name?: string;
  readonly label: string;
  readonly signOnMode?: string;
  readonly status?: 'ACTIVE' | 'INACTIVE';
  readonly instanceType?: string;
  /** `settings.app` keys beside instance and integration type. */
  readonly appSettings?: Readonly<Record<string, unknown>>;
  readonly features: readonly string[];
  readonly assignments: readonly AssignmentSeed[];
  readonly connection?: ConnectionSeed;
}

export interface AssignmentSeed {
  readonly login: string;
  /** Of the Salesforce user; without it the assignment was never provisioned. */
  readonly externalId?: string;
  /** What the assignment sets, such as `{ profile: 'Standard User' }`. */
  readonly profile?: Readonly<Record<string, unknown>>;
}

/** What the app holds of its connection. The Salesforce world must hold the same OAuth app and grant. */
export interface ConnectionSeed {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly refreshToken: string;
  /** On unless told. */
  readonly enabled?: boolean;
  /** Of the integration user; said here for the reader, since Okta itself knows only the token. */
  readonly username: string;
}

/** What Save on the Provisioning tab switches on, and what To App adds. Order as Okta happens to give it. */
export const IMPORT_FEATURES = ['IMPORT_NEW_USERS', 'IMPORT_PROFILE_UPDATES', 'IMPORT_USER_SCHEMA'] as const;
export const PUSH_FEATURES = [
  'PUSH_NEW_USERS',
  'PUSH_PROFILE_UPDATES',
  'PUSH_USER_DEACTIVATION',
  'REACTIVATE_USERS',
] as const;

export const API_TOKEN = 'T0KEN-00okta-simulated-api-token';

/** An org as the documents describe one: an admin with an API token, one user, no apps, no API for connections. */
export const documentedWorld = (): OktaWorld => ({
  org: { name: 'Simulated', subdomain: 'simulated' },
  apiTokens: [{ value: API_TOKEN, login: 'admin@simulated.example' }],
  users: [
    { login: 'admin@simulated.example', firstName: 'Grace', lastName: 'Hopper', admin: true },
    { login: 'ada.lovelace@simulated.example', firstName: 'Ada', lastName: 'Lovelace' },
  ],
  apps: [],
  rateLimits: {},
  connection: 'documented',
});

/**
 * A live production app under the usual label, and the users it needs. `externalIds` are those of Salesforce users
 * that the Salesforce world must hold, three unless told.
 */
export const inUseApp = (
  connection: ConnectionSeed,
  externalIds: readonly string[] = ['005000000000U01AAA', '005000000000U02AAA', '005000000000U03AAA']
): { app: AppSeed; users: readonly UserSeed[] } => {
  const names = [
    ['Katherine', 'Johnson'],
    ['Dorothy', 'Vaughan'],
    ['Mary', 'Jackson'],
  ] as const;
  const users = names.map(([firstName, lastName]) => ({
    login: `${firstName}.${lastName}@simulated.example`.toLowerCase(),
    firstName,
    lastName,
  }));
  return {
    users,
    app: {
      label: 'Salesforce.com',
      signOnMode: 'SAML_2_0',
      instanceType: 'PRODUCTION',
      features: [...IMPORT_FEATURES, ...PUSH_FEATURES],
      assignments: users.map(({ login }, index) => ({
        login,
        ...(externalIds[index] !== undefined && { externalId: externalIds[index] }),
        profile: { profile: 'Standard User' },
      })),
      connection,
    },
  };
};
