/**
 * Permissions as Setup calls them, for people who look for them there, with the name that the API has for each.
 * contracts/salesforce.md §2.8, §8.3; docs/sources.md
 */
import type { OwnPermission, Permission } from '../clients/salesforce/people.ts';

const LABELS: Readonly<Record<Permission | OwnPermission, string>> = {
  ApiEnabled: 'API Enabled',
  ApiUserOnly: 'API Only User',
  AssignPermissionSets: 'Assign Permission Sets',
  CustomizeApplication: 'Customize Application',
  ExternalClientAppAdmin: 'View all External Client Apps, view their settings, and edit their policies',
  ExternalClientAppDeveloper: 'Create, edit, and delete External Client Apps',
  ManageProfilesPermissionsets: 'Manage Profiles and Permission Sets',
  ManageRemoteAccess: 'Manage Connected Apps',
  ManageUsers: 'Manage Users',
  ModifyAllData: 'Modify All Data',
  ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
  MonitorLoginHistory: 'Monitor Login History',
  ViewClientSecret: 'View Client Secret',
};

export const labelled = (permissions: ReadonlyArray<Permission | OwnPermission>): string =>
  permissions.map((name) => `"${LABELS[name]}" (${name})`).join(' and ');
