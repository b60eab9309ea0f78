/** How every format orders claims: by side, and in each what needs a person first. */
import type { Status } from '../engine/check.ts';
import type { CheckReport, ChecksReport } from './checkReport.ts';

export interface Group {
  readonly title: string;
  readonly checks: readonly CheckReport[];
}

export const STATUSES: readonly Status[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];

const SIDES = [
  ['Salesforce', 'salesforce.'],
  ['Okta', 'okta.'],
  ['Test', 'test.'],
] as const;

export const groupsOf = ({ checks }: ChecksReport): Group[] =>
  SIDES.map(([title, prefix]) => ({
    title,
    checks: STATUSES.flatMap((status) =>
      checks.filter((check) => check.status === status && check.id.startsWith(prefix))
    ),
  })).filter(({ checks: own }) => own.length > 0);

/** What is to be done, each once, for what is disproven first. */
export const actionsOf = ({ checks }: ChecksReport): string[] => [
  ...new Set(STATUSES.flatMap((status) => checks.flatMap((check) => (check.status === status && check.action) || []))),
];

export const countsOf = ({ summary }: ChecksReport): string =>
  STATUSES.map((status) => `${summary[status]} ${status}`).join(', ');

export const verdictOf = ({ healthy }: ChecksReport): string => (healthy ? 'Healthy' : 'Not healthy');

/** The pair in a line. */
export const pairOf = ({ targetOrg, oktaOrg }: ChecksReport): string => {
  const kind = targetOrg.kind === undefined ? 'org' : `${targetOrg.kind} org`;
  return `${targetOrg.username} (${kind} ${targetOrg.orgId ?? targetOrg.instanceUrl}) and ${oktaOrg.url}`;
};
