import { NOT_VISIBLE } from '../resources/approvals.ts';
import { cannotTell, evidenceOf, grantClaim, NO_USER } from './grantClaim.ts';

export const grantExists = grantClaim('salesforce.grant.exists', 'own', ({ userId, own, sees }) => {
  const expected = 'an approval of the app by the integration user';
  if (userId === undefined) return cannotTell(expected, NO_USER);
  const newest = own.at(-1);
  if (newest)
    return {
      status: 'pass',
      expected,
      actual: `given ${newest.grantedAt ?? 'at an unknown time'}, used ${newest.UseCount ?? 0} times`,
      evidence: evidenceOf([newest]),
    };
  return sees.own
    ? { status: 'fail', expected, actual: 'none', evidence: evidenceOf([]) }
    : cannotTell(expected, NOT_VISIBLE);
});
