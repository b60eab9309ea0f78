/** `verify`: intent → checks → report. Read only. */
import type { Org } from '@salesforce/core';
import { CHECKS } from './checks/index.ts';
import { readSources } from './credentials/index.ts';
import { judgeAll } from './engine/check.ts';
import { parseIntent, type PairFlags } from './intent.ts';
import { verifyExitCode } from './report/exitCodes.ts';
import { toVerifyReport, type VerifyReport } from './report/report.ts';
import { verifyLines } from './report/text.ts';
import { readOrgs } from './resources/summary.ts';
import { openWorld } from './session.ts';

type Flags = PairFlags & {
  readonly 'target-org': Org;
  readonly 'api-version'?: string | undefined;
  readonly strict: boolean;
};

export const runVerify = async (
  flags: Flags,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (line: string) => void }
): Promise<{ report: VerifyReport; lines: string[]; exitCode: number }> => {
  const intent = parseIntent(flags, process.env, await readSources(flags['okta-config'], process.env));
  intent.okta.warnings.forEach(warn);
  const connection = flags['target-org'].getConnection(flags['api-version']);
  const world = openWorld(connection, intent, { waitMinutes: 0, signal, readOnly: true });
  const [results, orgs] = await Promise.all([judgeAll(CHECKS, world), readOrgs(world)]);
  signal.throwIfAborted();
  const report = toVerifyReport(results, orgs, flags.strict);
  return { report, lines: verifyLines(report), exitCode: verifyExitCode(report.checks, flags.strict) };
};
