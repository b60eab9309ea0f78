import { NOT_VISIBLE } from '../resources/approvals.ts';
import { skipped } from './compared.ts';
import { cannotTell, grantClaim, NO_USER } from './grantClaim.ts';

const DAY = 24 * 3_600_000;

/** A use may have failed (contracts/salesforce.md §15.2): this shows only that the approval does not lie idle. */
export const grantLastUsed = grantClaim('salesforce.grant.last-used', 'own', ({ userId, own, sees }, { now }) => {
  const expected = 'used within 30 days';
  if (userId === undefined) return cannotTell(expected, NO_USER);
  if (own.length === 0) return sees.own ? skipped('there is no approval') : cannotTell(expected, NOT_VISIBLE);
  const times = own
    .flatMap(({ LastUsedDate }) => LastUsedDate ?? [])
    .sort((one, other) => Date.parse(one) - Date.parse(other));
  const last = times.at(-1);
  const idle = last === undefined ? Number.POSITIVE_INFINITY : now() - Date.parse(last);
  return {
    status: idle <= 30 * DAY ? 'pass' : 'warn',
    expected,
    actual: last === undefined ? 'never used' : `last used ${last}`,
    evidence: [{ source: 'SOQL OauthToken', record: userId, ...(last !== undefined && { at: last }) }],
  };
});
