/** Results → lines for people. Pure; width is the renderer's affair, colour the terminal's. */
import type { Change, Json } from '../engine/change.ts';
import type { StepEvent } from '../engine/runner.ts';
import type { Found } from '../engine/step.ts';
import { visible } from './characters.ts';
import { titleOf, type SetupReport } from './report.ts';

/** A value as a person reads it. Control characters of the services' texts never reach the terminal. */
export const shown = (value: Json | undefined): string => {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'nothing';
  if (typeof value === 'object')
    return Object.entries(value as Record<string, Json>)
      .map(([name, part]) => `${name} ${shown(part)}`)
      .join(', ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return visible(String(value));
};

export const changeLine = ({ path, from, to }: Change): string =>
  from === undefined ? `${path}: ${shown(to)}` : `${path}: ${shown(from)} -> ${shown(to)}`;

const MARK = {
  unchanged: 'unchanged',
  changed: 'changed',
  planned: 'planned',
  skipped: 'skipped',
  waiting: 'waiting',
  failed: 'FAILED',
};

/** The lines of one event, for a log without a terminal. */
export const eventLines = (event: StepEvent): string[] => {
  if (event.type === 'started') return [];
  const head = `${MARK[event.type].padEnd(10)} ${titleOf(event.step)}`;
  switch (event.type) {
    case 'changed':
      return [head, ...event.changes.map((change) => indented(changeLine(change)))];
    case 'planned':
      return [
        head,
        ...foundLines(event.found),
        ...event.changes.map((change) => indented(changeLine(change))),
        ...event.obstacles.flatMap(({ reason, actions }) => [`! ${reason}`, ...actions]).map(indented),
      ];
    case 'skipped':
      return [`${head} (${event.reason})`];
    case 'waiting':
      return event.final
        ? [head]
        : [head, ...[event.instruction.summary, ...numbered(event.instruction.details)].map(indented)];
    case 'failed':
      return [head, indented(shown(event.error.message))];
    case 'unchanged':
      return [head, ...foundLines(event.found ?? [])];
  }
};

const foundLines = (found: readonly Found[]): string[] =>
  found.map(({ name, value }) => indented(`(${name}: ${shown(value)})`));

/** Things to do one after the other. */
export const numbered = (lines: readonly string[]): string[] => lines.map((line, index) => `${index + 1}. ${line}`);

export const indented = (line: string): string => `${' '.repeat(11)}${line}`;

/** What a person takes away from `setup`. */
export const setupLines = (report: SetupReport, dryRun: boolean): string[] => {
  const count = (outcome: string): number => report.steps.filter((step) => step.outcome === outcome).length;
  const done = dryRun
    ? [`Dry run: ${count('planned')} of ${report.steps.length} steps would change something; nothing was written.`]
    : [changedLine(report), outcomeOf(report)];
  const next = nextLines(report);
  return ['', ...done, ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : [])];
};

const changedLine = ({ steps }: SetupReport): string => {
  const changed = steps.filter(({ outcome }) => outcome === 'changed').map(({ title }) => title);
  return changed.length > 0 ? `Changed: ${changed.join('; ')}.` : 'Nothing was changed.';
};

/** `next` of the result, with what is to be done in order numbered. */
const nextLines = ({ steps, next }: SetupReport): string[] => {
  const instructions = steps.flatMap(({ instruction }) => (instruction ? [instruction] : []));
  const rest = next.slice(instructions.flat().length);
  return [...instructions.flatMap(([summary = '', ...details]) => [summary, ...numbered(details)]), ...rest];
};

const outcomeOf = ({ handshake, oauthApp, oktaApp, integrationUser }: SetupReport): string => {
  switch (handshake?.state) {
    case 'connected':
      return `Connected and proven: Okta app "${oktaApp?.label ?? ''}" provisions through ${oauthApp?.name ?? ''} as ${integrationUser?.username ?? ''}.`;
    case 'skipped':
      return 'Both orgs are prepared; the handshake was left out.';
    case 'unproven':
      return 'Prepared, but the connection is not proven.';
    case 'wrong-user':
      return 'Prepared, but another user approved the app.';
    default:
      return 'Everything that needs no person is done.';
  }
};
