/** The console path as a person travels it: the real `sf` on a terminal, the companion page and both consoles in a browser. */
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { revokeApprovals } from '../../src/rehearsal/people.ts';
import { COLLEAGUE, runningClock, startSimulator, type Simulator } from '../../src/simulator/index.ts';
import {
  authenticateOnOkta,
  COMPANION_PORT,
  finishOnOkta,
  shoot,
  startBrowser,
  type Person,
} from '../helpers/browser.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { household, oktaEnvironment, setup, type Household } from '../helpers/sfCli.ts';
import { LINK, onTerminal, type Terminal } from '../helpers/terminal.ts';

describe('the companion page, in a browser beside sf on a terminal', () => {
  let browser: Browser;
  let sim: Simulator;
  let people: Household;
  let context: BrowserContext;
  let terminal: Terminal;
  before(async () => {
    browser = await startBrowser();
  });
  beforeEach(async () => {
    sim = await startSimulator({ scenario: 'wrong-user', clock: runningClock() });
    people = await household(oktaEnvironment(sim));
    await people.login(sim);
    context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 900, height: 1100 },
    });
  });
  afterEach(async () => {
    terminal.press('Ctrl-C');
    await context.close();
    await sim.close();
    expect([...sim.salesforce.unknown, ...sim.okta.unknown]).to.deep.equal([]);
  });
  after(async () => browser.close());

  const switches = (): number =>
    sim.salesforce.requests.filter(({ operation }) => operation === 'SOAP updateMetadata ExternalClientAppSettings')
      .length;
  const stateOf = (companion: Page, task: string): Promise<string | null> =>
    companion.locator(`#task-${task}`).getAttribute('class');
  const becomes = async (companion: Page, task: string, state: string): Promise<void> =>
    companion.locator(`#task-${task}.${state}`).waitFor({ timeout: 60_000 });
  const openCompanion = async (): Promise<Page> => {
    terminal = onTerminal(people, setup(sim, ...COMPANION_PORT));
    const companion = await context.newPage();
    await companion.goto(await terminal.shows(LINK));
    await companion.locator('#task-enter').waitFor();
    return companion;
  };
  const clipboard = async (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');
  const copied = async (companion: Page, name: string): Promise<string> => {
    await companion.getByRole('button', { name: `Copy ${name}` }).click();
    await companion.getByRole('button', { name: `Copied ${name}` }).waitFor();
    return clipboard(companion);
  };
  /** Copies both from the page and enters them on Okta's, as its first tasks say. */
  const enter = async (companion: Page): Promise<Page> => {
    const okta = await context.newPage();
    await okta.goto((await companion.locator('#enter-link').getAttribute('href')) ?? '');
    await companion.bringToFront();
    await okta.locator('input[name=consumerKey]').fill(await copied(companion, 'OAuth Consumer Key'));
    await okta.locator('input[name=consumerSecret]').fill(await copied(companion, 'OAuth Consumer Secret'));
    return okta;
  };
  const authenticate = async (okta: Page, person: Person): Promise<void> =>
    authenticateOnOkta(okta, sim.okta.url, person);
  const allGreen = async (companion: Page): Promise<void> => {
    await companion.locator('#ended.connected').waitFor({ timeout: 60_000 });
    for (const task of ['consumer', 'enter', 'authenticate', 'save', 'toApp'])
      expect(await stateOf(companion, task), task).to.equal('done');
  };

  it('leads a person from nothing to a proven connection, and the terminal shows the same', async () => {
    const companion = await openCompanion();
    await shoot(companion, 'companion-start');
    const okta = await enter(companion);
    await authenticate(okta, sim.people.salesforceAdmin);
    await becomes(companion, 'authenticate', 'done');
    await shoot(companion, 'companion-authenticated');
    await finishOnOkta(okta);
    await allGreen(companion);
    await shoot(companion, 'companion-connected');
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    expect(switches()).to.equal(2);
    expect(terminal.text())
      .to.include('given key and secret')
      .and.include('[x] Authenticate with Salesforce.com as')
      .and.include('Connected and proven');
    await noSecrets(sim.secrets(), terminal.text(), await companion.content(), { folder: people.home });
  });

  it('sees the wrong user, says what to do, and sees the person recover', async () => {
    const companion = await openCompanion();
    const okta = await enter(companion);
    await authenticate(okta, COLLEAGUE);
    await becomes(companion, 'authenticate', 'problem');
    // The link that opened the page is told no more.
    const told = await terminal.shows(/Another user than[^]*The companion page is open in a browser/);
    expect(told).to.not.match(LINK);
    expect(await companion.locator('#task-authenticate').innerText())
      .to.include('private window')
      .and.include('Revoke');
    await shoot(companion, 'companion-wrong-user');
    await revokeApprovals(sim, () => {});
    const privately = await browser.newContext();
    const again = await privately.newPage();
    await again.goto(okta.url());
    await authenticate(again, sim.people.salesforceAdmin);
    await becomes(companion, 'authenticate', 'done');
    await finishOnOkta(again);
    await privately.close();
    await allGreen(companion);
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
  });

  it('keeps what it shows in a reload and in a second tab, and tells both when Ctrl-C ends the command', async () => {
    const companion = await openCompanion();
    await companion.reload();
    const second = await context.newPage();
    await second.goto(companion.url());
    for (const tab of [companion, second]) await tab.locator('#task-enter').waitFor();
    terminal.press('Ctrl-C');
    for (const tab of [companion, second]) await tab.getByText('The command was interrupted').waitFor();
    expect(await companion.locator('#ended-command').innerText()).to.include('okta provisioning setup');
    expect(await terminal.exitCode, terminal.text()).to.equal(130);
  });

  it('refuses a second use of its link, says so on the terminal, and can be worked by keyboard without a clipboard', async () => {
    const companion = await openCompanion();
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(await terminal.shows(LINK));
    expect(await page.innerText('body')).to.include('was used before');
    await terminal.shows(/opened a second time/);
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
    terminal.press('Ctrl-C');
    expect(await terminal.exitCode).to.equal(130);
  });
});
