/** The URL rules of Okta's own SDKs (contracts/okta.md §8), but that an Admin Console URL is put right, with a warning. */
import { InputError } from '../errors.ts';

export interface CheckedUrl {
  /** Without a trailing slash. */
  readonly url: string;
  readonly warnings: readonly string[];
}

const ADMIN_DOMAINS = [
  'okta.com',
  'oktapreview.com',
  'okta-emea.com',
  'okta-gov.com',
  'okta.mil',
  'okta-miltest.com',
  'trex-govcloud.com',
];

/** `source` is whence the value came, in words. Throws an InputError for what cannot be the URL of an Okta org. */
export const oktaUrl = (value: string, source: string): CheckedUrl => {
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
  const domain = ADMIN_DOMAINS.find((one) => host.endsWith(`-admin.${one}`));
  if (domain === undefined) return { url: `${protocol}//${host}`, warnings: [] };
  const url = `https://${host.slice(0, -`-admin.${domain}`.length)}.${domain}`;
  return { url, warnings: [`${value} is the Admin Console; using the org's URL, ${url}.`] };
};

/** Whether it is meant as a URL and not as an alias. */
export const looksLikeUrl = (value: string): boolean =>
  value.includes('://') || value.includes('{') || value.includes('.');
