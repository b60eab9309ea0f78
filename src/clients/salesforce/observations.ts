/** What only those ask who watch: settings of the org, its OAuth log, permission sets. contracts/salesforce.md §4.3, §7 */
import { z } from 'zod';
import type { SalesforceCalls } from './call.ts';
import { quoted } from './soql.ts';
import { idpEvent, permissionSet, type IdpEvent, type PermissionSet } from './types.ts';

/** Each Settings component, and its one member. */
export const SETTINGS = {
  ExternalClientAppSettings: 'ExternalClientApp',
  ConnectedAppSettings: 'ConnectedApp',
} as const;

export interface Observations {
  /** The booleans that are on and off. One that is absent does not exist in this org (§4.3). */
  readonly settings: (type: keyof typeof SETTINGS) => Promise<ReadonlyMap<string, boolean>>;
  /** Authorizations and token exchanges of all apps since a time, oldest first. */
  readonly oauthEvents: (since: string) => Promise<IdpEvent[]>;
  /** Permission sets by the beginning of their API name. */
  readonly permissionSets: (prefix: string) => Promise<PermissionSet[]>;
}

const EVENTS_READ = 500;

export const observations = ({ query, readMetadata }: SalesforceCalls): Observations => ({
  settings: async (type) => {
    const [component] = z.array(z.record(z.string(), z.unknown())).parse(await readMetadata(type, [SETTINGS[type]]));
    const on = (value: unknown): boolean => value === true || value === 'true';
    const known = Object.entries(component ?? {}).filter(
      ([, value]) => on(value) || value === false || value === 'false'
    );
    return new Map(known.map(([name, value]) => [name, on(value)]));
  },
  oauthEvents: async (since) => {
    const fields = 'Timestamp, InitiatedBy, ErrorCode, AppId, UserId';
    const rows = await query(
      `SELECT ${fields} FROM IdpEventLog WHERE Timestamp >= ${new Date(since).toISOString()} ORDER BY Timestamp DESC LIMIT ${EVENTS_READ}`
    );
    return z.array(idpEvent).parse(rows).reverse();
  },
  // An underscore matches any character in LIKE, which does no harm here.
  permissionSets: async (prefix) =>
    z
      .array(permissionSet)
      .parse(await query(`SELECT Id, Name, CreatedDate FROM PermissionSet WHERE Name LIKE ${quoted(`${prefix}%`)}`)),
});
