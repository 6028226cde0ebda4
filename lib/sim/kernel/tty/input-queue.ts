// What a line discipline has received and nobody has read: small numbers in order, in two bytes each. Thousands of them may lie on the console of a machine at which nobody sits.

const firstRoom = 32;

export class InputQueue {
  #cells = new Int16Array(0);
  #head = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#head;
  }

  /** Undefined behind the end. */
  at(index: number): number | undefined {
    return this.#head + index < this.#end ? this.#cells[this.#head + index] : undefined;
  }

  push(value: number): void {
    if (this.#end === this.#cells.length) {
      const grown = new Int16Array(Math.max(firstRoom, this.length * 2));
      grown.set(this.#cells.subarray(this.#head, this.#end));
      this.#cells = grown;
      this.#end -= this.#head;
      this.#head = 0;
    }
    this.#cells[this.#end++] = value;
  }

  /** Takes so many away from the front. */
  drop(count: number): void {
    this.#head = Math.min(this.#end, this.#head + count);
    if (this.#head < this.#end) return;
    this.#head = 0;
    this.#end = 0;
    if (this.#cells.length > firstRoom) this.#cells = new Int16Array(0);
  }

  clear(): void {
    this.drop(this.length);
  }

  *[Symbol.iterator](): Generator<number, void> {
    for (let at = this.#head; at < this.#end; at++) yield this.#cells[at] ?? 0;
  }
}
