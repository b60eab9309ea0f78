/** A pair of orgs that is put back to an earlier moment is as if nothing had happened since: tests share one so. */
import { expect } from 'chai';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';

describe('a simulated pair that is put back', () => {
  let sim: Simulator;
  let restore: () => void;
  const seen = (): unknown => [sim.salesforce.snapshot(), sim.okta.snapshot(), sim.okta.store.events, sim.clock.now()];

  before(async () => {
    sim = await startSimulator({ scenario: 'already-connected' });
    restore = sim.capture();
  });
  after(async () => sim.close());

  /** Adds, takes away, and changes records where they lie. */
  const spoil = async (): Promise<void> => {
    const { salesforce, okta } = sim;
    const [user] = salesforce.store.users.values();
    Object.assign(user ?? {}, { IsActive: false });
    salesforce.store.grants.clear();
    salesforce.store.components.set('More/one', { ...[...salesforce.store.components.values()][0]!, fullName: 'one' });
    salesforce.store.knobs.apiDisabled = true;
    Object.assign(salesforce.store.organization, { IsSandbox: true });
    const [app] = okta.store.apps.values();
    Object.assign(app ?? {}, { status: 'INACTIVE' });
    okta.store.users.clear();
    okta.store.org = { ...okta.store.org, name: 'Another' };
    okta.store.assignments.length = 0;
    salesforce.fail({ on: /./, with: 500, times: 9 });
    await fetch(`${okta.url}/api/v1/apps`);
    await fetch(`${salesforce.url}/services/data`);
  };

  it('has its records, its logs, its time and its answers back, as often as it is put back', async () => {
    const before = structuredClone(seen());
    for (let time = 0; time < 2; time += 1) {
      await spoil();
      expect(seen()).to.not.deep.equal(before);
      restore();
      expect(seen()).to.deep.equal(before);
      expect([sim.salesforce.store.knobs.apiDisabled, sim.salesforce.requests, sim.okta.requests]).to.deep.equal([
        false,
        [],
        [],
      ]);
      expect((await fetch(`${sim.salesforce.url}/services/data`)).status).to.equal(200);
      restore();
    }
  });
});
