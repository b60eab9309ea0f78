import { defineCheck } from '../engine/check.ts';
import { evidence, type Evidence } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';

export const grantUser = defineCheck<Evidence, Context>({
  id: 'salesforce.grant.user',
  resource: evidence,
  judge: ({ otherUsers, userId }) => ({
    status: otherUsers.length === 0 ? 'pass' : userId === undefined ? 'unknown' : 'fail',
    expected: 'approved by the integration user and nobody else',
    actual: otherUsers.length === 0 ? 'nobody else' : `also approved by ${otherUsers.join(', ')}`,
    evidence: [{ source: 'SOQL OauthToken' }],
  }),
});
