import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { targetOrg, type TargetOrg } from '../resources/targetOrg.ts';

export const orgApi = defineCheck<TargetOrg, Context>({
  id: 'salesforce.org.api',
  resource: targetOrg,
  judge: ({ id, edition }) => ({
    status: 'pass',
    expected: 'the API answers',
    actual: edition,
    evidence: [{ source: 'SOQL Organization', record: id }],
  }),
});
