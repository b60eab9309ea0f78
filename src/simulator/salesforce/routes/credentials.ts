/**
 * Key and secret of an external client app by Connect REST. contracts/salesforce.md §3
 * - GET /apps/oauth/credentials/{appId} lists the consumers, GET …/{consumerId}?part=key|secret|keyandsecret shows one
 * - the secret only when asked for, only while ExternalClientAppSettings.enableClientSecretInRestApiAccess is on, and
 *   only to a user with ExternalClientAppDeveloper and ViewClientSecret
 * - with the setting off a request for the secret is an error (mode A) or lacks the secret (mode B): both are reported
 * - ids of 15 characters are taken as well; staged credentials are named from version 65 on
 * - not simulated: usage, staged credentials themselves, DELETE
 */
import { Hono } from 'hono';
import type { SimulatorEnv } from '../../server.ts';
import { NotSimulated, RestError } from '../errors.ts';
import { sameId } from '../ids.ts';
import type { ComponentRecord, ConsumerRecord } from '../records.ts';
import { restCaller, type Caller } from '../session.ts';
import type { SalesforceStore } from '../store.ts';
import { onlyParameters, versionOf } from './version.ts';

const PARTS = ['key', 'secret', 'keyandsecret'];

export const credentialRoutes = (store: SalesforceStore): Hono<SimulatorEnv> =>
  new Hono<SimulatorEnv>()
    .get('/services/data/:version/apps/oauth/credentials/:appId', (c) => {
      c.set('operation', 'GET apps/oauth/credentials');
      refuseReader(restCaller(store, c));
      onlyParameters(c, []);
      const app = appOf(store, c.req.param('appId'));
      const consumers = consumersOf(store, app).map((consumer) => ({
        ...view(versionOf(c), app, consumer, 'key'),
        secret: null,
      }));
      return c.json({ consumers, currentPageUrl: `/services/data/${versionOf(c)}/apps/oauth/credentials/${app.id}` });
    })
    .get('/services/data/:version/apps/oauth/credentials/:appId/:consumerId', (c) => {
      const part = c.req.query('part') ?? 'key';
      c.set('operation', `GET apps/oauth/credentials part=${part}`);
      const caller = restCaller(store, c);
      onlyParameters(c, ['part']);
      if (!PARTS.includes(part)) throw new NotSimulated(`part=${part} of credentials`);
      refuseReader(caller);
      const app = appOf(store, c.req.param('appId'));
      const consumer = consumersOf(store, app).find(({ id }) => sameId(id, c.req.param('consumerId')));
      if (!consumer) throw notFound();
      return c.json(view(versionOf(c), app, consumer, part === 'key' ? 'key' : readablePart(store, caller, part)));
    });

const notFound = (): RestError => new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');

const refuseReader = ({ permissions }: Caller): void => {
  if (permissions.has('ExternalClientAppDeveloper')) return;
  throw new RestError(
    403,
    'INSUFFICIENT_ACCESS',
    'You do not have permission to view external client app credentials.'
  );
};

/** What of the requested part is shown. */
const readablePart = (store: SalesforceStore, { permissions }: Caller, part: string): string => {
  if (!permissions.has('ViewClientSecret')) {
    throw new RestError(403, 'INSUFFICIENT_ACCESS', 'You do not have permission to view client secrets.');
  }
  const settings = store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields ?? {};
  if (settings['enableClientSecretInRestApiAccess'] === 'true') return part;
  if (store.knobs.secretRefusal === 'B') return 'key';
  throw new RestError(
    403,
    'FUNCTIONALITY_NOT_ENABLED',
    'Access to client secrets in the REST API is not currently enabled.'
  );
};

const appOf = (store: SalesforceStore, appId: string): ComponentRecord => {
  const app = store.componentsOf('ExternalClientApplication').find(({ id }) => sameId(id, appId));
  if (!app) throw notFound();
  return app;
};

const consumersOf = (store: SalesforceStore, { id }: ComponentRecord): ConsumerRecord[] =>
  [...store.consumers.values()].filter(({ appId }) => appId === id);

const view = (
  version: string,
  app: ComponentRecord,
  consumer: ConsumerRecord,
  part: string
): Record<string, unknown> => {
  const url = `/services/data/${version}/apps/oauth/credentials/${app.id}/${consumer.id}`;
  return {
    id: consumer.id,
    ...(part !== 'secret' && { key: consumer.key }),
    name: app.fullName,
    ...(part !== 'key' && { secret: consumer.secret }),
    ...(Number(version.slice(1)) >= 65 && { stagedCredentialsUrl: `${url}/staged` }),
    url,
  };
};
