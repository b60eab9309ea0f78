/** A real browser: an installed Chrome where CHROME_PATH names one, else the Chromium that comes by npm. */
import bundled from '@sparticuz/chromium';
import { chromium, type Browser, type Page } from 'playwright-core';

export const startBrowser = async (): Promise<Browser> => {
  const installed = process.env['CHROME_PATH'];
  const executablePath = installed ?? (await bundled.executablePath());
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
};

export interface Person {
  readonly username: string;
  readonly password: string;
}

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
