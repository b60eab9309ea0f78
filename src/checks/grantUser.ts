import { NOT_VISIBLE } from '../resources/approvals.ts';
import { cannotTell, evidenceOf, grantClaim, NO_USER } from './grantClaim.ts';

export const grantUser = grantClaim('salesforce.grant.user', 'others', ({ userId, others, sees }) => {
  const expected = 'approved by the integration user and nobody else';
  const users = [...new Set(others.map(({ UserId }) => UserId))];
  if (userId === undefined && users.length > 0) return cannotTell(expected, NO_USER);
  if (users.length > 0)
    return { status: 'fail', expected, actual: `also approved by ${users.join(', ')}`, evidence: evidenceOf(others) };
  return sees.all
    ? { status: 'pass', expected, actual: 'nobody else', evidence: evidenceOf([]) }
    : cannotTell(expected, NOT_VISIBLE);
});
