/** Which Okta credentials are used, and what is said of the others. */
import { mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global } from '@salesforce/core';
import { expect } from 'chai';
import { oktaCredentials, readSources, type OktaCredentials } from '../../src/credentials/index.ts';
import { forgetLogins, readLogins, storeLogin, type StoredLogin } from '../../src/credentials/storedLogins.ts';
import { InputError } from '../../src/errors.ts';
import { Secret } from '../../src/secret.ts';
import { noSecrets } from '../helpers/noSecrets.ts';
import { rejection, thrown } from '../helpers/rejection.ts';
import { serviceApp } from '../helpers/serviceApp.ts';

const ENV = { OKTA_CLIENT_ORGURL: 'https://environment.okta.com', OKTA_CLIENT_TOKEN: 'T0KEN-environment' };
const login = (alias: string, more: Partial<StoredLogin> = {}): StoredLogin => ({
  alias,
  url: `https://${alias}.okta.com`,
  credential: { mode: 'token', token: new Secret(`T0KEN-${alias}`) },
  isDefault: false,
  ...more,
});
const yaml = (name: string): string =>
  `okta:\n  client:\n    orgUrl: https://${name}.okta.com\n    token: T0KEN-${name}\n`;

describe('Okta credentials', () => {
  let folders: { cwd: string; home: string };
  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'okta-credentials-'));
    folders = { cwd: join(root, 'work'), home: join(root, 'home') };
    await mkdir(folders.cwd);
    await mkdir(join(folders.home, '.okta'), { recursive: true });
  });
  afterEach(async () => {
    await forgetLogins((await readLogins()).map(({ alias }) => alias));
    await rm(join(folders.cwd, '..'), { recursive: true });
  });

  const local = async (text = yaml('local')): Promise<void> => writeFile(join(folders.cwd, 'okta.yaml'), text);
  const atHome = async (): Promise<void> => writeFile(join(folders.home, '.okta', 'okta.yaml'), yaml('home'));
  const found = async ({
    asked,
    config,
    env = {},
  }: { asked?: string; config?: string; env?: NodeJS.ProcessEnv } = {}): Promise<OktaCredentials> =>
    oktaCredentials(asked, env, await readSources(config, env, folders));
  const hostOf = ({ url }: OktaCredentials): string => new URL(url).host.split('.')[0] ?? '';

  it('are those of the first source that is complete, and each is used whole', async () => {
    await Promise.all([local(), atHome()]);
    await storeLogin(login('named'));
    await storeLogin(login('default', { isDefault: true }));
    expect(hostOf(await found({ asked: 'named', env: ENV }))).to.equal('named');
    expect(hostOf(await found({ env: ENV }))).to.equal('environment');
    expect(hostOf(await found())).to.equal('default');
    await forgetLogins(['default']);
    const fromFile = await found();
    expect(hostOf(fromFile)).to.equal('local');
    expect(fromFile.credential.mode === 'token' && fromFile.credential.token.reveal()).to.equal('T0KEN-local');
    await rm(join(folders.cwd, 'okta.yaml'));
    expect(hostOf(await found())).to.equal('home');
  });

  it('name a login by its URL too', async () => {
    await storeLogin(login('named'));
    expect((await found({ asked: 'https://named.okta.com/', env: ENV })).source).to.equal('the login "named"');
  });

  it('never bring a secret to the URL of another source', async () => {
    await storeLogin(login('default', { isDefault: true }));
    const error = await rejection(found({ asked: 'https://other.okta.com' }));
    expect(error).to.be.instanceOf(InputError);
    expect(error.message).to.include('https://other.okta.com').and.include('https://default.okta.com');
  });

  it('tell that variables override the default login, and how to use it', async () => {
    await storeLogin(login('default', { isDefault: true }));
    const { warnings } = await found({ env: ENV });
    expect(warnings.join())
      .to.include('OKTA_CLIENT_TOKEN')
      .and.include('"default"')
      .and.include('unset the OKTA_CLIENT_ variables');
  });

  it('tell that variables for another org are not used when a login is named', async () => {
    await storeLogin(login('named'));
    expect((await found({ asked: 'named', env: ENV })).warnings.join()).to.include('https://environment.okta.com');
  });

  it('are refused where a token and a key are both there and nothing says which is meant', () => {
    const { environment } = serviceApp();
    const { OKTA_CLIENT_AUTHORIZATIONMODE: _, ...both }: NodeJS.ProcessEnv = {
      ...environment('https://x.okta.com'),
      ...ENV,
    };
    expect(thrown(() => oktaCredentials(undefined, both)).message).to.include('only one can be meant');
    expect(oktaCredentials(undefined, { ...both, OKTA_CLIENT_AUTHORIZATIONMODE: 'SSWS' }).credential.mode).to.equal(
      'token'
    );
    expect(
      oktaCredentials(undefined, { ...both, OKTA_CLIENT_AUTHORIZATIONMODE: 'PrivateKey' }).credential.mode
    ).to.equal('service-app');
  });

  it('take a private key from a file, and as Terraform names the variables', async () => {
    const path = join(folders.home, 'key.pem');
    await writeFile(path, serviceApp().pem);
    const env = {
      OKTA_ORG_NAME: 'example',
      OKTA_BASE_URL: 'okta.com',
      OKTA_API_CLIENT_ID: '0oa',
      OKTA_API_PRIVATE_KEY: path,
    };
    expect(oktaCredentials(undefined, env).credential.mode).to.equal('service-app');
  });

  const KEYS: Array<[string, string, string]> = [
    ['a path that leads nowhere', '/nowhere/key.pem', 'nor a file that can be read (ENOENT)'],
    ['half a key', '-----BEGIN PRIVATE KEY-----\nS3CRET-half-a-key', 'no unencrypted private key'],
    ['JSON that is no key', '{"S3CRET-json-key":1}', 'no unencrypted private key'],
  ];
  for (const [what, key, message] of KEYS)
    it(`refuse ${what} and do not show it`, () => {
      const env = {
        OKTA_CLIENT_ORGURL: 'https://x.okta.com',
        OKTA_CLIENT_CLIENTID: '0oa',
        OKTA_CLIENT_PRIVATEKEY: key,
      };
      const error = thrown(() => oktaCredentials(undefined, env));
      expect(error.message).to.include(message).and.not.include('S3CRET');
    });

  it('leave ./okta.yaml alone in CI and inside a git work tree, say so, and take it when it is named', async () => {
    await local();
    for (const env of [{ CI: 'true' }, { JENKINS_URL: 'https://ci.example/' }, { TF_BUILD: 'True' }])
      expect((await rejection(found({ env }))).message).to.include('this is a CI job');
    expect(hostOf(await found({ env: { CI: 'false' } }))).to.equal('local');
    // As in a work tree that `git worktree` made, and seen from below its top.
    await writeFile(join(folders.cwd, '..', '.git'), 'gitdir: elsewhere');
    const error = (await rejection(found())) as InputError;
    expect(error.message).to.include('git work tree');
    expect(error.actions?.join()).to.include('--okta-config');
    expect(hostOf(await found({ config: 'okta.yaml', env: { CI: 'true', ...ENV } }))).to.equal('local');
  });

  const FILES: Array<[string, string]> = [
    ['is not YAML', 'okta: [S3CRET-yaml'],
    ['has another form', 'okta:\n  client: S3CRET-yaml\n'],
    ['is incomplete', 'okta:\n  client:\n    token: S3CRET-yaml\n'],
  ];
  for (const [what, text] of FILES)
    it(`refuse a named file that ${what}, without quoting it`, async () => {
      await local(text);
      const error = await rejection(found({ config: 'okta.yaml' }));
      expect(error).to.be.instanceOf(InputError);
      expect(error.message + String(error.stack)).to.not.include('S3CRET');
    });

  it('name the logins that there are when the alias is unknown', async () => {
    await storeLogin(login('known'));
    expect((await rejection(found({ asked: 'unknown', env: ENV }))).message).to.include('known');
  });
});

describe('a stored Okta login', () => {
  const path = join(Global.SF_DIR, 'okta-logins.json');
  afterEach(async () => forgetLogins((await readLogins()).map(({ alias }) => alias)));

  it('is encrypted, and its file is for its owner alone, after every write', async () => {
    const { pem, jwk } = serviceApp();
    for (const secret of [pem, jwk])
      await storeLogin(
        login('one.two [3]', {
          credential: { mode: 'service-app', clientId: '0oa', privateKey: new Secret(secret), keyId: 'k' },
        })
      );
    await storeLogin(login('other'));
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    await noSecrets(['T0KEN-other', pem.slice(40, 100), jwk.slice(20, 80)], { folder: Global.SF_DIR });
    const [first] = await readLogins();
    expect(first?.credential.mode === 'service-app' && first.credential.privateKey.reveal()).to.equal(jwk);
  });

  it('is the only default one', async () => {
    await storeLogin(login('one', { isDefault: true }));
    await storeLogin(login('two', { isDefault: true }));
    expect((await readLogins()).filter(({ isDefault }) => isDefault).map(({ alias }) => alias)).to.deep.equal(['two']);
  });

  it('can be forgotten', async () => {
    await storeLogin(login('one'));
    expect(await forgetLogins(['one', 'never'])).to.deep.equal(['one']);
    expect(await readLogins()).to.deep.equal([]);
  });
});
