/** A bad world, tried: how the real commands end in it, by exit code, words and findings, and that neither org is worse off. */
import { expect } from 'chai';
import { deterministicClock } from '../../../src/simulator/clock.ts';
import { documentedWorld as oktaWorld } from '../../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../../src/simulator/salesforce/index.ts';
import { saveOnTheConsole } from '../../../src/rehearsal/people.ts';
import type { SetupReport } from '../../../src/report/report.ts';
import { argvOf } from '../../helpers/healthy.ts';
import { noSecrets } from '../../helpers/noSecrets.ts';
import { Pair } from '../../helpers/pair.ts';
import { logIn, setupCommand, verifyCommand } from '../../helpers/pairCommands.ts';
import { setupAtPage, type Click } from '../../helpers/setupAtPage.ts';
import { ADMIN, type Row, type Rows } from './row.ts';

const HOUR_AGO = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
/** Flags that verify has not. */
const OF_SETUP = ['create-integration-user', 'grant-temporarily', 'handshake', 'adopt', 'show-link', 'wait'];
const LOGS = ['loginHistory', 'idpEvents', 'auditTrail'];

type Tables = Record<string, Array<[string, unknown]>>;
const tablesOf = ({ sim }: Pair): Tables => JSON.parse(sim.salesforce.snapshot()) as Tables;

const both = ({ sim }: Pair): string[] => [sim.salesforce.snapshot(), sim.okta.snapshot()];

/** The tables that were added to. Fails where anything that was there before is not as it was. */
const added = (before: Tables, after: Tables, changeable: readonly string[]): string[] =>
  Object.keys(before).filter((name) => {
    if (LOGS.includes(name)) return false;
    const now = new Map(Object.entries(Object.fromEntries([after[name] ?? []].flat())));
    for (const [id, record] of name === 'organization' ? [] : (before[name] ?? []))
      if (!changeable.includes(name)) expect(now.get(id), `${name} ${id}`).to.deep.equal(record);
    return JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  });

/** What is turned to read a secret: the org's setting, and the permission set that lends the right. */
const loansOf = ({ sim: { salesforce } }: Pair): unknown => [
  salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields,
  [...salesforce.store.permissionSets.values()].map(({ Name }) => Name),
  salesforce.store.assignments.size,
];

/** The person enters what the click gave or, without that, what somebody who may see it read from the app's page in Setup. */
const entered = async ({ sim }: Pair, click: Click | undefined): Promise<void> => {
  const [consumer] = sim.salesforce.store.consumers.values();
  const given = click?.status === 200 ? (JSON.parse(click.body) as { value: string }).value : consumer?.secret;
  const [appId] = sim.okta.store.apps.keys();
  const press = async (action: object): Promise<Response> =>
    fetch(`${sim.okta.url}/simulated/control`, { method: 'POST', body: JSON.stringify({ appId, ...action }) });
  await press({ action: 'enter', consumerKey: consumer?.key, consumerSecret: given });
  await press({ action: 'authenticate', ...ADMIN });
  await saveOnTheConsole(sim, () => {});
};

type Told = Awaited<ReturnType<typeof setupCommand>>['json'];
const words = ({ message = '', actions = [], result }: Told): string =>
  [
    message,
    ...actions,
    ...(result?.steps ?? []).flatMap(({ reasons = [], instruction }) => [...reasons, ...(instruction ?? [])]),
  ].join(' ');
/** An error before the first step has no result. */
const stoppedAt = (report: Partial<SetupReport> | undefined): string | undefined =>
  report?.steps?.find(({ outcome }) => outcome === 'failed' || outcome === 'waiting')?.id;

const describeRow = ({
  world = documentedWorld(),
  okta = oktaWorld,
  credentials,
  flags = {},
  trouble,
  dryRun,
  atPage,
  setup,
  verify,
  connects,
  connected = { exit: 0 },
  goesOn,
}: Row): void => {
  const argv = argvOf(flags);
  const ofVerify = Object.fromEntries(Object.entries(flags).filter(([name]) => !OF_SETUP.includes(name)));
  let pair: Pair;
  before(async () => {
    pair = await Pair.start({
      clock: deterministicClock(HOUR_AGO),
      scenario: { salesforce: () => world, okta },
    });
    if (credentials) pair.oktaEnvironment = credentials(pair.sim.okta.url);
    await logIn(pair);
  });
  after(async () => pair.stop());

  const troubled = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = trouble?.(pair);
    try {
      return await work();
    } finally {
      end?.();
    }
  };

  it(`setup --dry-run exits ${dryRun.exit} and writes nothing`, async () => {
    const there = both(pair);
    const { exitCode, json } = await troubled(async () => setupCommand(pair, ['--dry-run', ...argv]));
    expect(words(json))
      .to.include(dryRun.says ?? '')
      .and.include(dryRun.action ?? '');
    expect(exitCode, words(json)).to.equal(dryRun.exit);
    if (dryRun.exit === 0 && dryRun.says === undefined)
      expect(
        json.result.steps.flatMap(({ reasons = [] }) => reasons).filter((one) => !one.startsWith('known after'))
      ).to.deep.equal([]);
    expect(both(pair)).to.deep.equal(there);
  });

  if (atPage)
    it(`setup at its page exits ${atPage.exit}, and what was turned for a click is as it was`, async () => {
      const [there, setUp] = [tablesOf(pair), loansOf(pair)];
      let click: Click | undefined;
      const { exitCode, json, shown } = await troubled(async () =>
        setupAtPage(pair, argv, async (clickForSecret) => {
          if (atPage.click) click = await clickForSecret();
          await entered(pair, click);
        })
      );
      expect(words(json))
        .to.include(atPage.says ?? '')
        .and.include(atPage.action ?? '');
      expect(exitCode, words(json)).to.equal(atPage.exit);
      expect(stoppedAt(json.data ?? json.result)).to.equal(atPage.at);
      if (atPage.exit === 1) expect(added(there, tablesOf(pair), [])).to.deep.equal([]);
      expect(loansOf(pair)).to.deep.equal(setUp);
      const secrets = [...pair.sim.salesforce.store.consumers.values()].map(({ secret }) => secret);
      if (atPage.click === 'secret')
        expect(click).to.deep.equal({ status: 200, body: JSON.stringify({ value: secrets[0] }) });
      else if (atPage.click) {
        expect(click?.status).to.equal(502);
        for (const text of [click?.body ?? '', shown])
          expect(text.replaceAll('\\"', '"')).to.include(atPage.click.says).and.include(atPage.click.action);
      }
      if (secrets.length > 0) await noSecrets(secrets, shown, JSON.stringify(json));
    });

  it(`setup exits ${setup.exit}${setup.at === undefined ? ', having written nothing' : ` at ${setup.at}`}`, async () => {
    const there = tablesOf(pair);
    const apps = pair.sim.okta.store.apps.size;
    const { exitCode, json } = await troubled(async () => setupCommand(pair, argv));
    expect(words(json))
      .to.include(setup.says ?? '')
      .and.include(setup.action ?? '');
    expect(exitCode, words(json)).to.equal(setup.exit);
    expect(stoppedAt(json.data ?? json.result)).to.equal(setup.at);
    const made = added(there, tablesOf(pair), setup.exit === 69 ? ['components'] : (setup.made ?? []));
    expect(pair.sim.okta.store.apps.size - apps, 'Okta apps made').to.equal(
      setup.oktaApps ?? Number(setup.exit === 69)
    );
    if (setup.exit !== 69) expect(made.sort()).to.deep.equal([...(setup.made ?? [])].sort());
  });

  if (connects)
    it(`setup exits ${connected.exit}, ${connected.state ?? 'connected'}, once people have done their part`, async () => {
      if (typeof connects === 'function') await connects(pair);
      else await pair.peopleConnect(connects, flags['app-name'], flags['app-type']);
      const { exitCode, json } = await troubled(async () => setupCommand(pair, argv));
      expect(exitCode, words(json)).to.equal(connected.exit);
      expect(`${words(json)} ${json.result.next.join(' ')}`)
        .to.include(connected.says ?? '')
        .and.include(connected.action ?? '');
      expect(json.result.handshake?.state).to.equal(connected.state ?? 'connected');
    });

  it(`verify exits ${verify.exit} with its findings`, async () => {
    const there = both(pair);
    const judge = async (): ReturnType<typeof verifyCommand> => verifyCommand(pair, argvOf(ofVerify));
    const { exitCode, json } = await (verify.calm ? judge() : troubled(judge));
    const checks = json.result?.checks ?? [];
    const found = Object.fromEntries(checks.map(({ id, status }) => [id, status]));
    expect(found).to.include(verify.finds ?? {});
    const open = checks.filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(exitCode, open.map(({ id, status }) => `${id} ${status}`).join()).to.equal(verify.exit);
    for (const { id, action } of open) expect(action, id).to.be.a('string').that.is.not.empty;
    expect(both(pair)).to.deep.equal(there);
  });

  if (goesOn)
    it('setup goes on from there when it is over', async () => {
      if (goesOn !== true) goesOn(pair);
      const { exitCode, json } = await setupCommand(pair, argv);
      expect(exitCode, words(json)).to.equal(69);
      expect((await setupCommand(pair, argv)).json.result.steps.map(({ outcome }) => outcome)).to.not.include(
        'changed'
      );
    });
};

/** The worlds by theme, each in an org of its own. */
export const describeRows = (themes: Readonly<Record<string, Rows>>): void => {
  for (const [theme, rows] of Object.entries(themes))
    for (const [what, row] of Object.entries(rows)) describe(`${theme}: ${what}`, () => describeRow(row));
};
