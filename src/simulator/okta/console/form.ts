/** The open form of the Provisioning tab: what a person sees there before anything is saved. */
import type { Okta } from '../context.ts';
import type { Refreshable } from '../engine/session.ts';
import type { AppRecord, ConnectionRecord, DraftRecord } from '../records.ts';

export type Message = NonNullable<DraftRecord['message']>;

/** The form as it stands. A mere look at it stores nothing. */
export const draftOf = ({ store }: Okta, { id }: AppRecord): DraftRecord => {
  const saved = store.connections.get(id);
  return (
    store.drafts.get(id) ?? {
      consumerKey: saved?.consumerKey ?? '',
      consumerSecret: saved?.consumerSecret ?? '',
      refreshToken: undefined,
      message: undefined,
    }
  );
};

/** Takes over what was typed. An empty secret keeps the one that is held, since no page ever shows it. */
export const fill = (okta: Okta, app: AppRecord, typed: { key: string; secret: string }): DraftRecord => {
  const before = draftOf(okta, app);
  const consumerKey = typed.key.trim();
  const consumerSecret = okta.secrets.note(typed.secret.trim() || before.consumerSecret);
  const same = consumerKey === before.consumerKey && consumerSecret === before.consumerSecret;
  const refreshToken = same ? before.refreshToken : undefined;
  const draft: DraftRecord = { consumerKey, consumerSecret, refreshToken, message: undefined };
  okta.store.drafts.set(app.id, draft);
  return draft;
};

/**
 * The credentials that Test and Save work with: those of an authentication made in this form, else the saved ones,
 * as long as key and secret are still the saved ones. A rotated token goes back to where it came from.
 */
export const heldCredentials = (
  { store }: Okta,
  { id }: AppRecord,
  draft: DraftRecord
): Refreshable | ConnectionRecord | undefined => {
  if (draft.refreshToken !== undefined) return draft;
  const saved = store.connections.get(id);
  const same = saved?.consumerKey === draft.consumerKey && saved.consumerSecret === draft.consumerSecret;
  return same ? saved : undefined;
};
