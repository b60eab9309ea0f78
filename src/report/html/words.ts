import type { Status } from '../../engine/check.ts';

/** What a person reads for each status. */
export const WORDS: Readonly<Record<Status, string>> = {
  pass: 'proven',
  fail: 'failed',
  warn: 'warning',
  unknown: 'cannot tell',
  skipped: 'not observable',
};
