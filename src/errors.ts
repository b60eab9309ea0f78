/**
 * The errors that are ours and no vendor's, one class per exit code. Every one names what to do: a command, a page or a
 * person. None carries a cause (see the clients' errors).
 */
import { SfError } from '@salesforce/core';
import type { AnyJson } from '@salesforce/ts-types';

/** Flags or environment are wrong, or what is there may not be touched with these flags. Exit code 2. */
export class InputError extends SfError {
  public override readonly exitCode = 2;

  public constructor(message: string, actions: readonly string[]) {
    super(message, 'InputError', [...actions], 2);
  }
}

/** A signal ended the run; what was borrowed has been put back. Exit code 130. */
export class InterruptedError extends SfError {
  public override readonly exitCode = 130;

  /** `next`: what the same command does when it is run again. */
  public constructor(next = 'Run the same command again.') {
    super('Interrupted.', 'InterruptedError', [next], 130);
  }
}

/** A step failed; `data` is the result as far as it came. Exit code 1. */
export class StepFailedError extends SfError<AnyJson> {
  public constructor(title: string, error: Error, report: object) {
    const actions = error instanceof SfError ? (error.actions ?? []) : [];
    super(`"${title}" failed: ${error.message}`, error instanceof SfError ? error.name : 'StepFailedError', [
      ...actions,
      'Whatever the cause, nothing is begun anew: the same command goes on from what is there.',
      'See what is there now with "sf okta provisioning verify".',
    ]);
    this.data = JSON.parse(JSON.stringify(report)) as AnyJson;
  }
}

/** A secret was to come from standard input, and nothing came. Exit code 2. */
export class NoInputError extends InputError {
  public constructor() {
    super('Nothing came from standard input.', [
      'Pipe the secret in, or run the command on a terminal, which asks for it.',
    ]);
  }
}
