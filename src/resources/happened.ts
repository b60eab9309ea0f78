/** Something that a log says went well, went wrong, or neither. */
export interface Happened {
  readonly at: string;
  readonly ok: boolean | undefined;
  readonly what: string;
  readonly source: string;
  readonly record?: string;
}

/** Whether the failures that are seen are all that matter: true also of a log that is cut, once it shows that all went well again. */
export const isWhole = (events: readonly Happened[], cut: boolean): boolean =>
  !cut || events.some(({ ok }) => ok !== undefined);

/** The failures after the last success, newest first: those before it are over. */
export const unresolved = (events: readonly Happened[]): Happened[] => {
  const lastSuccess = events
    .filter(({ ok }) => ok === true)
    .reduce((latest, { at }) => Math.max(latest, Date.parse(at)), Number.NEGATIVE_INFINITY);
  return events
    .filter(({ ok, at }) => ok === false && Date.parse(at) > lastSuccess)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
};
