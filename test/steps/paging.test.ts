/** Lists over pages: where their links may lead, and that they end. contracts/okta.md §1.1; contracts/salesforce.md §5.1 */
import { expect } from 'chai';
import { OktaAnswerError } from '../../src/clients/okta/errors.ts';
import type { OktaClient } from '../../src/clients/okta/client.ts';
import { documentedWorld as oktaWorld, type OktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { startForeignHost, type ForeignHost } from '../helpers/foreignHost.ts';
import { Pair } from '../helpers/pair.ts';
import { setupCommand } from '../helpers/pairCommands.ts';
import { rejection } from '../helpers/rejection.ts';

const CANONICAL = 'https://simulated.okta.com';
const apps = Array.from({ length: 450 }, (_, index) => ({
  label: `Salesforce ${index}`,
  features: [],
  assignments: [],
}));

describe('a list over pages', () => {
  let pair: Pair;
  let foreign: ForeignHost;
  beforeEach(async () => {
    foreign = await startForeignHost();
  });
  afterEach(async () => {
    foreign.close();
    await pair.stop();
    expect(foreign.asked).to.deep.equal([]);
  });

  const start = async (okta: Partial<OktaWorld> = {}): Promise<OktaClient> => {
    pair = await Pair.start({ scenario: { salesforce: salesforceWorld, okta: () => ({ ...oktaWorld(), ...okta }) } });
    return (await pair.world()).context.okta;
  };
  const pages = (): string[] =>
    pair.sim.okta.requests.filter(({ path }) => path.startsWith('/api/v1/apps')).map(({ path }) => path);
  /** From now on each page of apps is followed by the one at `href`; its rows are kept unless told. */
  const lead = (href: (number: number) => string, rows?: string): void => {
    let number = 0;
    const change = (answer: Response): Response => {
      const headers = new Headers(answer.headers);
      headers.set('link', `<${href((number += 1))}>; rel="next"`);
      // The simulator knows no such cursor; whoever leads in a circle would answer it.
      return new Response(rows ?? answer.body, { status: rows === undefined ? answer.status : 200, headers });
    };
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: { change }, times: Infinity });
  };

  for (const canonicalUrl of [undefined, CANONICAL])
    for (const linksOn of ['asked', 'canonical'] as const)
      it(`of 450 apps is read whole where the org ${canonicalUrl ? `is ${canonicalUrl}` : 'has no custom domain'} and links to the ${linksOn} host`, async () => {
        const okta = await start({ apps, linksOn, ...(canonicalUrl && { canonicalUrl }) });
        expect((await okta.salesforceApps()).map(({ label }) => label)).to.deep.equal(apps.map(({ label }) => label));
        // All of it at the host that was named: the canonical one got neither a request nor the token.
        expect(pages()).to.have.length(3);
      });

  const ELSEWHERE: ReadonlyArray<[what: string, href: (own: URL, other: string) => string, named: RegExp]> = [
    ['another port', (_, other) => `http://${other}/api/v1/apps?after=1`, /another host, 127\.0\.0\.1:\d+/],
    ['another scheme', ({ host }) => `https://${host}/api/v1/apps?after=1`, /another host/],
    ['another host', () => 'https://evil.example/api/v1/apps?after=1', /another host, evil\.example/],
    ['a host without a scheme', (_, other) => `//${other}/api/v1/apps?after=1`, /another host/],
    ['a host behind our own name', ({ host }, other) => `http://${host}@${other}/api/v1/apps`, /another host/],
    ['a host that begins like the org', () => `${CANONICAL}.evil.example/api/v1/apps`, /another host, .*evil\.example/],
    ['the canonical host without https', () => 'http://simulated.okta.com/api/v1/apps', /another host/],
    ['no address', () => 'http://', /no address/],
    ['a script', () => 'javascript:alert(1)', /another host/],
  ];
  for (const [what, href, named] of ELSEWHERE)
    it(`is not followed to ${what}, by an org at a custom domain either`, async () => {
      for (const world of [{}, { canonicalUrl: CANONICAL }]) {
        const okta = await start(world);
        const other = foreign.host;
        lead(() => href(new URL(pair.sim.okta.url), other));
        const error = await rejection(okta.salesforceApps());
        expect(error).to.be.instanceOf(OktaAnswerError);
        expect(error.message).to.match(named);
        expect(pages()).to.have.length(1);
        if (world.canonicalUrl === undefined) await pair.stop();
      }
    });

  it('ends where its next page is the same again, and setup says so before its first write', async () => {
    await start();
    lead(() => `${pair.sim.okta.url}/api/v1/apps?after=again&limit=200`, '[]');
    const requests = await pair.requestsOf(async () => {
      const { exitCode, json } = await setupCommand(pair);
      expect([exitCode, json.message]).to.deep.equal([
        1,
        "Okta's answer to GET /api/v1/apps is not what its API documents: the list does not end after 2 pages",
      ]);
    });
    expect(requests.filter(({ write }) => write)).to.deep.equal([]);
  });

  it('ends where there is always another page', async () => {
    const okta = await start({ rateLimits: { apps: 1_000_000 } });
    lead((number) => `${pair.sim.okta.url}/api/v1/apps?after=cursor-${number}&limit=200`, '[]');
    expect((await rejection(okta.salesforceApps())).message).to.include('does not end after 1000 pages');
    expect(pages()).to.have.length(1000);
  });

  it('goes on after a page without rows', async () => {
    const okta = await start({ apps });
    const change = async (answer: Response): Promise<Response> => new Response('[]', { headers: answer.headers });
    pair.sim.okta.fail({ on: 'GET /api/v1/apps', with: { change } });
    expect(await okta.salesforceApps()).to.have.length(250);
  });

  it('of Salesforce ends where its next page is the same again', async () => {
    await start();
    const next = '/services/data/v67.0/query/01g-2000';
    const change = async (answer: Response): Promise<Response> => {
      const body = answer.ok ? ((await answer.json()) as object) : { records: [] };
      return Response.json({ ...body, done: false, nextRecordsUrl: next });
    };
    for (const on of [/^GET .*FROM Organization/, /01g-2000/])
      pair.sim.salesforce.fail({ on, by: 'sfdx toolbelt', with: { change }, times: Infinity });
    const { exitCode, json } = await setupCommand(pair);
    pair.sim.salesforce.unknown.length = 0; // the simulator knows no such cursor
    expect(exitCode).to.equal(1);
    expect(json.message).to.include('the list does not end after 2 pages');
  });
});
