import { missingPermissions, NEEDED_PERMISSIONS } from '../resources/integrationUser.ts';
import { userClaim } from './userClaim.ts';

export const userPermissions = userClaim(
  'salesforce.user.permissions',
  'SOQL PermissionSetAssignment',
  (state) => {
    const missing = missingPermissions(state);
    return {
      status: missing.length === 0 ? 'pass' : 'fail',
      expected: NEEDED_PERMISSIONS,
      actual: NEEDED_PERMISSIONS.filter((name) => !missing.includes(name)),
    };
  },
  'salesforce.user'
);
