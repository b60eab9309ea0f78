/** How calls to Okta end when Okta or the network is in trouble. */
import { expect } from 'chai';
import { OktaAnswerError, OktaApiError, OktaUnreachableError } from '../../src/clients/okta/errors.ts';
import { createOktaClient, type OktaClient } from '../../src/clients/okta/client.ts';
import { Secret } from '../../src/secret.ts';
import { Pair } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';

describe('a call to Okta', () => {
  let pair: Pair;
  let pauses: number[];
  let okta: OktaClient;
  beforeEach(async () => {
    pair = await Pair.start();
    pauses = [];
    okta = client(pair.sim.people.oktaApiToken);
  });
  afterEach(async () => pair.stop());

  const client = (token: string, url = pair.sim.okta.url): OktaClient =>
    createOktaClient({
      url,
      credential: { mode: 'token', token: new Secret(token) },
      now: () => pair.sim.clock.now(),
      signal: new AbortController().signal,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        pair.sim.clock.advance(milliseconds);
      },
    });
  const newApp = { label: 'Salesforce.com', instanceType: 'PRODUCTION' };

  it('waits out a rate limit by the clock of the server, and a second more', async () => {
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: 429 });
    expect(await okta.salesforceApps()).to.deep.equal([]);
    expect(pauses).to.have.length(1);
    expect(pauses[0]).to.be.within(1000, 61_000);
  });

  it('waits out a rate limit of a create too, which did nothing', async () => {
    pair.sim.okta.fail({ on: 'POST /api/v1/apps', with: 429 });
    await okta.createApp(newApp);
    expect(pair.counts().oktaApps).to.equal(1);
  });

  it('gives up when rate limits have taken five minutes in all', async () => {
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: 429, times: 400 });
    const error = await rejection(okta.salesforceApps());
    expect((error as OktaApiError).data?.errorCode).to.equal('E0000047');
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).to.be.at.most(5 * 60_000);
  });

  it('tries a read three times, and a create once', async () => {
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: 503, times: 2 });
    expect(await okta.salesforceApps()).to.deep.equal([]);
    pair.sim.okta.fail({ on: 'POST /api/v1/apps', with: 503 });
    expect(await rejection(okta.createApp(newApp))).to.be.instanceOf(OktaApiError);
    expect(pair.counts().oktaApps).to.equal(0);
  });

  it('says that the outcome is unknown when the answer to a create is lost', async () => {
    pair.sim.okta.fail({ on: 'POST /api/v1/apps', with: 'drop' });
    const error = await rejection(okta.createApp(newApp));
    expect(error).to.be.instanceOf(OktaUnreachableError);
    expect(error.message).to.include('POST /api/v1/apps');
    expect(pair.counts().oktaApps).to.equal(1);
  });

  it('tells a wrong token with code, request id and what to do, and never the token', async () => {
    const error = (await rejection(client('T0KEN-wrong').salesforceApps())) as OktaApiError;
    expect(error.data).to.deep.include({ status: 401, errorCode: 'E0000011', call: 'GET /api/v1/apps' });
    expect(error.data?.requestId).to.match(/^[0-9a-f]{32}$/);
    expect(error.actions?.join()).to.include('Security > API > Tokens');
    expect(JSON.stringify(error) + String(error.stack) + error.message).to.not.include('T0KEN');
    expect(error.cause).to.equal(undefined);
  });

  it('tells that an address is no Okta org', async () => {
    const error = await rejection(client('T0KEN', pair.sim.salesforce.url).organization());
    pair.sim.salesforce.unknown.length = 0; // Salesforce has no such page, which is the point
    expect([OktaAnswerError, OktaApiError].some((kind) => error instanceof kind)).to.equal(true);
  });

  it('tells that nothing answers', async () => {
    const error = await rejection(client('T0KEN', 'http://127.0.0.1:1').organization());
    expect(error).to.be.instanceOf(OktaUnreachableError);
    expect((error as OktaUnreachableError).data?.code).to.equal('ECONNREFUSED');
  });

  it('follows pages to the last, on the same host', async () => {
    for (let number = 1; number <= 3; number += 1) await okta.createApp({ ...newApp, label: `App ${number}` });
    expect(await okta.salesforceApps()).to.have.length(3);
  });
});
