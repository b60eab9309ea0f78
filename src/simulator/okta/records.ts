/** What the simulated org stores. Wire shapes are made of these in `wire/`, one function for each record. */

export type Json = Record<string, unknown>;

export interface OrgRecord {
  readonly id: string;
  readonly name: string;
  readonly subdomain: string;
  readonly created: number;
  /** Of a trial. */
  readonly expiresAt: string | null;
}

/** An SSWS token acts as the user that made it and dies with that user. contracts/okta.md §6.1 */
export interface ApiTokenRecord {
  readonly id: string;
  readonly value: string;
  readonly userId: string;
}

/** An API Services integration. contracts/okta.md §6.2 */
export interface ServiceAppRecord {
  readonly clientId: string;
  /** Public keys, each with its `kid`. */
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly dpop: 'required' | 'if-sent' | 'ignored';
}

export interface AccessTokenRecord {
  readonly value: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expires: number;
  /** The thumbprint of the key that must prove it. */
  readonly boundTo: string | undefined;
}

export type UserStatus = 'STAGED' | 'PROVISIONED' | 'ACTIVE' | 'DEPROVISIONED';

export interface UserProfile {
  login: string;
  email: string;
  firstName: string;
  lastName: string;
  mobilePhone: string | null;
  secondEmail: string | null;
}

export interface UserRecord {
  readonly id: string;
  /** Acts on the simulated console. */
  readonly admin: boolean;
  readonly roles: readonly string[];
  status: UserStatus;
  readonly created: number;
  activated: number | null;
  statusChanged: number | null;
  lastUpdated: number;
  passwordChanged: number | null;
  profile: UserProfile;
}

export interface AppRecord {
  readonly id: string;
  /** The key in the integration catalogue, such as `salesforce`. */
  readonly name: string;
  label: string;
  status: 'ACTIVE' | 'INACTIVE';
  readonly created: number;
  lastUpdated: number;
  signOnMode: string;
  /** `settings.app`, every known key present. */
  appSettings: Json;
  /** What else of `settings`, `visibility`, `accessibility` a client has set; defaults are added on the wire. */
  settings: Json;
  visibility: Json;
  accessibility: Json;
  credentials: Json;
  features: string[];
}

/** What the Provisioning tab has saved: the app's own copy of key and secret, and the tokens Okta holds. */
export interface ConnectionRecord {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  refreshToken: string;
  /** Off: key, secret and token are kept, and nothing is provisioned. */
  enabled: boolean;
  readonly savedAt: number;
  /** Names of Salesforce profiles, by schema discovery after Save; empty before. */
  profileNames: string[];
}

export type SyncState = 'DISABLED' | 'OUT_OF_SYNC' | 'SYNCING' | 'SYNCHRONIZED' | 'ERROR';

export interface AssignmentRecord {
  /** The app user's own id, seen in the System Log only. */
  readonly id: string;
  readonly appId: string;
  readonly userId: string;
  readonly created: number;
  status: 'STAGED' | 'PROVISIONED' | 'ACTIVE';
  syncState: SyncState;
  externalId: string | null;
  lastUpdated: number;
  statusChanged: number;
  lastSync: number | undefined;
  userName: string;
  /** What was set on the assignment; mapped attributes come from the user. */
  profile: Json;
}

export interface EventTarget {
  readonly id: string;
  readonly type: string;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry: Json | null;
  readonly changeDetails?: { readonly from: Json; readonly to: Json };
}

/** Who or what wrote an event, and in which request or job. */
export interface Author {
  readonly user: UserRecord | undefined;
  readonly kind: 'WEB' | 'JOB';
  readonly transactionId: string;
  readonly requestUri: string;
  readonly userAgent: string;
  readonly apiTokenId: string | undefined;
}

export interface EventRecord {
  readonly sequence: number;
  readonly uuid: string;
  readonly published: number;
  readonly eventType: string;
  readonly author: Author;
  readonly result: 'SUCCESS' | 'FAILURE' | 'SKIPPED';
  readonly reason: string | null;
  readonly targets: readonly EventTarget[];
}

/** What a person has in the open form of the Provisioning tab and has not saved. */
export interface DraftRecord {
  consumerKey: string;
  consumerSecret: string;
  /** What an authentication brought; void as soon as key or secret changes. */
  refreshToken: string | undefined;
  message: { readonly ok: boolean; readonly text: string } | undefined;
}

/** An authorization under way; its `state` can be used once. */
export interface PendingAuthorization {
  readonly appId: string;
  readonly verifier: string;
  /** The console's own page takes the code; the API hands it to whoever asked, to bring it back. */
  readonly by: 'console' | 'api';
}
