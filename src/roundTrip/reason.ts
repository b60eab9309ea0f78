/** What Okta's log says of a failure. contracts/okta.md §4.3, §5: an assignment does not say why it failed, the log does. */
import { lacksRight } from '../clients/okta/errors.ts';
import type { LogEvent } from '../clients/okta/types.ts';
import type { EvidenceSource } from '../engine/check.ts';
import { untilSeen, type Trip } from './trip.ts';

export interface Reason {
  readonly words: string;
  readonly evidence: readonly EvidenceSource[];
}

/** The log lags, and is looked at a few times where Okta has just said that something failed. */
const LOOKS = 5;
const PROVISION = 'application.provision.user.';
const OF_THE_APP = 'application.integration.';

/** The newest failure about the user, or of the whole app's credentials, since a time of Okta's. */
export const reasonOf = async (trip: Trip, userId: string, since: string, looks = LOOKS): Promise<Reason> => {
  let left = looks;
  const patience = trip.patience();
  const few = { ...patience, pause: async (ms: number) => (left -= 1) > 0 && patience.pause(ms) };
  try {
    const event = await untilSeen(few, async () =>
      newestFailure((await trip.okta.logOfApp(trip.app.id, since)).rows, userId)
    );
    if (!event) return { words: "Okta's log tells no reason", evidence: [{ source: 'GET /api/v1/logs' }] };
    const { eventType, outcome, uuid, published } = event;
    return {
      words: `Okta's log says ${eventType}: ${outcome?.reason ?? 'no reason given'}`,
      evidence: [{ source: 'GET /api/v1/logs', record: uuid, at: published }],
    };
  } catch (error) {
    trip.signal.throwIfAborted();
    const why = lacksRight(error) ? 'these credentials may not read it' : (error as Error).message;
    return { words: `Okta's log could not be read for the reason: ${why}`, evidence: [] };
  }
};

const newestFailure = (events: readonly LogEvent[], userId: string): LogEvent | undefined => {
  const failures = events.filter(({ outcome }) => outcome?.result === 'FAILURE');
  return (
    failures.findLast(({ eventType, target }) => eventType.startsWith(PROVISION) && isAbout(target, userId)) ??
    failures.findLast(({ eventType }) => eventType.startsWith(OF_THE_APP))
  );
};

const isAbout = (target: LogEvent['target'], userId: string): boolean =>
  target?.some(({ id }) => id === userId) ?? false;
