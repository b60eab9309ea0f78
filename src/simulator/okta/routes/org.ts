/**
 * GET /.well-known/okta-organization and GET /api/v1/org. contracts/okta.md §6.6
 * - the first needs no credentials and names the canonical host
 * - where the org is asked at a custom domain, `alternate` is that domain
 * - `expiresAt` is set on trials
 * - not simulated: the org's contacts and logo
 */
import { Hono } from 'hono';
import { timestamp } from '../wire/time.ts';
import type { Okta, OktaEnv } from '../context.ts';
import { knows } from '../requests.ts';

export const orgRoutes = (okta: Okta): Hono<OktaEnv> =>
  new Hono<OktaEnv>()
    .get('/.well-known/okta-organization', knows(okta), (c) =>
      c.json({
        id: okta.store.org.id,
        pipeline: 'idx',
        cell: 'op3',
        settings: {
          analyticsCollectionEnabled: false,
          bugReportingEnabled: true,
          omEnabled: false,
          pssoEnabled: false,
          desktopMFAEnabled: false,
          itpEnabled: false,
        },
        _links: {
          organization: { href: okta.canonicalUrl ?? okta.url },
          ...(okta.canonicalUrl !== undefined && { alternate: { href: okta.url } }),
        },
      })
    )
    .get('/api/v1/org', knows(okta), (c) => c.json(orgWire(okta)));

const NOT_GIVEN = {
  website: null,
  phoneNumber: null,
  endUserSupportHelpURL: null,
  supportPhoneNumber: null,
  address1: null,
  address2: null,
  city: null,
  state: null,
  country: null,
  postalCode: null,
};

const orgWire = ({ store: { org }, url }: Okta): Record<string, unknown> => ({
  id: org.id,
  subdomain: org.subdomain,
  companyName: org.name,
  status: 'ACTIVE',
  ...NOT_GIVEN,
  expiresAt: org.expiresAt,
  created: timestamp(org.created),
  lastUpdated: timestamp(org.created),
  _links: {
    preferences: { href: `${url}/v1/org/preferences` },
    uploadLogo: { href: `${url}/api/v1/org/logo`, hints: { allow: ['POST'] } },
    oktaCommunication: { href: `${url}/api/v1/org/privacy/oktaCommunication` },
    logo: null,
    oktaSupport: { href: `${url}/api/v1/org/privacy/oktaSupport` },
    contacts: { href: `${url}/api/v1/org/contacts` },
  },
});
