/**
 * What the other buttons of the Provisioning tab do. contracts/okta.md §9.3, §11
 * - Test and Save log in to Salesforce with the refresh token; that fails → application.configuration.update FAILURE
 * - Save stores the connection, switches the IMPORT_* features on and starts schema discovery; without "Enable API
 *   integration" it takes connection and features away
 * - To App needs a saved connection; it switches the PUSH_* features and tells the change in `changeDetails`
 */
import type { Context } from 'hono';
import { authorOf, type Okta, type OktaEnv } from '../context.ts';
import { discoverSchema } from '../engine/discovery.ts';
import { BAD_CREDENTIALS } from '../engine/provision.ts';
import { SalesforceTrouble, type SalesforceApi } from '../engine/salesforce.ts';
import { logIn } from '../engine/session.ts';
import type { AppRecord, DraftRecord, EventTarget } from '../records.ts';
import { IMPORT_FEATURES } from '../seed.ts';
import { appTarget } from '../systemLog.ts';
import { noteFailedCredentials } from './authentication.ts';
import { heldCredentials, type Message } from './form.ts';

/** The check boxes of To App, their names in `changeDetails` and the features that each of them means. */
export const TO_APP = {
  create: { label: 'Create Users', detail: 'create_users', features: ['PUSH_NEW_USERS'] },
  update: { label: 'Update User Attributes', detail: 'update_user_attributes', features: ['PUSH_PROFILE_UPDATES'] },
  deactivate: {
    label: 'Deactivate Users',
    detail: 'deactivate_users',
    features: ['PUSH_USER_DEACTIVATION', 'REACTIVATE_USERS'],
  },
  'sync-password': { label: 'Sync Password', detail: 'sync_password', features: ['PUSH_PASSWORD_UPDATES'] },
} as const;

export type Box = keyof typeof TO_APP;
export const BOXES = Object.keys(TO_APP) as Box[];

export const isTicked = ({ features }: AppRecord, box: Box): boolean => features.includes(TO_APP[box].features[0]);

type Press = {
  readonly okta: Okta;
  readonly c: Context<OktaEnv>;
  readonly app: AppRecord;
  readonly draft: DraftRecord;
};

export const testCredentials = async (press: Press): Promise<Message> => {
  const verified = await verify(press);
  return 'api' in verified ? { ok: true, text: 'Salesforce.com was verified successfully!' } : verified;
};

export const saveConnection = async (press: Press & { enabled: boolean }): Promise<Message> => {
  const { okta, app, draft, enabled } = press;
  const before = { provisioningEnabled: okta.store.connections.has(app.id) };
  if (enabled) {
    const verified = await verify(press);
    if (!('api' in verified)) return verified;
    const refreshToken = heldCredentials(okta, app, draft)?.refreshToken ?? '';
    const { consumerKey, consumerSecret } = draft;
    okta.store.connections.set(app.id, {
      consumerKey,
      consumerSecret,
      refreshToken,
      savedAt: okta.clock.now(),
      profileNames: okta.store.connections.get(app.id)?.profileNames ?? [],
    });
    draft.refreshToken = undefined;
    app.features = [...new Set([...app.features, ...IMPORT_FEATURES])];
    discoverSchema(okta, app, verified.api);
  } else {
    okta.store.connections.delete(app.id);
    app.features = [];
  }
  const change = {
    from: { app_instance_properties: before },
    to: { app_instance_properties: { provisioningEnabled: enabled } },
  };
  noteUpdate(press, change);
  return { ok: true, text: 'Saved.' };
};

export const saveToApp = (press: Press, ticked: readonly Box[]): Message => {
  const { okta, app } = press;
  if (!okta.store.connections.has(app.id)) {
    return { ok: false, text: 'API integration is not enabled for this app. Configure and save it first.' };
  }
  const details = (on: (box: Box) => boolean): Record<string, boolean> =>
    Object.fromEntries(BOXES.map((box) => [TO_APP[box].detail, on(box)]));
  const from = details((box) => isTicked(app, box));
  const features = (boxes: readonly Box[]): string[] => boxes.flatMap((box) => [...TO_APP[box].features]);
  app.features = [...app.features.filter((feature) => !features(BOXES).includes(feature)), ...features(ticked)];
  noteUpdate(press, { from, to: details((box) => ticked.includes(box)) });
  return { ok: true, text: 'To App settings were saved.' };
};

const verify = async ({ okta, c, app, draft }: Press): Promise<Message | { api: SalesforceApi }> => {
  const held = heldCredentials(okta, app, draft);
  if (!held) return { ok: false, text: `${BAD_CREDENTIALS} (Authenticate with Salesforce.com first.)` };
  try {
    return { api: await logIn(okta, held) };
  } catch (trouble) {
    if (!(trouble instanceof SalesforceTrouble)) throw trouble;
    noteFailedCredentials(okta, c, app, trouble.message);
    return { ok: false, text: BAD_CREDENTIALS };
  }
};

const noteUpdate = ({ okta, c, app }: Press, change: NonNullable<EventTarget['changeDetails']>): void => {
  app.lastUpdated = okta.clock.now();
  okta.log.write(authorOf(okta, c), {
    eventType: 'application.lifecycle.update',
    targets: [appTarget(app, change)],
  });
};
