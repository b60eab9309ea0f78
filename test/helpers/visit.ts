/** A visit to the companion page: the real `sf` on a terminal, a browser beside it, and the two orgs that both reach. */
import { expect } from 'chai';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { runningClock, startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { household, oktaEnvironment, setup, type Household } from './sfCli.ts';
import { LINK, onTerminal, type Terminal } from './terminal.ts';

/** Another port in each process of the tests. */
export const COMPANION_PORT = ['--companion-port', String(20_000 + (process.pid % 20_000))];

/** Of a browser whose pages may use the clipboard. */
export const WITH_CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

interface Circumstances {
  readonly scenario?: SimulatorOptions['scenario'];
  readonly browsing?: BrowserContextOptions;
}

export class Visit {
  public readonly sim: Simulator;
  public readonly people: Household;
  public readonly context: BrowserContext;
  #terminal: Terminal | undefined;

  private constructor(sim: Simulator, people: Household, context: BrowserContext) {
    this.sim = sim;
    this.people = people;
    this.context = context;
  }

  /** Of the command that was started last. */
  public get terminal(): Terminal {
    if (!this.#terminal) throw new Error('No command was started.');
    return this.#terminal;
  }

  /** Somebody is logged in to the target org, and no command runs yet. */
  public static async start(browser: Browser, { scenario, browsing = {} }: Circumstances = {}): Promise<Visit> {
    const sim = await startSimulator({ ...(scenario && { scenario }), clock: runningClock() });
    const people = await household(oktaEnvironment(sim));
    await people.login(sim);
    return new Visit(sim, people, await browser.newContext(browsing));
  }

  /** Starts `setup`, and opens the page that it names. */
  public async open(...flags: string[]): Promise<Page> {
    this.#terminal = onTerminal(this.people, setup(this.sim, ...COMPANION_PORT, ...flags));
    const companion = await this.context.newPage();
    await companion.goto(await this.terminal.shows(LINK));
    return companion;
  }

  /** Interrupts a command that still runs. Nothing may have been asked that the simulators do not know. */
  public async end(): Promise<void> {
    this.#terminal?.press('Ctrl-C');
    await this.#terminal?.exitCode;
    await this.context.close();
    await this.sim.close();
    expect([...this.sim.salesforce.unknown, ...this.sim.okta.unknown]).to.deep.equal([]);
  }
}

/** Presses the button that copies a value; what is in the clipboard then. */
export const copied = async (companion: Page, name: string): Promise<string> => {
  await companion.bringToFront();
  await companion.getByRole('button', { name: `Copy ${name}` }).click();
  await companion.getByRole('button', { name: `Copied ${name}` }).waitFor();
  return companion.evaluate('navigator.clipboard.readText()');
};
