// A map that mostly stays empty: every kernel, link and file system of every session has several, and an empty Map takes 200 bytes.

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>();

/** In the order of insertion, as Map. */
export class SmallMap<K, V> {
  #map: Map<K, V> | undefined = undefined;

  get size(): number {
    return this.#map === undefined ? 0 : this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map?.get(key);
  }

  has(key: K): boolean {
    return this.#map !== undefined && this.#map.has(key);
  }

  set(key: K, value: V): void {
    (this.#map ??= new Map()).set(key, value);
  }

  /** True when it was there. */
  delete(key: K): boolean {
    if (this.#map === undefined || !this.#map.delete(key)) return false;
    if (this.#map.size === 0) this.#map = undefined;
    return true;
  }

  clear(): void {
    this.#map = undefined;
  }

  keys(): IterableIterator<K> {
    return (this.#map ?? NOTHING).keys();
  }

  values(): IterableIterator<V> {
    return (this.#map ?? NOTHING).values();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return (this.#map ?? NOTHING)[Symbol.iterator]();
  }
}
