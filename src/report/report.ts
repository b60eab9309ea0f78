/** Events and judgements → the results that `--json` prints and the schemas describe. Pure. */
import { Messages } from '@salesforce/core';
import type { Change, Obstacle } from '../engine/change.ts';
import type { StepEvent } from '../engine/runner.ts';
import type { Found } from '../engine/step.ts';
import type { HandshakePath, PairSummary } from '../resources/summary.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const stepMessages = Messages.loadMessages('sf-plugin-okta', 'steps');
const setupMessages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.setup');

export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'unchanged' | 'changed' | 'planned' | 'waiting' | 'skipped' | 'failed';
  readonly changes: readonly Change[];
  /** Of a dry run: what was read before the decision. */
  readonly found?: readonly Found[];
  /** Why it was skipped, or what stands against it. */
  readonly reasons?: readonly string[];
  /** What a person must do. */
  readonly instruction?: readonly string[];
}

export interface SetupReport extends Partial<PairSummary> {
  readonly steps: readonly StepReport[];
  readonly next: readonly string[];
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
  const taken = pathTaken(events);
  const waiting = steps.some(({ outcome }) => outcome === 'waiting');
  return {
    ...summary,
    ...(summary.handshake && taken && { handshake: { ...summary.handshake, path: taken } }),
    steps,
    next: [
      ...steps.flatMap(({ instruction }) => instruction ?? []),
      ...(waiting ? [setupMessages.getMessage('next.again', [command])] : []),
      ...(summary.handshake?.state === 'skipped' ? [setupMessages.getMessage('next.handshake', [command])] : []),
      ...notes,
    ],
  };
};

/** The way on which a person was last told what to do: one that Okta's API declined went on by the console. */
const pathTaken = (events: readonly StepEvent[]): HandshakePath | undefined => {
  const told = events.findLast((event) => event.type === 'waiting' && event.step === 'okta.connection');
  const tasks = told?.type === 'waiting' ? (told.instruction.tasks ?? []) : [];
  if (tasks.length === 0) return undefined;
  return tasks.some(({ id }) => id === 'approve') ? 'api' : 'console';
};

const toStepReport = (event: StepEvent): StepReport => {
  const step = { id: event.step, title: titleOf(event.step), changes: [] };
  switch (event.type) {
    case 'changed':
      return { ...step, outcome: 'changed', changes: event.changes };
    case 'planned':
      return { ...step, outcome: 'planned', changes: event.changes, ...found(event), ...reasons(event.obstacles) };
    case 'skipped':
      return { ...step, outcome: 'skipped', reasons: [event.reason] };
    case 'waiting':
      return { ...step, outcome: 'waiting', instruction: [event.instruction.summary, ...event.instruction.details] };
    case 'failed':
      return { ...step, outcome: 'failed', reasons: [event.error.message] };
    case 'started':
      return { ...step, outcome: 'unchanged' };
    case 'unchanged':
      return { ...step, outcome: 'unchanged', ...found(event) };
  }
};

const found = ({ found: read = [] }: { readonly found?: readonly Found[] }): { found?: readonly Found[] } =>
  read.length > 0 ? { found: read } : {};

const reasons = (obstacles: readonly Obstacle[]): { reasons?: string[] } =>
  obstacles.length > 0 ? { reasons: obstacles.flatMap(({ reason, actions }) => [reason, ...actions]) } : {};
