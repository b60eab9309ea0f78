/** A live app under the usual names in both orgs. */
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, type Household, type SfResult } from '../helpers/sfCli.ts';

describe('sf okta provisioning setup, where both apps are in use', () => {
  let sim: Simulator;
  let people: Household;
  let refused: SfResult;
  let untouched: string[];
  const snapshots = (): string[] => [sim.salesforce.snapshot(), sim.okta.snapshot()];

  before(async () => {
    sim = await startSimulator({ scenario: 'in-use', clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
    untouched = snapshots();
    refused = await people.sf(setup(sim));
  });
  after(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('ends with 2 and names --adopt', () => {
    expect(refused.exitCode, refused.stderr).to.equal(2);
    expect(refused.stderr).to.include('Okta_Provisioning').and.to.include('--adopt');
  });

  it('leaves both orgs as they were, byte for byte', () => {
    expect(snapshots()).to.deep.equal(untouched);
  });

  it('shows the differences that nobody agreed to', () => {
    expect(refused.stdout + refused.stderr).to.match(/salesforce\.app\.pkce: off -> on/);
  });

  it('changes what differs with --adopt', async () => {
    const { exitCode, stdout, stderr } = await people.sf(setup(sim, '--adopt'));
    expect(exitCode, stderr).to.equal(0);
    expect(stdout).to.match(/salesforce\.app\.pkce: off -> on/);
    expect(snapshots()[0]).to.not.equal(untouched[0]);
    expect(sim.salesforce.store.grants.size, 'grants').to.equal(1);
  });
});
