/**
 * The OAuth policy of the app, and who may use the app where only chosen users may. Salesforce makes the policy of an
 * external client app itself, under a name that cannot be foreseen (contracts/salesforce.md §2.5); its default values are
 * unconfirmed, so each field is compared and set.
 */
import type { OwnPermission } from '../clients/salesforce/people.ts';
import type { Change, Obstacle } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { Intent } from '../intent.ts';
import { UNTIL_REVOKED } from './app.ts';
import { appAccess, type AppAccess } from './appAccess.ts';
import type { PairResource } from './context.ts';
import { ownPermissions } from './ownPermissions.ts';
import { labelled } from './permissionLabels.ts';
import { inUse, oauthApp, type OauthApp } from './oauthApp.ts';

export interface OauthPolicy extends OauthApp {
  /** Only where users must be authorized beforehand. */
  readonly access?: AppAccess;
}

export const oauthPolicy: PairResource<OauthPolicy> = {
  id: 'salesforce.app-policy',
  read: async ({ context, see }) => {
    if (context.intent.oauthApp.permittedUsers === 'self-authorize') return see(oauthApp);
    const [state, access] = await Promise.all([see(oauthApp), see(appAccess)]);
    return { ...state, ...(access && { access }) };
  },
};

/** The same for those who write it. */
export interface WritablePolicy extends OauthPolicy {
  /** What authorizing a user beforehand would take and the running user lacks. */
  readonly lacking: readonly OwnPermission[];
}

export const writablePolicy: PairResource<WritablePolicy> = {
  id: 'salesforce.app-policy.writable',
  read: async ({ context, see }) => {
    if (context.intent.oauthApp.permittedUsers === 'self-authorize')
      return { ...(await see(oauthPolicy)), lacking: [] };
    const [state, own] = await Promise.all([see(oauthPolicy), see(ownPermissions)]);
    const lacking = (['ManageProfilesPermissionsets', 'AssignPermissionSets'] as const).filter(
      (name) => !own.has(name)
    );
    return { ...state, lacking };
  },
};

export const comparePolicy = ({ app, access }: Pick<OauthPolicy, 'app' | 'access'>, intent: Intent): Comparison[] => {
  if (!app) return [];
  const { policy } = app;
  const { permittedUsers, ipRelaxation } = intent.oauthApp;
  return [
    ...(permittedUsers === 'self-authorize'
      ? [compare('salesforce.app.permitted-users', policy.permittedUsers, permittedUsers)]
      : [
          compare('salesforce.app.permitted-users.policy', policy.permittedUsers, permittedUsers),
          compare(
            'salesforce.app.permitted-users.integration-user',
            access?.authorized ? 'authorized' : 'not authorized',
            'authorized'
          ),
        ]),
    compare('salesforce.app.refresh-token-policy', policy.refreshToken, UNTIL_REVOKED),
    compare('salesforce.app.ip-relaxation', policy.ipRelaxation, ipRelaxation),
  ];
};

export const diffPolicy = (state: OauthPolicy, intent: Intent): Change[] => differences(comparePolicy(state, intent));

/** Told also before the app is there: one made and then not to be opened to its user would be a half-made one. */
export const policyObstacles = (state: WritablePolicy): Obstacle[] => {
  const { access, lacking } = state;
  return [
    ...inUse(state, 'policy'),
    ...(lacking.length === 0 || access?.authorized
      ? []
      : [
          {
            kind: 'refused' as const,
            reason: `With --permitted-users pre-authorized the integration user is authorized by a permission set, and to make it the user you are logged in as lacks ${labelled(lacking)}.`,
            actions: [
              `Ask a Salesforce admin for ${labelled(lacking)}, or to authorize the integration user for the app.`,
              'Or use --permitted-users self-authorize.',
            ],
          },
        ]),
  ];
};
