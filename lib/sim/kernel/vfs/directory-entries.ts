// The names of one directory. A copy (`fork`) of a large directory keeps only what differs from its frozen original, so adding a file to
// /usr/bin costs one entry for a session, not six hundred.

const COPY_WHOLE_BELOW = 12;
const DEEPEST = 4;

export class DirectoryEntries {
  readonly #base: DirectoryEntries | undefined;
  readonly #depth: number;
  /** 0 hides a name of the base. */
  #own: Map<string, number> | undefined;
  #size: number;

  constructor(base?: DirectoryEntries) {
    this.#base = base;
    this.#depth = base === undefined ? 0 : base.#depth + 1;
    this.#size = base?.size ?? 0;
  }

  get size(): number {
    return this.#size;
  }

  /** 0 when absent. */
  get(name: string): number {
    let entries: DirectoryEntries | undefined = this;
    while (entries !== undefined) {
      const node = entries.#own?.get(name);
      if (node !== undefined) return node;
      entries = entries.#base;
    }
    return 0;
  }

  set(name: string, node: number): void {
    if (this.get(name) === 0) this.#size++;
    this.#own ??= new Map();
    this.#own.set(name, node);
  }

  delete(name: string): void {
    if (this.get(name) === 0) return;
    this.#size--;
    this.#own ??= new Map();
    if (this.#base === undefined || this.#base.get(name) === 0) this.#own.delete(name);
    else this.#own.set(name, 0);
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<readonly [name: string, node: number]> {
    if (this.#base !== undefined) {
      for (const entry of this.#base) if (this.#own?.has(entry[0]) !== true) yield entry;
    }
    if (this.#own !== undefined) for (const entry of this.#own) if (entry[1] !== 0) yield entry;
  }

  /** `this` must not change afterwards. */
  fork(): DirectoryEntries {
    if (this.#size >= COPY_WHOLE_BELOW && this.#depth < DEEPEST) return new DirectoryEntries(this);
    const copy = new DirectoryEntries();
    for (const [name, node] of this) copy.set(name, node);
    return copy;
  }
}
