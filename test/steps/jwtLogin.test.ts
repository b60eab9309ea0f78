/**
 * A login of sf that holds a JWT, which the Metadata API takes from version 68 on only. contracts/salesforce.md §15.4
 */
import { expect } from 'chai';
import { Pair } from '../helpers/pair.ts';
import { setupCommand, verifyCommand } from '../helpers/pairCommands.ts';

const JWT = ['eyJhbGciOiJSUzI1NiJ9', 'eyJ0T0tFTiI6InNpbXVsYXRlZCJ9', 'T0KEN-signature'].join('.');

describe('a login of sf whose access token is a JWT', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start();
    const { accessToken } = pair.sim.people.salesforceAdmin;
    const { accessTokens } = pair.sim.salesforce.store;
    const session = accessTokens.get(accessToken);
    if (session) accessTokens.set(JWT, { ...session, token: JWT });
    Object.assign(pair.sim.people.salesforceAdmin, { accessToken: JWT });
  });
  afterEach(async () => pair.stop());

  it('ends setup before the first write, with three ways out', async () => {
    const before = pair.sim.salesforce.snapshot() + pair.sim.okta.snapshot();
    const { exitCode, json } = await setupCommand(pair);
    expect([exitCode, json.message]).to.satisfy(
      ([code, message]: [number, string]) => code === 1 && message.includes('which is a JWT')
    );
    expect(json.actions?.join()).to.include('sf org login web').and.include('--api-version 68.0');
    expect(pair.sim.salesforce.snapshot() + pair.sim.okta.snapshot()).to.equal(before);
    expect(JSON.stringify(json)).to.not.include('T0KEN');
  });

  it('leaves to verify what REST can tell, and says why not the rest', async () => {
    const { json } = await verifyCommand(pair);
    const of = (id: string): string => {
      const found = json.result.checks.find((check) => check.id === id);
      return `${found?.status ?? ''} ${String(found?.actual ?? '')}`;
    };
    expect(of('salesforce.app.exists')).to.include('unknown').and.include('which is a JWT');
    expect(of('salesforce.user.permissions')).to.match(/^pass/);
  });
});
