import { defineCheck } from '../engine/check.ts';
import { probe, type Probe } from '../resources/connection.ts';
import type { Context } from '../resources/context.ts';
import { skipped } from './compared.ts';

/** Okta's own word. The proof that it works is the grant and what came after it, not this. */
export const oktaConnectionCheck = defineCheck<Probe, Context>({
  id: 'okta.connection',
  resource: probe,
  judge: (found) => {
    const evidence = [{ source: 'GET /api/v1/apps/{appId}/connections/default' }];
    if (found.kind === 'not-observable') return skipped("Okta's API does not show the connection of this app");
    if (found.kind === 'refused' && !found.mayNotAsk)
      return skipped(`Okta's API does not show the connection of this app: ${found.reason}`);
    if (found.kind === 'refused') return { status: 'unknown', expected: 'enabled', actual: found.reason, evidence };
    return {
      status: found.enabled ? 'pass' : 'fail',
      expected: 'enabled',
      actual: found.enabled ? 'enabled' : 'disabled',
      evidence,
    };
  },
});
