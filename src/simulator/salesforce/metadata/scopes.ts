/** OAuth scopes by their metadata names, and how reading them back changes them. contracts/salesforce.md §1.5 */
import { ComponentError } from '../errors.ts';

const NAMES = new Set(
  `Basic Api Web Full Chatter CustomApplications RefreshToken OpenID Profile Email Address Phone OfflineAccess
   CustomPermissions Wave Eclair Pardot Lightning Content CDPIngest CDPProfile CDPQuery Chatbot CDPSegment
   CDPIdentityResolution CDPCalculatedInsight ForgotPassword UserRegistration SFAP SFApiPlatform Interaction CDP
   EinsteinGPT PwdlessLogin MCP SCRT DataCloudUserClaims A2A CmdbDiscovery SemanticLayer`.split(/\s+/)
);

const READ_BACK: Readonly<Record<string, string>> = {
  OfflineAccess: 'RefreshToken',
  Address: 'Basic',
  Email: 'Basic',
  Phone: 'Basic',
  Profile: 'Basic',
};

/** Scopes that an access token can carry under another name than the lower-cased metadata name. */
const RUNTIME: Readonly<Record<string, readonly string[]>> = {
  RefreshToken: ['refresh_token', 'offline_access'],
  Basic: ['id'],
  CustomPermissions: ['custom_permissions'],
};

export const normaliseScopes = (scopes: readonly string[]): string[] => {
  const wrong = scopes.find((scope) => !NAMES.has(scope));
  if (wrong !== undefined) throw new ComponentError('FIELD_INTEGRITY_EXCEPTION', `Invalid OAuth scope: ${wrong}`);
  return [...new Set(scopes.map((scope) => READ_BACK[scope] ?? scope))];
};

export const runtimeScopes = (scopes: readonly string[]): string[] =>
  scopes.flatMap((scope) => RUNTIME[scope] ?? [scope.toLowerCase()]);
