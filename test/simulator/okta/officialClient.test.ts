/** Okta's own Node SDK as a witness: a client that nobody here wrote finds its way about the simulated org. */
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Client as OktaClient } from '@okta/okta-sdk-nodejs';
import { API_TOKEN } from '../../../src/simulator/okta/index.ts';
import { loadOktaContract } from '../../contract/openapi.ts';
import { serviceApp } from '../../helpers/serviceApp.ts';
import { newSalesforceApp, startOrg, type Org } from './org.ts';

// CommonJS that copies its exports at run time, which a named import cannot see.
const { Client } = createRequire(import.meta.url)('@okta/okta-sdk-nodejs') as { Client: typeof OktaClient };

const ADA = 'ada.lovelace@simulated.example';

const all = async <T>(collection: AsyncIterable<T | null>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of collection) if (item !== null) items.push(item);
  return items;
};

const messageOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error as Error).message
  );

// Where Okta's document is at hand, what the SDK sent is held to it, too: two witnesses that should agree.
const contract = loadOktaContract();

describe('simulated Okta, asked by @okta/okta-sdk-nodejs', () => {
  let org: Org;
  let client: OktaClient;
  let salesforce: string;
  beforeEach(async () => {
    org = await startOrg({ rateLimits: { me: 1 } });
    client = new Client({ orgUrl: org.sim.url, token: API_TOKEN });
    // Created by hand: the SDK drops the keys of `settings.app` of a salesforce app.
    salesforce = (await org.ask('POST', '/api/v1/apps', newSalesforceApp())).body.id;
  });
  afterEach(async () => {
    await org.end();
    const ours = org.sim.requests.filter(({ userAgent }) => userAgent.startsWith('@okta/okta-sdk-nodejs'));
    expect(ours.flatMap((request) => contract?.problems(request) ?? [])).to.deep.equal([]);
  });

  const createBookmark = async (label: string): Promise<string> => {
    const settings = { app: { url: 'https://bookmark.example', requestIntegration: false } };
    const application = { name: 'bookmark', label, signOnMode: 'BOOKMARK', settings } as const;
    return (await client.applicationApi.createApplication({ application })).id ?? '';
  };

  it('creates, finds, pages through, replaces, deactivates and deletes apps', async () => {
    const id = await createBookmark('One');
    await createBookmark('Two');
    const listed = await all(await client.applicationApi.listApplications({ limit: 1 }));
    expect(listed.map(({ label }) => label)).to.deep.equal(['Salesforce.com', 'One', 'Two']);
    const found = await all(await client.applicationApi.listApplications({ filter: 'name eq "salesforce"' }));
    expect(found.map((app) => app.id)).to.deep.equal([salesforce]);
    const application = { ...(await client.applicationApi.getApplication({ appId: id })), label: 'Renamed' };
    const replaced = await client.applicationApi.replaceApplication({ appId: id, application });
    expect(replaced.label).to.equal('Renamed');
    await client.applicationApi.deactivateApplication({ appId: id });
    await client.applicationApi.deleteApplication({ appId: id });
    expect(await messageOf(client.applicationApi.getApplication({ appId: id }))).to.equal(
      `Okta HTTP 404 E0000007 Not found: Resource not found: ${id} (AppInstance). `
    );
  });

  it('reads the sentinel and the refusals of connection and features', async () => {
    const connection = await client.applicationApi.getDefaultProvisioningConnectionForApplication({
      appId: salesforce,
    });
    expect(connection.status).to.equal('UNKNOWN');
    await client.applicationApi.activateDefaultProvisioningConnectionForApplication({ appId: salesforce });
    const features = client.applicationApi.getFeatureForApplication({
      appId: salesforce,
      name: 'USER_PROVISIONING',
    });
    expect(await messageOf(features)).to.equal(
      'Okta HTTP 400 E0000001 Api validation failed: feature. Provisioning is not supported.'
    );
  });

  it('creates, finds, assigns, unassigns and deletes users', async () => {
    const ada = await client.userApi.getUser({ userId: ADA });
    const user = await client.userApi.createUser({
      body: {
        profile: {
          login: 'alan@simulated.example',
          email: 'alan@simulated.example',
          firstName: 'Alan',
          lastName: 'Turing',
        },
        credentials: { password: { value: 'P4SSWORD-okta-user' } },
      },
    });
    const userId = user.id ?? '';
    const users = await all(await client.userApi.listUsers({ limit: 1, search: 'status eq "ACTIVE"' }));
    expect(users.map(({ profile }) => profile?.login)).to.include.members([ADA, 'alan@simulated.example']);
    for (const id of [ada.id ?? '', userId]) {
      await client.applicationApi.assignUserToApplication({ appId: salesforce, appUser: { id, scope: 'USER' } });
    }
    const assigned = await all(await client.applicationApi.listApplicationUsers({ appId: salesforce, limit: 1 }));
    expect(assigned.map(({ syncState }) => syncState)).to.deep.equal(['DISABLED', 'DISABLED']);
    await client.applicationApi.unassignUserFromApplication({ appId: salesforce, userId });
    await client.userApi.deactivateUser({ userId });
    await client.userApi.deleteUser({ userId });
    expect(await messageOf(client.userApi.getUser({ userId }))).to.match(/^Okta HTTP 404 E0000007 /);
  });

  it('reads the log', async () => {
    const events = await all(
      await client.systemLogApi.listLogEvents({
        since: '2026-09-01T00:00:00.000Z',
        until: '2026-09-02T00:00:00.000Z',
        filter: `target.id eq "${salesforce}"`,
        limit: 1,
      })
    );
    expect(events.map(({ eventType }) => eventType)).to.deep.equal([
      'application.lifecycle.create',
      'application.lifecycle.activate',
    ]);
    expect(events[0]?.actor?.alternateId).to.equal('admin@simulated.example');
  });

  it('reads the org and the schema of an app', async () => {
    expect((await client.orgSettingApi.getOrgSettings()).companyName).to.equal('Simulated');
    const schema = await client.schemaApi.getApplicationUserSchema({ appInstanceId: salesforce });
    expect(schema.definitions?.base?.required).to.deep.equal(['userName', 'profile']);
  });

  it('understands a refused token', async () => {
    const stranger = new Client({ orgUrl: org.sim.url, token: 'wrong' });
    expect(await messageOf(stranger.userApi.getUser({ userId: 'me' }))).to.match(
      /^Okta HTTP 401 E0000011 Invalid token provided/
    );
  });
});

describe('simulated Okta, asked by @okta/okta-sdk-nodejs as a service app', () => {
  for (const dpop of ['ignored', 'required'] as const)
    it(`gets a token, pages and reads the log, where DPoP is ${dpop}`, async () => {
      const app = serviceApp({ dpop });
      const org = await startOrg({ serviceApps: [app.record] });
      try {
        for (const label of ['One', 'Two']) await org.ask('POST', '/api/v1/apps', newSalesforceApp(label));
        const [clientId, keyId] = [app.record.clientId, 'simulated-key'];
        const scopes = ['okta.apps.read', 'okta.logs.read'];
        const client = new Client({
          orgUrl: org.sim.url,
          authorizationMode: 'PrivateKey',
          clientId,
          scopes,
          privateKey: app.pem,
          keyId,
        });
        const listed = await all(await client.applicationApi.listApplications({ limit: 1 }));
        expect(listed.map(({ label }) => label)).to.deep.equal(['One', 'Two']);
        const bound = [...org.sim.store.accessTokens.values()].map(({ boundTo }) => boundTo !== undefined);
        expect(bound).to.deep.equal([dpop === 'required']);
      } finally {
        await org.end();
      }
    });
});
