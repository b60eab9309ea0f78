import { expect } from 'chai';
import { howToReach, ProxyError, proxyFor } from '../../src/clients/proxies.ts';
import { thrown } from '../helpers/rejection.ts';

const OKTA = 'https://example.okta.com/api/v1/apps';
const PROXY = 'http://proxy.example.com:8080';

describe('the proxy of a request', () => {
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  });

  const ROWS: ReadonlyArray<[env: NodeJS.ProcessEnv, url: string, proxy: string | undefined]> = [
    [{}, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY }, OKTA, PROXY],
    [{ https_proxy: PROXY }, OKTA, PROXY],
    [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' }, OKTA, PROXY],
    [{ HTTP_PROXY: PROXY }, OKTA, PROXY],
    [{ http_proxy: PROXY }, OKTA, PROXY],
    [{ HTTP_PROXY: 'http://other:1', HTTPS_PROXY: PROXY }, OKTA, PROXY],
    [{ ALL_PROXY: PROXY }, OKTA, PROXY],
    [{ ALL_PROXY: 'socks5://other:1080', HTTPS_PROXY: PROXY }, OKTA, PROXY],
    [{ HTTPS_PROXY: 'proxy.example.com:8080' }, OKTA, PROXY],
    [{ HTTP_PROXY: 'proxy.example.com:8080' }, OKTA, PROXY],
    [{ HTTPS_PROXY: 'https://proxy.example.com:8443' }, OKTA, 'https://proxy.example.com:8443'],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'example.okta.com' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, no_proxy: 'a.example,.okta.com' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '*.okta.com' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '*' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'example.okta.com:443' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'example.okta.com:8443' }, OKTA, PROXY],
    [{ HTTP_PROXY: PROXY, NO_PROXY: 'example.okta.com:443' }, OKTA, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'okta.com' }, OKTA, PROXY],
    ...[
      'http://127.0.0.1:8080/',
      'http://127.1.2.3/',
      'https://localhost/',
      'http://[::1]:80/',
      'http://a.localhost/',
    ].map((url): [NodeJS.ProcessEnv, string, undefined] => [
      { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, ALL_PROXY: PROXY },
      url,
      undefined,
    ]),
    [{ HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY }, 'https://127.0.0.1.example.com/', PROXY],
  ];
  for (const [env, url, proxy] of ROWS)
    it(`of ${url} is ${proxy ?? 'none'} with ${JSON.stringify(env)}`, () => {
      Object.assign(process.env, env);
      expect(proxyFor(url)).to.equal(proxy);
    });

  for (const value of [
    'ftp://proxy.example.com',
    'pac+http://proxy.example.com/a',
    'http://',
    'socks4://proxy',
    'socks5://proxy',
  ])
    it(`is refused where it is ${value}, without its password`, () => {
      process.env['HTTPS_PROXY'] = value.replace('://', '://me:s3cret@');
      const error = thrown(() => proxyFor(OKTA));
      expect(error).to.be.instanceOf(ProxyError);
      expect(error.message + String(error.stack)).to.not.include('s3cret');
    });

  it('is named, without its password, where a host gave no answer', () => {
    process.env['HTTPS_PROXY'] = 'http://me:s3cret@proxy.example.com:8080';
    expect(howToReach(OKTA, 'ECONNREFUSED')).to.equal(
      'can be reached from here through the proxy proxy.example.com:8080'
    );
  });

  for (const code of [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])
    it(`is not the point where the failure is ${code}: the variable for certificates is named`, () => {
      expect(howToReach(OKTA, code)).to.include('NODE_EXTRA_CA_CERTS');
    });
});
