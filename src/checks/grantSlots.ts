import { NOT_VISIBLE } from '../resources/approvals.ts';
import { cannotTell, evidenceOf, grantClaim, NO_USER } from './grantClaim.ts';

/** contracts/salesforce.md §6.5: the sixth approval of a user and app ends the oldest. */
const SLOTS = 5;

export const grantSlots = grantClaim('salesforce.grant.slots', 'own', ({ userId, own, sees }) => {
  const expected = 'at most three of five slots used';
  if (userId === undefined) return cannotTell(expected, NO_USER);
  if (!sees.own) return cannotTell(expected, NOT_VISIBLE);
  const status = own.length >= SLOTS ? 'fail' : own.length === SLOTS - 1 ? 'warn' : 'pass';
  return { status, expected, actual: `${own.length} of ${SLOTS}`, evidence: evidenceOf(own) };
});
