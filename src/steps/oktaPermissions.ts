/** What Okta asks for, and nothing wider. contracts/salesforce.md §8.3 */
import { SalesforceApiError } from '../clients/salesforce/errors.ts';

/** An API write switches nothing on by itself, unlike Setup: all that the first three depend on is listed. */
export const OKTA_PERMISSIONS = [
  'ApiEnabled',
  'ManageUsers',
  'ResetPasswords',
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
  'ViewRoles',
  'ViewSetup',
] as const;

/**
 * Whether every org and release has the same dependencies is unconfirmed (U21). The only place that they are told is the
 * text of the refusal, so that is read, the permissions added, and the write repeated once: it did nothing.
 */
export const withDependencies = async <T>(
  permissions: readonly string[],
  write: (permissions: readonly string[]) => Promise<T>
): Promise<T> => {
  try {
    return await write(permissions);
  } catch (error) {
    const more = error instanceof SalesforceApiError ? dependenciesIn(error.message) : [];
    if (more.length === 0) throw error;
    return write([...new Set([...permissions, ...more])]);
  }
};

const dependenciesIn = (text: string): string[] =>
  [...text.matchAll(/depends on permission\(s\): ([\w, ]+)/g)]
    .flatMap(([, names = '']) => names.split(/,\s*/))
    .filter((name) => /^\w+$/.test(name));
