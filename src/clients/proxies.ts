/**
 * Which proxy a request goes through: one policy for both vendors. Left alone, the library that asks Salesforce sends even
 * loopback through a proxy and knows no NO_PROXY, and the one that asks Okta knows no proxy at all (contracts/salesforce.md §15.4).
 * - HTTPS_PROXY, else ALL_PROXY, else, as in `sf` and in Node, HTTP_PROXY; lower case first; NO_PROXY as Node reads it
 * - this machine's own loopback is never proxied: no proxy could reach it
 * - a proxy without a scheme is spoken to by http, whatever goes through it
 */
import { SfError } from '@salesforce/core';
import { getProxyForUrl } from 'proxy-from-env';

const SCHEMES = ['http:', 'https:'];

/** What a variable names as a proxy is none that can be used. Its value may hold a password and is not told. */
export class ProxyError extends SfError {
  public constructor(scheme: string | undefined) {
    super(
      `The proxy that the environment names cannot be used: ${scheme === undefined ? 'it is no URL' : `"${scheme}" proxies are not supported`}.`,
      'ProxyError',
      [
        'Set HTTPS_PROXY to a URL such as "http://proxy.example.com:8080" (http or https), and NO_PROXY to the hosts that need none.',
      ]
    );
  }
}

/** The proxy lets nobody through to a host, or not without a name and a password. Neither is ever told. */
export class ProxyRefusedError extends SfError<{ proxy: string; host: string; status: number }> {
  public constructor(proxy: string, target: string, status: number) {
    const { host, username, password } = new URL(proxy);
    const named = username !== '' || password !== '';
    super(`The proxy ${host} ${whyRefused(status, named, target)}.`, 'ProxyRefusedError', [
      ...(status === 407 ? loggingIn(host, named) : [`Ask those who run the proxy to let ${target} be reached.`]),
      `If ${target} can be reached without a proxy, add it to NO_PROXY.`,
    ]);
    this.data = { proxy: host, host: target, status };
  }
}

const whyRefused = (status: number, named: boolean, target: string): string => {
  if (status !== 407) return `does not let ${target} be reached (${status})`;
  return named
    ? `did not take the user name and password that the environment has for it (407)`
    : `wants a user name and a password (407)`;
};

const loggingIn = (host: string, named: boolean): string[] => [
  named
    ? `Correct them in HTTPS_PROXY: "http://USER:PASSWORD@${host}", each percent-encoded (%40 for @).`
    : `Put them into HTTPS_PROXY: "http://USER:PASSWORD@${host}", each percent-encoded (%40 for @).`,
  'Only the scheme Basic is supported; a proxy that wants Negotiate or NTLM needs one that logs in to it in between.',
];

/** What the proxy said to a tunnel: a refusal of its own, or nothing that the host behind it can be blamed for. */
export const isRefusedByProxy = (status: number): boolean => status >= 400 && status < 500;

/** The URL of the proxy for a URL, or undefined where none is to be used. */
export const proxyFor = (url: string): string | undefined => {
  const { protocol, hostname, port } = new URL(url);
  if (isLoopback(hostname)) return undefined;
  const plain = `http://${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  const named = getProxyForUrl(url) || getProxyForUrl(plain);
  if (named === '') return undefined;
  const proxy = withScheme(named);
  if (!URL.canParse(proxy)) throw new ProxyError(undefined);
  const scheme = new URL(proxy).protocol;
  if (!SCHEMES.includes(scheme)) throw new ProxyError(scheme.slice(0, -1));
  return proxy;
};

/** What to check where a host gave no answer, with the proxy that was asked for it. */
export const howToReach = (url: string, code: string): string => {
  const proxy = proxyFor(url);
  const way = proxy === undefined ? '' : ` through the proxy ${new URL(proxy).host}`;
  const trust = /CERT|SIGNED|ISSUER|UNABLE_TO_VERIFY/.test(code)
    ? ', and that NODE_EXTRA_CA_CERTS names a file with the certificate of the authority that your network uses'
    : '';
  return `can be reached from here${way}${trust}`;
};

const isLoopback = (hostname: string): boolean =>
  hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname) || /(^|\.)localhost$/.test(hostname);

/** proxy-from-env lends a proxy without a scheme that of the request. */
const withScheme = (named: string): string => {
  const names = ['https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const lent = names.map((name) => process.env[name]).find((value) => value && named === `https://${value}`);
  return lent === undefined ? named : `http://${lent}`;
};
