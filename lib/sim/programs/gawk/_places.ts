// Names and what they hold: scalars and arrays are told apart when they are used.

import { GawkArray } from "./_array.ts";
import type { Variable } from "../kit/awk/syntax-tree.ts";
import { GawkFatalError } from "./_format.ts";
import type { Runtime } from "./_runtime.ts";
import { type Slot, UNASSIGNED, type Value } from "./_value.ts";

/** Where a value can be read and assigned to. */
export interface Place {
  get(): Value;
  set(value: Value): void;
}

export function slotOf(runtime: Runtime, variable: Variable): Slot {
  if (variable.local === undefined) return runtime.global(variable.name);
  let slot = runtime.locals[variable.local];
  if (!slot) {
    slot = { value: undefined };
    runtime.locals[variable.local] = slot;
  }
  return slot;
}

/** The parameter and the names that were given for it become the array. */
function becomeArray(slot: Slot, array: GawkArray): void {
  slot.value = array;
  if (slot.origin && slot.origin.value === undefined) becomeArray(slot.origin, array);
}

/** The value with regard to the name that was given for a parameter, which may have become an array meanwhile. */
export function held(slot: Slot): Value | GawkArray {
  if (slot.value === undefined && slot.origin) {
    const value = held(slot.origin);
    if (value instanceof GawkArray) slot.value = value;
  }
  return slot.value;
}

export function arrayIn(runtime: Runtime, variable: Variable): GawkArray {
  const slot = slotOf(runtime, variable);
  const value = held(slot);
  if (value instanceof GawkArray) return value;
  if (value !== undefined) throw new GawkFatalError(`attempt to use scalar ${variable.local === undefined ? "" : "parameter "}\`${variable.name}' as an array`);
  const array = runtime.newArray();
  becomeArray(slot, array);
  return array;
}

export function scalarIn(runtime: Runtime, variable: Variable): Value {
  const slot = slotOf(runtime, variable);
  const value = held(slot);
  if (value instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${variable.name}' in a scalar context`);
  if (value !== undefined) return value;
  if (runtime.dialect.lint) runtime.lint(`reference to uninitialized ${variable.local === undefined ? "variable" : "argument"} \`${variable.name}'`);
  // What was read once is no array any more.
  slot.value = UNASSIGNED;
  return UNASSIGNED;
}

/** An element as the name that is given for a parameter. */
export function elementSlot(array: GawkArray, key: string): Slot {
  return {
    get value() {
      return array.get(key);
    },
    set value(value) {
      array.set(key, value);
    },
  };
}

export function elementArray(runtime: Runtime, array: GawkArray, key: string, name: string): GawkArray {
  const value = array.get(key);
  if (value instanceof GawkArray) return value;
  if (value !== undefined) throw new GawkFatalError(`attempt to use scalar \`${name}["${key}"]' as an array`);
  const made = runtime.newArray();
  array.set(key, made);
  return made;
}

export function elementValue(array: GawkArray, key: string, name: string): Value {
  const value = array.get(key);
  if (value instanceof GawkArray) throw new GawkFatalError(`attempt to use array \`${name}["${key}"]' in a scalar context`);
  if (value !== undefined) return value;
  // It is there now, and may still become an array.
  array.set(key, undefined);
  return UNASSIGNED;
}
