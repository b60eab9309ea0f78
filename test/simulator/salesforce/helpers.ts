import { expect } from 'chai';
import { deterministicClock } from '../../../src/simulator/clock.ts';
import {
  documentedWorld,
  startSalesforce,
  type SalesforceKnobs,
  type SalesforceSimulator,
  type SalesforceWorld,
} from '../../../src/simulator/salesforce/index.ts';

export const CALLBACK = 'https://system-admin.okta.com/admin/app/generic/oauth20redirect';
export const APP = 'Okta_Provisioning';
export const ADMIN = { username: 'admin@simulated.example', password: 'S3CRET-simulated-admin-password' };
export const VERIFIER = 'v'.repeat(43);

const open = new Set<SalesforceSimulator>();

/** A test that fails does not come to close its org; an open one would keep mocha from ending. */
after(async () => {
  await Promise.all([...open].map(async (sim) => sim.close()));
});

export const startOrg = async (
  knobs: Partial<SalesforceKnobs> = {},
  change: (world: SalesforceWorld) => SalesforceWorld = (world): SalesforceWorld => world
): Promise<SalesforceSimulator> => {
  const world = documentedWorld();
  const changed = change({ ...world, knobs: { ...world.knobs, ...knobs } });
  const sim = await startSalesforce(changed, { clock: deterministicClock(), seed: 'test' });
  open.add(sim);
  return sim;
};

/** Ends the org; a request that the simulator does not know fails the test that made it. */
export const closeOrg = async (sim: SalesforceSimulator, unknown: readonly string[] = []): Promise<void> => {
  open.delete(sim);
  await sim.close();
  expect(sim.unknown).to.deep.equal(unknown);
};

/** A world with an app that is in use by the administrator. */
export const withApp = (world: SalesforceWorld, global: Readonly<Record<string, string>> = {}): SalesforceWorld => ({
  ...world,
  apps: [
    {
      kind: 'external-client-app',
      name: APP,
      label: 'Okta Provisioning',
      contactEmail: ADMIN.username,
      callbackUrl: CALLBACK,
      consumerKey: '3MVG9seeded',
      consumerSecret: 'S3CRETseeded',
      global: { isRefreshTokenRotationEnabled: 'true', ...global },
    },
  ],
});

export const cliToken = (sim: SalesforceSimulator): string => [...sim.store.accessTokens.keys()][0] ?? '';

export const get = async (sim: SalesforceSimulator, path: string, token: string = cliToken(sim)): Promise<Response> =>
  fetch(sim.url + path, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });

export const query = async (sim: SalesforceSimulator, soql: string, token?: string): Promise<Response> =>
  get(sim, `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, token);

export const records = async (sim: SalesforceSimulator, soql: string): Promise<Array<Record<string, unknown>>> => {
  const answer = await query(sim, soql);
  expect(answer.status, await answer.clone().text()).to.equal(200);
  return ((await answer.json()) as { records: Array<Record<string, unknown>> }).records;
};

export const send = async (
  sim: SalesforceSimulator,
  method: string,
  path: string,
  body?: unknown,
  token: string = cliToken(sim)
): Promise<Response> =>
  fetch(`${sim.url}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Tells a simulated person what to do. */
export const person = async (sim: SalesforceSimulator, instruction: object): Promise<Record<string, string>> => {
  const answer = await fetch(`${sim.url}/simulated/control`, { method: 'POST', body: JSON.stringify(instruction) });
  return (await answer.json()) as Record<string, string>;
};

export const token = async (sim: SalesforceSimulator, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${sim.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams({ ...form }) });
