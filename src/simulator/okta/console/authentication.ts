/**
 * "Authenticate with Salesforce.com". contracts/okta.md §9.3, §11
 * - key and secret must have been entered before (the real page fails silently; this one says so)
 * - what the exchange brings is held by the open form, not saved
 * - a failure writes application.configuration.update FAILURE with the reason
 */
import type { Okta } from '../context.ts';
import { authorizeUrl, redeemCode } from '../engine/authorization.ts';
import { SalesforceTrouble } from '../engine/salesforce.ts';
import type { AppRecord, Author, DraftRecord } from '../records.ts';
import { appTarget } from '../systemLog.ts';
import type { Message } from './form.ts';

/** Where to send the browser, or what is missing. */
export const beginAuthentication = (okta: Okta, app: AppRecord, draft: DraftRecord): URL | Message =>
  draft.consumerKey && draft.consumerSecret
    ? authorizeUrl(okta, draft, { appId: app.id, by: 'console' })
    : { ok: false, text: 'Enter the OAuth Consumer Key and the OAuth Consumer Secret before you authenticate.' };

/** The app whose form the browser comes back to, with the outcome in the form; undefined for an unknown `state`. */
export const finishAuthentication = async (
  okta: Okta,
  answer: Readonly<Partial<Record<string, string>>>,
  author: Author
): Promise<AppRecord | undefined> => {
  const { state = '', code, error, error_description: description } = answer;
  const pending = okta.store.pending.get(state);
  okta.store.pending.delete(state);
  const app = pending && okta.store.apps.get(pending.appId);
  const draft = pending && okta.store.drafts.get(pending.appId);
  if (!app || !draft) return undefined;
  try {
    if (code === undefined) throw new SalesforceTrouble('credentials', [error, description].filter(Boolean).join(': '));
    draft.refreshToken = await redeemCode(okta, draft, code, pending.verifier);
    draft.message = { ok: true, text: 'Authenticated with Salesforce.com. Save to keep this authentication.' };
  } catch (trouble) {
    if (!(trouble instanceof SalesforceTrouble)) throw trouble;
    draft.refreshToken = undefined;
    draft.message = { ok: false, text: `Salesforce.com could not be authenticated: ${trouble.message}` };
    noteFailedCredentials(okta, app, author, trouble.message);
  }
  return app;
};

export const noteFailedCredentials = (okta: Okta, app: AppRecord, author: Author, reason: string): void =>
  okta.log.write(author, {
    eventType: 'application.configuration.update',
    targets: [appTarget(app)],
    failure: `The credentials could not be verified: ${reason}`,
  });
