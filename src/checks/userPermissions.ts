import { missingPermissions, NEEDED_PERMISSIONS } from '../resources/integrationUser.ts';
import { permissionsClaim } from './userClaim.ts';

export const userPermissionsCheck = permissionsClaim({
  id: 'salesforce.user.permissions',
  source: 'SOQL PermissionSetAssignment',
  convergedBy: 'salesforce.user',
  judge: (_user, permissions) => {
    const missing = missingPermissions({ permissions });
    return {
      status: missing.length === 0 ? 'pass' : 'fail',
      expected: NEEDED_PERMISSIONS,
      actual: NEEDED_PERMISSIONS.filter((name) => !missing.includes(name)),
    };
  },
});
