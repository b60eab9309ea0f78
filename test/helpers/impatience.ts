import type { TimeLimit } from '../../src/clients/timeLimit.ts';

/**
 * A time limit that no clock decides: it is over for calls whose answer is withheld, as soon as nothing else is under way.
 * So a test of a read that hangs waits for nothing and spares the reads beside it, however slow the machine is.
 */
export class Impatience {
  /** For `with` of a fault: the answer never comes. */
  public readonly withhold = {
    until: async (): Promise<void> => {
      this.#withheld += 1;
      this.#look();
      return new Promise(() => {});
    },
  };

  readonly #under = new Set<() => void>();
  #withheld = 0;

  public readonly limit: TimeLimit = async (_milliseconds, ended) =>
    new Promise((over) => {
      this.#under.add(over);
      ended.addEventListener('abort', () => {
        if (this.#under.delete(over)) this.#look();
      });
      this.#look();
    });

  /** Later, since a call that ends may lead to others. */
  #look(): void {
    setImmediate(() => {
      if (this.#withheld === 0 || this.#under.size !== this.#withheld) return;
      const all = [...this.#under];
      this.#under.clear();
      this.#withheld = 0;
      all.forEach((over) => over());
    });
  }
}
