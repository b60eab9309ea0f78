/** Both simulated vendors on loopback, in one clock. They know nothing of each other but the address, nor of the product. */
import { deterministicClock, type Clock } from './clock.ts';
import { startOkta, type OktaSimulator } from './okta/index.ts';
import { startSalesforce, type SalesforceSimulator, type SalesforceWorld } from './salesforce/index.ts';
import type { OktaWorld, OktaStore } from './okta/index.ts';
import type { SalesforceStore } from './salesforce/index.ts';
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios.ts';

export { runningClock } from './clock.ts';
export { INTEGRATION_USER } from './salesforce/index.ts';
export { COLLEAGUE, SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts';
export type { Fault, RequestRecord } from './server.ts';
export type { OktaSimulator, OktaStore, OktaWorld, SalesforceSimulator, SalesforceStore, SalesforceWorld };

export interface Simulator {
  readonly salesforce: SalesforceSimulator;
  readonly okta: OktaSimulator;
  readonly clock: Clock;
  /** Okta's callback, as this world has it. */
  readonly callbackUrl: string;
  /** Whom a person can log in as. */
  readonly people: {
    readonly salesforceAdmin: { readonly username: string; readonly password: string; readonly accessToken: string };
    readonly oktaApiToken: string;
  };
  /** Every secret of both worlds so far. */
  readonly secrets: () => string[];
  readonly reset: () => void;
  /** What is returned puts both orgs and the clock back to what they are now, as often as it is called. */
  readonly capture: () => () => void;
  readonly close: () => Promise<void>;
}

export interface SimulatorOptions {
  /** A name, or worlds of one's own. */
  readonly scenario?: ScenarioName | Omit<Scenario, 'name'>;
  readonly seed?: string;
  /** Deterministic unless told. */
  readonly clock?: Clock;
  readonly ports?: { readonly salesforce: number; readonly okta: number };
}

export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { scenario = 'documented', seed = 'simulated', clock = deterministicClock(), ports } = options;
  const worlds = typeof scenario === 'string' ? SCENARIOS[scenario] : scenario;
  const world = worlds.salesforce(clock.now());
  const salesforce = await startSalesforce(world, { clock, seed, port: ports?.salesforce ?? 0 });
  const oktaWorld = worlds.okta(salesforce.store);
  const okta = await startOkta(oktaWorld, { clock, seed, salesforceUrl: salesforce.url, port: ports?.okta ?? 0 });
  const [admin] = world.users;
  return {
    salesforce,
    okta,
    clock,
    callbackUrl: `${okta.url}/admin/app/generic/oauth20redirect`,
    people: {
      salesforceAdmin: {
        username: admin?.username ?? '',
        password: admin?.password ?? '',
        accessToken: admin?.cliAccessToken ?? '',
      },
      oktaApiToken: oktaWorld.apiTokens[0]?.value ?? '',
    },
    secrets: () => [...salesforce.secrets(), ...okta.secrets()],
    reset: () => {
      salesforce.reset();
      okta.reset();
    },
    capture: () => {
      const parts = [salesforce.capture(), okta.capture()];
      const then = clock.now();
      return () => {
        for (const restore of parts) restore();
        clock.advance(then - clock.now());
      };
    },
    close: async () => {
      await okta.close();
      await salesforce.close();
    },
  };
};
