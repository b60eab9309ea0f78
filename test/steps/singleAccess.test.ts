/** The link that signs a browser in as the user of the `sf` login. */
import { AuthInfo, Connection } from '@salesforce/core';
import { expect } from 'chai';
import { singleAccessUrl } from '../../src/clients/salesforce/singleAccess.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { rejection } from '../helpers/rejection.ts';

describe('signing a browser in', () => {
  let sim: Simulator;
  let connection: Connection;
  beforeEach(async () => {
    sim = await startSimulator();
    const { accessToken } = sim.people.salesforceAdmin;
    const accessTokenOptions = { accessToken, instanceUrl: sim.salesforce.url, loginUrl: sim.salesforce.url };
    const authInfo = await AuthInfo.create({ accessTokenOptions });
    connection = await Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
  });
  afterEach(async () => sim.close());

  it('gives a link of the same org that works once', async () => {
    const link = await singleAccessUrl(connection);
    expect(new URL(link).origin).to.equal(sim.salesforce.url);
    const first = await fetch(link, { redirect: 'manual' });
    expect(first.headers.getSetCookie()).to.have.length(1);
    expect((await fetch(link, { redirect: 'manual' })).headers.getSetCookie()).to.have.length(0);
  });

  it('says what to do instead where Salesforce refuses, and shows no token', async () => {
    sim.salesforce.fail({ on: 'POST /services/oauth2/singleaccess', with: 500 });
    const error = await rejection(singleAccessUrl(connection));
    expect((error as Error & { actions?: string[] }).actions?.join()).to.include('private window');
    expect(error.cause).to.equal(undefined);
    await noSecrets([sim.people.salesforceAdmin.accessToken], JSON.stringify(error) + String(error.stack));
  });
});
