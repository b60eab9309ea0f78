import { isApiOnly } from '../resources/integrationUser.ts';
import { userClaim } from './userClaim.ts';

export const userLicense = userClaim('salesforce.user.license', 'SOQL User, PermissionSetAssignment', (state) => ({
  status: isApiOnly(state) ? 'fail' : 'pass',
  expected: 'a licence and a profile that may log in and consent',
  actual: `${state.user.Profile?.UserLicense?.Name ?? 'no licence'}${state.permissions.has('ApiUserOnly') ? ', API-only' : ''}`,
}));
