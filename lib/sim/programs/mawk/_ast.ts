// The tree of a mawk program: the shared one, with what _resolve.ts finds out.

import type { AwkFunction, Item, Rule, Statement, Variable } from "../kit/awk/syntax-tree.ts";

export interface MawkFunction extends AwkFunction {
  /** which parameters are arrays */
  readonly arrays: Set<number>;
  blocks: boolean;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, MawkFunction>;
  /** name -> slot */
  readonly globals: ReadonlyMap<string, number>;
  readonly arrays: ReadonlySet<string>;
}

/** mawk's arrays hold no arrays: its grammar makes no items of items. */
export function arrayVariable(array: Variable | Item): Variable {
  if (array.kind === "item") throw new Error("an array of arrays");
  return array;
}
