/**
 * A link that signs a browser in as the user of the `sf` login, once. contracts/salesforce.md §15.3: an access token with
 * scope web or full becomes a session; a login without that scope, or an API-only user, is refused.
 */
import { SfError, type Connection } from '@salesforce/core';
import { z } from 'zod';

const answer = z.object({ frontdoor_uri: z.url() });

export class SingleAccessError extends SfError {
  public constructor(why: string) {
    super(`Salesforce did not give a link to sign in by: ${why}.`, 'SingleAccessError', [
      'Open the Okta page in a private window instead, and log in to Salesforce by hand when it asks.',
    ]);
  }
}

export const singleAccessUrl = async (connection: Connection): Promise<string> => {
  const url = `${connection.instanceUrl.replace(/\/+$/, '')}/services/oauth2/singleaccess`;
  let given: unknown;
  try {
    given = await connection.request({ method: 'POST', url, body: '' }, { responseType: 'application/json' });
  } catch {
    // The library's error may hold the request with its token; most often the login lacks the scope "web".
    throw new SingleAccessError('the login of sf may lack the scope "web", or the user may use the API only');
  }
  const { data } = answer.safeParse(given);
  if (!data) throw new SingleAccessError('its answer holds no link');
  if (new URL(data.frontdoor_uri).origin !== new URL(connection.instanceUrl).origin)
    throw new SingleAccessError('it leads to another host');
  return data.frontdoor_uri;
};
