import { Messages } from '@salesforce/core';
import { BaseCommand } from '../../baseCommand.ts';
import type { LoginState } from '../../oktaLogins.ts';
import { visible } from '../../report/characters.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'okta.list');

export type ListResult = LoginState[];

export default class List extends BaseCommand<ListResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public async run(): Promise<ListResult> {
    await this.parse(List);
    const { listLogins } = await import('../../oktaLogins.ts');
    const logins = await listLogins(this.signal);
    if (logins.length === 0) this.log(messages.getMessage('none'));
    else
      this.table({
        data: logins.map(({ alias, url, mode, status, detail, expiresAt, isDefault }) => ({
          default: isDefault ? '*' : '',
          alias,
          url,
          mode,
          status: detail ? `${status}: ${visible(detail)}` : status,
          'trial ends': expiresAt ?? '',
        })),
      });
    return logins;
  }
}
