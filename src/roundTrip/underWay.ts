/**
 * Two tests of a pair at once. On one machine the journal's lock keeps the second one out; from another machine the first one
 * is told by its test user, which has the same login everywhere and is awake in Okta only while a test runs.
 * Whether Okta refuses to activate a user who is active, or to assign one who is assigned, is unconfirmed
 * (contracts/okta.md §4.2): where it does, that tells too who came first.
 */
import { SfError } from '@salesforce/core';
import { OktaApiError } from '../clients/okta/errors.ts';
import type { User } from '../clients/okta/types.ts';
import { DORMANT, type Trip } from './trip.ts';

/** A test with the default --wait ends sooner, its clean-up and waits for rate limits included. */
const LONGEST_MINUTES = 45;
const MINUTE = 60_000;

/** Another test is under way; nothing of its is touched. */
export class TestUnderWayError extends SfError {
  public constructor(login: string, since: number | undefined) {
    const at = (time: number): string => new Date(time).toISOString();
    super(
      `Another test of this pair of orgs is under way: ${login} is in use in Okta${since === undefined ? '' : ` since ${at(since)}`}. It was left alone.`,
      'TestUnderWayError',
      [
        since === undefined
          ? 'Wait for it to end, then run the same command again.'
          : `Wait for it to end. If none is running, run the same command again after ${at(since + LONGEST_MINUTES * MINUTE)}: what a killed test left is then taken away.`,
      ]
    );
  }
}

/** What this machine knows of its own test. */
interface Mine {
  readonly assigned: boolean;
  readonly woken?: string | undefined;
}

/** Throws where the test user was woken by another machine, not long ago. What this machine left is taken away at once. */
export const refuseUnderWay = (
  login: string,
  user: User | undefined,
  { mine, now }: { readonly mine: Mine | undefined; readonly now: number }
): void => {
  const since = Date.parse(user?.statusChanged ?? '');
  if (!user || DORMANT.includes(user.status) || Number.isNaN(since)) return;
  const isMine = mine?.assigned && (!mine.woken || Date.parse(mine.woken) === since);
  if (!isMine && now - since <= LONGEST_MINUTES * MINUTE) throw new TestUnderWayError(login, since);
};

/** The same, as Okta has the user now. Who is somebody's is told otherwise. */
export const refuseOthers = async ({ okta, traveller, memory, now }: Trip): Promise<void> => {
  if (!traveller.own) return;
  const mine = { assigned: memory.assigned(), woken: memory.woken() };
  refuseUnderWay(traveller.login, await okta.user(traveller.login), { mine, now: now() });
};

/** Writes once what only one test may do. There although it was refused, it is the work of somebody else. */
export const settledAlone = async <T>(
  login: string,
  write: () => Promise<T>,
  look: () => Promise<T | undefined>
): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    const there = await look();
    if (there === undefined) throw error;
    if (isRefusal(error)) throw new TestUnderWayError(login, undefined);
    return there;
  }
};

const isRefusal = (error: unknown): boolean =>
  error instanceof OktaApiError && (error.data?.status ?? 500) >= 400 && (error.data?.status ?? 500) < 500;
