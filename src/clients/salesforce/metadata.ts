/**
 * The Metadata API by SOAP, one component at a time, with a deploy where the call for single components does not take a
 * type: which types it takes is unconfirmed for external client apps (contracts/salesforce.md §2.7, U6).
 */
import type { Connection } from '@salesforce/core';
import { z } from 'zod';
import type { Attempts, Once, RestCalls } from './call.ts';
import { deployComponent } from './deploy.ts';
import { JwtRefusedError, notOfTheApi, refusedComponent, SalesforceApiError } from './errors.ts';

const optional = z.string().optional().catch(undefined);
/** What `listMetadata` says of a component (contracts/salesforce.md §5.2); `id` is the record's. */
const listed = z.object({ type: z.string(), fullName: z.string(), id: optional, namespacePrefix: optional });
export type Listed = z.infer<typeof listed>;

export interface MetadataCalls {
  readonly listMetadata: (types: readonly string[]) => Promise<readonly Listed[]>;
  /** The components that exist, of one type. */
  readonly readMetadata: (type: string, fullNames: readonly string[]) => Promise<unknown[]>;
  readonly createMetadata: (type: string, component: { fullName: string }) => Promise<void>;
  readonly updateMetadata: (type: string, component: { fullName: string }) => Promise<void>;
}

/** What is used of the library's Metadata API; its own types do not know external client apps. */
export interface MetadataApi {
  /**
   * Any call, answered as it came. The library's own `list` makes an empty list of a page that is no SOAP, and "no app" would
   * lead to a second one; of such a page there is no `result` to take, which is a TypeError without a cause.
   */
  readonly _invoke: (method: string, message: object) => Promise<unknown>;
  readonly read: (type: string, fullNames: readonly string[]) => Promise<unknown[]>;
  readonly create: (type: string, component: object) => Promise<SaveAnswer>;
  readonly update: (type: string, component: object) => Promise<SaveAnswer>;
  readonly deploy: (zip: string, options: object) => PromiseLike<{ readonly id: string }>;
}

interface SaveAnswer {
  readonly success: boolean;
  readonly errors: unknown;
}

export const metadataCalls = (connection: Connection, tries: Attempts, rest: RestCalls): MetadataCalls => {
  const { once, read } = tries;
  const api = (): MetadataApi => {
    refuseJwt(connection);
    return connection.metadata as unknown as MetadataApi;
  };
  const write = async (verb: 'create' | 'update', type: string, component: { fullName: string }): Promise<void> => {
    const call = `to ${verb} ${type} ${component.fullName}`;
    const sent = ordered(component);
    const { success, errors } = await once(call, async () => api()[verb](type, sent));
    if (success) return;
    const [first] = [errors].flat() as Array<{ statusCode?: string; message?: string } | undefined>;
    const refused = refusedComponent(call, type, first?.statusCode, first?.message);
    if (!isOfTheCall(refused)) throw refused;
    await deployComponent({ call, type, component: sent, version: connection.getApiVersion() }, { api, tries, rest });
  };
  return {
    ...metadataReads(api, read, connection.getApiVersion()),
    createMetadata: async (type, component) => write('create', type, component),
    updateMetadata: async (type, component) => write('update', type, component),
  };
};

const metadataReads = (
  api: () => MetadataApi,
  read: Once,
  asOfVersion: string
): Pick<MetadataCalls, 'listMetadata' | 'readMetadata'> => ({
  listMetadata: async (types) => {
    const call = `the list of ${types.join(', ')}`;
    return read(call, async () => {
      const metadata = api();
      const { _invoke: invoke } = metadata;
      const asked = { queries: types.map((type) => ({ type })), asOfVersion };
      const result = await invoke.call(metadata, 'listMetadata', asked).catch((error: unknown) => {
        throw error instanceof TypeError && error.cause === undefined ? notOfTheApi(call) : error;
      });
      // One component comes as an object, several as an array, none as nothing.
      const answer = z.array(listed).safeParse(result === undefined ? [] : [result].flat());
      if (!answer.success) throw notOfTheApi(call);
      return answer.data;
    });
  },
  readMetadata: async (type, fullNames) => {
    // contracts/salesforce.md §5.1: at most ten components a call.
    const chunks = Array.from({ length: Math.ceil(fullNames.length / 10) }, (_, index) =>
      fullNames.slice(index * 10, index * 10 + 10)
    );
    const call = `the read of ${type}`;
    const answers = await Promise.all(
      chunks.map(async (names) =>
        read(call, async () => {
          const found = await api().read(type, names);
          if (found.length < names.length) throw notOfTheApi(call);
          return found;
        })
      )
    );
    // A component that does not exist comes back as an object without a name (§5.2).
    return answers.flat().filter(hasName);
  },
});

/** Below API 68 Salesforce refuses such tokens here; the library throws before it sends, in words that name no way out (§15.4). */
const refuseJwt = (connection: Connection): void => {
  const isJwt = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(connection.accessToken ?? '');
  if (isJwt && Number(connection.getApiVersion()) < 68) throw new JwtRefusedError();
};

const hasName = (component: unknown): boolean =>
  typeof component === 'object' &&
  component !== null &&
  'fullName' in component &&
  typeof component.fullName === 'string' &&
  component.fullName !== '';

/** `fullName`, then alphabetical, as in the WSDL, at every level: whether Salesforce minds another order is unconfirmed (§5.1). */
const ordered = (component: { fullName: string }): { fullName: string } => {
  const { fullName, ...fields } = component;
  return { fullName, ...(sorted(fields) as object) };
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '$')
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, field]) => [name, sorted(field)])
  );
};

/** Refusals that a deploy would meet as well: trying it would only blur what is wrong. */
const OF_THE_COMPONENT =
  /^(DUPLICATE_|INSUFFICIENT_ACCESS|INVALID_CROSS_REFERENCE_KEY|INVALID_FIELD|INVALID_SESSION_ID|FIELD_INTEGRITY|REQUIRED_FIELD|STRING_TOO_LONG|LIMIT_EXCEEDED)/;
/** No answer of the Metadata API at all: what became of the call is unknown, and a deploy would be its repetition. */
const OF_NOBODY = /^(HTTP_(5\d\d|429)$|UNEXPECTED_ANSWER$)/;

/** Whether the call itself may be what is refused, and not the component. */
const isOfTheCall = (error: Error): boolean =>
  error instanceof SalesforceApiError &&
  ![OF_THE_COMPONENT, OF_NOBODY].some((codes) => codes.test(error.data?.errorCode ?? ''));
