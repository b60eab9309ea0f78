/** The approval by API behind a button of the companion page, beside the real `sf` on a terminal. contracts/okta.md §14 */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { approveInSalesforce, shoot, startBrowser } from '../helpers/browser.ts';
import { Visit } from '../helpers/visit.ts';

describe('the approval on the companion page', () => {
  let browser: Browser;
  let visit: Visit;
  before(async () => {
    browser = await startBrowser();
    visit = await Visit.start(browser, {
      scenario: 'api-supported',
      browsing: { viewport: { width: 900, height: 540 } },
    });
  });
  after(async () => {
    await visit.end();
    await browser.close();
  });

  it('opens at a click, is brought back by a paste, and the terminal shows neither link nor secret', async () => {
    const companion = await visit.open('--adopt');
    const { sim, context, terminal } = visit;
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
