/**
 * Where the Okta URL and credential come from, first that is complete wins: what a flag names (a stored login, `--okta-config`),
 * the environment, the default login, `./okta.yaml`, `~/.okta/okta.yaml`. A source is used whole, and what another
 * source would have said is told where it differs.
 */
import { homedir } from 'node:os';
import type { OktaCredential } from '../clients/okta/auth.ts';
import { InputError } from '../errors.ts';
import { isComplete, type Candidate, type Found, type Incomplete } from './candidate.ts';
import { environmentSources } from './environment.ts';
import { looksLikeUrl, oktaUrl } from './oktaUrl.ts';
import { readLogins, type StoredLogin } from './storedLogins.ts';
import { namedConfig, usualConfigs, type FileSource } from './yamlFile.ts';

export interface OktaCredentials {
  /** Without a trailing slash. */
  readonly url: string;
  readonly credential: OktaCredential;
  /** Whence, in words, for messages. */
  readonly source: string;
  readonly warnings: readonly string[];
}

/** What was read of disk, beside the environment. */
export interface Sources {
  readonly logins: readonly StoredLogin[];
  readonly named?: Found;
  readonly files: readonly FileSource[];
}

const NOTHING: Sources = { logins: [], files: [] };

export const readSources = async (
  oktaConfig: string | undefined,
  env: NodeJS.ProcessEnv,
  folders = { cwd: process.cwd(), home: homedir() }
): Promise<Sources> => {
  const [logins, files] = await Promise.all([readLogins(), oktaConfig === undefined ? usualConfigs(env, folders) : []]);
  return { logins, files, ...(oktaConfig === undefined ? {} : { named: await namedConfig(oktaConfig, folders) }) };
};

/** `asked` is the value of `--okta-org`; a URL that differs from the source's sends nothing anywhere. */
export const oktaCredentials = (
  asked: string | undefined,
  env: NodeJS.ProcessEnv,
  sources: Sources = NOTHING
): OktaCredentials => {
  const aliased = sources.logins.find(({ alias }) => alias === asked);
  const wanted = asked === undefined || aliased || !looksLikeUrl(asked) ? undefined : oktaUrl(asked, '--okta-org');
  const login = aliased ?? (wanted && loginAt(wanted.url, sources));
  if (asked !== undefined && !wanted && !login) throw noSuchLogin(asked, sources.logins);
  if (login && !wanted && sources.named) throw clash();
  const named = isComplete(sources.named) ? sources.named : login && ofLogin(login);
  const environment = environmentSources(env);
  const usual = [
    ...environment,
    ...sources.logins.filter(({ isDefault }) => isDefault).map(ofLogin),
    ...sources.files.map(({ found }) => found),
  ];
  const chosen = named ?? usual.find(isComplete);
  if (!chosen) throw missing(usual, sources.files);
  const found = oktaUrl(chosen.url, chosen.name);
  if (wanted !== undefined && wanted.url !== found.url)
    throw new InputError(
      `--okta-org is ${wanted.url}, but the credential found in ${chosen.name} is for ${found.url}.`,
      [`Leave out --okta-org, or ${chosen.without}, or log in to ${wanted.url} with "sf okta login token".`]
    );
  return {
    url: found.url,
    credential: chosen.credential(),
    source: chosen.name,
    warnings: [...(wanted?.warnings ?? []), ...found.warnings, ...passedOver(chosen, environment, sources)],
  };
};

/** The login for a URL; the default one of several. A file that is named too goes before it. */
const loginAt = (url: string, { logins, named }: Sources): StoredLogin | undefined => {
  const there = logins.filter((login) => login.url === url);
  const login = there.length > 1 ? there.find(({ isDefault }) => isDefault) : there[0];
  if (there.length > 1 && !login && !isComplete(named)) throw severalLogins(url, there);
  return login;
};

const ofLogin = ({ alias, url, credential }: StoredLogin): Candidate => ({
  name: `the login "${alias}"`,
  without: `log out with "sf okta logout --okta-org ${alias}"`,
  url,
  credential: () => credential,
});

/**
 * What another source would have said, where somebody may take it for what is used: a variable that was set long ago and
 * forgotten overrides a login, or is overridden; half a credential is none; a file is there and does not count.
 */
const passedOver = (chosen: Candidate, environment: readonly Found[], { logins, files }: Sources): string[] => {
  const login = logins.find(({ isDefault }) => isDefault);
  const fromFile = files.some(({ found }) => found === chosen);
  const fromEnvironment = environment.includes(chosen);
  return [
    ...(fromEnvironment && login
      ? [
          `${chosen.name} in the environment override the default login "${login.alias}" (${login.url}); to use the login, ${chosen.without}.`,
        ]
      : []),
    ...environment.flatMap((other) => (other === undefined || other === chosen ? [] : [unused(other, chosen)])),
    ...(fromFile
      ? files.flatMap(({ ignored }) => (ignored === undefined ? [] : [`${ignored}; ${chosen.name} is.`]))
      : []),
  ];
};

const unused = (other: Candidate | Incomplete, chosen: Candidate): string =>
  isComplete(other)
    ? `${other.name} in the environment are for ${originOf(other.url)} and are not used; ${chosen.name} ${isAre(chosen)}.`
    : `${other.has.join(', ')} in the environment ${other.has.length > 1 ? 'are' : 'is'} no complete credential and not used; ${chosen.name} ${isAre(chosen)}.`;

/** It was not checked, so that it may hold anything, a password too. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'no URL');

/** A source in the environment is told by the names of several variables. */
const isAre = ({ name }: Candidate): string => (name.includes(' and ') ? 'are' : 'is');

const severalLogins = (url: string, logins: readonly StoredLogin[]): InputError =>
  new InputError(`Several logins are for ${url}: ${logins.map(({ alias }) => alias).join(', ')}.`, [
    'Name one by --okta-org with its alias, or mark one by "sf okta login token --set-default".',
  ]);

const clash = (): InputError =>
  new InputError('--okta-org and --okta-config contradict each other: the one names a login, the other a file.', [
    'Leave out --okta-org or --okta-config.',
  ]);

const noSuchLogin = (alias: string, logins: readonly StoredLogin[]): InputError =>
  new InputError(
    `--okta-org "${alias}" is neither a URL nor the alias of a stored login${logins.length > 0 ? ` (there are ${logins.map((one) => one.alias).join(', ')})` : ''}.`,
    ['Log in with "sf okta login token --alias ..." first; "sf okta list" shows the logins that there are.']
  );

const LOOKED =
  'a login of "sf okta login", the environment (OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN, or OKTA_ORG_NAME, OKTA_BASE_URL and OKTA_API_TOKEN), ./okta.yaml and ~/.okta/okta.yaml';

const missing = (usual: readonly Found[], files: readonly FileSource[]): InputError => {
  const parts = usual.filter((found): found is Incomplete => found !== undefined && !isComplete(found));
  const ignored = files.flatMap((one) => one.ignored ?? []);
  const note = ignored.length > 0 ? ` ${ignored.join(' ')}` : '';
  const nameIt = ignored.length > 0 ? ['To use that file, name it by --okta-config.'] : [];
  if (parts.length === 0)
    return new InputError(`No Okta credentials: looked for ${LOOKED}.${note}`, [
      ...nameIt,
      'Log in with "sf okta login token --okta-org https://example.okta.com", or set OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.',
    ]);
  const set = parts.flatMap(({ has }) => has);
  return new InputError(
    `Incomplete Okta credentials: ${set.join(', ')} ${set.length > 1 ? 'are' : 'is'} set, and a URL and a secret must come from one source.${note}`,
    [...parts.map(({ advice }) => advice), ...nameIt]
  );
};
