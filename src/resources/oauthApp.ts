/** The OAuth app, found by its exact API name. contracts/salesforce.md §0.3 (what Okta needs) */
import type { Change, Obstacle } from '../engine/change.ts';
import { compare, differences, type Comparison } from '../engine/comparison.ts';
import type { Intent } from '../intent.ts';
import { APP_WORDS, type App } from './app.ts';
import { connectedApps } from './connectedApps.ts';
import type { PairResource } from './context.ts';
import { externalClientApps } from './externalClientApps.ts';
import { grants, type DatedGrant } from './grants.ts';

export interface OauthApp {
  readonly app: App | undefined;
  /** All other apps that were made in this org, of either kind. */
  readonly others: readonly App[];
  /** Apps under other names, or of the other kind, that have our callback: one of them may be what the person means. */
  readonly sameCallback: readonly App[];
  /** Another app that is called what ours would be: approvals name an app by its label only. */
  readonly sameLabel?: App;
  readonly grants: readonly DatedGrant[];
}

export const oauthApp: PairResource<OauthApp> = {
  id: 'salesforce.app',
  read: async ({ context, see }) => {
    const [external, connected, given] = await Promise.all([see(externalClientApps), see(connectedApps), see(grants)]);
    const { type, name, label, callbackUrl } = context.intent.oauthApp;
    const isOurs = (app: App): boolean => app.type === type && app.name === name;
    const others = [...external, ...connected].filter((app) => !isOurs(app));
    const sameLabel = others.find((app) => app.label === label);
    return {
      app: [...external, ...connected].find(isOurs),
      others,
      sameCallback: others.filter(({ settings }) => settings.callback?.split(/\s+/).includes(callbackUrl)),
      ...(sameLabel && { sameLabel }),
      grants: given,
    };
  },
};

export const SCOPES = ['Api', 'RefreshToken'] as const;

/** Each field of the app against what is wanted; empty where there is no app to compare. */
export const compareOauthApp = ({ app }: Pick<OauthApp, 'app'>, intent: Intent): Comparison[] => {
  if (!app) return [];
  const { settings } = app;
  const { callbackUrl, pkce, refreshTokenRotation } = intent.oauthApp;
  return [
    compare('salesforce.app.scopes', settings.scopes, SCOPES),
    compare('salesforce.app.callback', settings.callback, callbackUrl),
    compare('salesforce.app.pkce', settings.pkce, pkce),
    compare('salesforce.app.refresh-token-rotation', settings.refreshTokenRotation, refreshTokenRotation),
    compare('salesforce.app.secret-required.web-server-flow', settings.secretForWebServerFlow, true),
    compare('salesforce.app.secret-required.refresh-flow', settings.secretForRefreshFlow, true),
    ...Object.entries(settings.flows).map(([flow, state]) => compare(`salesforce.app.flows-off.${flow}`, state, 'off')),
  ];
};

export const diffOauthApp = (state: OauthApp, intent: Intent): Change[] => {
  if (state.app) return differences(compareOauthApp(state, intent));
  const { type, name, label, callbackUrl, pkce, refreshTokenRotation } = intent.oauthApp;
  const to = {
    type,
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
  const { type, name, named, label, callbackUrl } = intent.oauthApp;
  const [other] = state.sameCallback;
  if (state.app) return inUse(state, 'app');
  if (other && !named)
    return [
      {
        kind: 'refused',
        reason: `No ${APP_WORDS[type]} is named ${name}, but ${state.sameCallback.map(called).join(', ')} has the callback ${callbackUrl}.`,
        actions: [
          `Add ${other.type === type ? '' : `--app-type ${other.type} `}--app-name ${other.name} to use that app, or --app-name with a new name to make another.`,
        ],
      },
    ];
  if (state.sameLabel)
    return [
      {
        kind: 'refused',
        reason: `Another app, ${called(state.sameLabel)}, has the label "${label}": Salesforce lists approvals by label, so the two could not be told apart.`,
        actions: ['Add --app-label with a label that no other app has.'],
      },
    ];
  return [];
};

const called = ({ type, name }: App): string => `the ${APP_WORDS[type]} ${name}`;

/** An app that somebody has approved is in use; both its settings and its policy are. */
export const inUse = ({ app, grants: given }: OauthApp, part: 'app' | 'policy'): Obstacle[] =>
  app && given.length > 0
    ? [
        {
          kind: 'in-use',
          reason: `The ${part === 'app' ? 'settings' : 'policy'} of ${called(app)} would change, and ${given.length} ${given.length === 1 ? 'user uses' : 'approvals use'} it.`,
          actions: [
            'Add --adopt to agree to these changes.',
            'Or add --app-name with a new name, to leave that app as it is.',
          ],
        },
      ]
    : [];
