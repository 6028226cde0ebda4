// Compiled code: a list of closures that work on the interpreter's stack. A closure that must wait returns a generator.

import type { Pragmas } from "../syntax/tree.ts";
import type { Run } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";

export type Op = (vm: Vm) => void | Run<void>;

/** Where a statement stands: what die, warn and caller tell, and the pragmas in force. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly pkg: string;
  readonly pragmas: Pragmas;
}

export class Unit {
  readonly ops: Op[] = [];
  /** as caller names it */
  readonly name: string;
  readonly file: string;
  padSize = 0;
  /** which slots are filled from which slots of the enclosing code's pad */
  readonly captures: { readonly slot: number; readonly from: number; readonly sigil: string }[] = [];
  /** Named subs inside have captured containers before the code ran (Vm.prototypes): its first run uses them. */
  hasPrototypes = false;

  constructor(name: string, file: string) {
    this.name = name;
    this.file = file;
  }
}
