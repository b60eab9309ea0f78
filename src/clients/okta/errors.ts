/**
 * What can go wrong with a call to Okta, one class for each thing a caller can do about it. contracts/okta.md §7.
 * None has a `cause`: got's errors hold the request headers, and `sf --json` prints the cause, so a wrapped got error
 * would print the API token.
 */
import { SfError } from '@salesforce/core';
import { z } from 'zod';

/** contracts/okta.md §7.1: `errorCauses` may be an object where an array is meant; OAuth endpoints say `error`. */
const errorBody = z
  .object({
    errorCode: z.string().catch(''),
    errorSummary: z.string().catch(''),
    errorId: z.string().catch(''),
    errorCauses: z.array(z.object({ errorSummary: z.string().catch('') })).catch([]),
  })
  .partial();

/** Okta refused a call. */
export class OktaApiError extends SfError<{
  status: number;
  errorCode: string;
  errorId: string;
  requestId: string;
  call: string;
}> {
  public constructor(call: string, status: number, body: unknown, requestId: string) {
    const { errorCode = '', errorSummary = '', errorId = '', errorCauses = [] } = errorBody.catch({}).parse(body);
    const causes = errorCauses.map((cause) => cause.errorSummary).filter(Boolean);
    const why = [errorSummary, ...causes].filter(Boolean).join(' ') || 'it gave no reason';
    super(
      `Okta refused ${call} with ${status}${errorCode ? ` ${errorCode}` : ''}: ${why}`,
      'OktaApiError',
      actionsFor(status, errorCode)
    );
    this.data = { status, errorCode, errorId, requestId, call };
  }
}

/** No answer came, so whether Okta did the work is unknown. The next read finds out. */
export class OktaUnreachableError extends SfError<{ call: string; code: string }> {
  public constructor(call: string, code: string, host: string) {
    super(`Okta gave no answer to ${call} (${code}).`, 'OktaUnreachableError', [
      `Check that ${host} is your Okta org and can be reached from here.`,
      'Then run the same command again: it goes on from what is there.',
    ]);
    this.data = { call, code };
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

const actionsFor = (status: number, errorCode: string): string[] => {
  if (errorCode === 'E0000015') return ['Ask Okta Support whether this feature is part of your Okta plan.'];
  if (status === 401)
    return [
      'Make a new API token in the Okta Admin Console (Security > API > Tokens) and set it where the old one is.',
    ];
  if (status === 403)
    return ['Ask an Okta super admin to give the owner of the API token the Application Administrator role.'];
  if (status === 429) return ['Wait a minute, then run the same command again: it goes on from what is there.'];
  if (status >= 500) return ['Run the same command again later: it goes on from what is there.'];
  return ['Run the same command with "--dry-run" to see what it would send.'];
};
