/** Nobody comes to the companion page: the time is up, and page and terminal say how to go on. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { COMPANION_PORT, startBrowser } from '../helpers/browser.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { LINK, onTerminal, type Terminal } from '../helpers/terminal.ts';

describe('the companion page that nobody answers', () => {
  let browser: Browser;
  let sim: Simulator;
  let people: Household;
  let terminal: Terminal;
  before(async () => {
    browser = await startBrowser();
    sim = await startSimulator({ clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
  });
  after(async () => {
    terminal.press('Ctrl-C');
    await terminal.exitCode;
    await browser.close();
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });

  it('ends with 69 when the time is up, and shows the command that goes on from there', async () => {
    terminal = onTerminal(people, setup(sim, '--wait', '1', ...COMPANION_PORT));
    const companion = await browser.newPage();
    await companion.goto(await terminal.shows(LINK));
    await companion.locator('#task-enter').waitFor();
    await companion.locator('#ended.waiting').waitFor({ timeout: 120_000 });
    const command = await companion.locator('#ended-command').innerText();
    expect(command).to.include('okta provisioning setup').and.include(COMPANION_PORT.join(' '));
    expect(await terminal.exitCode, terminal.text()).to.equal(69);
    // The terminal breaks lines between words.
    expect(terminal.text().replace(/\s+/g, ' ')).to.include(command.trim());
    expect(sim.salesforce.store.grants.size).to.equal(0);
  });
});
