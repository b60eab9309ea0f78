/** A value that cannot be printed by accident: it needs no filter at print time. `reveal` is called where it goes on the wire. */
export class Secret {
  readonly #value: string;

  public constructor(value: string) {
    this.#value = value;
  }

  public reveal(): string {
    return this.#value;
  }

  public toJSON(): string {
    return '[secret]';
  }

  public toString(): string {
    return '[secret]';
  }

  public [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
