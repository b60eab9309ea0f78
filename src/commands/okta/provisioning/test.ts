import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../../baseCommand.ts';
import { pairFlags, reportFlags } from '../../../flags.ts';
import { testExitCodes } from '../../../report/exitCodes.ts';
import type { Publishing } from '../../../report/publish.ts';
import type { TestReport } from '../../../roundTrip.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.test');

/** What became of one user, and the files that tell of it. */
export type TestResult = TestReport & Publishing;

export default class Test extends BaseCommand<TestResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = testExitCodes;
  public static override readonly flags = {
    ...pairFlags,
    'smoke-user': Flags.string({
      summary: messages.getMessage('flags.smoke-user.summary'),
      description: messages.getMessage('flags.smoke-user.description'),
    }),
    'smoke-profile': Flags.string({
      summary: messages.getMessage('flags.smoke-profile.summary'),
      description: messages.getMessage('flags.smoke-profile.description'),
    }),
    wait: Flags.integer({
      char: 'w',
      summary: messages.getMessage('flags.wait.summary'),
      min: 1,
      default: 10,
    }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
    'result-format': reportFlags['result-format'],
    'output-dir': reportFlags['output-dir'],
  };

  protected override readonly afterInterrupt = messages.getMessage('interrupted');

  public async run(): Promise<TestResult> {
    const { flags } = await this.parse(Test);
    const { runTest } = await import('../../../roundTrip.ts');
    const { report, lines, exitCode } = await runTest(flags, {
      signal: this.signal,
      pause: this.pause,
      interactive: this.interactive,
      log: (line) => this.print([line]),
      warn: (line) => this.warn(line),
      confirm: async (message) => this.agree(message),
    });
    this.print(lines);
    process.exitCode = exitCode;
    return report;
  }
}
