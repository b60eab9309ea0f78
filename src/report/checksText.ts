/** Claims → lines for a person at a terminal or in a log. The words tell everything; colour is not needed. */
import type { CheckReport, ChecksReport } from './checkReport.ts';
import { actionsOf, countsOf, groupsOf, pairOf, verdictOf } from './groups.ts';
import { shown } from './text.ts';

const MARK = { pass: 'pass', fail: 'FAIL', warn: 'WARN', unknown: '????', skipped: 'skip' } as const;
const INDENT = ' '.repeat(7);

/** `width` of the terminal; lines are broken between words. */
export const checksLines = (report: ChecksReport, width: number): string[] => {
  const actions = actionsOf(report);
  return [
    ...wrapped(pairOf(report), '', '  ', width),
    ...groupsOf(report).flatMap(({ title, checks }) => ['', title, ...checks.flatMap((check) => checkLines(check, width))]),
    '',
    ...wrapped(`${verdictOf(report)}: ${countsOf(report)}.`, '', '  ', width),
    ...(actions.length > 0 ? ['', 'Next:', ...actions.flatMap((action) => wrapped(action, '- ', '  ', width))] : []),
  ];
};

const checkLines = ({ id, title, status, expected, actual, evidence }: CheckReport, width: number): string[] => {
  const head = `  ${MARK[status]} `;
  const name = status === 'unknown' ? `${title} (cannot tell)` : title;
  if (status === 'pass') return wrapped(name, head, INDENT, width);
  if (status === 'skipped') return wrapped(`${name} (not observable: ${shown(actual)})`, head, INDENT, width);
  return [
    ...wrapped(name, head, INDENT, width),
    ...wrapped(`${id}: ${expected === null ? '' : `expected ${shown(expected)}; `}found ${shown(actual)}`, INDENT, INDENT, width),
    ...evidence.slice(0, 3).flatMap(({ source, record, at }) => wrapped(`seen in ${shown(source)}${record ? ` ${shown(record)}` : ''} at ${at}`, INDENT, INDENT, width)),
  ];
};

/** Breaks a text between words; a word that is longer than a line stays whole, so that it can be copied. */
export const wrapped = (text: string, first: string, next: string, width: number): string[] => {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
};
