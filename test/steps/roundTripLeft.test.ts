/** `test` where something is left that it could not take away yet: it says so, and the next one takes it away. */
import { expect } from 'chai';
import { healthyPair } from '../helpers/healthy.ts';
import type { Pair } from '../helpers/pair.ts';
import { ALL_PASS, CLEAN, remains, send, STANDARD } from '../helpers/roundTrip.ts';

const ADA = 'ada.lovelace@simulated.example';

for (const { whose, wishes, clean } of [
  { whose: 'its own user', wishes: STANDARD, clean: CLEAN },
  {
    whose: 'a user of somebody',
    wishes: { ...STANDARD, smokeUser: ADA },
    clean: { okta: [], salesforce: [], assigned: 0 },
  },
])
  describe(`what a round trip of ${whose} leaves`, () => {
    let pair: Pair;
    beforeEach(async () => {
      pair = await healthyPair('external-client-app');
    });
    let release = (): void => {};
    afterEach(async () => {
      release();
      await pair.stop();
    });
    const active = (): string[] =>
      [...pair.sim.salesforce.store.users.values()]
        .filter(({ Username, IsActive }) => IsActive && /^(provisioning-test|ada)/.test(Username))
        .map(({ Username }) => Username);

    it('is not said to be nothing while Okta is still creating the user, who is taken away by the next one', async () => {
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      pair.sim.salesforce.fail({ on: /^POST .*sobjects\/User/, by: 'Okta', with: { until: async () => released } });
      // In the order of its queue Okta would deactivate the user afterwards; here that fails, as it may.
      pair.sim.salesforce.fail({ on: /^PATCH .*sobjects\/User/, by: 'Okta', with: 500 });
      const { statuses, results } = await send(pair, { wishes, oktaIsSlow: true });
      expect(statuses).to.include({ 'test.provisioned': 'fail', 'test.cleaned-up': 'unknown' });
      expect(results['test.cleaned-up']?.actual).to.match(/Okta had not finished/);
      expect(remains(pair).assigned).to.equal(0);
      release();
      await pair.sim.okta.idle();
      expect(active()).to.have.length(1);
      expect((await send(pair, { wishes })).statuses).to.deep.equal(ALL_PASS);
      expect(active()).to.deep.equal([]);
      expect(remains(pair)).to.deep.equal(clean);
    });

    it('is named where Okta refuses to take it away, and is taken away by the next one', async () => {
      const end = pair.sim.okta.fail({
        // Deactivating an Okta user unassigns it too.
        ...{ on: /^DELETE \/api\/v1\/apps\/\w+\/users\/00u|lifecycle\/deactivate\b/, by: 'sf-plugin-okta' },
        ...{ with: 403 as const, times: Infinity },
      });
      const { results } = await send(pair, { wishes });
      expect(results['test.cleaned-up']?.status).to.equal('fail');
      expect(results['test.cleaned-up']?.actual).to.match(/is still assigned to/);
      end();
      expect((await send(pair, { wishes })).statuses).to.deep.equal(ALL_PASS);
      expect(remains(pair)).to.deep.equal(clean);
    });
  });

describe('a round trip where Okta does not find a deactivated user by login', () => {
  it('finds it by search, and makes no second one', async () => {
    const pair = await healthyPair('external-client-app');
    expect((await send(pair)).statuses).to.deep.equal(ALL_PASS);
    const asked = await pair.requestsOf(async () => {
      pair.sim.okta.fail({
        on: /^GET \/api\/v1\/users\/provisioning-test/,
        by: 'sf-plugin-okta',
        with: {
          change: async (answer) =>
            ((await answer.clone().json()) as { status: string }).status === 'DEPROVISIONED' ? absent() : answer,
        },
        times: Infinity,
      });
      expect((await send(pair)).statuses).to.deep.equal(ALL_PASS);
    });
    expect(asked.map(({ operation }) => operation)).to.include('GET /api/v1/users');
    expect(remains(pair)).to.deep.equal(CLEAN);
    await pair.stop();
  });
});

/** contracts/okta.md §7.1 */
const absent = (): Response =>
  Response.json(
    {
      errorCode: 'E0000007',
      errorSummary: 'Not found: Resource not found: user (User)',
      errorLink: 'E0000007',
      errorId: 'oae-simulated',
      errorCauses: [],
    },
    { status: 404 }
  );
