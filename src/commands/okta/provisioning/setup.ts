import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../../baseCommand.ts';
import { pairFlags } from '../../../flags.ts';
import { companionFlags, handshakeFlags, salesforceFlags } from '../../../setupFlags.ts';
import { setupExitCodes } from '../../../report/exitCodes.ts';
import type { SetupReport } from '../../../report/report.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.provisioning.setup');

export default class Setup extends BaseCommand<SetupReport> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = setupExitCodes;
  public static override readonly flags = {
    ...pairFlags,
    ...salesforceFlags,
    adopt: Flags.boolean({
      summary: messages.getMessage('flags.adopt.summary'),
      description: messages.getMessage('flags.adopt.description'),
    }),
    ...handshakeFlags,
    ...companionFlags,
    wait: Flags.integer({
      char: 'w',
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description'),
      min: 0,
    }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
  };

  protected override readonly afterInterrupt = messages.getMessage('interrupted');

  public async run(): Promise<SetupReport> {
    const { flags } = await this.parse(Setup);
    const { runSetup } = await import('../../../setup.ts');
    const { report, lines, exitCode } = await runSetup(flags, {
      signal: this.signal,
      pause: this.pause,
      interactive: this.interactive,
      command: `${this.config.bin} ${this.argvAsTyped()}`,
      log: (line) => this.print([line]),
      warn: (line) => this.warn(line),
      confirm: async (message) => this.agree(message),
      choose: async (choice) => this.choose(choice),
      agreeUntil: async (...asked) => this.agreeUntil(...asked),
      askHidden: async (...asked) => this.askHidden(...asked),
      nextLine: async (signal) => this.nextLine(signal),
    });
    this.print(lines);
    process.exitCode = exitCode;
    return report;
  }

  /** The command line as a person would type it again. */
  private argvAsTyped(): string {
    const quoted = this.argv.map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
    );
    return [...(this.id ?? '').split(':'), ...quoted].join(' ');
  }
}
