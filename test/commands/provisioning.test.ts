import { expect } from 'chai';
import Setup from '../../src/commands/okta/provisioning/setup.ts';
import Verify from '../../src/commands/okta/provisioning/verify.ts';
import type { SetupReport } from '../../src/report/report.ts';
import { connectOnTheConsoles } from '../../src/rehearsal/people.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { loggedIn, runCommand, type Ended } from '../helpers/command.ts';

// What the CLI sets when it finds a command by its file.
Setup.id = 'okta:provisioning:setup';
Verify.id = 'okta:provisioning:verify';

interface Json<T> {
  readonly status: number;
  readonly result?: T;
  readonly name?: string;
  readonly message?: string;
  readonly actions?: string[];
  readonly data?: T;
  readonly warnings?: string[];
}
const json = <T>({ stdout }: Ended): Json<T> => JSON.parse(stdout) as Json<T>;

describe('the commands', () => {
  let sim: Simulator;
  let pair: Awaited<ReturnType<typeof loggedIn>>;
  beforeEach(async () => {
    sim = await startSimulator();
    pair = await loggedIn(sim);
  });
  afterEach(async () => {
    const unknown = [...sim.salesforce.unknown, ...sim.okta.unknown];
    await sim.close();
    expect(unknown).to.deep.equal([]);
  });

  const setup = async (...more: string[]): Promise<Ended> => runCommand(Setup, [...pair.flags, ...more], pair.env);
  const verify = async (...more: string[]): Promise<Ended> => runCommand(Verify, [...pair.flags, ...more], pair.env);

  it('setup without a terminal prepares both orgs, exits 69 and says what is left', async () => {
    const ended = await setup('--json');
    const { status, result } = json<SetupReport>(ended);
    expect([ended.exitCode, status]).to.deep.equal([69, 69]);
    expect(result?.handshake).to.deep.equal({ path: 'console', state: 'waiting' });
    expect(result?.oauthApp?.name).to.equal('Okta_Provisioning');
    expect(result?.oauthApp?.id).to.match(/^0xI/);
    expect(result?.steps.map(({ id, outcome }) => `${id} ${outcome}`)).to.deep.equal([
      'salesforce.org unchanged',
      'salesforce.app changed',
      'salesforce.user unchanged',
      'salesforce.app-policy unchanged',
      'okta.app changed',
      'salesforce.app-known unchanged',
      'okta.connection waiting',
      'okta.features skipped',
    ]);
    expect(result?.next.at(-1)).to.include('okta provisioning setup').and.include(sim.callbackUrl);
  });

  it('setup exits 0 once the people have done their part, and verify finds all proven', async () => {
    await setup();
    await connectOnTheConsoles(sim, () => {});
    const ended = await setup('--json');
    expect([ended.exitCode, json<SetupReport>(ended).result?.handshake?.state]).to.deep.equal([0, 'connected']);
    const verified = await verify();
    expect(verified.exitCode).to.equal(0);
    expect(verified.stdout).to.include('Healthy: 0 fail, 0 unknown');
  });

  it('setup --handshake none does all the rest, exits 0, and says how to connect', async () => {
    const ended = await setup('--handshake', 'none', '--json');
    const { result } = json<SetupReport>(ended);
    expect(ended.exitCode).to.equal(0);
    expect(result?.handshake).to.deep.equal({ path: 'none', state: 'skipped' });
    const outcomes = result?.steps.map(({ id, outcome }) => `${id} ${outcome}`);
    expect(outcomes).to.include.members(['okta.app changed', 'okta.connection skipped', 'okta.features skipped']);
    expect(result?.next.join()).to.match(
      /to connect them, run ".*okta provisioning setup .*" without --handshake none/
    );
    expect(
      [...sim.okta.requests].some(({ method, path }) => method !== 'GET' && path.includes('connections'))
    ).to.equal(false);
  });

  it('verify exits 100 where a claim is disproven, with what to do', async () => {
    const ended = await verify('--json');
    const { status, result } = json<{
      healthy: boolean;
      checks: Array<{ id: string; status: string; action?: string }>;
    }>(ended);
    expect([ended.exitCode, status, result?.healthy]).to.deep.equal([100, 100, false]);
    for (const { status: one, action } of result?.checks ?? []) if (one === 'fail') expect(action).to.be.a('string');
  });

  it('verify exits 69 where it cannot tell, and nothing is disproven', async () => {
    await setup();
    await connectOnTheConsoles(sim, () => {});
    const [app] = sim.okta.store.apps.keys();
    sim.okta.fail({ on: `GET /api/v1/apps/${app}/connections/default`, with: 500, times: 3 });
    const ended = await verify();
    expect(ended.exitCode).to.equal(69);
    expect(ended.stdout).to.include('unknown');
  });

  it('verify --strict exits 100 where there is a warning', async () => {
    await setup();
    const [app] = sim.okta.store.apps.keys();
    const ada = [...sim.okta.store.users.values()].at(-1);
    const headers = { authorization: `SSWS ${sim.people.oktaApiToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ id: ada?.id, scope: 'USER' });
    await fetch(`${sim.okta.url}/api/v1/apps/${app}/users`, { method: 'POST', headers, body });
    await connectOnTheConsoles(sim, () => {});
    expect((await verify()).exitCode).to.equal(0);
    expect((await verify('--strict')).exitCode).to.equal(100);
  });

  it('a failed step is an error with exit code 1, whose data is the result so far', async () => {
    sim.okta.fail({ on: 'POST /api/v1/apps', with: 500 });
    const ended = await setup('--json');
    const { status, name, message, actions, data } = json<SetupReport>(ended);
    expect([ended.exitCode, status, name]).to.deep.equal([1, 1, 'OktaApiError']);
    expect(message).to.include('"Salesforce app in Okta" failed');
    expect(actions).to.not.be.empty;
    expect(data?.steps.find(({ id }) => id === 'okta.app')?.outcome).to.equal('failed');
    expect(ended.stdout + ended.stderr).to.not.include(sim.people.oktaApiToken);
  });

  it('a wrong token is an error with exit code 1 that names the token page and never the token', async () => {
    const ended = await runCommand(Setup, [...pair.flags, '--json'], { ...pair.env, OKTA_CLIENT_TOKEN: 'T0KEN-wrong' });
    expect(ended.exitCode).to.equal(1);
    expect(json(ended).actions?.join()).to.include('Security > API > Tokens');
    expect(ended.stdout + ended.stderr).to.not.include('T0KEN');
  });

  it('a lost connection to Salesforce is exit code 1, not the one for bugs', async () => {
    const url = sim.salesforce.url;
    await sim.salesforce.close();
    const ended = await verify('--json');
    expect([ended.exitCode, json(ended).name]).to.deep.equal([1, 'SalesforceUnreachableError']);
    expect(json(ended).actions?.join()).to.include(url);
  });

  it('bad input is exit code 2 with one line and what to do, before any request', async () => {
    const asked = sim.salesforce.requests.length;
    const ended = await runCommand(Setup, [...pair.flags, '--app-name', 'Okta Provisioning'], pair.env);
    expect(ended.exitCode).to.equal(2);
    expect(ended.stderr).to.include('--app-name "Okta Provisioning" cannot be used');
    expect(sim.salesforce.requests.length + sim.okta.requests.length).to.equal(asked);
  });

  it('what is in use is exit code 2, and nothing is changed, without --adopt', async () => {
    await sim.close();
    sim = await startSimulator({ scenario: 'in-use' });
    pair = await loggedIn(sim);
    const before = sim.salesforce.snapshot() + sim.okta.snapshot();
    const ended = await setup('--json');
    expect(ended.exitCode).to.equal(2);
    expect(json(ended).actions?.join()).to.include('--adopt');
    expect(sim.salesforce.snapshot() + sim.okta.snapshot()).to.equal(before);
  });

  it('a dry run of what is in use shows the plan with the reason and exits 0', async () => {
    await sim.close();
    sim = await startSimulator({ scenario: 'in-use' });
    pair = await loggedIn(sim);
    const ended = await setup('--dry-run');
    expect(ended.exitCode).to.equal(0);
    expect(ended.stdout).to.include('salesforce.app.pkce').and.include('Add --adopt');
  });
});
