import { expect } from 'chai';
import { deterministicClock, type Clock } from '../../../src/simulator/clock.ts';
import {
  API_TOKEN,
  documentedWorld,
  startOkta,
  type OktaSimulator,
  type OktaWorld,
} from '../../../src/simulator/okta/index.ts';

export type Body = Record<string, unknown> & { id: string };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly list: readonly Body[];
  /** By `rel`, path and query only. */
  readonly links: Readonly<Record<string, string>>;
}

export interface Org {
  readonly sim: OktaSimulator;
  readonly clock: Clock;
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly control: (action: Record<string, unknown>) => Promise<{ ok: boolean; message?: string; error?: string }>;
  /** Closes it and fails when it was asked anything it does not know. */
  readonly end: () => Promise<void>;
}

/** A started org with the small client of these tests; on purpose not the product's. */
export const startOrg = async (
  change: Partial<OktaWorld> = {},
  { salesforceUrl = 'http://127.0.0.1:9', seed = 'seed' } = {}
): Promise<Org> => {
  const clock = deterministicClock();
  const sim = await startOkta({ ...documentedWorld(), ...change }, { clock, seed, salesforceUrl });
  const ask: Org['ask'] = async (method, path, body, headers = { authorization: `SSWS ${API_TOKEN}` }) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return read(sim, await fetch(`${sim.url}${path}`, { method, headers, ...(body !== undefined && { body: text }) }));
  };
  return {
    sim,
    clock,
    ask,
    control: async (action) => (await ask('POST', '/simulated/control', action)).body as unknown as { ok: boolean },
    end: async (): Promise<void> => {
      await sim.close();
      expect(sim.unknown).to.deep.equal([]);
    },
  };
};

const read = async (sim: OktaSimulator, answer: Response): Promise<Answer> => {
  const text = await answer.text();
  const parsed: unknown = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : { text };
  const links = [...(answer.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)];
  return {
    status: answer.status,
    headers: answer.headers,
    body: parsed as Body,
    list: Array.isArray(parsed) ? (parsed as Body[]) : [],
    links: Object.fromEntries(links.map(([, url = '', rel = '']) => [rel, url.replace(sim.url, '')])),
  };
};

export const newSalesforceApp = (
  label = 'Salesforce.com',
  app: Record<string, unknown> = {}
): Record<string, unknown> => ({
  name: 'salesforce',
  label,
  signOnMode: 'SAML_2_0',
  settings: { app: { instanceType: 'PRODUCTION', integrationType: 'STANDARD', ...app } },
});

export const newUser = (login: string): Record<string, unknown> => ({
  profile: { login, email: login, firstName: 'Alan', lastName: 'Turing' },
  credentials: { password: { value: 'P4SSWORD-okta-user' } },
});

/** Error code and causes of a refusal, as one comparable value. */
export const refusal = ({ status, body }: Answer): unknown[] => [
  status,
  body['errorCode'],
  body['errorSummary'],
  ...(body['errorCauses'] as Array<{ errorSummary: string }>).map(({ errorSummary }) => errorSummary),
];

/** The event types of the System Log, oldest first, a failed one with its reason. */
export const eventsOf = async ({ ask }: Org, filter = 'eventType pr'): Promise<string[]> => {
  const { list } = await ask('GET', `/api/v1/logs?${new URLSearchParams({ filter, limit: '1000' }).toString()}`);
  return list.map((event) => {
    const { result, reason } = event['outcome'] as { result: string; reason: string | null };
    return result === 'SUCCESS'
      ? String(event['eventType'])
      : `${String(event['eventType'])} ${result}: ${String(reason)}`;
  });
};
