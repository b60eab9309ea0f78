/** A server that takes a request and never answers, or stops in the middle: what is asked of it ends when the call does. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthInfo, Connection } from '@salesforce/core';
import { expect } from 'chai';
import { createSalesforceClient, type SalesforceClient } from '../../src/clients/salesforce/client.ts';
import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { rejection } from '../helpers/rejection.ts';

const begun = (answer: ServerResponse): ServerResponse => answer.writeHead(200, { 'content-type': 'application/json' });

/** What it does with a request, and whether the time is over then. */
const ANSWERS: Array<[string, (answer: ServerResponse, timeOver: () => void) => void]> = [
  ['never answers', (_, timeOver): void => timeOver()],
  ['stops in the middle of its answer', (answer, timeOver): void => void begun(answer).write('{', () => timeOver())],
  ['breaks off in the middle of its answer', (answer): void => void begun(answer).write('{', () => answer.destroy())],
];
const CALLS: Array<[string, (client: SalesforceClient) => Promise<unknown>]> = [
  ['by SOAP', async (client): Promise<unknown> => client.connectedApps()],
  ['by REST', async (client): Promise<unknown> => client.organization()],
];

describe('a server of Salesforce that', () => {
  let sim: Simulator;
  let server: Server;
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await sim.close();
  });

  for (const [what, answer] of ANSWERS)
    for (const [how, call] of CALLS)
      it(`${what}, asked ${how}, is not held on to when the time is over`, async () => {
        sim = await startSimulator();
        const asked = new Map<IncomingMessage['socket'], Promise<void>>();
        let arrived = (): void => {};
        server = createServer((request, response) => {
          const { socket } = request;
          asked.set(socket, new Promise((closed) => socket.on('error', () => {}).once('close', () => closed())));
          answer(response, () => arrived());
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const { accessToken } = sim.people.salesforceAdmin;
        const accessTokenOptions = { accessToken, instanceUrl: sim.salesforce.url, loginUrl: sim.salesforce.url };
        const authInfo = await AuthInfo.create({ accessTokenOptions });
        const connection = await Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
        connection.instanceUrl = instanceUrl;
        const client = createSalesforceClient(connection, {
          signal: new AbortController().signal,
          pause: async () => {},
          limit: async () => new Promise<void>((over) => (arrived = over)),
        });
        const error = await rejection(call(client));
        expect(error.message).to.include('gave no answer');
        expect(asked.size).to.equal(3);
        await Promise.all([...asked.values()]);
      });
});
