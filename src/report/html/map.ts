/** The pair as a drawing: what belongs to which org, what connects them, and how each part stands. */
import type { Status } from '../../engine/check.ts';
import { markup } from '../characters.ts';
import type { ChecksReport } from '../checkReport.ts';
import { STATUSES } from '../groups.ts';
import { WORDS } from './words.ts';

interface Part {
  readonly title: string;
  readonly name: (report: ChecksReport) => string;
  /** The claims that this part stands for begin with these. */
  readonly claims: readonly string[];
  readonly x: number;
  readonly y: number;
}

const WIDTH = 300;
const HEIGHT = 66;
const LEFT = 30;
const RIGHT = 570;

const PARTS: readonly Part[] = [
  {
    title: 'Target org',
    name: ({ targetOrg }) => targetOrg.username,
    claims: ['salesforce.org.', 'salesforce.secret-access', 'salesforce.temporary-access'],
    x: RIGHT,
    y: 46,
  },
  { title: 'OAuth app', name: ({ oauthApp }) => oauthApp.name, claims: ['salesforce.app.'], x: RIGHT, y: 134 },
  {
    title: 'Integration user',
    name: ({ integrationUser }) => integrationUser?.username ?? 'not named',
    claims: ['salesforce.user.'],
    x: RIGHT,
    y: 222,
  },
  { title: 'Grant', name: () => 'what Okta may do', claims: ['salesforce.grant.'], x: RIGHT, y: 310 },
  {
    title: 'Okta app',
    name: ({ oktaApp }) => oktaApp?.label ?? 'none',
    claims: ['okta.app.', 'okta.assignments'],
    x: LEFT,
    y: 46,
  },
  {
    title: 'Connection',
    name: () => 'how Okta reaches Salesforce',
    claims: ['okta.connection', 'okta.log'],
    x: LEFT,
    y: 178,
  },
  { title: 'Features', name: () => 'create, update, deactivate', claims: ['okta.features', 'test.'], x: LEFT, y: 310 },
];

/**
 * The worst of a part's claims. But a part is not proven by its other claims where its own, the first, is not observable: a
 * log without failures does not make a connection.
 */
export const stateOf = ({ checks }: Pick<ChecksReport, 'checks'>, claims: readonly string[]): Status | undefined => {
  const statusesOf = (prefixes: readonly string[]): Status[] =>
    checks.filter(({ id }) => prefixes.some((prefix) => id.startsWith(prefix))).map(({ status }) => status);
  const worst = STATUSES.find((status) => statusesOf(claims).includes(status));
  const own = statusesOf(claims.slice(0, 1));
  return worst === 'pass' && own.length > 0 && own.every((status) => status === 'skipped') ? 'skipped' : worst;
};

export const pairMap = (report: ChecksReport): string => {
  const states = PARTS.map((part) => ({ part, state: stateOf(report, part.claims) }));
  const told = states.map(({ part, state }) => `${part.title}: ${state ? WORDS[state] : 'not looked at'}`).join('; ');
  return `<svg class="map" viewBox="0 0 900 400" role="img" aria-label="${markup(told)}">
<text class="side" x="${LEFT}" y="26">Okta</text><text class="side" x="${RIGHT}" y="26">Salesforce</text>
<line class="wire" x1="${LEFT + WIDTH / 2}" y1="112" x2="${LEFT + WIDTH / 2}" y2="178"/>
<line class="wire" x1="${LEFT + WIDTH / 2}" y1="244" x2="${LEFT + WIDTH / 2}" y2="310"/>
<line class="wire" x1="${RIGHT + WIDTH / 2}" y1="112" x2="${RIGHT + WIDTH / 2}" y2="134"/>
<line class="wire" x1="${RIGHT + WIDTH / 2}" y1="200" x2="${RIGHT + WIDTH / 2}" y2="222"/>
<line class="wire" x1="${RIGHT + WIDTH / 2}" y1="288" x2="${RIGHT + WIDTH / 2}" y2="310"/>
<path class="wire" d="M${LEFT + WIDTH} 211 H450 V343 H${RIGHT - 9}"/><path class="tip" d="M${RIGHT} 343 l-10 -6 v12 z"/>
<path class="wire" d="M${LEFT + WIDTH} 343 H430 V79 H${RIGHT - 9}"/><path class="tip" d="M${RIGHT} 79 l-10 -6 v12 z"/>
<text class="note" x="442" y="205">OAuth</text><text class="note" x="436" y="98">users</text>
${states.map(({ part, state }) => box(report, part, state)).join('\n')}
</svg>`;
};

const box = (
  report: ChecksReport,
  { title, name, x, y }: Part,
  state: Status | undefined
): string => `<g class="part ${state ?? 'none'}">
<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/>
<text class="title" x="${x + 14}" y="${y + 27}">${title}</text><text class="state" x="${x + WIDTH - 14}" y="${y + 27}">${state ? WORDS[state] : 'not looked at'}</text>
<text class="name" x="${x + 14}" y="${y + 50}">${markup(short(name(report)))}</text></g>`;

const short = (text: string): string => ([...text].length > 38 ? `${[...text].slice(0, 37).join('')}…` : text);
