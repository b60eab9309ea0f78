/** Every secret value that this world has seen, spent ones too, so that a test can look for them in places where none belongs. */
export class SecretBook {
  readonly #values = new Set<string>();

  /** Gives back what it was given, so that a secret can be noted where it is made. */
  public note<T extends string | undefined>(value: T): T {
    if (value) this.#values.add(value);
    return value;
  }

  public all(): string[] {
    return [...this.#values];
  }

  public clear(): void {
    this.#values.clear();
  }
}
