/**
 * The transport of the library that `@salesforce/core` asks with, made safe for the whole process: before the first request of
 * a command, since the flag `--target-org` may already ask the org for its API versions.
 * - No redirect is followed. The library would send all headers on, the access token among them, to whatever host it is told
 *   (jsforce-node 3.12 `request-helper.js`); a write would become a GET, and its 200 a success.
 * - The proxy is the one of our own policy.
 * The class is the one that `@salesforce/core` itself uses: another copy would change nothing.
 */
import { createRequire } from 'node:module';
import { proxyFor } from '../proxies.ts';
import { SalesforceRedirectError } from './errors.ts';

interface Transport {
  httpRequest: (request: { readonly url: string }, options?: object) => unknown;
}

const requireAsCore = createRequire(import.meta.resolve('@salesforce/core'));
const { Transport: library } = requireAsCore('@jsforce/jsforce-node/lib/transport') as {
  readonly Transport: { readonly prototype: Transport };
};

const { httpRequest } = library.prototype;
let guarded = false;

export const guardTransport = (): void => {
  if (guarded) return;
  guarded = true;
  library.prototype.httpRequest = function guardedRequest(request, options) {
    const followRedirect = (to: string): never => {
      throw new SalesforceRedirectError(new URL(request.url).host, new URL(to, request.url).host);
    };
    return httpRequest.call(this, request, { followRedirect, ...options, httpProxy: proxyFor(request.url) });
  };
};
