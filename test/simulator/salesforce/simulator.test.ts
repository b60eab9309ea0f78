import { expect } from 'chai';
import type { SalesforceSimulator } from '../../../src/simulator/salesforce/index.ts';
import { ADMIN, APP, cliToken, closeOrg, get, person, query, send, startOrg, withApp } from './helpers.ts';

const journey = async (sim: SalesforceSimulator): Promise<void> => {
  const ProfileId = [...sim.store.profiles.keys()][0];
  const names = { Username: 'x@x.example', LastName: 'X', Alias: 'x', Email: 'x@x.example' };
  const locale = {
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    LocaleSidKey: 'en_US',
    TimeZoneSidKey: 'America/New_York',
  };
  expect((await send(sim, 'POST', '/sobjects/User', { ...names, ...locale, ProfileId })).status).to.equal(201);
  expect(await person(sim, { action: 'reveal-consumer', app: APP, ...ADMIN })).to.have.property('consumerSecret');
};

describe('simulated Salesforce org', () => {
  it('lists its versions to anyone, its resources to who has a session', async () => {
    const sim = await startOrg();
    const versions = (await (await fetch(`${sim.url}/services/data`)).json()) as Array<{ version: string }>;
    expect(versions.at(-1)?.version).to.equal('67.0');
    for (const path of ['/services/data/v67.0', '/services/data/v67.0/']) {
      expect((await get(sim, path)).status).to.equal(200);
      expect((await get(sim, path, 'nonsense')).status).to.equal(401);
    }
    await closeOrg(sim);
  });

  it('tells who a token belongs to, and a bad token that it is bad', async () => {
    const sim = await startOrg();
    const info = await (await get(sim, '/services/oauth2/userinfo')).json();
    expect(info).to.include({ preferred_username: ADMIN.username, organization_id: sim.store.organization.Id });
    const bad = await get(sim, '/services/oauth2/userinfo', 'nonsense');
    expect([bad.status, await bad.text()]).to.deep.equal([403, 'Bad_OAuth_Token']);
    await closeOrg(sim);
  });

  it('takes several slashes at the start of a path for one', async () => {
    const sim = await startOrg();
    expect((await fetch(`${sim.url}//services/data`)).status).to.equal(200);
    await closeOrg(sim);
  });

  it('answers 501 to unknown routes and parameters, and remembers them', async () => {
    const sim = await startOrg();
    const paths = ['/services/data/v67.0/limits', '/services/data/v67.0/query?q=x&explain=y', '/services/data?x=1'];
    for (const path of paths) expect((await get(sim, path)).status).to.equal(501);
    await closeOrg(sim, [
      'GET /services/data/v67.0/limits',
      'parameter explain of GET /services/data/v67.0/query',
      'parameter x of GET /services/data',
    ]);
  });

  it('does not know versions beyond its range', async () => {
    const sim = await startOrg();
    for (const version of ['v49.0', 'v68.0'])
      expect((await get(sim, `/services/data/${version}/query?q=x`)).status).to.equal(404);
    await closeOrg(sim);
  });

  it('opens a browser session for a token, once', async () => {
    const sim = await startOrg();
    const answer = await get(sim, '/services/oauth2/singleaccess?redirect_uri=%2Fsimulated%2Fhome');
    const { frontdoor_uri: door } = (await answer.json()) as { frontdoor_uri: string };
    const first = await fetch(door, { redirect: 'manual' });
    expect(first.headers.get('location')).to.equal('/simulated/home');
    expect(first.headers.get('set-cookie')).to.contain('HttpOnly');
    expect((await fetch(door, { redirect: 'manual' })).headers.get('location')).to.equal('/');
    await closeOrg(sim);
  });

  it('does the work whose answer is lost', async () => {
    const sim = await startOrg();
    sim.fail({ on: 'POST sobjects/PermissionSet', with: 'drop' });
    const outcome = await send(sim, 'POST', '/sobjects/PermissionSet', { Name: 'A', Label: 'A' }).catch(() => 'lost');
    expect(outcome).to.equal('lost');
    expect([...sim.store.permissionSets.values()].some(({ Name }) => Name === 'A')).to.equal(true);
    await closeOrg(sim);
  });

  it('refuses the API in an edition without it', async () => {
    const sim = await startOrg({ apiDisabled: true });
    const answer = await query(sim, 'SELECT Id FROM Organization');
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.contain('API_DISABLED_FOR_ORG');
    await closeOrg(sim);
  });

  it('is the same org for the same seed and the same requests', async () => {
    const [one, two] = [await startOrg({}, withApp), await startOrg({}, withApp)];
    await journey(one);
    await journey(two);
    expect(one.snapshot()).to.equal(two.snapshot());
    expect(one.secrets()).to.deep.equal(two.secrets());
    await closeOrg(one);
    await closeOrg(two);
  });

  it('changes its snapshot with writes, not with reads, and goes back on reset', async () => {
    const sim = await startOrg({}, withApp);
    const before = sim.snapshot();
    const setup = sim.setupSnapshot();
    await query(sim, 'SELECT Id FROM User');
    await get(sim, '/services/oauth2/userinfo');
    expect(sim.snapshot()).to.equal(before);
    await journey(sim);
    expect(sim.snapshot()).not.to.equal(before);
    sim.reset();
    expect(sim.setupSnapshot()).to.equal(setup);
    expect([sim.requests.length, sim.unknown.length]).to.deep.equal([0, 0]);
    expect((await query(sim, 'SELECT Id FROM User')).status).to.equal(200);
    await closeOrg(sim);
  });

  it('compares two runs by what is set up, whatever they took', async () => {
    const [short, long] = [await startOrg(), await startOrg()];
    for (let count = 0; count < 3; count += 1) await query(long, 'SELECT Id FROM User');
    for (const sim of [short, long]) await send(sim, 'POST', '/sobjects/PermissionSet', { Name: 'A', Label: 'A' });
    expect(short.snapshot()).not.to.equal(long.snapshot());
    expect(short.setupSnapshot()).to.equal(long.setupSnapshot());
    await send(long, 'POST', '/sobjects/PermissionSet', { Name: 'B', Label: 'B' });
    expect(short.setupSnapshot()).not.to.equal(long.setupSnapshot());
    await closeOrg(short);
    await closeOrg(long);
  });

  it('knows all its secrets', async () => {
    const sim = await startOrg({}, withApp);
    await journey(sim);
    expect(sim.secrets()).to.include.members([cliToken(sim), ADMIN.password, 'S3CRETseeded']);
    expect(sim.secrets().some((secret) => /^[A-Z2-9]{8}$/.test(secret))).to.equal(true);
    await closeOrg(sim);
  });
});
