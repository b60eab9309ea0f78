/**
 * What every command of this plugin shares: signals, the abort signal that all steps see, and how errors end. The official
 * base command answers a signal by `exit(130)`, which throws outside the running command, so that nothing borrowed would
 * be put back; here the first signal aborts the run, which then ends in order, and a second one quits at once.
 */
import { SfCommand } from '@salesforce/sf-plugins-core';
import { InterruptedError } from './errors.ts';

export abstract class BaseCommand<T> extends SfCommand<T> {
  public static override readonly enableJsonFlag = true;
  readonly #abort = new AbortController();

  /** Aborted, with an InterruptedError as its reason, by the first SIGINT, SIGTERM or SIGHUP. */
  protected get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whether a person is there to see and answer. */
  protected get interactive(): boolean {
    return !this.jsonEnabled() && Boolean(process.stdout.isTTY) && Boolean(process.stdin.isTTY) && !process.env['CI'];
  }

  /** Columns of the terminal; a log has no end of line, and is broken nowhere. */
  protected get width(): number {
    return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  }

  public override exit(code?: number): never {
    if (code !== 130) return super.exit(code);
    if (this.#abort.signal.aborted) process.exit(130);
    this.#abort.abort(new InterruptedError());
    // The caller is the signal listener, which ignores what comes back; throwing here would skip every `finally`.
    return undefined as never;
  }
}
