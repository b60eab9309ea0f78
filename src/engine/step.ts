import type { Change, Json, Obstacle } from './change.ts';
import type { Resource, World } from './world.ts';

/** What a person must do when no API can: one line to show, and what exactly, line by line. */
export interface Instruction {
  readonly summary: string;
  readonly details: readonly string[];
  /** The same for a page: every task of the handshake, with what has been seen of it so far. */
  readonly tasks?: readonly Task[];
}

/** One thing that a person does, and what the two orgs say of it. */
export interface Task {
  readonly id: string;
  /** The step that ends with it. */
  readonly step: string;
  readonly title: string;
  readonly state: 'open' | 'done' | 'problem';
  /** The menu path, and a deep link, which may change. */
  readonly where?: { readonly path: string; readonly url: string };
  readonly lines: readonly string[];
  /** What is to be entered there. A value that is not here is a secret: it is fetched when it is asked for. */
  readonly values: ReadonlyArray<{ readonly name: string; readonly value?: string }>;
  /** The evidence, or what went wrong. */
  readonly seen?: string;
}

/** Ends a run that has done all it can: a person must act. Not a failure; the same command goes on from there. */
export class WaitingForPerson extends Error {
  public readonly instruction: Instruction;

  public constructor(instruction: Instruction) {
    super(instruction.summary);
    this.instruction = instruction;
  }
}

/** A fact that was read before a decision, for a person to see in a dry run. */
export interface Found {
  readonly name: string;
  readonly value: Json;
}

/** What a step can say while it works. */
export interface Working {
  readonly waiting: (instruction: Instruction) => void;
}

/** A step, looked at: what it would change, what stands against it, and how to do it. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  /** Set where the state cannot be told yet, because an earlier step has not made what it lives in. */
  readonly unknownUntil?: string;
  /** What to do where a change was accepted and did not take: a page, a person or a flag. */
  readonly remedies: (change: Change) => readonly string[];
  /** What was read of it that a person may want to know beforehand. */
  readonly found: readonly Found[];
  /** Ids that a later process could not find by reading: what was made here. */
  readonly facts: Readonly<Record<string, string>>;
  readonly apply: (working: Working) => Promise<void>;
}

export interface Step<Context> {
  readonly id: string;
  /** Ids of the steps that must have run before. */
  readonly needs: readonly string[];
  readonly plan: (world: World<Context>) => Promise<Plan>;
  /** Called after `apply`, so that the next look is a new one. */
  readonly forget: (world: World<Context>) => void;
}

interface StepDefinition<State, Context> {
  readonly id: string;
  readonly needs: readonly string[];
  /** The only reading before a decision. */
  readonly resource: Resource<State, Context>;
  /** Other resources that `apply` changes. */
  readonly affects?: ReadonlyArray<Pick<Resource<unknown, Context>, 'id'>>;
  /** The id of the step that must have made something before this one's state can be told. */
  readonly unknownUntil?: (state: State) => string | undefined;
  readonly diff: (state: State, context: Context) => Change[];
  readonly obstacles?: (state: State, context: Context) => Obstacle[];
  readonly remedies?: (change: Change, context: Context) => readonly string[];
  readonly found?: (state: State, context: Context) => readonly Found[];
  readonly facts?: (state: State) => Record<string, string>;
  /** Does what `diff` found and nothing else. */
  readonly apply: (work: {
    readonly state: State;
    readonly changes: readonly Change[];
    readonly world: World<Context>;
    readonly working: Working;
  }) => Promise<void>;
}

export const defineStep = <State, Context>(definition: StepDefinition<State, Context>): Step<Context> => ({
  id: definition.id,
  needs: definition.needs,
  plan: async (world) => {
    const state = await world.see(definition.resource);
    const unknownUntil = definition.unknownUntil?.(state);
    const changes = unknownUntil === undefined ? definition.diff(state, world.context) : [];
    return {
      changes,
      obstacles: definition.obstacles?.(state, world.context) ?? [],
      ...(unknownUntil === undefined ? {} : { unknownUntil }),
      remedies: (change) => definition.remedies?.(change, world.context) ?? [],
      found: definition.found?.(state, world.context) ?? [],
      facts: definition.facts?.(state) ?? {},
      apply: async (working) => definition.apply({ state, changes, world, working }),
    };
  },
  forget: (world) => world.forget(definition.resource, ...(definition.affects ?? [])),
});
