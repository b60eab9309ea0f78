import { expect } from 'chai';
import { newSalesforceApp, newUser, refusal, startOrg, type Body, type Org } from './org.ts';

const ADA = 'ada.lovelace@simulated.example';

describe('simulated /api/v1/users', () => {
  let org: Org;
  beforeEach(async () => {
    org = await startOrg();
  });
  afterEach(async () => org.end());

  const logins = async (query: Record<string, string>): Promise<unknown[]> => {
    const { list } = await org.ask('GET', `/api/v1/users?${new URLSearchParams(query).toString()}`);
    return list.map(({ profile }) => (profile as Body)['login']);
  };

  it('creates a user with 200, ACTIVE with a password, whose password it never tells', async () => {
    const { status, body } = await org.ask('POST', '/api/v1/users?activate=true', newUser('alan@simulated.example'));
    expect([status, body['status'], body['lastLogin']]).to.deep.equal([200, 'ACTIVE', null]);
    expect(body.id).to.match(/^00u\w{17}$/);
    expect((body['credentials'] as Body)['password']).to.deep.equal({});
    expect((body['_links'] as Body)['deactivate']).to.have.property('method', 'POST');
    expect(org.sim.secrets()).to.include('P4SSWORD-okta-user');
  });

  it('waits for the mail to be answered without a password, or for activation', async () => {
    const { profile } = newUser('alan@simulated.example');
    expect((await org.ask('POST', '/api/v1/users', { profile })).body['status']).to.equal('PROVISIONED');
    const other = await org.ask('POST', '/api/v1/users?activate=false', newUser('two@simulated.example'));
    expect(other.body['status']).to.equal('STAGED');
  });

  it('refuses an unknown attribute, a missing one and a login that is taken', async () => {
    const strange = { profile: { ...(newUser('a@simulated.example')['profile'] as object), notValid: 1 } };
    const cause = "Property name 'notValid' is not defined in profile";
    expect(refusal(await org.ask('POST', '/api/v1/users', strange))).to.deep.equal([
      400,
      'E0000001',
      'Api validation failed: newUser',
      cause,
    ]);
    expect((await org.ask('POST', '/api/v1/users', { profile: { login: 'x@simulated.example' } })).status).to.equal(
      400
    );
    expect(refusal(await org.ask('POST', '/api/v1/users', newUser(ADA)))[2]).to.equal('Api validation failed: login');
  });

  it('finds a user by id, login and as me', async () => {
    const byLogin = (await org.ask('GET', `/api/v1/users/${ADA}`)).body;
    expect((await org.ask('GET', `/api/v1/users/${byLogin.id}`)).body).to.deep.equal(byLogin);
    expect((await org.ask('GET', '/api/v1/users/me')).body['profile']).to.include({ login: 'admin@simulated.example' });
    expect(refusal(await org.ask('GET', '/api/v1/users/nobody'))).to.deep.equal([
      404,
      'E0000007',
      'Not found: Resource not found: nobody (User)',
    ]);
  });

  it('lists by q, filter and search, without the deprovisioned unless asked for', async () => {
    const { id } = (await org.ask('POST', '/api/v1/users', newUser('alan@simulated.example'))).body;
    await org.ask('POST', `/api/v1/users/${id}/lifecycle/deactivate`);
    expect(await logins({})).to.deep.equal(['admin@simulated.example', ADA]);
    expect(await logins({ q: 'ADA' })).to.deep.equal([ADA]);
    expect(await logins({ filter: 'status eq "DEPROVISIONED"' })).to.deep.equal(['alan@simulated.example']);
    expect(await logins({ search: 'profile.login eq "ALAN@simulated.example"' })).to.deep.equal([
      'alan@simulated.example',
    ]);
    expect(
      await logins({ search: 'profile.lastName sw "l" or (status eq "DEPROVISIONED" and profile.firstName pr)' })
    ).to.deep.equal([ADA, 'alan@simulated.example']);
  });

  it('deletes in two steps and takes the apps away in the first', async () => {
    const app = (await org.ask('POST', '/api/v1/apps', newSalesforceApp())).body.id;
    const { id } = (await org.ask('POST', '/api/v1/users', newUser('alan@simulated.example'))).body;
    await org.ask('POST', `/api/v1/apps/${app}/users`, { id, scope: 'USER' });
    expect((await org.ask('DELETE', `/api/v1/users/${id}?sendEmail=false`)).status).to.equal(204);
    expect((await org.ask('GET', `/api/v1/users/${id}`)).body['status']).to.equal('DEPROVISIONED');
    expect((await org.ask('GET', `/api/v1/apps/${app}/users`)).list).to.deep.equal([]);
    expect((await org.ask('DELETE', `/api/v1/users/${id}`)).status).to.equal(204);
    expect((await org.ask('GET', `/api/v1/users/${id}`)).status).to.equal(404);
  });
});

describe('simulated /api/v1/apps/{appId}/users', () => {
  let org: Org;
  let users: string;
  let ada: string;
  beforeEach(async () => {
    org = await startOrg();
    users = `/api/v1/apps/${(await org.ask('POST', '/api/v1/apps', newSalesforceApp())).body.id}/users`;
    ada = (await org.ask('GET', `/api/v1/users/${ADA}`)).body.id;
  });
  afterEach(async () => org.end());

  const assign = async (more: object = {}): ReturnType<Org['ask']> =>
    org.ask('POST', users, { id: ada, scope: 'USER', ...more });

  it('assigns with 200, unprovisioned where nothing provisions', async () => {
    const { status, body } = await assign({ profile: { profile: 'Standard User' } });
    expect(status).to.equal(200);
    expect(body).to.include({ id: ada, externalId: null, scope: 'USER', status: 'ACTIVE', syncState: 'DISABLED' });
    expect(body).not.to.have.property('lastSync');
    expect(body['credentials']).to.deep.equal({ userName: ADA });
    expect(body['profile']).to.include({ firstName: 'Ada', profile: 'Standard User', mobilePhone: null });
    expect((await org.ask('GET', `${users}/${ada}?expand=user`)).body).to.have.nested.property(
      '_embedded.user.id',
      ada
    );
  });

  it('does not double an assignment', async () => {
    await assign();
    expect((await assign()).status).to.equal(200);
    expect((await org.ask('GET', users)).list).to.have.lengthOf(1);
  });

  it('refuses an unknown user, an inactive one, a password and an attribute that the schema lacks', async () => {
    expect(refusal(await org.ask('POST', users, { id: 'x' }))[2]).to.equal('Not found: Resource not found: x (User)');
    expect(refusal(await assign({ credentials: { password: { value: 'P4SSWORD-app' } } }))[1]).to.equal('E0000041');
    expect(refusal(await assign({ profile: { shoe: 7 } }))[3]).to.equal(
      "Property name 'shoe' is not defined in profile"
    );
    await org.ask('POST', `/api/v1/users/${ada}/lifecycle/deactivate`);
    expect(refusal(await assign()).slice(0, 2)).to.deep.equal([403, 'E0000117']);
  });

  it('updates and takes away', async () => {
    await assign();
    const { body } = await org.ask('POST', `${users}/${ada}`, { profile: { role: 'Developer' } });
    expect(body['profile']).to.include({ role: 'Developer', firstName: 'Ada' });
    expect((await org.ask('DELETE', `${users}/${ada}?sendEmail=false`)).status).to.equal(204);
    expect((await org.ask('GET', `${users}/${ada}`)).status).to.equal(404);
  });

  it('pages, tells its page size in the self link, and finds by the start of a name', async () => {
    await assign();
    const alan = (await org.ask('POST', '/api/v1/users', newUser('alan@simulated.example'))).body.id;
    await org.ask('POST', users, { id: alan, scope: 'USER' });
    expect((await org.ask('GET', users)).links).to.deep.equal({ self: `${users}?limit=50` });
    const first = await org.ask('GET', `${users}?limit=1`);
    expect(first.links['next']).to.equal(`${users}?after=${ada}&limit=1`);
    expect((await org.ask('GET', first.links['next'] ?? '')).list.map(({ id }) => id)).to.deep.equal([alan]);
    expect((await org.ask('GET', `${users}?q=tur`)).list.map(({ id }) => id)).to.deep.equal([alan]);
  });

  it('has a schema with profile', async () => {
    const { body } = await org.ask(
      'GET',
      `/api/v1/meta/schemas${users.replace('/api/v1', '').replace('/users', '/default')}`
    );
    expect(body).to.have.nested.property('definitions.base.properties.profile.externalName', 'profile');
    expect(body).to.not.have.nested.property('definitions.base.properties.profile.enum');
  });
});
