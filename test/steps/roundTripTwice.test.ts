/** Two tests of one pair at the same time, from two machines: one goes its way, the other touches nothing of it and says so. */
import { expect } from 'chai';
import type { JournalEntry } from '../../src/engine/journal.ts';
import { TestUnderWayError } from '../../src/roundTrip/underWay.ts';
import { healthyPair } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { rejection } from '../helpers/rejection.ts';
import { ALL_PASS, CLEAN, remains, send } from '../helpers/roundTrip.ts';

const BY = 'sf-plugin-okta';
const OF_USER = /^GET \/api\/v1\/users\/provisioning-test/;
/** The user is in both orgs then. */
const UNASSIGNING = /^DELETE \/api\/v1\/apps\/\w+\/users\/00u/;
const HOUR = 3_600_000;

interface Gate {
  /** Until somebody stands at it. */
  readonly reached: Promise<void>;
  readonly open: () => void;
}

describe('two tests of one pair from two machines', () => {
  let pair: Pair;
  let restore: () => Promise<void>;
  let other: JournalEntry[];
  before(async () => {
    pair = await healthyPair('external-client-app');
    await send(pair);
    restore = pair.capture();
  });
  beforeEach(() => {
    other = [];
  });
  afterEach(async () => restore());
  after(async () => pair.stop());

  /** Holds up the request that matches, the nth of them from now on. */
  const gate = (on: RegExp, nth = 1): Gate => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    let count = 0;
    const reached = new Promise<void>((resolve) => {
      const end = pair.sim.okta.fail({
        ...{ on, by: BY, times: Infinity },
        with: {
          until: async () => {
            count += 1;
            if (count !== nth) return;
            end();
            resolve();
            await opened;
          },
        },
      });
    });
    return { reached, open };
  };

  const refused = async (sending: Promise<unknown>): Promise<TestUnderWayError> => {
    const error = await rejection(sending);
    expect(error).to.be.instanceOf(TestUnderWayError);
    return error as TestUnderWayError;
  };

  it('refuses the second before any write, and says until when', async () => {
    const held = gate(UNASSIGNING);
    const first = send(pair);
    await held.reached;
    const asked = await pair.requestsOf(async () => {
      const { message, actions } = await refused(send(pair, { elsewhere: other }));
      expect(message).to.match(
        /Another test of this pair of orgs is under way: provisioning-test\S+ is in use.*since 20/
      );
      expect(actions?.join()).to.match(/run the same command again after 20\d\d-/);
    });
    expect(asked.filter(({ write }) => write)).to.deep.equal([]);
    expect(other).to.deep.equal([]);
    held.open();
    expect((await first).statuses).to.deep.equal(ALL_PASS);
    expect(remains(pair)).to.deep.equal(CLEAN);
  });

  // The second one's looks at the user: in its preparation, before and twice in its sweep, before it wakes the user.
  for (const look of [1, 2, 3, 4, 5])
    it(`lets the first go its way where the second is at its look ${look} at the user meanwhile`, async () => {
      const late = gate(OF_USER, look);
      const second = refused(send(pair, { elsewhere: other }));
      await late.reached;
      const held = gate(UNASSIGNING);
      const first = send(pair);
      await held.reached;
      late.open();
      await second;
      held.open();
      expect((await first).statuses).to.deep.equal(ALL_PASS);
      expect(remains(pair)).to.deep.equal(CLEAN);
      expect((await send(pair, { elsewhere: other })).statuses).to.deep.equal(ALL_PASS);
    });

  for (const { what, on } of [
    { what: 'wake', on: /^POST \/api\/v1\/users\/00u\w+\/lifecycle\/activate/ },
    { what: 'assign', on: /^POST \/api\/v1\/apps\/\w+\/users\?/ },
  ])
    it(`leaves alone whom Okta refuses to ${what}, since that is done`, async () => {
      // contracts/okta.md §4.2: unconfirmed whether it refuses.
      const change = (): Response => Response.json({ errorCode: 'E0000016' }, { status: 403 });
      pair.sim.okta.fail({ on, by: BY, with: { change } });
      await refused(send(pair, { elsewhere: other }));
      expect(remains(pair).okta).to.deep.equal(['ACTIVE']);
      expect(remains(pair).assigned).to.equal(what === 'assign' ? 1 : 0);
    });

  it('takes away what a killed one left, once no test takes that long', async () => {
    const never = gate(UNASSIGNING);
    send(pair, { elsewhere: other }).catch(() => {});
    await never.reached;
    await pair.sim.okta.idle();
    await refused(send(pair));
    pair.sim.clock.advance(HOUR);
    expect((await send(pair)).statuses).to.deep.equal(ALL_PASS);
    expect(remains(pair)).to.deep.equal(CLEAN);
  });

  it('takes away at once what was killed on this machine, though another one tested later', async () => {
    const killed = gate(UNASSIGNING);
    send(pair, { elsewhere: other }).catch(() => {});
    await killed.reached;
    await pair.sim.okta.idle();
    expect((await send(pair, { elsewhere: other })).statuses).to.deep.equal(ALL_PASS);
    const held = gate(UNASSIGNING);
    const first = send(pair);
    await held.reached;
    await refused(send(pair, { elsewhere: other }));
    held.open();
    expect((await first).statuses).to.deep.equal(ALL_PASS);
  });
});
