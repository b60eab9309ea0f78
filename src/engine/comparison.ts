import type { Change, Json } from './change.ts';

/** One field of a resource, held against what is wanted. Steps make changes of those that differ; checks judge each. */
export interface Comparison {
  /** The id of the claim that the field proves, or below it. */
  readonly path: string;
  readonly actual: Json | undefined;
  readonly expected: Json;
  readonly same: boolean;
}

/** Compares by value; order in a list does not count, since neither vendor keeps it. */
export const compare = (path: string, actual: Json | undefined, expected: Json): Comparison => ({
  path,
  actual,
  expected,
  same: canonical(actual) === canonical(expected),
});

export const differences = (comparisons: readonly Comparison[]): Change[] =>
  comparisons
    .filter(({ same }) => !same)
    .map(({ path, actual, expected }) => ({ path, ...(actual === undefined ? {} : { from: actual }), to: expected }));

const canonical = (value: Json | undefined): string =>
  JSON.stringify(Array.isArray(value) ? [...(value as readonly Json[])].map(canonical).sort() : (value ?? null));
