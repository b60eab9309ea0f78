/**
 * The pair as a drawing: what belongs to which org, what connects them, and how each part stands. Drawn twice, the orgs
 * beside each other and, for a narrow screen, one below the other; the style shows one of them.
 */
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
}

const OKTA: readonly Part[] = [
  { title: 'Okta app', name: ({ oktaApp }) => oktaApp?.label ?? 'none', claims: ['okta.app.', 'okta.assignments'] },
  { title: 'Features', name: () => 'what Okta does with users', claims: ['okta.features', 'test.'] },
  { title: 'Connection', name: () => 'how Okta reaches Salesforce', claims: ['okta.connection', 'okta.log'] },
];

const SALESFORCE: readonly Part[] = [
  {
    title: 'Target org',
    name: ({ targetOrg }) => targetOrg.username,
    claims: ['salesforce.org.', 'salesforce.secret-access', 'salesforce.temporary-access'],
  },
  { title: 'OAuth app', name: ({ oauthApp }) => oauthApp.name, claims: ['salesforce.app.'] },
  {
    title: 'Integration user',
    name: ({ integrationUser }) => integrationUser?.username ?? 'not named',
    claims: ['salesforce.user.'],
  },
  { title: 'Grant', name: () => 'what the user allowed Okta', claims: ['salesforce.grant.'] },
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
  const told = [...OKTA, ...SALESFORCE].map((part) => `${part.title}: ${said(stateOf(report, part.claims))}`);
  const drawing = (kind: string, width: number, height: number, content: string): string =>
    `<svg class="map ${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${markup(told.join('; '))}">\n${content}\n</svg>`;
  return `${drawing('wide', 900, 400, besideEachOther(report))}\n${drawing('narrow', 340, 684, belowEachOther(report))}`;
};

const said = (state: Status | undefined): string => (state ? WORDS[state] : 'not looked at');

const WIDTH = 300;
const HEIGHT = 66;

const besideEachOther = (report: ChecksReport): string => {
  const [left, right, top, bottom] = [30, 570, 46, 310];
  const okta = column(report, OKTA, { x: left, top, bottom });
  const salesforce = column(report, SALESFORCE, { x: right, top, bottom });
  const middle = HEIGHT / 2;
  const [features, connection] = [(top + bottom) / 2 + middle, bottom + middle];
  return `<text class="side" x="${left}" y="26">Okta</text><text class="side" x="${right}" y="26">Salesforce</text>
<path class="wire" d="M${left + WIDTH} ${features} H450 V${top + middle} H${right - 9}"/>${tip(right, top + middle)}<text class="note" x="460" y="${top + middle - 8}">users</text>
<path class="wire" d="M${left + WIDTH} ${connection} H${right - 9}"/>${tip(right, connection)}<text class="note" x="460" y="${connection - 8}">OAuth</text>
${okta}
${salesforce}`;
};

const belowEachOther = (report: ChecksReport): string => {
  const x = 20;
  return `<text class="side" x="${x}" y="26">Okta</text>
${column(report, OKTA, { x, top: 38, bottom: 206 })}
<path class="wire" d="M${x + WIDTH / 2} 272 V311"/><path class="tip" d="M${x + WIDTH / 2} 320 l-6 -10 h12 z"/>
<text class="note" x="${x + WIDTH / 2 + 12}" y="300">users, by OAuth</text><text class="side" x="${x}" y="308">Salesforce</text>
${column(report, SALESFORCE, { x, top: 320, bottom: 590 })}`;
};

const tip = (x: number, y: number): string => `<path class="tip" d="M${x} ${y} l-10 -6 v12 z"/>`;

interface Place {
  readonly x: number;
  readonly top: number;
  /** Where the last box begins. */
  readonly bottom: number;
}

/** Boxes one below the other, and what joins each to the next. */
const column = (report: ChecksReport, parts: readonly Part[], { x, top, bottom }: Place): string => {
  const step = (bottom - top) / (parts.length - 1);
  return parts
    .map((part, index) => {
      const y = top + step * index;
      const join = `<path class="wire" d="M${x + WIDTH / 2} ${y - step + HEIGHT} V${y}"/>`;
      return `${index > 0 ? join : ''}${box(report, part, { x, y })}`;
    })
    .join('\n');
};

const box = (report: ChecksReport, { title, name, claims }: Part, { x, y }: { x: number; y: number }): string => {
  const state = stateOf(report, claims);
  return `<g class="part ${state ?? 'none'}">
<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6"/>
<text class="title" x="${x + 14}" y="${y + 27}">${title}</text><text class="state" x="${x + WIDTH - 14}" y="${y + 27}">${said(state)}</text>
<text class="name" x="${x + 14}" y="${y + 50}">${markup(short(name(report)))}</text></g>`;
};

const short = (text: string): string => ([...text].length > 36 ? `${[...text].slice(0, 35).join('')}…` : text);
