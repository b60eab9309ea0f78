import type { PairResource } from '../resources/context.ts';
import { integrationIdentity, userPermissions, type HeldPermissions } from '../resources/integrationUser.ts';
import { skipped } from './compared.ts';
import { userClaim } from './userClaim.ts';

const NOTHING_HELD: HeldPermissions = new Set();

/** Of the user who is taken by default nothing is judged, so nothing is read. */
const heldUnlessByDefault: PairResource<HeldPermissions> = {
  id: 'salesforce.user.held-unless-by-default',
  read: async ({ see }) => {
    const found = await see(integrationIdentity);
    return found.kind === 'found' && found.byDefault ? NOTHING_HELD : see(userPermissions);
  },
};

/** Okta acts as this user: what the user may do, whoever controls Okta may do. */
export const userLeastPrivilege = userClaim({
  id: 'salesforce.user.least-privilege',
  source: 'SOQL PermissionSetAssignment',
  more: heldUnlessByDefault,
  judge: ({ user, byDefault }, permissions, { salesforce }) => {
    if (byDefault) return skipped('it is the user you are logged in as, who is taken by default in this kind of org');
    const personal = user.Username.toLowerCase() === salesforce.username.toLowerCase();
    const found = [
      ...(permissions.has('ModifyAllData') ? ['holds Modify All Data'] : []),
      ...(personal ? ['is the account that you are logged in with'] : []),
    ];
    return {
      status: found.length === 0 ? 'pass' : 'warn',
      expected: 'an account of its own, without Modify All Data',
      actual:
        found.length === 0
          ? 'an account of its own, without Modify All Data'
          : `${user.Username} ${found.join(' and ')}`,
    };
  },
});
