/**
 * Whether the OAuth endpoints know an app: an authorize request without a login, which changes nothing and leaves no trace
 * (contracts/salesforce.md §6.1, §6.3, §6.6). What it answers while an app is still propagating is unconfirmed (U14), and so
 * is where the answer stands: in a redirect by status, in one by the script of a page that says 200 (§15.3), or in the page.
 */
import type { Connection } from '@salesforce/core';
import type { Attempts } from './call.ts';
import { instanceUrlOf } from './call.ts';

export interface AuthorizeAnswer {
  readonly status: number;
  /** `error` and `error_description`, wherever they stand; absent where the answer is a login page. */
  readonly error?: string;
}

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** The library's own transport: the same proxy as for all else. */
interface Transport {
  readonly httpRequest: (request: object, options: object) => Promise<HttpAnswer>;
}

export const askAuthorize =
  (connection: Connection, { once }: Attempts) =>
  async (clientId: string, redirectUri: string): Promise<AuthorizeAnswer> => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code_challenge: 'p'.repeat(43),
      code_challenge_method: 'S256',
    });
    const url = `${instanceUrlOf(connection)}/services/oauth2/authorize?${query.toString()}`;
    const { _transport: transport } = connection as unknown as { _transport: Transport };
    const request = { method: 'GET', url, headers: { 'user-agent': 'sfdx toolbelt:' } };
    const { statusCode, headers, body } = await once('whether it knows the app', async () =>
      transport.httpRequest(request, { followRedirect: false, retry: { maxRetries: 0 } })
    );
    const error = errorIn(headers['location']) ?? errorIn(body);
    return { status: statusCode, ...(error === undefined ? {} : { error }) };
  };

const errorIn = (text = ''): string | undefined => {
  const [found] = /(?<![\w-])error=[\w+%-]+(?:&(?:amp;)?error_description=[^&<\s"']*)?/.exec(text) ?? [];
  if (found === undefined) return undefined;
  const told = new URLSearchParams(found.replace('&amp;', '&'));
  return `${told.get('error') ?? ''} ${told.get('error_description') ?? ''}`.trim();
};
