/** The html report of a real verify, opened in a browser as its reader opens it: from a file, with nothing beside it. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import { startBrowser } from '../helpers/browser.ts';
import { argvOf, healthyPair, NAMED } from '../helpers/healthy.ts';
import { HOSTILE } from '../helpers/hostileReport.ts';
import type { Pair } from '../helpers/pair.ts';
import { verifyCommand } from '../helpers/pairCommands.ts';
import { logged, OKTA_FAULTS, oktaApp } from '../steps/faults/okta.ts';
import { APP_FAULTS } from '../steps/faults/salesforceApp.ts';
import { ORG_FAULTS } from '../steps/faults/salesforceOrg.ts';

/** Where the screenshots for the documents go, when they are asked for. */
const SHOTS = process.env['SCREENSHOTS'];

/** A pair of which somebody says that Okta stopped creating users. */
const FAULTS = [
  'PKCE off',
  'a token exchange that ended with InvalidClientCredentials',
  'four slots used',
  'credentials that Salesforce refused',
  'Deactivate off',
  'an assignment left unprovisioned',
];

const breakIt = async (pair: Pair): Promise<void> => {
  for (const what of FAULTS) {
    const fault = [...APP_FAULTS, ...ORG_FAULTS, ...OKTA_FAULTS].find((one) => one.what === what);
    if (!fault) throw new Error(`No fault is called "${what}".`);
    await fault.make(pair, 'external-client-app');
  }
  pair.sim.okta.fail({ on: `GET /api/v1/apps/${oktaApp(pair).id}/connections/default`, with: 500, times: 3 });
};

describe('the html report, in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let pair: Pair;
  let folder: string;
  /** All that the page asks for, and all that it does of itself. */
  let asked: string[];
  let happened: string[];
  before(async () => {
    browser = await startBrowser();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okta-report-'));
    pair = await healthyPair('external-client-app');
    context = await browser.newContext({ viewport: { width: 960, height: 1262 } });
    [asked, happened] = [[], []];
    context.on('request', (request) => asked.push(request.url()));
    context.on('dialog', (dialog) => {
      happened.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('console', (message) => happened.push(`console ${message.text()}`));
    context.on('page', (opened) => happened.push(`page ${opened.url()}`));
    page = await context.newPage();
    happened.length = 0;
  });
  afterEach(async () => {
    await context.close();
    await rm(folder, { recursive: true });
    await pair.stop();
  });
  after(async () => browser.close());

  const open = async (...flags: string[]): Promise<VerifyResult> => {
    const { json } = await verifyCommand(pair, [
      ...argvOf(NAMED),
      ...['--result-format', 'html', '--output-dir', folder],
      ...flags,
    ]);
    const [file = ''] = json.result.files ?? [];
    await page.goto(pathToFileURL(file).href);
    return json.result;
  };
  const shoot = async (name: string, fullPage = false): Promise<void> => {
    if (SHOTS === undefined) return;
    await mkdir(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
  };
  /** What the map says of each part, where it can be seen. */
  const states = async (): Promise<Record<string, string>> => {
    expect(await page.locator('.map:visible').count(), 'maps').to.equal(1);
    const parts = await page.locator('.map:visible .part').all();
    const words = async (part: Locator, of: string): Promise<string> => (await part.locator(of).textContent()) ?? '';
    const told = parts.map(async (part) => [await words(part, '.title'), await words(part, '.state')] as const);
    return Object.fromEntries(await Promise.all(told));
  };
  const barriers = async (): Promise<string[]> => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };
  const tooWide = async (): Promise<number> =>
    page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

  it('draws a healthy pair with each part proven that can be observed', async () => {
    await open();
    expect(await page.locator('h1').innerText()).to.equal('Okta provisioning verify: healthy');
    expect(await states()).to.deep.equal({
      'Target org': 'proven',
      'OAuth app': 'proven',
      'Integration user': 'proven',
      Grant: 'proven',
      'Okta app': 'proven',
      Connection: 'not observable',
      Features: 'proven',
    });
    expect(await page.locator('details[open]').count()).to.equal(0);
    expect(await page.getByRole('heading', { name: 'Next' }).count()).to.equal(0);
  });

  it('draws a failing pair, and opens each claim that needs a person, with evidence and what to do', async () => {
    await breakIt(pair);
    const { checks } = await open();
    expect(await page.locator('h1').innerText()).to.equal('Okta provisioning verify: not healthy');
    expect(await states()).to.deep.equal({
      'Target org': 'proven',
      'OAuth app': 'failed',
      'Integration user': 'proven',
      Grant: 'failed',
      'Okta app': 'warning',
      Connection: 'failed',
      Features: 'failed',
    });
    const needy = checks.filter(({ action }) => action !== undefined);
    expect(needy.length).to.be.greaterThan(6);
    expect(await page.locator('details[open]').count()).to.equal(needy.length);
    for (const { id, title, evidence, action = '' } of needy) {
      const said = (await page.locator(`[id="${id}"]`).innerText()).replace(/\s+/g, ' ');
      for (const part of [title, action, ...evidence.map(({ source }) => source)])
        expect(said).to.include(part.replace(/\s+/g, ' '));
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(`verify-report-${colorScheme}`);
    }
    expect(asked).to.deep.equal([page.url()]);
    expect(happened).to.deep.equal([]);
  });

  it('has no barrier in either colour scheme, and no line wider than a phone', async () => {
    await breakIt(pair);
    await open();
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [960, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await barriers(), `${colorScheme}, ${width}`).to.deep.equal([]);
        expect(await tooWide(), `${colorScheme}, ${width}`).to.be.at.most(0);
        for (const text of await page.locator('.map:visible text').all())
          expect((await text.boundingBox())?.height, await text.innerHTML()).to.be.at.least(13);
      }
    await shoot('verify-report-narrow');
  });

  it('prints whole and dark on white: the map, and of each claim what was found', async () => {
    await breakIt(pair);
    const { checks } = await open();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(Object.keys(await states())).to.have.length(7);
    for (const { id } of checks)
      expect(await page.locator(`[id="${id}"]`).getByText('Found', { exact: true }).isVisible(), id).to.equal(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).to.equal('rgb(255, 255, 255)');
    await shoot('verify-report-print', true);
    if (SHOTS !== undefined) await page.pdf({ path: join(SHOTS, 'verify-report.pdf') });
  });

  it('does nothing that a name from a service asks for', async () => {
    const app = oktaApp(pair);
    app.label = HOSTILE;
    await logged('application.integration.authentication_failure', { reason: HOSTILE })(pair, 'external-client-app');
    await open('--okta-app-id', app.id);
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await page.locator('.map:visible').textContent()).to.include('<script>');
    expect(await page.locator('[id="okta.log"]').textContent()).to.include('<script>');
    expect(await page.locator('script, img, a, iframe').count()).to.equal(0);
    expect(asked).to.deep.equal([page.url()]);
    expect(happened).to.deep.equal([]);
    expect(await tooWide()).to.be.at.most(0);
  });
});
