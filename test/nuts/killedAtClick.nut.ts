/** `setup`, killed while access to secrets is on for a click on the companion page. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld } from '../../src/simulator/salesforce/index.ts';
import { runningClock, startSimulator, type SalesforceWorld, type Simulator } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { LINK, onTerminal } from '../helpers/terminal.ts';

const FIELD = 'enableClientSecretInRestApiAccess';

describe('sf okta provisioning setup, killed in the middle of a click', () => {
  let sim: Simulator;
  let people: Household;
  let letGo = (): void => {};
  const isOn = (): boolean =>
    sim.salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields[FIELD] === 'true';

  const locks = async (): Promise<string[]> =>
    (await readdir(join(people.home, '.sf', 'okta-provisioning'))).filter((name) => name.endsWith('.lock'));

  before(async () => {
    const world = documentedWorld();
    const settings = { ...world.settings, ExternalClientAppSettings: { [FIELD]: 'false' } };
    const scenario = { salesforce: (): SalesforceWorld => ({ ...world, settings }), okta: oktaWorld };
    sim = await startSimulator({ scenario, clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  after(async () => {
    letGo();
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('leaves access to secrets on, and the very next run puts it back before all else', async () => {
    const gate = new Promise<void>((resolve) => void (letGo = resolve));
    const reached = new Promise<void>((resolve) => {
      const until = async (): Promise<void> => {
        resolve();
        await gate;
      };
      sim.salesforce.fail({ on: /part=keyandsecret/, with: { until } });
    });
    const terminal = onTerminal(people, setup(sim, '--companion-port', String(20_000 + (process.pid % 20_000))));
    const link = await terminal.shows(LINK);
    const { headers } = await fetch(link, { redirect: 'manual' });
    const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const secret = new URL(`${headers.get('location') ?? ''}secret`, link);
    const clicked = fetch(secret, { method: 'POST', headers: { cookie, origin: secret.origin } }).catch(
      () => undefined
    );
    await reached;
    await terminal.kill();
    await Promise.all([terminal.exitCode, clicked]);
    expect(isOn()).to.equal(true);
    expect(await locks(), 'the lock of the dead run').to.have.length(1);
    const { exitCode, stderr } = await people.sf(setup(sim));
    expect([exitCode, isOn()], stderr).to.deep.equal([69, false]);
    expect(await locks()).to.deep.equal([]);
  });
});
