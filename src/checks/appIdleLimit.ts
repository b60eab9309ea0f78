import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import type { App } from '../resources/app.ts';
import { OWN_APP_WITH } from '../resources/ownApp.ts';
import { skipped } from './compared.ts';

/** contracts/salesforce.md §15.1: with the limit on, the policy still reads "valid until revoked" and is not. */
export const appIdleLimit = defineCheck<App | undefined, Context>({
  id: 'salesforce.app.idle-limit',
  resource: OWN_APP_WITH.settings,
  judge: (app) => {
    if (!app) return skipped('there is no OAuth app');
    if (app.idleLimit === 'not-shown')
      return skipped('this org has no field that shows the idle limit; see the app in Setup');
    const limited = app.idleLimit === 'on';
    const { source, record } = app.sources.settings;
    return {
      status: limited ? 'fail' : 'pass',
      expected: 'off',
      actual: limited ? 'on: a refresh token that is idle for 30 days ends' : 'off',
      evidence: [{ source: `${source}.isEnforceRefreshTokenTTL`, ...(record !== undefined && { record }) }],
    };
  },
});
