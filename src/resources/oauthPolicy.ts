/**
 * The OAuth policy of the app. Salesforce makes it together with the app, under a name that cannot be foreseen
 * (contracts/salesforce.md §2.5); its default values are unconfirmed, so each field is compared and set.
 */
import type { Change } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { Intent } from '../intent.ts';
import type { OauthApp } from './oauthApp.ts';

/** The flag's words → the metadata's. Read back, the last one is spelt with a small r in places (§2.2). */
export const IP_RELAXATION = {
  enforce: 'Enforce',
  'enforce-relax-refresh': 'Enforce_RelaxRefresh',
  'bypass-2factor': 'Bypass_2factor',
  bypass: 'Bypass',
} as const satisfies Record<Intent['oauthApp']['ipRelaxation'], string>;

export const comparePolicy = ({ app }: OauthApp, intent: Intent): Comparison[] => {
  if (!app) return [];
  const { policy } = app;
  const wanted = IP_RELAXATION[intent.oauthApp.ipRelaxation];
  const ipRelaxation = Object.values(IP_RELAXATION).find(
    (value) => value.toLowerCase() === policy?.ipRelaxationPolicyType?.toLowerCase()
  );
  return [
    compare('salesforce.app.permitted-users', policy?.permittedUsersPolicyType, 'AllSelfAuthorized'),
    compare('salesforce.app.refresh-token-policy', policy?.refreshTokenPolicyType, 'Infinite'),
    compare('salesforce.app.ip-relaxation', ipRelaxation ?? policy?.ipRelaxationPolicyType, wanted),
  ];
};

export const diffPolicy = (state: OauthApp, intent: Intent): Change[] => differences(comparePolicy(state, intent));
