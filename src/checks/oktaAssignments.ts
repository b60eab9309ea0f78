import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { oktaApp, unprovisioned, type OktaApp } from '../resources/oktaApp.ts';
import { skipped } from './compared.ts';

export const oktaAssignments = defineCheck<OktaApp, Context>({
  id: 'okta.assignments',
  resource: oktaApp,
  judge: (state) => {
    if (state.kind !== 'found') return skipped('there is no one Okta app to look at');
    const left = unprovisioned(state.users);
    const source = `GET /api/v1/apps/${state.app.id}/users`;
    return {
      status: left.length === 0 ? 'pass' : 'warn',
      expected: 'no assigned user without a Salesforce user',
      actual: `${left.length} of ${state.users.length} assigned users`,
      evidence: left.length === 0 ? [{ source }] : left.slice(0, 10).map(({ id }) => ({ source, record: id })),
    };
  },
});
