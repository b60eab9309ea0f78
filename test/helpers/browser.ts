/** A real browser: an installed Chrome where CHROME_PATH names one, else the Chromium that comes by npm. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import bundled from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';

export const startBrowser = async (): Promise<Browser> => {
  const installed = process.env['CHROME_PATH'];
  const executablePath = installed ?? (await bundled.executablePath());
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
};

/** Where the screenshots for the documents go, when they are asked for. */
const SHOTS = process.env['SCREENSHOTS'];

/** Takes the picture of a page in both colour schemes, and on a narrow screen. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS === undefined) return;
  await mkdir(SHOTS, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`), fullPage: true });
  }
  const wide = page.viewportSize() ?? { width: 900, height: 1100 };
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: join(SHOTS, `${name}-narrow.png`), fullPage: true });
  await page.setViewportSize(wide);
};

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** Presses Okta's button, and answers what Salesforce asks then. */
export const authenticateOnOkta = async (okta: Page, oktaUrl: string, person: Person): Promise<void> => {
  await Promise.all([
    okta.waitForNavigation(),
    okta.getByRole('button', { name: /uthenticate with Salesforce/ }).click(),
  ]);
  await approveInSalesforce(okta, oktaUrl, person);
};

/** What is left to do on Okta's page once Salesforce has the approval. */
export const finishOnOkta = async (okta: Page): Promise<void> => {
  for (const name of ['Test API Credentials', 'Save'])
    await Promise.all([
      okta.waitForNavigation(),
      okta.locator('#api-credentials').getByRole('button', { name }).click(),
    ]);
  for (const box of ['Create Users', 'Update User Attributes', 'Deactivate Users']) await okta.getByLabel(box).check();
  await Promise.all([
    okta.waitForNavigation(),
    okta.locator('#create-n-update').getByRole('button', { name: 'Save' }).click(),
  ]);
};

/** Answers Salesforce's login and consent pages, in whatever order they come, until the address is Okta's again. */
export const approveInSalesforce = async (
  page: Page,
  oktaUrl: string,
  { username, password }: Person
): Promise<void> => {
  for (let pages = 0; !page.url().startsWith(oktaUrl); pages += 1) {
    if (pages === 10) throw new Error(`Salesforce goes on asking: ${page.url()}`);
    const login = page.locator('input[name=pw]');
    if ((await login.count()) > 0) {
      await page.locator('input[name=username]').fill(username);
      await login.fill(password);
      await Promise.all([page.waitForNavigation(), login.press('Enter')]);
    } else {
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: /^\s*allow\s*$/i }).click()]);
    }
    await page.waitForLoadState('load');
  }
};
