/** Whether this run has a companion page, when its browser opens, and how the page hears of the end. */
import { existsSync } from 'node:fs';
import type { Connection } from '@salesforce/core';
import { singleAccessUrl } from './clients/salesforce/singleAccess.ts';
import { startCompanion, type Companion, type CompanionOptions, type Ending } from './companion/index.ts';
import type { StepEvent } from './engine/runner.ts';
import type { World } from './engine/world.ts';
import type { Context } from './resources/context.ts';
import { integrationUser } from './resources/integrationUser.ts';

export interface PageFlags {
  readonly 'no-browser'?: boolean | undefined;
  readonly 'companion-port'?: number | undefined;
  readonly handshake: string;
  readonly 'dry-run': boolean;
}

export interface Surfaces {
  readonly interactive: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Whether this machine is a container, where no browser can reach 127.0.0.1. */
  readonly container: boolean;
}

const CONTAINER_FILES = ['/.dockerenv', '/run/.containerenv'];
export const inContainer = (): boolean => CONTAINER_FILES.some((path) => existsSync(path));

const isRemote = ({ env, container }: Surfaces): boolean =>
  container ||
  ['SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY', 'KUBERNETES_SERVICE_HOST', 'CODESPACES'].some((name) => env[name]);

/** `none`: the terminal alone. `link`: a page that the person opens, through a forwarded port. `browser`: it opens by itself. */
export const pageMode = (flags: PageFlags, surfaces: Surfaces): 'none' | 'link' | 'browser' => {
  const unwanted = flags['no-browser'] === true || flags['dry-run'] || flags.handshake === 'none';
  if (unwanted || !surfaces.interactive) return 'none';
  if (isRemote(surfaces)) return flags['companion-port'] === undefined ? 'none' : 'link';
  return 'browser';
};

type HowItEnded = 'ended' | 'interrupted' | 'broken';

export interface Page {
  /** Shows the event on the page, and gives it back as the terminal should show it. */
  readonly show: (event: StepEvent) => StepEvent;
  readonly end: (events: readonly StepEvent[], how: HowItEnded) => Promise<void>;
}

export const NO_PAGE: Page = { show: (event) => event, end: async () => {} };

type PageOptions = Omit<CompanionOptions, 'port' | 'signInUrl'> & {
  readonly world: World<Context>;
  readonly connection: Connection;
};

export const openPage = async (flags: PageFlags, surfaces: Surfaces, options: PageOptions): Promise<Page> => {
  const mode = pageMode(flags, surfaces);
  if (mode === 'none') return NO_PAGE;
  const { world, connection } = options;
  const companion = await startCompanion({
    ...options,
    port: flags['companion-port'] ?? 0,
    signInUrl: (await isSignedInAsIntegrationUser(world))
      ? async (): Promise<string> => singleAccessUrl(connection)
      : undefined,
  });
  return pageOf(companion, mode === 'browser', options);
};

/** Where the user is not known yet, the page does without the button. */
const isSignedInAsIntegrationUser = async (world: World<Context>): Promise<boolean> =>
  world.see(integrationUser).then(
    (user) => user.kind === 'found' && user.byDefault,
    () => false
  );

/** The link has a line of its own: broken in two, it could not be copied. */
const COMPANION = 'Companion page, with everything to copy:';

const pageOf = (companion: Companion, opens: boolean, { tell }: PageOptions): Page => {
  let opened = false;
  return {
    show: (event) => {
      companion.show(event);
      if (event.type !== 'waiting' || event.final) return event;
      if (opens && !opened) void openBrowser(companion.link, tell);
      opened = true;
      const { instruction } = event;
      return {
        ...event,
        instruction: { ...instruction, details: [COMPANION, companion.link, ...instruction.details] },
      };
    },
    end: async (events, how) => companion.end(endingOf(events, how)),
  };
};

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
