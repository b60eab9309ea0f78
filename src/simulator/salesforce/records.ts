/** What the simulated org stores. Fields of sObjects carry the vendor's own names, so that storage shape is wire shape. */

export type Scalar = string | number | boolean | null;
export type Row = Readonly<Record<string, Scalar>>;

export type OrganizationRecord = {
  Id: string;
  Name: string;
  InstanceName: string;
  IsSandbox: boolean;
  OrganizationType: string;
  TrialExpirationDate: string | null;
  NamespacePrefix: string | null;
  LanguageLocaleKey: string;
  DefaultLocaleSidKey: string;
  TimeZoneSidKey: string;
};

export type LicenseRecord = { Id: string; Name: string; LicenseDefinitionKey: string; TotalLicenses: number };

export type ProfileRecord = {
  Id: string;
  Name: string;
  UserLicenseId: string;
  Description: string | null;
  CreatedDate: string;
};

export type PermissionSetRecord = {
  Id: string;
  Name: string;
  Label: string;
  Description: string | null;
  IsOwnedByProfile: boolean;
  ProfileId: string | null;
  LicenseId: string | null;
  CreatedDate: string;
};

/** A user holds what the assigned permission sets hold; the one that the profile owns is among them, as in the real org. */
export type AssignmentRecord = { Id: string; AssigneeId: string; PermissionSetId: string };

export type EntityAccessRecord = { Id: string; ParentId: string; SetupEntityId: string; SetupEntityType: string };

export type UserLoginRecord = { Id: string; UserId: string; IsFrozen: boolean; IsPasswordLocked: boolean };

/** Fields that nothing here depends on (title, phone, …) are kept as they were sent. */
export type UserRecord = {
  [field: string]: Scalar;
  Id: string;
  Username: string;
  Email: string;
  ProfileId: string;
  IsActive: boolean;
  CreatedDate: string;
  LastModifiedDate: string;
};

export type LoginHistoryRecord = {
  Id: string;
  UserId: string;
  LoginTime: string;
  LoginType: 'Application' | 'Oauth2';
  LoginSubType: string | null;
  Application: string;
  Status: string;
  SourceIp: string;
  ApiType: string | null;
  ApiVersion: string | null;
  LoginUrl: string;
};

export type IdpEventRecord = {
  Id: string;
  Timestamp: string;
  InitiatedBy: 'OauthAuthorize' | 'OauthTokenExchange';
  ErrorCode: string;
  AppId: string | null;
  UserId: string | null;
  IdentityUsed: string | null;
};

export type AuditRecord = {
  Id: string;
  Action: string;
  Section: string;
  Display: string;
  CreatedDate: string;
  CreatedById: string;
};

export type FieldValue = string | FieldMap | readonly FieldValue[];
/** The fields of a metadata component as the wire has them: all text, booleans and numbers included. */
export interface FieldMap {
  readonly [name: string]: FieldValue;
}

export interface ComponentRecord {
  readonly type: string;
  readonly id: string;
  readonly fullName: string;
  fields: FieldMap;
  readonly createdDate: number;
  readonly createdById: string;
  lastModifiedDate: number;
}

/** Key and secret of an app. `appId` is the external client app's `0xI…` or the connected app's `0H4…`. */
export interface ConsumerRecord {
  readonly id: string;
  readonly appId: string;
  key: string;
  secret: string;
}

/** An approval, one row of OauthToken. `spent` are the refresh tokens that rotation made invalid: replaying one kills the grant. */
export interface GrantRecord {
  readonly id: string;
  readonly appId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  refreshToken: string | null;
  readonly spent: string[];
  readonly deleteToken: string;
  readonly createdDate: number;
  lastUsedDate: number;
  useCount: number;
}

/** `grantId` is null for the session of a person or of the CLI, which is no app of this org. */
export interface AccessTokenRecord {
  readonly token: string;
  readonly userId: string;
  readonly grantId: string | null;
  readonly scopes: readonly string[];
}

/** What an app asked for at the authorize endpoint, kept while the person logs in and decides. */
export interface AuthorizationRecord {
  readonly source: string;
  readonly clientKey: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  readonly prompts: readonly string[];
  readonly startedAt: number;
}

export interface CodeRecord {
  readonly code: string;
  readonly userId: string;
  readonly authorization: AuthorizationRecord;
  readonly issuedAt: number;
  used: boolean;
}

export interface BrowserSessionRecord {
  readonly sid: string;
  readonly userId: string;
  readonly loggedInAt: number;
  /** The code that was mailed for the identity check, and whether it was given back. */
  identityCode: string | undefined;
  identityVerified: boolean;
}

export interface MailRecord {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** A page that the mail leads to. */
  readonly link: string | undefined;
}

/** A deploy or retrieve by the Metadata API. Its work is done when it is asked for; `checks` counts how often it was asked about. */
export interface AsyncJobRecord {
  readonly id: string;
  readonly createdById: string;
  readonly createdDate: number;
  /** What is told once it is done. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly success: boolean;
  checks: number;
}
