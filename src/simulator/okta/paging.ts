/**
 * Lists by cursor. contracts/okta.md §1.1 "Pagination"
 * - two `Link` values with absolute URLs on the org's canonical host, `self` and `next`; query parameters sorted by name. That
 *   it is so for an org that is asked at a custom domain is UNCONFIRMED: a knob
 * - no `next` on the last page
 * - a cursor that names nothing is 400 E0000029 "Invalid cursor."
 */
import { badCursor, invalid } from './errors.ts';

/** One link, its parameters sorted as Okta sorts them. */
export const link = (
  base: string,
  path: string,
  query: Readonly<Record<string, string>>,
  rel: 'self' | 'next'
): string => {
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  const search = new URLSearchParams(sorted).toString().replaceAll('+', '%20');
  return `<${base}${path}${search ? `?${search}` : ''}>; rel="${rel}"`;
};

/** A page size as asked for. That a size above the maximum is refused and not cut is UNCONFIRMED. */
export const limitOf = (given: string | undefined, { otherwise, max }: { otherwise: number; max: number }): number => {
  if (given === undefined) return otherwise;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw invalid('limit', `limit: must be 1 to ${max}.`);
  return limit;
};

export interface Page<T> {
  readonly items: readonly T[];
  readonly links: readonly string[];
}

/** The page after the cursor, which is the id of the last item of the page before. */
export const pageOf = <T>(
  all: readonly T[],
  idOf: (item: T) => string,
  where: { base: string; path: string; query: Readonly<Record<string, string>>; limit: number }
): Page<T> => {
  const { base, path, query, limit } = where;
  const after = query['after'];
  const start = after === undefined ? 0 : all.findIndex((item) => idOf(item) === after) + 1;
  if (after !== undefined && start === 0) throw badCursor();
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  const links = [link(base, path, query, 'self')];
  if (last !== undefined && start + limit < all.length) {
    links.push(link(base, path, { ...query, after: idOf(last), limit: String(limit) }, 'next'));
  }
  return { items, links };
};
