/** Two Okta apps of one label: a person at a terminal is asked which, and the run goes on with that one. contracts/okta.md §1 */
import { expect } from 'chai';
import { runningClock, startSimulator, type OktaWorld, type Simulator } from '../../src/simulator/index.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { onTerminal } from '../helpers/terminal.ts';

const APP = { label: 'Salesforce.com', features: [], assignments: [], instanceType: 'PRODUCTION' };
const USED = { ...APP, assignments: [{ login: 'ada.lovelace@simulated.example' }] };
const QUESTION = /2 Okta apps are labelled "Salesforce\.com"\. Which one\?/;

describe('sf okta provisioning setup, where two Okta apps have the label', () => {
  let sim: Simulator;
  let people: Household;
  let ids: string[];
  const writes = (): string[] =>
    [...sim.salesforce.requests, ...sim.okta.requests].filter(({ write }) => write).map(({ operation }) => operation);

  beforeEach(async () => {
    const okta = (): OktaWorld => ({ ...oktaWorld(), apps: [USED, APP] });
    sim = await startSimulator({ scenario: { salesforce: salesforceWorld, okta }, clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
    ids = [...sim.okta.store.apps.keys()];
  });
  afterEach(async () => {
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('asks on a terminal, goes on with the one chosen, and says the id in the command to continue', async () => {
    const terminal = onTerminal(people, setup(sim, '--wait', '0'));
    await terminal.shows(QUESTION);
    const [, unused = ''] = ids;
    await terminal.shows(new RegExp(`${unused} +ACTIVE, 0 assigned users, features none, instance type PRODUCTION`));
    terminal.press('Down');
    terminal.press('Enter');
    expect(await terminal.exitCode, terminal.text()).to.equal(69);
    // The terminal breaks lines between words.
    expect(terminal.text().replace(/\s+/g, ' ')).to.include(`--okta-app-id ${unused}`);
    expect(terminal.text()).to.not.match(/in use|Go on\?/);
    expect(ids).to.deep.equal([...sim.okta.store.apps.keys()]);
  });

  it('is interrupted by Ctrl-C in the question, having written nothing', async () => {
    const terminal = onTerminal(people, setup(sim, '--wait', '0'));
    await terminal.shows(QUESTION);
    terminal.press('Ctrl-C');
    expect(await terminal.exitCode, terminal.text()).to.equal(130);
    expect(writes()).to.deep.equal([]);
  });

  it('lists both without a terminal, and ends with 2', async () => {
    const { exitCode, stderr } = await people.sf(setup(sim, '--adopt'));
    expect(exitCode, stderr).to.equal(2);
    const told = stderr.replace(/\s+/g, ' ');
    expect(told).to.include(`${ids[0] ?? ''} (ACTIVE, 1 assigned user, features none, instance type PRODUCTION)`);
    expect(told)
      .to.include(`${ids[1] ?? ''} (ACTIVE, 0 assigned users`)
      .and.to.include('--okta-app-id');
    expect(writes()).to.deep.equal([]);
  });
});
