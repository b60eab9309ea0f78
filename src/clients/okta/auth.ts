/** How a call to Okta says who asks: an SSWS token, or a service app with a token per set of scopes. contracts/okta.md §6 */
import type { Secret } from '../../secret.ts';

export type OktaCredential =
  | { readonly mode: 'token'; readonly token: Secret }
  | { readonly mode: 'service-app'; readonly clientId: string; readonly privateKey: Secret; readonly keyId?: string };

export interface OktaAuth {
  /**
   * The headers of one call. `scope` is an optional right that this call needs beside the required ones: it is asked for by
   * itself, since a request with one scope that is not granted fails whole.
   */
  readonly headersFor: (method: string, url: URL, scope?: string) => Promise<Record<string, string>>;
  /** Forgets tokens that Okta has refused; whether another attempt can be made with new ones. */
  readonly renew: () => boolean;
}

export const tokenAuth = (token: Secret): OktaAuth => ({
  headersFor: async () => ({ authorization: `SSWS ${token.reveal()}` }),
  renew: () => false,
});
