// A set that mostly holds nothing or one thing: every process, group and queue of every session has several.

const NOTHING: readonly never[] = [];

/** In the order of insertion, as Set. */
export class SmallSet<T> {
  #only: T | undefined = undefined;
  #more: Set<T> | undefined = undefined;

  add(value: T): void {
    if (this.#more !== undefined) this.#more.add(value);
    else if (this.#only === undefined) this.#only = value;
    else if (this.#only !== value) {
      this.#more = new Set<T>().add(this.#only).add(value);
      this.#only = undefined;
    }
  }

  /** True when it was there. */
  delete(value: T): boolean {
    if (this.#more !== undefined) {
      const was = this.#more.delete(value);
      if (this.#more.size === 0) this.#more = undefined;
      return was;
    }
    if (this.#only !== value || value === undefined) return false;
    this.#only = undefined;
    return true;
  }

  has(value: T): boolean {
    return this.#more !== undefined ? this.#more.has(value) : value !== undefined && this.#only === value;
  }

  clear(): void {
    this.#more = undefined;
    this.#only = undefined;
  }

  get size(): number {
    return this.#more !== undefined ? this.#more.size : this.#only === undefined ? 0 : 1;
  }

  [Symbol.iterator](): Iterator<T> {
    if (this.#more !== undefined) return this.#more[Symbol.iterator]();
    return (this.#only === undefined ? NOTHING : [this.#only])[Symbol.iterator]();
  }
}
