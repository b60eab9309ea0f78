/**
 * An org whose instance URL is its My Domain, while `sf` logged in at another host, such as login.salesforce.com: all is asked of
 * the instance, and the login host is neither asked nor named. contracts/salesforce.md §6, "Host"
 */
import { AuthInfo } from '@salesforce/core';
import { expect } from 'chai';
import { argvOf, healthyPair, NAMED, OKTA_USER } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { CaughtSetup, logIn, runCaught, verifyLoggedIn } from '../helpers/pairCommands.ts';
import type { SetupReport } from '../../src/report/report.ts';

/** Nobody listens there: whoever asks it gets no answer. */
const LOGIN_URL = 'http://127.0.0.1:9';
const ARGV = argvOf(NAMED);

describe('an org with a My Domain, logged in to at another host', () => {
  let pair: Pair;
  before(async () => {
    pair = await healthyPair('external-client-app');
    await logIn(pair);
    const { username } = pair.sim.people.salesforceAdmin;
    // With the slash at the end that the CLI leaves there.
    const instanceUrl = `${pair.sim.salesforce.url}/`;
    await (await AuthInfo.create({ username })).save({ instanceUrl, loginUrl: LOGIN_URL });
  });
  after(async () => pair.stop());

  const setup = async (...argv: string[]): ReturnType<typeof runCaught<SetupReport>> =>
    runCaught<SetupReport>({ run: async (words, config) => CaughtSetup.run(words, config) }, pair, [...ARGV, ...argv]);

  it('is what the login of this test says', async () => {
    const { username } = pair.sim.people.salesforceAdmin;
    const { loginUrl, instanceUrl } = (await AuthInfo.create({ username })).getFields();
    expect(loginUrl).to.equal(LOGIN_URL);
    expect(new URL(instanceUrl ?? '').origin).to.equal(pair.sim.salesforce.url);
  });

  it('is healthy for verify, which finds nothing', async () => {
    const { exitCode, json } = await verifyLoggedIn(pair, ARGV);
    expect(exitCode, json.message).to.equal(0);
    expect(json.result.checks.filter(({ status }) => ['fail', 'warn', 'unknown'].includes(status))).to.deep.equal([]);
    expect(json.result.targetOrg.instanceUrl).to.equal(pair.sim.salesforce.url);
    expect(JSON.stringify(json)).to.not.include(LOGIN_URL);
  });

  it('is unchanged by setup', async () => {
    const { exitCode, json } = await setup();
    expect(exitCode, json.message).to.equal(0);
    expect(json.result.steps.map(({ outcome }) => outcome)).to.not.include('changed');
    expect(json.result.targetOrg?.instanceUrl).to.equal(pair.sim.salesforce.url);
  });

  it('is set up anew with links to the instance alone', async () => {
    const fresh = ['--app-name', 'Second', '--app-label', 'Second', '--okta-app-label', 'Second', '--callback-url'];
    const { exitCode, json } = await setup(...fresh, 'https://second.example/callback');
    expect(exitCode, json.message).to.equal(69);
    const told = JSON.stringify(json);
    expect(told).to.include(`Open ${pair.sim.salesforce.url}`).and.include(OKTA_USER.username);
    expect(told).to.not.include(LOGIN_URL).and.not.include(`${pair.sim.salesforce.url}//`);
  });
});
