/** Judgements → the result of `verify` and `test`, which `--json` prints, the schemas describe and every format renders. Pure. */
import { Messages } from '@salesforce/core';
import type { CheckResult, EvidenceSource, Status } from '../engine/check.ts';
import type { PairAsRead } from '../resources/pairAsRead.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'checks');

/**
 * Where a claim is explained: what it means, how it is read, how to fix it. In the package, as `--help` says where that is: a
 * report is read elsewhere than where it was written, so that a path of one machine is of no use in it.
 */
export const CLAIMS_PAGE = 'sf-plugin-okta/docs/checks.md';

export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly expected: CheckResult['expected'];
  readonly actual: CheckResult['actual'];
  /** Each with the time of the record, or that of the reading. */
  readonly evidence: ReadonlyArray<EvidenceSource & { readonly at: string }>;
  readonly action?: string;
}

export interface ChecksReport extends PairAsRead {
  readonly healthy: boolean;
  readonly summary: Readonly<Record<Status, number>>;
  readonly checks: readonly CheckReport[];
  /** When it was judged. */
  readonly at: string;
}

export const toChecksReport = (
  results: readonly CheckResult[],
  pair: PairAsRead,
  { strict, at }: { readonly strict: boolean; readonly at: string }
): ChecksReport => {
  const checks = results.map((result) => toCheckReport(result, at));
  const count = (status: Status): number => checks.filter((check) => check.status === status).length;
  const summary = {
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    unknown: count('unknown'),
    skipped: count('skipped'),
  };
  const failed = summary.fail + (strict ? summary.warn : 0);
  return { ...pair, healthy: failed + summary.unknown === 0, summary, checks, at };
};

const toCheckReport = ({ id, status, expected, actual, evidence, actions }: CheckResult, at: string): CheckReport => ({
  id,
  title: messages.getMessage(id),
  status,
  expected,
  actual,
  evidence: evidence.map((source) => ({ at, ...source })),
  ...(status === 'pass' || status === 'skipped' ? {} : { action: actionOf(id, status, actions) }),
});

/** Where the claim could not be read, what the error of the read says can be done is nearer than our own advice. */
const actionOf = (id: string, status: Status, actions: readonly string[] = []): string =>
  `${status !== 'unknown' ? messages.getMessage(`${id}.action`) : actions.join(' ') || messages.getMessage('unknown.action')} (${CLAIMS_PAGE}#${anchorOf(id)})`;

/** As the usual renderers make anchors of headings. */
export const anchorOf = (id: string): string => id.replaceAll('.', '');
