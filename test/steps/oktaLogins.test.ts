/** `sf okta login`, `list` and `logout`, against the simulated org. */
import { expect } from 'chai';
import { readLogins } from '../../src/credentials/storedLogins.ts';
import { listLogins, logIn, logOut } from '../../src/oktaLogins.ts';
import { Secret } from '../../src/secret.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { Pair } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';
import { CLIENT_ID, serviceApp } from '../helpers/serviceApp.ts';

describe('logging in to Okta', () => {
  const { signal } = new AbortController();
  const app = serviceApp({ dpop: 'required' });
  let pair: Pair;
  before(async () => {
    pair = await Pair.start({
      scenario: {
        salesforce: salesforceWorld,
        okta: () => ({ ...oktaWorld(), serviceApps: [app.record], expiresAt: '2026-12-01T00:00:00.000Z' }),
      },
    });
  });
  afterEach(async () => logOut(undefined));
  after(async () => pair.stop());

  const withToken = async (token: string, url = pair.sim.okta.url): ReturnType<typeof logIn> =>
    logIn({ url, alias: 'a', credential: { mode: 'token', token: new Secret(token) }, isDefault: true, signal }, {});

  it('by a token keeps what works, and tells no secret', async () => {
    const { report } = await withToken(pair.sim.people.oktaApiToken);
    expect(report).to.deep.include({ alias: 'a', mode: 'token', isDefault: true });
    expect(JSON.stringify(report)).to.not.include('T0KEN');
    expect(await listLogins(signal)).to.deep.equal([
      {
        alias: 'a',
        url: pair.sim.okta.url,
        mode: 'token',
        isDefault: true,
        status: 'valid',
        expiresAt: '2026-12-01T00:00:00.000Z',
      },
    ]);
  });

  it('as a service app goes through DPoP', async () => {
    const credential = {
      mode: 'service-app',
      clientId: CLIENT_ID,
      privateKey: new Secret(app.jwk),
      keyId: 'simulated-key',
    } as const;
    await logIn({ url: pair.sim.okta.url, credential, isDefault: false, signal }, {});
    expect((await listLogins(signal)).map(({ status, mode }) => [mode, status])).to.deep.equal([
      ['service-app', 'valid'],
    ]);
  });

  it('keeps nothing where the token does not work', async () => {
    expect((await rejection(withToken('T0KEN-wrong'))).message).to.include('E0000011');
    expect(await readLogins()).to.deep.equal([]);
  });

  it('sends no token to what is not an Okta org', async () => {
    expect((await rejection(withToken('T0KEN', pair.sim.salesforce.url))).message).to.include('is not an Okta org');
    expect(pair.sim.salesforce.requests.length).to.equal(1);
    pair.sim.salesforce.unknown.length = 0; // Salesforce has no such page, which is the point
    expect(await readLogins()).to.deep.equal([]);
  });

  it('says that a variable would override it', async () => {
    const credential = { mode: 'token', token: new Secret(pair.sim.people.oktaApiToken) } as const;
    const env = { OKTA_CLIENT_ORGURL: 'https://x.okta.com', OKTA_CLIENT_TOKEN: 'T0KEN-stale' };
    const { warnings } = await logIn({ url: pair.sim.okta.url, credential, isDefault: true, signal }, env);
    expect(warnings.join()).to.include('OKTA_CLIENT_TOKEN').and.include('override');
  });

  it('lists a login that Okta no longer takes as invalid, with the reason', async () => {
    await withToken(pair.sim.people.oktaApiToken);
    const [token] = pair.sim.okta.store.apiTokens.splice(0, 1);
    const [state] = await listLogins(signal);
    if (token) pair.sim.okta.store.apiTokens.push(token);
    expect(state?.status).to.equal('invalid');
    expect(state?.detail).to.include('401');
  });

  it('out forgets by alias, and says when there is no such login', async () => {
    await withToken(pair.sim.people.oktaApiToken);
    expect(await logOut('a')).to.deep.equal(['a']);
    expect((await rejection(logOut('a'))).message).to.include('There is no login');
  });
});
