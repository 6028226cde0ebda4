// Assignment, op-assignment and local (perlsub(1), "Temporary Values via local()").
// (More than 400 lines: assignment and local share their targets.)

import type { Node } from "../syntax/tree.ts";
import { int, text } from "../values/convert.ts";
import { type Glob, Magic, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, Scalar, type Value } from "../values/value.ts";
import { truthOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { type Compiler, type Context, isListy, L, type Label, newContainer, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { binaryValue, isRun, joined } from "./operators.ts";
import { compileArray, compileHash, compileKey, compileLvalue, compileSliceLvalues, hashElement, hooks, nameOf, resolve, wantsList } from "./variables.ts";

export function compileAssign(c: Compiler, node: Extract<Node, { k: "assign" }>, context: Context): void {
  const { left, right, op } = node;
  if (op !== "") {
    compileOpAssign(c, node, context, false);
    return;
  }
  if (left.k === "my" && left.how === "state") {
    compileState(c, left, right, context);
    return;
  }
  if (isListy(left)) {
    compileListAssign(c, left, right, context);
    return;
  }
  if (left.k === "ternary") {
    compile(c, right, S);
    compileLvalue(c, left);
    store(c, context);
    return;
  }
  compile(c, right, S);
  if (left.k === "var" && left.sigil === "$" && context === V) {
    const slot = resolve(c, left);
    if (slot.kind === "pad") {
      const at = slot.slot;
      c.emit((vm) => {
        const value = vm.stack.pop();
        const scalar = vm.pad[at] as Scalar | undefined;
        if (scalar) scalar.v = value;
        else vm.pad[at] = new Plain(value);
      });
      return;
    }
  }
  if (left.k === "func" && left.name === "local") {
    compileLocal(c, { k: "local", target: left.args[0] ?? left, line: left.line });
    store(c, context);
    return;
  }
  compileLvalue(c, left);
  store(c, context);
}

function store(c: Compiler, context: Context): void {
  if (context === V) {
    c.emit((vm) => {
      const scalar = vm.stack.pop() as Scalar;
      scalar.v = vm.stack.pop();
    });
    return;
  }
  c.emit((vm) => {
    const scalar = vm.stack.pop() as Scalar;
    const top = vm.stack.length - 1;
    scalar.v = vm.stack[top];
    vm.stack[top] = scalar.v;
  });
}

/** ($x = ...) =~ s///, chomp(my $x = ...): leaves the container. */
function assignLvalue(c: Compiler, node: Extract<Node, { k: "assign" }>): void {
  if (node.op !== "") {
    compileOpAssign(c, node, S, true);
    return;
  }
  if (isListy(node.left)) {
    compileListAssign(c, node.left, node.right, V);
    const [first] = node.left.k === "my" ? node.left.vars : node.left.k === "list" ? node.left.items : [];
    if (first) compileLvalue(c, first);
    else c.emit((vm) => vm.push(new Plain()));
    return;
  }
  compile(c, node.right, S);
  compileLvalue(c, node.left);
  c.emit((vm) => {
    const scalar = vm.stack.pop() as Scalar;
    scalar.v = vm.stack.pop();
    vm.stack.push(scalar);
  });
}
hooks.assign = assignLvalue;

function compileOpAssign(c: Compiler, node: Extract<Node, { k: "assign" }>, context: Context, lvalue: boolean): void {
  const { op, left, right } = node;
  if (op === "&&" || op === "||" || op === "//") {
    const end: Label = { to: 0 };
    if (isListy(left) && left.k !== "my") {
      compile(c, { k: "logic", op, left, right: { ...node, op: "" }, line: node.line }, context);
      return;
    }
    compileLvalue(c, left);
    c.emit((vm) => {
      const scalar = vm.stack[vm.stack.length - 1] as Scalar;
      const value = scalar.v;
      if (op === "//") {
        if (value !== undefined) vm.pc = end.to;
        return undefined;
      }
      const made = value instanceof Referent ? truthOf(vm, value) : vm.truth(value);
      if (typeof made === "boolean") {
        if (made === (op === "||")) vm.pc = end.to;
        return undefined;
      }
      return (function* (): Run<void> {
        if ((yield* made) === (op === "||")) vm.pc = end.to;
      })();
    });
    compile(c, right, S);
    c.emit((vm) => {
      const value = vm.stack.pop();
      (vm.stack[vm.stack.length - 1] as Scalar).v = value;
    });
    c.here(end);
    if (context === V) c.emit((vm) => void vm.stack.pop());
    else if (!lvalue) {
      c.emit((vm) => {
        const top = vm.stack.length - 1;
        vm.stack[top] = (vm.stack[top] as Scalar).v;
      });
    }
    return;
  }
  if ((op === "x" || op === ".") && (left.k === "var" || left.k === "deref" || left.k === "my") && isListy(left)) {
    if (op === "x" && left.k === "var") {
      compileListAssign(c, left, { k: "binary", op: "x", left: { k: "list", items: [left], line: node.line }, right, line: node.line }, context);
      return;
    }
  }
  if (isListy(left) && left.k === "var" && left.sigil === "@") {
    c.fail(`Can't modify array dereference in ${op}`);
  }
  compile(c, right, S);
  compileLvalue(c, left);
  const names = [nameOf(c, left), nameOf(c, right)] as const;
  const integers = c.pragmas.integer;
  c.emit((vm) => {
    const scalar = vm.stack.pop() as Scalar;
    const value = vm.stack.pop();
    const before = scalar.v;
    if (op === "." && typeof value === "string" && typeof before === "string") scalar.v = joined(vm, before, value);
    else if (op === "+" && typeof value === "number" && typeof before === "number" && before + value < 1e15 && before + value > -1e15 && !integers) scalar.v = before + value;
    else {
      const made = binaryValue(vm, op, before, value, names, true);
      if (isRun(made)) return storeLater(vm, scalar, made, context, lvalue);
      scalar.v = made;
    }
    if (lvalue) vm.stack.push(scalar);
    else if (context !== V) vm.stack.push(scalar.v);
    return undefined;
  });
}

function* storeLater(vm: Vm, scalar: Scalar, made: Run<Value>, context: Context, lvalue: boolean): Run<void> {
  scalar.v = yield* made;
  if (lvalue) vm.stack.push(scalar);
  else if (context !== V) vm.stack.push(scalar.v);
}

function compileListAssign(c: Compiler, left: Node, given: Node, context: Context): void {
  const count = scalarCount(left);
  // split makes no more fields than there are places for
  const right: Node = given.k === "func" && given.name === "split" && given.args.length < 3 && given.args.length > 0 && count !== undefined ? { ...given, args: [given.args[0] ?? given, given.args[1] ?? { k: "var", sigil: "$", name: "_", line: given.line }, { k: "num", value: count + 1, line: given.line }] } : given;
  c.emit((vm) => vm.mark());
  compile(c, right, L);
  c.emit((vm) => vm.mark());
  compileTargets(c, left);
  c.emit((vm) => {
    const targets = vm.taken();
    const values = vm.taken();
    assignList(vm, targets, values);
    if (context === V) return;
    if (!wantsList(vm, context)) {
      vm.push(values.length);
      return;
    }
    for (const target of targets) {
      if (target instanceof PerlArray) for (const item of target.items) vm.push(item?.v);
      else if (target instanceof PerlHash) for (const [key, value] of target.map) vm.stack.push(key, value.v);
      else if (target instanceof Scalar) vm.push(target.v);
    }
  });
}

/** How many scalars a list has; undefined when it takes any number. */
function scalarCount(node: Node): number | undefined {
  const items = node.k === "list" ? node.items : node.k === "my" && node.paren ? node.vars : undefined;
  return items?.every((item) => !item || !isListy(item)) ? items.length : undefined;
}

export function assignList(vm: Vm, targets: readonly Value[], values: readonly Value[]): void {
  let at = 0;
  vm.made += values.length;
  vm.spend(values.length >> 1);
  for (const target of targets) {
    if (target instanceof PerlArray) {
      const items: Scalar[] = [];
      for (; at < values.length; at++) items.push(new Plain(values[at]));
      target.items = items;
    } else if (target instanceof PerlHash) {
      const rest = values.slice(at);
      at = values.length;
      if (rest.length % 2 === 1 && vm.warns("misc")) {
        vm.warn(rest.length === 1 && rest[0] instanceof Referent ? "Reference found where even-sized list expected" : "Odd number of elements in hash assignment");
      }
      const former = [...target.map.keys()];
      target.map = new Map();
      target.iterator = undefined;
      if (target.changed) for (const key of former) target.changed(key);
      for (let i = 0; i < rest.length; i += 2) {
        const key = rest[i];
        if (key === undefined && vm.warns("uninitialized")) vm.warn("Use of uninitialized value in list assignment");
        hashElement(vm, target, typeof key === "string" ? key : text(key)).v = rest[i + 1];
      }
    } else {
      if (target instanceof Scalar) target.v = values[at];
      at++;
    }
  }
}

/** Pushes the containers of the left side; undefined for a place to skip. */
function compileTargets(c: Compiler, node: Node): void {
  switch (node.k) {
    case "var":
    case "deref":
      if (node.sigil === "@") compileArray(c, node, true);
      else if (node.sigil === "%") compileHash(c, node, true);
      else compileLvalue(c, node);
      return;
    case "my":
      compileLvalue(c, node);
      return;
    case "local":
      compileLocal(c, node);
      return;
    case "list":
      for (const item of node.items) compileTargets(c, item);
      return;
    case "slice":
    case "hslice":
      compileSliceLvalues(c, node);
      return;
    case "func":
      if (node.name === "undef" && node.args.length === 0) {
        c.emit((vm) => vm.push(undefined));
        return;
      }
      if (node.name === "local" && node.args[0]) {
        compileLocal(c, { k: "local", target: node.args[0], line: node.line });
        return;
      }
      break;
    case "ternary":
      compileLvalue(c, node);
      return;
    default:
  }
  compileLvalue(c, node);
}

/** state: the container lives as long as the sub; the right side is evaluated once. */
function compileState(c: Compiler, left: Extract<Node, { k: "my" }>, right: Node, context: Context): void {
  const [variable] = left.vars;
  if (!variable) return;
  const { sigil, name } = variable;
  // a hidden variable outside keeps it; the sub captures that
  const key = `${sigil}state ${c.vm.stateCount++} ${name}`;
  let holder = c;
  while (holder.outer && holder === c) holder = holder.outer;
  const entry = { how: "state" as const, slot: holder.slot(), line: left.line };
  holder.scopes[0]?.set(key, entry);
  const seenKey = `$${key}`;
  const seen = { how: "state" as const, slot: holder.slot(), line: left.line };
  holder.scopes[0]?.set(seenKey, seen);
  const own = holder === c ? entry : c.lookup(key) ?? entry;
  const ownSeen = holder === c ? seen : c.lookup(seenKey) ?? seen;
  const done: Label = { to: 0 };
  c.emit((vm) => {
    vm.pad[own.slot] ??= newContainer(sigil);
    const flag = (vm.pad[ownSeen.slot] ??= new Plain()) as Plain;
    if (flag.v !== undefined) vm.pc = done.to;
    else flag.v = 1;
  });
  if (right.line !== -1) {
    c.emit((vm) => vm.mark());
    compile(c, right, sigil === "$" ? S : L);
    c.emit((vm) => assignList(vm, [vm.pad[own.slot]], vm.taken()));
  }
  c.here(done);
  c.scopes[c.scopes.length - 1]?.set(`${sigil}${name}`, own);
  if (context !== V) {
    c.emit((vm) => {
      const made = vm.pad[own.slot];
      if (made instanceof PerlArray) vm.pushAll(made.items.map((item) => item?.v));
      else vm.push(made instanceof Scalar ? made.v : undefined);
    });
  }
}

// ---- local

/** Pushes the new container; the old one comes back when the block is left. */
export function compileLocal(c: Compiler, node: Extract<Node, { k: "local" }>): void {
  const { target } = node;
  switch (target.k) {
    case "my": {
      const [variable] = target.vars;
      if (target.how !== "our" || !variable) break;
      compileLvalue(c, target);
      c.emit((vm) => void vm.pop());
      compileLocal(c, { k: "local", target: { ...variable, name: c.fullName(variable.name) }, line: node.line });
      return;
    }
    case "var": {
      const slot = resolve(c, target);
      if (slot.kind === "pad") c.fail(`Can't localize lexical variable ${target.sigil}${target.name}`);
      const { number } = slot;
      const { sigil, name } = target;
      const magic = /^(?:[\d&`'+!.|0;]|\^\w)$/.test(name) || name === "$" || name === "<" || name === ">" || name === "(" || name === ")";
      c.emit((vm) => {
        const glob = vm.g[number] as Glob;
        vm.push(localized(vm, glob, sigil, magic));
      });
      return;
    }
    case "elem":
      compileArray(c, target.array, true);
      compile(c, target.index, S);
      c.emit((vm) => {
        const index = int(vm.pop());
        const array = vm.pop() as PerlArray;
        const at = index < 0 ? index + array.items.length : index;
        const old = array.items[at];
        array.items[at] = new Plain();
        vm.locals.push(new LocalElement(array, at, old));
        vm.push(array.items[at]);
      });
      return;
    case "helem":
      compileHash(c, target.hash, true);
      compileKey(c, target.key);
      c.emit((vm) => {
        const key = text(vm.pop());
        const hash = vm.pop() as PerlHash;
        vm.locals.push(new LocalKey(hash, key, hash.map.get(key)));
        if (hash.changed) {
          hash.map.delete(key);
          vm.push(hashElement(vm, hash, key));
        } else {
          hash.map.set(key, new Plain());
          vm.push(hash.map.get(key));
        }
      });
      return;
    case "hslice":
      compileHash(c, target.hash, true);
      c.emit((vm) => vm.mark());
      compile(c, target.list, L);
      c.emit((vm) => {
        const keys = vm.taken();
        const hash = vm.pop() as PerlHash;
        for (const one of keys) {
          const key = text(one);
          vm.locals.push(new LocalKey(hash, key, hash.map.get(key)));
          hash.map.set(key, new Plain());
          vm.push(hash.map.get(key));
        }
      });
      return;
    case "list":
      for (const item of target.items) compileLocal(c, { k: "local", target: item, line: node.line });
      return;
    case "assign":
      compile(c, { ...target, left: { k: "local", target: target.left, line: node.line } }, S);
      c.emit((vm) => vm.push(new Plain(vm.pop())));
      return;
    case "deref":
      if (target.sigil === "$") {
        compileLvalue(c, target);
        c.emit((vm) => {
          const scalar = vm.stack[vm.stack.length - 1] as Scalar;
          vm.locals.push(new LocalValue(scalar, scalar.v));
          scalar.v = undefined;
        });
        return;
      }
      break;
    default:
  }
  c.fail(`Can't modify ${target.k === "call" ? "non-lvalue subroutine call" : "constant item"} in local`);
}
hooks.local = compileLocal;

class LocalElement {
  readonly array: PerlArray;
  readonly at: number;
  readonly old: Scalar | undefined;
  constructor(array: PerlArray, at: number, old: Scalar | undefined) {
    this.array = array;
    this.at = at;
    this.old = old;
  }
  undo(): void {
    this.array.items[this.at] = this.old;
    if (this.old === undefined && this.at === this.array.items.length - 1) this.array.items.length--;
  }
}

class LocalKey {
  readonly hash: PerlHash;
  readonly key: string;
  readonly old: Scalar | undefined;
  constructor(hash: PerlHash, key: string, old: Scalar | undefined) {
    this.hash = hash;
    this.key = key;
    this.old = old;
  }
  undo(): void {
    if (this.old) this.hash.map.set(this.key, this.old);
    else this.hash.map.delete(this.key);
    this.hash.changed?.(this.key);
  }
}

export class LocalValue {
  readonly scalar: Scalar;
  readonly old: Value;
  constructor(scalar: Scalar, old: Value) {
    this.scalar = scalar;
    this.old = old;
  }
  undo(): void {
    this.scalar.v = this.old;
  }
}

export class LocalGlob {
  readonly glob: Glob;
  readonly field: "scalar" | "array" | "hash" | "code" | "io";
  readonly old: unknown;
  constructor(glob: Glob, field: LocalGlob["field"]) {
    this.glob = glob;
    this.field = field;
    this.old = glob[field];
  }
  undo(): void {
    Object.assign(this.glob, { [this.field]: this.old });
  }
}

function localized(vm: Vm, glob: Glob, sigil: string, magic: boolean): Value {
  switch (sigil) {
    case "@":
      vm.locals.push(new LocalGlob(glob, "array"));
      glob.array = new PerlArray();
      return glob.array;
    case "%":
      vm.locals.push(new LocalGlob(glob, "hash"));
      glob.hash = new PerlHash();
      return glob.hash;
    case "*":
      for (const field of ["scalar", "array", "hash", "code", "io"] as const) vm.locals.push(new LocalGlob(glob, field));
      return new Magic(() => undefined, (value) => {
        if (value instanceof PerlArray) glob.array = value;
        else if (value instanceof PerlHash) glob.hash = value;
        else if (value instanceof Scalar) glob.scalar = value;
        else if (value instanceof Referent && "unit" in value) Object.assign(glob, { code: value });
      });
    case "$": {
      const { scalar } = glob;
      if (magic || scalar instanceof Magic || vm.isFixed(scalar)) {
        vm.locals.push(new LocalValue(scalar, scalar.v));
        if (!(scalar instanceof Magic)) scalar.v = undefined;
        return scalar;
      }
      vm.locals.push(new LocalGlob(glob, "scalar"));
      glob.scalar = new Plain();
      return glob.scalar;
    }
    default:
      throw new PerlError("Can't modify subroutine entry in local");
  }
}
