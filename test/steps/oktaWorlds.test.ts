/** What Okta's side may look like → what `setup` makes of it. Every world here is a row of the table. */
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { documentedWorld as oktaWorld, type OktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { COLLEAGUE } from '../../src/simulator/index.ts';
import { authenticateOnTheConsoles, revokeApprovals, saveOnTheConsole } from '../../src/rehearsal/people.ts';
import { oktaOrg } from '../../src/resources/oktaOrg.ts';
import { probe } from '../../src/resources/connection.ts';
import { Pair, typesOf } from '../helpers/pair.ts';
import { setupCommand } from '../helpers/pairCommands.ts';

type App = OktaWorld['apps'][number];
const app = (more: Partial<App> = {}): App => ({ label: 'Salesforce.com', features: [], assignments: [], ...more });

describe('setup, in a world where Okta', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());
  const start = async (okta: Partial<OktaWorld>): Promise<void> => {
    pair = await Pair.start({ scenario: { salesforce: salesforceWorld, okta: () => ({ ...oktaWorld(), ...okta }) } });
  };
  const quiet = (): void => {};

  const many = Array.from({ length: 450 }, (_, index) => app({ label: `Salesforce ${index}` }));
  const CONNECTABLE: Array<[string, Partial<OktaWorld>]> = [
    ['says UNKNOWN of the connection', {}],
    ...([400, 403, 404, 405, 501] as const).map((status): [string, Partial<OktaWorld>] => [
      `refuses the connection API with ${status}`,
      { connection: `refused-${status}` },
    ]),
    ['has 450 apps over several pages', { apps: many }],
    [
      'has several Salesforce apps, one of the label',
      { apps: [app(), app({ label: 'Other' }), app({ label: 'Third' })] },
    ],
    ['has an instance type that nobody knows', { apps: [app({ instanceType: 'MY_DOMAIN' })] }],
    ['has the app inactive', { apps: [app({ status: 'INACTIVE' })] }],
    ['has the rate limits of a free org', { rateLimits: { apps: 10, app: 10, logs: 10 } }],
    ['takes one request at a time', { concurrency: 1 }],
    ['is asked at a custom domain', { canonicalUrl: 'https://simulated.okta.com' }],
  ];
  for (const [what, world] of CONNECTABLE)
    it(`${what} connects by the console, and again changes nothing`, async () => {
      await start(world);
      const events = await pair.connect(world.apps === many ? { 'okta-app-label': 'Salesforce 0' } : {});
      expect(typesOf(events)['okta.connection']).to.equal('changed');
      const again = await pair.setup(world.apps === many ? { 'okta-app-label': 'Salesforce 0' } : {});
      expect(new Set(Object.values(typesOf(again)))).to.deep.equal(new Set(['unchanged']));
    });

  it('says that the API could connect the app connects by the console where that is asked for', async () => {
    await start({ connection: 'api-supported' });
    const requests = await pair.requestsOf(async () => {
      expect(typesOf(await pair.connect({ handshake: 'console' }))['okta.connection']).to.equal('changed');
      expect(new Set(Object.values(typesOf(await pair.setup())))).to.deep.equal(new Set(['unchanged']));
    });
    expect(requests.filter(({ path, write }) => write && path.includes('/connections/'))).to.deep.equal([]);
  });

  const PROBES: Array<[OktaWorld['connection'], string]> = [
    ['documented', 'not-observable'],
    ['api-supported', 'supported'],
    ['refused-400', 'refused'],
    ['refused-403', 'refused'],
    ['refused-404', 'refused'],
    ['refused-405', 'refused'],
    ['refused-501', 'refused'],
  ];
  for (const [connection, kind] of PROBES)
    it(`answers "${connection}" is classified as ${kind}`, async () => {
      await start({ connection, apps: [app()] });
      const world = await pair.world();
      expect((await world.see(probe)).kind).to.equal(kind);
    });

  it('takes no more instances ends as a failed step that names the reason', async () => {
    await start({ maxInstances: 0 });
    const failed = (await pair.setup())['okta.app'];
    expect(failed?.type === 'failed' && failed.error.message).to.include('Maximum number of instances');
  });

  it('finds an unused app for another kind of org, sets it right and keeps every other field', async () => {
    const settings = { loginUrl: 'https://login.example', customDomain: 'acme' };
    await start({ apps: [app({ instanceType: 'SANDBOX', signOnMode: 'SAML_2_0', appSettings: settings })] });
    const read = (): string => pair.sim.okta.snapshot().replaceAll(/"lastUpdated":\d+/g, '');
    const before = read();
    expect(typesOf(await pair.setup())['okta.app']).to.equal('changed');
    expect(before).to.include('"instanceType":"SANDBOX"');
    const [one] = pair.sim.okta.store.apps.values();
    expect(one?.appSettings).to.include({ ...settings, instanceType: 'PRODUCTION' });
    expect([one?.label, one?.signOnMode, one?.status]).to.deep.equal(['Salesforce.com', 'SAML_2_0', 'ACTIVE']);
  });

  const UNTAKEN: Array<[string, Partial<App>, Partial<App['appSettings']> & { status?: 'INACTIVE' }, RegExp]> = [
    [
      'activates the app and leaves it inactive',
      { status: 'INACTIVE' },
      { status: 'INACTIVE' },
      /activate the app in Applications > Applications > the Salesforce app/,
    ],
    [
      'takes the instance type and keeps the old one',
      { instanceType: 'SANDBOX' },
      { instanceType: 'SANDBOX' },
      /General > App Settings > Instance Type.*--instance-type sandbox/s,
    ],
  ];
  for (const [what, before, kept, action] of UNTAKEN)
    it(`${what} ends as a failed step with what to do`, async () => {
      await start({ apps: [app(before)] });
      const untaken = (answer: Response): Response => {
        const { status, ...settings } = kept;
        for (const one of pair.sim.okta.store.apps.values()) {
          if (status) one.status = status;
          Object.assign(one.appSettings, settings);
        }
        return answer;
      };
      pair.sim.okta.fail({ on: /^(POST|PUT) \/api\/v1\/apps/, with: { change: untaken }, times: Infinity });
      const failed = (await pair.setup())['okta.app'];
      const error = failed?.type === 'failed' ? failed.error : undefined;
      expect(error?.name).to.equal('NotAcceptedError');
      expect(error instanceof SfError && error.actions?.join('\n')).to.match(action);
    });

  const CONSOLES: Array<[canonical: string, console: string]> = [
    ['https://simulated.okta.com', 'https://simulated-admin.okta.com'],
    ['https://simulated.okta-gov.com/', 'https://simulated-admin.okta-gov.com'],
    ['https://simulated.okta.mil', 'https://simulated-admin.okta.mil'],
    ['https://simulated.okta-miltest.com', 'https://simulated-admin.okta-miltest.com'],
  ];
  for (const [canonicalUrl, console] of CONSOLES)
    it(`is asked at a custom domain of ${canonicalUrl}, links to the console there`, async () => {
      await start({ canonicalUrl });
      const waiting = (await pair.setup())['okta.connection'];
      const links =
        waiting?.type === 'waiting' ? (waiting.instruction.tasks ?? []).flatMap(({ where }) => where?.url ?? []) : [];
      expect(
        new Set(links.filter((link) => link.includes('/admin/app/')).map((link) => new URL(link).origin))
      ).to.deep.equal(new Set([console]));
      expect((await (await pair.world()).see(oktaOrg)).adminUrl).to.equal(console);
    });

  for (const canonicalUrl of ['http://simulated.okta.com', 'javascript:alert(1)', 'simulated'])
    it(`names ${canonicalUrl} as its own address ends before the first write: nobody is sent there`, async () => {
      await start({ canonicalUrl });
      const requests = await pair.requestsOf(async () => {
        const { exitCode, json } = await setupCommand(pair);
        expect([exitCode, json.message]).to.deep.equal([
          1,
          "Okta's answer to GET /.well-known/okta-organization is not what its API documents: _links.organization.href: no https address",
        ]);
      });
      expect(requests.filter(({ write }) => write)).to.deep.equal([]);
    });

  it('slows down before a limit is reached', async () => {
    await start({ rateLimits: { apps: 4 } });
    const { okta } = (await pair.world()).context;
    for (let call = 1; call <= 12; call += 1) await okta.ping();
    const ours = pair.sim.okta.requests.filter(({ userAgent }) => userAgent.startsWith('sf-plugin-okta'));
    expect(ours.map(({ status }) => status)).to.deep.equal(Array.from({ length: 12 }, () => 200));
  });

  it('has the approval and has not saved it waits for Save, and asks for no second approval', async () => {
    await start({});
    await pair.setup();
    await authenticateOnTheConsoles(pair.sim, quiet);
    const waiting = (await pair.setup())['okta.connection'];
    expect(waiting?.type === 'waiting' && waiting.instruction.summary).to.include('press Save');
    const tasks = waiting?.type === 'waiting' ? waiting.instruction.tasks : [];
    expect(tasks?.map(({ id, state }) => `${id} ${state}`)).to.deep.equal([
      'consumer done',
      'enter done',
      'authenticate done',
      'save open',
      'toApp open',
    ]);
    expect(typesOf(await pair.setup({}, [async () => saveOnTheConsole(pair.sim, quiet)]))['okta.connection']).to.equal(
      'changed'
    );
    expect(pair.counts().grants).to.equal(1);
  });

  it('was given a wrong secret shows what Okta logged of it', async () => {
    await start({});
    await pair.setup();
    const [one] = pair.sim.okta.store.apps.values();
    const control = async (action: object): Promise<unknown> =>
      fetch(`${pair.sim.okta.url}/simulated/control`, { method: 'POST', body: JSON.stringify(action) });
    const [consumer] = pair.sim.salesforce.store.consumers.values();
    await control({
      action: 'enter',
      appId: one?.id,
      consumerKey: consumer?.key,
      consumerSecret: 'S3CRET-mistyped-secret',
    });
    await control({ action: 'authenticate', appId: one?.id, ...pair.sim.people.salesforceAdmin });
    const waiting = (await pair.setup())['okta.connection'];
    const task =
      waiting?.type === 'waiting' ? waiting.instruction.tasks?.find(({ id }) => id === 'authenticate') : undefined;
    expect(task?.state).to.equal('problem');
    expect(task?.seen).to.include('could not be verified').and.not.include('S3CRET');
  });
});

describe('setup, with old credentials or the wrong user', () => {
  let pair: Pair;
  afterEach(async () => pair.stop());

  it('takes no old sign for a new one', async () => {
    pair = await Pair.start({ scenario: 'already-connected' });
    expect((await pair.obstacles()).map(({ kind }) => kind)).to.deep.equal(['in-use']);
    expect((await pair.setup({ adopt: true }))['okta.connection']?.type).to.equal('waiting');
    const connected = await pair.connect({ adopt: true });
    expect(typesOf(connected)['okta.connection']).to.equal('changed');
  });

  it('sees that a colleague approved, and recovers when that is undone', async () => {
    pair = await Pair.start({ scenario: 'wrong-user' });
    const waiting = (await pair.connect({}, COLLEAGUE))['okta.connection'];
    expect(waiting?.type === 'waiting' && waiting.instruction.summary).to.include('Another user');
    await revokeApprovals(pair.sim, () => {});
    expect(typesOf(await pair.connect())['okta.connection']).to.equal('changed');
  });
});
