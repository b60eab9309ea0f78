import { userClaim } from './userClaim.ts';

export const userActive = userClaim('salesforce.user.active', 'SOQL User', ({ user }) => ({
  status: user.IsActive ? 'pass' : 'fail',
  expected: 'active',
  actual: `${user.Username} is ${user.IsActive ? 'active' : 'inactive'}`,
}));
