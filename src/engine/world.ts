/**
 * One thing in one of the two orgs, as it is read: the OAuth app, the Okta app, the grants. Steps, checks and the dry
 * run all see the same resources, so they judge the same facts.
 */
export interface Resource<State, Context> {
  readonly id: string;
  readonly read: (look: Look<Context>) => Promise<State>;
}

/** What a read may use: the clients, and other resources. */
export interface Look<Context> {
  readonly context: Context;
  readonly see: <State>(resource: Resource<State, Context>) => Promise<State>;
}

/**
 * Both orgs as seen so far. A resource is read once, whoever asks and however many at a time, until somebody who changed
 * it says `forget`; then it and all that was derived from it are read again.
 */
export class World<Context> implements Look<Context> {
  public readonly context: Context;
  readonly #seen = new Map<string, Promise<unknown>>();
  readonly #dependants = new Map<string, Set<string>>();

  public constructor(context: Context) {
    this.context = context;
  }

  public readonly see = <State>(resource: Resource<State, Context>): Promise<State> => {
    const known = this.#seen.get(resource.id) as Promise<State> | undefined;
    if (known) return known;
    const reading = resource.read({
      context: this.context,
      see: (other) => {
        const dependants = this.#dependants.get(other.id) ?? new Set();
        this.#dependants.set(other.id, dependants.add(resource.id));
        return this.see(other);
      },
    });
    this.#seen.set(resource.id, reading);
    return reading;
  };

  public forget(...resources: ReadonlyArray<Pick<Resource<unknown, Context>, 'id'>>): void {
    for (const { id } of resources) {
      if (!this.#seen.delete(id)) continue;
      const dependants = [...(this.#dependants.get(id) ?? [])];
      this.#dependants.delete(id);
      this.forget(...dependants.map((dependant) => ({ id: dependant })));
    }
  }
}
