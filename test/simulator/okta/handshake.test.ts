import { expect } from 'chai';
import { eventsOf, newSalesforceApp, startOrg, type Org } from './org.ts';
import { KEY, PASSWORD, SECRET, startSalesforceStub, USERNAME, type SalesforceStub } from './salesforceStub.ts';

const IMPORTS = ['IMPORT_NEW_USERS', 'IMPORT_PROFILE_UPDATES', 'IMPORT_USER_SCHEMA'];
const BAD = 'The credentials used to connect to the API were invalid; please check your configuration';

describe('simulated Okta console', () => {
  let salesforce: SalesforceStub;
  let org: Org;
  let appId: string;
  beforeEach(async () => {
    salesforce = await startSalesforceStub();
    org = await startOrg({}, { salesforceUrl: salesforce.url });
    appId = (await org.ask('POST', '/api/v1/apps', newSalesforceApp())).body.id;
  });
  afterEach(async () => {
    await org.end();
    await salesforce.close();
  });

  const enter = async (consumerSecret = SECRET): ReturnType<Org['control']> =>
    org.control({ action: 'enter', appId, consumerKey: KEY, consumerSecret });
  const authenticate = async (password = PASSWORD): ReturnType<Org['control']> =>
    org.control({ action: 'authenticate', appId, username: USERNAME, password });
  const press = async (action: string): ReturnType<Org['control']> => org.control({ action, appId });
  const features = async (): Promise<unknown> => (await org.ask('GET', `/api/v1/apps/${appId}`)).body['features'];
  const page = async (): Promise<string> =>
    String((await org.ask('GET', `/admin/app/salesforce/instance/${appId}/`)).body['text']);

  it('connects an app when key and secret are entered, authenticated, tested and saved', async () => {
    expect(await enter()).to.deep.equal({ ok: true, message: 'Entered.' });
    expect(await authenticate()).to.deep.equal({
      ok: true,
      message: 'Authenticated with Salesforce.com. Save to keep this authentication.',
    });
    expect(await press('test')).to.deep.equal({ ok: true, message: 'Salesforce.com was verified successfully!' });
    expect(await features()).to.deep.equal([]);
    expect(await press('save')).to.deep.equal({ ok: true, message: 'Saved.' });
    expect(await features()).to.deep.equal(IMPORTS);
    await org.sim.idle();
    expect(org.sim.store.connections.get(appId)).to.include({
      consumerKey: KEY,
      refreshToken: salesforce.refreshToken,
    });
    const schema = await org.ask('GET', `/api/v1/meta/schemas/apps/${appId}/default`);
    expect(schema.body).to.have.deep.nested.property('definitions.base.properties.profile.enum', [
      'Standard User',
      'System Administrator',
    ]);
    expect(await eventsOf(org)).to.deep.equal([
      'application.lifecycle.create',
      'application.lifecycle.activate',
      'application.lifecycle.update',
    ]);
  });

  it('asks Salesforce for a code with PKCE, and names no secret in an address', async () => {
    await enter();
    const answer = await fetch(`${org.sim.url}/admin/app/salesforce/instance/${appId}/user-management`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ consumerKey: KEY, consumerSecret: SECRET, button: 'authenticate' }),
    });
    const url = new URL(answer.headers.get('location') ?? '');
    expect(url.origin + url.pathname).to.equal(`${salesforce.url}/services/oauth2/authorize`);
    expect([...url.searchParams.keys()].sort()).to.deep.equal([
      ...['client_id', 'code_challenge', 'code_challenge_method', 'redirect_uri', 'response_type', 'scope', 'state'],
    ]);
    expect(url.searchParams.get('redirect_uri')).to.equal(`${org.sim.url}/admin/app/generic/oauth20redirect`);
    expect(url.href).not.to.include(SECRET);
  });

  it('does nothing before key and secret are entered', async () => {
    expect((await authenticate()).error).to.match(/^Enter the OAuth Consumer Key/);
    expect((await press('save')).error).to.include(BAD);
    expect((await org.control({ action: 'tick', appId, features: ['create'] })).error).to.match(
      /^API integration is not enabled/
    );
    expect([salesforce.calls, await features()]).to.deep.equal([[], []]);
  });

  it('stores nothing when it was authenticated and not saved', async () => {
    const before = org.sim.snapshot();
    await enter();
    await authenticate();
    expect(org.sim.snapshot()).to.equal(before);
    expect(salesforce.refreshToken).to.be.a('string');
  });

  it('forgets an authentication when the secret is changed after it', async () => {
    await enter();
    await authenticate();
    await enter('S3CRET-another');
    const calls = salesforce.calls.length;
    expect((await press('save')).ok).to.equal(false);
    expect(salesforce.calls).to.have.lengthOf(calls);
  });

  it('tells a wrong secret, a wrong password and an unknown key, and logs what Salesforce told Okta', async () => {
    await enter('S3CRET-wrong');
    expect((await authenticate()).error).to.include('invalid_client: invalid client credentials');
    expect((await authenticate('P4SSWORD-wrong')).error).to.equal('Please check your username and password.');
    await org.control({ action: 'enter', appId, consumerKey: 'unknown', consumerSecret: SECRET });
    expect((await authenticate()).error).to.include('error=invalid_client_id');
    expect((await eventsOf(org, 'outcome.result eq "FAILURE"')).join()).to.equal(
      'application.configuration.update FAILURE: The credentials could not be verified: invalid_client: invalid client credentials'
    );
  });

  it('refuses a state that is unknown or was used before, and takes a denial', async () => {
    const callback = '/admin/app/generic/oauth20redirect';
    expect((await org.ask('GET', `${callback}?code=c&state=s`)).status).to.equal(403);
    await enter();
    await authenticate();
    const [used = ''] = org.sim.requests
      .filter(({ path }) => path.startsWith(`${callback}?code=aPrx`))
      .map(({ path }) => path);
    expect((await org.ask('GET', used)).status).to.equal(403);
    const form = new URLSearchParams({ consumerKey: KEY, consumerSecret: SECRET, button: 'authenticate' });
    const url = `${org.sim.url}/admin/app/salesforce/instance/${appId}/user-management`;
    const { headers } = await fetch(url, { method: 'POST', redirect: 'manual', body: form });
    const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
    await org.ask(
      'GET',
      `${callback}?error=access_denied&error_description=end-user+denied+authorization&state=${state}`
    );
    expect(await page()).to.include('access_denied: end-user denied authorization');
  });

  it('tells a lost grant on Test and on Save, and keeps what was saved', async () => {
    await enter();
    await authenticate();
    await press('save');
    await org.sim.idle();
    const before = org.sim.snapshot();
    expect(await press('test')).to.include({ ok: true });
    expect(org.sim.snapshot(), 'the rotated token').not.to.equal(before);
    salesforce.refreshToken = undefined;
    expect(await press('test')).to.deep.equal({ ok: false, error: BAD });
    expect(await press('save')).to.deep.equal({ ok: false, error: BAD });
    expect(await features()).to.deep.equal(IMPORTS);
    expect(await eventsOf(org, 'eventType eq "application.configuration.update"')).to.have.lengthOf(2);
  });

  it('switches features by To App, and tells the change', async () => {
    await enter();
    await authenticate();
    await press('save');
    expect((await org.control({ action: 'tick', appId, features: ['create', 'update', 'deactivate'] })).ok).to.equal(
      true
    );
    const pushes = ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES', 'PUSH_USER_DEACTIVATION', 'REACTIVATE_USERS'];
    expect(await features()).to.deep.equal([...IMPORTS, ...pushes]);
    await press('save');
    expect(await features(), 'saved again').to.have.members([...IMPORTS, ...pushes]);
    await org.control({ action: 'tick', appId, features: ['sync-password'] });
    expect(await features()).to.deep.equal([...IMPORTS, 'PUSH_PASSWORD_UPDATES']);
    const [last] = (await org.ask('GET', '/api/v1/logs?sortOrder=DESCENDING&limit=1')).list;
    expect(last).to.have.deep.nested.property('target[0].changeDetails', {
      from: { create_users: true, update_user_attributes: true, deactivate_users: true, sync_password: false },
      to: { create_users: false, update_user_attributes: false, deactivate_users: false, sync_password: true },
    });
  });

  it('shows no secret on any page, in the log or in the request log, and lists every one of them', async () => {
    await enter();
    await authenticate();
    await press('save');
    await org.sim.idle();
    const secrets = org.sim.secrets();
    expect(secrets).to.include.members([SECRET, PASSWORD, '5Aep861-refresh-1', '5Aep861-refresh-2', '00D!access-1']);
    expect(secrets.filter((secret) => secret.startsWith('aPrx-code-'))).to.have.lengthOf(1);
    const shown = (await page()) + JSON.stringify((await org.ask('GET', '/api/v1/logs')).body);
    expect(secrets.filter((secret) => shown.includes(secret))).to.deep.equal([]);
    expect(await page()).to.match(/SIMULATED Okta Admin Console/);
  });

  it('tells a person who asks for what is not there', async () => {
    expect((await org.control({ action: 'test', appId: '0oaNONE' })).error).to.equal(
      'This application does not exist.'
    );
    expect((await org.control({ action: 'provision-user', appId, userId: 'x' })).ok).to.equal(false);
    expect((await org.ask('POST', '/simulated/control', { action: 'dance' })).status).to.equal(400);
  });
});
