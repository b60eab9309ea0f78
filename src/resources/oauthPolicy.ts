/**
 * The OAuth policy of the app, and who may use the app where only chosen users may. Salesforce makes the policy of an
 * external client app itself, under a name that cannot be foreseen (contracts/salesforce.md §2.5); its default values are
 * unconfirmed, so each field is compared and set.
 */
import type { Change } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { Intent } from '../intent.ts';
import { UNTIL_REVOKED } from './app.ts';
import { appAccess, type AppAccess } from './appAccess.ts';
import type { PairResource } from './context.ts';
import { oauthApp, type OauthApp } from './oauthApp.ts';

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

export const comparePolicy = ({ app, access }: OauthPolicy, intent: Intent): Comparison[] => {
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
