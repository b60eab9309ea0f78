/** The org as text, to be compared. What only a browser holds (sessions, open questions, codes, mail) is no part of it. */
import type { SalesforceStore } from './store.ts';

const SETUP =
  `licenses profiles permissionSets permissions assignments entityAccess users userLogins passwords components
  consumers grants`.split(/\s+/);
const LOGS = ['loginHistory', 'idpEvents', 'auditTrail'];

const tablesOf = (store: SalesforceStore, names: readonly string[]): Record<string, unknown> => {
  const tables = new Map<string, unknown>(Object.entries(store));
  const content = names.map((name) => [name, [...((tables.get(name) ?? new Map()) as Map<string, unknown>)]]);
  return { organization: store.organization, ...(Object.fromEntries(content) as Record<string, unknown>) };
};

/** All that the org stores: two equal texts mean that nothing was written in between. */
export const snapshot = (store: SalesforceStore): string => canonical(tablesOf(store, [...SETUP, ...LOGS]));

/**
 * The same without logs, without times and with ids by order of appearance: two equal texts mean that two runs ended in
 * the same state, whatever it took to get there.
 */
export const setupSnapshot = (store: SalesforceStore): string => {
  const seen = new Map<string, string>();
  const ordinal = (id: string): string => {
    const name = seen.get(id.slice(0, 15)) ?? `${id.slice(0, 3)}#${seen.size + 1}`;
    seen.set(id.slice(0, 15), name);
    return name;
  };
  return canonical(tablesOf(store, SETUP))
    .replace(/"(?:createdDate|lastModifiedDate|lastUsedDate)":\d+,?/g, '')
    .replace(/"(?:CreatedDate|LastModifiedDate|LastLoginDate)":"[^"]*",?/g, '')
    .replace(/"(?:key|secret|refreshToken|deleteToken)":"[^"]*",?/g, '')
    .replace(/"spent":\[[^\]]*\],?|"useCount":\d+,?/g, '')
    .replace(/(?<![0-9A-WYZa-z])[0-9A-Za-z]{3}5j[0-9A-Za-z]{10}(?:[A-Z0-5]{3})?\b/g, ordinal);
};

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry
  );
