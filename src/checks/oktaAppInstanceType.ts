import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import { instanceTypeFits, instanceTypeOf, oktaApp, type OktaApp } from '../resources/oktaApp.ts';
import { skipped } from './compared.ts';

/** No step changes it: of an app in use it must not be, and a new label makes a new app. */
export const oktaAppInstanceType = defineCheck<OktaApp, Context>({
  id: 'okta.app.instance-type',
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
