import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { oktaAppItself, type OktaAppItself } from '../resources/oktaApp.ts';

export const oktaAppActive = defineCheck<OktaAppItself, Context>({
  id: 'okta.app.active',
  convergedBy: 'okta.app',
  resource: oktaAppItself,
  judge: (state) => {
    const source = 'GET /api/v1/apps';
    const expected = 'ACTIVE';
    switch (state.kind) {
      case 'found':
        return {
          status: state.app.status === 'ACTIVE' ? 'pass' : 'fail',
          expected,
          actual: state.app.status,
          evidence: [{ source, record: state.app.id }],
        };
      case 'absent':
        return {
          status: 'fail',
          expected,
          actual: `no Salesforce app is labelled "${state.label}"`,
          evidence: [{ source }],
        };
      case 'unknown-id':
        return {
          status: 'unknown',
          expected,
          actual: `no Salesforce app has the id ${state.id}`,
          evidence: [{ source }],
        };
      case 'several':
        return {
          status: 'unknown',
          expected,
          actual: `several apps are labelled "${state.label}": ${state.apps.map(({ id }) => id).join(', ')}`,
          evidence: [{ source }],
        };
    }
  },
});
