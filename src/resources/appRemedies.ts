/**
 * What to do where Salesforce took a value of the app and did not keep it: the field in Setup, or the flag that asks for what
 * the org insists on. Pages of Setup have other names in other releases; the fields are called as in contracts/salesforce.md
 * §0.3 and §15.1, and in docs/sources.md. PKCE and rotation are locked in some orgs, and only Support unlocks them (§4.4).
 */
import type { Change } from '../engine/change.ts';
import type { Intent } from '../intent.ts';
import { APP_WORDS } from './app.ts';

type Wanted = Intent['oauthApp'];

/** What the field is called, whether the app's own settings or its policies hold it, and the flag that decides it. */
const FIELDS: ReadonlyArray<[path: string, part: 'settings' | 'policies', field: string, flag?: string]> = [
  [
    'salesforce.app.pkce',
    'settings',
    '"Require Proof Key for Code Exchange (PKCE) extension for Supported Authorization Flows"',
    'pkce',
  ],
  ['salesforce.app.refresh-token-rotation', 'settings', '"Enable Refresh Token Rotation"', 'refresh-token-rotation'],
  ['salesforce.app.callback', 'settings', 'the callback'],
  ['salesforce.app.scopes', 'settings', 'the scopes'],
  ['salesforce.app.secret-required.web-server-flow', 'settings', '"Require secret for Web Server Flow"'],
  ['salesforce.app.secret-required.refresh-flow', 'settings', '"Require secret for Refresh Token Flow"'],
  ['salesforce.app.flows-off', 'settings', 'the flows that are not needed'],
  ['salesforce.app.permitted-users', 'policies', '"Permitted Users"', 'permitted-users'],
  ['salesforce.app.refresh-token-policy', 'policies', '"Refresh token is valid until revoked"'],
  ['salesforce.app.ip-relaxation', 'policies', 'the IP relaxation', 'ip-relaxation'],
];

export const appRemedies = ({ path, from }: Change, { type, name }: Pick<Wanted, 'type' | 'name'>): string[] => {
  const found = FIELDS.find(([known]) => path === known || path.startsWith(`${known}.`));
  if (!found) return [];
  const [, part, field, flag] = found;
  return [
    `In Salesforce Setup, set ${field} in the OAuth ${part} of the ${APP_WORDS[type]} ${name}; where that is locked, ask Salesforce Support.`,
    ...(flag === undefined ? [] : acceptance(flag, from)),
  ];
};

/** How to ask for what is there. A value that the flag has no word for cannot be asked for. */
const acceptance = (flag: string, from: Change['from']): string[] => {
  if (typeof from === 'boolean')
    return [
      `Or accept what the org insists on: run the same command ${from ? `without --no-${flag}` : `with --no-${flag}`}.`,
    ];
  return typeof from === 'string' && /^[a-z0-9-]+$/.test(from)
    ? [`Or accept what the org insists on: run the same command with --${flag} ${from}.`]
    : [];
};
