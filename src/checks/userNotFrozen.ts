import { userFrozen } from '../resources/integrationUser.ts';
import { userClaim } from './userClaim.ts';

export const userNotFrozen = userClaim({
  id: 'salesforce.user.not-frozen',
  source: 'SOQL UserLogin',
  more: userFrozen,
  judge: (_user, frozen) => {
    const expected = 'not frozen';
    if (frozen === undefined)
      return {
        status: 'unknown',
        expected,
        actual: 'whether a user is frozen cannot be seen without the permission Manage Users',
      };
    return { status: frozen ? 'fail' : 'pass', expected, actual: frozen ? 'frozen' : 'not frozen' };
  },
});
