/**
 * Whether the link with which Okta begins an approval leads where it must, and whether what Okta shows at the end belongs to
 * it. Pure. contracts/okta.md §2.4, §14; contracts/salesforce.md §6.1
 * - the host is the target org's own, or the login host of its kind; which one Okta takes is UNCONFIRMED
 * - the client is our app, the redirect is the app's callback
 * - `state` ties the answer to the link: neither is ever in a message
 */
import { SfError } from '@salesforce/core';
import { isSandbox, type TargetOrg } from './targetOrg.ts';

export interface Ours {
  readonly instanceUrl: string;
  readonly kind: TargetOrg['kind'];
  readonly consumerKey: string | undefined;
  readonly callbackUrl: string;
}

const AUTHORIZE = '/services/oauth2/authorize';

/** The link as it may be opened. Throws a ForeignLinkError that names what is not ours. */
export const ownLink = (href: string, ours: Ours): URL => {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  const foreign = url ? foreignIn(url, ours) : ['it is no URL'];
  if (!url || foreign.length > 0) throw new ForeignLinkError(foreign);
  return url;
};

const foreignIn = (url: URL, { instanceUrl, kind, consumerKey = 'unknown', callbackUrl }: Ours): string[] => {
  const own = new URL(instanceUrl);
  const documented = `https://${isSandbox(kind) ? 'test' : 'login'}.salesforce.com`;
  const value = (name: string): string => {
    const values = url.searchParams.getAll(name);
    return values.length === 1 ? (values[0] ?? '') : `${values.length} values`;
  };
  const place = url.origin === own.origin || url.origin === documented;
  return [
    ...(place ? [] : [`it leads to ${url.origin}, not to ${own.origin} or ${documented}`]),
    ...(url.username === '' && url.password === '' ? [] : ['it carries a user name']),
    ...(url.pathname === AUTHORIZE ? [] : [`its path is ${url.pathname}, not ${AUTHORIZE}`]),
    ...(value('client_id') === consumerKey
      ? []
      : [`its client_id is ${value('client_id')}, not our consumer key ${consumerKey}`]),
    ...(value('redirect_uri') === callbackUrl
      ? []
      : [`its redirect_uri is ${value('redirect_uri')}, not the app's callback ${callbackUrl}`]),
  ];
};

/** Okta's link is for another app, org or address than ours. It was not opened. */
export class ForeignLinkError extends SfError {
  public constructor(foreign: readonly string[]) {
    super(`Okta's link for the approval is not ours and was not opened: ${foreign.join('; ')}.`, 'ForeignLinkError', [
      'Run the command with --handshake console: it says how to enter the key and secret of our app in the Okta Admin Console.',
      'If the link leads to a host that you do not know, ask an Okta super admin who changed the app before you go on.',
    ]);
  }
}

export interface Expected {
  /** Where Okta may say that it is: the URL that we were given, and the canonical one. */
  readonly oktaUrls: readonly string[];
  readonly appId: string;
  readonly state: string | null;
}

export type Returned =
  { readonly query: { readonly code: string; readonly state: string } } | { readonly problem: string };

/** What a person brought back from the page where the approval ended: Okta's answer, or the address in it. */
export const readReturned = (text: string, { oktaUrls, appId, state }: Expected): Returned => {
  const href = /https?:\/\/[^\s"'<>\\]+/.exec(text)?.[0]?.replaceAll('&amp;', '&');
  if (href === undefined || !URL.canParse(href)) return { problem: 'There is no address in it.' };
  const url = new URL(href);
  const places = oktaUrls.map((one) => new URL(one).origin);
  if (!places.includes(url.origin) || url.pathname !== `/api/v1/apps/salesforce/${appId}/oauth2/callback`)
    return { problem: `The address in it is not that of Okta's callback for this app.` };
  const [code, given] = [url.searchParams.get('code'), url.searchParams.get('state')];
  if (given === null || given !== state) return { problem: 'It belongs to another approval than the one begun here.' };
  if (code === null) return { problem: 'Salesforce gave no code: the approval was denied.' };
  return { query: { code, state: given } };
};
