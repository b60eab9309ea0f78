import type { Obstacle } from '../engine/change.ts';
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { foundOfOrg } from '../resources/found.ts';
import { preflight, type Preflight } from '../resources/preflight.ts';
import { trialDaysLeft, type TargetOrg } from '../resources/targetOrg.ts';

/** The target org answers and its API is open. Only read: where it is closed, the read says so before the first write. */
export const salesforceOrg = defineStep<Preflight, Context>({
  id: 'salesforce.org',
  needs: [],
  resource: preflight,
  diff: () => [],
  obstacles: ({ org }, { now }) => expired(org, now()),
  found: (state, { now }) => foundOfOrg(state, now()),
  facts: ({ org }) => ({ 'salesforce.org.id': org.id }),
  apply: async () => {},
});

const expired = (org: TargetOrg, now: number): Obstacle[] =>
  (trialDaysLeft(org, now) ?? 0) < 0
    ? [
        {
          kind: 'refused',
          reason: `The trial of ${org.name} ended on ${org.trialExpiration?.slice(0, 10) ?? ''}.`,
          actions: [
            'Ask Salesforce to turn the trial into a paid org, or log in to another org and name it by --target-org.',
          ],
        },
      ]
    : [];
