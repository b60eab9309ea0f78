/** `test`: one user there and back on a healthy pair, and every way in which that goes wrong. */
import { expect } from 'chai';
import { healthyPair, KINDS } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { ALL_PASS, CLEAN, remains, send } from '../helpers/roundTrip.ts';

let pair: Pair;
afterEach(async () => pair.stop());

for (const kind of KINDS)
  describe(`a round trip, the app being of the kind ${kind}`, () => {
    beforeEach(async () => {
      pair = await healthyPair(kind);
    });

    it('proves every claim, and leaves one deactivated user', async () => {
      const { results, statuses, warnings } = await send(pair, { kind });
      expect(statuses).to.deep.equal(ALL_PASS);
      expect(warnings).to.deep.equal([]);
      expect(remains(pair)).to.deep.equal(CLEAN);
      expect(results['test.provisioned']?.actual).to.match(
        /^provisioning-test\..+@example\.com \(005\w{15}\) after [\d.]+ s$/
      );
      expect(results['test.deprovisioned']?.actual).to.match(/^deactivated after [\d.]+ s$/);
      expect(results['test.cleaned-up']?.actual).to.match(
        /^left: 1 deactivated user in Salesforce \(provisioning-test/
      );
      expect(results['test.attributes']?.actual).to.include({ firstName: 'Provisioning', profile: 'Standard User' });
    });

    it('uses the same user again', async () => {
      await send(pair, { kind });
      const [before] = [...pair.sim.salesforce.store.users.values()].filter(({ IsActive }) => !IsActive);
      const { statuses, results } = await send(pair, { kind });
      expect(statuses).to.deep.equal(ALL_PASS);
      expect(results['test.provisioned']?.actual).to.include(before?.Id);
      expect(remains(pair)).to.deep.equal(CLEAN);
    });
  });
