import { skipped } from './compared.ts';
import { userClaim } from './userClaim.ts';

/** Okta acts as this user: what the user may do, whoever controls Okta may do. */
export const userLeastPrivilege = userClaim(
  'salesforce.user.least-privilege',
  'SOQL PermissionSetAssignment',
  (state, { salesforce }) => {
    if (state.byDefault)
      return skipped('it is the user you are logged in as, who is taken by default in this kind of org');
    const personal = state.user.Username.toLowerCase() === salesforce.username.toLowerCase();
    const found = [
      ...(state.permissions.has('ModifyAllData') ? ['holds Modify All Data'] : []),
      ...(personal ? ['is the account that you are logged in with'] : []),
    ];
    return {
      status: found.length === 0 ? 'pass' : 'warn',
      expected: 'an account of its own, without Modify All Data',
      actual:
        found.length === 0
          ? 'an account of its own, without Modify All Data'
          : `${state.user.Username} ${found.join(' and ')}`,
    };
  }
);
