/** Okta behind a corporate proxy and a certificate authority of one's own: a real proxy, a TLS server, a process of its own. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startOrg, type Org } from '../simulator/okta/org.ts';

/** An address of this machine that is not its loopback, which no proxy is ever asked for. */
const ADDRESS = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
/** A name that only the proxy can resolve, as in a network that knows no other way out. */
const NAME = 'okta.simulated.example';
const CLIENT = fileURLToPath(new URL('../../src/clients/okta/client.ts', import.meta.url));
const SECRET = fileURLToPath(new URL('../../src/secret.ts', import.meta.url));

const SCRIPT = `
import { createOktaClient } from ${JSON.stringify(CLIENT)};
import { Secret } from ${JSON.stringify(SECRET)};
const okta = createOktaClient({ url: process.env.ORG, credential: { mode: 'token', token: new Secret('T0KEN-network') },
  signal: new AbortController().signal, pause: async () => {} });
const say = (result) => console.log(JSON.stringify(result));
await okta.organization().then(({ id }) => say({ id }), (error) => say({ code: error.data?.code, actions: error.actions }));
`;

describe('Okta behind a proxy', () => {
  let folder: string;
  let okta: Server;
  let proxy: Server;
  let tunnels: string[];
  let url: string;
  let proxyUrl: string;
  before(function () {
    if (ADDRESS === undefined) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'okta-network-'));
    const names = ['-subj', '/CN=okta', '-addext', `subjectAltName=IP:${ADDRESS},DNS:${NAME}`];
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'ca.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...names], {
      stdio: 'ignore',
    });
  });
  beforeEach(async () => {
    tunnels = [];
    const [key, cert] = ['key.pem', 'ca.pem'].map((name) => readFileSync(join(folder, name)));
    okta = createTlsServer({ key, cert }, (_request, response) => response.end('{"id":"00oSIMULATEDnetwork0"}'));
    proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const [, port = ''] = (request.url ?? '').split(':');
      const through = connect(Number(port), ADDRESS ?? '', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      for (const end of [through, socket]) end.on('error', () => {});
    });
    await new Promise<void>((resolve) => okta.listen(0, ADDRESS, resolve));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    url = `https://${ADDRESS}:${(okta.address() as AddressInfo).port}`;
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    for (const server of [okta, proxy]) {
      server.closeAllConnections();
      server.close();
    }
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  const asked = async (env: NodeJS.ProcessEnv): Promise<{ id?: string; code?: string; actions?: string[] }> => {
    const ca = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    const options = { env: { ...process.env, ...ca, ORG: url, ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', SCRIPT], options);
    return JSON.parse(stdout) as { id?: string };
  };

  for (const name of ['HTTPS_PROXY', 'https_proxy'])
    it(`is reached through ${name}, by a certificate that NODE_EXTRA_CA_CERTS vouches for`, async () => {
      const named = `https://${NAME}:${new URL(url).port}`;
      expect(await asked({ [name]: proxyUrl, ORG: named })).to.deep.equal({ id: '00oSIMULATEDnetwork0' });
      expect(tunnels).to.deep.equal([new URL(named).host]);
    });

  it('is reached directly where NO_PROXY names it', async () => {
    expect((await asked({ HTTPS_PROXY: proxyUrl, NO_PROXY: ADDRESS })).id).to.equal('00oSIMULATEDnetwork0');
    expect(tunnels).to.deep.equal([]);
  });

  it('is refused with a certificate that nobody vouches for, and the error names the variable', async () => {
    const { code, actions } = await asked({ HTTPS_PROXY: proxyUrl, NODE_EXTRA_CA_CERTS: '' });
    expect(code).to.match(/SELF_SIGNED|UNABLE_TO_VERIFY/);
    expect(actions?.join()).to.include('NODE_EXTRA_CA_CERTS');
  });

  it('is never looked for on the loopback of the proxy', async () => {
    const org: Org = await startOrg();
    const { id } = await asked({ HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, ORG: org.sim.url });
    await org.end();
    expect(id).to.match(/^00o/);
    expect(tunnels).to.deep.equal([]);
  });
});
