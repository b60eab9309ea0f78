/** The handshake by Okta's API, were it offered: contracts/okta.md §2.4, §2.5, §14. */
import { expect } from 'chai';
import {
  approveByLink,
  authenticateOnTheConsoles,
  connectOnTheConsoles,
  revokeApprovals,
} from '../../src/rehearsal/people.ts';
import { COLLEAGUE, SCENARIOS, type OktaWorld } from '../../src/simulator/index.ts';
import { wrongUserSalesforce } from '../../src/simulator/oktaScenarios.ts';
import { Desk, Pair, typesOf, type Flags, type Person } from '../helpers/pair.ts';

const quiet = (): void => {};
const offered = SCENARIOS['api-supported'];

describe('the handshake by API', () => {
  let pair: Pair;
  let desk: Desk;
  afterEach(async () => pair.stop());

  const start = async (okta: Partial<OktaWorld> = {}): Promise<void> => {
    pair = await Pair.start({
      scenario: { salesforce: offered.salesforce, okta: (store) => ({ ...offered.okta(store), ...okta }) },
    });
    desk = new Desk();
    pair.desk = desk;
  };
  /** A person follows the link and brings back what the last page shows. */
  const approve = async (as?: Person): Promise<void> => {
    desk.brought = await approveByLink(pair.sim, quiet, desk.link?.href ?? '', as);
  };
  const idle = async (): Promise<void> => {};
  const setup = async (flags: Flags = {}): ReturnType<Pair['setup']> => pair.setup(flags, [approve, idle, idle]);
  const posts = (requests: ReadonlyArray<{ method: string; path: string }>): string[] =>
    requests
      .filter(({ method, path }) => method === 'POST' && path.includes('/connections/default'))
      .map(({ path }) => path.replace(/^.*connections\/default/, ''));
  const messageOf = (event: unknown): string => (event as { error?: Error }).error?.message ?? '';
  const summaryOf = (event: unknown): string =>
    (event as { instruction?: { summary: string } }).instruction?.summary ?? '';

  for (const handshake of ['auto', 'api'])
    it(`with --handshake ${handshake} ends connected and switched on, through one approval and no console`, async () => {
      await start();
      const events = typesOf(await setup({ handshake }));
      expect([events['okta.connection'], events['okta.features']]).to.deep.equal(['changed', 'changed']);
      expect(pair.counts().grants).to.equal(1);
      expect(pair.sim.okta.requests.some(({ path }) => path.startsWith('/admin/app/salesforce'))).to.equal(false);
      expect(desk.withdrawn).to.equal(true);
      pair.journal.length = 0; // as on another machine
      const again = await pair.requestsOf(async () => {
        expect(new Set(Object.values(typesOf(await setup({ handshake }))))).to.deep.equal(new Set(['unchanged']));
      });
      expect(again.filter(({ write }) => write)).to.deep.equal([]);
      expect(pair.counts().grants).to.equal(1);
    });

  it('ticks the boxes that are asked for and no others', async () => {
    await start();
    await setup({ 'provisioning-feature': ['create', 'update'] });
    const [app] = pair.sim.okta.store.apps.values();
    expect(app?.features).to.include.members(['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES']);
    expect(app?.features).to.not.include('PUSH_USER_DEACTIVATION');
  });

  it('is repeated with --reauthenticate, through a new approval', async () => {
    await start();
    await setup();
    expect(typesOf(await setup({ reauthenticate: true }))['okta.connection']).to.equal('changed');
    expect(pair.counts().grants).to.equal(2);
  });

  it('tells no instruction the link or its state', async () => {
    await start();
    const { events } = await pair.told({}, [approve, idle, idle]);
    const told = JSON.stringify(events);
    expect(told).to.include('Approve the app in Salesforce');
    expect(desk.link?.searchParams.get('state')).to.have.length.greaterThan(20);
    expect(told).to.not.include(desk.link?.searchParams.get('state')).and.not.include('oauth2/authorize');
  });

  const FOREIGN: Array<[OktaWorld['connection'], RegExp]> = [
    ['foreign-host', /it leads to http:\/\/login\.salesforce\.example/],
    ['foreign-client', /its client_id is 3MVG9\.somebody\.else, not our consumer key/],
    ['foreign-callback', /its redirect_uri is https:\/\/elsewhere\.example\/callback, not the app's callback/],
  ];
  for (const [connection, named] of FOREIGN)
    it(`offers nobody a link that Okta makes with a ${connection?.replace('-', ' ')}, and names it`, async () => {
      await start({ connection });
      const failed = (await setup())['okta.connection'];
      expect(messageOf(failed)).to.match(named).and.not.include('state');
      expect(desk.link).to.equal(undefined);
      expect(pair.counts().grants).to.equal(0);
    });

  const DECLINES: Array<[OktaWorld['connection'], RegExp]> = [
    ['documented', /GET connections\/default answered UNKNOWN; POST connections\/default answered UNKNOWN/],
    ...([400, 403, 404, 405, 501] as const).map((status): [OktaWorld['connection'], RegExp] => [
      `refused-${status}`,
      new RegExp(`GET connections/default answered with a refusal .*${status}.*; POST .* with a refusal .*${status}`),
    ]),
  ];
  for (const [connection, tried] of DECLINES) {
    it(`says what it tried where Okta declines as "${connection}", with --handshake api`, async () => {
      await start({ connection });
      const failed = (await setup({ handshake: 'api' }))['okta.connection'];
      expect(messageOf(failed)).to.match(tried);
      expect(JSON.stringify((failed as { error?: { actions?: string[] } }).error?.actions)).to.include(
        '--handshake console'
      );
    });

    it(`goes by the console where Okta declines as "${connection}", without a POST`, async () => {
      await start({ connection });
      const requests = await pair.requestsOf(async () => {
        expect(typesOf(await pair.connect())['okta.connection']).to.equal('changed');
      });
      expect(posts(requests)).to.deep.equal([]);
    });
  }

  it('has no link where nobody saved key and secret: goes by the console, or says so', async () => {
    await start({ apps: [] });
    const failed = (await setup({ handshake: 'api' }))['okta.connection'];
    expect(messageOf(failed)).to.include('OAUTH2, DISABLED, with no link to approve');
    expect(typesOf(await pair.connect())['okta.connection']).to.equal('changed');
  });

  it('is left to a terminal where nobody is there to approve, and posts nothing', async () => {
    await start();
    pair.desk = undefined;
    const requests = await pair.requestsOf(async () => {
      const waiting = (await pair.setup({}, [idle, idle]))['okta.connection'];
      expect(waiting?.type).to.equal('waiting');
      expect(summaryOf(waiting)).to.include('a person must approve');
    });
    expect(posts(requests)).to.deep.equal([]);
  });

  it('ends waiting where the person wants no link shown', async () => {
    await start();
    desk.declines = true;
    expect((await pair.setup({}, [idle, idle]))['okta.connection']?.type).to.equal('waiting');
    expect(desk.withdrawn).to.equal(true);
  });

  it('says what is wrong with what is brought back, and takes the right thing then', async () => {
    await start();
    const events = await pair.setup({}, [
      async () => void (desk.brought = 'Hello'),
      async () =>
        void (desk.brought = `${pair.sim.okta.url}/api/v1/apps/salesforce/0oaOther/oauth2/callback?code=c&state=s`),
      async () => {
        const [app] = pair.sim.okta.store.apps.keys();
        desk.brought = `${pair.sim.okta.url}/api/v1/apps/salesforce/${app}/oauth2/callback?code=c&state=another`;
      },
      approve,
      idle,
      idle,
    ]);
    expect(desk.refusals).to.have.length(3);
    expect(desk.refusals.join(' ')).to.not.include('another&').and.not.include('code=c');
    expect(typesOf(events)['okta.connection']).to.equal('changed');
  });

  it('fails with a way on where Okta does not take the code', async () => {
    await start();
    const failed = (
      await pair.setup({}, [
        async () => {
          await approve();
          desk.brought = desk.brought?.replace(/code=[^&"]+/, 'code=spoiled');
        },
        idle,
      ])
    )['okta.connection'];
    expect(messageOf(failed)).to.include('Okta did not take the approval').and.include('invalid_grant');
    expect(messageOf(failed)).to.not.include('spoiled');
    expect(typesOf(await setup())['okta.connection']).to.equal('changed');
  });

  it('sees that a colleague approved, and recovers when that is undone', async () => {
    pair = await Pair.start({
      scenario: {
        salesforce: (now) => ({ ...wrongUserSalesforce(), apps: offered.salesforce(now).apps ?? [] }),
        okta: offered.okta,
      },
    });
    desk = new Desk();
    pair.desk = desk;
    const waiting = (await pair.setup({}, [async () => approve(COLLEAGUE), idle, idle]))['okta.connection'];
    expect([waiting?.type, summaryOf(waiting)]).to.deep.equal([
      'waiting',
      'Another user than admin@simulated.example approved the app.',
    ]);
    await revokeApprovals(pair.sim, quiet);
    expect(typesOf(await setup())['okta.connection']).to.equal('changed');
  });

  it('goes on from an approval that a killed run left, without another and with nobody there', async () => {
    await start();
    pair.sim.okta.fail({ on: /lifecycle\/activate/, with: 500 });
    expect((await setup())['okta.connection']?.type).to.equal('failed');
    pair.desk = undefined;
    expect(typesOf(await pair.setup())['okta.connection']).to.equal('changed');
    expect(pair.counts().grants).to.equal(1);
  });

  it('leaves an approval made on the console to the console, where it is not saved', async () => {
    await start();
    await pair.setup();
    await authenticateOnTheConsoles(pair.sim, quiet);
    const waiting = (await pair.setup({}, [idle]))['okta.connection'];
    expect(desk.link).to.equal(undefined);
    expect(summaryOf(waiting)).to.include('press Save');
    expect(pair.counts().grants).to.equal(1);
    await connectOnTheConsoles(pair.sim, quiet);
    expect(typesOf(await setup())['okta.connection']).to.equal('unchanged');
  });

  it('ends the same, with nothing doubled, whatever single answer of Okta is lost', async function () {
    this.timeout(120_000);
    await start();
    const total = (await pair.requestsOf(setup)).filter(({ userAgent }) =>
      userAgent.startsWith('sf-plugin-okta')
    ).length;
    await pair.stop();
    for (let number = 1; number <= total; number += 1) {
      await start();
      pair.sim.okta.fail({ on: number, by: 'sf-plugin-okta', with: 'drop' });
      await setup();
      await setup();
      expect(new Set(Object.values(typesOf(await setup()))), `call ${number}`).to.deep.equal(new Set(['unchanged']));
      expect(pair.counts(), `call ${number}`).to.deep.equal({ oauthApps: 1, oktaApps: 1, grants: 1 });
      if (number < total) await pair.stop();
    }
  });
});
