import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { targetOrg, type TargetOrg } from '../resources/targetOrg.ts';

/** The target org answers and its API is open. Only read: where it is closed, the read says so before the first write. */
export const salesforceOrg = defineStep<TargetOrg, Context>({
  id: 'salesforce.org',
  needs: [],
  resource: targetOrg,
  diff: () => [],
  facts: ({ id }) => ({ 'salesforce.org.id': id }),
  apply: async () => {},
});
