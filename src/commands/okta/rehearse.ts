import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../baseCommand.ts';
import type { RehearsalReport } from '../../rehearsal/index.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.rehearse');

/** Named here and not imported, so that `--help` does not load the simulators; a test holds the two lists together. */
const SCENARIOS = [
  'documented',
  'api-supported',
  'in-use',
  'rate-limited',
  'already-connected',
  'wrong-user',
  'authenticated-not-saved',
  'connected-apps-allowed',
  'locked-policies',
  'slow-propagation',
  'trial',
  'sandbox',
  'pre-authorized',
  'frozen-user',
] as const;

/** Nothing when it only served the two orgs. */
export type RehearseResult = RehearsalReport | undefined;

export default class Rehearse extends BaseCommand<RehearseResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    scenario: Flags.option({
      summary: messages.getMessage('flags.scenario.summary'),
      description: messages.getMessage('flags.scenario.description'),
      options: SCENARIOS,
      default: 'documented',
    })(),
    serve: Flags.boolean({
      summary: messages.getMessage('flags.serve.summary'),
      description: messages.getMessage('flags.serve.description'),
    }),
  };

  public async run(): Promise<RehearseResult> {
    const { flags } = await this.parse(Rehearse);
    const { rehearse, serve } = await import('../../rehearsal/index.ts');
    const { scenario } = flags;
    const log = (line: string): void => this.log(line);
    if (flags.serve) {
      await serve({ scenario, log, signal: this.signal });
      process.exitCode = 130;
      return undefined;
    }
    this.print([messages.getMessage(`scenario.${scenario}`)]);
    const { node, script } = { node: process.execPath, script: process.argv[1] ?? '' };
    const cli = { node, script, bin: this.config.bin, dataDir: this.config.dataDir };
    // A command is one line, so that it can be copied; what it says is broken between words.
    const tell = (line: string): void => (line.startsWith('\n$ ') ? this.log(line) : this.print([line]));
    const report = await rehearse({ scenario, cli, log: tell, signal: this.signal });
    this.log();
    this.print(report.proved.map(({ claim, holds }) => `${holds ? 'proved' : 'NOT SO'}   ${claim}`));
    const outcome = report.ended === 'as-it-should' ? 'outcome.good' : 'outcome.bad';
    this.log(`\n${messages.getMessage(outcome, [report.proved.filter(({ holds }) => holds).length, report.seconds])}`);
    process.exitCode = report.ended === 'as-it-should' ? 0 : 1;
    return report;
  }
}
