// The words of perlfunc(1) that take values and give values.
// `spec`, a letter an argument: S scalar, L list (all that follow), F file handle (a bare name's glob, or the container of a scalar), V a scalar's container; ? the following are optional.

import type { Run, Value, Want } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";

export interface Builtin {
  readonly spec: string;
  /** gets objects as they are, not as their overloaded texts */
  readonly keepsObjects: boolean;
  readonly run: (vm: Vm, args: Value[], want: Want) => Value | Value[] | Run<Value | Value[]>;
}

const builtins = new Map<string, Builtin>();

export function define(name: string, spec: string, run: Builtin["run"], keepsObjects = false): void {
  builtins.set(name, { spec, run, keepsObjects });
}

export function builtinOf(name: string): Builtin | undefined {
  return builtins.get(name);
}
