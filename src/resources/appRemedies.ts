/**
 * What to do where Salesforce took a value of the app and did not keep it: the page in Setup, or the flag that asks for what
 * the org insists on. contracts/salesforce.md §4.4 (some are locked in some orgs, and only Support unlocks them)
 */
import type { Change } from '../engine/change.ts';
import type { Intent } from '../intent.ts';

type Wanted = Intent['oauthApp'];

const PAGE = {
  'external-client-app': {
    settings: (name: string): string => `Setup > External Client App Manager > ${name} > Settings > OAuth Settings`,
    policies: (name: string): string => `Setup > External Client App Manager > ${name} > Policies > OAuth Policies`,
  },
  'connected-app': {
    settings: (name: string): string => `Setup > App Manager > ${name} > Edit`,
    policies: (name: string): string => `Setup > Manage Connected Apps > ${name} > Edit Policies`,
  },
} as const;

/** Which page has the field, what it is called there, and the flag that decides it. */
const FIELDS: ReadonlyArray<[path: string, page: 'settings' | 'policies', field: string, flag?: string]> = [
  ['salesforce.app.pkce', 'settings', 'Require Proof Key for Code Exchange (PKCE)', 'pkce'],
  ['salesforce.app.refresh-token-rotation', 'settings', 'Enable Refresh Token Rotation', 'refresh-token-rotation'],
  ['salesforce.app.callback', 'settings', 'Callback URL'],
  ['salesforce.app.scopes', 'settings', 'OAuth Scopes'],
  ['salesforce.app.secret-required.web-server-flow', 'settings', 'Require Secret for Web Server Flow'],
  ['salesforce.app.secret-required.refresh-flow', 'settings', 'Require Secret for Refresh Token Flow'],
  ['salesforce.app.flows-off', 'settings', 'Flow Enablement'],
  ['salesforce.app.permitted-users', 'policies', 'Permitted Users', 'permitted-users'],
  ['salesforce.app.refresh-token-policy', 'policies', 'Refresh token is valid until revoked'],
  ['salesforce.app.ip-relaxation', 'policies', 'IP Relaxation', 'ip-relaxation'],
];

export const appRemedies = ({ path, from }: Change, { type, name }: Pick<Wanted, 'type' | 'name'>): string[] => {
  const found = FIELDS.find(([known]) => path === known || path.startsWith(`${known}.`));
  if (!found) return [];
  const [, page, field, flag] = found;
  return [
    `Set "${field}" in ${PAGE[type][page](name)}; where it is locked there, ask Salesforce Support.`,
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
