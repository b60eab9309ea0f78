/**
 * Where the Okta URL and credential come from: the environment, as Okta's SDKs name it, then as Terraform names it
 * (contracts/okta.md §8). A source is used whole: a URL and a secret never come from two.
 */
import { InputError } from './errors.ts';
import { Secret } from './secret.ts';

export interface OktaCredentials {
  /** Without a trailing slash. */
  readonly url: string;
  readonly token: Secret;
  /** Whence, in words, for messages. */
  readonly source: string;
  readonly warnings: readonly string[];
}

interface Source {
  readonly name: string;
  readonly variables: readonly string[];
  readonly url: (env: NodeJS.ProcessEnv) => string | undefined;
  readonly token: string;
}

const SOURCES: readonly Source[] = [
  {
    name: 'OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN',
    variables: ['OKTA_CLIENT_ORGURL', 'OKTA_CLIENT_TOKEN'],
    url: (env) => env['OKTA_CLIENT_ORGURL'],
    token: 'OKTA_CLIENT_TOKEN',
  },
  {
    name: 'OKTA_ORG_NAME, OKTA_BASE_URL and OKTA_API_TOKEN',
    variables: ['OKTA_ORG_NAME', 'OKTA_BASE_URL', 'OKTA_API_TOKEN'],
    url: (env) =>
      env['OKTA_ORG_NAME'] && env['OKTA_BASE_URL']
        ? `https://${env['OKTA_ORG_NAME']}.${env['OKTA_BASE_URL']}`
        : undefined,
    token: 'OKTA_API_TOKEN',
  },
];

/** `asked` is the value of `--okta-org`; where it differs from the source's URL, nothing is sent anywhere. */
export const oktaCredentials = (asked: string | undefined, env: NodeJS.ProcessEnv): OktaCredentials => {
  const wanted = asked === undefined ? undefined : oktaUrl(asked, '--okta-org');
  const complete = SOURCES.find((source) => source.variables.every((variable) => env[variable]));
  if (!complete) throw missing(env);
  const found = oktaUrl(complete.url(env) ?? '', complete.name);
  if (wanted !== undefined && wanted.url !== found.url)
    throw new InputError(
      `--okta-org is ${wanted.url}, but the credential found in ${complete.name} is for ${found.url}.`,
      [`Leave out --okta-org, or set ${complete.variables.join(', ')} for ${wanted.url}.`]
    );
  return {
    url: found.url,
    token: new Secret(tokenOf(env[complete.token] ?? '', complete.token)),
    source: complete.name,
    warnings: [...(wanted?.warnings ?? []), ...found.warnings],
  };
};

const missing = (env: NodeJS.ProcessEnv): InputError => {
  const all = SOURCES.flatMap(({ variables }) => variables);
  const set = all.filter((variable) => env[variable]);
  const looked = SOURCES.map(({ name }) => name).join('; or ');
  if (set.length === 0)
    return new InputError(`No Okta credentials: looked for the environment variables ${looked}.`, [
      'Set OKTA_CLIENT_ORGURL to the URL of your Okta org and OKTA_CLIENT_TOKEN to an API token (Admin Console > Security > API > Tokens).',
    ]);
  return new InputError(
    `Incomplete Okta credentials: ${set.join(', ')} ${set.length > 1 ? 'are' : 'is'} set, and a URL and a token must come from one source: ${looked}.`,
    SOURCES.filter(({ variables }) => variables.some((variable) => env[variable])).map(
      ({ variables }) =>
        `Set ${variables.filter((variable) => !env[variable]).join(' and ')}${' '}too, or unset the others.`
    )
  );
};

const tokenOf = (token: string, variable: string): string => {
  // A redacted or templated value is no token; sent, it would only look like a wrong one.
  if (/^[\x21-\x7e]+$/.test(token) && !/^[[{<]/.test(token)) return token;
  throw new InputError(`${variable} does not hold an API token.`, [
    `Set ${variable} to a token from Admin Console > Security > API > Tokens.`,
  ]);
};

/** The URL rules of Okta's own SDKs (contracts/okta.md §8), but that an Admin Console URL is put right, with a warning. */
const oktaUrl = (value: string, source: string): { url: string; warnings: string[] } => {
  const bad = (why: string): InputError =>
    new InputError(`The Okta URL "${value}" (${source}) cannot be used: ${why}.`, [
      'Use the URL of your Okta org, such as https://example.okta.com.',
    ]);
  if (value.includes('{') || value.includes('yourOktaDomain')) throw bad('it is a placeholder');
  if (!URL.canParse(value) || (value.match(/:\/\//g) ?? []).length !== 1) throw bad('it is not a URL');
  const { protocol, hostname, host, pathname, search, hash, username, password } = new URL(value);
  if (username || password) throw bad('it holds a user name or password');
  if (protocol !== 'https:' && !(protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)))
    throw bad('it must begin with https:// (http only for a simulator on 127.0.0.1)');
  if (pathname.replace(/\/+$/, '') !== '' || search || hash) throw bad('it must end after the host name');
  if (hostname.endsWith('.com.com')) throw bad('it ends with .com.com');
  const admin =
    /^([^.]+)-admin\.(okta\.com|oktapreview\.com|okta-emea\.com|okta-gov\.com|okta\.mil|okta-miltest\.com|trex-govcloud\.com)$/.exec(
      host
    );
  if (!admin) return { url: `${protocol}//${host}`, warnings: [] };
  const url = `https://${admin[1] ?? ''}.${admin[2] ?? ''}`;
  return { url, warnings: [`${value} is the Admin Console; using the org's URL, ${url}.`] };
};
