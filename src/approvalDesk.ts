/**
 * Takes the link of an approval to the person at the terminal, and brings back what the last page shows. The link holds Okta's
 * `state`: where there is a companion page it is behind a button there, else it is shown on the terminal when that is asked for.
 * What is brought back holds Okta's code and is never echoed.
 */
import type { ApprovalDesk } from './resources/context.ts';

export interface DeskOptions {
  /** Whether the link was asked for by a flag. */
  readonly showLink: boolean;
  readonly tell: (line: string) => void;
  /** Absent where nothing may be asked. */
  readonly confirm: ((message: string, signal: AbortSignal) => Promise<boolean>) | undefined;
  /** A text from the person; undefined when the question was taken back, or nobody answers. */
  readonly read: (signal: AbortSignal) => Promise<string | undefined>;
}

export interface TerminalDesk extends ApprovalDesk {
  /** From now on the link is behind a button of the companion page. */
  readonly leaveToPage: () => void;
  /** The link that is offered now. */
  readonly link: () => string | undefined;
}

const SHOW = "The link of the approval holds a one-time value of Okta's. Show it here?";

export const openDesk = ({ showLink, tell, confirm, read }: DeskOptions): TerminalDesk => {
  let onPage = false;
  let current: URL | undefined;
  return {
    leaveToPage: () => void (onPage = true),
    link: () => current?.href,
    offer: (link, approver) => {
      const over = new AbortController();
      let returned: string | undefined;
      let declined = false;
      let news = Promise.withResolvers<void>();
      current = link;
      const ask = async (): Promise<void> => {
        returned = await read(over.signal);
        if (returned !== undefined) news.resolve();
      };
      const attend = async (): Promise<void> => {
        if (showLink || !onPage) {
          declined = !showLink && !(await confirm?.(SHOW, over.signal));
          if (declined) news.resolve();
          if (declined || over.signal.aborted) return;
          tell(`Open this link, log in to Salesforce as ${approver}, and press Allow:`);
          tell(link.href);
        }
        await ask();
      };
      void attend();
      return {
        returned: () => {
          const text = returned;
          returned = undefined;
          if (text !== undefined) news = Promise.withResolvers<void>();
          return text;
        },
        news: async () => news.promise,
        refuse: (problem) => {
          tell(`That was not it. ${problem}`);
          void ask();
        },
        declined: () => declined,
        withdraw: () => {
          current = undefined;
          over.abort();
        },
      };
    },
  };
};
