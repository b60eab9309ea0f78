/**
 * Refusals in Okta's words. contracts/okta.md §7.1, §7.2
 * - thrown by the routes, made an answer in one place
 * - `errorLink` equals the code; `errorId` is `oae` and 22 characters
 */
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export class OktaRefusal extends Error {
  public readonly status: ContentfulStatusCode;
  public readonly code: string;
  public readonly causes: readonly string[];

  public constructor(status: ContentfulStatusCode, code: string, summary: string, causes: readonly string[] = []) {
    super(summary);
    this.status = status;
    this.code = code;
    this.causes = causes;
  }
}

export interface ErrorWire {
  readonly errorCode: string;
  readonly errorSummary: string;
  readonly errorLink: string;
  readonly errorId: string;
  readonly errorCauses: ReadonlyArray<{ readonly errorSummary: string }>;
}

export const errorWire = ({ code, message, causes }: OktaRefusal, errorId: string): ErrorWire => ({
  errorCode: code,
  errorSummary: message,
  errorLink: code,
  errorId,
  errorCauses: causes.map((errorSummary) => ({ errorSummary })),
});

export const invalid = (what: string, ...causes: string[]): OktaRefusal =>
  new OktaRefusal(400, 'E0000001', `Api validation failed: ${what}`, causes);

export const malformed = (): OktaRefusal => new OktaRefusal(400, 'E0000003', 'The request body was not well-formed.');

export const noCredentials = (): OktaRefusal => new OktaRefusal(403, 'E0000005', 'Invalid session');

export const noPermission = (): OktaRefusal =>
  new OktaRefusal(403, 'E0000006', 'You do not have permission to perform the requested action');

export const methodNotAllowed = (): OktaRefusal =>
  new OktaRefusal(405, 'E0000022', 'The endpoint does not support the provided HTTP method');

export const notImplemented = (...causes: string[]): OktaRefusal =>
  new OktaRefusal(501, 'E0000052', 'Endpoint not implemented.', causes);

export const notFound = (id: string, type: string): OktaRefusal =>
  new OktaRefusal(404, 'E0000007', `Not found: Resource not found: ${id} (${type})`);

export const noSuchPath = (): OktaRefusal => new OktaRefusal(404, 'E0000008', 'The requested path was not found');

export const internal = (): OktaRefusal => new OktaRefusal(500, 'E0000009', 'Internal Server Error');

export const readOnlyMode = (): OktaRefusal => new OktaRefusal(503, 'E0000010', 'Service is in read only mode');

export const badToken = (): OktaRefusal => new OktaRefusal(401, 'E0000011', 'Invalid token provided');

export const badCursor = (): OktaRefusal =>
  new OktaRefusal(400, 'E0000029', 'Invalid paging request.', ['Invalid cursor.']);

export const badSearch = (): OktaRefusal => new OktaRefusal(400, 'E0000031', 'Invalid search criteria.');

export const credentialsNotFitting = (): OktaRefusal =>
  new OktaRefusal(400, 'E0000041', 'Credentials should not be set on this resource based on the scheme.');

export const rateLimited = (): OktaRefusal =>
  new OktaRefusal(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');

export const badFilter = (why: string): OktaRefusal => new OktaRefusal(400, 'E0000053', why);

export const deleteForbidden = (): OktaRefusal =>
  new OktaRefusal(403, 'E0000056', 'Delete application forbidden.', [
    'The application must be deactivated before deletion.',
  ]);

export const mappedAttribute = (name: string): OktaRefusal =>
  new OktaRefusal(
    403,
    'E0000075',
    `Cannot modify the ${name} attribute because it has a field mapping and profile push is enabled.`
  );

export const inactiveUser = (): OktaRefusal =>
  new OktaRefusal(403, 'E0000117', 'Cannot assign apps or update app profiles for an inactive user.');
