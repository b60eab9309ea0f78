import { seededRandom, type Random } from '../random.ts';

const HEX = '0123456789abcdef';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Ids in Okta's forms. contracts/okta.md §1.3, §7.1
 *
 * Each kind has a stream of its own, so that a refused request or a mere read, which use up error and request ids,
 * does not shift the ids of what is created later.
 */
export class Ids {
  readonly #seed: string;
  readonly #streams = new Map<string, Random>();

  public constructor(seed: string) {
    this.#seed = seed;
  }

  public reset(): void {
    this.#streams.clear();
  }

  /** 20 characters: `0oa…` app, `00u…` user, `00o…` org. The tail is that of one cell, the same for a whole org. */
  public of(prefix: string): string {
    return `${prefix}${this.#stream(prefix).text(20 - prefix.length - 3)}1d7`;
  }

  public error(): string {
    return `oae${this.#stream('error').text(22, BASE64URL)}`;
  }

  public request(): string {
    return this.#stream('request').text(32, HEX);
  }

  public uuid(): string {
    const hex = this.#stream('uuid').text(31, HEX);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(12, 15)}`,
      `8${hex.slice(15, 18)}`,
      hex.slice(18, 30),
    ].join('-');
  }

  /** Something nobody can guess but a reader of the seed: `state`, code verifiers. */
  public text(kind: string, length: number): string {
    return this.#stream(kind).text(length, BASE64URL);
  }

  #stream(kind: string): Random {
    const known = this.#streams.get(kind);
    if (known) return known;
    const made = seededRandom(`${this.#seed}:okta:${kind}`);
    this.#streams.set(kind, made);
    return made;
  }
}
