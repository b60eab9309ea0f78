/**
 * A corporate network around a simulated pair: a proxy on loopback (`proxy-chain`) that alone can resolve the names of both
 * orgs, spoken to by http or by https, and a TLS server in front of both vendors, whose certificate comes from an authority of its own.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestError, Server, type ServerOptions } from 'proxy-chain';
import { generate } from 'selfsigned';
import type { Simulator } from '../../src/simulator/index.ts';

export const OKTA_HOST = 'okta.simulated.example';
export const SALESFORCE_HOST = 'org.my.simulated.example';

export interface Network {
  /** Of the proxy that is spoken to by http. */
  readonly proxyHost: string;
  /** Of the same proxy, spoken to by https. */
  readonly secureProxyHost: string;
  /** Where both vendors answer, by either name, to who needs no proxy. */
  readonly port: number;
  /** The file of the authority's certificate. */
  readonly ca: string;
  /** `host:port` of every tunnel that was asked for. */
  readonly tunnels: string[];
  /** All headers that came to either vendor. */
  readonly headers: string[];
  /** From now on the proxy lets nobody through. */
  readonly refuse: (status: 403 | 502) => void;
  /** From now on it lets only this one through. */
  readonly demand: (user: string, password: string) => void;
  readonly close: () => Promise<void>;
}

export const startNetwork = async (sim: Simulator): Promise<Network> => {
  const folder = mkdtempSync(join(tmpdir(), 'okta-network-'));
  const authority = await generate([{ name: 'commonName', value: 'Simulated authority' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const altNames = [
    ...[OKTA_HOST, SALESFORCE_HOST].map((value) => ({ type: 2 as const, value })),
    { type: 7 as const, ip: '127.0.0.1' },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: OKTA_HOST }], {
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  const seen: string[] = [];
  const front = createTlsServer({ key, cert }, (asked, answer) => {
    seen.push(...asked.rawHeaders);
    const { port } = new URL((asked.headers.host ?? '').startsWith(OKTA_HOST) ? sim.okta.url : sim.salesforce.url);
    const { method, url: path, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    asked.pipe(onward);
  });
  const tunnels: string[] = [];
  let refused: number | undefined;
  let demanded: string | undefined;
  const options: ServerOptions = {
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ hostname, port, username, password }) => {
      tunnels.push(`${hostname}:${port}`);
      if (refused !== undefined) throw new RequestError('Refused', refused);
      const unknown = demanded !== undefined && demanded !== `${username}:${password}`;
      // It alone can resolve the names: all lead to the TLS server.
      return { requestAuthentication: unknown, customConnectServer: front };
    },
  };
  const proxies = [
    new Server(options),
    new Server({ ...options, serverType: 'https', httpsOptions: { key, cert } }),
  ] as const;
  await Promise.all([
    new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve)),
    ...proxies.map(async (proxy) => proxy.listen()),
  ]);
  const [proxyHost, secureProxyHost] = [`127.0.0.1:${proxies[0].port}`, `127.0.0.1:${proxies[1].port}`];
  return {
    ...{ proxyHost, secureProxyHost, ca, tunnels, headers: seen },
    port: (front.address() as AddressInfo).port,
    refuse: (status) => void (refused = status),
    demand: (user, password) => void (demanded = `${user}:${password}`),
    close: async () => {
      front.closeAllConnections();
      front.close();
      await Promise.all(proxies.map(async (proxy) => proxy.close(true)));
      rmSync(folder, { recursive: true });
    },
  };
};
