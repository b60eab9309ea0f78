/** What a click on the companion page brings about, and what it cannot: beside the real `sf` on a terminal, in a browser. */
import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld, type SalesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { startBrowser } from '../helpers/browser.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { copied, Visit, WITH_CLIPBOARD } from '../helpers/visit.ts';

const FIELD = 'enableClientSecretInRestApiAccess';
const SECRET = 'OAuth Consumer Secret';

const worldWithout = (...permissions: string[]): SalesforceWorld => {
  const world = documentedWorld();
  return {
    ...world,
    settings: { ...world.settings, ExternalClientAppSettings: { [FIELD]: 'false' } },
    profiles: world.profiles.map((profile) => ({
      ...profile,
      permissions: profile.permissions.filter((name) => !permissions.includes(name)),
    })),
  };
};

describe('a click on the companion page', () => {
  let browser: Browser;
  let visit: Visit;
  before(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => visit.end());
  after(async () => browser.close());

  const open = async (salesforce: SalesforceWorld, ...flags: string[]): Promise<Page> => {
    const scenario = { salesforce: (): SalesforceWorld => salesforce, okta: oktaWorld };
    visit = await Visit.start(browser, { scenario, browsing: WITH_CLIPBOARD });
    const companion = await visit.open(...flags);
    await companion.locator('#task-enter').waitFor();
    return companion;
  };
  const isOn = (): boolean =>
    visit.sim.salesforce.store.component('ExternalClientAppSettings', 'ExternalClientApp')?.fields[FIELD] === 'true';
  const switches = (): number =>
    visit.sim.salesforce.requests.filter(
      ({ operation }) => operation === 'SOAP updateMetadata ExternalClientAppSettings'
    ).length;
  const copyButton = (companion: Page): ReturnType<Page['getByRole']> =>
    companion.getByRole('button', { name: `Copy ${SECRET}` });
  const secrets = (): string[] => [...visit.sim.salesforce.store.consumers.values()].map(({ secret }) => secret);

  it('gives the secret to the clipboard alone, in each tab, with two switches of access in all', async () => {
    const companion = await open(worldWithout());
    const second = await visit.context.newPage();
    await second.goto(companion.url());
    await second.locator('#task-enter').waitFor();
    expect(switches()).to.equal(0);
    expect([
      await copied(companion, SECRET),
      await copied(second, SECRET),
      await copied(companion, SECRET),
    ]).to.deep.equal(Array(3).fill(secrets()[0]));
    expect([switches(), isOn()]).to.deep.equal([2, false]);
    await visit.terminal.shows(/was given key and secret/);
    await companion.reload();
    await noSecrets(secrets(), visit.terminal.text(), await companion.content(), await second.content(), {
      folder: visit.people.home,
    });
  });

  it('shows the secret in a field where there is no clipboard, keeps the focus on it, and takes it away after a minute', async () => {
    const companion = await open(worldWithout());
    await companion.clock.install();
    await companion.reload();
    await companion.locator('#task-enter').waitFor();
    await companion.clock.pauseAt(Date.now() + 60_000);
    await companion.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await copyButton(companion).focus();
    await companion.keyboard.press('Enter');
    const field = companion.getByRole('textbox', { name: SECRET });
    await field.waitFor();
    expect(
      await companion.evaluate(
        "['value', 'selectionStart', 'selectionEnd'].map((name) => document.activeElement[name])"
      )
    ).to.deep.equal([secrets()[0], 0, secrets()[0]?.length]);
    await companion.clock.runFor(59_000);
    expect(await field.inputValue()).to.equal(secrets()[0]);
    await companion.clock.runFor(1000);
    expect(await field.count()).to.equal(0);
    await noSecrets(secrets(), await companion.content());
  });

  it('names the permission that is missing, where to grant it, and the page where the secret is', async () => {
    const companion = await open(worldWithout('ViewClientSecret'));
    await copyButton(companion).click();
    const trouble = companion.locator('#task-enter .trouble');
    await trouble.waitFor();
    expect(await trouble.innerText())
      .to.include('"View Client Secret" (ViewClientSecret)')
      .and.include('Setup > Permission Sets')
      .and.include('--grant-temporarily');
    expect(await companion.locator('#consumer-link').getAttribute('href')).to.include('/lightning/setup/');
    await visit.terminal.shows(/in vain: .*ViewClientSecret/);
    expect([switches(), isOn()]).to.deep.equal([0, false]);
  });

  it('reads it by a permission that is lent for the moment, where that is agreed to', async () => {
    const companion = await open(worldWithout('ViewClientSecret'), '--grant-temporarily');
    const setsBefore = visit.sim.salesforce.store.permissionSets.size;
    expect(await copied(companion, SECRET)).to.equal(secrets()[0]);
    expect([switches(), isOn(), visit.sim.salesforce.store.permissionSets.size]).to.deep.equal([2, false, setsBefore]);
  });

  it('is undone by Ctrl-C meanwhile, before the command ends with 130', async () => {
    const companion = await open(worldWithout());
    let letGo = (): void => {};
    let reach = (): void => {};
    const gate = new Promise<void>((resolve) => void (letGo = resolve));
    const reached = new Promise<void>((resolve) => void (reach = resolve));
    const until = async (): Promise<void> => {
      reach();
      await gate;
    };
    visit.sim.salesforce.fail({ on: /part=keyandsecret/, with: { until } });
    await copyButton(companion).click();
    await reached;
    expect(isOn()).to.equal(true);
    visit.terminal.press('Ctrl-C');
    await companion.getByText('The command was interrupted').waitFor();
    letGo();
    expect([await visit.terminal.exitCode, isOn()]).to.deep.equal([130, false]);
  });

  it('signs the browser in as the integration user, whom Salesforce then asks for no password', async () => {
    const companion = await open(worldWithout());
    const opening = visit.context.waitForEvent('page');
    await companion
      .getByRole('button', { name: `Sign this browser in as ${visit.sim.people.salesforceAdmin.username}` })
      .click();
    const opened = await opening;
    await opened.waitForURL(
      (url) => url.origin === visit.sim.salesforce.url && url.pathname !== '/secur/frontdoor.jsp'
    );
    expect(await opened.locator('input[name=pw]').count()).to.equal(0);
    expect(await opened.evaluate('window.opener')).to.equal(null);
    await noSecrets([visit.sim.people.salesforceAdmin.accessToken], await companion.content(), visit.terminal.text());
  });

  it('says what to do instead where Salesforce does not sign the browser in', async () => {
    const companion = await open(worldWithout());
    visit.sim.salesforce.fail({ on: 'POST /services/oauth2/singleaccess', with: 403, times: Infinity });
    await companion.getByRole('button', { name: 'Sign this browser in as' }).click();
    const trouble = companion.locator('#task-authenticate .trouble');
    await trouble.waitFor();
    expect(await trouble.innerText())
      .to.include('private window')
      .and.include('by hand');
  });

  it('is on a page without barriers, in both colour schemes and on a narrow screen', async () => {
    const companion = await open(worldWithout('ViewClientSecret'));
    await copyButton(companion).click();
    await companion.locator('#task-enter .trouble').waitFor();
    await companion.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [900, 360]) {
        await companion.emulateMedia({ colorScheme });
        await companion.setViewportSize({ width, height: 900 });
        const { violations } = await companion.evaluate<axe.AxeResults>('axe.run()');
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect(found, `${colorScheme}, ${width}`).to.deep.equal([]);
        const wide = await companion.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(wide, `wider than the screen, ${width}`).to.be.at.most(0);
      }
    expect(await companion.locator('#left').innerText()).to.match(/^Time left: \d+:\d\d$/);
  });
});
