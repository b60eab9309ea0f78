/**
 * A corporate network around a simulated pair: a proxy on loopback that alone can resolve the names of both orgs, and a TLS
 * server in front of both vendors, whose certificate comes from an authority of its own.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Simulator } from '../../src/simulator/index.ts';

export const OKTA_HOST = 'okta.simulated.example';
export const SALESFORCE_HOST = 'org.my.simulated.example';

export interface Network {
  readonly proxyHost: string;
  /** Where both vendors answer, by either name, to who needs no proxy. */
  readonly port: number;
  /** The file of the authority's certificate. */
  readonly ca: string;
  /** `host:port` of every tunnel that was asked for. */
  readonly tunnels: string[];
  /** From now on the proxy lets nobody through. */
  readonly refuse: (status: 403 | 407) => void;
  readonly close: () => void;
}

export const startNetwork = async (sim: Simulator): Promise<Network> => {
  const folder = mkdtempSync(join(tmpdir(), 'okta-network-'));
  const authority = await generate([{ name: 'commonName', value: 'Simulated authority' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const altNames = [OKTA_HOST, SALESFORCE_HOST].map((value) => ({ type: 2 as const, value }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: OKTA_HOST }], {
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  const front = createTlsServer({ key, cert }, (asked, answer) => {
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
  const proxy = createServer().on('connect', (asked, socket) => {
    tunnels.push(asked.url ?? '');
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused} Refused\r\ncontent-length: 0\r\n\r\n`);
    const through = connect(portOf(front), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    for (const end of [through, socket]) end.on('error', () => {});
  });
  await Promise.all(
    [front, proxy].map(async (server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  );
  return {
    port: portOf(front),
    proxyHost: `127.0.0.1:${portOf(proxy)}`,
    ca,
    tunnels,
    refuse: (status) => void (refused = status),
    close: () => {
      for (const server of [front, proxy]) {
        server.closeAllConnections();
        server.close();
      }
      rmSync(folder, { recursive: true });
    },
  };
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
