import { defineCheck } from '../engine/check.ts';
import type { Context, PairResource } from '../resources/context.ts';
import {
  instanceTypeFits,
  instanceTypeOf,
  oktaAppItself,
  wantedInstanceType,
  type OktaAppItself,
} from '../resources/oktaApp.ts';
import { skipped } from './compared.ts';

interface State {
  readonly found: OktaAppItself;
  readonly wanted: string;
}

const resource: PairResource<State> = {
  id: 'okta.app.typed',
  read: async ({ see }) => {
    const [found, wanted] = await Promise.all([see(oktaAppItself), see(wantedInstanceType)]);
    return { found, wanted };
  },
};

/** Set right where nobody uses the app; of an app in use the plan shows it together with why it is refused. */
export const oktaAppInstanceType = defineCheck<State, Context>({
  id: 'okta.app.instance-type',
  convergedBy: 'okta.app',
  resource,
  judge: ({ found, wanted }, { intent }) =>
    found.kind === 'found'
      ? {
          status: instanceTypeFits(found.app, wanted, intent) ? 'pass' : 'fail',
          expected: wanted,
          actual: instanceTypeOf(found.app) ?? 'none',
          evidence: [{ source: `GET /api/v1/apps/${found.app.id}`, record: found.app.id }],
        }
      : skipped('there is no one Okta app to look at'),
});
