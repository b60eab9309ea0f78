/** Every request that the product sends to Okta is one that Okta's own OpenAPI document allows. */
import { expect } from 'chai';
import { Pair } from '../helpers/pair.ts';
import type { OktaContract } from './openapi.ts';
import { loadOktaContract } from './openapi.ts';

describe('every request of the product to Okta', () => {
  let contract: OktaContract;
  let pair: Pair | undefined;
  before(function () {
    const loaded = loadOktaContract();
    if (!loaded) this.skip();
    else contract = loaded;
  });
  afterEach(async () => pair?.stop());

  type Act = (pair: Pair) => Promise<unknown>;
  const connect: Act = async (one) => one.connect();
  const JOURNEYS: ReadonlyArray<[what: string, journey: Act, prepared?: Act]> = [
    ['a first setup', connect],
    ['a second setup', async (one) => one.setup(), connect],
    ['a verify', async (one) => one.verify(), connect],
    ['a dry run', async (one) => one.preview(), connect],
    [
      'the activation of an app',
      async (one) => one.setup(),
      async (one) => {
        await one.setup();
        const [app] = one.sim.okta.store.apps.values();
        if (app) app.status = 'INACTIVE';
      },
    ],
  ];
  for (const [what, journey, prepared] of JOURNEYS)
    it(`in ${what} is valid by Okta's OpenAPI document`, async () => {
      pair = await Pair.start();
      await prepared?.(pair);
      const earlier = pair.sim.okta.requests.length;
      await journey(pair);
      const requests = pair.sim.okta.requests
        .slice(earlier)
        .filter(({ userAgent }) => userAgent.startsWith('sf-plugin-okta'));
      expect(requests.length).to.be.greaterThan(3);
      for (const { method, path, body } of requests)
        expect(
          contract.problems({ method, path, ...(body !== undefined && { body }) }),
          `${method} ${path}`
        ).to.deep.equal([]);
    });
});
