import type { Status } from '../../../src/engine/check.ts';
import type { Kind } from '../../helpers/healthy.ts';
import type { Flags, Pair } from '../../helpers/pair.ts';

/** One thing that goes wrong with a healthy pair, and exactly the claims that it changes. */
export interface Fault {
  readonly what: string;
  readonly kinds?: readonly Kind[];
  readonly flags?: Flags;
  readonly make: (pair: Pair, kind: Kind) => Promise<void> | void;
  readonly finds: Readonly<Record<string, Status>>;
  /** The dry run cannot read what it needs, so it ends as the error that says this and plans nothing; no claim of a step may fail then. */
  readonly unplannable?: RegExp;
}

export const fault = (
  what: string,
  make: Fault['make'],
  finds: Fault['finds'],
  more: Partial<Pick<Fault, 'kinds' | 'flags' | 'unplannable'>> = {}
): Fault => ({ what, make, finds, ...more });

export const all = (status: Status, ...ids: readonly string[]): Record<string, Status> =>
  Object.fromEntries(ids.map((id) => [id, status]));
