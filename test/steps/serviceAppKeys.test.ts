/** Every kind and form of a service app's private key, by the algorithm that Okta is sent. contracts/okta.md §6.2, §8 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OktaScopeError } from '../../src/clients/okta/errors.ts';
import { oktaCredentials } from '../../src/credentials/index.ts';
import { createOktaClient, type OktaClient } from '../../src/clients/okta/client.ts';
import { InputError } from '../../src/errors.ts';
import { documentedWorld as oktaWorld } from '../../src/simulator/okta/index.ts';
import { documentedWorld as salesforceWorld } from '../../src/simulator/salesforce/index.ts';
import { Pair } from '../helpers/pair.ts';
import { rejection, thrown } from '../helpers/rejection.ts';
import { ALL_SCOPES, CLIENT_ID } from '../helpers/serviceApp.ts';

interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
const rsa = (modulusLength = 2048): Keys => generateKeyPairSync('rsa', { modulusLength });
const ec = (namedCurve: string): Keys => generateKeyPairSync('ec', { namedCurve });
const KID = 'simulated-key';
const pem =
  (type: 'pkcs1' | 'pkcs8' | 'sec1') =>
  ({ privateKey }: Keys): string =>
    privateKey.export({ format: 'pem', type: type as 'pkcs8' }).toString();
const jwk =
  (more: object = {}) =>
  ({ privateKey }: Keys): string =>
    JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: KID, ...more });
const oneLine = (keys: Keys): string => pem('pkcs8')(keys).replaceAll('\n', '\\n');

const KEYS: ReadonlyArray<[what: string, keys: () => Keys, form: (keys: Keys) => string, algorithm: string]> = [
  ['an RSA key as PEM (PKCS#8)', rsa, pem('pkcs8'), 'RS256'],
  ['an RSA key as PEM (PKCS#1)', rsa, pem('pkcs1'), 'RS256'],
  ['an RSA key as PEM in one line', rsa, oneLine, 'RS256'],
  ['an RSA key as JWK', rsa, jwk(), 'RS256'],
  ...['RS256', 'RS384', 'RS512'].map((alg): [string, () => Keys, (keys: Keys) => string, string] => [
    `an RSA key as JWK for ${alg}`,
    rsa,
    jwk({ alg }),
    alg,
  ]),
  ...[
    ['P-256', 'ES256'],
    ['P-384', 'ES384'],
    ['P-521', 'ES512'],
  ].flatMap(([curve = '', alg = '']): Array<[string, () => Keys, (keys: Keys) => string, string]> => [
    [`a key on ${curve} as PEM (SEC1)`, () => ec(curve), pem('sec1'), alg],
    [`a key on ${curve} as PEM (PKCS#8)`, () => ec(curve), pem('pkcs8'), alg],
    [`a key on ${curve} as JWK`, () => ec(curve), jwk(), alg],
  ]),
];

describe('the private key of a service app', () => {
  let pair: Pair;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okta-keys-'));
    pair = await Pair.start({ scenario: { salesforce: salesforceWorld, okta: oktaWorld } });
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await pair.stop();
  });

  const environment = (privateKey: string, clientId = CLIENT_ID): NodeJS.ProcessEnv => ({
    OKTA_CLIENT_ORGURL: pair.sim.okta.url,
    OKTA_CLIENT_CLIENTID: clientId,
    OKTA_CLIENT_PRIVATEKEY: privateKey,
    OKTA_CLIENT_KEYID: KID,
  });
  const client = (env: NodeJS.ProcessEnv, scopes: readonly string[] = ['okta.apps.read']): OktaClient => {
    const { signal } = new AbortController();
    return createOktaClient({ ...oktaCredentials(undefined, env), scopes, signal, pause: async () => {} });
  };
  const known = ({ publicKey }: Keys, scopes: readonly string[] = ALL_SCOPES): void => {
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: KID }];
    const record = { clientId: CLIENT_ID, keys, scopes, roles: ['SUPER_ADMIN'], dpop: 'required' as const };
    pair.sim.okta.store.serviceApps.splice(0, Infinity, record);
  };
  const algorithms = (): unknown[] =>
    [...pair.sim.okta.secrets()]
      .filter((one) => /^eyJ[\w-]+\.eyJ/.test(one))
      .map((one) => (JSON.parse(Buffer.from(one.split('.')[0] ?? '', 'base64url').toString()) as { alg: string }).alg);

  for (const [what, make, form, algorithm] of KEYS)
    it(`is taken as ${what}, and signs by ${algorithm}`, async () => {
      const keys = make();
      known(keys);
      const path = join(folder, 'key');
      await writeFile(path, form(keys));
      for (const given of [form(keys), path]) {
        const before = algorithms().length;
        await client(environment(given)).ping();
        // One assertion, and a fresh one with the nonce that Okta asks for.
        expect(algorithms().slice(before)).to.deep.equal([algorithm, algorithm]);
      }
    });

  const REFUSED: ReadonlyArray<[what: string, form: () => string, why: RegExp]> = [
    ['an RSA key of 1024 bits', () => pem('pkcs8')(rsa(1024)), /fewer than 2048 bits/],
    ['a key on another curve', () => pem('sec1')(ec('secp256k1')), /P-256, P-384 or P-521 only/],
    [
      'an Ed25519 key',
      () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      /P-256, P-384 or P-521 only/,
    ],
    [
      'an encrypted key',
      () =>
        rsa().privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'p' }).toString(),
      /no unencrypted private key/,
    ],
    [
      'a public key',
      () => rsa().publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      /no unencrypted private/,
    ],
  ];
  for (const [what, form, why] of REFUSED)
    it(`is refused as ${what}, before anything is sent`, () => {
      const before = pair.sim.okta.requests.length;
      const text = form();
      const error = thrown(() => client(environment(text))) as InputError;
      expect(error).to.be.instanceOf(InputError);
      expect(error.message).to.match(why).and.not.include(text.slice(40, 80));
      expect(error.actions?.join()).to.include('RSA (2048 bits or more) or EC');
      expect(pair.sim.okta.requests.length).to.equal(before);
    });

  it('of an app that lacks several scopes: each is named, and no call was made', async () => {
    const keys = rsa();
    known(keys, ['okta.logs.read']);
    const before = pair.sim.okta.requests.length;
    const okta = client(environment(pem('pkcs8')(keys)), ['okta.apps.read', 'okta.apps.manage']);
    const error = (await rejection(okta.ping())) as OktaScopeError;
    expect(error).to.be.instanceOf(OktaScopeError);
    expect(error.scopes).to.deep.equal(['okta.apps.read', 'okta.apps.manage']);
    expect(error.message).to.include('okta.apps.read and okta.apps.manage');
    const paths = pair.sim.okta.requests.slice(before).map(({ path }) => path);
    expect(new Set(paths)).to.deep.equal(new Set(['/oauth2/v1/token']));
  });
});
