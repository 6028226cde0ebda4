// SYMTAB: the program's own variables as an array.

import { GawkArray } from "./_array.ts";
import { GawkFatalError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import type { Value } from "./_value.ts";

export class SymbolTable extends GawkArray {
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    super(() => undefined);
    this.#runtime = runtime;
  }

  override get size(): number {
    return this.keys().length;
  }

  override get(key: string): Value | GawkArray {
    const value = this.#runtime.globals.get(key)?.value;
    return value instanceof GawkArray || !this.has(key) ? value : this.#runtime.getGlobal(key);
  }

  override has(key: string): boolean {
    return key !== "SYMTAB" && this.#runtime.globals.has(key);
  }

  override set(key: string, value: Value | GawkArray): void {
    if (!this.has(key)) throw new GawkFatalError("cannot assign to arbitrary elements of SYMTAB");
    if (value instanceof GawkArray) this.#runtime.global(key).value = value;
    else this.#runtime.setGlobal(key, value);
  }

  override delete(): void {
    throw new GawkFatalError("`delete' is not allowed with SYMTAB");
  }

  override clear(): void {
    throw new GawkFatalError("`delete' is not allowed with SYMTAB");
  }

  override keys(): string[] {
    return [...this.#runtime.globals.keys()].filter((name) => name !== "SYMTAB");
  }
}
