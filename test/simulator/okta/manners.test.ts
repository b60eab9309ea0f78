import { expect } from 'chai';
import { API_TOKEN } from '../../../src/simulator/okta/index.ts';
import { newSalesforceApp, refusal, startOrg, type Org } from './org.ts';

const SSWS = { authorization: `SSWS ${API_TOKEN}` };

describe('simulated Okta, what holds for every call', () => {
  let org: Org;
  beforeEach(async () => {
    org = await startOrg({ rateLimits: { apps: 3 } });
  });
  afterEach(async () => org.sim.close());

  const credentials: Array<[string, Record<string, string>, number, string | undefined]> = [
    ['the token of the world', SSWS, 200, undefined],
    ['a wrong token', { authorization: 'SSWS wrong' }, 401, 'E0000011'],
    ['a bearer token', { authorization: 'Bearer abc' }, 401, 'E0000011'],
    ['no credentials', {}, 403, 'E0000005'],
    ['a scheme that Okta lacks', { authorization: 'Basic abc' }, 403, 'E0000005'],
  ];
  for (const [what, headers, status, code] of credentials) {
    it(`answers ${status} to ${what}`, async () => {
      const answer = await org.ask('GET', '/api/v1/users/me', undefined, headers);
      expect([answer.status, answer.body['errorCode']]).to.deep.equal([status, code]);
    });
  }

  it('refuses a token whose user is not active any more', async () => {
    const me = await org.ask('GET', '/api/v1/users/me');
    await org.ask('POST', `/api/v1/users/${me.body.id}/lifecycle/deactivate?sendEmail=false`);
    expect((await org.ask('GET', '/api/v1/org')).status).to.equal(401);
  });

  it('names its canonical host without credentials', async () => {
    const { status, body } = await org.ask('GET', '/.well-known/okta-organization', undefined, {});
    expect([status, body['pipeline'], body['_links']]).to.deep.equal([
      200,
      'idx',
      { organization: { href: org.sim.url } },
    ]);
    const { body: wire } = await org.ask('GET', '/api/v1/org');
    expect([wire.id, wire['subdomain'], wire['status']]).to.deep.equal([body.id, 'simulated', 'ACTIVE']);
  });

  it('tells an error in an object with an id of its own, and a request id, on refusals too', async () => {
    const answer = await org.ask('GET', '/api/v1/apps/0oaNONE');
    expect(answer.body).to.include({ errorCode: 'E0000007', errorLink: 'E0000007' });
    expect(answer.body['errorSummary']).to.equal('Not found: Resource not found: 0oaNONE (AppInstance)');
    expect(answer.body['errorId']).to.match(/^oae[\w-]{22}$/);
    expect(answer.headers.get('x-okta-request-id')).to.match(/^[0-9a-f]{32}$/);
    expect(answer.headers.get('x-rate-limit-limit')).to.equal('1000');
  });

  it('answers 429 with the reset once a minute is used up, and goes on after it', async () => {
    const remaining = [];
    for (let count = 0; count < 3; count += 1) {
      remaining.push((await org.ask('GET', '/api/v1/apps')).headers.get('x-rate-limit-remaining'));
    }
    expect(remaining).to.deep.equal(['2', '1', '0']);
    const refused = await org.ask('GET', '/api/v1/apps');
    expect(refusal(refused)).to.deep.equal([429, 'E0000047', 'API call exceeded rate limit due to too many requests.']);
    expect(refused.headers.get('retry-after')).to.equal(null);
    const reset = Number(refused.headers.get('x-rate-limit-reset')) * 1000;
    const wait = reset - Date.parse(refused.headers.get('date') ?? '');
    expect(wait).to.be.within(1, 60_000);
    expect((await org.ask('GET', '/api/v1/users')).status).to.equal(200);
    org.clock.advance(wait);
    expect((await org.ask('GET', '/api/v1/apps')).status).to.equal(200);
  });

  for (const [status, code] of [
    [429, 'E0000047'],
    [500, 'E0000009'],
    [503, 'E0000010'],
  ] as const) {
    it(`words an injected ${status} as ${code}`, async () => {
      org.sim.fail({ on: 'GET /api/v1/apps', with: status });
      const answer = await org.ask('GET', '/api/v1/apps');
      expect([answer.status, answer.body['errorCode'], answer.headers.has('date')]).to.deep.equal([status, code, true]);
      expect((await org.ask('GET', '/api/v1/apps')).status).to.equal(200);
    });
  }

  it('does the work whose answer is lost', async () => {
    org.sim.fail({ on: 'POST /api/v1/apps', with: 'drop' });
    const lost = await org.ask('POST', '/api/v1/apps', newSalesforceApp()).then(
      () => 'answered',
      () => 'lost'
    );
    expect([lost, org.sim.store.apps.size]).to.deep.equal(['lost', 1]);
  });

  for (const body of ['', '{', '[]', 'null']) {
    it(`answers E0000003 to the body ${JSON.stringify(body)}`, async () => {
      const answer = await org.ask('POST', '/api/v1/apps', body);
      expect(refusal(answer)).to.deep.equal([400, 'E0000003', 'The request body was not well-formed.']);
    });
  }

  it('answers 501 to what it does not know, and records it', async () => {
    const statuses = [];
    for (const path of [
      '/api/v1/groups',
      '/api/v1/apps?page=2',
      '/nowhere',
      '/api/v1/apps/1/connections/default/jwks',
    ]) {
      statuses.push((await org.ask('GET', path)).status);
    }
    expect(statuses).to.deep.equal([501, 501, 501, 501]);
    expect(org.sim.unknown).to.deep.equal([
      'GET /api/v1/groups',
      'GET /api/v1/apps?page',
      'GET /nowhere',
      'GET /api/v1/apps/1/connections/default/jwks',
    ]);
  });

  it('keeps the body of a request for contract tests', async () => {
    await org.ask('POST', '/api/v1/apps', newSalesforceApp());
    expect(JSON.parse(org.sim.requests.at(-1)?.body ?? '')).to.deep.equal(newSalesforceApp());
  });

  it('is the same world for the same seed and the same requests, whatever was read in between', async () => {
    const other = await startOrg({ rateLimits: { apps: 3 } });
    await org.ask('POST', '/api/v1/apps', newSalesforceApp());
    await other.ask('GET', '/api/v1/apps/0oaNONE');
    other.clock.advance(-1000);
    await other.ask('POST', '/api/v1/apps', newSalesforceApp());
    expect(other.sim.snapshot()).to.equal(org.sim.snapshot());
    await other.sim.close();
  });

  it('changes its snapshot with a write, not with reads, and goes back on reset', async () => {
    const before = org.sim.snapshot();
    for (const path of ['/api/v1/apps', '/api/v1/users', '/api/v1/logs', '/admin/app/salesforce/instance/0oaNONE/']) {
      await org.ask('GET', path);
    }
    expect(org.sim.snapshot()).to.equal(before);
    await org.ask('POST', '/api/v1/apps', newSalesforceApp());
    expect(org.sim.snapshot()).not.to.equal(before);
    org.sim.reset();
    expect(org.sim.snapshot()).to.equal(before);
    expect([org.sim.requests.length, org.sim.secrets()]).to.deep.equal([0, [API_TOKEN]]);
  });
});
