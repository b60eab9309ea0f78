/** A connected app on the companion page: its key and secret are chosen by the run that makes it, and by no other are they known. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { authenticateOnOkta, finishOnOkta, startBrowser } from '../helpers/browser.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { copied, Visit, WITH_CLIPBOARD } from '../helpers/visit.ts';

describe('a connected app on the companion page', () => {
  let browser: Browser;
  let visit: Visit;
  before(async () => {
    browser = await startBrowser();
    visit = await Visit.start(browser, { scenario: 'connected-apps-allowed', browsing: WITH_CLIPBOARD });
  });
  after(async () => {
    await visit.end();
    await browser.close();
  });

  const open = async (...flags: string[]): Promise<Page> => {
    const companion = await visit.open('--app-type', 'connected-app', ...flags);
    await companion.locator('#task-enter').waitFor();
    return companion;
  };

  it('has the key and secret that were chosen for it handed over, and they connect Okta', async () => {
    const companion = await open();
    const { sim, people, context, terminal } = visit;
    const okta = await context.newPage();
    await okta.goto((await companion.locator('#enter-link').getAttribute('href')) ?? '');
    const pair = [await copied(companion, 'OAuth Consumer Key'), await copied(companion, 'OAuth Consumer Secret')];
    expect(new Set(pair).size, pair[0]).to.equal(2);
    for (const value of pair) expect(value).to.match(/^[A-Za-z0-9]{64}$/);
    await okta.locator('input[name=consumerKey]').fill(pair[0] ?? '');
    await okta.locator('input[name=consumerSecret]').fill(pair[1] ?? '');
    await authenticateOnOkta(okta, sim.okta.url, sim.people.salesforceAdmin);
    await finishOnOkta(okta);
    await companion.locator('#ended.connected').waitFor();
    expect(await terminal.exitCode, terminal.text()).to.equal(0);
    await noSecrets([pair[1] ?? '', ...sim.secrets()], terminal.text(), await companion.content(), {
      folder: people.home,
    });
  });

  it('that is there already has no secret on the page, which says why, where it is, and what else there is', async () => {
    const companion = await open('--reauthenticate', '--adopt');
    const { sim, terminal } = visit;
    const task = companion.locator('#task-consumer');
    expect(await task.innerText())
      .to.include('No API returns the secret of a connected app')
      .and.include('App Manager')
      .and.include('--app-type external-client-app');
    expect(await task.locator('#consumer-link').getAttribute('href')).to.match(
      new RegExp(`^${sim.salesforce.url}/lightning/setup/`)
    );
    expect(await companion.locator('#task-enter').innerText()).to.include('from the Salesforce page above');
    expect(await companion.getByRole('button', { name: 'Copy OAuth Consumer Secret' }).count()).to.equal(0);
    expect(await copied(companion, 'OAuth Consumer Key')).to.match(/^[A-Za-z0-9]{64}$/);
    expect(terminal.text()).to.include('No API returns the secret');
  });
});
