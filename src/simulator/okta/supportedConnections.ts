/**
 * The Connections API as if Okta offered it for `salesforce`. NOT REAL: no source says so. contracts/okta.md §2.4, §14
 *
 * Behaves as the documented handshake of the apps that Okta does list:
 * - GET reads scheme OAUTH2 and whether it is on; it never mints a link, since a read changes nothing
 * - POST offers `_links.authorize` once a person has saved key and secret, which have no way in by API
 * - Okta's redirector then shows the callback to POST to; that stores the tokens, 204. A code or state that is no good
 * is 400 `credential`, with application.configuration.update FAILURE
 * - activate without a working token is 400 `credential`; with one it switches the IMPORT_* features on
 * - features: "Provisioning is not enabled for the app instance." until then; PUT ticks the boxes of To App
 * - not simulated: INBOUND_PROVISIONING
 */
import { noteFailedCredentials } from './console/authentication.ts';
import { documentedConnections, type Asked, type ConnectionApi } from './connectionApi.ts';
import { authorizeUrl, redeemCode } from './engine/authorization.ts';
import { discoverSchema } from './engine/discovery.ts';
import { SalesforceTrouble } from './engine/salesforce.ts';
import { logIn } from './engine/session.ts';
import { invalid } from './errors.ts';
import type { ConnectionRecord, Json } from './records.ts';
import { inner } from './requests.ts';
import { IMPORT_FEATURES } from './seed.ts';
import { BOXES, isTicked, noteIntegration, tick, type Box } from './toApp.ts';

const saved = ({ okta, app }: Asked): ConnectionRecord | undefined => okta.store.connections.get(app.id);

const wire = (asked: Asked, authorize?: URL): Json => {
  const enabled = saved(asked)?.enabled === true;
  const self = `${asked.okta.url}/api/v1/apps/${asked.app.id}/connections/default`;
  const turn = enabled ? 'deactivate' : 'activate';
  return {
    status: enabled ? 'ENABLED' : 'DISABLED',
    profile: { authScheme: 'OAUTH2' },
    _links: {
      self: { href: self, hints: { allow: ['POST', 'GET'] } },
      [turn]: { href: `${self}/lifecycle/${turn}`, hints: { allow: ['POST'] } },
      ...(authorize && { authorize: { href: authorize.href, hints: { allow: ['GET'] } } }),
    },
  };
};

const badCredential = ({ okta, app, author }: Asked, why: string): Error => {
  noteFailedCredentials(okta, app, author, why);
  return invalid('credential', `Verification failed: ${why}`);
};

/** Turns what Salesforce refused into what Okta says of it. */
const verifying = async <T>(asked: Asked, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (trouble) {
    throw trouble instanceof SalesforceTrouble ? badCredential(asked, trouble.message) : trouble;
  }
};

const activate = async (asked: Asked): Promise<void> => {
  const { okta, app, author } = asked;
  const connection = saved(asked);
  if (!connection) throw invalid('credential');
  const api = await verifying(asked, async () => logIn(okta, connection));
  const before = connection.enabled;
  connection.enabled = true;
  app.features = [...new Set([...app.features, ...IMPORT_FEATURES])];
  discoverSchema(okta, app, api);
  noteIntegration(okta, app, author, [before, true]);
};

const deactivate = (asked: Asked): void => {
  const { okta, app, author } = asked;
  const connection = saved(asked);
  if (!connection) return;
  noteIntegration(okta, app, author, [connection.enabled, false]);
  connection.enabled = false;
  app.features = [];
};

const CAPABILITY: Readonly<Record<Box, readonly [top: string, name: string]>> = {
  create: ['create', 'lifecycleCreate'],
  update: ['update', 'profile'],
  deactivate: ['update', 'lifecycleDeactivate'],
  'sync-password': ['update', 'password'],
};

const featureWire = ({ okta, app }: Asked): Json => {
  const status = (box: Box): Json => ({ status: isTicked(app, box) ? 'ENABLED' : 'DISABLED' });
  return {
    name: 'USER_PROVISIONING',
    status: 'ENABLED',
    description: 'User provisioning settings from Okta to a downstream application',
    capabilities: {
      create: { lifecycleCreate: status('create') },
      update: {
        profile: status('update'),
        lifecycleDeactivate: status('deactivate'),
        password: { ...status('sync-password'), seed: 'RANDOM', change: 'KEEP_EXISTING' },
      },
    },
    _links: {
      self: {
        href: `${okta.url}/api/v1/apps/${app.id}/features/USER_PROVISIONING`,
        hints: { allow: ['GET', 'PUT'] },
      },
    },
  };
};

const salesforceConnections: ConnectionApi = {
  read: (asked) => wire(asked),
  write: (asked, body) => {
    if (inner(body, 'profile')['authScheme'] !== 'OAUTH2') throw invalid('profile', 'The authScheme is not supported.');
    const connection = saved(asked);
    return wire(asked, connection && authorizeUrl(asked.okta, connection, { appId: asked.app.id, by: 'api' }));
  },
  turn: async (asked, to) => (to === 'activate' ? activate(asked) : deactivate(asked)),
  finish: async (asked, { code, state }) => {
    const { okta, app } = asked;
    const pending = okta.store.pending.get(state);
    const connection = saved(asked);
    if (pending?.by !== 'api' || pending.appId !== app.id || !connection) throw badCredential(asked, 'unknown state');
    okta.store.pending.delete(state);
    connection.refreshToken = await verifying(asked, async () => redeemCode(okta, connection, code, pending.verifier));
  },
  features: (asked) => {
    if (saved(asked)?.enabled === true) return [featureWire(asked)];
    throw invalid('feature', 'Provisioning is not enabled for the app instance.');
  },
  setFeature: ({ okta, app, author }, body) => {
    const ticked = BOXES.filter((box) => {
      const [top, name] = CAPABILITY[box];
      const status = inner(inner(body, top), name)['status'];
      return status === undefined ? isTicked(app, box) : status === 'ENABLED';
    });
    tick(okta, app, ticked, author);
  },
};

const of = ({ app }: Asked): ConnectionApi =>
  app.name === 'salesforce' ? salesforceConnections : documentedConnections;

export const supportedConnections: ConnectionApi = {
  read: (asked) => of(asked).read(asked),
  write: (asked, body) => of(asked).write(asked, body),
  turn: async (asked, to) => of(asked).turn(asked, to),
  finish: async (asked, answer) => of(asked).finish(asked, answer),
  features: (asked) => of(asked).features(asked),
  setFeature: (asked, body) => of(asked).setFeature(asked, body),
};
