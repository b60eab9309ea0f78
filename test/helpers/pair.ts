/** Both simulated vendors and the product's own engine on top of them: real clients, real sockets, nothing of ours stubbed. */
import { AuthInfo, Connection } from '@salesforce/core';
import { expect } from 'chai';
import { CHECKS } from '../../src/checks/index.ts';
import type { Pause } from '../../src/clients/pause.ts';
import type { Obstacle } from '../../src/engine/change.ts';
import { judgeAll, type CheckResult } from '../../src/engine/check.ts';
import { Journal, type JournalEntry } from '../../src/engine/journal.ts';
import { findObstacles, previewSteps, runSteps, type StepEvent } from '../../src/engine/runner.ts';
import { World } from '../../src/engine/world.ts';
import { parseIntent, type PairFlags, type SetupFlags } from '../../src/intent.ts';
import { planSetup } from '../../src/plan.ts';
import { connectOnTheConsoles } from '../../src/rehearsal/people.ts';
import type { ApprovalDesk, Context, Patience } from '../../src/resources/context.ts';
import { readNotes } from '../../src/resources/notes.ts';
import { readSummary } from '../../src/resources/summary.ts';
import { borrowedSettings } from '../../src/steps/secretAccess.ts';
import { fromNowOn, openWorld } from '../../src/session.ts';
import {
  startSimulator,
  type RequestRecord,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts';
import { Impatience } from './impatience.ts';
import { holdAnswers, type Held } from './rounds.ts';

export type Flags = Partial<SetupFlags & PairFlags>;

/** The flags as oclif would fill them in. */
export const defaultFlags = (callbackUrl: string): PairFlags & Partial<SetupFlags> => ({
  'app-name': 'Okta_Provisioning',
  'app-label': 'Okta Provisioning',
  'callback-url': callbackUrl,
  pkce: true,
  'refresh-token-rotation': true,
  'ip-relaxation': 'enforce',
  'provisioning-feature': ['create', 'update', 'deactivate'],
});

/** How the product's own requests can be told: SOAP calls of the library name no client (contracts/salesforce.md §5.1). */
const isOfProduct = ({ userAgent }: RequestRecord): boolean =>
  ['sfdx toolbelt', 'undici', 'sf-plugin-okta'].some((agent) => userAgent.startsWith(agent));

/** What people do in each pause. */
export type Waits = ReadonlyArray<() => Promise<void>>;

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** A person whom a link can be taken to; a test acts for them in a pause. */
export class Desk implements ApprovalDesk {
  public link: URL | undefined;
  public brought: string | undefined;
  public declines = false;
  public readonly refusals: string[] = [];
  public withdrawn = false;

  public readonly offer: ApprovalDesk['offer'] = (link) => {
    this.link = link;
    return {
      returned: () => {
        const { brought } = this;
        this.brought = undefined;
        return brought;
      },
      news: async () => new Promise(() => {}),
      refuse: (problem) => void this.refusals.push(problem),
      declined: () => this.declines,
      withdraw: () => void (this.withdrawn = true),
    };
  };
}

export class Pair {
  public readonly sim: Simulator;
  public readonly journal: JournalEntry[] = [];
  /** What the product is told of the Okta org; an API token of the admin unless set. */
  public oktaEnvironment: NodeJS.ProcessEnv;
  /** As `verify` asks. */
  public readOnly = false;
  /** Whoever approves by a link, where somebody is there: what is offered, brought back, and refused. */
  public desk: Desk | undefined;
  /** How long the product waits for an answer: until a withheld one is all that it waits for. */
  public readonly impatience = new Impatience();
  readonly #connection: Connection;
  readonly #abort = new AbortController();

  private constructor(sim: Simulator, connection: Connection) {
    this.sim = sim;
    this.oktaEnvironment = { OKTA_CLIENT_ORGURL: sim.okta.url, OKTA_CLIENT_TOKEN: sim.people.oktaApiToken };
    this.#connection = connection;
  }

  public static async start(options: SimulatorOptions = {}): Promise<Pair> {
    const sim = await startSimulator(options);
    const accessTokenOptions = {
      accessToken: sim.people.salesforceAdmin.accessToken,
      instanceUrl: sim.salesforce.url,
      loginUrl: sim.salesforce.url,
    };
    const authInfo = await AuthInfo.create({ accessTokenOptions });
    const connection = await Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
    sim.salesforce.requests.length = 0;
    return new Pair(sim, connection);
  }

  /** A fresh look at both orgs. `waits` are what people do in each pause while a step waits; after the last one the time is up. */
  public async world(
    flags: Flags = {},
    waits: Waits = [],
    signal: AbortSignal = this.#abort.signal
  ): Promise<World<Context>> {
    const left = [...waits];
    const pause: Pause = async (milliseconds) => this.sim.clock.advance(milliseconds);
    const intent = parseIntent({ ...defaultFlags(this.sim.callbackUrl), ...flags }, this.oktaEnvironment);
    const { context } = openWorld(this.#connection, intent, {
      waitMinutes: 0,
      signal,
      pause,
      limit: this.impatience.limit,
      now: () => this.sim.clock.now(),
      readOnly: this.readOnly,
    });
    const patience: Patience = {
      over: () => left.length === 0,
      pause: async (milliseconds) => {
        this.sim.clock.advance(milliseconds);
        const act = left.shift();
        await act?.();
        return act !== undefined;
      },
    };
    const { clock } = this.sim;
    const desk = this.desk && { desk: this.desk };
    const world = new World({ ...context, ...desk, patience, now: clock.now, journal: async () => this.journal });
    return intent.reauthenticate ? fromNowOn(world) : world;
  }

  /** Runs every step, and tells what happened to each in the end. */
  public async setup(flags: Flags = {}, waits: Waits = []): Promise<Record<string, StepEvent>> {
    return lastOf((await this.told(flags, waits)).events);
  }

  /** The same as the command does it, with all that is told on the way: all reads first, then the steps, then the summary. */
  public async command(flags: Flags = {}): Promise<Record<string, StepEvent>> {
    const world = await this.world(flags);
    await findObstacles(planSetup(world.context.intent).steps, world);
    const { events } = await this.told(flags, [], world);
    await Promise.all([readSummary(world), readNotes(world)]);
    return lastOf(events);
  }

  public async told(flags: Flags = {}, waits: Waits = [], given?: World<Context>): Promise<{ events: StepEvent[] }> {
    const world = given ?? (await this.world(flags, waits));
    const { steps } = planSetup(world.context.intent);
    const events: StepEvent[] = [];
    await runSteps(steps, world, {
      journal: this.journalOf(world),
      emit: (event) => events.push(event),
      signal: this.#abort.signal,
    });
    return { events };
  }

  /** Holds back every answer of Salesforce, round by round; see `holdAnswers`. */
  public hold(): Held {
    return holdAnswers([this.sim.salesforce], ['undici', 'sfdx toolbelt']);
  }

  /** The journal that all runs of this pair share, as they do on one machine; another machine has its own. */
  public journalOf({ context }: World<Context>, journal: JournalEntry[] = this.journal): Journal {
    const store = {
      entries: async (): Promise<JournalEntry[]> => journal,
      append: async (entry: JournalEntry): Promise<void> => void journal.push(entry),
      close: async (): Promise<void> => {},
    };
    return new Journal(store, borrowedSettings(context.salesforce, context.now));
  }

  /** What a signal does to a run. */
  public interrupt(): void {
    this.#abort.abort(new Error('Interrupted'));
  }

  /** A first setup, with people who do what it asks for. */
  public async connect(flags: Flags = {}, as?: Person): Promise<Record<string, StepEvent>> {
    return this.setup(flags, [async () => this.peopleConnect(as, flags['app-name'], flags['app-type'])]);
  }

  public async peopleConnect(
    as: Person = this.sim.people.salesforceAdmin,
    app?: string,
    type?: Flags['app-type']
  ): Promise<void> {
    const kind = type === 'connected-app' ? 'connected-apps' : 'external-client-apps';
    await connectOnTheConsoles(this.sim, () => {}, as, { name: app, kind });
  }

  public async preview(flags: Flags = {}): Promise<Record<string, StepEvent>> {
    const world = await this.world(flags);
    const events: StepEvent[] = [];
    await previewSteps(planSetup(world.context.intent).steps, world, (event) => events.push(event));
    return lastOf(events);
  }

  public async obstacles(flags: Flags = {}): Promise<Array<{ step: string; kind: string; reason: string }>> {
    const world = await this.world(flags);
    const blocked = await findObstacles(planSetup(world.context.intent).steps, world);
    return blocked.flatMap(({ step, obstacles }) => obstacles.map(({ kind, reason }) => ({ step, kind, reason })));
  }

  public async blocked(flags: Flags = {}): Promise<Obstacle[]> {
    const world = await this.world(flags);
    return (await findObstacles(planSetup(world.context.intent).steps, world)).flatMap(({ obstacles }) => obstacles);
  }

  public async verify(flags: Flags = {}): Promise<Record<string, CheckResult>> {
    const results = await judgeAll(CHECKS, await this.world(flags));
    return Object.fromEntries(results.map((result) => [result.id, result]));
  }

  /** What the product itself asked of either vendor while `work` was done. */
  public async requestsOf(work: () => Promise<unknown>): Promise<RequestRecord[]> {
    const { salesforce, okta } = this.sim;
    const [salesforceBefore, oktaBefore] = [salesforce.requests.length, okta.requests.length];
    await work();
    return [...salesforce.requests.slice(salesforceBefore), ...okta.requests.slice(oktaBefore)].filter(isOfProduct);
  }

  /** How many of anything that must not be doubled there are. */
  public counts(): { oauthApps: number; oktaApps: number; grants: number } {
    const { salesforce, okta } = this.sim;
    return {
      oauthApps: [...salesforce.store.components.values()].filter(({ type }) => type === 'ExternalClientApplication')
        .length,
      oktaApps: okta.store.apps.size,
      grants: salesforce.store.grants.size,
    };
  }

  /** What is returned puts both orgs and the journal back to what they are now, and fails as `stop` does. */
  public capture(): () => Promise<void> {
    const restore = this.sim.capture();
    const journal = [...this.journal];
    return async () => {
      await this.sim.okta.idle();
      const unknown = this.#unknown();
      restore();
      this.journal.splice(0, Infinity, ...journal);
      expect(unknown).to.deep.equal([]);
    };
  }

  /** Stops both servers, and fails the test that asked them for something they do not know. */
  public async stop(): Promise<void> {
    const unknown = this.#unknown();
    await this.sim.close();
    expect(unknown).to.deep.equal([]);
  }

  #unknown(): string[] {
    return [...this.sim.salesforce.unknown, ...this.sim.okta.unknown];
  }
}

const lastOf = (events: readonly StepEvent[]): Record<string, StepEvent> =>
  Object.fromEntries(events.map((event) => [event.step, event]));

export const typesOf = (events: Record<string, StepEvent>): Record<string, StepEvent['type']> =>
  Object.fromEntries(Object.entries(events).map(([step, { type }]) => [step, type]));
