import { sleepFor, type Pause } from './pause.ts';

/** How long an answer may take: what comes later is as good as none. */
export const READ_LIMIT = 60_000;
/** A write may do much before it answers, and giving it up leaves open what it did. */
export const WRITE_LIMIT = 5 * 60_000;

/** Lets the time pass that a call may take; the signal says that the call has ended. Tests decide themselves when it is over. */
export type TimeLimit = Pause;
export const realTime: TimeLimit = sleepFor;

/** Said in place of the exception that each abort would otherwise make, with a stack, for nobody. */
const ENDED = 'the call has ended';

/** Ends with the work, or with `late` when its time is over; then the signal tells the work to stop. */
export const within = async <T>(
  {
    limit,
    milliseconds,
    late,
  }: { readonly limit: TimeLimit; readonly milliseconds: number; readonly late: () => Error },
  work: (over: AbortSignal) => Promise<T>
): Promise<T> => {
  const ended = new AbortController();
  const timeOver = async (): Promise<never> => {
    await limit(milliseconds, ended.signal);
    throw late();
  };
  try {
    return await Promise.race([work(ended.signal), timeOver()]);
  } finally {
    ended.abort(ENDED);
  }
};
