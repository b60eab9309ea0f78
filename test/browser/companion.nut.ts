/** The console path as a person travels it: the real `sf` on a terminal, the companion page and both consoles in a browser. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { revokeApprovals } from '../../src/rehearsal/people.ts';
import { COLLEAGUE } from '../../src/simulator/index.ts';
import { authenticateOnOkta, finishOnOkta, shoot, startBrowser, type Person } from '../helpers/browser.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { LINK } from '../helpers/terminal.ts';
import { copied, Visit, WITH_CLIPBOARD } from '../helpers/visit.ts';

describe('the companion page, in a browser beside sf on a terminal', () => {
  let browser: Browser;
  let visit: Visit;
  before(async () => {
    browser = await startBrowser();
  });
  beforeEach(async () => {
    visit = await Visit.start(browser, {
      scenario: 'wrong-user',
      browsing: { ...WITH_CLIPBOARD, viewport: { width: 900, height: 1100 } },
    });
  });
  afterEach(async () => visit.end());
  after(async () => browser.close());

  const switches = (): number =>
    visit.sim.salesforce.requests.filter(
      ({ operation }) => operation === 'SOAP updateMetadata ExternalClientAppSettings'
    ).length;
  const stateOf = (companion: Page, task: string): Promise<string | null> =>
    companion.locator(`#task-${task}`).getAttribute('class');
  const becomes = async (companion: Page, task: string, state: string): Promise<void> =>
    companion.locator(`#task-${task}.${state}`).waitFor({ timeout: 60_000 });
  const openCompanion = async (): Promise<Page> => {
    const companion = await visit.open();
    await companion.locator('#task-enter').waitFor();
    return companion;
  };
  /** Copies both from the page and enters them on Okta's, as its first tasks say. */
  const enter = async (companion: Page): Promise<Page> => {
    const okta = await visit.context.newPage();
    await okta.goto((await companion.locator('#enter-link').getAttribute('href')) ?? '');
    await okta.locator('input[name=consumerKey]').fill(await copied(companion, 'OAuth Consumer Key'));
    await okta.locator('input[name=consumerSecret]').fill(await copied(companion, 'OAuth Consumer Secret'));
    return okta;
  };
  const authenticate = async (okta: Page, person: Person): Promise<void> =>
    authenticateOnOkta(okta, visit.sim.okta.url, person);
  const allGreen = async (companion: Page): Promise<void> => {
    await companion.locator('#ended.connected').waitFor({ timeout: 60_000 });
    for (const task of ['consumer', 'enter', 'authenticate', 'save', 'toApp'])
      expect(await stateOf(companion, task), task).to.equal('done');
  };

  it('leads a person from nothing to a proven connection, and the terminal shows the same', async () => {
    const companion = await openCompanion();
    await shoot(companion, 'companion-start');
    const okta = await enter(companion);
    await authenticate(okta, visit.sim.people.salesforceAdmin);
    await becomes(companion, 'authenticate', 'done');
    await shoot(companion, 'companion-authenticated');
    await finishOnOkta(okta);
    await allGreen(companion);
    await shoot(companion, 'companion-connected');
    expect(await visit.terminal.exitCode, visit.terminal.text()).to.equal(0);
    expect(switches()).to.equal(2);
    expect(visit.terminal.text())
      .to.include('given key and secret')
      .and.include('[x] Authenticate with Salesforce.com as')
      .and.include('Connected and proven');
    await noSecrets(visit.sim.secrets(), visit.terminal.text(), await companion.content(), {
      folder: visit.people.home,
    });
  });

  it('sees the wrong user, says what to do, and sees the person recover', async () => {
    const companion = await openCompanion();
    const okta = await enter(companion);
    await authenticate(okta, COLLEAGUE);
    await becomes(companion, 'authenticate', 'problem');
    // The link that opened the page is told no more.
    const told = await visit.terminal.shows(/Another user than[^]*The companion page is open in a browser/);
    expect(told).to.not.match(LINK);
    expect(await companion.locator('#task-authenticate').innerText())
      .to.include('private window')
      .and.include('Revoke');
    await shoot(companion, 'companion-wrong-user');
    await revokeApprovals(visit.sim, () => {});
    const privately = await browser.newContext();
    const again = await privately.newPage();
    await again.goto(okta.url());
    await authenticate(again, visit.sim.people.salesforceAdmin);
    await becomes(companion, 'authenticate', 'done');
    await finishOnOkta(again);
    await privately.close();
    await allGreen(companion);
    expect(await visit.terminal.exitCode, visit.terminal.text()).to.equal(0);
  });

  it('keeps what it shows in a reload and in a second tab, and tells both when Ctrl-C ends the command', async () => {
    const companion = await openCompanion();
    await companion.reload();
    const second = await visit.context.newPage();
    await second.goto(companion.url());
    for (const tab of [companion, second]) await tab.locator('#task-enter').waitFor();
    visit.terminal.press('Ctrl-C');
    for (const tab of [companion, second]) await tab.getByText('The command was interrupted').waitFor();
    expect(await companion.locator('#ended-command').innerText()).to.include('okta provisioning setup');
    expect(await visit.terminal.exitCode, visit.terminal.text()).to.equal(130);
  });

  it('refuses a second use of its link, says so on the terminal, and can be worked by keyboard without a clipboard', async () => {
    const companion = await openCompanion();
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(await visit.terminal.shows(LINK));
    expect(await page.innerText('body')).to.include('was used before');
    await visit.terminal.shows(/opened a second time/);
    await stranger.close();
    await companion.evaluate(
      "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error()) } })"
    );
    const button = companion.getByRole('button', { name: 'Copy OAuth Consumer Key' });
    await button.focus();
    await companion.keyboard.press('Enter');
    const shown = companion.getByRole('textbox', { name: 'OAuth Consumer Key' });
    await shown.waitFor();
    expect(await shown.inputValue()).to.match(/^3MVG9/);
    visit.terminal.press('Ctrl-C');
    expect(await visit.terminal.exitCode).to.equal(130);
  });
});
