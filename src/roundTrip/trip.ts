/** What a round trip works with, and how it writes and waits. */
import type { OktaClient } from '../clients/okta/client.ts';
import type { App, User } from '../clients/okta/types.ts';
import type { SalesforceClient } from '../clients/salesforce/client.ts';
import type { CheckResult } from '../engine/check.ts';
import type { Patience } from '../resources/context.ts';

/** The user who is sent. */
export interface Traveller {
  readonly login: string;
  /** Made, activated and deactivated in Okta by this product; else a user who is somebody's. */
  readonly own: boolean;
  readonly oktaUser?: User;
  /** What the assignment sets, since no mapping does. */
  readonly profile: Readonly<Record<string, string>>;
}

export interface Trip {
  readonly okta: OktaClient;
  readonly salesforce: SalesforceClient;
  readonly app: App;
  readonly traveller: Traveller;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new deadline for each thing that is waited for, and how long it is in words. */
  readonly patience: () => Patience;
  readonly minutes: number;
  readonly memory: Memory;
  readonly emit: (event: HopEvent) => void;
}

/** What both parts of a trip, and the next run, are told: a hint, since both orgs are read again. */
export interface Memory {
  readonly salesforceId: () => string | undefined;
  /** Whether the user was assigned by this product and not taken away since. */
  readonly assigned: () => boolean;
  /** Okta's time at which this machine woke the test user; none where a kill may have come in between. */
  readonly woken: () => string | undefined;
  readonly note: (facts: {
    readonly salesforceId?: string;
    readonly assigned?: boolean;
    readonly woken?: string;
  }) => Promise<void>;
}

export type HopEvent =
  { readonly type: 'started'; readonly id: string } | { readonly type: 'ended'; readonly result: CheckResult };

/** Okta's states of a user who can be given an app (contracts/okta.md §4.1, E0000117). */
export const USABLE = ['ACTIVE', 'PROVISIONED', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'];
export const DORMANT = ['STAGED', 'DEPROVISIONED'];

/**
 * Writes once. Where that fails, what is there decides: an answer may be lost although the work was done, and neither vendor
 * takes a write twice for one.
 */
export const settled = async <T>(write: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    const there = await look();
    if (there === undefined) throw error;
    return there;
  }
};

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** Looks until something is seen, ever less often, and once more when the time is up; then undefined. */
export const untilSeen = async <T>(patience: Patience, look: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    const seen = await look();
    if (seen !== undefined || patience.over() || !(await patience.pause(pause))) return seen;
  }
};

export const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;
