/** `sf okta login`, `list` and `logout` in the real `sf`, and a `setup` that uses the login. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, setup, type Household, type SfResult } from '../helpers/sfCli.ts';

describe('sf okta login', () => {
  const results: SfResult[] = [];
  let sim: Simulator;
  let people: Household;
  const sf = async (args: readonly string[], stdin?: string): Promise<SfResult> => {
    const result = await people.sf(args, stdin === undefined ? {} : { stdin });
    results.push(result);
    return result;
  };
  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
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

  it('leaves the token nowhere', async () => {
    const printed = results.flatMap(({ stdout, stderr, commandLines }) => [stdout, stderr, ...commandLines]);
    await noSecrets([sim.people.oktaApiToken], ...printed, ...people.folders.map((folder) => ({ folder })));
  });
});
