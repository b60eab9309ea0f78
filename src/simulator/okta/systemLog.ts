/**
 * Writes the System Log; `routes/logs.ts` reads it. contracts/okta.md §5.2
 * - every write to apps, assignments and users leaves the events of §5.2 with their actor
 * - targets are found by id, not by place; `changeDetails` sits on the app's target
 * - `outcome.reason` has at most 255 characters
 */
import type { Clock } from '../clock.ts';
import type { Ids } from './ids.ts';
import type { AppRecord, AssignmentRecord, Author, EventRecord, EventTarget, UserRecord } from './records.ts';
import type { OktaStore } from './store.ts';

interface Entry {
  readonly eventType: string;
  readonly targets: readonly EventTarget[];
  readonly failure?: string;
}

export class SystemLog {
  readonly #store: OktaStore;
  readonly #clock: Clock;
  readonly #ids: Ids;
  #sequence = 0;

  public constructor(store: OktaStore, clock: Clock, ids: Ids) {
    this.#store = store;
    this.#clock = clock;
    this.#ids = ids;
  }

  public write(author: Author, { eventType, targets, failure }: Entry): void {
    this.#sequence += 1;
    const event: EventRecord = {
      sequence: this.#sequence,
      uuid: this.#ids.uuid(),
      published: this.#clock.now(),
      eventType,
      author,
      result: failure === undefined ? 'SUCCESS' : 'FAILURE',
      reason: failure?.slice(0, 255) ?? null,
      targets,
    };
    this.#store.events.push(event);
  }

  public reset(): void {
    this.#sequence = 0;
  }
}

export const appTarget = (
  { id, label }: AppRecord,
  changeDetails?: NonNullable<EventTarget['changeDetails']>
): EventTarget => ({
  id,
  type: 'AppInstance',
  alternateId: label,
  displayName: label,
  detailEntry: null,
  ...(changeDetails && { changeDetails }),
});

export const userTarget = ({ id, profile }: UserRecord): EventTarget => ({
  id,
  type: 'User',
  alternateId: profile.login,
  displayName: `${profile.firstName} ${profile.lastName}`,
  detailEntry: null,
});

/** The three things that an event about an assignment names. */
export const assignmentTargets = (
  assignment: AssignmentRecord,
  app: AppRecord,
  user: UserRecord
): readonly EventTarget[] => [
  {
    id: assignment.id,
    type: 'AppUser',
    alternateId: assignment.userName,
    displayName: `${user.profile.firstName} ${user.profile.lastName}`,
    detailEntry: null,
  },
  appTarget(app),
  userTarget(user),
];
