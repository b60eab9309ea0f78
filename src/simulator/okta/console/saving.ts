/**
 * What the other buttons of the Provisioning tab do. contracts/okta.md §9.3, §11
 * - Test and Save log in to Salesforce with the refresh token; that fails → application.configuration.update FAILURE
 * - Save stores the connection, switches the IMPORT_* features on and starts schema discovery; without "Enable API
 * integration" it takes connection and features away
 * - To App needs a saved connection
 */
import type { Okta } from '../context.ts';
import { discoverSchema } from '../engine/discovery.ts';
import { BAD_CREDENTIALS } from '../engine/provision.ts';
import { SalesforceTrouble, type SalesforceApi } from '../engine/salesforce.ts';
import { logIn } from '../engine/session.ts';
import type { AppRecord, Author, DraftRecord } from '../records.ts';
import { IMPORT_FEATURES } from '../seed.ts';
import { noteIntegration, tick, type Box } from '../toApp.ts';
import { noteFailedCredentials } from './authentication.ts';
import { heldCredentials, type Message } from './form.ts';

export interface Press {
  readonly okta: Okta;
  readonly author: Author;
  readonly app: AppRecord;
  readonly draft: DraftRecord;
}

export const testCredentials = async (press: Press): Promise<Message> => {
  const verified = await verify(press);
  return 'api' in verified ? { ok: true, text: 'Salesforce.com was verified successfully!' } : verified;
};

export const saveConnection = async (press: Press, enabled: boolean): Promise<Message> => {
  const { okta, app, author } = press;
  const before = okta.store.connections.get(app.id)?.enabled ?? false;
  if (enabled) {
    const verified = await verify(press);
    if (!('api' in verified)) return verified;
    store(press);
    discoverSchema(okta, app, verified.api);
  } else {
    okta.store.connections.delete(app.id);
    app.features = [];
  }
  noteIntegration(okta, app, author, [before, enabled]);
  return { ok: true, text: 'Saved.' };
};

const store = ({ okta, app, draft }: Press): void => {
  const { consumerKey, consumerSecret } = draft;
  okta.store.connections.set(app.id, {
    consumerKey,
    consumerSecret,
    refreshToken: heldCredentials(okta, app, draft)?.refreshToken ?? '',
    enabled: true,
    savedAt: okta.clock.now(),
    profileNames: okta.store.connections.get(app.id)?.profileNames ?? [],
  });
  draft.refreshToken = undefined;
  app.features = [...new Set([...app.features, ...IMPORT_FEATURES])];
};

export const saveToApp = ({ okta, app, author }: Press, ticked: readonly Box[]): Message => {
  if (okta.store.connections.get(app.id)?.enabled !== true) {
    return { ok: false, text: 'API integration is not enabled for this app. Configure and save it first.' };
  }
  tick(okta, app, ticked, author);
  return { ok: true, text: 'To App settings were saved.' };
};

const verify = async ({ okta, author, app, draft }: Press): Promise<Message | { api: SalesforceApi }> => {
  const held = heldCredentials(okta, app, draft);
  if (!held) return { ok: false, text: `${BAD_CREDENTIALS} (Authenticate with Salesforce.com first.)` };
  try {
    return { api: await logIn(okta, held) };
  } catch (trouble) {
    if (!(trouble instanceof SalesforceTrouble)) throw trouble;
    noteFailedCredentials(okta, app, author, trouble.message);
    return { ok: false, text: BAD_CREDENTIALS };
  }
};
