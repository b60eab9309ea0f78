/** A service app instead of an API token: tokens, DPoP, scopes and roles, against the simulated org. */
import { expect } from 'chai';
import { OktaApiError, OktaCredentialError, OktaScopeError } from '../../src/clients/okta/errors.ts';
import { documentedWorld as oktaWorld, type ServiceAppRecord } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { Pair, typesOf } from '../helpers/pair.ts';
import { ALL_SCOPES, serviceApp, type TestServiceApp } from '../helpers/serviceApp.ts';

describe('a service app', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  const start = async (app: TestServiceApp): Promise<void> => {
    pair = await Pair.start({
      scenario: { salesforce: salesforceWorld, okta: () => ({ ...oktaWorld(), serviceApps: [app.record] }) },
    });
    pair.oktaEnvironment = app.environment(pair.sim.okta.url);
  };
  const failure = async (): Promise<Error> => {
    const failed = Object.values(await pair.setup()).find((event) => event.type === 'failed');
    if (failed?.type !== 'failed') throw new Error('No step failed.');
    return failed.error;
  };
  const without = (...scopes: string[]): Partial<ServiceAppRecord> => ({
    scopes: ALL_SCOPES.filter((one) => !scopes.includes(one)),
  });
  const tokenRequests = (): number => pair.sim.okta.requests.filter(({ path }) => path === '/oauth2/v1/token').length;

  for (const dpop of ['ignored', 'if-sent', 'required'] as const)
    it(`connects and verifies a pair where DPoP is ${dpop}`, async () => {
      await start(serviceApp({ dpop }));
      await pair.connect();
      expect(new Set(Object.values(typesOf(await pair.setup())))).to.deep.equal(new Set(['unchanged']));
      const statuses = Object.values(await pair.verify()).map(({ status }) => status);
      expect(statuses).to.not.include('fail').and.not.include('unknown');
      const schemes = [...pair.sim.okta.store.accessTokens.values()].map(({ boundTo }) => boundTo !== undefined);
      expect(new Set(schemes)).to.deep.equal(new Set([dpop !== 'ignored']));
    });

  it('takes an EC key in JWK form', async () => {
    const app = serviceApp({}, 'ec');
    await start(app);
    const { OKTA_CLIENT_KEYID: _, ...environment } = app.environment(pair.sim.okta.url);
    pair.oktaEnvironment = { ...environment, OKTA_CLIENT_PRIVATEKEY: app.jwk };
    expect(typesOf(await pair.setup())['okta.app']).to.equal('changed');
  });

  it('asks for the required scopes in one request, and for each optional one by itself', async () => {
    await start(serviceApp());
    await pair.connect();
    const asked = [...pair.sim.okta.store.accessTokens.values()].map(({ scopes }) => scopes.join(' '));
    expect(new Set(asked)).to.deep.equal(new Set(['okta.apps.read okta.apps.manage', 'okta.logs.read']));
  });

  it('names the scope that is missing before the first write', async () => {
    await start(serviceApp(without('okta.apps.manage')));
    const requests = await pair.requestsOf(async () => {
      const error = await pair.obstacles().catch((one: unknown) => one as Error);
      expect(error).to.be.instanceOf(OktaScopeError);
      expect((error as OktaScopeError).scopes).to.deep.equal(['okta.apps.manage']);
      expect((error as OktaScopeError).actions?.join()).to.include('grant okta.apps.manage');
    });
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
  });

  it('does without the log where it may not be read, and does not ask for that right twice', async () => {
    await start(serviceApp(without('okta.logs.read')));
    const events = await pair.connect();
    // Save alone leaves its trace in the log; without it, only a login of Okta's can prove the connection.
    expect(['changed', 'waiting']).to.include(events['okta.connection']?.type);
    const before = tokenRequests();
    await pair.verify();
    expect(tokenRequests() - before).to.be.at.most(4);
  });

  it('verifies with the right to read alone', async () => {
    await start(serviceApp(without('okta.apps.manage')));
    pair.readOnly = true;
    expect((await pair.verify())['okta.app.active']?.status).to.equal('fail');
  });

  it('names the call and the roles when the role is missing, and goes on from there once it is given', async () => {
    const app = serviceApp({ roles: ['READ_ONLY_ADMIN'] });
    await start(app);
    const error = await failure();
    expect(error).to.be.instanceOf(OktaApiError);
    expect(error.message)
      .to.include('POST /api/v1/apps')
      .and.include('E0000006')
      .and.include('Application Administrator');
    pair.sim.okta.store.serviceApps.splice(0, 1, { ...app.record, roles: ['SUPER_ADMIN'] });
    const again = typesOf(await pair.setup());
    expect([again['salesforce.app'], again['okta.app']]).to.deep.equal(['unchanged', 'changed']);
  });

  it('understands the refusal that has no body', async () => {
    const app = serviceApp();
    await start(app);
    const world = await pair.world();
    await world.context.okta.ping();
    for (const token of pair.sim.okta.store.accessTokens.values()) Object.assign(token, { scopes: [] });
    const error = await world.context.okta.ping().catch((one: unknown) => one as OktaApiError);
    expect((error as OktaApiError).message)
      .to.include('403')
      .and.include('okta.apps.read');
    expect((error as OktaApiError).actions?.join()).to.include('Okta API Scopes');
  });

  it('gets a new token once when Okta no longer takes the old one', async () => {
    await start(serviceApp());
    const world = await pair.world();
    await world.context.okta.ping();
    pair.sim.okta.store.accessTokens.clear();
    await world.context.okta.ping();
    expect(tokenRequests()).to.equal(2);
  });

  it('says that Okta does not take the key, and shows neither key nor assertion', async () => {
    const app = serviceApp();
    await start(app);
    pair.oktaEnvironment = { ...pair.oktaEnvironment, OKTA_CLIENT_PRIVATEKEY: serviceApp().pem };
    const error = await pair.obstacles().catch((one: unknown) => one as Error);
    expect(error).to.be.instanceOf(OktaCredentialError);
    const { message, stack = '', cause } = error as Error;
    expect(cause).to.equal(undefined);
    await noSecrets([...pair.sim.okta.secrets(), app.pem.slice(30, 90)], message + stack + JSON.stringify(error));
  });
});
