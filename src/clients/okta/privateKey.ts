/** The private key of a service app, PEM (PKCS#1, PKCS#8, SEC1) or JWK, as the Web Crypto key that signs. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import { importJWK } from 'jose';
import type { Secret } from '../../secret.ts';

/** What it throws may quote the key: callers tell only that it could not be read. */
export const keyObjectOf = (key: string): KeyObject =>
  createPrivateKey(key.startsWith('{') ? { key: JSON.parse(key) as never, format: 'jwk' } : key);

const ALG_OF_CURVE: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

/** contracts/okta.md §6.2: RS256 to RS512, ES256 to ES512. A JWK may say which; else RS256, or what the curve asks for. */
export const signingKey = async (key: Secret): Promise<webcrypto.CryptoKey> => {
  const text = key.reveal();
  const told = text.startsWith('{') ? (JSON.parse(text) as { alg?: unknown }).alg : undefined;
  const jwk = keyObjectOf(text).export({ format: 'jwk' });
  const alg =
    typeof told === 'string' && /^(RS|ES)(256|384|512)$/.test(told) ? told : (ALG_OF_CURVE[jwk.crv ?? ''] ?? 'RS256');
  return (await importJWK(jwk as never, alg)) as webcrypto.CryptoKey;
};
