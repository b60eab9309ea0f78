/** A log that is too long to be read whole: what is seen counts, and that nothing failed is not said of what was not read. */
import { expect } from 'chai';
import type { Status } from '../../src/engine/check.ts';
import { flagsOf, healthyPair, NAMED } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { logged } from './faults/okta.ts';

const KIND = 'external-client-app';

describe('verify of a pair with a log that is too long', () => {
  let pair: Pair;
  let restore: () => Promise<void>;
  before(async () => {
    pair = await healthyPair(KIND);
    restore = pair.capture();
  });
  afterEach(async () => restore());
  after(async () => pair.stop());

  const told = async (id: string): Promise<[Status | undefined, string]> => {
    const found = (await pair.verify({ ...flagsOf(KIND), ...NAMED }))[id];
    return [found?.status, JSON.stringify(found?.actual)];
  };

  /** As many events about the app as are read, each at the time of the last one. */
  const tenThousand = async (): Promise<void> => {
    await logged('application.user_membership.add', { ofUser: '00uBusy' })(pair, KIND);
    const { events } = pair.sim.okta.store;
    const last = events.at(-1);
    for (let more = 1; last && more < 10_000; more += 1)
      events.push({ ...last, sequence: last.sequence + more, uuid: `simulated-busy-${more}` });
  };

  it("cannot tell of Okta's whether something failed before", async () => {
    await logged('application.provision.user.push', { reason: 'DUPLICATE_USERNAME', ofUser: '00uAda' })(pair, KIND);
    await tenThousand();
    const [status, why] = await told('okta.log');
    expect([status, why.includes('--since')]).to.deep.equal(['unknown', true]);
  });

  it("tells of Okta's what failed lately all the same", async () => {
    await tenThousand();
    const { events } = pair.sim.okta.store;
    await logged('application.integration.general_failure', { reason: 'HTTP 500' })(pair, KIND);
    expect(events.length).to.be.greaterThan(10_000);
    expect((await told('okta.log'))[0]).to.equal('fail');
  });

  /** As many events of other apps as are read. */
  const ofOtherApps = (): void => {
    const { idpEvents, clock, mint } = pair.sim.salesforce.store;
    const [last] = [...idpEvents.values()];
    clock.advance(1000);
    const Timestamp = new Date(clock.now()).toISOString().replace('Z', '+0000');
    for (let more = 0; last && more < 500; more += 1) {
      const Id = mint.id('0Y1');
      idpEvents.set(Id, { ...last, Id, AppId: '0H4000000000001AAA', Timestamp });
    }
  };

  it("cannot tell of Salesforce's where all that is read is of other apps", async () => {
    ofOtherApps();
    pair.sim.salesforce.store.loginHistory.clear();
    const [status, why] = await told('salesforce.grant.errors');
    expect([status, why.includes('--since')]).to.deep.equal(['unknown', true]);
  });

  it("passes Salesforce's where a login shows that all went well", async () => {
    ofOtherApps();
    expect((await told('salesforce.grant.errors'))[0]).to.equal('pass');
  });
});
