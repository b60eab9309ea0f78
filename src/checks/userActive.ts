import { isApiOnly } from '../resources/integrationUser.ts';
import { userClaim } from './userClaim.ts';

export const userActive = userClaim('salesforce.user.active', 'SOQL User', (state) => ({
  status: state.user.IsActive && !isApiOnly(state) ? 'pass' : 'fail',
  expected: 'active and able to log in',
  actual: `${state.user.Username} is ${state.user.IsActive ? 'active' : 'inactive'}${isApiOnly(state) ? ' and API-only' : ''}`,
}));
