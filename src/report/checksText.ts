/** Claims → lines for a person at a terminal or in a log. The words tell everything; width is the printer's affair. */
import type { CheckReport, ChecksReport } from './checkReport.ts';
import { visible } from './characters.ts';
import { actionsOf, countsOf, groupsOf, pairOf, verdictOf } from './groups.ts';
import { shown } from './text.ts';

const MARK = { pass: 'pass', fail: 'FAIL', warn: 'WARN', unknown: '????', skipped: 'skip' } as const;
const INDENT = ' '.repeat(7);

export const checksLines = (report: ChecksReport): string[] => {
  const actions = actionsOf(report);
  return [
    pairOf(report),
    ...groupsOf(report).flatMap(({ title, checks }) => ['', title, ...checks.flatMap(checkLines)]),
    '',
    `${verdictOf(report)}: ${countsOf(report)}.`,
    ...(actions.length > 0 ? ['', 'Next:', ...actions.map((action) => `- ${action}`)] : []),
  ].map(visible);
};

const checkLines = ({ id, title, status, expected, actual, evidence }: CheckReport): string[] => {
  const head = `  ${MARK[status]} ${title}`;
  if (status === 'pass') return [head];
  if (status === 'skipped') return [`${head} (not observable: ${shown(actual)})`];
  return [
    status === 'unknown' ? `${head} (cannot tell)` : head,
    `${INDENT}${id}: ${expected === null ? '' : `expected ${shown(expected)}; `}found ${shown(actual)}`,
    ...evidence
      .slice(0, 3)
      .map(
        ({ source, record, at }) => `${INDENT}seen in ${shown(source)}${record ? ` ${shown(record)}` : ''} at ${at}`
      ),
  ];
};
