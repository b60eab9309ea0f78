/** Both simulated vendors together, over HTTP only: the handshake, then a user provisioned and taken away. */
import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { deterministicClock } from '../../../src/simulator/clock.ts';
import {
  API_TOKEN,
  documentedWorld,
  inUseApp,
  startOkta,
  type OktaSimulator,
  type OktaWorld,
} from '../../../src/simulator/okta/index.ts';
import * as salesforceSide from '../../../src/simulator/salesforce/index.ts';
import { newSalesforceApp } from './org.ts';

const KEY = '3MVG9-simulated-consumer-key';
const SECRET = 'S3CRET-simulated-consumer-secret';
const LIVE = ['katherine.johnson', 'dorothy.vaughan', 'mary.jackson'].map((name) => `${name}@simulated.example`);
const ADA = 'ada.lovelace@simulated.example';

/** The callback of the OAuth app names Okta's address, so that must be known before either vendor starts. */
const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('simulated Okta with simulated Salesforce', () => {
  let okta: OktaSimulator;
  let salesforce: salesforceSide.SalesforceSimulator;
  let appId: string;

  const begin = async (
    global: Record<string, string>,
    knobs: Partial<salesforceSide.SalesforceKnobs> = {}
  ): Promise<void> => {
    await start({}, global, knobs);
    appId = String((await ask('POST', '/api/v1/apps', newSalesforceApp()))['id']);
  };

  /** `more` changes the Salesforce world; with a grant in it, Okta starts with a live app that holds that grant. */
  const start = async (
    more: Partial<salesforceSide.SalesforceWorld>,
    global: Record<string, string>,
    knobs: Partial<salesforceSide.SalesforceKnobs> = {}
  ): Promise<void> => {
    const [clock, seed, port] = [deterministicClock(), 'seed', await freePort()];
    const world = salesforceSide.documentedWorld();
    const app = {
      kind: 'external-client-app',
      name: 'Okta_Provisioning',
      label: 'Okta Provisioning',
      contactEmail: 'admin@simulated.example',
      callbackUrl: `http://127.0.0.1:${port}/admin/app/generic/oauth20redirect`,
      consumerKey: KEY,
      consumerSecret: SECRET,
      global,
    } as const;
    const changed = { ...world, apps: [app], knobs: { ...world.knobs, ...knobs }, ...more };
    salesforce = await salesforceSide.startSalesforce(changed, { clock, seed });
    const [grant] = changed.grants;
    const oktaWorld = grant ? withAppInUse(grant) : documentedWorld();
    okta = await startOkta(oktaWorld, { clock, seed, salesforceUrl: salesforce.url, port });
  };

  const withAppInUse = ({ refreshToken, username }: salesforceSide.GrantSeed): OktaWorld => {
    const ids = LIVE.map((login) => salesforce.store.userByName(login)?.Id ?? '');
    const { app, users } = inUseApp({ consumerKey: KEY, consumerSecret: SECRET, refreshToken, username }, ids);
    return { ...documentedWorld(), users: [...documentedWorld().users, ...users], apps: [app] };
  };
  afterEach(async () => {
    await okta.close();
    await salesforce.close();
    expect([okta.unknown, salesforce.unknown]).to.deep.equal([[], []]);
  });

  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `SSWS ${API_TOKEN}` };
    const answer = await fetch(`${okta.url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return JSON.parse((await answer.text()) || '{}') as Record<string, unknown>;
  };
  const control = async (action: string, more: object = {}): Promise<Record<string, unknown>> =>
    ask('POST', '/simulated/control', { action, appId, ...more });
  const admin = { username: 'admin@simulated.example', password: 'S3CRET-simulated-admin-password' };
  const pkce = { isPkceRequired: 'true', isRefreshTokenRotationEnabled: 'true' };

  for (const [how, knobs] of [
    ['a redirect', {}],
    ['a script', { redirectByScript: true }],
  ] as const) {
    it(`connects, provisions a user, and takes it away, with PKCE, rotation and ${how} back to Okta`, async () => {
      await begin(pkce, knobs);
      await control('enter', { consumerKey: KEY, consumerSecret: SECRET });
      expect(await control('authenticate', admin)).to.include({ ok: true });
      expect(await control('test')).to.include({ ok: true });
      expect(await control('save')).to.include({ ok: true });
      expect(await control('tick', { features: ['create', 'update', 'deactivate'] })).to.include({ ok: true });

      const { id } = await ask('GET', `/api/v1/users/${ADA}`);
      await ask('POST', `/api/v1/apps/${appId}/users`, { id, scope: 'USER', profile: { profile: 'Standard User' } });
      await okta.idle();
      const assigned = await ask('GET', `/api/v1/apps/${appId}/users/${String(id)}`);
      expect(assigned).to.include({ status: 'PROVISIONED', syncState: 'SYNCHRONIZED' });
      const user = salesforce.store.users.get(String(assigned['externalId']));
      expect(user).to.include({ Username: ADA, IsActive: true });

      await ask('DELETE', `/api/v1/apps/${appId}/users/${String(id)}`);
      await okta.idle();
      expect(salesforce.store.userByName(ADA)).to.include({ IsActive: false });
      expect(salesforce.store.grants.size).to.equal(1);
    });
  }

  it('goes on with an app in use and the grant that Salesforce holds for it', async () => {
    const world = salesforceSide.documentedWorld();
    const live = LIVE.map((username) => ({
      username,
      password: 'S3CRET-live-user',
      profile: 'Standard User',
      firstName: 'Live',
      lastName: 'User',
    }));
    const grant = { app: 'Okta_Provisioning', username: admin.username, refreshToken: '5Aep861-T0KEN-in-use' };
    const licenses = world.licenses.map((license) => ({ ...license, seats: 10 }));
    await start({ users: [...world.users, ...live], grants: [grant], licenses }, pkce);
    const { id } = await ask('GET', `/api/v1/users/${LIVE[0] ?? ''}`);
    await ask('POST', `/api/v1/users/${String(id)}`, { profile: { lastName: 'Coleman' } });
    await okta.idle();
    expect(salesforce.store.userByName(LIVE[0] ?? '')).to.include({ FirstName: 'Katherine', LastName: 'Coleman' });
  });

  it('tells what Salesforce says to a wrong password, an unknown key and a wrong secret', async () => {
    await begin(pkce);
    await control('enter', { consumerKey: KEY, consumerSecret: SECRET });
    const wrong = await control('authenticate', { ...admin, password: 'P4SSWORD-wrong' });
    expect(wrong['error']).to.match(/^Please check your username and password/);
    await control('enter', { consumerKey: KEY, consumerSecret: 'S3CRET-wrong' });
    expect((await control('authenticate', admin))['error']).to.include('invalid_client: invalid client credentials');
    await control('enter', { consumerKey: 'unknown', consumerSecret: SECRET });
    expect((await control('authenticate', admin))['error']).to.include('invalid_client_id');
  });
});
