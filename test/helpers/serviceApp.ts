/** A service app for a simulated Okta org, with a key that nobody else has. */
import { generateKeyPairSync } from 'node:crypto';
import type { ServiceAppRecord } from '../../src/simulator/okta/index.ts';

export interface TestServiceApp {
  readonly record: ServiceAppRecord;
  readonly pem: string;
  readonly jwk: string;
  /** As Okta's SDKs name the variables. */
  readonly environment: (url: string) => NodeJS.ProcessEnv;
}

export const CLIENT_ID = '0oaSIMULATEDservice1';
const KID = 'simulated-key';

export const ALL_SCOPES = [
  'okta.apps.read',
  'okta.apps.manage',
  'okta.logs.read',
  'okta.orgs.read',
  'okta.users.manage',
  'okta.schemas.read',
];

export const serviceApp = (change: Partial<ServiceAppRecord> = {}, type: 'rsa' | 'ec' = 'rsa'): TestServiceApp => {
  const { privateKey, publicKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return {
    record: {
      clientId: CLIENT_ID,
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KID }],
      scopes: ALL_SCOPES,
      roles: ['SUPER_ADMIN'],
      dpop: 'ignored',
      ...change,
    },
    pem,
    jwk: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: KID }),
    environment: (url) => ({
      OKTA_CLIENT_ORGURL: url,
      OKTA_CLIENT_AUTHORIZATIONMODE: 'PrivateKey',
      OKTA_CLIENT_CLIENTID: CLIENT_ID,
      OKTA_CLIENT_PRIVATEKEY: pem,
      OKTA_CLIENT_KEYID: KID,
    }),
  };
};
