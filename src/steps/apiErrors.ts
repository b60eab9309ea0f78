/** How the handshake by API can end besides well, one class for each thing a caller can do about it. */
import { SfError } from '@salesforce/core';

/** Okta does not connect this app by API. */
export class DeclinedError extends SfError {
  public constructor(tried: string) {
    super(`Okta does not connect this app by its API. Tried: ${tried}.`, 'DeclinedError', [
      'Run the command with --handshake console, or without --handshake: it says what a person does in the Okta Admin Console.',
      'If the key and secret were never entered there, they must be once: no API of Okta takes them.',
    ]);
  }
}

/** The approval was given, and Okta did not take what came of it. */
export class ApprovalNotTakenError extends SfError {
  public constructor(why: string) {
    super(`Okta did not take the approval. ${why}`, 'ApprovalNotTakenError', [
      'Run the same command again: it begins a new approval.',
      'If that ends the same way, run it with --handshake console and enter the key and secret anew.',
    ]);
  }
}
