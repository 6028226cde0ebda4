import type { AwkFunction, Rule, Statement } from "../kit/awk/syntax-tree.ts";
import type { Spelling } from "./_pretty.ts";

/** Unlike mawk's, nothing is known beforehand of what is an array: names become arrays when they are first used as one. */
export interface GawkProgram {
  readonly begin: readonly Statement[];
  readonly beginFile: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly endFile: readonly Statement[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
  /** the names of @load and -l */
  readonly extensions: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly spelling: Spelling;
}
