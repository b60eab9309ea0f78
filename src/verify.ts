/** `verify`: intent → checks → report. Read only. */
import type { Org } from '@salesforce/core';
import { CHECKS } from './checks/index.ts';
import type { Pause } from './clients/pause.ts';
import { readSources } from './credentials/index.ts';
import { judgeAll } from './engine/check.ts';
import { parseIntent, type PairFlags } from './intent.ts';
import { toChecksReport, type ChecksReport } from './report/checkReport.ts';
import { verifyExitCode } from './report/exitCodes.ts';
import { publish, type Publishing } from './report/publish.ts';
import { readPair } from './resources/pairAsRead.ts';
import { openWorld } from './session.ts';

type Flags = PairFlags & {
  readonly 'target-org': Org;
  readonly 'api-version'?: string | undefined;
  readonly since: string;
  readonly strict: boolean;
  readonly 'result-format': readonly string[];
  readonly 'output-dir': string;
};

export interface Watching {
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly warn: (line: string) => void;
}

export const runVerify = async (
  flags: Flags,
  { signal, pause, warn }: Watching
): Promise<{ report: ChecksReport & Publishing; lines: string[]; exitCode: number }> => {
  const intent = parseIntent(flags, process.env, await readSources(flags['okta-config'], process.env));
  intent.okta.warnings.forEach(warn);
  const connection = flags['target-org'].getConnection(flags['api-version']);
  const world = openWorld(connection, intent, { waitMinutes: 0, signal, pause, readOnly: true });
  const [results, pair] = await Promise.all([judgeAll(CHECKS, world), readPair(world)]);
  signal.throwIfAborted();
  const report = toChecksReport(results, pair, {
    strict: flags.strict,
    at: new Date(world.context.now()).toISOString(),
  });
  const published = await publish(report, {
    name: 'verify',
    formats: flags['result-format'],
    folder: flags['output-dir'],
  });
  return {
    report: { ...report, ...published.publishing },
    lines: published.lines,
    exitCode: verifyExitCode(report.checks, flags.strict),
  };
};
