/** User permissions by their metadata names; as fields they carry the prefix `Permissions`. contracts/salesforce.md §2.8, §8.3 */
import { RestError } from './errors.ts';

const OKTA_ASKS_FOR = [
  'ApiEnabled',
  'AssignPermissionSets',
  'ManageInternalUsers',
  'ManageIpAddresses',
  'ManageLoginAccessPolicies',
  'ManagePasswordPolicies',
  'ManageProfilesPermissionsets',
  'ManageRoles',
  'ManageSharing',
  'ManageUsers',
  'ResetPasswords',
  'ViewAllUsers',
  'ViewRoles',
  'ViewSetup',
] as const;

const ADMINS_HOLD = [
  ...OKTA_ASKS_FOR,
  'CanApproveUninstalledApps',
  'ClientSecretRotation',
  'CustomizeApplication',
  'DelegatedTwoFactor',
  'ExternalClientAppAdmin',
  'ExternalClientAppDeveloper',
  'ExternalClientAppViewer',
  'FreezeUsers',
  'ManageRemoteAccess',
  'ModifyAllData',
  'ModifyMetadata',
  'MonitorLoginHistory',
  'ViewAllProfiles',
  'ViewClientSecret',
  'ViewUserPII',
] as const;

export const ADMIN_PERMISSIONS: readonly string[] = ADMINS_HOLD;

export const ALL_PERMISSIONS: readonly string[] = [
  ...ADMINS_HOLD,
  'ApiUserOnly',
  'BypassMFAForUiLogins',
  'ForceTwoFactor',
  'PasswordNeverExpires',
  'UseAnyApiClient',
];

/** Unlike Setup, an API write switches nothing on by itself. contracts/salesforce.md §8.3 */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  ManageUsers: [
    'AssignPermissionSets',
    'DelegatedTwoFactor',
    'FreezeUsers',
    'ManageInternalUsers',
    'ManageIpAddresses',
    'ManageLoginAccessPolicies',
    'ManagePasswordPolicies',
    'ManageProfilesPermissionsets',
    'ManageRoles',
    'ManageSharing',
    'MonitorLoginHistory',
    'ViewAllUsers',
  ],
  ResetPasswords: ['ViewRoles', 'ViewSetup'],
};

export const refuseIncompletePermissions = (
  held: readonly string[],
  more: Readonly<Record<string, readonly string[]>>,
  told: 'first' | 'each'
): void => {
  const texts: string[] = [];
  for (const permission of held) {
    const needs = [...(NEEDS[permission] ?? []), ...(more[permission] ?? [])];
    const missing = needs.filter((needed) => !held.includes(needed));
    if (missing.length > 0) texts.push(`Permission ${permission} depends on permission(s): ${missing.join(', ')}`);
  }
  if (texts.length > 0)
    throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', told === 'each' ? texts : texts.slice(0, 1));
};
