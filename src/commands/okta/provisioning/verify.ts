import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../../baseCommand.ts';
import { pairFlags, reportFlags } from '../../../flags.ts';
import { verifyExitCodes } from '../../../report/exitCodes.ts';
import type { ChecksReport } from '../../../report/checkReport.ts';
import type { Publishing } from '../../../report/publish.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.verify');

/** What was judged, and the files that tell of it. */
export type VerifyResult = ChecksReport & Publishing;

export default class Verify extends BaseCommand<VerifyResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = verifyExitCodes;
  public static override readonly flags = {
    ...pairFlags,
    ...reportFlags,
    strict: Flags.boolean({ summary: messages.getMessage('flags.strict.summary') }),
  };

  public async run(): Promise<VerifyResult> {
    const { flags } = await this.parse(Verify);
    const { runVerify } = await import('../../../verify.ts');
    const { report, lines, exitCode } = await runVerify(flags, {
      signal: this.signal,
      pause: this.pause,
      warn: (line) => this.warn(line),
    });
    this.print(lines);
    process.exitCode = exitCode;
    return report;
  }
}
