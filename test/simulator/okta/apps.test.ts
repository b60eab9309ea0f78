import { expect } from 'chai';
import { eventsOf, newSalesforceApp, refusal, startOrg, type Body, type Org } from './org.ts';

describe('simulated /api/v1/apps', () => {
  let org: Org;
  beforeEach(async () => {
    org = await startOrg();
  });
  afterEach(async () => org.end());

  const create = async (label: string): Promise<Body> =>
    (await org.ask('POST', '/api/v1/apps', newSalesforceApp(label))).body;
  const labels = async (query: string): Promise<unknown[]> =>
    (await org.ask('GET', `/api/v1/apps?${query}`)).list.map(({ label }) => label);

  it('creates an app with 200, nine settings, no features and the links of an active app', async () => {
    const { status, body } = await org.ask('POST', '/api/v1/apps', {
      ...newSalesforceApp(),
      features: ['PUSH_NEW_USERS'],
    });
    const { app } = body['settings'] as { app: Record<string, unknown> };
    expect([status, body['status'], body['features'], body['name']]).to.deep.equal([200, 'ACTIVE', [], 'salesforce']);
    expect(body.id).to.match(/^0oa\w{17}$/);
    expect(body['created']).to.match(/\.000Z$/);
    expect(app).to.deep.equal({
      integrationType: 'STANDARD',
      siteURL: null,
      loginUrl: null,
      logoutUrl: null,
      instanceType: 'PRODUCTION',
      portalID: null,
      myDomain: null,
      orgID: null,
      customDomain: null,
    });
    expect(body['_links']).to.include.keys('deactivate', 'users', 'metadata').and.not.include.keys('self', 'activate');
    expect(body['credentials']).not.to.have.property('scheme');
  });

  it('gives an app for secure web sign-on a credentials scheme', async () => {
    const { body } = await org.ask('POST', '/api/v1/apps', { ...newSalesforceApp(), signOnMode: undefined });
    expect([body['signOnMode'], (body['credentials'] as Body)['scheme']]).to.deep.equal([
      'BROWSER_PLUGIN',
      'EDIT_USERNAME_AND_PASSWORD',
    ]);
  });

  const wrong: Array<[string, Record<string, unknown>, unknown[]]> = [
    ['no name', { label: 'x' }, ['name', 'name: The field cannot be left blank']],
    ['no label', { name: 'salesforce' }, ['label', 'label: The field cannot be left blank']],
    [
      'no settings',
      { name: 'salesforce', label: 'x' },
      ['settings', 'instanceType: The field cannot be left blank', 'integrationType: The field cannot be left blank'],
    ],
    [
      'an instance type that Okta lacks',
      newSalesforceApp('x', { instanceType: 'sandbox' }),
      ['settings', "instanceType: Invalid value 'sandbox'."],
    ],
    [
      'a setting that Okta lacks',
      newSalesforceApp('x', { scimBaseUrl: 'x' }),
      ['settings', "Unknown app setting 'scimBaseUrl'."],
    ],
    [
      'another sign-on',
      { ...newSalesforceApp(), signOnMode: 'OPENID_CONNECT' },
      ['signOnMode', "signOnMode: Invalid value 'OPENID_CONNECT'."],
    ],
  ];
  for (const [what, body, [field, ...causes]] of wrong) {
    it(`refuses to create with ${what}`, async () => {
      const summary = `Api validation failed: ${String(field)}`;
      expect(refusal(await org.ask('POST', '/api/v1/apps', body))).to.deep.equal([400, 'E0000001', summary, ...causes]);
      expect(org.sim.store.apps.size).to.equal(0);
    });
  }

  it('pages by links whose parameters are sorted, and ends without a next one', async () => {
    for (const label of ['A', 'B', 'C']) await create(label);
    const first = await org.ask('GET', '/api/v1/apps?limit=2');
    expect(first.links).to.deep.equal({
      self: '/api/v1/apps?limit=2',
      next: `/api/v1/apps?after=${first.list[1]?.id}&limit=2`,
    });
    const second = await org.ask('GET', first.links['next'] ?? '');
    expect([second.list.map(({ label }) => label), Object.keys(second.links)]).to.deep.equal([['C'], ['self']]);
    expect(Object.keys((await org.ask('GET', '/api/v1/apps?limit=3')).links)).to.deep.equal(['self']);
  });

  it('gives 20 apps to a client that does not say how many', async () => {
    for (let count = 0; count < 21; count += 1) await create(`App ${count}`);
    const { list, links } = await org.ask('GET', '/api/v1/apps');
    expect([list.length, links['next']]).to.deep.equal([20, `/api/v1/apps?after=${list[19]?.id}&limit=20`]);
  });

  it('finds apps by the start of name or label and by filter', async () => {
    await create('Alpha');
    const beta = await create('Beta');
    await org.ask('POST', `/api/v1/apps/${beta.id}/lifecycle/deactivate`);
    expect(await labels('q=alp')).to.deep.equal(['Alpha']);
    expect(await labels('q=sales')).to.deep.equal(['Alpha', 'Beta']);
    expect(await labels(`filter=${encodeURIComponent('name eq "salesforce"')}&limit=200`)).to.deep.equal([
      'Alpha',
      'Beta',
    ]);
    expect(await labels(`filter=${encodeURIComponent('status eq "ACTIVE"')}&limit=1&q=salesforce`)).to.deep.equal([
      'Alpha',
    ]);
    expect(await labels(`filter=${encodeURIComponent(`id eq "${beta.id}"`)}`)).to.deep.equal(['Beta']);
  });

  const refused: Array<[string, unknown[]]> = [
    ['after=0oaNONE', [400, 'E0000029', 'Invalid paging request.', 'Invalid cursor.']],
    ['expand=group', [400, 'E0000001', 'Api validation failed: RequestParams', 'Expand query is malformed.']],
    [`filter=${encodeURIComponent('label eq "x"')}`, [400, 'E0000053', 'field is not valid: label']],
    [`filter=${encodeURIComponent('name sw "x"')}`, [400, 'E0000031', 'Invalid search criteria.']],
    ['limit=201', [400, 'E0000001', 'Api validation failed: limit', 'limit: must be 1 to 200.']],
  ];
  for (const [query, answer] of refused) {
    it(`refuses ${decodeURIComponent(query)}`, async () => {
      expect(refusal(await org.ask('GET', `/api/v1/apps?${query}`))).to.deep.equal(answer);
    });
  }

  it('replaces an app as a whole on PUT, but not id, name, status, dates and features', async () => {
    const app = await create('Old');
    await org.ask('PUT', `/api/v1/apps/${app.id}`, newSalesforceApp('Old', { loginUrl: 'https://login.example' }));
    const { body } = await org.ask('PUT', `/api/v1/apps/${app.id}`, {
      ...newSalesforceApp('New', { instanceType: 'SANDBOX' }),
      id: 'x',
      status: 'INACTIVE',
      features: ['PUSH_NEW_USERS'],
    });
    expect(body).to.include({ id: app.id, label: 'New', status: 'ACTIVE', created: app['created'] });
    expect((body['settings'] as Body)['app']).to.include({ instanceType: 'SANDBOX', loginUrl: null });
    expect(body['features']).to.deep.equal([]);
  });

  it('deletes only an inactive app', async () => {
    const { id } = await create('Doomed');
    expect(refusal(await org.ask('DELETE', `/api/v1/apps/${id}`))).to.deep.equal([
      403,
      'E0000056',
      'Delete application forbidden.',
      'The application must be deactivated before deletion.',
    ]);
    const off = await org.ask('POST', `/api/v1/apps/${id}/lifecycle/deactivate`);
    expect([off.status, off.body]).to.deep.equal([200, {}]);
    expect((await org.ask('GET', `/api/v1/apps/${id}`)).body['_links'])
      .to.include.keys('activate')
      .and.not.include.keys('deactivate');
    expect((await org.ask('DELETE', `/api/v1/apps/${id}`)).status).to.equal(204);
    expect((await org.ask('GET', `/api/v1/apps/${id}`)).status).to.equal(404);
  });

  it('logs what was done to an app, with the actor and the token', async () => {
    const { id } = await org.ask('POST', '/api/v1/apps?activate=false', newSalesforceApp()).then(({ body }) => body);
    await org.ask('POST', `/api/v1/apps/${id}/lifecycle/activate`);
    await org.ask('PUT', `/api/v1/apps/${id}`, newSalesforceApp('New'));
    expect(await eventsOf(org, `target.id eq "${id}"`)).to.deep.equal([
      'application.lifecycle.create',
      'application.lifecycle.activate',
      'application.lifecycle.update',
    ]);
    const [event] = (await org.ask('GET', '/api/v1/logs?limit=1')).list;
    expect(event?.['actor']).to.include({ type: 'User', alternateId: 'admin@simulated.example' });
    expect(event?.['transaction']).to.have.nested.property('detail.requestApiTokenId');
  });
});

describe('simulated provisioning connection and features', () => {
  let org: Org;
  let app: string;
  beforeEach(async () => {
    org = await startOrg();
    app = `/api/v1/apps/${(await org.ask('POST', '/api/v1/apps', newSalesforceApp())).body.id}`;
  });
  afterEach(async () => org.end());

  const sentinel = { status: 'UNKNOWN', profile: { authScheme: 'UNKNOWN' } };
  const supported = [400, 'E0000001', 'Api validation failed: feature', 'Provisioning is not supported.'];

  it('answers 200 and the sentinel to GET and to any POST, and changes nothing', async () => {
    const before = org.sim.snapshot();
    const path = `${app}/connections/default`;
    for (const [method, query, body] of [
      ['GET', '', undefined],
      ['POST', '', { profile: { authScheme: 'UNKNOWN' } }],
      ['POST', '?activate=true', { profile: { authScheme: 'OAUTH2' } }],
    ] as const) {
      const answer = await org.ask(method, `${path}${query}`, body);
      expect([answer.status, answer.body]).to.deep.equal([200, sentinel]);
    }
    for (const turn of ['activate', 'deactivate']) {
      const answer = await org.ask('POST', `${path}/lifecycle/${turn}`);
      expect([answer.status, answer.body]).to.deep.equal([204, { text: '' }]);
    }
    expect(org.sim.snapshot()).to.equal(before);
  });

  it('answers 404 (AppInstance) for an unknown app', async () => {
    for (const [method, path] of [
      ['GET', '/connections/default'],
      ['POST', '/connections/default/lifecycle/activate'],
      ['GET', '/features'],
      ['GET', '/users'],
    ] as const) {
      const answer = await org.ask(method, `/api/v1/apps/invalid-app-id-12345${path}`);
      const text = 'Not found: Resource not found: invalid-app-id-12345 (AppInstance)';
      expect(refusal(answer)).to.deep.equal([404, 'E0000007', text]);
    }
  });

  it('has no OAuth callback for salesforce', async () => {
    const { pathname } = new URL(app, org.sim.url);
    const path = pathname.replace('/apps/', '/apps/salesforce/');
    expect((await org.ask('POST', `${path}/oauth2/callback?code=c&state=s`)).status).to.equal(404);
  });

  it('tells an unknown feature before an unknown app, a broken body before what is supported', async () => {
    const text = 'Not found: Resource not found: INVALID_FEATURE_TYPE (PublicAppFeatureSetName)';
    expect(refusal(await org.ask('GET', '/api/v1/apps/none/features/INVALID_FEATURE_TYPE'))).to.deep.equal([
      404,
      'E0000007',
      text,
    ]);
    expect(refusal(await org.ask('PUT', '/api/v1/apps/none/features/INVALID_FEATURE_TYPE'))[2]).to.equal(text);
    expect(refusal(await org.ask('PUT', '/api/v1/apps/none/features/USER_PROVISIONING'))[2]).to.equal(
      'Not found: Resource not found: none (AppInstance)'
    );
    expect((await org.ask('PUT', `${app}/features/USER_PROVISIONING`)).body['errorCode']).to.equal('E0000003');
    expect(refusal(await org.ask('GET', `${app}/features`))).to.deep.equal(supported);
    expect(refusal(await org.ask('GET', `${app}/features/USER_PROVISIONING`))).to.deep.equal(supported);
    expect(refusal(await org.ask('PUT', `${app}/features/USER_PROVISIONING`, { create: {} }))).to.deep.equal(supported);
  });
});
