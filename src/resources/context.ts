import type { JournalEntry } from '../engine/journal.ts';
import type { Resource } from '../engine/world.ts';
import type { OktaClient } from '../clients/okta/client.ts';
import type { SalesforceClient } from '../clients/salesforce/client.ts';
import type { Intent } from '../intent.ts';
import type { Secret } from '../secret.ts';

/** What reads, steps and checks work with: both orgs' clients, what the person wants, and how long they are ready to wait. */
export interface Context {
  readonly salesforce: SalesforceClient;
  readonly okta: OktaClient;
  readonly intent: Intent;
  readonly patience: Patience;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Where a key and secret that were chosen here go; absent where there is no page to take them to a person. */
  readonly handOver?: (consumer: { readonly key: string; readonly secret: Secret }) => void;
  /** Takes a link to a person who approves; absent where nobody is there. */
  readonly desk?: ApprovalDesk;
  /** With `--reauthenticate`: the time of the newest grant when the run began. Only a later one counts. */
  readonly grantsAfter?: string;
  /** Where there is no approval yet: how far back Okta's log is searched for what went wrong. */
  readonly logAfter: string;
  /** What this machine's journal of the pair says; only looked at. */
  readonly journal: (orgId: string) => Promise<readonly JournalEntry[]>;
}

/** Who takes the link of an approval to a person, and brings back what the last page shows. */
export interface ApprovalDesk {
  readonly offer: (link: URL, approver: string) => Offer;
}

export interface Offer {
  /** What a person has brought back since the last time that it was asked. */
  readonly returned: () => string | undefined;
  /** Settles once there is something that `returned` or `declined` would tell. */
  readonly news: () => Promise<void>;
  /** What a person brought back is no good; it can be brought again. */
  readonly refuse: (problem: string) => void;
  /** Whether the person has declined to be shown the link. */
  readonly declined: () => boolean;
  readonly withdraw: () => void;
}

/** The one deadline of a run, for everything that waits on a person or a vendor. */
export interface Patience {
  /** Whether there is no time left to wait at all. */
  readonly over: () => boolean;
  /** Waits, no longer than until `sooner` settles; false, at once, when the time is up. */
  readonly pause: (milliseconds: number, sooner?: Promise<void>) => Promise<boolean>;
}

export type PairResource<State> = Resource<State, Context>;
