// From the tree to closures: scopes, slots of the pad, jumps. Statements are in statements.ts, expressions in expressions.ts and the files beside it.

import type { Node, Pragmas, Sigil, Var } from "../syntax/tree.ts";
import { SyntaxProblem } from "../syntax/scanner.ts";
import { PerlArray, PerlHash, Plain, type Referent } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";
import { type Op, type Place, Unit } from "./unit.ts";

/** What an expression leaves on the stack: nothing, one value, any number, or what the sub's caller wants. */
export const V = 0;
export const S = 1;
export const L = 2;
export const D = 3;
export type Context = typeof V | typeof S | typeof L | typeof D;

export interface Entry {
  readonly how: "my" | "our" | "state";
  readonly slot: number;
  /** of `our`: the package variable */
  readonly full?: string;
  readonly line: number;
}

export interface Label {
  to: number;
}

export interface Loop {
  readonly label: string | undefined;
  readonly next: Label;
  readonly last: Label;
  readonly redo: Label;
  /** the slot that keeps the height of vm.locals at the loop's begin */
  readonly locals: number;
  /** eval blocks open at its begin */
  readonly evals: number;
  readonly isBare: boolean;
}

export interface OpenEval {
  readonly context: Context;
  readonly end: Label;
  readonly slot: number;
}

export const GLOBAL_NAMES = /^(?:ENV|ARGV|INC|STDIN|STDOUT|STDERR|ARGVOUT|_|\d+|\W|\^\w+)$/;

/** variables whose missing declaration has been told */
const reported = new WeakSet<Var>();
/** variables that count among the uses of their glob */
const counted = new WeakSet<Var>();

export class Compiler {
  readonly vm: Vm;
  readonly unit: Unit;
  readonly outer: Compiler | undefined;
  readonly scopes: Map<string, Entry>[] = [new Map()];
  readonly loops: Loop[] = [];
  readonly evals: OpenEval[] = [];
  #pending: [string, Entry][] = [];
  place: Place;
  /** errors that do not end the compilation at once */
  readonly problems: string[];
  /** subs captured from here are made before the code runs */
  readonly isSub: boolean;

  constructor(vm: Vm, name: string, place: Place, outer: Compiler | undefined, isSub: boolean) {
    this.vm = vm;
    this.unit = new Unit(name, place.file);
    this.outer = outer;
    this.place = place;
    this.problems = outer?.problems ?? [];
    this.isSub = isSub;
  }

  get pragmas(): Pragmas {
    return this.place.pragmas;
  }

  emit(op: Op): void {
    this.unit.ops.push(op);
  }

  here(label: Label): void {
    label.to = this.unit.ops.length;
  }

  jump(label: Label): void {
    this.emit((vm) => {
      vm.pc = label.to;
    });
  }

  slot(): number {
    return this.unit.padSize++;
  }

  /** Declarations become visible with the next statement. */
  declare(sigil: Sigil, name: string, how: Entry["how"], full?: string): Entry {
    const key = `${sigil}${name}`;
    const entry: Entry = { how, slot: how === "our" ? -1 : this.slot(), line: this.place.line, ...(full !== undefined && { full }) };
    const existing = this.scopes[this.scopes.length - 1]?.get(key) ?? this.#pending.find(([one]) => one === key)?.[1];
    if (existing && how !== "our" && (this.pragmas.warnings || this.vm.warnSwitch) && !this.pragmas.quiet.has("redefine") && !this.pragmas.quiet.has("shadow")) {
      this.warn(`"${how}" variable ${key} masks earlier declaration in same ${existing.line === this.place.line && this.#pending.some(([one]) => one === key) ? "statement" : "scope"}`);
    }
    this.#pending.push([key, entry]);
    return entry;
  }

  warn(message: string): void {
    this.vm.warnText(`${message} at ${this.place.file} line ${this.place.line}.\n`);
  }

  /** Told when the code is complete: first what is useless, then what is better written otherwise. */
  readonly lateWarnings: [string[], string[]] = [[], []];

  warnLate(message: string, order: 0 | 1): void {
    this.lateWarnings[order].push(`${message} at ${this.place.file} line ${this.place.line}.\n`);
  }

  tellLate(): void {
    for (const message of this.lateWarnings.flat()) this.vm.warnText(message);
    this.lateWarnings[0].length = 0;
    this.lateWarnings[1].length = 0;
  }

  introduce(): void {
    if (this.#pending.length === 0) return;
    const scope = this.scopes[this.scopes.length - 1];
    for (const [key, entry] of this.#pending) scope?.set(key, entry);
    this.#pending = [];
  }

  openScope(): void {
    this.introduce();
    this.scopes.push(new Map());
  }

  closeScope(): void {
    this.introduce();
    this.scopes.pop();
  }

  /** The lexical variable of that name, made reachable from this code. */
  lookup(key: string): Entry | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]?.get(key);
      if (found) return found;
    }
    const outer = this.outer?.lookup(key);
    if (!outer) return undefined;
    if (outer.how === "our") return outer;
    const slot = this.slot();
    this.unit.captures.push({ slot, from: outer.slot, sigil: key.charAt(0) });
    const entry: Entry = { ...outer, slot };
    this.scopes[0]?.set(key, entry);
    return entry;
  }

  /** Reserves a named container of the enclosing pads for a sub that is made while compiling. */
  prototype(from: number, sigil: string): Referent {
    let held = this.vm.prototypes.get(this.unit);
    if (!held) {
      held = new Map();
      this.vm.prototypes.set(this.unit, held);
    }
    let found = held.get(from);
    if (!found) {
      // what this code itself captured it takes from where it got it
      const capture = this.unit.captures.find((one) => one.slot === from);
      const frame = this.liveFrame?.pad[from];
      found = frame ?? (capture && this.outer ? this.outer.prototype(capture.from, capture.sigil) : newContainer(sigil));
      held.set(from, found);
      this.unit.hasPrototypes = true;
    }
    return found;
  }

  /** of string eval: the frame whose pad the outermost compiler's slots are */
  liveFrame: { readonly pad: (Referent | undefined)[] } | undefined;

  problem(message: string): void {
    this.problems.push(`${message} at ${this.place.file} line ${this.place.line}.\n`);
    if (this.problems.length >= 10) throw new SyntaxProblem(`${this.place.file} has too many errors.\n`, true);
  }

  fail(message: string): never {
    throw new SyntaxProblem(`${message} at ${this.place.file} line ${this.place.line}.\n`, true);
  }

  /** The full name of a package variable, sub or handle. */
  fullName(name: string, forceMain = false): string {
    if (name.startsWith("::")) return `main${name}`;
    if (name.startsWith("main::")) return name;
    if (name.includes("::")) return name;
    return forceMain || GLOBAL_NAMES.test(name) ? `main::${name}` : `${this.place.pkg}::${name}`;
  }

  /** A package variable; strict vars is looked after here. */
  globalVariable(variable: Var): number {
    const { name, sigil } = variable;
    const full = this.fullName(name);
    const glob = this.vm.glob(full);
    const isSort = (name === "a" || name === "b") && sigil === "$";
    if (this.pragmas.strictVars && !name.includes("::") && !GLOBAL_NAMES.test(name) && !isSort && !glob.imported && name !== "SIG" && !reported.has(variable)) {
      reported.add(variable);
      const shown = `${sigil}${name}`;
      this.problems.push(`Global symbol "${shown}" requires explicit package name (did you forget to declare "my ${shown}"?) at ${this.place.file} line ${variable.line}.\n`);
    }
    const number = this.vm.globNumber(name === "SIG" ? "main::SIG" : full);
    if (counted.has(variable)) return number;
    counted.add(variable);
    glob.uses++;
    if (glob.uses === 1) this.vm.firstUses.set(full, { file: this.place.file, line: variable.line });
    return number;
  }
}

export function newContainer(sigil: string): Referent {
  return sigil === "@" ? new PerlArray() : sigil === "%" ? new PerlHash() : new Plain();
}

export function isListy(node: Node): boolean {
  switch (node.k) {
    case "var":
    case "deref":
      return node.sigil === "@" || node.sigil === "%";
    case "my":
      return node.paren || (node.vars[0] !== undefined && node.vars[0].sigil !== "$");
    case "local":
      return isListy(node.target);
    case "list":
    case "slice":
    case "hslice":
    case "kvslice":
    case "ivslice":
    case "listslice":
      return true;
    default:
      return false;
  }
}
