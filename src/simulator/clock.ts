/** The time that both simulated vendors live in, so that "later than" between the two means something. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets time pass. Each request passes one second, so that no two records of one journey share a timestamp. */
  readonly advance: (milliseconds: number) => void;
}

const TEST_EPOCH = Date.UTC(2026, 8, 1, 9, 0, 0);

/** Stands still but for `advance`: the same requests in the same order always give the same timestamps. */
export const deterministicClock = (start: number = TEST_EPOCH): Clock => {
  let now = start;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};

/** Runs with the wall clock, for people who wait in real time (propagation, rate limits), plus what was advanced. */
export const runningClock = (): Clock => {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
};
