import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { integrationUser, integrationUserObstacles, type IntegrationUser } from '../resources/integrationUser.ts';

/** The integration user can log in to approve the app and holds what Okta needs. Only read: a user is not ours to change. */
export const salesforceUser = defineStep<IntegrationUser, Context>({
  id: 'salesforce.user',
  needs: ['salesforce.org'],
  resource: integrationUser,
  diff: () => [],
  obstacles: integrationUserObstacles,
  facts: (state): Record<string, string> => (state.kind === 'found' ? { 'salesforce.user.id': state.user.Id } : {}),
  apply: async () => {},
});
