import { expect } from 'chai';
import { documentedWorld, inUseApp, type OktaWorld } from '../../../src/simulator/okta/index.ts';
import { eventsOf, startOrg, type Body, type Org } from './org.ts';
import { KEY, SECRET, startSalesforceStub, USERNAME, type SalesforceStub } from './salesforceStub.ts';

const ADA = 'ada.lovelace@simulated.example';
const REFRESH = '5Aep861-refresh-seeded';
const connection = { consumerKey: KEY, consumerSecret: SECRET, refreshToken: REFRESH, username: USERNAME };

const inUse = (features?: readonly string[]): Partial<OktaWorld> => {
  const { app, users } = inUseApp(connection);
  return { users: [...documentedWorld().users, ...users], apps: [{ ...app, features: features ?? app.features }] };
};

describe('simulated provisioning engine', () => {
  let salesforce: SalesforceStub;
  let org: Org;
  let users: string;
  let ada: string;

  const begin = async (world: Partial<OktaWorld>): Promise<void> => {
    org = await startOrg(world, { salesforceUrl: salesforce.url });
    const [app] = (await org.ask('GET', '/api/v1/apps')).list;
    users = `/api/v1/apps/${app?.id}/users`;
    ada = (await org.ask('GET', `/api/v1/users/${ADA}`)).body.id;
  };
  beforeEach(async () => {
    salesforce = await startSalesforceStub();
    salesforce.refreshToken = REFRESH;
    await begin(inUse());
  });
  afterEach(async () => {
    await org.end();
    await salesforce.close();
  });

  const assign = async (): Promise<Body> =>
    (await org.ask('POST', users, { id: ada, scope: 'USER', profile: { profile: 'Standard User' } })).body;
  const adaNow = async (): Promise<Body> => {
    await org.sim.idle();
    return (await org.ask('GET', `${users}/${ada}`)).body;
  };
  const adasEvents = async (): Promise<string[]> => eventsOf(org, `target.id eq "${ada}" and eventType sw "app"`);

  it('starts with three provisioned users in an app that is in use', async () => {
    const { list } = await org.ask('GET', users);
    expect(list.map(({ status, syncState }) => `${String(status)} ${String(syncState)}`)).to.deep.equal(
      Array(3).fill('PROVISIONED SYNCHRONIZED')
    );
    expect(list[0]?.['externalId']).to.match(/^005\w{15}$/);
    expect(org.sim.secrets()).to.include.members([SECRET, REFRESH]);
  });

  it('creates the user in Salesforce after it has answered', async () => {
    expect(await assign()).to.include({ status: 'STAGED', syncState: 'SYNCING', externalId: null });
    const after = await adaNow();
    expect(after).to.include({ status: 'PROVISIONED', syncState: 'SYNCHRONIZED', externalId: salesforce.users[0]?.Id });
    expect(after).to.have.property('lastSync');
    expect(salesforce.users[0]).to.include({
      Username: ADA,
      LastName: 'Lovelace',
      Alias: 'alovelac',
      ProfileId: '00e000000000000AAA',
    });
    expect(await adasEvents()).to.deep.equal([
      'application.user_membership.add',
      'application.provision.user.verify_exists',
      'application.provision.user.push',
      'app.user_management.push_new_user_success',
    ]);
  });

  it('keeps each rotated refresh token', async () => {
    await assign();
    await org.sim.idle();
    await org.ask('POST', `${users}/${ada}`, { profile: { role: 'Developer' } });
    await org.sim.idle();
    const [held] = [...org.sim.store.connections.values()];
    expect([held?.refreshToken, salesforce.refreshToken]).to.deep.equal(['5Aep861-refresh-2', '5Aep861-refresh-2']);
    expect(org.sim.secrets()).to.include.members([REFRESH, '5Aep861-refresh-1', '5Aep861-refresh-2']);
  });

  it('pushes a changed profile, deactivates on unassignment and reactivates the same user', async () => {
    await assign();
    await org.ask('POST', `/api/v1/users/${ada}`, { profile: { lastName: 'King' } });
    await adaNow();
    expect(salesforce.users[0]).to.include({ LastName: 'King', IsActive: true });
    await org.ask('DELETE', `${users}/${ada}`);
    await org.sim.idle();
    expect(salesforce.users[0]).to.include({ IsActive: false });
    await assign();
    expect(await adaNow()).to.include({ status: 'PROVISIONED', externalId: salesforce.users[0]?.Id });
    expect([salesforce.users.length, salesforce.users[0]?.['IsActive']]).to.deep.equal([1, true]);
    expect((await adasEvents()).slice(-6)).to.deep.equal([
      'application.user_membership.remove',
      'application.provision.user.deactivate',
      'application.user_membership.add',
      'application.provision.user.verify_exists',
      'application.provision.user.reactivate',
      'application.provision.user.push_profile',
    ]);
  });

  it('creates nobody whose assignment was taken away before the turn of the job came', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    salesforce.gate = promise;
    const admin = (await org.ask('GET', '/api/v1/users/me')).body.id;
    await org.ask('POST', users, { id: admin, scope: 'USER' });
    await assign();
    await org.ask('DELETE', `${users}/${ada}`);
    resolve(undefined);
    await org.sim.idle();
    expect(salesforce.users.map(({ Username }) => Username)).to.deep.equal(['admin@simulated.example']);
  });

  it('leaves nothing to deactivate of a user whom Salesforce never had', async () => {
    salesforce.refuseWrite = { errorCode: 'LICENSE_LIMIT_EXCEEDED', message: 'license limit exceeded' };
    await assign();
    await org.sim.idle();
    const calls = salesforce.calls.length;
    await org.ask('DELETE', `${users}/${ada}`);
    await org.sim.idle();
    expect(salesforce.calls).to.have.lengthOf(calls);
  });

  it('tells a refusal of Salesforce in the log, and provisions on a click once it is gone', async () => {
    salesforce.refuseWrite = { errorCode: 'LICENSE_LIMIT_EXCEEDED', message: 'license limit exceeded' };
    await assign();
    expect(await adaNow()).to.include({ syncState: 'ERROR', externalId: null });
    expect((await adasEvents()).at(-1)).to.equal(
      `application.provision.user.push FAILURE: Automatic provisioning of user ${ADA} to app Salesforce.com failed: LICENSE_LIMIT_EXCEEDED: license limit exceeded`
    );
    salesforce.refuseWrite = undefined;
    const appId = users.split('/')[4];
    expect(await org.control({ action: 'provision-user', appId, userId: ada })).to.include({ ok: true });
    expect(await adaNow()).to.include({ status: 'PROVISIONED', syncState: 'SYNCHRONIZED' });
  });

  it('fails from the moment the grant is lost', async () => {
    salesforce.refreshToken = undefined;
    await assign();
    expect(await adaNow()).to.include({ syncState: 'ERROR' });
    const [remote, push] = await eventsOf(org, 'outcome.result eq "FAILURE"');
    expect(remote).to.equal(
      'application.integration.authentication_failure FAILURE: invalid_grant: expired access/refresh token'
    );
    expect(push).to.match(/^application\.provision\.user\.push FAILURE: .*The credentials used to connect/);
  });

  it('tells a Salesforce that does not answer from one that refuses', async () => {
    await salesforce.close();
    await assign();
    expect(await adaNow()).to.include({ syncState: 'ERROR' });
    expect((await adasEvents()).at(-1)).to.match(/failed: Salesforce did not answer$/);
    salesforce = await startSalesforceStub();
  });

  it('refuses to change a mapped attribute while profiles are pushed', async () => {
    const { body } = await org.ask('POST', users, { id: ada, scope: 'USER', profile: { firstName: 'Augusta' } });
    expect(body['errorCode']).to.equal('E0000075');
  });

  it('leaves an assignment alone that was made before provisioning was on, until a person provisions it', async () => {
    await org.sim.close();
    await begin(inUse([]));
    expect(await assign()).to.include({ status: 'ACTIVE', syncState: 'DISABLED', externalId: null });
    const appId = users.split('/')[4] ?? '';
    await org.control({ action: 'tick', appId, features: ['create'] });
    expect(await adaNow()).to.include({ status: 'ACTIVE', syncState: 'DISABLED', externalId: null });
    const page = await org.ask('GET', `/admin/app/salesforce/instance/${appId}/`);
    expect(page.body['text']).to.include('assigned this application before Provisioning was enabled');
    await org.control({ action: 'provision-user', appId, userId: ada });
    expect(await adaNow()).to.include({ status: 'PROVISIONED', syncState: 'SYNCHRONIZED' });
  });

  it('does not create what To App does not allow', async () => {
    await org.sim.close();
    await begin(inUse(['IMPORT_NEW_USERS', 'PUSH_PROFILE_UPDATES']));
    await assign();
    await org.control({ action: 'provision-user', appId: users.split('/')[4], userId: ada });
    expect(await adaNow()).to.include({ syncState: 'ERROR' });
    expect((await adasEvents()).at(-1)).to.match(/Matching user not found\.$/);
  });

  it('deactivates in Salesforce who is deactivated in Okta', async () => {
    await assign();
    await org.ask('POST', `/api/v1/users/${ada}/lifecycle/deactivate`);
    await org.sim.idle();
    expect(salesforce.users.every(({ IsActive }) => IsActive === false)).to.equal(true);
  });

  it('ends in the same state for the same seed and the same requests', async () => {
    const journey = async (): Promise<string> => {
      await assign();
      await adaNow();
      await org.ask('POST', `/api/v1/users/${ada}`, { profile: { lastName: 'King' } });
      await org.sim.idle();
      return org.sim.snapshot();
    };
    const once = await journey();
    await org.end();
    await salesforce.close();
    salesforce = await startSalesforceStub();
    salesforce.refreshToken = REFRESH;
    await begin(inUse());
    expect(await journey()).to.equal(once);
  });
});
