/** A host that nobody named, to which an answer leads. Whatever it is asked, it says yes: a client that came here would go on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignHost {
  /** With the port. */
  readonly host: string;
  /** `METHOD /path authorization` of each request. */
  readonly asked: string[];
  readonly close: () => void;
}

export const startForeignHost = async (): Promise<ForeignHost> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    response.setHeader('content-type', 'application/json');
    response.end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
