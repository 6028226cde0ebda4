// An indexed array of bash: sparse, indices ascend. Arrays without holes (nearly all) are a plain list.

/** Of a list without holes; nobody writes here. */
const NOTHING = new Map<number, string>();

export class IndexedArray {
  #dense: string[] | undefined = [];
  #sparse: Map<number, string> = NOTHING;
  #sorted: readonly number[] | undefined;

  static of(values: readonly string[]): IndexedArray {
    const array = new IndexedArray();
    array.#dense = values.slice();
    return array;
  }

  clone(): IndexedArray {
    const copy = new IndexedArray();
    if (this.#dense) copy.#dense = this.#dense.slice();
    else {
      copy.#dense = undefined;
      copy.#sparse = new Map(this.#sparse);
      copy.#sorted = this.#sorted;
    }
    return copy;
  }

  get size(): number {
    return this.#dense ? this.#dense.length : this.#sparse.size;
  }

  /** -1 when empty. */
  get maxIndex(): number {
    if (this.#dense) return this.#dense.length - 1;
    const keys = this.keys();
    return keys[keys.length - 1] ?? -1;
  }

  get(index: number): string | undefined {
    return this.#dense ? this.#dense[index] : this.#sparse.get(index);
  }

  set(index: number, value: string): void {
    const dense = this.#dense;
    if (dense) {
      if (index <= dense.length) {
        dense[index] = value;
        return;
      }
      this.#spread(dense);
    }
    if (!this.#sparse.has(index)) this.#sorted = undefined;
    this.#sparse.set(index, value);
  }

  delete(index: number): void {
    const dense = this.#dense;
    if (dense) {
      if (index === dense.length - 1) dense.pop();
      else if (index < dense.length) {
        this.#spread(dense);
        this.#sparse.delete(index);
      }
      return;
    }
    if (this.#sparse.delete(index)) this.#sorted = undefined;
  }

  #spread(dense: readonly string[]): void {
    this.#sparse = new Map(dense.map((value, index) => [index, value]));
    this.#dense = undefined;
    this.#sorted = undefined;
  }

  keys(): readonly number[] {
    if (this.#dense) return this.#dense.map((_, index) => index);
    this.#sorted ??= [...this.#sparse.keys()].sort((a, b) => a - b);
    return this.#sorted;
  }

  values(): readonly string[] {
    if (this.#dense) return this.#dense;
    return this.keys().map((key) => this.#sparse.get(key) ?? "");
  }

  entries(): readonly (readonly [number, string])[] {
    return this.keys().map((key) => [key, this.get(key) ?? ""] as const);
  }
}
