/**
 * What can go wrong with a call to Okta, one class for each thing a caller can do about it. contracts/okta.md §6.5, §7.
 * None has a `cause`: got's errors hold the request headers, and `sf --json` prints the cause, so a wrapped got error
 * would print the API token.
 */
import { SfError } from '@salesforce/core';
import { z } from 'zod';
import { howToReach } from '../proxies.ts';

/** contracts/okta.md §7.1: `errorCauses` may be an object where an array is meant; OAuth endpoints say `error`. */
const errorBody = z
  .object({
    errorCode: z.string().catch(''),
    errorSummary: z.string().catch(''),
    errorId: z.string().catch(''),
    errorCauses: z.array(z.object({ errorSummary: z.string().catch('') })).catch([]),
  })
  .partial();

interface Headers {
  readonly requestId: string;
  /** `WWW-Authenticate`: all that Okta says of a missing scope, beside an empty body. */
  readonly challenge: string;
}

/** Okta refused a call. */
export class OktaApiError extends SfError<{
  status: number;
  errorCode: string;
  errorId: string;
  requestId: string;
  call: string;
}> {
  public constructor(call: string, status: number, body: unknown, { requestId, challenge }: Headers) {
    const { errorCode = '', errorSummary = '', errorId = '', errorCauses = [] } = errorBody.catch({}).parse(body);
    const causes = errorCauses.map((cause) => cause.errorSummary).filter(Boolean);
    const scope = missingScope(challenge);
    const why =
      [errorSummary, ...causes].filter(Boolean).join(' ') ||
      (scope ? `the scope ${scope} is missing` : 'it gave no reason');
    const role = errorCode === 'E0000006' ? ` It takes one of the roles ${rolesFor(call).join(', ')}.` : '';
    const named = errorCode ? ` ${errorCode}` : '';
    super(
      `Okta refused ${call} with ${status}${named}: ${why}${role && (why.endsWith('.') ? role : `.${role}`)}`,
      'OktaApiError'
    );
    this.actions = scope ? [grantScope(scope)] : actionsFor(status, errorCode, call);
    this.data = { status, errorCode, errorId, requestId, call };
  }
}

/** A service app lacks scopes: told by the token request, so before any call that would need them. */
export class OktaScopeError extends SfError<{ scopes: readonly string[] } & Record<string, never>> {
  public readonly scopes: readonly string[];

  public constructor(scopes: readonly string[], clientId: string) {
    super(
      `The Okta service app ${clientId} is not granted ${scopes.join(' and ')}.`,
      'OktaScopeError',
      scopes.map(grantScope)
    );
    this.scopes = scopes;
  }
}

/** Okta did not take the credentials of the service app. */
export class OktaCredentialError extends SfError {
  public constructor(why: string) {
    super(`Okta gave no access token to the service app: ${why}`, 'OktaCredentialError', [
      'Check the client id, the private key and its key id against the service app in the Okta Admin Console (Applications > Applications > the app > General).',
    ]);
  }
}

/** No answer came, so whether Okta did the work is unknown. The next read finds out. */
export class OktaUnreachableError extends SfError<{ call: string; code: string }> {
  public constructor(call: string, code: string, url: URL) {
    super(`Okta gave no answer to ${call} (${code}).`, 'OktaUnreachableError', [
      `Check that ${url.host} is your Okta org and ${howToReach(url.href, code)}.`,
      'Then run the same command again.',
    ]);
    this.data = { call, code };
  }
}

/** The answer was a redirect: Okta's API sends none, so it is of somebody else, or the org has another address. Nothing was done. */
export class OktaRedirectError extends SfError<{ call: string; from: string; to: string }> {
  public constructor(call: string, from: string, to: string) {
    super(
      `${from} answered ${call} with a redirect to ${to}, which is not followed: it is no answer of Okta's API.`,
      'OktaRedirectError',
      [
        `If ${to} is the address of your Okta org, name it by --okta-org or OKTA_CLIENT_ORGURL.`,
        `Otherwise check what is between here and ${from}, such as a proxy or a sign-in page of the network.`,
      ]
    );
    this.data = { call, from, to };
  }
}

/** Okta answered with something that is not what its API documents. */
export class OktaAnswerError extends SfError<{ call: string }> {
  public constructor(call: string, detail: string) {
    super(`Okta's answer to ${call} is not what its API documents: ${detail}`, 'OktaAnswerError', [
      'Check that the URL is that of an Okta org and not of a proxy or a sign-in page.',
    ]);
    this.data = { call };
  }
}

/** Whether the credentials lack a right that the call needs, be it a scope or a role. */
export const lacksRight = (error: unknown): boolean =>
  error instanceof OktaScopeError || (error instanceof OktaApiError && error.data?.status === 403);

const missingScope = (challenge: string): string | undefined =>
  challenge.includes('insufficient_scope')
    ? (/scope="([^"]+)"/.exec(challenge)?.[1] ?? 'that the call needs')
    : undefined;

const grantScope = (scope: string): string =>
  `Ask an Okta super admin to grant ${scope} to the service app (Okta Admin Console > Applications > Applications > the app > Okta API Scopes).`;

/** contracts/okta.md §6.5: by inference, since the minimal role of most calls is not documented. */
const rolesFor = (call: string): string[] => {
  if (call.endsWith('/api/v1/logs'))
    return ['Report Administrator', 'Read-Only Administrator', 'Application Administrator', 'Super Administrator'];
  if (call.includes('/api/v1/users'))
    return ['Organization Administrator', 'Group Administrator', 'Super Administrator'];
  if (call.startsWith('GET ')) return ['Read-Only Administrator', 'Application Administrator', 'Super Administrator'];
  return ['Application Administrator', 'Super Administrator'];
};

const actionsFor = (status: number, errorCode: string, call: string): string[] => {
  if (errorCode === 'E0000015') return ['Ask Okta Support whether this feature is part of your Okta plan.'];
  if (status === 401)
    return [
      'Make a new API token in the Okta Admin Console (Security > API > Tokens) and set it where the old one is. An Application Administrator who has no other role cannot make one.',
    ];
  if (status === 403)
    return [
      `Ask an Okta super admin to give the owner of the API token, or the service app, the role ${rolesFor(call)[0] ?? ''} (Okta Admin Console > Security > Administrators).`,
      'Then run the same command again.',
    ];
  if (status === 400 && call === 'POST /api/v1/apps')
    return [
      'Name a Salesforce app that Okta has already with --okta-app-id or --okta-app-label, or mend what Okta names.',
      'Then run the same command again.',
    ];
  if (status === 429) return ['Wait a minute, then run the same command again.'];
  if (status >= 500) return ['Run the same command again later.'];
  return ['Run the same command with "--dry-run" to see what it would send.'];
};
