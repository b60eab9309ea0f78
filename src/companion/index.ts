/**
 * The companion page of the console path: a server on 127.0.0.1 that shows a person what to do on the two consoles, hands over
 * key and secret at a click, and turns each task green as evidence arrives. It shows what it is told and asks no vendor.
 */
import type { StepEvent } from '../engine/runner.ts';
import type { Secret } from '../secret.ts';
import { startServer } from './server.ts';
import { after, type Ending, type PageState } from './state.ts';

export type { Ending } from './state.ts';

export interface CompanionOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly endsAt: number;
  readonly command: string;
  /** Says something on the terminal. */
  readonly tell: (line: string) => void;
  /** Key and secret, read at the click; absent where a person copies them from Salesforce. */
  readonly consumer?:
    | {
        readonly offered: () => boolean;
        readonly reveal: () => Promise<{ readonly key: string; readonly secret: Secret }>;
      }
    | undefined;
  /** A link that signs a browser in to Salesforce as the integration user, once. */
  readonly signIn?: { readonly user: string; readonly url: () => Promise<string> } | undefined;
  /** The link of the approval by API that is offered now. */
  readonly approvalUrl?: (() => string | undefined) | undefined;
}

export interface Companion {
  /** Opens the page, once. */
  readonly link: string;
  /** Whether it has opened it: it does so no more. */
  readonly linkUsed: () => boolean;
  readonly show: (event: StepEvent) => void;
  /** Tells the page how the run ended, and stops the server. */
  readonly end: (ending: Ending) => Promise<void>;
}

export const startCompanion = async (options: CompanionOptions): Promise<Companion> => {
  const { port, endsAt, command, tell, consumer, signIn, approvalUrl } = options;
  let state: PageState = { tasks: [], summary: '', endsAt, command };
  const server = await startServer(port, {
    state: () => state,
    tell,
    offers: () => ({ reveal: consumer?.offered() ?? false, ...(signIn && { signIn: signIn.user }) }),
    reveal: async () => {
      if (!consumer?.offered()) throw new Error('not offered');
      const { key, secret } = await consumer.reveal();
      return { key, secret: secret.reveal() };
    },
    signIn: async () => {
      if (!signIn) throw new Error('not offered');
      return { url: await signIn.url() };
    },
    approve: async () => {
      const url = approvalUrl?.();
      if (url === undefined) throw new Error('not offered');
      return { url };
    },
  });
  const become = (next: PageState): void => {
    if (next === state) return;
    state = next;
    server.publish();
  };
  return {
    link: server.link,
    linkUsed: server.linkUsed,
    show: (event) => become(after(state, event)),
    end: async (ended) => {
      become({ ...state, ended });
      await server.close();
    },
  };
};
