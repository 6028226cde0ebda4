// What the dialects' values have in common.

/** Text from input (a field, getline, split, ARGV...): it counts as a number in comparisons when it looks like one. */
export abstract class NumericText {
  readonly text: string;
  #number: number | undefined | null = null;
  constructor(text: string) {
    this.text = text;
  }

  /** Undefined when it does not look like a number. */
  get number(): number | undefined {
    if (this.#number === null) this.#number = this.read();
    return this.#number;
  }

  protected abstract read(): number | undefined;
}
