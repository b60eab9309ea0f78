/**
 * A simulated Okta org on 127.0.0.1, a second opinion on contracts/okta.md. It knows nothing of the product and speaks
 * OAuth and REST with a simulated Salesforce org over HTTP.
 */
import { capture } from '../capture.ts';
import type { Clock } from '../clock.ts';
import { listen, Traffic, type Fault, type RequestRecord } from '../server.ts';
import { createApp, manners } from './app.ts';
import { documentedConnections, type ConnectionApi } from './connectionApi.ts';
import type { Okta } from './context.ts';
import { Jobs } from './engine/jobs.ts';
import { Ids } from './ids.ts';
import { Limiter } from './limits.ts';
import { forgedConnections, refusedConnections } from './refusedConnections.ts';
import { SecretBook } from './secretBook.ts';
import { seedInto } from './seedInto.ts';
import type { OktaWorld } from './seed.ts';
import { OktaStore } from './store.ts';
import { supportedConnections } from './supportedConnections.ts';
import { SystemLog } from './systemLog.ts';

export { API_TOKEN, documentedWorld, inUseApp } from './seed.ts';
export type { AppSeed, AssignmentSeed, ConnectionSeed, OktaWorld, UserSeed } from './seed.ts';
export type { ServiceAppRecord } from './records.ts';
export type { OktaStore } from './store.ts';

export interface OktaSimulator {
  readonly url: string;
  readonly store: OktaStore;
  readonly requests: RequestRecord[];
  readonly unknown: string[];
  readonly fail: (fault: Fault) => () => void;
  /** Canonical JSON of all that the org stores, without request log, System Log and unsaved forms: equal strings, untouched org. */
  readonly snapshot: () => string;
  /** Every secret value that exists in this world so far, spent ones too. */
  readonly secrets: () => string[];
  /** Resolves when no provisioning job is under way. */
  readonly idle: () => Promise<void>;
  /** Back to the world it started with. Call it while idle. The clock goes on. */
  readonly reset: () => void;
  /** What is returned puts the org back to what it is now; log, faults and limits are cleared. Call both while idle. Ids go on. */
  readonly capture: () => () => void;
  readonly close: () => Promise<void>;
}

export interface OktaOptions {
  readonly clock: Clock;
  readonly seed: string;
  readonly salesforceUrl: string;
  readonly port?: number;
}

export const startOkta = async (world: OktaWorld, options: OktaOptions): Promise<OktaSimulator> => {
  const { okta, reset } = createOrg(world, options);
  const { url, close } = await listen(createApp(okta), options.port ?? 0);
  okta.url = url;
  return {
    url,
    store: okta.store,
    requests: okta.traffic.requests,
    unknown: okta.traffic.unknown,
    fail: (fault) => okta.traffic.fail(fault),
    snapshot: () => okta.store.snapshot(),
    secrets: () => okta.secrets.all(),
    idle: async () => okta.jobs.idle(),
    reset,
    capture: () => {
      const restore = capture(okta.store);
      return () => {
        restore();
        okta.traffic.clear();
        okta.limiter.reset();
      };
    },
    close: async (): Promise<void> => {
      await okta.jobs.drain();
      await close();
    },
  };
};

const connectionApiOf = (knob: OktaWorld['connection']): ConnectionApi => {
  if (knob === 'documented') return documentedConnections;
  if (knob === 'api-supported') return supportedConnections;
  return knob.startsWith('refused') ? refusedConnections(knob) : forgedConnections(knob);
};

const createOrg = (
  world: OktaWorld,
  { clock, seed, salesforceUrl }: OktaOptions
): { okta: Okta; reset: () => void } => {
  const store = new OktaStore();
  const ids = new Ids(seed);
  const okta: Okta = {
    clock,
    store,
    ids,
    salesforceUrl,
    url: '',
    traffic: new Traffic(manners(clock, ids)),
    limiter: new Limiter(world.rateLimits, clock),
    log: new SystemLog(store, clock, ids),
    secrets: new SecretBook(),
    jobs: new Jobs(),
    nonce: ids.text('nonce', 22),
    canonicalUrl: world.canonicalUrl,
    linksOn: world.linksOn ?? 'canonical',
    capacity: { instances: world.maxInstances ?? Infinity, concurrency: world.concurrency ?? 75 },
    connectionApi: connectionApiOf(world.connection),
  };
  const start = clock.now();
  const reset = (): void => {
    for (const part of [store, okta.traffic, okta.secrets]) part.clear();
    for (const part of [ids, okta.limiter, okta.log]) part.reset();
    seedInto(okta, world, start);
  };
  reset();
  return { okta, reset };
};
