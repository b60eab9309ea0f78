import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { BaseCommand } from '../../baseCommand.ts';
import { loginExitCodes } from '../../report/exitCodes.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.logout');

export type LogoutResult = string[];

export default class Logout extends BaseCommand<LogoutResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = loginExitCodes;
  public static override readonly flags = {
    'okta-org': Flags.string({
      summary: messages.getMessage('flags.okta-org.summary'),
      exactlyOne: ['okta-org', 'all'],
    }),
    all: Flags.boolean({ summary: messages.getMessage('flags.all.summary'), exactlyOne: ['okta-org', 'all'] }),
  };

  public async run(): Promise<LogoutResult> {
    const { flags } = await this.parse(Logout);
    const { logOut } = await import('../../oktaLogins.ts');
    const gone = await logOut(flags.all ? undefined : flags['okta-org']);
    this.log(gone.length > 0 ? messages.getMessage('done', [gone.join(', ')]) : messages.getMessage('none'));
    return gone;
  }
}
