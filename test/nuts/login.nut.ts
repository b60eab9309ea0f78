/** `sf okta login`, `list` and `logout` in the real `sf`, and a `setup` that uses the login. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runningClock, startSimulator, type OktaWorld, type Simulator } from '../../src/simulator/index.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { CLIENT_ID, serviceApp } from '../helpers/serviceApp.ts';
import { household, setup, type Household, type SfResult } from '../helpers/sfCli.ts';
import { onTerminal } from '../helpers/terminal.ts';

describe('sf okta login', () => {
  const app = serviceApp({ dpop: 'required' });
  const results: SfResult[] = [];
  const shown: string[] = [];
  let sim: Simulator;
  let people: Household;
  const sf = async (args: readonly string[], stdin?: string): Promise<SfResult> => {
    const result = await people.sf(args, stdin === undefined ? {} : { stdin });
    results.push(result);
    return result;
  };
  before(async () => {
    const okta = (): OktaWorld => ({ ...oktaWorld(), serviceApps: [app.record] });
    sim = await startSimulator({ scenario: { salesforce: salesforceWorld, okta }, clock: runningClock() });
    people = await household();
    await people.login(sim);
  });
  after(async () => sim.close());

  it('token takes the token from standard input and keeps it', async () => {
    const args = [
      'okta',
      'login',
      'token',
      '--okta-org',
      sim.okta.url,
      '--alias',
      'simulated',
      '--set-default',
      '--json',
    ];
    const { exitCode, stderr, json } = await sf(args, `${sim.people.oktaApiToken}\n`);
    expect(exitCode, stderr).to.equal(0);
    expect(json<{ result: object }>().result).to.include({ alias: 'simulated', mode: 'token', isDefault: true });
    expect((await stat(join(people.home, '.sf', 'okta-logins.json'))).mode & 0o777).to.equal(0o600);
  });

  it('list shows that it works', async () => {
    const { stdout } = await sf(['okta', 'list']);
    expect(stdout).to.include('simulated').and.include('valid');
  });

  it('serves setup, which names no Okta org', async () => {
    const { exitCode, stderr } = await sf(setup(sim));
    expect(exitCode, stderr).to.equal(69);
  });

  it('token with nothing on standard input ends with 2', async () => {
    expect((await sf(['okta', 'login', 'token', '--okta-org', sim.okta.url], '')).exitCode).to.equal(2);
  });

  it('out forgets it', async () => {
    expect((await sf(['okta', 'logout', '--okta-org', 'simulated'])).exitCode).to.equal(0);
    expect((await sf(['okta', 'list'])).stdout).to.include('No Okta logins');
  });

  it('token asks for the token at a terminal, and shows nothing of it', async () => {
    const terminal = onTerminal(people, ['okta', 'login', 'token', '--okta-org', sim.okta.url, '--alias', 'asked']);
    await terminal.shows(/API token/);
    terminal.type(sim.people.oktaApiToken);
    terminal.press('Enter');
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    shown.push(terminal.text());
    expect((await sf(['okta', 'list'])).stdout)
      .to.include('asked')
      .and.include('valid');
  });

  it('jwt takes the private key from a file, and from standard input', async () => {
    const login = ['okta', 'login', 'jwt', '--okta-org', sim.okta.url, '--client-id', CLIENT_ID, '--json'];
    const path = join(people.temporary, 'key.pem');
    await writeFile(path, app.pem, { mode: 0o600 });
    const byFile = await sf([...login, '--alias', 'file', '--key-file', path, '--key-id', 'simulated-key']);
    await rm(path);
    for (const { exitCode, stderr, json } of [byFile, await sf([...login, '--alias', 'piped'], app.jwk)]) {
      expect(exitCode, stderr).to.equal(0);
      expect(json<{ result: object }>().result).to.include({ mode: 'service-app' });
    }
    const { stdout } = await sf(['okta', 'list', '--json']);
    expect(stdout.match(/"status": "valid"/g)).to.have.length(3);
  });

  for (const flag of ['--token', '--api-token', '--private-key', '--secret'])
    it(`has no flag ${flag}`, async () => {
      for (const kind of ['token', 'jwt']) {
        const args = ['okta', 'login', kind, '--okta-org', sim.okta.url, flag, 'x'];
        const { exitCode, stderr } = await sf([...args, ...(kind === 'jwt' ? ['--client-id', CLIENT_ID] : [])], 'x');
        expect(exitCode).to.equal(2);
        expect(stderr).to.include(`Nonexistent flag: ${flag}`);
      }
    });

  it('leaves neither token nor key anywhere', async () => {
    const printed = results.flatMap(({ stdout, stderr, commandLines }) => [stdout, stderr, ...commandLines]);
    const secrets = [sim.people.oktaApiToken, app.pem.slice(40, 100), app.jwk.slice(20, 80)];
    await noSecrets(secrets, ...printed, ...shown, ...people.folders.map((folder) => ({ folder })));
  });
});
