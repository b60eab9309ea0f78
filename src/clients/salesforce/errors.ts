/**
 * What can go wrong with a call to Salesforce, one class for each thing a caller can do about it. None has a `cause`: the
 * library's errors hold the request, and a network failure in a cause chain would end as exit code 10, which means a bug.
 */
import { SfError } from '@salesforce/core';
import { z } from 'zod';
import { howToReach, ProxyError, ProxyRefusedError } from '../proxies.ts';

/** Salesforce refused a call. `errorCode` is the API's own (contracts/salesforce.md §5.2, §10.2). */
export class SalesforceApiError extends SfError<{ errorCode: string; call: string }> {
  /** `about`: the metadata type or sObject whose writing was refused. */
  public constructor(call: string, errorCode: string, message: string, about?: string) {
    super(`Salesforce refused ${call}: ${message || errorCode}`, 'SalesforceApiError', actionsFor(errorCode, about));
    this.data = { errorCode, call };
  }
}

/** No answer came, so whether Salesforce did the work is unknown. The next read finds out. */
export class SalesforceUnreachableError extends SfError<{ code: string; call: string }> {
  public constructor(call: string, code: string, instanceUrl: string) {
    super(
      `Salesforce gave no answer to ${call.replace(/^to /, 'the call to ')} (${code}).`,
      'SalesforceUnreachableError',
      [`Check that ${instanceUrl} ${howToReach(instanceUrl, code)}.`, 'Then run the same command again.']
    );
    this.data = { code, call };
  }
}

/** The answer was a redirect. It is never followed: what is asked carries the access token. */
export class SalesforceRedirectError extends SfError<{ from: string; to: string; call: string }> {
  public constructor(from: string, to: string, call = 'a request') {
    super(
      `Salesforce answered ${call} with a redirect to ${to}, which is not followed: the request carries your access token.`,
      'SalesforceRedirectError',
      [
        `If ${to} is where your org is now, log in to it again with "sf org login web --instance-url https://${to}", then run the same command again.`,
        `Otherwise check what is between here and ${from}, such as a proxy or a sign-in page of the network.`,
      ]
    );
    this.data = { from, to, call };
  }
}

/** Most orgs can create no connected app since Spring '26 (contracts/salesforce.md §4.1). Nothing was made. */
export class ConnectedAppRefusedError extends SfError {
  public constructor() {
    super(
      "This org can create no connected app: Salesforce has switched that off for most orgs since Spring '26. Nothing was made.",
      'ConnectedAppRefusedError',
      [
        'Use an external client app: run the same command without --app-type connected-app.',
        'Or ask Salesforce Support to enable the creation of connected apps in this org, then run the same command again.',
      ]
    );
  }
}

/** The `sf` login holds a JWT, which the Metadata API takes from version 68 on only (contracts/salesforce.md §15.4). */
export class JwtRefusedError extends SfError {
  public constructor() {
    super(
      "Salesforce's Metadata API does not take the access token of this login, which is a JWT.",
      'JwtRefusedError',
      [
        'Log in with "sf org login web" without --client-id, then run the same command again.',
        'Or switch off "Issue JSON Web Token (JWT)-based access tokens" in the app that you log in with, and log in again.',
        'Or add --api-version 68.0, where the org has that version.',
      ]
    );
  }
}

/** An answer with status 200 that is none of the API: the page of a proxy, or a sign-in page. */
export const notOfTheApi = (call: string): SalesforceApiError =>
  new SalesforceApiError(
    call,
    'UNEXPECTED_ANSWER',
    'the answer is not one of its API; a proxy or a sign-in page may be in between'
  );

/** Where the pages of a list lead back to each other, or go on for ever. */
export const endless = (call: string, pages: number): SalesforceApiError =>
  new SalesforceApiError(call, 'UNEXPECTED_ANSWER', `the list does not end after ${pages} pages`);

/** The text is all that is known of this refusal, its beginning the stable part (contracts/salesforce.md §4.1, U1). */
const NO_CONNECTED_APPS = "You can't create a connected app";

/** A key that some org has already; the text is all that is known of it (contracts/salesforce.md §1.7). Nothing was made. */
export class ConsumerKeyTakenError extends SfError {
  public constructor() {
    super(
      'The consumer key that was chosen is taken in some org, twice in a row. Nothing was made.',
      'ConsumerKeyTakenError',
      ['Run the same command again: it chooses another key.']
    );
  }
}

const KEY_TAKEN = 'consumer key is already taken';

/** What was refused of one component, whichever call it came by. */
export const refusedComponent = (
  call: string,
  type: string,
  statusCode = 'UNKNOWN_EXCEPTION',
  message = 'it gave no reason'
): Error =>
  message.startsWith(NO_CONNECTED_APPS)
    ? new ConnectedAppRefusedError()
    : message.toLowerCase().includes(KEY_TAKEN)
      ? new ConsumerKeyTakenError()
      : new SalesforceApiError(call, statusCode, message, type);

const actionsFor = (errorCode: string, about?: string): string[] => {
  switch (errorCode.replace(/^.*:/, '')) {
    case 'INVALID_SESSION_ID':
      return ['Log in to the target org again with "sf org login web", then run the same command again.'];
    case 'API_DISABLED_FOR_ORG':
      return ['Ask Salesforce to enable API access for this edition; Okta cannot provision users without it.'];
    case 'INSUFFICIENT_ACCESS':
    case 'INSUFFICIENT_ACCESS_OR_READONLY':
      return [
        `Ask a Salesforce admin to give the user you are logged in as ${permissionsFor(about)}, then run the same command again.`,
      ];
    case 'LICENSE_LIMIT_EXCEEDED':
      return [
        'Free a licence by deactivating a user in Setup > Users (Setup > Company Information > User Licenses shows how many there are), then run the same command again.',
      ];
    case 'DUPLICATE_USERNAME':
      return ['Choose another username by --integration-user: usernames are unique across all Salesforce orgs.'];
    default:
      return ['Fix what Salesforce names, then run the same command again.'];
  }
};

/** The permissions that a write takes, by their labels in Setup (contracts/salesforce.md §1.1, §2.8, §7, §8.3; docs/sources.md). */
const permissionsFor = (about: string | undefined): string => {
  switch (about) {
    case 'ExternalClientApplication':
    case 'ExtlClntAppOauthSettings':
    case 'ExtlClntAppGlobalOauthSettings':
      return 'the permission "Create, edit, and delete External Client Apps"';
    case 'ExtlClntAppOauthConfigurablePolicies':
      return 'the permission "View all External Client Apps, view their settings, and edit their policies"';
    case 'ConnectedApp':
      return 'the permissions "Customize Application" and "Manage Connected Apps"';
    case 'ExternalClientAppSettings':
      return 'the permission "Customize Application"';
    case 'User':
      return 'the permission "Manage Users"';
    case 'PermissionSetAssignment':
      return 'the permission "Assign Permission Sets"';
    case 'PermissionSet':
    case 'Profile':
    case 'SetupEntityAccess':
      return 'the permission "Manage Profiles and Permission Sets"';
    default:
      return 'the permissions "Customize Application", "Modify Metadata Through Metadata API Functions" and "Create, edit, and delete External Client Apps"';
  }
};

/** The failure of one call in our words, told from the shape of the library's error, never from its text. */
export const toSalesforceError = (call: string, error: unknown, instanceUrl: string): Error => {
  if (
    error instanceof SalesforceApiError ||
    error instanceof SalesforceUnreachableError ||
    error instanceof JwtRefusedError ||
    error instanceof ProxyError
  )
    return error;
  const { cause: told } = error as Error;
  for (const refusal of [error, told]) if (refusal instanceof ProxyRefusedError) return refusal;
  if (error instanceof SalesforceRedirectError)
    return new SalesforceRedirectError(error.data?.from ?? '', error.data?.to ?? '', call);
  const { name, message, errorCode, cause, code } = error as Error & { errorCode?: string; code?: string };
  const status = /^ERROR_HTTP_(\d+)$/.exec(errorCode ?? name)?.[1];
  if (status !== undefined)
    return new SalesforceApiError(call, `HTTP_${status}`, `it answered with HTTP status ${status}`);
  if (errorCode === 'MULTIPLE_API_ERRORS') return severalErrors(call, error);
  if (errorCode !== undefined) return new SalesforceApiError(call, errorCode, message, OBJECT.exec(call)?.[1]);
  // Some of undici's are numbers that say nothing.
  const network = [(cause as { code?: unknown } | undefined)?.code, code].find((known) => typeof known === 'string');
  if (error instanceof TypeError || network !== undefined)
    return new SalesforceUnreachableError(call, network ?? 'connection lost', instanceUrl);
  return new SalesforceApiError(call, name, message);
};

const severalData = z.array(z.object({ errorCode: z.string(), message: z.string() }));

/** One answer with several refusals: the library keeps them beside a text that says none (contracts/salesforce.md §10.2). */
const severalErrors = (call: string, error: unknown): SalesforceApiError => {
  const { data: refusals = [] } = severalData.safeParse((error as { data?: unknown }).data);
  const text = [...new Set(refusals.map(({ message }) => message))].join('; ');
  const code = refusals[0]?.errorCode ?? 'MULTIPLE_API_ERRORS';
  return new SalesforceApiError(call, code, text, OBJECT.exec(call)?.[1]);
};

/**
 * Whether trying a read again can help: no answer, the page of somebody in between, or an answer of 5xx or 429, which the
 * library tells by the body's code if it has one.
 */
export const isTransient = (error: unknown): boolean =>
  error instanceof SalesforceUnreachableError ||
  (error instanceof SalesforceApiError &&
    /^(HTTP_(5\d\d|429)|SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION|UNEXPECTED_ANSWER)$/.test(error.data?.errorCode ?? ''));

/** How our calls of records are named. */
const OBJECT = /^to (?:create a|update the|delete the) (\w+)/;
