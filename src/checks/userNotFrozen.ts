import { userClaim } from './userClaim.ts';

export const userNotFrozen = userClaim('salesforce.user.not-frozen', 'SOQL UserLogin', ({ frozen }) => {
  const expected = 'not frozen';
  if (frozen === undefined)
    return {
      status: 'unknown',
      expected,
      actual: 'whether a user is frozen cannot be seen without the permission Manage Users',
    };
  return { status: frozen ? 'fail' : 'pass', expected, actual: frozen ? 'frozen' : 'not frozen' };
});
