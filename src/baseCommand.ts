/**
 * What every command of this plugin shares: signals, the abort signal that all steps see, and how errors end. The official
 * base command answers a signal by `exit(130)`, which throws outside the running command, so that nothing borrowed would
 * be put back; here the first signal aborts the run, which then ends in order, and a second one quits at once.
 */
import { SfCommand, Ux } from '@salesforce/sf-plugins-core';
import { sleepFor, type Pause } from './clients/pause.ts';
import { proxyFor } from './clients/proxies.ts';
import { guardTransport } from './clients/salesforce/transport.ts';
import type { Choice } from './engine/change.ts';
import { InterruptedError, NoInputError } from './errors.ts';
import { jsonText, visible, visibleLines } from './report/characters.ts';
import { hangingWrap } from './report/wrap.ts';

const PROMPT_MS = 120_000;
const PROMPT_PATIENCE = 20 * 60_000;

export abstract class BaseCommand<T> extends SfCommand<T> {
  public static override readonly enableJsonFlag = true;
  /** How time passes between two tries. Tests let simulated time pass instead. */
  protected readonly pause: Pause = sleepFor;
  /** What a person is told to do after an interrupt. */
  protected readonly afterInterrupt: string | undefined;
  readonly #abort = new AbortController();
  #lines: AsyncIterator<string> | undefined;

  /** Aborted, with an InterruptedError as its reason, by the first SIGINT, SIGTERM or SIGHUP. */
  protected get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Whether a person is there to see and answer. */
  protected get interactive(): boolean {
    return !this.jsonEnabled() && Boolean(process.stdout.isTTY) && Boolean(process.stdin.isTTY) && !process.env['CI'];
  }

  public override async init(): Promise<void> {
    guardTransport();
    // Behind a proxy names are the proxy's to resolve; `sf` would not even ask an org whose name is unknown here.
    if (proxyFor('https://login.salesforce.com') !== undefined) process.env['SF_DISABLE_DNS_CHECK'] ??= 'true';
    await super.init();
  }

  public override exit(code?: number): never {
    if (code !== 130) return super.exit(code);
    if (this.#abort.signal.aborted) process.exit(130);
    this.#abort.abort(new InterruptedError(this.afterInterrupt));
    // The caller is the signal listener, which ignores what comes back; throwing here would skip every `finally`.
    return undefined as never;
  }

  public override warn(input: Parameters<SfCommand<T>['warn']>[0]): ReturnType<SfCommand<T>['warn']> {
    return super.warn(typeof input === 'string' ? visibleLines(input) : input);
  }

  /** As the official one, unless a terminal would act on what a service said. */
  public override logJson(json: unknown): void {
    const text = jsonText(json);
    if (text === JSON.stringify(json, undefined, 2)) super.logJson(json);
    else new Ux().log(text);
  }

  /** A secret typed without an echo, or piped in; never a flag. */
  protected async readSecret(message: string): Promise<string> {
    if (process.stdin.isTTY && !this.jsonEnabled()) return (await this.secretPrompt({ message, ms: PROMPT_MS })).trim();
    const { text } = await import('node:stream/consumers');
    const tooLong = new Promise<never>((_, reject) => {
      const late = (): void => reject(new NoInputError());
      AbortSignal.timeout(PROMPT_MS).addEventListener('abort', late, { once: true });
      this.signal.addEventListener('abort', () => reject(new InterruptedError(this.afterInterrupt)), { once: true });
    });
    const given = (await Promise.race([text(process.stdin), tooLong])).trim();
    if (given === '') throw new NoInputError();
    return given;
  }

  /** Asks, and waits for the answer: the official prompt takes the default after ten seconds. Ctrl-C interrupts the command. */
  protected async agree(message: string): Promise<boolean> {
    try {
      return await this.confirm({ message: visibleLines(message), ms: PROMPT_PATIENCE, defaultAnswer: false });
    } catch (error) {
      throw error instanceof Error && error.name === 'ExitPromptError'
        ? new InterruptedError(this.afterInterrupt)
        : error;
    }
  }

  /** One of several, chosen by the arrow keys. Ctrl-C interrupts the command. */
  protected async choose({ question, options }: Choice): Promise<string> {
    const { default: select } = await import('@inquirer/select');
    const choices = options.map(({ value, facts }) => ({ value, name: visible(`${value}  ${facts}`) }));
    const chosen = await this.#unlessTakenBack(
      select({ message: visible(question), choices }, { signal: this.signal })
    );
    if (chosen === undefined) throw new InterruptedError(this.afterInterrupt);
    return chosen;
  }

  protected override async catch(error: Parameters<SfCommand<T>['catch']>[0]): Promise<never> {
    if (!this.jsonEnabled()) {
      const actions = 'actions' in error ? { actions: error.actions?.map(visibleLines) } : {};
      Object.assign(error, { message: visibleLines(error.message), ...actions });
    }
    return super.catch(error);
  }

  /** A text typed or pasted without an echo; undefined once `signal` takes the question back. Ctrl-C interrupts the command. */
  protected async askHidden(message: string, signal: AbortSignal): Promise<string | undefined> {
    const { default: password } = await import('@inquirer/password');
    return (await this.#unlessTakenBack(password({ message }, { signal })))?.trim();
  }

  /** Yes or no; no once `signal` takes the question back. */
  protected async agreeUntil(message: string, signal: AbortSignal): Promise<boolean> {
    const { default: confirm } = await import('@inquirer/confirm');
    return (await this.#unlessTakenBack(confirm({ message, default: false }, { signal }))) ?? false;
  }

  /** The next line of standard input, where it is no terminal; undefined at its end, and once `signal` takes the question back. */
  protected async nextLine(signal: AbortSignal): Promise<string | undefined> {
    if (process.stdin.isTTY) return undefined;
    const { createInterface } = await import('node:readline');
    this.#lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    // Whoever started the command may keep the pipe open: that must not keep the command.
    process.stdin.unref?.();
    const gone = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const line = await Promise.race([this.#lines.next(), gone]);
    return line === undefined || line.done === true ? undefined : line.value.trim();
  }

  /** Prints lines, on a terminal broken between words at its width. What has no blank, such as a URL, is never broken. */
  protected print(lines: readonly string[]): void {
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    for (const line of lines.map(visible)) this.log(width === undefined ? line : hangingWrap(line, width));
  }

  async #unlessTakenBack<A>(answer: Promise<A>): Promise<A | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError')
        this.#abort.abort(new InterruptedError(this.afterInterrupt));
      return undefined;
    }
  }
}
