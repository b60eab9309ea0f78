import { integrationIdentity } from '../resources/integrationUser.ts';
import { userClaim } from './userClaim.ts';

export const userActive = userClaim({
  id: 'salesforce.user.active',
  source: 'SOQL User',
  more: integrationIdentity,
  judge: ({ user }) => ({
    status: user.IsActive ? 'pass' : 'fail',
    expected: 'active',
    actual: `${user.Username} is ${user.IsActive ? 'active' : 'inactive'}`,
  }),
});
