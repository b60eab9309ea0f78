import { createHash } from 'node:crypto';

/** A stream of pseudo-random values, the same for the same seed. For ids and made-up secrets of a simulated org, never for real ones. */
export interface Random {
  /** `length` characters of `alphabet`, base 62 unless told. */
  readonly text: (length: number, alphabet?: string) => string;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const seededRandom = (seed: string): Random => {
  let round = 0;
  let pool = Buffer.alloc(0);
  const byte = (): number => {
    if (pool.length === 0) {
      pool = createHash('sha256').update(`${seed}:${round}`).digest();
      round += 1;
    }
    const value = pool.readUInt8(0);
    pool = pool.subarray(1);
    return value;
  };
  return {
    text: (length, alphabet = BASE62) =>
      Array.from({ length }, () => alphabet.charAt(byte() % alphabet.length)).join(''),
  };
};
