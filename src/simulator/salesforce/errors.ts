/**
 * Refusals in the wire shapes of the vendor. They are thrown where a rule is broken and become answers in one place
 * (`app.ts`); a component's error becomes part of a SOAP result instead (`routes/soap.ts`).
 */

/** REST and Connect REST: an array of one entry, or of one for each of `messages`. contracts/salesforce.md §3.3, §7, §8.1, §10.2 */
export class RestError extends Error {
  public readonly status: 400 | 401 | 403 | 404;
  public readonly errorCode: string;
  public readonly fields: readonly string[] | undefined;
  readonly #messages: readonly string[];

  public constructor(
    status: RestError['status'],
    errorCode: string,
    messages: string | readonly string[],
    fields?: readonly string[]
  ) {
    const all = [messages].flat();
    super(all.join('; '));
    this.#messages = all;
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  public body(): unknown {
    const { errorCode, fields } = this;
    return this.#messages.map((message) => (fields ? { message, errorCode, fields } : { message, errorCode }));
  }
}

/** The token endpoint and its neighbours. contracts/salesforce.md §6.3 */
export class OAuthError extends Error {
  public readonly error: string;

  public constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/** A SOAP call that failed as a whole: HTTP 500. contracts/salesforce.md §5.3 */
export class SoapFault extends Error {
  public readonly code: string;

  public constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One component of a SOAP call that failed: `success` false with a status code. contracts/salesforce.md §5.2 */
export class ComponentError extends Error {
  public readonly statusCode: string;

  public constructor(statusCode: string, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Something that Salesforce may well do and this simulator does not: 501, recorded, and a test that meets it fails. */
export class NotSimulated extends Error {}
