/** Over all steps: every one twice, and the answer to each single request lost in turn. */
import { expect } from 'chai';
import { Pair, typesOf } from '../helpers/pair.ts';

/** The user agents of the product's own requests, and to whom each speaks. */
const SPEAKERS = [
  { name: 'SOAP call to Salesforce', vendor: 'salesforce', by: 'undici' },
  { name: 'REST call to Salesforce', vendor: 'salesforce', by: 'sfdx toolbelt' },
  { name: 'call to Okta', vendor: 'okta', by: 'sf-plugin-okta' },
] as const;

const clean = async (): Promise<{
  end: string;
  counts: ReturnType<Pair['counts']>;
  requests: Record<string, number>;
}> => {
  const pair = await Pair.start();
  const all = await pair.requestsOf(async () => pair.connect());
  const requests = Object.fromEntries(
    SPEAKERS.map(({ by }) => [by, all.filter(({ userAgent }) => userAgent.startsWith(by)).length])
  );
  const result = { end: endState(pair), counts: pair.counts(), requests };
  await pair.stop();
  return result;
};

/** What both orgs hold, without times, ports and made-up values, which lost answers may shift. */
const endState = ({ sim }: Pair): string => {
  const apps = [...sim.okta.store.apps.values()].map(({ name, label, status, features }) => ({
    name,
    label,
    status,
    features: [...features].sort(),
  }));
  return `${sim.salesforce.setupSnapshot()}${JSON.stringify(apps)}`.replaceAll(sim.okta.url, 'https://okta');
};

let pair: Pair;
afterEach(async () => pair.stop());

describe('every step', () => {
  it('run twice is unchanged the second time, with no write to either side', async () => {
    pair = await Pair.start();
    await pair.connect();
    const requests = await pair.requestsOf(async () => {
      expect(new Set(Object.values(typesOf(await pair.setup())))).to.deep.equal(new Set(['unchanged']));
    });
    expect(requests).to.not.be.empty;
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
  });
});

describe('a lost answer', () => {
  let wanted: Awaited<ReturnType<typeof clean>>;
  before(async () => {
    wanted = await clean();
  });

  for (const { name, vendor, by } of SPEAKERS)
    it(`to any single ${name} leads, after another run, to the same end with nothing doubled`, async function () {
      this.timeout(120_000);
      const total = wanted.requests[by] ?? 0;
      expect(total).to.be.greaterThan(3);
      for (let number = 1; number <= total; number += 1) {
        const where = `${name} number ${number}`;
        pair = await Pair.start();
        pair.sim[vendor].fail({ on: number, by, with: 'drop' });
        await pair.connect();
        expect(
          pair.sim[vendor].requests.map(({ status }) => status),
          where
        ).to.include('dropped');
        expect(Object.values(typesOf(await pair.connect())), where).to.not.include('failed');
        expect(new Set(Object.values(typesOf(await pair.setup()))), where).to.deep.equal(new Set(['unchanged']));
        expect(pair.counts(), where).to.deep.equal(wanted.counts);
        expect(endState(pair), where).to.equal(wanted.end);
        if (number < total) await pair.stop();
      }
    });
});
