/**
 * Reads the System Log, GET /api/v1/logs. contracts/okta.md §5.1
 * - `since` is 7 days before `until` unless told; a bad date is 400 E0000001; over 180 days ago 400 E0000053;
 * nothing older than 90 days is kept
 * - bounded (`until`, or DESCENDING): `next` only while there is more
 * - polling (no `until`, ASCENDING): `next` always, also when the page is empty
 * - `after` comes from a link and stands for `since`; both together are 400 (text UNCONFIRMED)
 * - `q`: at most 10 keywords of 40 characters, all of which an event must hold
 * - `filter`: fields of the event but `published`; unknown field 400 E0000053, operator it lacks 400 E0000031
 * - not simulated: lag between an event and its appearance, query timeout, `[]` in filters
 */
import { Hono } from 'hono';
import { linkBase, type Okta, type OktaEnv } from '../context.ts';
import { badCursor, badFilter, invalid } from '../errors.ts';
import { limitOf, link } from '../paging.ts';
import type { EventRecord, Json } from '../records.ts';
import { isJson, knows } from '../requests.ts';
import { parseFilter, type Fields, type Predicate } from '../scim.ts';
import { eventWire } from '../wire/event.ts';

const DAY = 86_400_000;
const TEXT = ['eq', 'co', 'sw', 'pr'];
const FIELDS: Fields = Object.fromEntries(
  [
    'eventType',
    'uuid',
    'severity',
    'displayMessage',
    'legacyEventType',
    'outcome.result',
    'outcome.reason',
    'transaction.id',
    'transaction.type',
    'client.ipAddress',
    ...['actor', 'target'].flatMap((who) => ['id', 'type', 'alternateId', 'displayName'].map((key) => `${who}.${key}`)),
  ].map((name) => [name, TEXT])
);

export const logRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>().get(
    '/api/v1/logs',
    knows(okta, 'since', 'until', 'filter', 'q', 'limit', 'sortOrder', 'after'),
    (c) => {
      const query = c.req.query();
      const asked = readQuery(okta, query);
      const found = okta.store.events.filter((event) => within(event, asked) && matches(event, asked));
      if (asked.descending) found.reverse();
      const page = found.slice(0, asked.limit);
      c.header('link', link(linkBase(okta), c.req.path, query, 'self'), { append: true });
      if (asked.polling || found.length > page.length) {
        const floor = asked.position?.floor ?? lastBefore(okta, asked);
        const after = cursor({ at: page.at(-1)?.sequence ?? asked.position?.at ?? floor, floor });
        c.header('link', link(linkBase(okta), c.req.path, { ...withoutSince(query), after }, 'next'), { append: true });
      }
      return c.json(page.map(eventWire));
    }
  );

const withoutSince = (query: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'since'));

/** What `after` stands for: the event it stopped at, and the last one that is too old for the whole query. */
interface Position {
  readonly at: number;
  readonly floor: number;
}

interface Asked {
  readonly since: number;
  readonly until: number;
  readonly position: Position | undefined;
  readonly descending: boolean;
  readonly polling: boolean;
  readonly limit: number;
  readonly wanted: Predicate | undefined;
  readonly words: readonly string[];
}

const readQuery = ({ clock }: Okta, query: Readonly<Record<string, string>>): Asked => {
  const { since, until, filter, q, limit, sortOrder, after } = query as Partial<Record<string, string>>;
  if (since !== undefined && after !== undefined) throw invalid('after', 'after: cannot be used together with since');
  const now = clock.now();
  const end = until === undefined ? now : date('until', until);
  const start = since === undefined ? end - 7 * DAY : date('since', since);
  if (start < now - 180 * DAY) {
    throw badFilter('The since parameter is over 180 days prior to the current day.');
  }
  const descending = order(sortOrder) === 'DESCENDING';
  return {
    since: Math.max(start, now - 90 * DAY),
    until: until === undefined ? Infinity : end,
    position: after === undefined ? undefined : position(after),
    descending,
    polling: until === undefined && !descending,
    limit: limit === '0' ? 0 : limitOf(limit, { otherwise: 100, max: 1000 }),
    wanted: filter === undefined ? undefined : parseFilter(filter, FIELDS),
    words: keywords(q),
  };
};

const date = (name: string, given: string): number => {
  const time = /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(time)) throw invalid(name, `${name}: The date format is not valid.`);
  return time;
};

const order = (given = 'ASCENDING'): 'ASCENDING' | 'DESCENDING' => {
  if (given !== 'ASCENDING' && given !== 'DESCENDING')
    throw invalid('sortOrder', `sortOrder: '${given}' is not valid.`);
  return given;
};

const keywords = (q = ''): string[] => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 10 || words.some(({ length }) => length > 40))
    throw invalid('q', 'q: too many or too long keywords.');
  return words;
};

/** Opaque to clients: Okta's look like a time and a number. */
const cursor = ({ at, floor }: Position): string => `${String(at).padStart(13, '0')}_${floor}`;

const position = (after: string): Position => {
  const [, at, floor] = /^(\d{13})_(\d+)$/.exec(after) ?? [];
  if (at === undefined || floor === undefined) throw badCursor();
  return { at: Number(at), floor: Number(floor) };
};

/** Where an empty first page of a poll stands: behind all that was before its time. */
const lastBefore = ({ store }: Okta, { since }: Asked): number =>
  store.events.findLast(({ published }) => published < since)?.sequence ?? 0;

const within = (
  { published, sequence }: EventRecord,
  { since, until, position: where, descending }: Asked
): boolean => {
  if (published >= until) return false;
  if (where === undefined) return published >= since;
  return descending ? sequence < where.at && sequence > where.floor : sequence > where.at;
};

const matches = (event: EventRecord, { wanted, words }: Asked): boolean => {
  const wire = eventWire(event);
  const text = words.length > 0 ? JSON.stringify(wire).toLowerCase() : '';
  return words.every((word) => text.includes(word)) && (!wanted || wanted((attribute) => valuesOf(wire, attribute)));
};

const valuesOf = (wire: Json, attribute: string): Array<string | null> => {
  const [first = '', second] = attribute.split('.');
  const top = wire[first];
  if (second === undefined) return [asText(top)];
  return (Array.isArray(top) ? top : [top]).map((one: unknown) => (isJson(one) ? asText(one[second]) : null));
};

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
