/**
 * Salesforce orgs that are wrong in every way that real ones are: how the real commands end in each, by exit code, words and
 * findings, and that no org is worse off for it.
 */
import { expect } from 'chai';
import { deterministicClock } from '../../src/simulator/clock.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import type { SetupReport } from '../../src/report/report.ts';
import { argvOf } from '../helpers/healthy.ts';
import { Pair } from '../helpers/pair.ts';
import { logIn, setupCommand, verifyCommand } from '../helpers/pairCommands.ts';
import { access } from './badWorlds/access.ts';
import { apps } from './badWorlds/apps.ts';
import { people } from './badWorlds/people.ts';
import { policies } from './badWorlds/policies.ts';
import type { Row } from './badWorlds/row.ts';

const HOUR_AGO = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
const LOGS = ['loginHistory', 'idpEvents', 'auditTrail'];

type Tables = Record<string, Array<[string, unknown]>>;
const tablesOf = ({ sim }: Pair): Tables => JSON.parse(sim.salesforce.snapshot()) as Tables;

/** The tables that were added to. Fails where anything that was there before is not as it was. */
const added = (before: Tables, after: Tables, changeable: readonly string[]): string[] =>
  Object.keys(before).filter((name) => {
    if (LOGS.includes(name)) return false;
    const now = new Map(Object.entries(Object.fromEntries([after[name] ?? []].flat())));
    for (const [id, record] of name === 'organization' ? [] : (before[name] ?? []))
      if (!changeable.includes(name)) expect(now.get(id), `${name} ${id}`).to.deep.equal(record);
    return JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  });

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
  world,
  flags = {},
  trouble,
  dryRun,
  setup,
  verify,
  connects,
  connected = { exit: 0 },
  goesOn,
}: Row): void => {
  const argv = argvOf(flags);
  const { 'create-integration-user': _, ...ofVerify } = flags;
  let pair: Pair;
  before(async () => {
    pair = await Pair.start({
      clock: deterministicClock(HOUR_AGO),
      scenario: { salesforce: () => world, okta: oktaWorld },
    });
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
    const there = pair.sim.salesforce.snapshot();
    const { exitCode, json } = await troubled(async () => setupCommand(pair, ['--dry-run', ...argv]));
    expect(words(json))
      .to.include(dryRun.says ?? '')
      .and.include(dryRun.action ?? '');
    expect(exitCode, words(json)).to.equal(dryRun.exit);
    if (dryRun.exit === 0 && dryRun.says === undefined)
      expect(
        json.result.steps.flatMap(({ reasons = [] }) => reasons).filter((one) => !one.startsWith('known after'))
      ).to.deep.equal([]);
    expect(pair.sim.salesforce.snapshot()).to.equal(there);
  });

  it(`setup exits ${setup.exit}${setup.at === undefined ? ', having written nothing' : ` at ${setup.at}`}`, async () => {
    const there = tablesOf(pair);
    const { exitCode, json } = await troubled(async () => setupCommand(pair, argv));
    expect(words(json))
      .to.include(setup.says ?? '')
      .and.include(setup.action ?? '');
    expect(exitCode, words(json)).to.equal(setup.exit);
    expect(stoppedAt(json.data ?? json.result)).to.equal(setup.at);
    const made = added(there, tablesOf(pair), setup.exit === 69 ? ['components'] : (setup.made ?? []));
    if (setup.exit !== 69) expect(made.sort()).to.deep.equal([...(setup.made ?? [])].sort());
  });

  if (connects)
    it(`setup exits ${connected.exit} once people have connected the two`, async () => {
      await pair.peopleConnect(connects, flags['app-name'], flags['app-type']);
      const { exitCode, json } = await troubled(async () => setupCommand(pair, argv));
      expect(exitCode, words(json)).to.equal(connected.exit);
      expect(json.result.next.join(' ')).to.include(connected.says ?? '');
      expect(json.result.handshake?.state).to.equal('connected');
    });

  it(`verify exits ${verify.exit} with its findings`, async () => {
    const there = pair.sim.salesforce.snapshot();
    const judge = async (): ReturnType<typeof verifyCommand> => verifyCommand(pair, argvOf(ofVerify));
    const { exitCode, json } = await (verify.calm ? judge() : troubled(judge));
    const checks = json.result?.checks ?? [];
    const found = Object.fromEntries(checks.map(({ id, status }) => [id, status]));
    expect(found).to.include(verify.finds ?? {});
    const open = checks.filter(({ status }) => status === 'fail' || status === 'unknown');
    expect(exitCode, open.map(({ id, status }) => `${id} ${status}`).join()).to.equal(verify.exit);
    for (const { id, action } of open) expect(action, id).to.be.a('string').that.is.not.empty;
    expect(pair.sim.salesforce.snapshot()).to.equal(there);
  });

  if (goesOn)
    it('setup goes on from there when it is over', async () => {
      const { exitCode, json } = await setupCommand(pair, argv);
      expect(exitCode, words(json)).to.equal(69);
      expect((await setupCommand(pair, argv)).json.result.steps.map(({ outcome }) => outcome)).to.not.include(
        'changed'
      );
    });
};

const THEMES = { apps, policies, people, access };

for (const [theme, rows] of Object.entries(THEMES))
  for (const [what, row] of Object.entries(rows)) describe(`${theme}: ${what}`, () => describeRow(row));
