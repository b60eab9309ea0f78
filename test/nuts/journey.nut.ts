/** The whole way in the real `sf`, with its debug log on: what is printed, what is written to disk, and what is not. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectOnTheConsoles } from '../../src/rehearsal/people.ts';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, setup, verify, type Household, type SfResult } from '../helpers/sfCli.ts';

interface SetupJson {
  readonly status: number;
  readonly result: {
    readonly oauthApp: { readonly name: string; readonly consumerKey: string };
    readonly handshake: { readonly state: string };
    readonly steps: ReadonlyArray<{
      readonly id: string;
      readonly outcome: string;
      readonly instruction?: readonly string[];
    }>;
    readonly next: readonly string[];
  };
}

interface VerifyJson {
  readonly status: number;
  readonly result: {
    readonly healthy: boolean;
    readonly summary: Readonly<Record<string, number>>;
    readonly checks: ReadonlyArray<{ readonly id: string; readonly status: string; readonly action?: string }>;
  };
}

describe('sf, from the login to a proven connection', () => {
  const results: SfResult[] = [];
  let sim: Simulator;
  let people: Household;
  const sf = async (args: readonly string[]): Promise<SfResult> => {
    const result = await people.sf(args);
    results.push(result);
    return result;
  };
  const writes = (): number => [...sim.salesforce.requests, ...sim.okta.requests].filter(({ write }) => write).length;

  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household({ ...oktaEnvironment(sim), SF_LOG_LEVEL: 'debug' });
  });
  after(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('sf org login access-token logs in to the simulated org', async () => {
    const result = await people.login(sim);
    results.push(result);
    expect(result.exitCode, result.stderr).to.equal(0);
    expect(result.stdout).to.include(sim.people.salesforceAdmin.username);
  });

  it('sf org display shows it connected', async () => {
    const { exitCode, json } = await sf(['org', 'display', '--json']);
    expect(exitCode).to.equal(0);
    expect(json<{ result: object }>().result).to.include({
      username: sim.people.salesforceAdmin.username,
      connectedStatus: 'Connected',
    });
  });

  it('sf data query reads the organization', async () => {
    const { json } = await sf(['data', 'query', '-q', 'SELECT Id, Name FROM Organization', '--json']);
    const { result } = json<{ result: { records: Array<{ Id: string; Name: string }> } }>();
    expect(result.records).to.have.length(1);
    expect(result.records[0]).to.include({ Id: sim.salesforce.store.organization.Id, Name: 'Simulated Org' });
  });

  it('setup prepares both orgs, ends with 69 and says what a person must do', async () => {
    const { exitCode, stderr, json } = await sf(setup(sim, '--json'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 69, stderr: '' });
    const { status, result } = json<SetupJson>();
    expect(status).to.equal(69);
    expect(result.handshake.state).to.equal('waiting');
    const connection = result.steps.find(({ id }) => id === 'okta.connection');
    expect(connection?.outcome).to.equal('waiting');
    const instruction = connection?.instruction?.join('\n');
    expect(instruction).to.include(result.oauthApp.consumerKey);
    expect(instruction).to.include(`${sim.okta.url}/admin/app/salesforce/instance/`);
    expect(instruction).to.include(sim.people.salesforceAdmin.username);
    expect(result.next.at(-1)).to.match(/"sf okta provisioning setup .*" again/);
    expect(sim.salesforce.store.grants.size).to.equal(0);
  });

  it('setup finds the connection that a person made meanwhile, and has nothing left to do', async () => {
    await connectOnTheConsoles(sim, () => {});
    const before = writes();
    const { exitCode, stderr, json } = await sf(setup(sim, '--json'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { status, result } = json<SetupJson>();
    expect(status).to.equal(0);
    expect(result.handshake.state).to.equal('connected');
    expect([...new Set(result.steps.map(({ outcome }) => outcome))]).to.deep.equal(['unchanged']);
    expect(result.next).to.deep.equal([]);
    expect(writes() - before, 'writes').to.equal(0);
    expect(sim.salesforce.store.grants.size, 'grants').to.equal(1);
  });

  it('verify finds the pair healthy', async () => {
    const { exitCode, stderr, json } = await sf(verify(sim, '--json'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const { status, result } = json<VerifyJson>();
    expect({ status, healthy: result.healthy }).to.deep.equal({ status: 0, healthy: true });
    expect(result.summary).to.include({ fail: 0, unknown: 0 });
  });

  it('verify shows each side to a person, and the verdict last', async () => {
    const { exitCode, stdout, stderr } = await sf(verify(sim));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.match(/^Salesforce\n {2}pass /m);
    expect(stdout).to.match(/^Okta\n {2}pass /m);
    expect(stdout.trim().split('\n').at(-1)).to.match(/^Healthy: 0 fail, 0 unknown,/);
  });

  it('verify ends with 100 and names the claim when the grant has been revoked', async () => {
    for (const { refreshToken } of [...sim.salesforce.store.grants.values()])
      await fetch(`${sim.salesforce.url}/services/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token: refreshToken ?? '' }),
      });
    expect(sim.salesforce.store.grants.size).to.equal(0);
    const { exitCode, stderr, json } = await sf(verify(sim, '--json'));
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 100, stderr: '' });
    const { status, result } = json<VerifyJson>();
    expect({ status, healthy: result.healthy }).to.deep.equal({ status: 100, healthy: false });
    const failed = result.checks.filter((check) => check.status === 'fail');
    expect(failed.map(({ id }) => id)).to.deep.equal(['salesforce.grant.exists']);
    expect(
      failed.every(({ action }) => action !== undefined),
      'each names an action'
    ).to.equal(true);
  });

  it('keeps the access token of the login encrypted', async () => {
    const { username, accessToken } = sim.people.salesforceAdmin;
    const file = await readFile(join(people.home, '.sfdx', `${username}.json`), 'utf8');
    await noSecrets([accessToken], file);
    expect(JSON.parse(file))
      .to.have.property('accessToken')
      .that.matches(/^[0-9a-f]+:[0-9a-f]{32}$/);
  });

  it('leaves no secret in what it prints, in its log, in the journal or anywhere else at home', async () => {
    const printed = results.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    const written = await readdir(join(people.home, '.sf'), { recursive: true });
    expect(
      written.filter((path) => /^sf-.*\.log$|\.jsonl$/.test(path)),
      'a log and a journal'
    ).to.have.length(2);
    await noSecrets(sim.secrets(), ...printed, ...people.folders.map((folder) => ({ folder })));
  });

  it('gives no secret to a process as an argument', async () => {
    const commandLines = results.flatMap((result) => result.commandLines);
    if (process.platform === 'linux') expect(commandLines.join('\n')).to.include('okta provisioning setup');
    await noSecrets(sim.secrets(), ...commandLines);
  });
});
