/** Events and judgements → the results that `--json` prints and the schemas describe. Pure. */
import { Messages } from '@salesforce/core';
import type { Change, Obstacle } from '../engine/change.ts';
import type { CheckResult, EvidenceSource, Status } from '../engine/check.ts';
import type { StepEvent } from '../engine/runner.ts';
import type { PairSummary } from '../resources/summary.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const stepMessages = Messages.loadMessages('sf-plugin-okta', 'steps');
const checkMessages = Messages.loadMessages('sf-plugin-okta', 'checks');
const setupMessages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.setup');

export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'unchanged' | 'changed' | 'planned' | 'waiting' | 'skipped' | 'failed';
  readonly changes: readonly Change[];
  /** Why it was skipped, or what stands against it. */
  readonly reasons?: readonly string[];
  /** What a person must do. */
  readonly instruction?: readonly string[];
}

export interface SetupReport extends Partial<PairSummary> {
  readonly steps: readonly StepReport[];
  readonly next: readonly string[];
}

export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly expected: CheckResult['expected'];
  readonly actual: CheckResult['actual'];
  readonly evidence: readonly EvidenceSource[];
  readonly action?: string;
}

export interface VerifyReport extends Pick<PairSummary, 'targetOrg' | 'oktaOrg'> {
  readonly healthy: boolean;
  readonly summary: Readonly<Record<Status, number>>;
  readonly checks: readonly CheckReport[];
}

export const titleOf = (step: string): string => stepMessages.getMessage(step);

/** The last word on each step. `command` is what a person runs to go on. */
export const toSetupReport = (
  events: readonly StepEvent[],
  summary: Partial<PairSummary>,
  notes: readonly string[],
  command: string
): SetupReport => {
  const ids = [...new Set(events.map(({ step }) => step))];
  const steps = ids.flatMap((id) => {
    const last = events.findLast((event) => event.step === id);
    return last ? [toStepReport(last)] : [];
  });
  const unprovisioned = summary.existingAssignments?.unprovisioned ?? 0;
  const waiting = steps.some(({ outcome }) => outcome === 'waiting');
  return {
    ...summary,
    steps,
    next: [
      ...steps.flatMap(({ instruction }) => instruction ?? []),
      ...(waiting ? [setupMessages.getMessage('next.again', [command])] : []),
      ...(summary.handshake?.state === 'skipped' ? [setupMessages.getMessage('next.handshake', [command])] : []),
      ...notes,
      ...(unprovisioned > 0 ? [setupMessages.getMessage('next.assignments', [unprovisioned])] : []),
    ],
  };
};

const toStepReport = (event: StepEvent): StepReport => {
  const step = { id: event.step, title: titleOf(event.step), changes: [] };
  switch (event.type) {
    case 'changed':
      return { ...step, outcome: 'changed', changes: event.changes };
    case 'planned':
      return { ...step, outcome: 'planned', changes: event.changes, ...reasons(event.obstacles) };
    case 'skipped':
      return { ...step, outcome: 'skipped', reasons: [event.reason] };
    case 'waiting':
      return { ...step, outcome: 'waiting', instruction: [event.instruction.summary, ...event.instruction.details] };
    case 'failed':
      return { ...step, outcome: 'failed', reasons: [event.error.message] };
    case 'started':
    case 'unchanged':
      return { ...step, outcome: 'unchanged' };
  }
};

const reasons = (obstacles: readonly Obstacle[]): { reasons?: string[] } =>
  obstacles.length > 0 ? { reasons: obstacles.flatMap(({ reason, actions }) => [reason, ...actions]) } : {};

export const toVerifyReport = (
  results: readonly CheckResult[],
  orgs: Pick<PairSummary, 'targetOrg' | 'oktaOrg'>,
  strict: boolean
): VerifyReport => {
  const checks = results.map((result): CheckReport => {
    const { id, status, expected, actual, evidence } = result;
    const passed = status === 'pass' || status === 'skipped';
    const title = checkMessages.getMessage(id);
    return { id, title, status, expected, actual, evidence, ...(passed ? {} : { action: actionOf(id, status) }) };
  });
  const count = (status: Status): number => checks.filter((check) => check.status === status).length;
  const summary = {
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    unknown: count('unknown'),
    skipped: count('skipped'),
  };
  const failed = summary.fail + (strict ? summary.warn : 0);
  return { ...orgs, healthy: failed + summary.unknown === 0, summary, checks };
};

const actionOf = (id: string, status: Status): string =>
  status === 'unknown' ? checkMessages.getMessage('unknown.action') : checkMessages.getMessage(`${id}.action`);
