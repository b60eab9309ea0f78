/**
 * A network that fails now and then: `verify` tries again what may be, says of the rest that it does not know, and finds
 * nothing wrong with a pair that is healthy. Faults are seeded; `npm run measure` does the same at length.
 */
import { expect } from 'chai';
import { healthyPair, KINDS } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { logIn } from '../helpers/pairCommands.ts';
import { underRandomFaults, type Tally } from '../helpers/randomFaults.ts';

const RUNS = 8;

for (const kind of KINDS)
  describe(`verify of a healthy pair while one request in twenty fails, the app being of the kind ${kind}`, () => {
    let pair: Pair;
    let tally: Tally;
    before(async () => {
      pair = await healthyPair(kind);
      await logIn(pair);
      tally = await underRandomFaults(pair, kind, RUNS, 'test');
    });
    after(async () => pair.stop());

    it('finds nothing wrong', () => {
      expect(tally.notPassed.filter((line) => !line.includes(' unknown: '))).to.deep.equal([]);
      expect(tally.claims).to.include({ fail: 0, warn: 0 });
    });

    it('ends every run with a result', () => expect(tally.errors).to.equal(0));

    it('still passes nine claims of ten', () => {
      const { pass, fail, warn, unknown } = tally.claims;
      expect(pass / (pass + fail + warn + unknown)).to.be.at.least(0.9);
      expect(pass + fail + warn + unknown).to.be.at.least(RUNS * 25);
    });

    it('was struck by as many faults as the seed has', () => expect(tally.struck).to.be.at.least(RUNS / 2));
  });
