import { expect } from 'chai';
import { newSalesforceApp, refusal, startOrg, type Answer, type Org } from './org.ts';

const DAY = 86_400_000;

describe('simulated /api/v1/logs', () => {
  let org: Org;
  let first: string;
  beforeEach(async () => {
    org = await startOrg();
    first = (await org.ask('POST', '/api/v1/apps?activate=false', newSalesforceApp('One'))).body.id;
    await org.ask('POST', '/api/v1/apps?activate=false', newSalesforceApp('Two'));
    await org.ask('POST', `/api/v1/apps/${first}/lifecycle/activate`);
  });
  afterEach(async () => org.end());

  const logs = async (query: Record<string, string> = {}): Promise<Answer> =>
    org.ask('GET', `/api/v1/logs?${new URLSearchParams(query).toString()}`);
  const types = ({ list }: Answer): string[] =>
    list.map(({ eventType }) => String(eventType).replace('application.lifecycle.', ''));

  it('gives events complete in shape, oldest first', async () => {
    const answer = await logs();
    expect(types(answer)).to.deep.equal(['create', 'create', 'activate']);
    expect(answer.list[0]).to.have.all.keys(
      ...['actor', 'client', 'device', 'authenticationContext', 'displayMessage', 'eventType', 'outcome', 'published'],
      ...[
        'securityContext',
        'severity',
        'debugContext',
        'legacyEventType',
        'transaction',
        'uuid',
        'version',
        'request',
        'target',
      ]
    );
    expect(answer.list[0]).to.deep.include({
      version: '0',
      outcome: { result: 'SUCCESS', reason: null },
      displayMessage: 'Create application',
    });
  });

  const found: Array<[string, number]> = [
    ['eventType eq "application.lifecycle.create"', 2],
    ['eventType sw "application.lifecycle"', 3],
    ['target.id eq "FIRST"', 2],
    ['target.id eq "FIRST" and eventType eq "application.lifecycle.create"', 1],
    ['eventType eq "x" or outcome.result eq "SUCCESS"', 3],
    ['(eventType eq "x" or target.id eq "FIRST") and outcome.result eq "FAILURE"', 0],
    ['eventType eq "x" or target.id eq "FIRST" and outcome.result eq "SUCCESS"', 2],
    ['outcome.reason pr', 0],
  ];
  for (const [filter, count] of found) {
    it(`finds ${count} by ${filter}`, async () => {
      expect((await logs({ filter: filter.replaceAll('FIRST', first) })).list).to.have.lengthOf(count);
    });
  }

  const refused: Array<[Record<string, string>, unknown[]]> = [
    [{ filter: 'published gt "2026-01-01"' }, [400, 'E0000053', 'field is not valid: published']],
    [{ filter: 'target.id gt "x"' }, [400, 'E0000031', 'Invalid search criteria.']],
    [
      { filter: 'eventType is "x"' },
      [
        400,
        'E0000053',
        "Invalid filter 'eventType is \"x\"': Unrecognized attribute operator 'is' at position 10. Expected: eq,co,sw,pr,gt,ge,lt,le",
      ],
    ],
    [{ filter: 'eventType eq' }, [400, 'E0000053', "Invalid filter 'eventType eq': Unexpected end of expression"]],
    [{ filter: '(eventType pr' }, [400, 'E0000053', "Invalid filter '(eventType pr': Missing ')'"]],
    [
      { since: 'Tue Sep 01 2026' },
      [400, 'E0000001', 'Api validation failed: since', 'since: The date format is not valid.'],
    ],
    [{ since: '2025-01-01' }, [400, 'E0000053', 'The since parameter is over 180 days prior to the current day.']],
    [{ after: 'x' }, [400, 'E0000029', 'Invalid paging request.', 'Invalid cursor.']],
    [{ limit: '1001' }, [400, 'E0000001', 'Api validation failed: limit', 'limit: must be 1 to 1000.']],
  ];
  for (const [query, answer] of refused) {
    it(`refuses ${JSON.stringify(query)}`, async () => {
      expect(refusal(await logs(query))).to.deep.equal(answer);
    });
  }

  it('looks for keywords in all of an event', async () => {
    expect((await logs({ q: 'two CREATE' })).list).to.have.lengthOf(1);
  });

  it('polls: a next link always, also from an empty page, which then brings what is new', async () => {
    const page = await logs({ limit: '2', since: '2026-09-01T00:00:00.000Z' });
    expect(types(page)).to.deep.equal(['create', 'create']);
    expect(page.links['next']).to.match(/^\/api\/v1\/logs\?after=\w+&limit=2$/);
    const rest = await org.ask('GET', page.links['next'] ?? '');
    expect(types(rest)).to.deep.equal(['activate']);
    const empty = await org.ask('GET', rest.links['next'] ?? '');
    expect([empty.list, Object.keys(empty.links)]).to.deep.equal([[], ['self', 'next']]);
    await org.ask('POST', `/api/v1/apps/${first}/lifecycle/deactivate`);
    expect(types(await org.ask('GET', empty.links['next'] ?? ''))).to.deep.equal(['deactivate']);
  });

  it('polls from an empty start, too', async () => {
    const since = new Date(org.clock.now() + 1000).toISOString();
    const { list, links } = await logs({ since });
    expect(list).to.deep.equal([]);
    await org.ask('POST', `/api/v1/apps/${first}/lifecycle/deactivate`);
    expect(types(await org.ask('GET', links['next'] ?? ''))).to.deep.equal(['deactivate']);
  });

  it('is finite with until, and newest first with DESCENDING', async () => {
    const until = new Date(org.clock.now() + 1000).toISOString();
    const page = await logs({ limit: '2', until });
    const rest = await org.ask('GET', page.links['next'] ?? '');
    expect([types(rest), Object.keys(rest.links)]).to.deep.equal([['activate'], ['self']]);
    const down = await logs({ limit: '2', sortOrder: 'DESCENDING' });
    expect(types(down)).to.deep.equal(['activate', 'create']);
    const last = await org.ask('GET', down.links['next'] ?? '');
    expect([types(last), Object.keys(last.links)]).to.deep.equal([['create'], ['self']]);
  });

  it('does not go back beyond since on the pages after the first', async () => {
    const since = new Date(org.clock.now()).toISOString();
    await org.ask('POST', `/api/v1/apps/${first}/lifecycle/deactivate`);
    const page = await logs({ since, limit: '1', sortOrder: 'DESCENDING' });
    expect(types(page)).to.deep.equal(['deactivate']);
    const rest = await org.ask('GET', page.links['next'] ?? '');
    expect([types(rest), Object.keys(rest.links)]).to.deep.equal([['activate'], ['self']]);
  });

  it('looks back seven days unless told, and keeps ninety', async () => {
    org.clock.advance(8 * DAY);
    expect((await logs()).list).to.have.lengthOf(0);
    const since = new Date(org.clock.now() - 100 * DAY).toISOString();
    expect((await logs({ since })).list).to.have.lengthOf(3);
    org.clock.advance(90 * DAY);
    expect((await logs({ since })).list).to.have.lengthOf(0);
  });

  it('refuses after together with since', async () => {
    const { links } = await logs();
    const after = new URL(links['next'] ?? '', org.sim.url).searchParams.get('after') ?? '';
    expect((await logs({ after, since: '2026-09-01T00:00:00.000Z' })).status).to.equal(400);
  });
});
