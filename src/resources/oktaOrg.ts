import type { PairResource } from './context.ts';

export interface OktaOrg {
  readonly id: string;
  readonly url: string;
  /** Where the org says that it is; another than `url` where that is a custom domain. */
  readonly canonicalUrl: string;
  /** Where the Admin Console is: on the canonical host, also where the URL is a custom domain (contracts/okta.md §6.6, §8, §10). */
  readonly adminUrl: string;
}

/** The Okta org itself. Needs no credential, so it also tells whether the URL is that of an Okta org at all. */
export const oktaOrg: PairResource<OktaOrg> = {
  id: 'okta.organization',
  read: async ({ context: { okta } }) => {
    const { id, _links: links } = await okta.organization();
    const canonicalUrl = links?.organization.href ?? okta.url;
    return { id, url: okta.url, canonicalUrl, adminUrl: adminUrl(canonicalUrl) };
  },
};

/** contracts/okta.md §8 */
const OKTA_DOMAIN = /\.((okta|oktapreview|okta-emea|okta-gov|okta-miltest|trex-govcloud)\.com|okta\.mil)$/;

const adminUrl = (canonical: string): string => {
  const url = new URL(canonical);
  const isOkta = OKTA_DOMAIN.test(url.hostname);
  if (isOkta) url.hostname = url.hostname.replace(/^([^.]+?)(-admin)?\./, '$1-admin.');
  return url.origin;
};
