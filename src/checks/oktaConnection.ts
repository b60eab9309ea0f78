import { defineCheck } from '../engine/check.ts';
import { evidence as connectionEvidence, probe, type Evidence, type Probe } from '../resources/connection.ts';
import type { Context, PairResource } from '../resources/context.ts';
import { skipped } from './compared.ts';

interface State {
  readonly found: Probe;
  /** What both orgs show of it, where Okta does not say; absent too where that could not be read. */
  readonly shown?: Evidence;
}

const resource: PairResource<State> = {
  id: 'okta.connection-told',
  read: async ({ see }) => {
    const found = await see(probe);
    if (found.kind === 'supported' || (found.kind === 'refused' && found.mayNotAsk)) return { found };
    const shown = await see(connectionEvidence).catch(() => undefined);
    return { found, ...(shown && { shown }) };
  },
};

/**
 * Okta's own word. Where Okta does not give it the claim is skipped, whatever else is seen: a pair that nobody was provisioned
 * through is not a broken one. What is seen is said all the same, since only then a reader knows what was proven.
 */
export const oktaConnectionCheck = defineCheck<State, Context>({
  id: 'okta.connection',
  resource,
  judge: ({ found, shown }) => {
    const evidence = [{ source: 'GET /api/v1/apps/{appId}/connections/default' }];
    const hidden = "Okta's API does not show the connection of this app";
    if (found.kind === 'not-observable') return skipped(`${hidden}${inWords(shown)}`);
    if (found.kind === 'refused' && !found.mayNotAsk)
      return skipped(`${hidden}: ${found.reason.replace(/\.$/, '')}${inWords(shown)}`);
    if (found.kind === 'refused') return { status: 'unknown', expected: 'enabled', actual: found.reason, evidence };
    return {
      status: found.enabled ? 'pass' : 'fail',
      expected: 'enabled',
      actual: found.enabled ? 'enabled' : 'disabled',
      evidence,
    };
  },
});

const inWords = (shown: Evidence | undefined): string => {
  switch (shown?.state) {
    case 'connected':
      return `; that it works is shown by what came after the approval: ${shown.proof?.what ?? ''} at ${shown.proof?.at ?? ''}`;
    case 'unproven':
      return `; unproven: nothing after the approval shows that it works${shown.failure ? `, and ${shown.failure.what} at ${shown.failure.at}` : ''}. "sf okta provisioning test" proves it`;
    case 'waiting':
    case 'wrong-user':
      return '; it is not connected by an approval of the integration user';
    case undefined:
      return '';
  }
};
