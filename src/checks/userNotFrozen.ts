import { userClaim } from './userClaim.ts';

export const userNotFrozen = userClaim('salesforce.user.not-frozen', 'SOQL UserLogin', ({ frozen }) => ({
  status: frozen ? 'fail' : 'pass',
  expected: 'not frozen',
  actual: frozen ? 'frozen' : 'not frozen',
}));
