/** `test`, killed at each of its requests, each answer lost, each refused: one test user, deactivated, nothing assigned. */
import { expect } from 'chai';
import { healthyPair, KINDS, type Kind } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { ALL_PASS, CLEAN, forgetTestUser, prepareOnly, remains, send, SPEAKERS } from '../helpers/roundTrip.ts';

interface Sent {
  readonly vendor: 'salesforce' | 'okta';
  readonly by: string;
  readonly number: number;
  readonly write: boolean;
  readonly operation: string;
}

/** From the first write on: before it, both orgs are as they were. */
const requestsOf = async (pair: Pair, kind: Kind): Promise<Sent[]> => {
  const before = await pair.requestsOf(async () => prepareOnly(pair, kind));
  const all = await pair.requestsOf(async () => send(pair, { kind }));
  return SPEAKERS.flatMap(({ vendor, by }) => {
    const own = (list: typeof all): typeof all => list.filter(({ userAgent }) => userAgent.startsWith(by));
    return own(all)
      .map(({ write, operation }, index) => ({ vendor, by, number: index + 1, write, operation }))
      .slice(own(before).length);
  });
};

const killedAt = async (pair: Pair, kind: Kind, { vendor, by, number, operation }: Sent): Promise<void> => {
  const where = `${operation} (${number})`;
  await new Promise<void>((killed) => {
    const change = async (): Promise<never> => {
      killed();
      return new Promise<never>(() => {});
    };
    pair.sim[vendor].fail({ on: number, by, with: { change } });
    send(pair, { kind }).catch(() => {});
  });
  await pair.sim.okta.idle();
  expect((await send(pair, { kind })).statuses, where).to.deep.equal(ALL_PASS);
  expect(remains(pair), where).to.deep.equal(CLEAN);
  forgetTestUser(pair);
};

for (const kind of KINDS)
  describe(`a round trip, the app being of the kind ${kind}`, () => {
    let pair: Pair;
    let requests: Sent[];
    before(async () => {
      pair = await healthyPair(kind);
      requests = await requestsOf(pair, kind);
    });
    beforeEach(() => forgetTestUser(pair));
    after(async () => pair.stop());

    it('killed at any of its requests, is made good by the next one', async function () {
      this.timeout(180_000);
      expect(requests.filter(({ write }) => write).length).to.be.greaterThan(3);
      for (const request of requests) await killedAt(pair, kind, request);
    });

    for (const fault of ['drop', 500, 403] as const)
      it(`with any single request ${fault === 'drop' ? 'unanswered' : `answered by ${fault}`}, disproves nothing and ends clean`, async function () {
        this.timeout(180_000);
        for (const { vendor, by, number, operation, write } of requests) {
          const where = `${operation} (${number})`;
          pair.sim[vendor].fail({ on: number, by, with: fault });
          const sent = await send(pair, { kind }).catch(() => undefined);
          const { 'test.cleaned-up': cleanedUp, ...others } = sent?.statuses ?? {};
          expect(Object.values(others), where).to.not.include('fail');
          if (fault === 'drop' || (fault === 500 && !write)) expect(sent?.statuses, where).to.deep.equal(ALL_PASS);
          const { okta, salesforce, assigned } = remains(pair);
          const isClean = assigned === 0 && ![...okta, ...salesforce].some((state) => /^active$/i.test(state));
          expect(cleanedUp, where).to.be.oneOf(isClean ? ['pass', 'unknown'] : ['fail']);
          if (!isClean) {
            expect((await send(pair, { kind })).statuses, where).to.deep.equal(ALL_PASS);
            expect(remains(pair), where).to.deep.equal(CLEAN);
          }
          forgetTestUser(pair);
        }
      });
  });
