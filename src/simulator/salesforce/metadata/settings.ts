/**
 * Org settings as components: they exist in every org, are updated, never created. contracts/salesforce.md §2.2, §4.3
 * - the first two fields of ConnectedAppSettings are absent unless Support turned API access control on
 */
import { ComponentError } from '../errors.ts';
import type { TypeRules } from './rules.ts';

export const settingsRules: TypeRules = {
  folder: 'settings',
  suffix: 'settings',
  idPrefix: '0st',
  writers: ['CustomizeApplication', 'ModifyAllData'],
  create: () => {
    throw new ComponentError('INVALID_OPERATION', 'Settings cannot be created.');
  },
  change: (store, _component, fields) => {
    const locked = Object.keys(fields).find((name) => name.startsWith('enableAdminApprovedAppsOnly'));
    if (locked !== undefined && !store.knobs.apiAccessControl) {
      throw new ComponentError('FUNCTIONALITY_NOT_ENABLED', `${locked} is not available for your organization.`);
    }
    return fields;
  },
  view: (store, component) =>
    component.type === 'ConnectedAppSettings' && store.knobs.apiAccessControl
      ? {
          enableAdminApprovedAppsOnly: 'true',
          enableAdminApprovedAppsOnlyForExternalUser: 'false',
          ...component.fields,
        }
      : component.fields,
};
