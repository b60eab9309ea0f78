/**
 * Which proxy a request goes through: one policy for both vendors. Left alone, the library that asks Salesforce sends even
 * loopback through a proxy and knows no NO_PROXY, and the one that asks Okta knows no proxy at all (contracts/salesforce.md §15.4).
 * - HTTPS_PROXY, else ALL_PROXY, else, as in `sf` and in Node, HTTP_PROXY; lower case first; NO_PROXY as Node reads it
 * - this machine's own loopback is never proxied: no proxy could reach it
 * - a proxy without a scheme is spoken to by http, whatever goes through it
 */
import { SfError } from '@salesforce/core';
import { getProxyForUrl } from 'proxy-from-env';

const SCHEMES = ['http:', 'https:', 'socks5:'];

/** What a variable names as a proxy is none that can be used. Its value may hold a password and is not told. */
export class ProxyError extends SfError {
  public constructor() {
    super('The proxy that the environment names cannot be used.', 'ProxyError', [
      'Set HTTPS_PROXY to a URL such as "http://proxy.example.com:8080" (http, https or socks5), and NO_PROXY to the hosts that need none.',
    ]);
  }
}

/** The URL of the proxy for a URL, or undefined where none is to be used. */
export const proxyFor = (url: string): string | undefined => {
  const { protocol, hostname, port } = new URL(url);
  if (isLoopback(hostname)) return undefined;
  const plain = `http://${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  const named = getProxyForUrl(url) || getProxyForUrl(plain);
  if (named === '') return undefined;
  const proxy = withScheme(named);
  if (!URL.canParse(proxy) || !SCHEMES.includes(new URL(proxy).protocol)) throw new ProxyError();
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
