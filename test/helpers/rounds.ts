/** How long the longest chain of requests is of which each had to wait for the answer to the one before. */
import type { Simulator } from '../../src/simulator/index.ts';

/** How long nothing may arrive until a round is taken to be whole, in milliseconds. */
const QUIET = 200;

export interface Held {
  readonly release: () => void;
  readonly rounds: () => number;
}

/**
 * Holds back every answer of these sides until nothing more is asked, then lets all go at once, until `release`: so many
 * rounds as there are, so many requests had to wait for one another. `by` are the user agents whose answers are held.
 */
export const holdAnswers = (sides: ReadonlyArray<Pick<Simulator['okta'], 'fail'>>, by: readonly string[]): Held => {
  let [held, rounds, arrivals]: [Array<() => void>, number, number] = [[], 0, 0];
  /** A busy machine may let the time pass before it looks at what has arrived: then there are turns left to look. */
  const letGo = (seen: number, turns: number): void => {
    if (seen !== arrivals) return;
    if (turns > 0) {
      setImmediate(() => letGo(seen, turns - 1));
      return;
    }
    rounds += 1;
    const free = held;
    held = [];
    free.forEach((go) => go());
  };
  const until = async (): Promise<void> =>
    new Promise((resolve) => {
      held.push(resolve);
      arrivals += 1;
      const seen = arrivals;
      setTimeout(() => letGo(seen, 20), QUIET);
    });
  const undo = sides.flatMap(({ fail }) =>
    by.map((agent) => fail({ on: 1, by: agent, with: { until }, times: Infinity }))
  );
  return { release: () => undo.forEach((one) => one()), rounds: () => rounds };
};
