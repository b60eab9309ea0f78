/**
 * What a later process cannot learn by reading the two orgs: what we made (all else was adopted, and is not ours to
 * delete), what we changed for a while and how it was, and ids. Never a secret. It is a hint, not the truth: the orgs are
 * read again.
 */
export type JournalEntry =
  | { readonly type: 'creating'; readonly object: string } // written before the call
  | { readonly type: 'learned'; readonly step: string; readonly facts: Readonly<Record<string, string>> }
  | { readonly type: 'borrowed'; readonly setting: string; readonly was: boolean } // written before the change
  | { readonly type: 'returned'; readonly setting: string };

/** Where the entries are kept: a file in the product, an array in tests. */
export interface JournalStore {
  readonly entries: () => Promise<readonly JournalEntry[]>;
  readonly append: (entry: JournalEntry) => Promise<void>;
  /** Gives up the lock that keeps a second run on the same pair out. */
  readonly close: () => Promise<void>;
}

/** A switch that is turned for a moment and always put back. */
export interface Setting {
  readonly name: string;
  readonly needed: boolean;
  readonly read: () => Promise<boolean>;
  readonly write: (value: boolean) => Promise<void>;
}

/** What was borrowed and not returned, and how it was before. */
export const stillBorrowed = (entries: readonly JournalEntry[]): Map<string, boolean> => {
  const open = new Map<string, boolean>();
  for (const entry of entries) {
    if (entry.type === 'borrowed' && !open.has(entry.setting)) open.set(entry.setting, entry.was);
    if (entry.type === 'returned') open.delete(entry.setting);
  }
  return open;
};

export class Journal {
  readonly #store: JournalStore;
  readonly #settings: ReadonlyMap<string, Setting>;
  readonly #lent = new Map<string, Promise<unknown>>();

  /** `settings`: those that an earlier run may have borrowed and not returned. */
  public constructor(store: JournalStore, settings: readonly Setting[] = []) {
    this.#store = store;
    this.#settings = new Map(settings.map((setting) => [setting.name, setting]));
  }

  public async creating(object: string): Promise<void> {
    await this.#store.append({ type: 'creating', object });
  }

  /** Appends only what is new, so that a converged run leaves the file as it was. */
  public async learn(step: string, facts: Readonly<Record<string, string>>): Promise<void> {
    const known = (await this.#store.entries()).findLast((entry) => entry.type === 'learned' && entry.step === step);
    const same =
      known?.type === 'learned' && Object.entries(facts).every(([name, value]) => known.facts[name] === value);
    if (!same && Object.keys(facts).length > 0) await this.#store.append({ type: 'learned', step, facts });
  }

  /**
   * Turns a setting to what `work` needs, and back, also when `work` throws. After a kill the next run gives it back first.
   * One loan of a setting at a time: a second one would take the first one's change for how it was before.
   */
  public async borrow<T>({ name, needed, read, write }: Setting, work: () => Promise<T>): Promise<T> {
    return this.#alone(name, async () => {
      const left = await this.#leftOf(name);
      const was = left ?? (await read());
      if (was === needed) return work();
      if (left === undefined) await this.#store.append({ type: 'borrowed', setting: name, was });
      try {
        await write(needed);
        return await work();
      } finally {
        await write(was);
        await this.#store.append({ type: 'returned', setting: name });
      }
    });
  }

  /** Before all else, every run that may write puts back what an earlier one borrowed and could not return. Tells whether it did. */
  public async returnBorrowed(): Promise<boolean> {
    let some = false;
    for (const name of stillBorrowed(await this.#store.entries()).keys())
      await this.#alone(name, async () => {
        const [setting, was] = [this.#settings.get(name), await this.#leftOf(name)];
        if (!setting || was === undefined) return;
        await setting.write(was);
        await this.#store.append({ type: 'returned', setting: name });
        some = true;
      });
    return some;
  }

  public async close(): Promise<void> {
    await this.#store.close();
  }

  /** How a setting was before a loan that was never returned. */
  async #leftOf(name: string): Promise<boolean | undefined> {
    return stillBorrowed(await this.#store.entries()).get(name);
  }

  async #alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lent.get(name) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#lent.set(name, done);
    return done;
  }
}
