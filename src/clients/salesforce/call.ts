/**
 * How every call to Salesforce goes: through the `@salesforce/core` Connection, so that the `sf` login, its refresh and
 * its proxy settings are used, but with one retry policy of ours. The library tries a GET again for 15 seconds and a SOAP
 * read never (contracts/salesforce.md §15.4); here a read of either kind is tried three times and a write once.
 */
import type { Connection } from '@salesforce/core';
import type { Pause } from '../pause.ts';
import { isTransient, SalesforceApiError, toSalesforceError } from './errors.ts';

const READ_ATTEMPTS = 3;

const ALWAYS_THERE = ['ExternalClientAppSettings', 'ExternalClientApp'] as const;

/** A sign-in page or that of a proxy, with status 200. */
const notOfTheApi = (call: string): SalesforceApiError =>
  new SalesforceApiError(
    call,
    'UNEXPECTED_ANSWER',
    'the answer is not one of its API; a proxy or a sign-in page may be in between'
  );

/** What `listMetadata` says of a component (contracts/salesforce.md §5.2); `id` is the record's. */
export interface Listed {
  readonly type: string;
  readonly fullName: string;
  readonly id?: string;
}

export interface SalesforceCalls {
  /** All rows of a query, following `nextRecordsUrl`. */
  readonly query: (soql: string) => Promise<unknown[]>;
  readonly listMetadata: (types: readonly string[]) => Promise<readonly Listed[]>;
  /** The components that exist, of one type. */
  readonly readMetadata: (type: string, fullNames: readonly string[]) => Promise<unknown[]>;
  readonly createMetadata: (type: string, component: { fullName: string }) => Promise<void>;
  readonly updateMetadata: (type: string, component: { fullName: string }) => Promise<void>;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly pause: Pause;
}

export const salesforceCalls = (connection: Connection, { signal, pause }: CallOptions): SalesforceCalls => {
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, '');
  const once = async <T>(call: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw toSalesforceError(call, error, instanceUrl);
    }
  };
  const read = async <T>(call: string, work: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(call, work);
      } catch (error) {
        if (attempt >= READ_ATTEMPTS || !isTransient(error)) throw error;
        await pause(250 * 2 ** attempt, signal);
      }
    }
  };
  const metadata = connection.metadata as unknown as MetadataApi;
  const get = async (url: string): Promise<QueryAnswer> =>
    connection.request<QueryAnswer>({ method: 'GET', url: `${instanceUrl}${url}` }, { retry: { maxRetries: 0 } });
  return {
    query: async (soql) => {
      const call = `the query of ${/FROM (\w+)/.exec(soql)?.[1] ?? 'records'}`;
      const rows: unknown[] = [];
      let next: string | undefined =
        `/services/data/v${connection.getApiVersion()}/query?q=${encodeURIComponent(soql)}`;
      while (next !== undefined) {
        const url: string = next;
        const answer = await read(call, async () => get(url));
        if (!Array.isArray(answer?.records)) throw notOfTheApi(call);
        rows.push(...answer.records);
        next = relative(answer.nextRecordsUrl, call);
      }
      return rows;
    },
    ...metadataReads(metadata, read),
    createMetadata: async (type, component) => {
      const call = `to create ${type} ${component.fullName}`;
      check(call, await once(call, async () => metadata.create(type, ordered(component))));
    },
    updateMetadata: async (type, component) => {
      const call = `to update ${type} ${component.fullName}`;
      check(call, await once(call, async () => metadata.update(type, ordered(component))));
    },
  };
};

type Read = <T>(call: string, work: () => Promise<T>) => Promise<T>;

const metadataReads = (metadata: MetadataApi, read: Read): Pick<SalesforceCalls, 'listMetadata' | 'readMetadata'> => ({
  listMetadata: async (types) =>
    read(`the list of ${types.join(', ')}`, async () => {
      const listed = await metadata.list(types.map((type) => ({ type })));
      // The library makes an empty list of a page that is no SOAP, and "no app" leads to a second one: so ask for what every org has.
      const [type, fullName] = ALWAYS_THERE;
      if (listed.length === 0 && (await metadata.read(type, [fullName])).length === 0)
        throw notOfTheApi(`the list of ${types.join(', ')}`);
      return listed;
    }),
  readMetadata: async (type, fullNames) => {
    // contracts/salesforce.md §5.1: at most ten components a call.
    const chunks = Array.from({ length: Math.ceil(fullNames.length / 10) }, (_, index) =>
      fullNames.slice(index * 10, index * 10 + 10)
    );
    const answers = await Promise.all(
      chunks.map(async (names) =>
        read(`the read of ${type}`, async () => {
          const found = await metadata.read(type, names);
          if (found.length < names.length) throw notOfTheApi(`the read of ${type}`);
          return found;
        })
      )
    );
    // A component that does not exist comes back as an object without a name (§5.2).
    return answers.flat().filter(hasName);
  },
});

/** What is used of the library's Metadata API; its own types do not know external client apps. */
interface MetadataApi {
  readonly list: (queries: ReadonlyArray<{ type: string }>) => Promise<Listed[]>;
  readonly read: (type: string, fullNames: readonly string[]) => Promise<unknown[]>;
  readonly create: (type: string, component: object) => Promise<SaveAnswer>;
  readonly update: (type: string, component: object) => Promise<SaveAnswer>;
}

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

const hasName = (component: unknown): boolean =>
  typeof component === 'object' &&
  component !== null &&
  'fullName' in component &&
  typeof component.fullName === 'string' &&
  component.fullName !== '';

/** `fullName`, then alphabetical, as in the WSDL: whether Salesforce minds another order is unconfirmed (§5.1). */
const ordered = (component: { fullName: string }): object => {
  const { fullName, ...fields } = component;
  const sorted = Object.entries(fields).sort(([one], [other]) => one.localeCompare(other));
  return { fullName, ...Object.fromEntries(sorted.filter(([name]) => name !== '$')) };
};

interface SaveAnswer {
  readonly success: boolean;
  readonly errors: unknown;
}

/** Throws what a SaveResult says went wrong. The message counts; which statusCode comes with it is unconfirmed (§4.1). */
const check = (call: string, { success, errors }: SaveAnswer): void => {
  if (success) return;
  const [first] = [errors].flat() as Array<{ statusCode?: string; message?: string } | undefined>;
  throw new SalesforceApiError(call, first?.statusCode ?? 'UNKNOWN_EXCEPTION', first?.message ?? 'it gave no reason');
};
