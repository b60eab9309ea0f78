/**
 * Both orgs behind a corporate proxy and a certificate authority of one's own: `verify` in a process of its own, since Node
 * reads NODE_EXTRA_CA_CERTS when it starts, through a real proxy to a TLS server.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AuthInfo } from '@salesforce/core';
import { expect } from 'chai';
import type { VerifyResult } from '../../src/commands/okta/provisioning/verify.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { OKTA_HOST, SALESFORCE_HOST, startNetwork, type Network } from '../helpers/network.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VERIFY = new URL('../../src/commands/okta/provisioning/verify.ts', import.meta.url).href;
/** Where KNOWN_HERE is set, the names of both orgs lead to this machine, as by a hosts file. */
const SCRIPT = `
import dns from 'node:dns';
const { lookup } = dns;
if (process.env.KNOWN_HERE)
  dns.lookup = (name, ...rest) => lookup(name.endsWith('.simulated.example') ? '127.0.0.1' : name, ...rest);
const { default: Verify } = await import(${JSON.stringify(VERIFY)});
await Verify.run(process.argv.slice(1), ${JSON.stringify(ROOT)}).catch(() => {});
`;

interface Ended {
  readonly result?: VerifyResult;
  readonly message?: string;
  readonly actions?: string[];
}

describe('both orgs behind a proxy', () => {
  let sim: Simulator;
  let network: Network;
  beforeEach(async () => {
    sim = await startSimulator();
    network = await startNetwork(sim);
  });
  afterEach(async () => {
    const unknown = [...sim.salesforce.unknown, ...sim.okta.unknown];
    network.close();
    await sim.close();
    expect(unknown).to.deep.equal([]);
  });

  const BEHIND = { okta: `https://${OKTA_HOST}`, salesforce: `https://${SALESFORCE_HOST}` };
  const BOTH = [`${OKTA_HOST}:443`, `${SALESFORCE_HOST}:443`];

  const verify = async (env: NodeJS.ProcessEnv, urls = BEHIND): Promise<Ended> => {
    const { username, accessToken } = sim.people.salesforceAdmin;
    const { url } = sim.salesforce;
    const authInfo = await AuthInfo.create({ username }).catch(async () =>
      AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl: url, loginUrl: url } })
    );
    await authInfo.save({ accessToken, instanceUrl: urls.salesforce, loginUrl: urls.salesforce });
    const { SF_DISABLE_DNS_CHECK: _, ...own } = process.env;
    const okta = { OKTA_CLIENT_ORGURL: urls.okta, OKTA_CLIENT_TOKEN: sim.people.oktaApiToken };
    const argv = ['--json', '--target-org', username, '--callback-url', sim.callbackUrl];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', SCRIPT, '--', ...argv],
      { env: { ...own, NODE_EXTRA_CA_CERTS: network.ca, ...okta, ...env } }
    ).catch((error: unknown) => error as { stdout: string });
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
      network.refuse(407);
      const told = JSON.stringify(await verify({ HTTPS_PROXY: `http://me:s3cret@${network.proxyHost}` }, alone()));
      expect(told).to.include('gave no answer').and.include(`through the proxy ${network.proxyHost}`);
      expect(told).to.not.include('s3cret');
    });
  }

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
