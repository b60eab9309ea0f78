import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { instanceTypeFits, instanceTypeOf, oktaApp, type OktaApp } from '../resources/oktaApp.ts';
import { skipped } from './compared.ts';

/** Set right where nobody uses the app; of an app in use the plan shows it together with why it is refused. */
export const oktaAppInstanceType = defineCheck<OktaApp, Context>({
  id: 'okta.app.instance-type',
  convergedBy: 'okta.app',
  resource: oktaApp,
  judge: (state, { intent }) =>
    state.kind === 'found'
      ? {
          status: instanceTypeFits(state.app, state.instanceType, intent) ? 'pass' : 'fail',
          expected: state.instanceType,
          actual: instanceTypeOf(state.app) ?? 'none',
          evidence: [{ source: `GET /api/v1/apps/${state.app.id}`, record: state.app.id }],
        }
      : skipped('there is no one Okta app to look at'),
});
