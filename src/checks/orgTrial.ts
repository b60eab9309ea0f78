import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { targetOrg, trialDaysLeft, type TargetOrg } from '../resources/targetOrg.ts';

/** A scratch org expires too, but is no trial. */
export const orgTrial = defineCheck<TargetOrg, Context>({
  id: 'salesforce.org.trial',
  resource: targetOrg,
  judge: (org, { now }) => {
    const { id, kind, trialExpiration = '' } = org;
    const evidence = [{ source: 'SOQL Organization', record: id }];
    const expected = 'no trial that ends';
    const left = trialDaysLeft(org, now());
    if (left === undefined) return { status: 'pass', expected, actual: `a ${kind} org`, evidence };
    if (!(left > 0))
      return { status: 'fail', expected, actual: `the trial ended or ends today (${trialExpiration})`, evidence };
    return { status: 'warn', expected, actual: `the trial ends in ${left} days (${trialExpiration})`, evidence };
  },
});
