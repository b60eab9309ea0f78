/** What a log says since a time, oldest first. */
export interface LogWindow<Row> {
  readonly rows: Row[];
  /** Where more was there than is read: the time of the oldest row that was. What came before it is not known. */
  readonly cutAt?: string;
}

/** Of rows that came newest first, and `full` where older ones were left out. */
export const windowOf = <Row>(
  newestFirst: readonly Row[],
  full: boolean,
  timeOf: (row: Row) => string
): LogWindow<Row> => {
  const oldest = newestFirst.at(-1);
  return { rows: newestFirst.toReversed(), ...(full && oldest !== undefined && { cutAt: timeOf(oldest) }) };
};
