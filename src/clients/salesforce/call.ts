/**
 * How every call to Salesforce goes: through the `@salesforce/core` Connection, so that the `sf` login, its refresh and
 * its proxy settings are used, but with one retry policy of ours. The library tries a GET again for 15 seconds and a SOAP
 * read never (contracts/salesforce.md §15.4); here a read of either kind is tried three times, also where a proxy answered
 * with a page of its own, and a write once. The library waits half an hour for an answer; here a read has a minute and a write five.
 */
import type { Connection } from '@salesforce/core';
import type { Pause } from '../pause.ts';
import { READ_LIMIT, realTime, within, WRITE_LIMIT, type TimeLimit } from '../timeLimit.ts';
import {
  isTransient,
  endless,
  notOfTheApi,
  SalesforceApiError,
  SalesforceUnreachableError,
  toSalesforceError,
} from './errors.ts';
import { endingWith } from './transport.ts';

const READ_ATTEMPTS = 3;
/** Two million rows; more is no list but a loop. */
const MAX_PAGES = 1000;

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly limit?: TimeLimit;
}

/** One try of a call, its failure in our words. */
export type Once = <T>(call: string, work: () => Promise<T>) => Promise<T>;

export interface Attempts {
  readonly once: Once;
  /** Tried again where that can help: for what changes nothing. */
  readonly read: Once;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export const attempts = (connection: Connection, { signal, pause, limit = realTime }: CallOptions): Attempts => {
  const tried = async <T>(call: string, milliseconds: number, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const late = (): Error => new SalesforceUnreachableError(call, 'ETIMEDOUT', instanceUrlOf(connection));
    try {
      return await within({ limit, milliseconds, late }, async (over) => endingWith(over, work));
    } catch (error) {
      throw toSalesforceError(call, error, instanceUrlOf(connection));
    }
  };
  return {
    once: async (call, work) => tried(call, WRITE_LIMIT, work),
    read: async (call, work) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await tried(call, READ_LIMIT, work);
        } catch (error) {
          if (attempt >= READ_ATTEMPTS || !isTransient(error)) throw error;
          await pause(250 * 2 ** attempt, signal);
        }
      }
    },
    pause: async (milliseconds) => pause(milliseconds, signal),
  };
};

export const instanceUrlOf = (connection: Connection): string => connection.instanceUrl.replace(/\/+$/, '');

/** sObjects that are written, by REST. */
export type WrittenObject = 'PermissionSet' | 'PermissionSetAssignment' | 'Profile' | 'SetupEntityAccess' | 'User';
export type RecordValues = Readonly<Record<string, string | boolean>>;

export interface RestCalls {
  /** All rows of a query, following `nextRecordsUrl`. */
  readonly query: (soql: string) => Promise<unknown[]>;
  /** `path` is below `/services/data/vNN.0`. */
  readonly get: (call: string, path: string) => Promise<unknown>;
  /** Answers with the new record's id. */
  readonly createRecord: (object: WrittenObject, values: RecordValues) => Promise<string>;
  readonly updateRecord: (object: WrittenObject, id: string, values: RecordValues) => Promise<void>;
  readonly deleteRecord: (object: WrittenObject, id: string) => Promise<void>;
  /** Makes the user's password invalid and mails a link to set one. The answer holds a temporary one and is dropped unread. */
  readonly resetPassword: (userId: string) => Promise<void>;
}

export const restCalls = (connection: Connection, { once, read }: Attempts): RestCalls => {
  const base = `/services/data/v${connection.getApiVersion()}`;
  const request = async <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object): Promise<T> =>
    connection.request<T>(
      {
        method,
        url: `${instanceUrlOf(connection)}${url}`,
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      },
      { retry: { maxRetries: 0 } }
    );
  return {
    query: async (soql) => {
      const call = `the query of ${/FROM (\w+)/.exec(soql)?.[1] ?? 'records'}`;
      const rows: unknown[] = [];
      const seen = new Set<string>();
      let next: string | undefined = `${base}/query?q=${encodeURIComponent(soql)}`;
      while (next !== undefined) {
        const url: string = next;
        if (seen.has(url) || seen.size >= MAX_PAGES) throw endless(call, seen.size);
        seen.add(url);
        const answer = await read(call, async () => {
          const told = await request<Partial<QueryAnswer> | undefined>('GET', url);
          if (!Array.isArray(told?.records)) throw notOfTheApi(call);
          return { ...told, records: told.records };
        });
        rows.push(...answer.records);
        next = relative(answer.nextRecordsUrl, call);
      }
      return rows;
    },
    get: async (call, path) =>
      read(call, async () => {
        const answer: unknown = await request('GET', `${base}${path}`);
        if (typeof answer !== 'object' || answer === null) throw notOfTheApi(call);
        return answer;
      }),
    createRecord: async (object, values) => {
      const call = `to create a ${object}`;
      const url = `${base}/sobjects/${object}`;
      const answer = await once(call, async () => request<{ id?: string } | undefined>('POST', url, values));
      if (typeof answer?.id !== 'string') throw notOfTheApi(call);
      return answer.id;
    },
    updateRecord: async (object, id, values) =>
      once(`to update the ${object} ${id}`, async () => request('PATCH', `${base}/sobjects/${object}/${id}`, values)),
    deleteRecord: async (object, id) =>
      once(`to delete the ${object} ${id}`, async () => request('DELETE', `${base}/sobjects/${object}/${id}`)),
    resetPassword: async (userId) =>
      void (await once(`to update the User ${userId} by a mail for its password`, async () =>
        request('DELETE', `${base}/sobjects/User/${userId}/password`)
      )),
  };
};

interface QueryAnswer {
  readonly records: unknown[];
  readonly nextRecordsUrl?: string;
}

/** A follow-up address must stay on the instance: an absolute one is never followed. */
const relative = (url: string | undefined, call: string): string | undefined => {
  if (url === undefined || url === null) return undefined;
  if (!url.startsWith('/services/data/'))
    throw new SalesforceApiError(call, 'UNEXPECTED_URL', 'its next page is not on this org');
  return url;
};
