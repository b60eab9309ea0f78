import type { Change, Obstacle } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { Intent, ProvisioningFeature } from '../intent.ts';
import type { ConnectionState, Evidence } from './connection.ts';
import { FEATURE, type OktaApp, type OktaAppItself } from './oktaApp.ts';

/**
 * The boxes under Provisioning > To App. `features` on the app is read-only and lists what is on, whatever the app
 * (contracts/okta.md §0.1 6, §1.4); a box that nobody asked for is as wrong as one that is missing.
 */
export const compareFeatures = (state: OktaAppItself | OktaApp, intent: Intent): Comparison[] =>
  state.kind === 'found'
    ? (Object.keys(FEATURE) as ProvisioningFeature[]).map((feature) =>
        compare(
          `okta.features.${feature}`,
          state.app.features.includes(FEATURE[feature]) ? 'on' : 'off',
          intent.oktaApp.features.includes(feature) ? 'on' : 'off'
        )
      )
    : [];

export const diffFeatures = (state: OktaApp, intent: Intent): Change[] => differences(compareFeatures(state, intent));

/** Connecting an app that others use changes what happens to their accounts: a person must know and agree. */
export const switchingOnObstacles = (app: OktaApp, found: Evidence): Obstacle[] => {
  const untouched: ConnectionState[] = ['waiting', 'wrong-user'];
  if (app.kind !== 'found' || found.grant || !untouched.includes(found.state)) return [];
  const { users } = app;
  // Somebody approved our own app and saved: what is on came of that, and there is nobody whom it could touch yet.
  const ownDoing = app.app.features.length === 0 || found.state === 'wrong-user';
  if (users.length === 0 && ownDoing) return [];
  const inUse = `The Okta app "${app.app.label}" is in use (${users.length} assigned ${users.length === 1 ? 'user' : 'users'}, `;
  const agree = 'Add --adopt to agree.';
  // Our own app, approved before this run by the user it is to be approved by again: nothing is switched on.
  if (found.earlier && app.app.features.length > 0)
    return [
      {
        kind: 'in-use',
        reason: `${inUse}provisioning on, since an approval of ${found.earlier.grantedAt ?? 'some time ago'}). To connect it anew gives Okta another approval in place of that one, by which it then goes on.`,
        actions: [agree, 'Or run the command without --reauthenticate to leave it as it is.'],
      },
    ];
  return [
    {
      kind: 'in-use',
      reason:
        `${inUse}${app.app.features.length === 0 ? 'provisioning off' : 'provisioning on, with other credentials'}). ` +
        'Provisioning through it lets Update overwrite what is in Salesforce, and a push replaces permission sets.',
      actions: [agree, 'Or add --okta-app-label with a new label to make an Okta app of its own.'],
    },
  ];
};
