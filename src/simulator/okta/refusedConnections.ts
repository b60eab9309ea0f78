/**
 * Other things that the Connections API may say of a `salesforce` app, since nobody has recorded it. contracts/okta.md §2.5
 * - refused with a status, GET and POST alike
 * - supported, but with an authorize link that leads to another host, or is for another client
 */
import type { ConnectionApi } from './connectionApi.ts';
import { documentedConnections } from './connectionApi.ts';
import { invalid, methodNotAllowed, noPermission, noSuchPath, notImplemented, type OktaRefusal } from './errors.ts';
import { inner } from './requests.ts';
import { supportedConnections } from './supportedConnections.ts';

const REFUSALS: Readonly<Record<string, () => OktaRefusal>> = {
  'refused-400': () => invalid('connection', 'Provisioning is not supported.'),
  'refused-403': noPermission,
  'refused-404': noSuchPath,
  'refused-405': methodNotAllowed,
  'refused-501': notImplemented,
};

export const refusedConnections = (kind: string): ConnectionApi => {
  const refuse = (): never => {
    throw (REFUSALS[kind] ?? notImplemented)();
  };
  return { ...documentedConnections, read: refuse, write: refuse, turn: async () => refuse() };
};

const FORGED: Readonly<Record<string, (url: URL) => void>> = {
  'foreign-host': (url) => void (url.host = 'login.salesforce.example'),
  'foreign-client': (url) => url.searchParams.set('client_id', '3MVG9.somebody.else'),
  'foreign-callback': (url) => url.searchParams.set('redirect_uri', 'https://elsewhere.example/callback'),
};

/** The supported connection, with a link that a client must not follow. */
export const forgedConnections = (kind: string): ConnectionApi => ({
  ...supportedConnections,
  write: (asked, body) => {
    const answer = supportedConnections.write(asked, body);
    const links = inner(answer, '_links');
    const authorize = inner(links, 'authorize');
    if (typeof authorize['href'] !== 'string') return answer;
    const url = new URL(authorize['href']);
    FORGED[kind]?.(url);
    return { ...answer, _links: { ...links, authorize: { ...authorize, href: url.href } } };
  },
});
