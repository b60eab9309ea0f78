import { defineCheck } from '../engine/check.ts';
import type { Context } from '../resources/context.ts';
import type { Happened } from '../resources/happened.ts';
import { oktaTrouble, type OktaTrouble } from '../resources/oktaTrouble.ts';
import { skipped } from './compared.ts';
import { cannotTell } from './grantClaim.ts';

const EXPECTED = 'no failure without a later success, and no rate limit reached';

export const oktaLogCheck = defineCheck<OktaTrouble | undefined, Context>({
  id: 'okta.log',
  resource: oktaTrouble,
  judge: (trouble) => {
    if (!trouble) return skipped('there is no one Okta app to look at');
    const { since, failures, rateLimits, seen, cutAt } = trouble;
    // A failure that is seen is one, however short the log; that there is none takes all of it.
    if (failures.length === 0 && cutAt !== undefined)
      return cannotTell(
        EXPECTED,
        `only the newest ${seen} events are read, back to ${cutAt}; use a shorter --since`,
        'GET /api/v1/logs'
      );
    const found: readonly Happened[] = (failures.length > 0 ? failures : rateLimits).slice(0, 5);
    return {
      status: failures.length > 0 ? 'fail' : rateLimits.length > 0 ? 'warn' : 'pass',
      expected: EXPECTED,
      actual:
        found.length === 0 ? `none in ${seen} events since ${since}` : found.map(({ what, at }) => `${what} at ${at}`),
      evidence:
        found.length === 0
          ? [{ source: 'GET /api/v1/logs' }]
          : found.map(({ source, at, record }) => ({ source, at, ...(record !== undefined && { record }) })),
    };
  },
});
