import { defineCheck } from '../engine/check.ts';
import { apiAccess, type ApiAccess } from '../resources/apiAccess.ts';
import type { Context } from '../resources/context.ts';

export const orgApi = defineCheck<ApiAccess, Context>({
  id: 'salesforce.org.api',
  resource: apiAccess,
  judge: (state) => ({
    status: state.kind === 'answers' ? 'pass' : 'fail',
    expected: 'the API answers',
    actual: state.kind === 'answers' ? state.org.edition : state.reason,
    evidence: [{ source: 'SOQL Organization', ...(state.kind === 'answers' && { record: state.org.id }) }],
  }),
});
