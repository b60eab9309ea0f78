/**
 * Record ids: a 3-character prefix that tells the object, 12 characters, and the 3-character checksum that makes an id
 * survive systems that ignore case. The API gives 18 characters and takes 15 as well (contracts/salesforce.md §3.1).
 */
import { seededRandom, type Random } from '../random.ts';

const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

export const to18 = (id15: string): string => {
  const chunks = [0, 5, 10].map((start) => [...id15.slice(start, start + 5)]);
  const bits = (chunk: string[]): number =>
    chunk.reduce((sum, character, index) => sum + (/[A-Z]/.test(character) ? 2 ** index : 0), 0);
  return id15 + chunks.map((chunk) => CHECKSUM.charAt(bits(chunk))).join('');
};

export const sameId = (left: string, right: string): boolean =>
  [left.length, right.length].every((length) => length === 15 || length === 18) &&
  left.slice(0, 15) === right.slice(0, 15);

/** What the org makes up. One stream for each kind, so that one more of a kind does not change the values of another. */
export interface Mint {
  readonly id: (prefix: string) => string;
  readonly text: (kind: string, length: number, alphabet?: string) => string;
}

export const seededMint = (seed: string): Mint => {
  const streams = new Map<string, Random>();
  const text: Mint['text'] = (kind, length, alphabet) => {
    const stream = streams.get(kind) ?? seededRandom(`${seed}/${kind}`);
    streams.set(kind, stream);
    return stream.text(length, alphabet);
  };
  return { id: (prefix) => to18(`${prefix}5j${text(prefix, 10)}`), text };
};
