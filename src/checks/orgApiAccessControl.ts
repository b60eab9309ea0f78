import { defineCheck } from '../engine/check.ts';
import type { Context, PairResource } from '../resources/context.ts';
import { oauthApp, type OauthApp } from '../resources/oauthApp.ts';
import { approvedAppsOnly } from '../resources/targetOrg.ts';

interface State {
  readonly on: boolean;
  readonly app: OauthApp;
}

const resource: PairResource<State> = {
  id: 'salesforce.api-access-control',
  read: async ({ see }) => {
    const [on, app] = await Promise.all([see(approvedAppsOnly), see(oauthApp)]);
    return { on: on === true, app };
  },
};

/** contracts/salesforce.md §4.3: while it is on, only apps that an admin approved may call the API. Absent: not part of this org. */
export const orgApiAccessControl = defineCheck<State, Context>({
  id: 'salesforce.org.api-access-control',
  resource,
  judge: ({ on, app }) => {
    const approved = app.app?.policy.permittedUsers === 'pre-authorized';
    return {
      status: on && !approved ? 'fail' : 'pass',
      expected: 'off, or the app is approved by an admin',
      actual: on
        ? `on, and the app is ${approved ? 'pre-authorized' : 'open to self-authorization, which does not count'}`
        : 'off',
      evidence: [{ source: 'metadata ConnectedAppSettings', record: 'ConnectedApp' }],
    };
  },
});
