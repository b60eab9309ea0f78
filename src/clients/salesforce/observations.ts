/** What only those ask who watch: the OAuth log of the org, what a run may have left. contracts/salesforce.md §7 */
import { z } from 'zod';
import { windowOf, type LogWindow } from '../logWindow.ts';
import type { RestCalls } from './call.ts';
import { quoted } from './soql.ts';
import { idpEvent, permissionSet, type IdpEvent, type PermissionSet } from './types.ts';

export interface Observations {
  /** Authorizations and token exchanges of all apps since a time. */
  readonly oauthEvents: (since: string) => Promise<LogWindow<IdpEvent>>;
  /** Permission sets of an API name, with the time of their making. */
  readonly permissionSets: (name: string) => Promise<PermissionSet[]>;
}

const EVENTS_READ = 500;

export const observations = ({ query }: RestCalls): Observations => ({
  oauthEvents: async (since) => {
    const fields = 'Timestamp, InitiatedBy, ErrorCode, AppId, UserId';
    const rows = await query(
      `SELECT ${fields} FROM IdpEventLog WHERE Timestamp >= ${new Date(since).toISOString()} ORDER BY Timestamp DESC LIMIT ${EVENTS_READ}`
    );
    return windowOf(z.array(idpEvent).parse(rows), rows.length >= EVENTS_READ, ({ Timestamp }) => Timestamp);
  },
  permissionSets: async (name) =>
    z
      .array(permissionSet)
      .parse(await query(`SELECT Id, Name, CreatedDate FROM PermissionSet WHERE Name = ${quoted(name)}`)),
});
