/**
 * `okta.yaml`, as Okta's SDKs read it (contracts/okta.md §8). The one in the working directory can come with a checkout that
 * somebody else controls, so it is not used in CI or inside a git work tree unless `--okta-config` names it.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { candidateOf, type Found, type Names } from './candidate.ts';

export interface FileSource {
  readonly found: Found;
  /** Why it does not count, where it is there. */
  readonly ignored?: string;
}

const scalar = z.union([z.string(), z.number()]).transform(String).optional();
const client = z.object({
  orgUrl: scalar,
  token: scalar,
  authorizationMode: scalar,
  clientId: scalar,
  privateKey: z
    .union([z.string(), z.record(z.string(), z.unknown()).transform((jwk) => JSON.stringify(jwk))])
    .optional(),
  keyId: scalar,
});
const file = z.object({ okta: z.object({ client: client.optional() }).optional() }).nullable();

export interface Folders {
  readonly cwd: string;
  readonly home: string;
}

/** The file that `--okta-config` names; throws where it cannot be read or holds no complete credential. */
export const namedConfig = async (path: string, { cwd }: Folders): Promise<Found> => {
  const found = await readConfig(resolve(cwd, path));
  if (found === undefined || !('url' in found))
    throw new InputError(`${path} (--okta-config) holds no complete Okta credential.`, [
      found ? found.advice : 'Write okta.client.orgUrl and okta.client.token into it, as the Okta SDKs use them.',
    ]);
  return found;
};

/** The two files that are looked for, in the order in which they count. */
export const usualConfigs = async (env: NodeJS.ProcessEnv, { cwd, home }: Folders): Promise<FileSource[]> => {
  const local = join(cwd, 'okta.yaml');
  const ignored = existsSync(local) ? whyIgnored(env, cwd) : undefined;
  return [
    ignored === undefined
      ? { found: await readIfThere(local) }
      : { found: undefined, ignored: `${local} was not used: ${ignored}` },
    { found: await readIfThere(join(home, '.okta', 'okta.yaml')) },
  ];
};

/** What most services set, and what Jenkins, Azure Pipelines and TeamCity set, which do not. */
const CI = ['CI', 'JENKINS_URL', 'TF_BUILD', 'TEAMCITY_VERSION'];

const whyIgnored = (env: NodeJS.ProcessEnv, cwd: string): string | undefined => {
  if (CI.some((name) => !['', 'false'].includes(env[name] ?? ''))) return 'this is a CI job';
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return `it is inside the git work tree ${folder}`;
    if (dirname(folder) === folder) return undefined;
  }
};

const readIfThere = async (path: string): Promise<Found> => (existsSync(path) ? readConfig(path) : undefined);

const readConfig = async (path: string): Promise<Found> => {
  const bad = (why: string): InputError =>
    new InputError(`${path} cannot be used: ${why}.`, [`Correct ${path}, or move it away.`]);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw bad(`it cannot be read (${String((error as { code?: unknown }).code)})`);
  });
  const values = file.safeParse(parsed(text, bad));
  if (!values.success) throw bad('its okta.client section is not as the Okta SDKs write it');
  const { orgUrl: url, token, clientId, privateKey, keyId, authorizationMode: mode } = values.data?.okta?.client ?? {};
  const name = (key: string): string => `okta.client.${key} in ${path}`;
  const names: Names = {
    url: name('orgUrl'),
    token: name('token'),
    clientId: name('clientId'),
    privateKey: name('privateKey'),
    keyId: name('keyId'),
    mode: name('authorizationMode'),
  };
  const found = candidateOf({ url, token, clientId, privateKey, keyId, mode }, names, `move ${path} away`);
  return found && 'url' in found ? { ...found, name: path } : found;
};

/** The parser's own message would quote the line, which may hold the secret. */
const parsed = (text: string, bad: (why: string) => Error): unknown => {
  try {
    return parse(text, { logLevel: 'silent' }) as unknown;
  } catch {
    throw bad('it is not YAML');
  }
};
