import { defineCheck } from '../engine/check.ts';
import type { Context, PairResource } from '../resources/context.ts';
import { OWN_APP_WITH } from '../resources/ownApp.ts';
import { approvedAppsOnly } from '../resources/targetOrg.ts';

interface State {
  readonly on: boolean;
  /** Whether an admin approved the app; asked only where that matters. */
  readonly approved: boolean;
}

const resource: PairResource<State> = {
  id: 'salesforce.api-access-control',
  read: async ({ see }) => {
    const on = (await see(approvedAppsOnly)) === true;
    return { on, approved: on && (await see(OWN_APP_WITH.policy))?.policy.permittedUsers === 'pre-authorized' };
  },
};

/** contracts/salesforce.md §4.3: while it is on, only apps that an admin approved may call the API. Absent: not part of this org. */
export const orgApiAccessControl = defineCheck<State, Context>({
  id: 'salesforce.org.api-access-control',
  resource,
  judge: ({ on, approved }) => ({
    status: on && !approved ? 'fail' : 'pass',
    expected: 'off, or the app is approved by an admin',
    actual: on
      ? `on, and the app is ${approved ? 'pre-authorized' : 'open to self-authorization, which does not count'}`
      : 'off',
    evidence: [{ source: 'metadata ConnectedAppSettings', record: 'ConnectedApp' }],
  }),
});
