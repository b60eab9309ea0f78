/** Whether this run has a companion page, when its browser opens, what it hands over, and how it hears of the end. */
import { existsSync } from 'node:fs';
import { Messages, SfError, type Connection } from '@salesforce/core';
import type { TerminalDesk } from './approvalDesk.ts';
import { singleAccessUrl } from './clients/salesforce/singleAccess.ts';
import { startCompanion, type Companion, type CompanionOptions, type Ending } from './companion/index.ts';
import type { StepEvent } from './engine/runner.ts';
import type { Instruction } from './engine/step.ts';
import type { World } from './engine/world.ts';
import type { Consumer, ConsumerAtClick } from './consumerAtClick.ts';
import type { Intent } from './intent.ts';
import type { Context } from './resources/context.ts';
import { integrationUser } from './resources/integrationUser.ts';
import { consumerPath } from './steps/consoleNames.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'handshake');

export interface PageFlags {
  readonly 'no-browser'?: boolean | undefined;
  readonly 'companion-port'?: number | undefined;
  readonly handshake: string;
  readonly 'dry-run': boolean;
}

export interface Surfaces {
  readonly interactive: boolean;
  /** Whether the run waits for a person at all. */
  readonly waits: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Whether this machine is a container, where no browser can reach 127.0.0.1. */
  readonly container: boolean;
}

const CONTAINER_FILES = ['/.dockerenv', '/run/.containerenv'];
export const inContainer = (): boolean => CONTAINER_FILES.some((path) => existsSync(path));

const isRemote = ({ env, container }: Surfaces): boolean =>
  container ||
  ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY', 'KUBERNETES_SERVICE_HOST', 'CODESPACES'].some((name) => env[name]);

/** Whether key and secret are needed at all: not where nothing is written, nor without a handshake. */
export const wantsPage = (flags: Pick<PageFlags, 'handshake' | 'dry-run'>): boolean =>
  !flags['dry-run'] && flags.handshake !== 'none';

/** `none`: the terminal alone. `link`: a page that the person opens, through a forwarded port. `browser`: it opens by itself. */
export const pageMode = (flags: PageFlags, surfaces: Surfaces): 'none' | 'link' | 'browser' => {
  if (flags['no-browser'] === true || !wantsPage(flags) || !surfaces.interactive || !surfaces.waits) return 'none';
  if (isRemote(surfaces)) return flags['companion-port'] === undefined ? 'none' : 'link';
  return 'browser';
};

/** What to do instead, where the secret was asked for and no page can take it to a person. */
export const notRead = (app: Intent['oauthApp']): string => messages.getMessage('secretNotRead', [consumerPath(app)]);

type HowItEnded = 'ended' | 'interrupted' | 'broken';

export interface Page {
  /** Shows the event on the page, and gives it back as the terminal should show it. */
  readonly show: (event: StepEvent) => StepEvent;
  readonly end: (events: readonly StepEvent[], how: HowItEnded) => Promise<void>;
}

export const NO_PAGE: Page = { show: (event) => event, end: async () => {} };

/** Where only the port is missing for the page, the terminal says so beside what is to be copied by hand. */
const REMOTE: Page = {
  ...NO_PAGE,
  show: (event) => {
    if (event.type !== 'waiting' || event.final) return event;
    const { instruction } = event;
    return { ...event, instruction: { ...instruction, details: [...instruction.details, FORWARD] } };
  },
};

const FORWARD =
  'A page on your own machine can hand over key and secret instead: forward a port, such as by ssh -L 8765:127.0.0.1:8765, and run the command with --companion-port 8765.';

type PageOptions = Pick<CompanionOptions, 'endsAt' | 'command' | 'tell'> & {
  readonly desk?: TerminalDesk | undefined;
  readonly world: World<Context>;
  readonly connection: Connection;
  /** Absent with `--secret-access manual`. */
  readonly consumer?: ConsumerAtClick | undefined;
};

export const openPage = async (flags: PageFlags, surfaces: Surfaces, options: PageOptions): Promise<Page> => {
  const mode = pageMode(flags, surfaces);
  if (mode === 'none') return surfaces.interactive && isRemote(surfaces) ? REMOTE : NO_PAGE;
  const { endsAt, command, tell, world, connection, consumer, desk } = options;
  const user = await signedInUser(world);
  const companion = await startCompanion({
    ...{ endsAt, command, tell },
    port: flags['companion-port'] ?? 0,
    consumer: consumer && { offered: consumer.offered, reveal: async () => revealed(consumer, tell) },
    signIn: user === undefined ? undefined : { user, url: async () => singleAccessUrl(connection) },
    approvalUrl: desk?.link,
  });
  desk?.leaveToPage();
  return pageOf(companion, mode === 'browser', options);
};

/** The terminal tells of each click: nobody else's should go unseen. */
const revealed = async ({ reveal }: ConsumerAtClick, tell: (line: string) => void): Promise<Consumer> => {
  try {
    const consumer = await reveal();
    tell('The companion page was given key and secret, at a click.');
    return consumer;
  } catch (error) {
    if (error instanceof SfError)
      tell(`The companion page asked for the secret, in vain: ${[error.message, ...(error.actions ?? [])].join(' ')}`);
    throw error;
  }
};

/** The username of the `sf` login where it is the integration user's. Where that is not known yet, there is no button. */
const signedInUser = async (world: World<Context>): Promise<string | undefined> => {
  const user = await world.see(integrationUser).catch(() => undefined);
  if (user?.kind !== 'found') return undefined;
  const { Username } = user.user;
  return Username.toLowerCase() === world.context.salesforce.username.toLowerCase() ? Username : undefined;
};

const OPEN =
  'The companion page is open in a browser and shows the same. Its link works once: if you have lost the page, press Ctrl-C and run the command again.';

/** The link has a line of its own: broken in two, it could not be copied. */
const COMPANION = 'Companion page, with everything to copy:';
const COMPANION_WITH_SECRET =
  'Companion page, with everything to copy, key and secret too, so that you need not look for them in Salesforce:';

const pageOf = (companion: Companion, opens: boolean, { tell, consumer }: PageOptions): Page => {
  let opened = false;
  return {
    show: (event) => {
      companion.show(event);
      if (event.type !== 'waiting' || event.final) return event;
      if (opens && !opened) void openBrowser(companion.link, tell);
      opened = true;
      const { instruction } = event;
      const intro = consumer?.offered() && wantsSecret(instruction) ? COMPANION_WITH_SECRET : COMPANION;
      const where = companion.linkUsed() ? [OPEN] : [intro, companion.link];
      return { ...event, instruction: { ...instruction, details: [...where, ...instruction.details] } };
    },
    end: async (events, how) => companion.end(endingOf(events, how)),
  };
};

/** Whether something is to be entered that is shown nowhere: not where Okta has the secret already. */
const wantsSecret = ({ tasks = [] }: Instruction): boolean =>
  tasks.some(({ values }) => values.some(({ value }) => value === undefined));

const openBrowser = async (link: string, tell: (line: string) => void): Promise<void> => {
  const failed = (): void => tell(`No browser could be started; open ${link} yourself.`);
  try {
    const { default: open } = await import('open');
    (await open(link)).once('error', failed);
  } catch {
    failed();
  }
};

const endingOf = (events: readonly StepEvent[], how: HowItEnded): Ending => {
  if (how === 'interrupted') return { kind: 'interrupted', message: 'Nothing is lost. To go on from here, run:' };
  if (how === 'broken') return { kind: 'failed', message: 'The terminal tells why. To go on from here, run:' };
  const failed = events.find((event) => event.type === 'failed');
  if (failed) return { kind: 'failed', message: `${failed.error.message} To go on from here, run:` };
  const waiting = events.find((event) => event.type === 'waiting' && event.final);
  if (waiting?.type === 'waiting')
    return { kind: 'waiting', message: `${waiting.instruction.summary} Then, to go on from here, run:` };
  return {
    kind: 'connected',
    message: 'Okta is connected to Salesforce, and both orgs have proven it. You can close this page.',
  };
};
