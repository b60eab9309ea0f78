import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../../baseCommand.ts';
import { loginExitCodes } from '../../../report/exitCodes.ts';
import type { LoginReport } from '../../../oktaLogins.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.login.token');

export default class LoginToken extends BaseCommand<LoginReport> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = loginExitCodes;
  public static override readonly flags = {
    'okta-org': Flags.string({ summary: messages.getMessage('flags.okta-org.summary'), required: true }),
    alias: Flags.string({ char: 'a', summary: messages.getMessage('flags.alias.summary') }),
    'set-default': Flags.boolean({ char: 'd', summary: messages.getMessage('flags.set-default.summary') }),
  };

  public async run(): Promise<LoginReport> {
    const { flags } = await this.parse(LoginToken);
    const { logIn } = await import('../../../oktaLogins.ts');
    const { tokenFrom } = await import('../../../credentials/secretText.ts');
    const { 'okta-org': url, alias, 'set-default': isDefault } = flags;
    const token = tokenFrom(await this.readSecret(messages.getMessage('prompt')), messages.getMessage('source'));
    const credential = { mode: 'token', token } as const;
    const { report, warnings } = await logIn({ url, alias, credential, isDefault, signal: this.signal }, process.env);
    warnings.forEach((warning) => this.warn(warning));
    this.log(messages.getMessage('done', [report.url, report.alias]));
    return report;
  }
}
