// A map that forks for nothing: both sides share the table until one of them writes.

/** Nobody writes here: it counts as shared. */
const NOTHING = new Map<string, never>();

export class CowMap<V> {
  #map: Map<string, V>;
  #shared = false;

  constructor(map: Map<string, V> = NOTHING) {
    this.#map = map;
    this.#shared = map === NOTHING;
  }

  fork(): CowMap<V> {
    const copy = new CowMap<V>(this.#map);
    this.#shared = true;
    copy.#shared = true;
    return copy;
  }

  #own(): Map<string, V> {
    if (this.#shared) {
      this.#map = new Map(this.#map);
      this.#shared = false;
    }
    return this.#map;
  }

  get size(): number {
    return this.#map.size;
  }
  get(key: string): V | undefined {
    return this.#map.get(key);
  }
  has(key: string): boolean {
    return this.#map.has(key);
  }
  set(key: string, value: V): void {
    this.#own().set(key, value);
  }
  delete(key: string): boolean {
    return this.#map.has(key) && this.#own().delete(key);
  }
  clear(): void {
    this.#map = NOTHING;
    this.#shared = true;
  }
  keys(): string[] {
    return [...this.#map.keys()];
  }
  entries(): (readonly [string, V])[] {
    return [...this.#map.entries()];
  }
}
