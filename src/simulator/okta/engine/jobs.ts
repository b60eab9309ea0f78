/** Work that Okta does after it has answered: one job after another, in the order in which they were asked for. */
export class Jobs {
  #tail: Promise<void> = Promise.resolve();
  #closed = false;

  /** A job reports its own failures; one that throws is a mistake of the simulator and surfaces in `idle`. */
  public add(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(async () => (this.#closed ? undefined : work()));
    this.#tail.catch(() => undefined);
  }

  /** Resolves when nothing is under way, also not what the work under way asked for. */
  public async idle(): Promise<void> {
    const tail = this.#tail;
    await tail;
    if (tail !== this.#tail) await this.idle();
  }

  /** Forgets what has not started, and waits for what has. */
  public async drain(): Promise<void> {
    this.#closed = true;
    await this.#tail.catch(() => undefined);
    this.#tail = Promise.resolve();
    this.#closed = false;
  }
}
