/** The approval by API behind a button of the companion page, beside the real `sf` on a terminal. contracts/okta.md §14 */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { approveInSalesforce, COMPANION_PORT, shoot, startBrowser } from '../helpers/browser.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { LINK, onTerminal, type Terminal } from '../helpers/terminal.ts';

describe('the approval on the companion page', () => {
  let browser: Browser;
  let sim: Simulator;
  let people: Household;
  let terminal: Terminal;
  before(async () => {
    browser = await startBrowser();
    sim = await startSimulator({ scenario: 'api-supported', clock: runningClock() });
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

  it('opens at a click, is brought back by a paste, and the terminal shows neither link nor secret', async () => {
    const context = await browser.newContext({ viewport: { width: 900, height: 540 } });
    terminal = onTerminal(people, setup(sim, '--adopt', ...COMPANION_PORT));
    const companion = await context.newPage();
    await companion.goto(await terminal.shows(LINK));
    await terminal.shows(/paste it here/);
    expect(terminal.text()).to.include('Companion page').and.not.include('key and secret too');
    const button = companion.getByRole('button', { name: 'Open Salesforce to approve' });
    await button.waitFor();
    await shoot(companion, 'companion-approve');
    expect(await companion.content()).to.not.include('oauth2/authorize');
    const opening = context.waitForEvent('page');
    await button.click();
    const approving = await opening;
    await approving.waitForURL((url) => url.origin === sim.salesforce.url);
    expect(await approving.evaluate('window.opener')).to.equal(null);
    await approveInSalesforce(approving, sim.okta.url, sim.people.salesforceAdmin);
    terminal.type((await approving.innerText('body')).replace(/\s+/g, ' '));
    terminal.press('Enter');
    await companion.locator('#ended.connected').waitFor({ timeout: 60_000 });
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    expect(terminal.text()).to.not.match(/oauth2\/authorize|[?&]code=/);
  });
});
