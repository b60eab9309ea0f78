/** Every request that the product sends to Okta is one that Okta's own OpenAPI document allows. */
import { expect } from 'chai';
import { approveByLink } from '../../src/rehearsal/people.ts';
import { SCENARIO_NAMES } from '../../src/simulator/index.ts';
import { Desk, Pair } from '../helpers/pair.ts';
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

  /** The one exception: hypothetical for this app, whose name Okta's document does not list (contracts/okta.md §0.1 2). */
  const CALLBACK = /^POST \/api\/v1\/apps\/salesforce\/\w+\/oauth2\/callback\?/;

  for (const scenario of SCENARIO_NAMES)
    it(`in the world "${scenario}", in a dry run, setup and verify, is valid by Okta's OpenAPI document`, async () => {
      pair = await Pair.start({ scenario });
      const one = pair;
      const desk = new Desk();
      one.desk = desk;
      const act = async (): Promise<void> => {
        if (desk.link) desk.brought = await approveByLink(one.sim, () => {}, desk.link.href);
        else await one.peopleConnect();
      };
      const flags = { adopt: true, 'integration-user': one.sim.people.salesforceAdmin.username };
      await one.preview(flags);
      await one.setup(flags, [async () => {}, async () => {}, act, async () => {}, async () => {}]);
      await one.setup({ ...flags, handshake: 'api' });
      await one.verify(flags);
      const requests = one.sim.okta.requests.filter(({ userAgent }) => userAgent.startsWith('sf-plugin-okta'));
      expect(requests.length).to.be.greaterThan(10);
      const exceptions: string[] = [];
      for (const { method, path, body } of requests) {
        const problems = contract.problems({ method, path, ...(body !== undefined && { body }) });
        if (CALLBACK.test(`${method} ${path}`)) exceptions.push(...problems);
        else expect(problems, `${method} ${path}`).to.deep.equal([]);
      }
      expect(exceptions.length).to.equal(scenario === 'api-supported' ? 1 : 0);
      expect(exceptions.join()).to.match(scenario === 'api-supported' ? /^path parameter appName/ : /^$/);
    });
});
