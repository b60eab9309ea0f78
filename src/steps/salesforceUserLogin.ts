/**
 * A user that was made here sets its password by the link that Salesforce mails, and logs in for the first time. Nobody but
 * that person can: no password is set or seen by us. contracts/salesforce.md §8.1
 */
import type { Change } from '../engine/change.ts';
import { defineStep } from '../engine/step.ts';
import type { Context } from '../resources/context.ts';
import { integrationUser, namedUser, runningUser, type IntegrationUser } from '../resources/integrationUser.ts';
import { poll } from './poll.ts';

export const salesforceUserLogin = defineStep<IntegrationUser, Context>({
  id: 'salesforce.user-login',
  needs: ['salesforce.user', 'okta.app'],
  resource: integrationUser,
  affects: [runningUser, namedUser],
  unknownUntil: ({ kind }) => (kind === 'absent' ? 'salesforce.user' : undefined),
  diff: (state, { intent }) => (intent.createIntegrationUser ? diffLogin(state) : []),
  apply: async ({ world, working }) => {
    await poll(world.context.patience, working, async () => {
      const state = await world.see(integrationUser);
      if (state.kind !== 'found' || diffLogin(state).length === 0) return undefined;
      const { Username, Email } = state.user;
      return {
        instruction: {
          summary: `${Username} has to set a password and log in.`,
          details: [
            `- Open the newest mail that Salesforce sent to ${Email ?? 'its address'} and follow the link to choose a password.`,
            `- If there is none: an admin has another sent by selecting ${Username} in Setup > Users and pressing Reset Password.`,
            `- Then log in at ${world.context.salesforce.instanceUrl} as ${Username}.`,
          ],
        },
        again: async () => world.forget(runningUser, namedUser, integrationUser),
      };
    });
  },
});

const diffLogin = (state: IntegrationUser): Change[] =>
  state.kind === 'found' && !state.user.LastLoginDate
    ? [{ path: 'salesforce.user.first-login', from: 'never', to: 'logged in' }]
    : [];
