// The loaded modules by name. What a machine has from its boot is one table for all machines of its kind, until one of them loads or unloads something.

export interface LoadedModule {
  readonly parameters: string;
  readonly usedBy: readonly string[];
  /** users that are no modules (a mounted file system, a disk in use) */
  readonly pinned?: number;
}

export class ModuleTable {
  #modules: ReadonlyMap<string, LoadedModule> = new Map();
  #own: Map<string, LoadedModule> | undefined = undefined;

  /** All of them at once; the table is not changed. */
  share(modules: ReadonlyMap<string, LoadedModule>): void {
    this.#modules = modules;
    this.#own = undefined;
  }

  get all(): ReadonlyMap<string, LoadedModule> {
    return this.#own ?? this.#modules;
  }

  #writable(): Map<string, LoadedModule> {
    return (this.#own ??= new Map(this.#modules));
  }

  get size(): number {
    return this.all.size;
  }

  has(name: string): boolean {
    return this.all.has(name);
  }

  get(name: string): LoadedModule | undefined {
    return this.all.get(name);
  }

  set(name: string, module: LoadedModule): void {
    this.#writable().set(name, module);
  }

  delete(name: string): boolean {
    return this.has(name) && this.#writable().delete(name);
  }

  keys(): IterableIterator<string> {
    return this.all.keys();
  }

  values(): IterableIterator<LoadedModule> {
    return this.all.values();
  }

  [Symbol.iterator](): IterableIterator<[string, LoadedModule]> {
    return this.all[Symbol.iterator]();
  }
}
