import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { oauthTrouble, type OauthTrouble } from '../resources/oauthTrouble.ts';
import { cannotTell } from './grantClaim.ts';

export const grantErrors = defineCheck<OauthTrouble, Context>({
  id: 'salesforce.grant.errors',
  resource: oauthTrouble,
  judge: ({ since, failures, seen, complete, cutAt }) => {
    const expected = 'no failed token exchange without a later success';
    if (!complete)
      return cannotTell(
        expected,
        'the logins of other users cannot be seen without the permission Manage Users or Monitor Login History',
        'SOQL LoginHistory'
      );
    if (cutAt !== undefined)
      return cannotTell(
        expected,
        `only the newest events are read, back to ${cutAt}, and none of them is of this app; use a shorter --since`,
        'SOQL IdpEventLog, LoginHistory'
      );
    if (failures.length === 0)
      return {
        status: 'pass',
        expected,
        actual: `none in ${seen} events since ${since}`,
        evidence: [{ source: 'SOQL IdpEventLog, LoginHistory' }],
      };
    const newest = failures.slice(0, 5);
    return {
      status: 'fail',
      expected,
      actual: newest.map(({ what, at }) => `${what} at ${at}`),
      evidence: newest.map(({ source, at }) => ({ source, at })),
    };
  },
});
