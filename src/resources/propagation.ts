/**
 * Whether the OAuth endpoints know the app: a new one takes two to ten minutes. contracts/salesforce.md §6.3, §6.6, U14
 * - an approval proves that they do: then nothing is asked
 * - an unknown client, a callback that does not match yet, and trouble all mean "not yet"; whether it is more than that, only
 *   time tells
 */
import { SalesforceUnreachableError } from '../clients/salesforce/errors.ts';
import type { Change } from '../engine/change.ts';
import type { PairResource } from './context.ts';
import { oauthApp } from './oauthApp.ts';

export type Propagation =
  { readonly state: 'no-app' | 'known' } | { readonly state: 'not-yet'; readonly key: string; readonly answer: string };

export const propagation: PairResource<Propagation> = {
  id: 'salesforce.app-known',
  read: async ({ context: { salesforce, intent }, see }) => {
    const { app, grants } = await see(oauthApp);
    const key = app?.consumerKey;
    if (key === undefined) return { state: 'no-app' };
    if (grants.length > 0) return { state: 'known' };
    try {
      const { status, error } = await salesforce.askAuthorize(key, intent.oauthApp.callbackUrl);
      const answer = error ?? (status >= 500 ? `HTTP status ${status}` : undefined);
      return answer !== undefined && (status >= 500 || NOT_YET.test(answer))
        ? { state: 'not-yet', key, answer }
        : { state: 'known' };
    } catch (error) {
      if (!(error instanceof SalesforceUnreachableError)) throw error;
      return { state: 'not-yet', key, answer: 'no answer' };
    }
  },
};

const NOT_YET = /^(invalid_client|redirect_uri_mismatch|OAUTH_EC_APP_NOT_FOUND)/;

export const diffPropagation = (found: Propagation): Change[] =>
  found.state === 'not-yet'
    ? [{ path: 'salesforce.app.known', from: found.answer, to: 'known to the OAuth endpoints' }]
    : [];
