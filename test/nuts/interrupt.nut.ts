/** Ctrl-C while `setup` waits for a person. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, type Household, type SfResult } from '../helpers/sfCli.ts';
import { until } from './until.ts';

/** Much less than the five minutes that the command would wait, much more than a loaded machine takes to end it. */
const PROMPTLY = 20_000;

describe('sf okta provisioning setup, interrupted while it waits', () => {
  let sim: Simulator;
  let people: Household;
  const looks = (): number =>
    sim.salesforce.requests.filter(({ operation }) => operation === 'GET query OauthToken').length;
  const locks = async (): Promise<string[]> =>
    (await readdir(join(people.home, '.sf', 'okta-provisioning'))).filter((name) => name.endsWith('.lock'));
  /** Runs it, presses Ctrl-C as soon as it is time, and tells how long the end took. */
  const interrupted = async (
    args: readonly string[],
    isTime: (lines: readonly string[]) => boolean
  ): Promise<{ result: SfResult; took: number }> => {
    const ctrlC = new AbortController();
    const lines: string[] = [];
    const running = people.sf(args, { signal: ctrlC.signal, onLine: (line) => lines.push(line) });
    await Promise.race([until(() => isTime(lines), 'setup waits'), running]).finally(() => ctrlC.abort());
    const pressed = performance.now();
    const result = await running;
    return { result, took: performance.now() - pressed };
  };

  before(async () => {
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  after(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('ends promptly with 130, says so and gives up its lock', async () => {
    const { result, took } = await interrupted(setup(sim, '--wait', '5'), (lines) =>
      lines.some((line) => /^waiting\b/.test(line))
    );
    expect(result.exitCode, result.stderr).to.equal(130);
    expect(took).to.be.below(PROMPTLY);
    expect(result.stderr).to.match(/^Error \(InterruptedError\): Interrupted\.$/m);
    expect(result.stderr, 'no stack').to.not.match(/^\s+at /m);
    expect(await locks()).to.deep.equal([]);
  });

  it('ends promptly with 130 and valid JSON with --json', async () => {
    const before = looks();
    const { result, took } = await interrupted(setup(sim, '--wait', '5', '--json'), () => looks() >= before + 2);
    expect({ exitCode: result.exitCode, stderr: result.stderr }).to.deep.equal({ exitCode: 130, stderr: '' });
    expect(took).to.be.below(PROMPTLY);
    expect(result.json<object>()).to.include({ name: 'InterruptedError', exitCode: 130, status: 130 });
    expect(await locks()).to.deep.equal([]);
  });

  it('goes on from what is there when it is run again', async () => {
    const apps = sim.okta.store.snapshot();
    const { exitCode, stdout, stderr } = await people.sf(setup(sim));
    expect(exitCode, stderr).to.equal(69);
    expect(stdout).to.match(/^unchanged +Salesforce app in Okta$/m);
    expect(sim.okta.store.snapshot()).to.equal(apps);
  });
});
