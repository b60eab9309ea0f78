import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { targetOrg, type TargetOrg } from '../resources/targetOrg.ts';

const DAY = 24 * 3_600_000;

/** A scratch org expires too, but is no trial. */
export const orgTrial = defineCheck<TargetOrg, Context>({
  id: 'salesforce.org.trial',
  resource: targetOrg,
  judge: ({ id, kind, trialExpiration = '' }, { now }) => {
    const evidence = [{ source: 'SOQL Organization', record: id }];
    const expected = 'no trial that ends';
    if (kind !== 'trial') return { status: 'pass', expected, actual: `a ${kind} org`, evidence };
    const left = Math.floor((Date.parse(trialExpiration) - now()) / DAY);
    if (!(left > 0))
      return { status: 'fail', expected, actual: `the trial ended or ends today (${trialExpiration})`, evidence };
    return { status: 'warn', expected, actual: `the trial ends in ${left} days (${trialExpiration})`, evidence };
  },
});
