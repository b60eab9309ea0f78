/**
 * The OAuth app: an external client app in the target org, found by its exact API name. contracts/salesforce.md §0.3 (what
 * Okta needs), §1.5 (scopes come back normalised), §2.2 (defaults of absent fields).
 */
import type { Change, Obstacle } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { ExternalClientApp } from '../clients/salesforce/types.ts';
import type { Intent } from '../intent.ts';
import type { PairResource } from './context.ts';
import { externalClientApps } from './externalClientApps.ts';
import { grants, type DatedGrant } from './grants.ts';

export interface OauthApp {
  readonly app: ExternalClientApp | undefined;
  /** Apps under other names that have our callback: one of them may be what the person means. */
  readonly sameCallback: readonly string[];
  readonly grants: readonly DatedGrant[];
}

export const oauthApp: PairResource<OauthApp> = {
  id: 'salesforce.app',
  read: async ({ context, see }) => {
    const [apps, given] = await Promise.all([see(externalClientApps), see(grants)]);
    const { name, callbackUrl } = context.intent.oauthApp;
    const callbacks = (app: ExternalClientApp): string[] => app.global?.callbackUrl?.split(/\s+/) ?? [];
    return {
      app: apps.find(({ header }) => header.fullName === name),
      sameCallback: apps
        .filter((app) => app.header.fullName !== name && callbacks(app).includes(callbackUrl))
        .map(({ header }) => header.fullName),
      grants: given,
    };
  },
};

export const SCOPES = ['Api', 'RefreshToken'] as const;

/** What Salesforce makes of scope names when they are read back. */
const normalised = (scopes: string): string[] => [
  ...new Set(
    scopes
      .split(',')
      .map((scope) => scope.trim())
      .filter(Boolean)
      .map((scope) => (scope === 'OfflineAccess' ? 'RefreshToken' : scope))
      .map((scope) => (['Address', 'Email', 'Phone', 'Profile'].includes(scope) ? 'Basic' : scope))
  ),
];

/** OAuth flows that Okta does not use; an absent field means off. */
export const OFF = {
  isIntrospectAllTokens: 'introspect-all',
  isClientCredentialsFlowEnabled: 'client-credentials',
  isDeviceFlowEnabled: 'device',
  isCodeCredFlowEnabled: 'code-and-credentials',
  isNamedUserJwtEnabled: 'jwt-access-tokens',
  isTokenExchangeEnabled: 'token-exchange',
} as const;

/** Each field of the app against what is wanted; empty where there is no app to compare. */
export const compareOauthApp = ({ app }: OauthApp, intent: Intent): Comparison[] => {
  if (!app) return [];
  const { oauth, global } = app;
  const { callbackUrl, pkce, refreshTokenRotation } = intent.oauthApp;
  return [
    compare('salesforce.app.scopes', oauth && normalised(oauth.commaSeparatedOauthScopes ?? ''), SCOPES),
    compare('salesforce.app.callback', global?.callbackUrl, callbackUrl),
    compare('salesforce.app.pkce', global && (global.isPkceRequired ?? true), pkce),
    compare('salesforce.app.refresh-token-rotation', global?.isRefreshTokenRotationEnabled, refreshTokenRotation),
    compare(
      'salesforce.app.secret-required.web-server-flow',
      global && !(global.isConsumerSecretOptional ?? false),
      true
    ),
    compare(
      'salesforce.app.secret-required.refresh-flow',
      global && (global.isSecretRequiredForRefreshToken ?? true),
      true
    ),
    ...Object.entries(OFF).map(([field, flow]) =>
      compare(`salesforce.app.flows-off.${flow}`, (global?.[field as keyof typeof OFF] ?? false) ? 'on' : 'off', 'off')
    ),
  ];
};

export const diffOauthApp = (state: OauthApp, intent: Intent): Change[] => {
  if (state.app) return differences(compareOauthApp(state, intent));
  const { name, label, callbackUrl, pkce, refreshTokenRotation } = intent.oauthApp;
  const to = {
    name,
    label,
    callback: callbackUrl,
    scopes: SCOPES,
    pkce,
    'refresh-token-rotation': refreshTokenRotation,
  };
  return [{ path: 'salesforce.app.exists', to, creates: true }];
};

export const oauthAppObstacles = (state: OauthApp, intent: Intent): Obstacle[] => {
  const { name, callbackUrl } = intent.oauthApp;
  if (!state.app && state.sameCallback.length > 0)
    return [
      {
        kind: 'refused',
        reason: `No external client app is named ${name}, but ${state.sameCallback.join(', ')} has the callback ${callbackUrl}.`,
        actions: [
          `Add --app-name ${state.sameCallback[0] ?? ''} to use that app, or --app-name with a new name and --callback-url with another callback.`,
        ],
      },
    ];
  return inUse(state, 'app');
};

/** An app that somebody has approved is in use; both its settings and its policy are. */
export const inUse = ({ app, grants: given }: OauthApp, part: 'app' | 'policy'): Obstacle[] =>
  app && given.length > 0
    ? [
        {
          kind: 'in-use',
          reason: `The ${part === 'app' ? 'settings' : 'policy'} of the external client app ${app.header.fullName} would change, and ${given.length} ${given.length === 1 ? 'user uses' : 'approvals use'} it.`,
          actions: [
            'Add --adopt to agree to these changes.',
            'Or add --app-name with a new name, to leave that app as it is.',
          ],
        },
      ]
    : [];
