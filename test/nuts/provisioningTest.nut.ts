/** `test` in the real `sf`: its JSON, its report, its question on a terminal, and Ctrl-C in the middle of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectOnTheConsoles } from '../../src/rehearsal/people.ts';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { onTerminal } from '../helpers/terminal.ts';

const HOPS = ['Assign in Okta', 'Compare attributes', 'Unassign in Okta', 'Clean up'];

describe('sf okta provisioning test', () => {
  let sim: Simulator;
  let people: Household;
  const test = (...more: string[]): string[] => [
    ...['okta', 'provisioning', 'test', '--callback-url', sim.callbackUrl],
    ...['--smoke-profile', 'Standard User', ...more],
  ];
  const left = (): unknown => ({
    assigned: sim.okta.store.assignments.length,
    okta: [...sim.okta.store.users.values()]
      .filter(({ profile }) => profile.login.startsWith('provisioning-test'))
      .map(({ status }) => status),
    active: [...sim.salesforce.store.users.values()].some(
      (user) => user.Username.startsWith('provisioning-test') && user.IsActive
    ),
  });

  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
    await people.sf(setup(sim, '--json'));
    await connectOnTheConsoles(sim, () => {});
  });
  after(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  for (const command of ['test', 'verify'])
    it(`says in the help of ${command} where the claims are explained, and they are`, async () => {
      const { stdout } = await people.sf(['okta', 'provisioning', command, '--help']);
      // The help is broken into lines, and so is a long path.
      const [page] = /\S+\/sf-plugin-okta\/docs\/checks\.md/.exec(stdout.replaceAll(/\n +/g, '')) ?? [];
      expect(await readFile(page ?? '', 'utf8'), stdout).to.match(/^## test\.provisioned$/m);
    });

  it('asks on a terminal, and does nothing where the answer is no', async () => {
    const terminal = onTerminal(people, test());
    await terminal.shows(/Provision and deprovision provisioning-test\S+ now\?/);
    terminal.type('n');
    terminal.press('Enter');
    expect(await terminal.exitCode, terminal.text()).to.equal(2);
    expect(left()).to.deep.equal({ assigned: 0, okta: [], active: false });
  });

  it('shows on a terminal each hop and what is left, once the answer was yes', async () => {
    const terminal = onTerminal(people, test());
    await terminal.shows(/Provision and deprovision \S+ now\?/);
    terminal.type('y');
    terminal.press('Enter');
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    for (const hop of HOPS) expect(terminal.text()).to.include(hop);
    expect(terminal.text()).to.match(/left: 1 deactivated user in\s+Salesforce\s+\(provisioning-test/);
    expect(left()).to.deep.equal({ assigned: 0, okta: ['DEPROVISIONED'], active: false });
  });

  it('interrupted while it waits for Salesforce, takes away what it began and ends with 130', async () => {
    const ctrlC = new AbortController();
    sim.okta.fail({
      on: /^GET \/api\/v1\/apps\/\w+\/users\/00u/,
      by: 'sf-plugin-okta',
      with: { until: async () => ctrlC.abort() },
    });
    const { exitCode, stderr } = await people.sf(test('--json'), { signal: ctrlC.signal });
    expect(exitCode, stderr).to.equal(130);
    expect(left()).to.include({ assigned: 0, active: false });
  });

  it('proves that a user goes there and back, in nothing but JSON and a report', async () => {
    const { exitCode, stdout, stderr, json } = await people.sf(test('--json', '--result-format', 'junit'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { result } = json<{
      result: { healthy: boolean; checks: Array<{ id: string; status: string }>; files: string[] };
    }>();
    expect(result.healthy).to.equal(true);
    expect(result.checks.map(({ id, status }) => `${id} ${status}`)).to.deep.equal([
      'test.provisioned pass',
      'test.attributes pass',
      'test.deprovisioned pass',
      'test.cleaned-up pass',
    ]);
    expect(await readFile(join(people.home, result.files[0] ?? ''), 'utf8')).to.include('classname="test.provisioned"');
    expect(left()).to.deep.equal({ assigned: 0, okta: ['DEPROVISIONED'], active: false });
    await noSecrets(sim.secrets(), stdout, ...people.folders.map((folder) => ({ folder })));
  });
});
