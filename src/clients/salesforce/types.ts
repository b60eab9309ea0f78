/** What we read of Salesforce's answers, and nothing more. contracts/salesforce.md §2, §5.2, §7. */
import type {
  ConnectedApp as ConnectedAppMetadata,
  ConnectedAppOauthConfig,
  ConnectedAppOauthPolicy,
  ExternalClientApplication,
  ExternalClientAppSettings,
  ExtlClntAppGlobalOauthSettings,
  ExtlClntAppOauthConfigurablePolicies,
  ExtlClntAppOauthSettings,
} from '@salesforce/types/metadata';
import { z } from 'zod';

/** What is sent of each component, checked against the types generated from the Metadata WSDL. */
export type Sent<T> = Partial<T> & { readonly fullName: string };
/** The arrays that the WSDL asks for may be absent. */
export type SentConnectedApp = Sent<Omit<ConnectedAppMetadata, 'oauthConfig' | 'oauthPolicy'>> & {
  readonly oauthConfig?: Partial<ConnectedAppOauthConfig>;
  readonly oauthPolicy?: Partial<ConnectedAppOauthPolicy>;
};
export type {
  ExternalClientApplication,
  ExternalClientAppSettings,
  ExtlClntAppGlobalOauthSettings,
  ExtlClntAppOauthConfigurablePolicies,
  ExtlClntAppOauthSettings,
};

/**
 * The library knows no type of an external client app, so booleans arrive as text (§5.2). The satellites are loose: what
 * we do not know of them is kept, since an update sends a component whole.
 */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional();
const text = z.string().optional();

export const header = z.object({ fullName: z.string(), label: text, contactEmail: text, distributionState: text });
export const oauthSettings = z.looseObject({
  fullName: z.string(),
  externalClientApplication: z.string(),
  commaSeparatedOauthScopes: text,
});
export const globalOauthSettings = z.looseObject({
  fullName: z.string(),
  externalClientApplication: z.string(),
  callbackUrl: text,
  consumerKey: text,
  isConsumerSecretOptional: flag,
  isSecretRequiredForRefreshToken: flag,
  isPkceRequired: flag,
  isRefreshTokenRotationEnabled: flag,
  isIntrospectAllTokens: flag,
  isClientCredentialsFlowEnabled: flag,
  isDeviceFlowEnabled: flag,
  isCodeCredFlowEnabled: flag,
  isNamedUserJwtEnabled: flag,
  isTokenExchangeEnabled: flag,
  // Presumably the idle limit; the name is unconfirmed (contracts/salesforce.md §15.1).
  isEnforceRefreshTokenTTL: flag,
});
export const oauthPolicy = z.looseObject({
  fullName: z.string(),
  externalClientApplication: z.string(),
  permittedUsersPolicyType: text,
  refreshTokenPolicyType: text,
  refreshTokenValidityPeriod: z.union([z.string(), z.number()]).optional(),
  refreshTokenValidityUnit: text,
  ipRelaxationPolicyType: text,
});
export type GlobalOauthSettings = z.infer<typeof globalOauthSettings>;
export type OauthPolicy = z.infer<typeof oauthPolicy>;

/** An external client app as its components say; `oauth` and `global` are absent where OAuth was never set up. */
export interface ExternalClientApp {
  readonly id?: string;
  readonly header: z.infer<typeof header>;
  readonly oauth?: z.infer<typeof oauthSettings>;
  readonly global?: GlobalOauthSettings;
  readonly policy?: OauthPolicy;
}

/** One element or several of the same name; the library gives what the wire has (§5.2). */
const texts = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

export const connectedApp = z.looseObject({
  fullName: z.string(),
  label: text,
  contactEmail: text,
  oauthConfig: z
    .looseObject({
      callbackUrl: text,
      consumerKey: text,
      consumerSecret: text,
      scopes: texts,
      isAdminApproved: flag,
      isClientCredentialEnabled: flag,
      isCodeCredentialEnabled: flag,
      isConsumerSecretOptional: flag,
      isDeviceFlowEnabled: flag,
      isEnforceRefreshTokenTTL: flag,
      isIntrospectAllTokens: flag,
      isNamedUserJwtEnabled: flag,
      isPkceRequired: flag,
      isRefreshTokenRotationEnabled: flag,
      isSecretRequiredForRefreshToken: flag,
      isTokenExchangeEnabled: flag,
    })
    .nullish(),
  oauthPolicy: z.looseObject({ ipRelaxation: text, refreshTokenPolicy: text }).nullish(),
});

/** A connected app as its metadata says; without `oauthConfig` it is none that OAuth could use. */
export type ConnectedApp = z.infer<typeof connectedApp> & { readonly id?: string };

export const organization = z.object({
  Id: z.string(),
  Name: z.string(),
  OrganizationType: z.string(),
  IsSandbox: z.boolean(),
  TrialExpirationDate: z.string().nullish(),
  InstanceName: z.string().nullish(),
  LanguageLocaleKey: z.string().nullish(),
  DefaultLocaleSidKey: z.string().nullish(),
  TimeZoneSidKey: z.string().nullish(),
});
export type Organization = z.infer<typeof organization>;

export const user = z.object({
  Id: z.string(),
  Username: z.string(),
  Email: z.string().nullish(),
  IsActive: z.boolean(),
  LastLoginDate: z.string().nullish(),
  Profile: z.object({ Name: z.string(), UserLicense: z.object({ Name: z.string() }).nullish() }).nullish(),
});
export type User = z.infer<typeof user>;

/** A user as Okta provisions one. contracts/salesforce.md §8.1 */
export const person = z.object({
  Id: z.string(),
  Username: z.string(),
  Email: z.string().nullish(),
  FirstName: z.string().nullish(),
  LastName: z.string().nullish(),
  MobilePhone: z.string().nullish(),
  IsActive: z.boolean(),
  LastModifiedDate: z.string().nullish(),
  Profile: z.object({ Name: z.string() }).nullish(),
});
export type Person = z.infer<typeof person>;

export const grant = z.object({
  AppName: z.string().nullish(),
  UserId: z.string(),
  UseCount: z.number().nullish(),
  LastUsedDate: z.string().nullish(),
  CreatedDate: z.string().nullish(),
});
export type Grant = z.infer<typeof grant>;

export const login = z.object({
  UserId: z.string(),
  LoginTime: z.string(),
  LoginSubType: z.string().nullish(),
  Application: z.string().nullish(),
  Status: z.string().nullish(),
});
export type Login = z.infer<typeof login>;

/** contracts/salesforce.md §7. `AppId` is the app's own id. */
export const idpEvent = z.object({
  Timestamp: z.string(),
  InitiatedBy: z.string(),
  ErrorCode: z.string(),
  AppId: z.string().nullish(),
  UserId: z.string().nullish(),
});
export type IdpEvent = z.infer<typeof idpEvent>;

export const permissionSet = z.object({ Id: z.string(), Name: z.string(), CreatedDate: z.string().nullish() });
export type PermissionSet = z.infer<typeof permissionSet>;

export const license = z.object({
  Id: z.string(),
  Name: z.string(),
  TotalLicenses: z.number(),
  UsedLicenses: z.number(),
});
export type License = z.infer<typeof license>;
