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

  const JOURNEYS: Array<[string, (pair: Pair) => Promise<unknown>]> = [
    ['a first setup', async (one) => one.connect()],
    ['a second setup', async (one) => one.connect().then(async () => one.setup())],
    ['a verify', async (one) => one.connect().then(async () => one.verify())],
    ['a dry run', async (one) => one.connect().then(async () => one.preview())],
    [
      'the activation of an app',
      async (one) => {
        await one.setup();
        const [app] = one.sim.okta.store.apps.values();
        if (app) app.status = 'INACTIVE';
        return one.setup();
      },
    ],
  ];
  for (const [what, journey] of JOURNEYS)
    it(`in ${what} is valid by Okta's OpenAPI document`, async () => {
      pair = await Pair.start();
      await journey(pair);
      const requests = pair.sim.okta.requests.filter(({ userAgent }) => userAgent.startsWith('sf-plugin-okta'));
      expect(requests.length).to.be.greaterThan(3);
      for (const { method, path, body } of requests)
        expect(
          contract.problems({ method, path, ...(body !== undefined && { body }) }),
          `${method} ${path}`
        ).to.deep.equal([]);
    });
});
