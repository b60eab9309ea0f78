/** What may be an API token or a private key. A value that cannot be one is refused before it is sent anywhere. */
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { keyObjectOf } from '../clients/okta/privateKey.ts';
import { InputError } from '../errors.ts';
import { Secret } from '../secret.ts';

/** A redacted or templated value is no token; sent, it would only look like a wrong one. */
export const tokenFrom = (token: string, source: string): Secret => {
  if (/^[\x21-\x7e]+$/.test(token) && !/^[[{<]/.test(token)) return new Secret(token);
  throw new InputError(`${source} does not hold an API token.`, [
    `Set ${source} to a token from the Okta Admin Console (Security > API > Tokens).`,
  ]);
};

/** A PEM text, a JWK, or the path of a file that holds one (contracts/okta.md §8). */
export const privateKeyFrom = (value: string, source: string): Secret => {
  const text = unescaped(value);
  const isKey = text.startsWith('-----BEGIN') || text.startsWith('{');
  const key = isKey ? text : unescaped(readKeyFile(value.trim(), source));
  checkKey(key, source);
  return new Secret(key);
};

/** Where a value must be one line, the breaks of a PEM are written as `\n`. */
const unescaped = (text: string): string => text.trim().replaceAll('\\n', '\n');

const readKeyFile = (path: string, source: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Neither the path nor a cause is shown: what cannot be read may be a key that was pasted in another form.
    throw new InputError(`${source} is neither a PEM nor a JWK, nor a file that can be read (${codeOf(error)}).`, [
      `Set ${source} to the private key of the service app, or to the path of its file.`,
    ]);
  }
};

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? 'unknown');

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/** contracts/okta.md §6.2: RSA of 2048 bits or more, or EC. */
const checkKey = (key: string, source: string): void => {
  const bad = (why: string): InputError =>
    new InputError(`The private key (${source}) cannot be used: ${why}.`, [
      'Use the RSA (2048 bits or more) or EC private key whose public key the service app has in Okta, as PEM or JWK.',
    ]);
  let parsed: KeyObject;
  try {
    parsed = keyObjectOf(key);
  } catch {
    throw bad('it is no unencrypted private key in PEM or JWK form');
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = parsed;
  if (type === 'rsa' && (details?.modulusLength ?? 0) < 2048) throw bad('it has fewer than 2048 bits');
  const curve = type === 'ec' && CURVES.includes(details?.namedCurve ?? '');
  if (type !== 'rsa' && !curve) throw bad('Okta takes RSA keys and EC keys on P-256, P-384 or P-521 only');
};

export const keyIdOf = (key: Secret): string | undefined => {
  const text = key.reveal();
  if (!text.startsWith('{')) return undefined;
  const { kid } = JSON.parse(text) as { kid?: unknown };
  return typeof kid === 'string' ? kid : undefined;
};
