/** What JSON can say; what a change goes from and to. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One difference between what is there and what is wanted. `path` begins with the id of the claim that the difference
 * disproves, so that `verify` and `setup --dry-run` cannot disagree.
 */
export interface Change {
  readonly path: string;
  /** Absent where nothing was there. */
  readonly from?: Json;
  readonly to: Json;
  /** The change makes a new object: journalled before the call, since a lost answer leaves it without an owner. */
  readonly creates?: true;
}

/**
 * Why a change may not simply be made. `refused`: not with these flags. `in-use`: only when a person agrees (a prompt
 * or `--adopt`), because others depend on what is there.
 */
export interface Obstacle {
  readonly kind: 'refused' | 'in-use';
  readonly reason: string;
  /** What to do, each a command, a page or a person. */
  readonly actions: readonly string[];
  /** Of a `refused` one: what a person may choose between, so that it stands no longer. */
  readonly choice?: Choice;
}

/** What a flag could have said. */
export interface Choice {
  readonly question: string;
  /** The flag. */
  readonly sets: string;
  /** Its values, each with what tells it from the others. */
  readonly options: ReadonlyArray<{ readonly value: string; readonly facts: string }>;
}

/** A step that has an `in-use` obstacle but changes nothing asks nothing. */
export const standing = (changes: readonly Change[], obstacles: readonly Obstacle[]): Obstacle[] =>
  obstacles.filter(({ kind }) => kind === 'refused' || changes.length > 0);
