/** Nobody comes to the companion page: the time is up, and page and terminal say how to go on. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../helpers/browser.ts';
import { COMPANION_PORT, Visit } from '../helpers/visit.ts';

describe('the companion page that nobody answers', () => {
  let browser: Browser;
  let visit: Visit;
  before(async () => {
    browser = await startBrowser();
    visit = await Visit.start(browser);
  });
  after(async () => {
    await visit.end();
    await browser.close();
  });

  it('ends with 69 when the time is up, and shows the command that goes on from there', async () => {
    const companion = await visit.open('--wait', '1');
    const { sim, terminal } = visit;
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
