/**
 * JUnit XML: a suite for each side, a testcase for each claim. Valid by the schema of Ant's task, which is the strictest in
 * use: every suite has properties, system-out and system-err, and a testcase holds one of failure and skipped.
 */
import type { CheckReport, ChecksReport } from './checkReport.ts';
import { markup } from './characters.ts';
import { groupsOf, pairOf, type Group } from './groups.ts';
import { shown } from './text.ts';

export const toJunit = (report: ChecksReport, name: string): string => {
  const suites = groupsOf(report).map((group, index) => suite(group, { report, name, index }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
};

interface Where {
  readonly report: ChecksReport;
  readonly name: string;
  readonly index: number;
}

const suite = ({ title, checks }: Group, { report, name, index }: Where): string => {
  const count = (...statuses: string[]): number => checks.filter(({ status }) => statuses.includes(status)).length;
  const attributes = attributesOf({
    id: String(index),
    package: 'okta.provisioning',
    name: `${name} ${title}`,
    timestamp: report.at.slice(0, 19),
    hostname: new URL(report.targetOrg.instanceUrl).hostname,
    tests: String(checks.length),
    failures: String(count('fail')),
    errors: '0',
    skipped: String(count('unknown', 'skipped')),
    time: '0',
  });
  const warnings = checks
    .filter(({ status }) => status === 'warn')
    .map((check) => `WARN ${check.id}: ${explained(check)}`);
  return [
    `  <testsuite ${attributes}>`,
    '    <properties>',
    `      <property ${attributesOf({ name: 'pair', value: pairOf(report) })}/>`,
    '    </properties>',
    ...checks.map(testcase),
    `    <system-out>${warnings.map(markup).join('\n')}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ].join('\n');
};

const testcase = (check: CheckReport): string => {
  const attributes = attributesOf({ name: `${check.id}: ${check.title}`, classname: check.id, time: '0' });
  const message = attributesOf({ message: explained(check) });
  if (check.status === 'fail')
    return `    <testcase ${attributes}><failure ${message} type="fail">${markup(detailsOf(check))}</failure></testcase>`;
  if (check.status === 'unknown' || check.status === 'skipped')
    return `    <testcase ${attributes}><skipped ${message}/></testcase>`;
  return `    <testcase ${attributes}/>`;
};

const explained = ({ status, expected, actual, action }: CheckReport): string => {
  if (status === 'skipped') return `not observable: ${shown(actual)}`;
  if (status === 'unknown') return `cannot tell: ${shown(actual)} ${action ?? ''}`.trim();
  return `expected ${shown(expected)}; found ${shown(actual)}. ${action ?? ''}`.trim();
};

const detailsOf = ({ evidence }: CheckReport): string =>
  evidence.map(({ source, record, at }) => `seen in ${source}${record ? ` ${record}` : ''} at ${at}`).join('; ');

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}="${markup(value)}"`)
    .join(' ');
