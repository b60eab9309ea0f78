import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../../baseCommand.ts';
import { loginExitCodes } from '../../../report/exitCodes.ts';
import type { LoginReport } from '../../../oktaLogins.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.login.jwt');

export default class LoginJwt extends BaseCommand<LoginReport> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = loginExitCodes;
  public static override readonly flags = {
    'okta-org': Flags.string({ summary: messages.getMessage('flags.okta-org.summary'), required: true }),
    'client-id': Flags.string({ char: 'i', summary: messages.getMessage('flags.client-id.summary'), required: true }),
    'key-file': Flags.file({ char: 'f', summary: messages.getMessage('flags.key-file.summary'), exists: true }),
    'key-id': Flags.string({
      summary: messages.getMessage('flags.key-id.summary'),
      description: messages.getMessage('flags.key-id.description'),
    }),
    alias: Flags.string({ char: 'a', summary: messages.getMessage('flags.alias.summary') }),
    'set-default': Flags.boolean({ char: 'd', summary: messages.getMessage('flags.set-default.summary') }),
  };

  public async run(): Promise<LoginReport> {
    const { flags } = await this.parse(LoginJwt);
    const { logIn } = await import('../../../oktaLogins.ts');
    const { keyIdOf, privateKeyFrom } = await import('../../../credentials/secretText.ts');
    const { 'okta-org': url, 'client-id': clientId, 'key-file': file, alias, 'set-default': isDefault } = flags;
    const given = file ?? (await this.readSecret(messages.getMessage('prompt')));
    const privateKey = privateKeyFrom(given, messages.getMessage('source'));
    const keyId = flags['key-id'] ?? keyIdOf(privateKey);
    const credential = { mode: 'service-app', clientId, privateKey, ...(keyId ? { keyId } : {}) } as const;
    const { report, warnings } = await logIn({ url, alias, credential, isDefault, signal: this.signal }, process.env);
    warnings.forEach((warning) => this.warn(warning));
    this.log(messages.getMessage('done', [report.url, report.alias]));
    return report;
  }
}
