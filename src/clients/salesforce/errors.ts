/**
 * What can go wrong with a call to Salesforce, one class for each thing a caller can do about it. None has a `cause`: the
 * library's errors hold the request, and a network failure in a cause chain would end as exit code 10, which means a bug.
 */
import { SfError } from '@salesforce/core';

/** Salesforce refused a call. `errorCode` is the API's own (contracts/salesforce.md §5.2, §10.2). */
export class SalesforceApiError extends SfError<{ errorCode: string; call: string }> {
  public constructor(call: string, errorCode: string, message: string) {
    super(`Salesforce refused ${call}: ${message || errorCode}`, 'SalesforceApiError', actionsFor(errorCode));
    this.data = { errorCode, call };
  }
}

/** No answer came, so whether Salesforce did the work is unknown. The next read finds out. */
export class SalesforceUnreachableError extends SfError<{ code: string; call: string }> {
  public constructor(call: string, code: string, instanceUrl: string) {
    super(`Salesforce gave no answer to ${call} (${code}).`, 'SalesforceUnreachableError', [
      `Check that ${instanceUrl} can be reached from here.`,
      'Then run the same command again: it goes on from what is there.',
    ]);
    this.data = { code, call };
  }
}

const actionsFor = (errorCode: string): string[] => {
  switch (errorCode.replace(/^.*:/, '')) {
    case 'INVALID_SESSION_ID':
      return ['Log in to the target org again with "sf org login web", then run the same command again.'];
    case 'API_DISABLED_FOR_ORG':
      return ['Ask Salesforce to enable API access for this edition; Okta cannot provision users without it.'];
    case 'INSUFFICIENT_ACCESS':
    case 'INSUFFICIENT_ACCESS_OR_READONLY':
      return [
        'Ask a Salesforce admin to give the user you are logged in as the permissions Customize Application, Modify Metadata and Create, Edit, and Delete External Client Apps.',
      ];
    default:
      return ['Fix what Salesforce names, then run the same command again: it goes on from what is there.'];
  }
};

/** The failure of one call in our words, told from the shape of the library's error, never from its text. */
export const toSalesforceError = (call: string, error: unknown, instanceUrl: string): Error => {
  if (error instanceof SalesforceApiError || error instanceof SalesforceUnreachableError) return error;
  const { name, message, errorCode, cause, code } = error as Error & { errorCode?: string; code?: string };
  const status = /^ERROR_HTTP_(\d+)$/.exec(errorCode ?? name)?.[1];
  if (status !== undefined)
    return new SalesforceApiError(call, `HTTP_${status}`, `it answered with HTTP status ${status}`);
  if (errorCode !== undefined) return new SalesforceApiError(call, errorCode, message);
  const network = (cause as { code?: string } | undefined)?.code ?? code;
  if (error instanceof TypeError || network !== undefined)
    return new SalesforceUnreachableError(call, network ?? 'connection lost', instanceUrl);
  return new SalesforceApiError(call, name, message);
};

/** Whether trying a read again can help: no answer, or an answer of 5xx or 429, which the library tells by the body's code if it has one. */
export const isTransient = (error: unknown): boolean =>
  error instanceof SalesforceUnreachableError ||
  (error instanceof SalesforceApiError &&
    /^(HTTP_(5\d\d|429)|SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION)$/.test(error.data?.errorCode ?? ''));
