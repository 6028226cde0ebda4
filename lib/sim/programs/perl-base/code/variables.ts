// Variables: reading them, and the containers behind them (scalars, arrays, hashes as lvalues). (More than 400 lines: one family of mutually recursive cases.)

import type { Node, Var } from "../syntax/tree.ts";
import { int, numeric, text } from "../values/convert.ts";
import { Code, Glob, GlobValue, Magic, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, Scalar, type Value } from "../values/value.ts";
import { derefOverloaded, overloadOf } from "../vm/overload.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { type Compiler, type Context, D, L, S, V } from "./compiler.ts";
import { compile, compileTest } from "./expressions.ts";
import { keyText, warnUninitialized } from "./warn.ts";

export type Slot = { readonly kind: "pad"; readonly slot: number } | { readonly kind: "global"; readonly number: number };

/** Where the variable is kept. */
export function resolve(c: Compiler, variable: Var): Slot {
  const { name, sigil } = variable;
  if (!name.includes("::")) {
    const entry = c.lookup(`${sigil}${name}`);
    if (entry) return entry.how === "our" ? { kind: "global", number: c.vm.globNumber(entry.full ?? "") } : { kind: "pad", slot: entry.slot };
  }
  return { kind: "global", number: c.globalVariable(variable) };
}

export function padScalar(vm: Vm, slot: number): Scalar {
  return (vm.pad[slot] ??= new Plain()) as Scalar;
}
function padArray(vm: Vm, slot: number): PerlArray {
  return (vm.pad[slot] ??= new PerlArray()) as PerlArray;
}
function padHash(vm: Vm, slot: number): PerlHash {
  return (vm.pad[slot] ??= new PerlHash()) as PerlHash;
}

/** How a warning calls the operand; undefined when it has no name. */
export function nameOf(c: Compiler, node: Node | undefined): NameOf | undefined {
  if (!node) return undefined;
  switch (node.k) {
    case "var": {
      if (node.sigil !== "$") return undefined;
      const lexical = c.lookup(`$${node.name}`);
      const full = lexical?.how === "our" ? lexical.full ?? node.name : lexical ? node.name : c.fullName(node.name);
      const shown = lexical?.how === "my" || lexical?.how === "state" ? `$${node.name}` : `$${full.replace(/^main::/, "")}`;
      return () => shown;
    }
    case "my": {
      const [only] = node.vars;
      return node.vars.length === 1 && only?.sigil === "$" ? () => `$${only.name}` : undefined;
    }
    case "elem":
    case "helem": {
      const base = node.k === "elem" ? node.array : node.hash;
      const key = node.k === "elem" ? node.index : node.key;
      let prefix: string;
      if (base.k === "var") {
        const lexical = c.lookup(`${base.sigil}${base.name}`);
        prefix = `$${lexical && lexical.how !== "our" ? base.name : c.fullName(lexical?.full ?? base.name).replace(/^main::/, "")}`;
      } else return undefined;
      const show = (value: Value) => (node.k === "elem" ? `${prefix}[${text(value)}]` : `${prefix}{"${keyText(text(value))}"}`);
      if (key.k === "num" || key.k === "str") return () => show(key.value);
      if (key.k === "var" && key.sigil === "$") {
        const slot = resolve(c, key);
        return (vm) => show(slot.kind === "pad" ? padScalar(vm, slot.slot).v : vm.g[slot.number]?.scalar.v);
      }
      return undefined;
    }
    case "list":
      return node.items.length === 1 ? nameOf(c, node.items[0]) : undefined;
    case "assign":
      return node.op === "" ? nameOf(c, node.left) : undefined;
    default:
      return undefined;
  }
}

export function compileVar(c: Compiler, node: Var, context: Context): void {
  const { sigil } = node;
  if (sigil === "&") {
    compile(c, { k: "call", name: node.name, args: [], amp: true, shares: true, paren: false, line: node.line }, context);
    return;
  }
  if (sigil === "*") {
    const number = c.vm.globNumber(c.fullName(node.name));
    (c.vm.g[number] as Glob).uses += 2;
    c.emit((vm) => vm.push(new GlobValue(vm.g[number] as Glob)));
    return;
  }
  const slot = resolve(c, node);
  if (context === V) return;
  if (sigil === "$") {
    if (slot.kind === "pad") {
      const at = slot.slot;
      c.emit((vm) => {
        vm.stack.push((vm.pad[at] as Scalar | undefined)?.v);
      });
    } else {
      const { number } = slot;
      c.emit((vm) => {
        vm.stack.push((vm.g[number] as Glob).scalar.v);
      });
    }
    return;
  }
  if (sigil === "@") {
    container(c, slot, "@");
    arrayValues(c, context);
  } else {
    if (node.name.endsWith("::")) compileHash(c, node, false);
    else container(c, slot, "%");
    hashValues(c, context);
  }
}

function container(c: Compiler, slot: Slot, sigil: "@" | "%"): void {
  if (slot.kind === "pad") {
    const at = slot.slot;
    if (sigil === "@") c.emit((vm) => vm.push(padArray(vm, at)));
    else c.emit((vm) => vm.push(padHash(vm, at)));
    return;
  }
  const { number } = slot;
  if (sigil === "@" && number === c.vm.globNumber("main::_")) c.emit((vm) => vm.push(vm.frame?.args));
  else if (sigil === "@") c.emit((vm) => vm.push((vm.g[number] as Glob).array));
  else c.emit((vm) => vm.push((vm.g[number] as Glob).hash));
}

export function wantsList(vm: Vm, context: Context): boolean {
  return context === L || (context === D && vm.frame?.want === "list");
}

/** The array on the stack becomes what the context wants of it. */
export function arrayValues(c: Compiler, context: Context): void {
  c.emit((vm) => {
    const array = vm.pop() as PerlArray;
    if (wantsList(vm, context)) {
      const { items } = array;
      for (let i = 0; i < items.length; i++) vm.stack.push(items[i]?.v);
      vm.spend(items.length >> 2);
    } else if (context !== V) vm.stack.push(array.items.length);
  });
}

export function hashValues(c: Compiler, context: Context): void {
  c.emit((vm) => {
    const hash = vm.pop() as PerlHash;
    if (wantsList(vm, context)) {
      for (const key of hashKeys(vm, hash)) vm.stack.push(key, hash.map.get(key)?.v);
    } else if (context !== V) vm.stack.push(hash.map.size);
  });
}

/** The keys in the order that this run of the interpreter has for them: like the real one, not that of insertion. */
export function hashKeys(vm: Vm, hash: PerlHash): string[] {
  const keys = [...hash.map.keys()];
  vm.spend(keys.length >> 1);
  if (keys.length < 2) return keys;
  const seed = vm.hashSeed;
  const scored = keys.map((key) => {
    let h = seed;
    for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    return [(h ^ (h >>> 13)) >>> 0, key] as const;
  });
  scored.sort((a, b) => a[0] - b[0]);
  return scored.map(([, key]) => key);
}

// ---- containers

/** Pushes the Scalar that the expression names (made if need be). */
export function compileLvalue(c: Compiler, node: Node): void {
  switch (node.k) {
    case "var":
      if (node.sigil === "$") {
        const slot = resolve(c, node);
        if (slot.kind === "pad") {
          const at = slot.slot;
          c.emit((vm) => {
            vm.stack.push(padScalar(vm, at));
          });
        } else {
          const { number } = slot;
          c.emit((vm) => {
            vm.stack.push((vm.g[number] as Glob).scalar);
          });
        }
        return;
      }
      if (node.sigil === "*") {
        const number = c.vm.globNumber(c.fullName(node.name));
        c.emit((vm) => vm.push(globScalar(vm, vm.g[number] as Glob)));
        return;
      }
      break;
    case "my":
      compileMy(c, node);
      return;
    case "local":
      hooks.local?.(c, node);
      return;
    case "elem":
      compileArray(c, node.array, true);
      compile(c, node.index, S);
      {
        const name = nameOf(c, node.index);
        c.emit((vm) => {
          const index = arrayIndex(vm, vm.pop(), name);
          const array = vm.stack[vm.stack.length - 1] as PerlArray;
          const at = creatableIndex(array, index);
          if (at >= array.items.length) vm.hold(1);
          if (at > array.items.length + 1_000_000) vm.reserve((at - array.items.length) * 8);
          vm.stack[vm.stack.length - 1] = array.at(at);
        });
      }
      return;
    case "helem":
      compileHash(c, node.hash, true);
      compileKey(c, node.key);
      c.emit((vm) => {
        const key = vm.pop() as string;
        const hash = vm.stack[vm.stack.length - 1] as PerlHash;
        vm.stack[vm.stack.length - 1] = hashElement(vm, hash, key);
      });
      return;
    case "deref":
      if (node.sigil === "$") {
        compileReference(c, node.ref, true);
        c.emit((vm) => vm.push(derefScalar(vm, vm.pop(), true)));
        return;
      }
      if (node.sigil === "*") {
        compile(c, node.ref, S);
        c.emit((vm) => vm.push(globScalar(vm, globOf(vm, vm.pop()))));
        return;
      }
      break;
    case "lastindex":
      compileArray(c, node.array, true);
      c.emit((vm) => {
        const array = vm.pop() as PerlArray;
        vm.push(new Magic(() => array.items.length - 1, (value) => {
          const length = int(value) + 1;
          vm.reserve(length * 8);
          array.items.length = Math.max(0, length);
        }));
      });
      return;
    case "list":
      if (node.items.length === 1 && node.items[0]) {
        compileLvalue(c, node.items[0]);
        return;
      }
      break;
    case "ternary": {
      const no = { to: 0 };
      const end = { to: 0 };
      compileTest(c, node.test, no);
      compileLvalue(c, node.yes);
      c.jump(end);
      c.here(no);
      compileLvalue(c, node.no);
      c.here(end);
      return;
    }
    case "assign":
      hooks.assign?.(c, node);
      return;
    case "step":
      if (node.prefix) {
        compile(c, node, V);
        compileLvalue(c, node.operand);
        return;
      }
      break;
    case "func":
      if (node.name === "substr" || node.name === "pos" || node.name === "vec") {
        for (const arg of node.args.slice(0, 1)) compileLvalue(c, arg);
        for (const arg of node.args.slice(1)) compile(c, arg, S);
        const count = node.args.length;
        const { name } = node;
        c.emit((vm) => {
          const rest = vm.stack.splice(vm.stack.length - (count - 1), count - 1);
          const target = vm.pop() as Scalar;
          vm.push(name === "pos" ? posMagic(target) : name === "vec" ? vecMagic(target, rest) : substrMagic(vm, target, rest));
        });
        return;
      }
      if (node.name === "keys" && node.args[0]) {
        compileHash(c, node.args[0], true);
        c.emit((vm) => vm.push(new Plain((vm.pop() as PerlHash).map.size)));
        return;
      }
      break;
  }
  // anything else: a value that nobody keeps
  compile(c, node, S);
  c.emit((vm) => vm.push(new Plain(vm.pop())));
}

/** From the end where it is negative. */
function creatableIndex({ items }: PerlArray, index: number): number {
  const at = index < 0 ? index + items.length : index;
  if (at < 0) throw new PerlError(`Modification of non-creatable array value attempted, subscript ${index}`);
  return at;
}

/** What other files do for this one (they need each other). */
export const hooks: {
  assign?: (c: Compiler, node: Extract<Node, { k: "assign" }>) => void;
  local?: (c: Compiler, node: Extract<Node, { k: "local" }>) => void;
  mapGrep?: (c: Compiler, node: Extract<Node, { k: "mapgrep" }>, context: Context, aliases: boolean) => void;
} = {};

export function hashElement(vm: Vm, hash: PerlHash, key: string): Scalar {
  let found = hash.map.get(key);
  if (!found) {
    if (hash.locked) throw new PerlError(`Attempt to access disallowed key '${key}' in a restricted hash`);
    found = hash.changed ? watched(hash, key) : new Plain();
    hash.map.set(key, found);
    vm.hold(2);
  }
  return found;
}

/** %ENV, %SIG: assignments are seen. */
function watched(hash: PerlHash, key: string): Scalar {
  let value: Value;
  return new Magic(() => value, (changed) => {
    value = changed;
    hash.changed?.(key);
  });
}

export const positions = new WeakMap<Scalar, number>();

export function posMagic(target: Scalar): Scalar {
  return new Magic(() => positions.get(target), (value) => {
    if (value === undefined) positions.delete(target);
    else {
      const length = text(target.v).length;
      const wanted = int(value);
      positions.set(target, Math.max(0, Math.min(length, wanted < 0 ? wanted + length : wanted)));
    }
  });
}

function substrMagic(vm: Vm, target: Scalar, rest: readonly Value[]): Scalar {
  const range = () => substrRange(text(target.v).length, int(rest[0]), rest.length > 1 && rest[1] !== undefined ? int(rest[1]) : undefined);
  return new Magic(() => {
    const found = range();
    return found && text(target.v).slice(found[0], found[1]);
  }, (value) => {
    const found = range();
    if (!found) throw new PerlError("substr outside of string");
    const all = text(target.v);
    target.v = all.slice(0, found[0]) + text(value) + all.slice(found[1]);
    vm.spend(all.length >> 5);
  });
}

/** Start and end of substr(); undefined when it lies outside. */
export function substrRange(length: number, offset: number, count: number | undefined): [number, number] | undefined {
  let start = offset < 0 ? offset + length : offset;
  if (start > length) return undefined;
  let end = count === undefined ? length : count < 0 ? length + count : start + count;
  if (start < 0) {
    if (count !== undefined && end < 0) return undefined;
    if (offset < 0 && count === undefined) start = 0;
    else if (end < 0) return undefined;
    start = 0;
  }
  end = Math.min(Math.max(end, start), length);
  return [start, end];
}

function vecMagic(target: Scalar, rest: readonly Value[]): Scalar {
  return new Magic(() => vecGet(text(target.v), int(rest[0]), int(rest[1])), (value) => {
    const bits = int(rest[1]);
    const offset = int(rest[0]);
    const bytes = Array.from(text(target.v), (one) => one.charCodeAt(0));
    const number = BigInt.asUintN(bits, BigInt(int(value)));
    if (bits >= 8) {
      const width = bits / 8;
      for (let i = 0; i < width; i++) bytes[offset * width + i] = Number((number >> BigInt(8 * (width - 1 - i))) & 255n);
    } else {
      const bit = offset * bits;
      const mask = ((1 << bits) - 1) << (bit % 8);
      bytes[bit >> 3] = ((bytes[bit >> 3] ?? 0) & ~mask) | (Number(number) << (bit % 8));
    }
    target.v = Array.from(bytes, (byte) => String.fromCharCode(byte ?? 0)).join("");
  });
}

export function vecGet(string: string, offset: number, bits: number): number {
  if (bits >= 8) {
    const width = bits / 8;
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (string.charCodeAt(offset * width + i) || 0);
    return value;
  }
  const bit = offset * bits;
  return ((string.charCodeAt(bit >> 3) || 0) >> (bit % 8)) & ((1 << bits) - 1);
}

/** What the expression names where arrays and hashes are named alike; false for anything else. `create`: an undefined reference becomes one. */
function compileNamed(c: Compiler, node: Node, create: boolean, sigil: "@" | "%"): boolean {
  switch (node.k) {
    case "var":
      container(c, resolve(c, { ...node, sigil }), sigil);
      return true;
    case "my":
      compileMy(c, node);
      return true;
    case "local":
      hooks.local?.(c, node);
      return true;
    case "deref":
      compileReference(c, node.ref, create);
      c.emit(sigil === "@" ? (vm) => {
        const value = vm.stack[vm.stack.length - 1];
        if (value instanceof PerlArray && value.blessed === undefined) return undefined;
        vm.pop();
        return derefArray(vm, value, create);
      } : (vm) => {
        const value = vm.stack[vm.stack.length - 1];
        if (value instanceof PerlHash && (value.blessed === undefined || !vm.overloads.size)) return undefined;
        vm.pop();
        return derefHash(vm, value, create);
      });
      return true;
    case "list": {
      const [only] = node.items;
      if (node.items.length !== 1 || !only) return false;
      if (sigil === "@") compileArray(c, only, create);
      else compileHash(c, only, create);
      return true;
    }
    default:
      return false;
  }
}

/** Pushes the PerlArray that the expression names. */
export function compileArray(c: Compiler, node: Node, create: boolean): void {
  if (compileNamed(c, node, create, "@")) return;
  c.emit((vm) => vm.mark());
  compile(c, node, L);
  c.emit((vm) => vm.push(new PerlArray(vm.taken().map((value) => new Plain(value)))));
}

/** %Foo:: */
function stash(vm: Vm, name: string): PerlHash {
  const pkg = name.replace(/::$/, "").replace(/^(?:main)?::(?=.)/, "") || "main";
  const hash = new PerlHash();
  for (const glob of vm.globs.values()) {
    if (glob.pkg !== pkg || !(glob.code || glob.hasArray || glob.hasHash || glob.io || glob.scalar.v !== undefined)) continue;
    hash.map.set(glob.name, new Plain(new GlobValue(glob)));
  }
  return hash;
}

export function compileHash(c: Compiler, node: Node, create: boolean): void {
  if (node.k === "var" && node.name.endsWith("::")) {
    const { name } = node;
    c.emit((vm) => vm.push(stash(vm, name)));
    return;
  }
  if (compileNamed(c, node, create, "%")) return;
  compile(c, node, S);
  c.emit((vm) => derefHash(vm, vm.pop(), create));
}

/** The value to dereference; with `create` its container when it has one (a fresh array or hash can be put there). */
function compileReference(c: Compiler, node: Node, create: boolean): void {
  if (create && (node.k === "elem" || node.k === "helem" || (node.k === "var" && node.sigil === "$") || (node.k === "deref" && node.sigil === "$") || (node.k === "my" && !node.paren))) {
    compileLvalue(c, node);
    c.emit((vm) => {
      const scalar = vm.pop() as Scalar;
      const value = scalar.v;
      if (value === undefined) vm.vivify = scalar;
      vm.push(value);
    });
    return;
  }
  compile(c, node, S);
}

interface ContainerKind {
  readonly operator: "@{}" | "%{}";
  readonly what: "an ARRAY" | "a HASH";
  readonly make: () => Referent;
  readonly of: (glob: Glob) => Referent;
}

const ARRAY: ContainerKind = { operator: "@{}", what: "an ARRAY", make: () => new PerlArray(), of: (glob) => glob.array };
const HASH: ContainerKind = { operator: "%{}", what: "a HASH", make: () => new PerlHash(), of: (glob) => glob.hash };

/** What is no container of that kind: a glob's, an object's by its overloading, one by name. */
function derefOther(vm: Vm, value: Value, create: boolean, { operator, what, make, of }: ContainerKind): void | Run<void> {
  if (value instanceof Glob || value instanceof GlobValue) {
    vm.push(of(value instanceof Glob ? value : value.glob));
    return;
  }
  if (value instanceof Referent) {
    if (overloadOf(vm, value, operator) !== undefined) return derefOverloaded(vm, value, operator, what);
    throw new PerlError(`Not ${what} reference`);
  }
  vm.push(symbolic(vm, value, create, what, make, of));
}

export function derefArray(vm: Vm, value: Value, create: boolean): void | Run<void> {
  if (!(value instanceof PerlArray)) return derefOther(vm, value, create, ARRAY);
  vm.push(value);
}

export function derefHash(vm: Vm, value: Value, create: boolean): void | Run<void> {
  if (!(value instanceof PerlHash)) return derefOther(vm, value, create, HASH);
  vm.push(value);
}

export function derefScalar(vm: Vm, value: Value, create: boolean): Scalar {
  if (value instanceof Scalar) return value;
  if (value instanceof Glob || value instanceof GlobValue) return (value instanceof Glob ? value : value.glob).scalar;
  if (value instanceof Referent) throw new PerlError("Not a SCALAR reference");
  return symbolic(vm, value, create, "a SCALAR", () => new Plain(), (glob) => glob.scalar);
}

function symbolic<T extends Referent>(vm: Vm, value: Value, create: boolean, what: string, make: () => T, of: (glob: Glob) => T): T {
  if (value === undefined) {
    const scalar = vm.vivify;
    vm.vivify = undefined;
    if (create && scalar) {
      const made = make();
      scalar.v = made;
      vm.hold(2);
      return made;
    }
    if (vm.at.pragmas.strictRefs || create) throw new PerlError(`Can't use an undefined value as ${what} reference`);
    return make();
  }
  if (vm.at.pragmas.strictRefs) throw new PerlError(`Can't use string ("${text(value).slice(0, 32)}"${text(value).length > 32 ? "..." : ""}) as ${what} ref while "strict refs" in use`);
  return of(globNamed(vm, text(value), /^(?:ENV|ARGV|INC|STDIN|STDOUT|STDERR|_|\d+|\W)$/));
}

/** By a name that may have no package: some names are always those of main. */
function globNamed(vm: Vm, name: string, ofMain: RegExp): Glob {
  return vm.glob(name.includes("::") ? name.replace(/^::/, "main::") : `${ofMain.test(name) ? "main" : vm.at.pkg}::${name}`);
}

export function globOf(vm: Vm, value: Value): Glob {
  if (value instanceof Glob) return value;
  if (value instanceof GlobValue) return value.glob;
  if (value instanceof Referent) throw new PerlError("Not a GLOB reference");
  return globNamed(vm, text(value).replace(/^\*/, ""), /^(?:ENV|ARGV|INC|STDIN|STDOUT|STDERR|_)$/);
}

/** Assignment to a glob: a reference takes its slot, another glob all of them. */
export function globScalar(vm: Vm, glob: Glob): Scalar {
  return new Magic(() => new GlobValue(glob), (value) => {
    glob.imported = true;
    if (value instanceof PerlArray) glob.array = value;
    else if (value instanceof PerlHash) glob.hash = value;
    else if (value instanceof Code) {
      if (glob.code && vm.warns("redefine") && glob.code !== value) vm.warn(`Subroutine ${glob.fullName} redefined`);
      glob.code = value;
    } else if (value instanceof Scalar) glob.scalar = value;
    else {
      const other = value instanceof Glob || value instanceof GlobValue || typeof value === "string" ? globOf(vm, value) : undefined;
      if (!other) return;
      glob.scalar = other.scalar;
      glob.array = other.array;
      glob.hash = other.hash;
      glob.code = other.code;
      glob.io = other.io;
    }
  });
}

export function arrayIndex(vm: Vm, value: Value, name: NameOf | undefined): number {
  if (typeof value === "number") return Math.trunc(value);
  if (value === undefined) warnUninitialized(vm, name, "array element");
  else if (typeof value === "string") vm.checkNumeric(value, "array element");
  return Math.trunc(Number(numeric(value)));
}

/** Pushes the key as a string. */
export function compileKey(c: Compiler, key: Node): void {
  if (key.k === "str") {
    const { value } = key;
    c.emit((vm) => vm.push(value));
    return;
  }
  if (key.k === "list" && key.items.length > 1) {
    c.emit((vm) => vm.mark());
    compile(c, key, L);
    const separator = c.vm.globNumber("main::;");
    c.emit((vm) => vm.push(vm.taken().map(text).join(text(vm.g[separator]?.scalar.v ?? "\x1c"))));
    return;
  }
  compile(c, key, S);
  const name = nameOf(c, key);
  c.emit((vm) => {
    const value = vm.stack[vm.stack.length - 1];
    if (typeof value === "string") return undefined;
    vm.pop();
    if (value === undefined) warnUninitialized(vm, name, "hash element");
    if (value instanceof Referent && value.blessed !== undefined) return vm.pushText(value);
    vm.push(text(value));
    return undefined;
  });
}

/** `my`: a new container each time it runs, but what a named sub has captured before is the first one. */
export function compileMy(c: Compiler, node: Extract<Node, { k: "my" }>): void {
  for (const variable of node.vars) {
    if (!variable) {
      c.emit((vm) => vm.push(undefined));
      continue;
    }
    const { sigil, name } = variable;
    if (node.how === "our") {
      const full = c.fullName(name);
      c.vm.glob(full).imported = true;
      c.declare(sigil, name, "our", full);
      container1(c, { kind: "global", number: c.vm.globNumber(full) }, sigil);
      continue;
    }
    const { slot } = c.declare(sigil, name, "my");
    const { unit } = c;
    const make = sigil === "$" ? () => new Plain() : sigil === "@" ? () => new PerlArray() : () => new PerlHash();
    c.emit((vm) => {
      let made: Referent | undefined;
      if (unit.hasPrototypes) {
        const held = vm.prototypes.get(unit);
        made = held?.get(slot);
        if (made) held?.delete(slot);
      }
      made ??= make();
      vm.made++;
      vm.pad[slot] = made;
      vm.stack.push(made);
    });
  }
}

function container1(c: Compiler, slot: Slot, sigil: string): void {
  if (sigil === "@" || sigil === "%") container(c, slot, sigil);
  else if (slot.kind === "global") {
    const { number } = slot;
    c.emit((vm) => vm.push((vm.g[number] as Glob).scalar));
  }
}

// ---- lists of containers: what foreach, map and calls make aliases of

export function compileAliases(c: Compiler, node: Node): void {
  switch (node.k) {
    case "var":
    case "deref":
      if (node.sigil === "$") {
        compileLvalue(c, node);
        return;
      }
      if (node.sigil === "@") {
        compileArray(c, node, true);
        c.emit((vm) => {
          const { items } = vm.pop() as PerlArray;
          for (let i = 0; i < items.length; i++) vm.stack.push((items[i] ??= new Plain()));
          vm.spend(items.length >> 2);
        });
        return;
      }
      if (node.sigil === "%") {
        compileHash(c, node, true);
        c.emit((vm) => {
          const hash = vm.pop() as PerlHash;
          for (const key of hashKeys(vm, hash)) vm.stack.push(new Plain(key), hash.map.get(key));
        });
        return;
      }
      break;
    case "elem": {
      // an element that is not there stays so
      compileArray(c, node.array, true);
      compile(c, node.index, S);
      const name = nameOf(c, node.index);
      c.emit((vm) => {
        const index = arrayIndex(vm, vm.pop(), name);
        const array = vm.pop() as PerlArray;
        const at = index < 0 ? index + array.items.length : index;
        const there = array.items[at];
        vm.push(there ?? (at < 0 ? new Plain() : new Magic(() => array.items[at]?.v, (value) => {
          array.at(at).v = value;
        })));
      });
      return;
    }
    case "helem":
      compileHash(c, node.hash, true);
      compileKey(c, node.key);
      c.emit((vm) => {
        const key = vm.pop() as string;
        const hash = vm.pop() as PerlHash;
        vm.push(hash.map.get(key) ?? new Magic(() => hash.map.get(key)?.v, (value) => {
          hashElement(vm, hash, key).v = value;
        }));
      });
      return;
    case "slice":
    case "hslice":
      compileSliceLvalues(c, node);
      return;
    case "list":
      for (const item of node.items) compileAliases(c, item);
      return;
    case "my":
      compileMy(c, node);
      if (node.vars.some((one) => one && one.sigil !== "$")) {
        c.emit((vm) => {
          const value = vm.stack[vm.stack.length - 1];
          if (!(value instanceof Scalar)) vm.pop();
        });
      }
      return;
    case "func":
      if (node.name === "values" && node.args[0]) {
        const [operand] = node.args;
        if (operand.k === "var" && operand.sigil === "@") break;
        compileHash(c, operand, true);
        c.emit((vm) => {
          const hash = vm.pop() as PerlHash;
          for (const key of hashKeys(vm, hash)) vm.stack.push(hash.map.get(key));
        });
        return;
      }
      break;
    case "mapgrep":
      if (node.op === "grep") {
        hooks.mapGrep?.(c, node, L, true);
        return;
      }
      break;
    case "ternary": {
      const no = { to: 0 };
      const end = { to: 0 };
      compileTest(c, node.test, no);
      compileAliases(c, node.yes);
      c.jump(end);
      c.here(no);
      compileAliases(c, node.no);
      c.here(end);
      return;
    }
  }
  if (node.k === "num" || node.k === "str") {
    const { value } = node;
    c.emit((vm) => vm.push(new Plain(value)));
    return;
  }
  c.emit((vm) => vm.mark());
  compile(c, node, L);
  c.emit((vm) => {
    const from = vm.marks.pop() ?? 0;
    for (let i = from; i < vm.stack.length; i++) vm.stack[i] = new Plain(vm.stack[i]);
    vm.made += vm.stack.length - from;
  });
}

type SliceNode = Extract<Node, { k: "slice" | "hslice" | "kvslice" | "ivslice" }>;

/** Pushes what is sliced, then the list of indices or keys behind a mark. */
function compileSliceOperands(c: Compiler, node: SliceNode): void {
  if (node.k === "slice" || node.k === "ivslice") compileArray(c, node.array, true);
  else compileHash(c, node.hash, true);
  c.emit((vm) => vm.mark());
  compile(c, node.list, L);
}

/** Pushes the containers of a slice. */
export function compileSliceLvalues(c: Compiler, node: Extract<Node, { k: "slice" | "hslice" }>): void {
  compileSliceOperands(c, node);
  c.emit((vm) => {
    const keys = vm.taken();
    const from = vm.pop();
    if (from instanceof PerlArray) {
      for (const key of keys) {
        vm.push(from.at(creatableIndex(from, int(key))));
      }
    } else if (from instanceof PerlHash) for (const key of keys) vm.push(hashElement(vm, from, text(key)));
  });
}

export function compileSlice(c: Compiler, node: SliceNode, context: Context): void {
  const isArray = node.k === "slice" || node.k === "ivslice";
  const pairs = node.k === "kvslice" || node.k === "ivslice";
  const only = node.list.k === "list" && node.list.items.length === 1 ? node.list.items[0] : node.list;
  if (!pairs && (c.pragmas.warnings || c.vm.warnSwitch)) {
    const base = node.k === "slice" ? node.array : node.k === "hslice" ? node.hash : undefined;
    const key = only?.k === "num" ? text(only.value) : only?.k === "str" ? `"${only.value}"` : only?.k === "var" && only.sigil === "$" ? `$${only.name}` : undefined;
    const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
    if (base?.k === "var" && key !== undefined && !c.pragmas.quiet.has("syntax")) c.warnLate(only?.k === "var" ? `Scalar value @${base.name}${open}...${close} better written as $${base.name}${open}...${close}` : `Scalar value @${base.name}${open}${key}${close} better written as $${base.name}${open}${key}${close}`, 1);
  }
  compileSliceOperands(c, node);
  c.emit((vm) => {
    const keys = vm.taken();
    const from = vm.pop();
    const values: Value[] = [];
    for (const key of keys) {
      if (pairs) values.push(key);
      if (isArray && from instanceof PerlArray) {
        const index = int(key);
        values.push(from.items[index < 0 ? index + from.items.length : index]?.v);
      } else if (from instanceof PerlHash) values.push(from.map.get(text(key))?.v);
    }
    if (wantsList(vm, context)) vm.pushAll(values);
    else if (context !== V) vm.push(values[values.length - 1]);
  });
}

/** Of a list that is one array: how a warning calls its elements. */
export function elementNames(c: Compiler, node: Node | undefined): ((index: number) => NameOf) | undefined {
  if (node?.k !== "var" || node.sigil !== "@") return undefined;
  const base = nameOf(c, { ...node, sigil: "$" });
  if (!base) return undefined;
  const lexical = c.lookup(`@${node.name}`);
  const shown = lexical && lexical.how !== "our" ? `$${node.name}` : `$${c.fullName(node.name).replace(/^main::/, "")}`;
  return (index) => () => `${shown}[${index}]`;
}
