// How much memory the program would take. perl frees what nobody refers to at once, so what is charged to the process is what can be reached, with
// about the sizes of perl's own values; it is measured when enough has been made since the last time to matter.

import { type Sys, SysError } from "../../../kernel/sys.ts";
import { Code, Glob, GlobValue, PerlArray, PerlError, PerlExit, PerlHash, Referent, Scalar, type Value } from "../values/value.ts";
import type { Vm } from "./vm.ts";

/** Of a container, as `Vm.made` counts them. */
export const UNIT_BYTES = 32;
const FIRST_MEASURE_BYTES = 8 << 20;
/** What the server itself can bear for one program, whatever the simulated machine has. */
const MAX_REAL_BYTES = 512 << 20;

export class Heap {
  #threshold = FIRST_MEASURE_BYTES;
  #charged = 0;

  /** Called with the number of units made since the last call; true when they have been looked at. */
  look(vm: Vm, units: number): boolean {
    if (units * UNIT_BYTES < this.#threshold) return false;
    const live = reach(vm);
    this.#threshold = Math.max(FIRST_MEASURE_BYTES, live / 2);
    this.#charge(vm.sys, live);
    return true;
  }

  #charge(sys: Sys, bytes: number): void {
    const delta = bytes - this.#charged;
    if (Math.abs(delta) < 1 << 17) return;
    if (bytes > MAX_REAL_BYTES) throw new PerlExit(1, "Out of memory!\n");
    try {
      sys.allocate(delta);
      this.#charged = bytes;
    } catch (error) {
      if (error instanceof SysError) throw new PerlExit(1, "Out of memory!\n");
      throw error;
    }
  }

  /** One large allocation: charged before it is made, so that a limit kills where it would. */
  reserve(vm: Vm, bytes: number, what: string): void {
    if (bytes > MAX_REAL_BYTES) throw new PerlError(`Out of memory in ${what}`);
    vm.made += Math.ceil(bytes / UNIT_BYTES);
    if (bytes > 1 << 22) this.#charge(vm.sys, this.#charged + bytes);
  }
}

/** The bytes of everything that the program can reach. */
function reach(vm: Vm): number {
  let bytes = 0;
  const seen = new Set<object>();
  const open: (Value | object | undefined)[] = [...vm.globs.values(), ...vm.stack];
  for (let { frame } = vm; frame; frame = frame.back) {
    bytes += 300;
    open.push(...frame.pad, frame.args, frame.code);
  }
  for (const held of vm.prototypes.values()) open.push(...held.values());
  for (const local of vm.locals) open.push(...Object.values(local));
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string") {
      bytes += value.length > 16 ? value.length + 10 : 16;
      continue;
    }
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Scalar) {
      bytes += 24;
      open.push(value.v);
    } else if (value instanceof PerlArray) {
      bytes += 64 + 8 * value.items.length;
      for (const item of value.items) {
        // the common case without a detour
        if (!item) continue;
        const { v } = item;
        if (typeof v === "number") bytes += 24;
        else if (typeof v === "string") bytes += 50 + v.length;
        else open.push(item);
      }
    } else if (value instanceof PerlHash) {
      bytes += 120;
      for (const [key, item] of value.map) {
        bytes += 60 + key.length;
        const { v } = item;
        if (typeof v === "number") bytes += 24;
        else if (typeof v === "string") bytes += 50 + v.length;
        else open.push(item);
      }
    } else if (value instanceof Code) open.push(...value.captures, ...(value.constant ?? []));
    else if (value instanceof GlobValue) open.push(value.glob);
    else if (value instanceof Glob) {
      open.push(value.scalar, value.code);
      if (value.hasArray) open.push(value.array);
      if (value.hasHash) open.push(value.hash);
      if (value.io) bytes += value.io.input.length + value.io.output.length;
    } else if (value instanceof Referent) for (const field of Object.values(value)) if (Array.isArray(field)) open.push(...(field.length > 100_000 ? field.slice(0, 100_000) : field));
  }
  return bytes;
}
