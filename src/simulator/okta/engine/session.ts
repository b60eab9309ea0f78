import type { Okta } from '../context.ts';
import type { ConnectionRecord } from '../records.ts';
import { requestTokens, salesforceApi, type ClientPair, type SalesforceApi } from './salesforce.ts';

/** Credentials that can be refreshed: those of a saved connection, or those an unsaved form holds. */
export type Refreshable = ClientPair & { refreshToken: string | undefined };

/**
 * Logs in with the refresh token and keeps a rotated one at once: with rotation the old one is spent, and a second use
 * of it would revoke the whole family. Each job logs in anew, so that a revoked grant shows with the next job.
 */
export const logIn = async (okta: Okta, held: Refreshable | ConnectionRecord): Promise<SalesforceApi> => {
  const tokens = await requestTokens(okta.salesforceUrl, held, {
    grant_type: 'refresh_token',
    refresh_token: held.refreshToken ?? '',
  });
  okta.secrets.note(tokens.accessToken);
  held.refreshToken = okta.secrets.note(tokens.refreshToken) ?? held.refreshToken ?? '';
  return salesforceApi(tokens);
};
