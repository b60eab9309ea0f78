import { defineCheck } from '../engine/check.ts';
import { evidence, type Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';

export const grantExists = defineCheck<Evidence, Context>({
  id: 'salesforce.grant.exists',
  resource: evidence,
  judge: ({ grant, userId }) => ({
    status: grant ? 'pass' : userId === undefined ? 'unknown' : 'fail',
    expected: 'an approval of the app by the integration user',
    actual: grant
      ? `given ${grant.grantedAt ?? 'at an unknown time'}, used ${grant.UseCount ?? 0} times`
      : userId === undefined
        ? 'the integration user is not known'
        : 'none',
    evidence: [
      {
        source: 'SOQL OauthToken',
        ...(grant ? { record: grant.UserId } : {}),
        ...(grant?.grantedAt ? { at: grant.grantedAt } : {}),
      },
    ],
  }),
});
