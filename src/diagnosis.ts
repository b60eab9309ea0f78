/**
 * What somebody who helps with this plugin needs to know, and may see: `sf doctor` writes it into a file that people attach to
 * public issues. Names of sources and of variables, never the value of one; nobody is asked; what cannot be read is told.
 */
import { readFile } from 'node:fs/promises';
import { AuthInfo, Messages, SfError } from '@salesforce/core';
import { isComplete, type Found } from './credentials/candidate.ts';
import { environmentSources } from './credentials/environment.ts';
import { readLogins } from './credentials/storedLogins.ts';
import { usualConfigs, type FileSource, type Folders } from './credentials/yamlFile.ts';
import { stillBorrowed } from './engine/journal.ts';
import { readJournalFiles, type KeptJournal } from './engine/journalFile.ts';
import { SECRET_ACCESS, TEMPORARY_ACCESS } from './resources/secretPermissions.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-okta', 'doctor');

/** One for each test, whose name is printed and may be published: it names no org. */
interface Result {
  readonly testName: string;
  readonly status: 'pass' | 'warn' | 'fail';
}

type Source = {
  readonly name: string;
  readonly state: 'complete' | 'incomplete' | 'ignored' | 'unusable';
  detail?: string;
};

type Pair = Pick<KeptJournal, 'orgId' | 'oktaHost' | 'held'> & {
  readonly borrowed: Array<{ readonly setting: string; readonly was: boolean }>;
};

interface Part<T> {
  readonly data: T[];
  readonly result: Result;
  readonly suggestions: readonly string[];
}

export interface Diagnosis {
  readonly data: {
    readonly versions: Record<'plugin' | 'node' | 'core', string>;
    /** The names of all variables for Okta that are set. */
    readonly variables: string[];
    /** In the order in which they count; logins that are no default come last. */
    readonly credentials: Source[];
    readonly pairs: Pair[];
  };
  readonly results: readonly Result[];
  readonly suggestions: readonly string[];
}

/** Never throws. */
export const diagnose = async (
  env: NodeJS.ProcessEnv,
  { journals, ...folders }: Folders & { readonly journals: string }
): Promise<Diagnosis> => {
  const [plugin, core, credentials, pairs] = await Promise.all([
    versionIn(new URL('../package.json', import.meta.url)),
    versionIn(new URL('../package.json', import.meta.resolve('@salesforce/core'))),
    credentialsIn(env, folders),
    pairsIn(journals),
  ]);
  return {
    data: {
      versions: { plugin, node: process.version, core },
      variables: Object.keys(env).filter((name) => name.startsWith('OKTA_')),
      credentials: credentials.data,
      pairs: pairs.data,
    },
    results: [credentials.result, pairs.result],
    suggestions: [...credentials.suggestions, ...pairs.suggestions],
  };
};

const versionIn = async (file: URL): Promise<string> => {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown';
  }
};

const credentialsIn = async (env: NodeJS.ProcessEnv, folders: Folders): Promise<Part<Source>> => {
  const [variables, logins, files] = await Promise.all([
    seen('the environment', async () => environmentSources(env).flatMap(sourceOf)),
    seen('the store of logins', async () =>
      (await readLogins())
        .sort((one, other) => Number(other.isDefault) - Number(one.isDefault))
        .map(({ alias, isDefault }) => ({
          name: `the ${isDefault ? 'default ' : ''}login "${alias}"`,
          state: 'complete',
        }))
    ),
    seen('okta.yaml', async () => (await usualConfigs(env, folders)).flatMap(sourceOfFile)),
  ]);
  const data = [...variables, ...logins, ...files];
  const unusable = data.filter(({ state }) => state === 'unusable');
  const some = data.some(({ state }) => state === 'complete');
  return {
    data,
    result: {
      testName: messages.getMessage('test.credentials'),
      status: unusable.length > 0 ? 'fail' : some ? 'pass' : 'warn',
    },
    suggestions: [
      ...unusable.map(({ name, detail = '' }) => messages.getMessage('suggestion.badCredentials', [name, detail])),
      ...(some || unusable.length > 0 ? [] : [messages.getMessage('suggestion.noCredentials')]),
    ],
  };
};

const sourceOf = (found: Found): Source[] => {
  if (found === undefined) return [];
  if (isComplete(found)) return [{ name: found.name, state: 'complete' }];
  return [{ name: found.has.join(', '), state: 'incomplete', detail: found.advice }];
};

const sourceOfFile = ({ found, ignored }: FileSource): Source[] =>
  ignored === undefined ? sourceOf(found) : [{ name: './okta.yaml', state: 'ignored', detail: ignored }];

/** An error's actions name variables and files; its message may quote what is in them. */
const seen = async (name: string, look: () => Promise<Source[]>): Promise<Source[]> => {
  try {
    return await look();
  } catch (error) {
    return [
      { name, state: 'unusable', detail: error instanceof SfError ? (error.actions ?? []).join(' ') : kindOf(error) },
    ];
  }
};

const kindOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return String(code ?? name);
};

const pairsIn = async (folder: string): Promise<Part<Pair>> => {
  const testName = messages.getMessage('test.borrowed');
  try {
    const data = (await readJournalFiles(folder)).map(pairOf);
    const left = data.filter(({ held, borrowed }) => !held && borrowed.length > 0);
    return {
      data,
      result: { testName, status: left.length > 0 ? 'fail' : 'pass' },
      suggestions: await Promise.all(left.map(suggestionFor)),
    };
  } catch (error) {
    const unreadable = messages.getMessage('suggestion.unreadable', [kindOf(error), folder]);
    return { data: [], result: { testName, status: 'warn' }, suggestions: [unreadable] };
  }
};

const pairOf = ({ orgId, oktaHost, held, entries }: KeptJournal): Pair => ({
  orgId,
  oktaHost,
  held,
  borrowed: [...stillBorrowed(entries)].map(([setting, was]) => ({ setting, was })),
});

const suggestionFor = async ({ orgId, oktaHost, borrowed }: Pair): Promise<string> => {
  const settings = borrowed.map(({ setting }) =>
    KNOWN.has(setting) ? messages.getMessage(`setting.${setting}`) : setting
  );
  return messages.getMessage('suggestion.borrowed', [orgId, oktaHost, settings.join(', '), await userOf(orgId)]);
};

const KNOWN = new Set([SECRET_ACCESS, TEMPORARY_ACCESS]);

/** Whoever is logged in to the org here. */
const userOf = async (orgId: string): Promise<string> => {
  const same = (id: string | undefined): boolean => id?.slice(0, 15) === orgId.slice(0, 15);
  const [login] = await AuthInfo.listAllAuthorizations((one) => same(one.orgId)).catch(() => []);
  return login?.username ?? orgId;
};
