/**
 * Both orgs behind a corporate proxy and a certificate authority of one's own: `verify` in a process of its own, since Node
 * reads NODE_EXTRA_CA_CERTS when it starts, through a real proxy to a TLS server.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AuthInfo, Global } from '@salesforce/core';
import { expect } from 'chai';
import type { VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { OKTA_HOST, SALESFORCE_HOST, startNetwork, type Network } from '../helpers/network.ts';
import { noSecrets } from '../helpers/noSecrets.ts';

const USER = 'me';
/** With characters that a URL must have percent-encoded. */
const PASSWORD = 'S3CRET-p@ss:w/rd';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMANDS = new URL('../../src/commands/okta/provisioning/', import.meta.url).href;
/** Where KNOWN_HERE is set, the names of both orgs lead to this machine, as by a hosts file. */
const SCRIPT = `
import dns from 'node:dns';
const { lookup } = dns;
if (process.env.KNOWN_HERE)
  dns.lookup = (name, ...rest) => lookup(name.endsWith('.simulated.example') ? '127.0.0.1' : name, ...rest);
const [name, ...argv] = process.argv.slice(1);
const { default: Command } = await import(${JSON.stringify(COMMANDS)} + name + '.ts');
await Command.run(argv, ${JSON.stringify(ROOT)}).catch(() => {});
`;

interface Ended {
  readonly result?: VerifyResult;
  readonly message?: string;
  readonly actions?: string[];
}

describe('both orgs behind a proxy', () => {
  let sim: Simulator;
  let network: Network;
  let printed: string[];
  beforeEach(async () => {
    sim = await startSimulator();
    network = await startNetwork(sim);
  });
  afterEach(async () => {
    const unknown = [...sim.salesforce.unknown, ...sim.okta.unknown];
    await network.close();
    await sim.close();
    expect(unknown).to.deep.equal([]);
  });

  const BEHIND = { okta: `https://${OKTA_HOST}`, salesforce: `https://${SALESFORCE_HOST}` };
  const BOTH = [`${OKTA_HOST}:443`, `${SALESFORCE_HOST}:443`];

  const verify = async (env: NodeJS.ProcessEnv, urls = BEHIND): Promise<Ended> => run('verify', env, urls);
  const run = async (command: 'setup' | 'verify', env: NodeJS.ProcessEnv, urls = BEHIND): Promise<Ended> => {
    const { username, accessToken } = sim.people.salesforceAdmin;
    const { url } = sim.salesforce;
    const authInfo = await AuthInfo.create({ username }).catch(async () =>
      AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl: url, loginUrl: url } })
    );
    await authInfo.save({ accessToken, instanceUrl: urls.salesforce, loginUrl: urls.salesforce });
    const { SF_DISABLE_DNS_CHECK: _, ...own } = process.env;
    const okta = { OKTA_CLIENT_ORGURL: urls.okta, OKTA_CLIENT_TOKEN: sim.people.oktaApiToken };
    const argv = ['--json', '--target-org', username, '--callback-url', sim.callbackUrl];
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', SCRIPT, '--', command, ...argv],
      { env: { ...own, NODE_EXTRA_CA_CERTS: network.ca, ...okta, ...env } }
    ).catch((error: unknown) => error as { stdout: string; stderr: string });
    printed = [stdout, stderr];
    return JSON.parse(stdout) as Ended;
  };
  const unknowns = ({ result }: Ended): string[] =>
    (result?.checks ?? []).filter(({ status }) => status === 'unknown').map(({ actual }) => String(actual));

  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])
    it(`are read through ${name}, with certificates that NODE_EXTRA_CA_CERTS vouches for`, async () => {
      const ended = await verify({
        [name]: name === 'https_proxy' ? network.proxyHost : `http://${network.proxyHost}`,
      });
      expect([ended.message, unknowns(ended), ended.result?.oktaOrg?.url]).to.deep.equal([undefined, [], BEHIND.okta]);
      expect([...new Set(network.tunnels)].sort()).to.deep.equal(BOTH);
    });

  it('are asked directly where NO_PROXY names them', async () => {
    const [okta, salesforce] = [BEHIND.okta, BEHIND.salesforce].map((url) => `${url}:${network.port}`);
    const ended = await verify(
      { HTTPS_PROXY: `http://${network.proxyHost}`, NO_PROXY: '.simulated.example', KNOWN_HERE: '1' },
      { okta: okta ?? '', salesforce: salesforce ?? '' }
    );
    expect([ended.message, unknowns(ended), ended.result?.oktaOrg?.url]).to.deep.equal([undefined, [], okta]);
    expect(network.tunnels).to.deep.equal([]);
  });

  for (const side of ['okta', 'salesforce'] as const) {
    /** The other org needs no proxy. */
    const alone = (): typeof BEHIND => ({
      okta: sim.okta.url,
      salesforce: sim.salesforce.url,
      [side]: BEHIND[side],
    });

    it(`are refused with a certificate that nobody vouches for, ${side} too, and the variable is named`, async () => {
      const env = { HTTPS_PROXY: `http://${network.proxyHost}`, NODE_EXTRA_CA_CERTS: '' };
      const told = JSON.stringify(await verify(env, alone()));
      expect(told).to.include('gave no answer').and.include('NODE_EXTRA_CA_CERTS');
      expect(network.tunnels).to.include(`${new URL(BEHIND[side]).host}:443`);
    });

    it(`are not said to have refused what the proxy refused, ${side} too, and the proxy is named`, async () => {
      network.refuse(403);
      const ended = await run('setup', { HTTPS_PROXY: `http://${network.proxyHost}` }, alone());
      const { host } = new URL(BEHIND[side]);
      expect(ended.message).to.equal(`The proxy ${network.proxyHost} does not let ${host} be reached (403).`);
      expect(ended.actions?.join()).to.include('those who run the proxy').and.include(`add it to NO_PROXY`);
      // Each read once, side by side: a refusal is no reason to ask again.
      expect(network.tunnels.length).to.be.lessThan(side === 'okta' ? 3 : 15);
    });

    it(`are not said to be away where the proxy reaches nobody, ${side} too, and the proxy is named`, async () => {
      network.refuse(502);
      const told = JSON.stringify(await verify({ HTTPS_PROXY: `http://${network.proxyHost}` }, alone()));
      expect(told).to.include('gave no answer').and.include('PROXY_502');
      expect(told).to.include(`through the proxy ${network.proxyHost}`);
    });

    for (const [what, login, says] of [
      ['a password, and is given none', '', 'wants a user name and a password (407).'],
      [
        'another password',
        'me:S3CRET-wrong%40@',
        'did not take the user name and password that the environment has for it (407).',
      ],
    ] as const)
      it(`are not reached through a proxy that wants ${what}, ${side} too: one line, and what to do`, async () => {
        network.demand(USER, PASSWORD);
        for (const command of ['setup', 'verify'] as const) {
          const ended = await run(command, { HTTPS_PROXY: `http://${login}${network.proxyHost}` }, alone());
          const told = `The proxy ${network.proxyHost} ${says}`;
          if (ended.message === undefined) expect(unknowns(ended).join('\n')).to.include(told);
          else expect(ended.message).to.equal(told);
          expect(printed.join('\n'))
            .to.include(`http://USER:PASSWORD@${network.proxyHost}`)
            .and.include('Negotiate or NTLM')
            .and.not.include('S3CRET-wrong');
        }
      });
  }

  for (const scheme of ['http', 'https'] as const)
    it(`are read through a proxy that is spoken to by ${scheme} and wants a password, which goes to it alone`, async () => {
      network.demand(USER, PASSWORD);
      const host = scheme === 'http' ? network.proxyHost : network.secureProxyHost;
      const HTTPS_PROXY = `${scheme}://${USER}:${encodeURIComponent(PASSWORD)}@${host}`;
      const ended = await verify({ HTTPS_PROXY, SF_DISABLE_LOG_FILE: 'false', SF_LOG_LEVEL: 'trace' });
      expect([ended.message, unknowns(ended), ended.result?.oktaOrg?.url]).to.deep.equal([undefined, [], BEHIND.okta]);
      expect([...new Set(network.tunnels)].sort()).to.deep.equal(BOTH);
      expect(network.headers).to.include(`SSWS ${sim.people.oktaApiToken}`);
      expect(network.headers.join('\n').toLowerCase()).to.not.include('proxy-');
      expect((await readdir(Global.SF_DIR)).filter((name) => name.endsWith('.log'))).to.have.length(1);
      await noSecrets([PASSWORD], ...printed, ...network.headers.filter(Boolean), { folder: Global.SF_DIR });
    });

  it('are not read through a proxy by https whose certificate nobody vouches for', async () => {
    const ended = await run('setup', { HTTPS_PROXY: `https://${network.secureProxyHost}`, NODE_EXTRA_CA_CERTS: '' });
    expect(ended.message).to.include('gave no answer');
    expect(ended.actions?.join()).to.include('NODE_EXTRA_CA_CERTS');
    expect(network.tunnels).to.deep.equal([]);
  });

  for (const scheme of ['socks', 'socks4', 'socks5', 'socks5h', 'pac+http'])
    it(`are not asked past a proxy that is named by ${scheme}: one line says that it is not supported`, async () => {
      for (const command of ['setup', 'verify'] as const) {
        const ended = await run(command, { ALL_PROXY: `${scheme}://me:S3CRET-password@${network.proxyHost}` });
        expect(ended.message).to.equal(
          `The proxy that the environment names cannot be used: "${scheme}" proxies are not supported.`
        );
        expect(ended.actions?.join()).to.include('HTTPS_PROXY').and.include('(http or https)');
        expect(printed.join('')).to.not.include('S3CRET');
      }
      expect([...network.tunnels, ...network.headers]).to.deep.equal([]);
    });

  it('are never looked for on the loopback of the proxy', async () => {
    const proxy = `http://${network.proxyHost}`;
    const ended = await verify(
      { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy },
      { okta: sim.okta.url, salesforce: sim.salesforce.url }
    );
    expect([ended.message, unknowns(ended)]).to.deep.equal([undefined, []]);
    expect(network.tunnels).to.deep.equal([]);
  });
});
