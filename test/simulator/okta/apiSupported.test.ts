/** The hypothetical profile: Okta's Connections API as if it knew `salesforce`. contracts/okta.md §2.4, §14 */
import { expect } from 'chai';
import { documentedWorld, inUseApp } from '../../../src/simulator/okta/index.ts';
import { eventsOf, newSalesforceApp, refusal, startOrg, type Body, type Org } from './org.ts';
import { KEY, SECRET, startSalesforceStub, USERNAME, type SalesforceStub } from './salesforceStub.ts';

const SEEDED = {
  consumerKey: KEY,
  consumerSecret: SECRET,
  refreshToken: '5Aep861-dead',
  enabled: false,
  username: USERNAME,
};

describe('simulated provisioning connection, were it offered for salesforce', () => {
  let salesforce: SalesforceStub;
  let org: Org;
  let app: string;
  beforeEach(async () => {
    salesforce = await startSalesforceStub();
    const { app: seed, users } = inUseApp(SEEDED);
    org = await startOrg(
      {
        connection: 'api-supported',
        users: [...documentedWorld().users, ...users],
        apps: [{ ...seed, features: [] }],
      },
      { salesforceUrl: salesforce.url }
    );
    app = `/api/v1/apps/${(await org.ask('GET', '/api/v1/apps')).list[0]?.id}`;
  });
  afterEach(async () => {
    await org.end();
    await salesforce.close();
  });

  const begin = async (): Promise<URL> => {
    const { body } = await org.ask('POST', `${app}/connections/default`, { profile: { authScheme: 'OAUTH2' } });
    return new URL((body['_links'] as { authorize: { href: string } }).authorize.href);
  };

  /** As the stub's consent page would send the browser back, without walking it. */
  const consent = async (authorize: URL): Promise<Body> => {
    const { location } = Object.fromEntries(
      (await fetch(`${salesforce.url}/consent`, { method: 'POST', redirect: 'manual', body: authorize.searchParams }))
        .headers
    );
    return (await org.ask('GET', (location ?? '').replace(org.sim.url, ''))).body['continue_oauth_flow_url'] as Body;
  };

  it('re-authenticates by API, activates, and switches features', async () => {
    const { body } = await org.ask('GET', `${app}/connections/default`);
    expect([body['status'], body['profile']]).to.deep.equal(['DISABLED', { authScheme: 'OAUTH2' }]);
    expect(body['_links']).to.have.all.keys('self', 'activate');
    const authorize = await begin();
    expect(authorize.searchParams.get('client_id')).to.equal(KEY);
    const next = await consent(authorize);
    expect(next['method']).to.equal('POST');
    expect((await org.ask('POST', String(next['href']).replace(org.sim.url, ''))).status).to.equal(204);
    expect(refusal(await org.ask('GET', `${app}/features`))[3]).to.equal(
      'Provisioning is not enabled for the app instance.'
    );
    expect((await org.ask('POST', `${app}/connections/default/lifecycle/activate`)).status).to.equal(204);
    await org.sim.idle();
    const after = (await org.ask('GET', `${app}/connections/default`)).body;
    expect([after['status'], Object.keys(after['_links'] as Body)]).to.deep.equal(['ENABLED', ['self', 'deactivate']]);

    const create = { create: { lifecycleCreate: { status: 'ENABLED' } } };
    const feature = await org.ask('PUT', `${app}/features/USER_PROVISIONING`, create);
    expect(feature.body['capabilities']).to.deep.include(create);
    const { features } = (await org.ask('GET', app)).body as unknown as { features: string[] };
    expect(features).to.include('PUSH_NEW_USERS').and.not.include('PUSH_PROFILE_UPDATES');
    await org.ask('POST', `${app}/connections/default/lifecycle/deactivate`);
    expect((await org.ask('GET', app)).body['features']).to.deep.equal([]);
  });

  it('offers no link where no person saved key and secret', async () => {
    const { id } = (await org.ask('POST', '/api/v1/apps', newSalesforceApp('New'))).body;
    const path = `/api/v1/apps/${id}/connections/default`;
    const { status, body } = await org.ask('POST', path, { profile: { authScheme: 'OAUTH2' } });
    expect([status, Object.keys(body['_links'] as Body)]).to.deep.equal([200, ['self', 'activate']]);
    expect(refusal(await org.ask('POST', `${path}/lifecycle/activate`))[2]).to.equal(
      'Api validation failed: credential'
    );
  });

  it('refuses dead tokens, unknown states and used codes', async () => {
    const dead = await org.ask('POST', `${app}/connections/default/lifecycle/activate`);
    expect(refusal(dead)[3]).to.equal('Verification failed: invalid_grant: expired access/refresh token');
    const next = String((await consent(await begin()))['href']).replace(org.sim.url, '');
    expect((await org.ask('POST', next)).status).to.equal(204);
    expect(refusal(await org.ask('POST', next))[3]).to.equal('Verification failed: unknown state');
    expect(await eventsOf(org, 'eventType eq "application.configuration.update"')).to.have.lengthOf(2);
  });

  it('keeps the sentinel for other apps', async () => {
    const settings = { app: { url: 'https://bookmark.example' } };
    const { id } = (await org.ask('POST', '/api/v1/apps', { name: 'bookmark', label: 'B', settings })).body;
    expect((await org.ask('GET', `/api/v1/apps/${id}/connections/default`)).body['status']).to.equal('UNKNOWN');
    expect(refusal(await org.ask('GET', `/api/v1/apps/${id}/features`))[3]).to.equal('Provisioning is not supported.');
  });
});
