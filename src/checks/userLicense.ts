import { isApiOnly } from '../resources/integrationUser.ts';
import { permissionsClaim } from './userClaim.ts';

export const userLicense = permissionsClaim({
  id: 'salesforce.user.license',
  source: 'SOQL User, PermissionSetAssignment',
  judge: ({ user }, permissions) => ({
    status: isApiOnly({ user, permissions }) ? 'fail' : 'pass',
    expected: 'a licence and a profile that may log in and consent',
    actual: `${user.Profile?.UserLicense?.Name ?? 'no licence'}${permissions.has('ApiUserOnly') ? ', API-only' : ''}`,
  }),
});
