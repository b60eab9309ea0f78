/** Markdown for a comment on a pull request or a job summary: what needs a person first, what passed folded away. */
import type { CheckReport, ChecksReport } from './checkReport.ts';
import { visible } from './characters.ts';
import { actionsOf, countsOf, groupsOf, pairOf, verdictOf, type Group } from './groups.ts';
import { shown } from './text.ts';

const MARK = {
  pass: 'pass',
  fail: '**FAIL**',
  warn: '**warn**',
  unknown: '**cannot tell**',
  skipped: 'not observable',
} as const;

export const toMarkdown = (report: ChecksReport, name: string): string => {
  const actions = actionsOf(report);
  return [
    `## Okta provisioning ${name}: ${verdictOf(report).toLowerCase()}`,
    '',
    `${plain(pairOf(report))}, ${report.at}`,
    '',
    `${countsOf(report)}`,
    ...groupsOf(report).flatMap(section),
    ...(actions.length > 0 ? ['', '### Next', '', ...actions.map((action) => `- ${plain(action)}`)] : []),
    '',
  ].join('\n');
};

const section = ({ title, checks }: Group): string[] => {
  const open = checks.filter(({ status }) => status !== 'pass' && status !== 'skipped');
  const quiet = checks.filter((check) => !open.includes(check));
  return [
    '',
    `### ${title}`,
    ...(open.length > 0 ? ['', ...table(open)] : []),
    ...(quiet.length > 0
      ? [
          '',
          `<details><summary>${quiet.length} passed or not observable</summary>`,
          '',
          ...table(quiet),
          '',
          '</details>',
        ]
      : []),
  ];
};

const table = (checks: readonly CheckReport[]): string[] => [
  '| | claim | expected | found | seen in |',
  '| --- | --- | --- | --- | --- |',
  ...checks.map(
    ({ id, title, status, expected, actual, evidence }) =>
      `| ${MARK[status]} | ${plain(title)}<br>\`${id}\` | ${plain(expected === null ? '' : shown(expected))} | ${plain(shown(actual))} | ${plain(
        evidence
          .slice(0, 3)
          .map(({ source, record, at }) => `${source}${record ? ` ${record}` : ''}, ${at}`)
          .join('; ')
      )} |`
  ),
];

/**
 * Text that stays text: no markup, no link, no second cell. GitHub and GitLab look for mentions and references in what
 * was rendered, where an entity is a plain character again; a space without width keeps them apart.
 */
const plain = (text: string): string =>
  visible(text)
    .replace(/[\\`*_{}[\]()#+!|~]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/#(?=\d)/g, '#&#8203;') // before there are entities, which begin so
    .replace(/(?<!\w)@(?=\w)/g, '@&#8203;')
    .replace(/(?<=\w)@/g, '&#64;')
    .replace(/\bwww\./gi, 'www&#46;')
    .replaceAll('://', '&#58;//');
