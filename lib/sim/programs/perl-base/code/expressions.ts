// Expressions: a case for each kind of node; the larger families have files of their own.
// (More than 400 lines: a case for each node.)

import type { Node } from "../syntax/tree.ts";
import { int, numeric, text } from "../values/convert.ts";
import { Code, type Glob, GlobValue, NO, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, Scalar, type Value } from "../values/value.ts";
import { truthOf } from "../vm/overload.ts";
import type { Vm } from "../vm/vm.ts";
import { compileAssign, compileLocal } from "./assign.ts";
import { compileAnonymousSub, compileCall, compileCallRef, compileMethod } from "./calls.ts";
import { type Compiler, type Context, D, isListy, L, type Label, S, V } from "./compiler.ts";
import { compileFunction } from "./functions.ts";
import { compileFiletest, compileGlob, compilePrint, compileReadline, compileBacktick } from "./input-output.ts";
import { compileMapGrep, compileSort } from "./lists.ts";
import { compileBinary, compileInterpolation, compileUnary, step } from "./operators.ts";
import { compileMatch, compileQr, compileSubst, compileTrans } from "./patterns.ts";
import { compileBlockValue, compileEvalBlock, compileJump, compileReturn } from "./statements.ts";
import { arrayIndex, arrayValues, compileAliases, compileArray, compileHash, compileKey, compileLvalue, compileMy, compileSlice, compileSliceLvalues, compileVar, derefScalar, globOf, hashValues, nameOf, wantsList } from "./variables.ts";

export function compile(c: Compiler, node: Node, context: Context): void {
  switch (node.k) {
    case "num":
    case "str": {
      if (context === V) return;
      if (node.k === "str" && node.bare) {
        if (c.pragmas.strictSubs && !node.value.startsWith("-")) c.problems.push(`Bareword "${node.value}" not allowed while "strict subs" in use at ${c.place.file} line ${node.line}.\n`);
        else if (!node.value.startsWith("-") && /^[a-z]+$/.test(node.value) && (c.pragmas.warnings || c.vm.warnSwitch)) c.warn(`Unquoted string "${node.value}" may clash with future reserved word`);
      }
      const { value } = node;
      c.emit((vm) => {
        vm.stack.push(value);
      });
      return;
    }
    case "interp":
      compileInterpolation(c, node, context);
      return;
    case "var":
      compileVar(c, node, context);
      return;
    case "my":
      compileDeclaration(c, node, context);
      return;
    case "local":
      compileLocal(c, node);
      containersToValues(c, node.target, context);
      return;
    case "lastindex":
      compileArray(c, node.array, false);
      c.emit((vm) => vm.push((vm.pop() as PerlArray).items.length - 1));
      break;
    case "elem":
      compileElement(c, node);
      break;
    case "helem":
      compileHash(c, node.hash, true);
      if (node.key.k === "str") {
        const { value } = node.key;
        c.emit((vm) => {
          const hash = vm.stack.pop() as PerlHash;
          vm.stack.push(hash.map.get(value)?.v);
        });
      } else {
        compileKey(c, node.key);
        c.emit((vm) => {
          const key = vm.stack.pop() as string;
          const hash = vm.stack.pop() as PerlHash;
          vm.stack.push(hash.map.get(key)?.v);
        });
      }
      break;
    case "slice":
    case "hslice":
    case "kvslice":
    case "ivslice":
      compileSlice(c, node, context);
      return;
    case "listslice":
      compileListSlice(c, node, context);
      return;
    case "deref":
      compileDeref(c, node, context);
      return;
    case "call":
      compileCall(c, node, context);
      return;
    case "callref":
      compileCallRef(c, node, context);
      return;
    case "method":
      compileMethod(c, node, context);
      return;
    case "func":
      compileFunction(c, node, context);
      return;
    case "unary":
      compileUnary(c, node, context);
      return;
    case "binary":
      compileBinary(c, node, context);
      return;
    case "logic":
      compileLogic(c, node, context);
      return;
    case "ternary": {
      const no: Label = { to: 0 };
      const end: Label = { to: 0 };
      compileTest(c, node.test, no);
      compile(c, node.yes, context);
      c.jump(end);
      c.here(no);
      compile(c, node.no, context);
      c.here(end);
      return;
    }
    case "assign":
      compileAssign(c, node, context);
      return;
    case "step": {
      compileLvalue(c, node.operand);
      const { op, prefix } = node;
      if (op === "++" && (prefix || context === V)) {
        c.emit((vm) => {
          const scalar = vm.stack.pop() as Scalar;
          const value = scalar.v;
          if (typeof value === "number" && value < 999999999999999) {
            vm.stack.push((scalar.v = value + 1));
            return undefined;
          }
          return step(vm, scalar, "++", true);
        });
      } else c.emit((vm) => step(vm, vm.stack.pop() as Scalar, op, prefix));
      break;
    }
    case "range":
      compileRange(c, node, context);
      return;
    case "list":
      compileList(c, node.items, context);
      return;
    case "anonarray":
      c.emit((vm) => vm.mark());
      for (const item of node.items) compile(c, item, L);
      c.emit((vm) => {
        const values = vm.taken();
        vm.made += values.length + 2;
        vm.push(new PerlArray(values.map((value) => new Plain(value))));
      });
      break;
    case "anonhash":
      c.emit((vm) => vm.mark());
      for (const item of node.items) compile(c, item, L);
      c.emit((vm) => {
        const hash = new PerlHash();
        const values = vm.taken();
        if (values.length % 2 === 1 && vm.warns()) vm.warn("Odd number of elements in anonymous hash");
        fillHash(vm, hash, values);
        vm.push(hash);
      });
      break;
    case "anonsub":
      compileAnonymousSub(c, node.sub);
      break;
    case "ref":
      compileReferenceTo(c, node.operand, context);
      return;
    case "match":
      compileMatch(c, node, context);
      return;
    case "subst":
      compileSubst(c, node);
      break;
    case "trans":
      compileTrans(c, node);
      break;
    case "qr":
      compileQr(c, node);
      break;
    case "readline":
      compileReadline(c, node, context);
      return;
    case "glob":
      compileGlob(c, node, context);
      return;
    case "backtick":
      compileBacktick(c, node, context);
      return;
    case "filetest":
      compileFiletest(c, node);
      break;
    case "doblock":
      compileBlockValue(c, node.body, context);
      return;
    case "evalblock":
      compileEvalBlock(c, node.body, context);
      return;
    case "sort":
      compileSort(c, node, context);
      return;
    case "mapgrep":
      compileMapGrep(c, node, context, false);
      return;
    case "print":
      compilePrint(c, node);
      break;
    case "jump":
      compileJump(c, node);
      if (context !== V) c.emit((vm) => vm.push(undefined));
      return;
    case "return":
      compileReturn(c, node);
      return;
    case "wantarray":
      c.emit((vm) => {
        let { frame } = vm;
        while (frame && frame.kind !== "sub") frame = frame.back;
        vm.push(frame?.want === "list" ? 1 : frame?.want === "scalar" ? NO : undefined);
      });
      break;
    case "yada":
      c.emit(() => {
        throw new PerlError("Unimplemented");
      });
      break;
  }
  if (context === V) c.emit((vm) => void vm.stack.pop());
}

/** Evaluates the condition; goes to `no` when it is false. */
export function compileTest(c: Compiler, node: Node, no: Label, wanted = true): void {
  if (node.k === "unary" && node.op === "!") {
    compileTest(c, node.operand, no, !wanted);
    return;
  }
  if (node.k === "list" && node.items.length === 1 && node.items[0]) {
    compileTest(c, node.items[0], no, wanted);
    return;
  }
  if (node.k === "logic" && ((node.op === "&&" && wanted) || (node.op === "||" && !wanted))) {
    compileTest(c, node.left, no, wanted);
    compileTest(c, node.right, no, wanted);
    return;
  }
  if (node.k === "assign" && node.op === "" && (node.right.k === "num" || node.right.k === "str") && !isListy(node.left) && (c.pragmas.warnings || c.vm.warnSwitch)) c.warn("Found = in conditional, should be ==");
  compile(c, node, S);
  c.emit((vm) => {
    const value = vm.stack.pop();
    if (typeof value !== "object" || value === NO) {
      if (vm.truth(value) !== wanted) vm.pc = no.to;
      return undefined;
    }
    const made = truthOf(vm, value);
    if (typeof made === "boolean") {
      if (made !== wanted) vm.pc = no.to;
      return undefined;
    }
    return jumpLater(vm, made, wanted, no);
  });
}

function* jumpLater(vm: Vm, made: Run<boolean>, wanted: boolean, no: Label): Run<void> {
  if ((yield* made) !== wanted) vm.pc = no.to;
}

function compileLogic(c: Compiler, node: Extract<Node, { k: "logic" }>, context: Context): void {
  const end: Label = { to: 0 };
  const { op } = node;
  if (context === V && op !== "//") {
    compileTest(c, node.left, end, op === "&&");
    compile(c, node.right, V);
    c.here(end);
    return;
  }
  compile(c, node.left, S);
  c.emit((vm) => {
    const value = vm.stack[vm.stack.length - 1];
    if (op === "//") {
      if (value !== undefined) vm.pc = end.to;
      else vm.stack.pop();
      return undefined;
    }
    const made = typeof value === "object" ? truthOf(vm, value) : vm.truth(value);
    if (typeof made === "boolean") {
      if (made === (op === "||")) vm.pc = end.to;
      else vm.stack.pop();
      return undefined;
    }
    return logicLater(vm, made, op === "||", end);
  });
  compile(c, node.right, context);
  if (context === V) {
    const out: Label = { to: 0 };
    c.jump(out);
    c.here(end);
    c.emit((vm) => void vm.stack.pop());
    c.here(out);
  } else c.here(end);
}

function* logicLater(vm: Vm, made: Run<boolean>, stays: boolean, end: Label): Run<void> {
  if ((yield* made) === stays) vm.pc = end.to;
  else vm.stack.pop();
}

function compileDeclaration(c: Compiler, node: Extract<Node, { k: "my" }>, context: Context): void {
  if (node.how === "state") {
    compileAssign(c, { k: "assign", op: "", left: node, right: { k: "str", value: "", line: -1 }, line: node.line }, context);
    return;
  }
  compileMy(c, node);
  containersToValues(c, node, context);
}

/** What my or local have pushed becomes values. */
function containersToValues(c: Compiler, node: Node, context: Context): void {
  const count = node.k === "my" ? node.vars.length : node.k === "list" ? -1 : 1;
  c.emit((vm) => {
    if (count < 0) return;
    const made = vm.stack.splice(vm.stack.length - count, count);
    if (context === V) return;
    if (!wantsList(vm, context)) {
      const last = made[made.length - 1];
      vm.push(last instanceof Scalar ? last.v : last instanceof PerlArray ? last.items.length : last instanceof PerlHash ? last.map.size : undefined);
      return;
    }
    for (const one of made) {
      if (one instanceof Scalar) vm.push(one.v);
      else if (one instanceof PerlArray) for (const item of one.items) vm.push(item?.v);
      else if (one instanceof PerlHash) for (const [key, value] of one.map) vm.stack.push(key, value.v);
    }
  });
}

function compileElement(c: Compiler, node: Extract<Node, { k: "elem" }>): void {
  compileArray(c, node.array, true);
  if (node.index.k === "num" && typeof node.index.value === "number") {
    const index = Math.trunc(node.index.value);
    c.emit((vm) => {
      const { items } = vm.stack.pop() as PerlArray;
      vm.stack.push(items[index < 0 ? index + items.length : index]?.v);
    });
    return;
  }
  compile(c, node.index, S);
  const name = nameOf(c, node.index);
  c.emit((vm) => {
    const key = vm.stack.pop();
    const index = typeof key === "number" ? Math.trunc(key) : arrayIndex(vm, key, name);
    const { items } = vm.stack.pop() as PerlArray;
    vm.stack.push(items[index < 0 ? index + items.length : index]?.v);
  });
}

function compileListSlice(c: Compiler, node: Extract<Node, { k: "listslice" }>, context: Context): void {
  c.emit((vm) => vm.mark());
  compile(c, node.from, L);
  c.emit((vm) => vm.mark());
  compile(c, node.list, L);
  c.emit((vm) => {
    const indices = vm.taken();
    const from = vm.taken();
    const values = from.length === 0 ? [] : indices.map((one) => {
      const index = int(one);
      return from[index < 0 ? index + from.length : index];
    });
    if (wantsList(vm, context)) vm.pushAll(values);
    else if (context !== V) vm.push(values[values.length - 1]);
  });
}

function compileDeref(c: Compiler, node: Extract<Node, { k: "deref" }>, context: Context): void {
  switch (node.sigil) {
    case "$":
      if (node.ref.k === "var" || node.ref.k === "elem" || node.ref.k === "helem") compile(c, node.ref, S);
      else compile(c, node.ref, S);
      c.emit((vm) => vm.push(derefScalar(vm, vm.pop(), false).v));
      if (context === V) c.emit((vm) => void vm.stack.pop());
      return;
    case "@":
      compileArray(c, node, false);
      arrayValues(c, context);
      return;
    case "%":
      compileHash(c, node, false);
      hashValues(c, context);
      return;
    case "&":
      compileCallRef(c, { k: "callref", code: node.ref, args: [], shares: true, line: node.line }, context);
      return;
    default:
      compile(c, node.ref, S);
      c.emit((vm) => vm.push(new GlobValue(globOf(vm, vm.pop()))));
  }
}

function compileList(c: Compiler, items: readonly Node[], context: Context, sure = true): void {
  const [only] = items;
  if (items.length === 1 && only) {
    compile(c, only, context);
    return;
  }
  if (items.length === 0) {
    if (context === S) c.emit((vm) => vm.push(undefined));
    else if (context === D) {
      c.emit((vm) => {
        if (vm.frame?.want === "scalar") vm.push(undefined);
      });
    }
    return;
  }
  if (context === L) {
    for (const item of items) compile(c, item, L);
    return;
  }
  if (context === D) {
    const scalar: Label = { to: 0 };
    const end: Label = { to: 0 };
    c.emit((vm) => {
      if (vm.frame?.want !== "list") vm.pc = scalar.to;
    });
    for (const item of items) compile(c, item, L);
    c.jump(end);
    c.here(scalar);
    compileList(c, items, S, false);
    c.here(end);
    return;
  }
  items.forEach((item, i) => {
    if (sure && i < items.length - 1 && (item.k === "num" || item.k === "str") && context === S && (c.pragmas.warnings || c.vm.warnSwitch)) c.warnLate(`Useless use of a constant (${item.k === "str" ? `"${item.value}"` : item.value}) in void context`, 0);
    compile(c, item, i < items.length - 1 ? V : context);
  });
}

function compileRange(c: Compiler, node: Extract<Node, { k: "range" }>, context: Context): void {
  if (context === S || context === V) {
    compileFlipFlop(c, node);
    if (context === V) c.emit((vm) => void vm.stack.pop());
    return;
  }
  compile(c, node.left, S);
  compile(c, node.right, S);
  const names = [nameOf(c, node.left), nameOf(c, node.right)];
  c.emit((vm) => {
    const to = vm.pop();
    const from = vm.pop();
    if (from === undefined || to === undefined) {
      vm.names = names;
      if (from === undefined && vm.warns("uninitialized")) vm.warn(`Use of uninitialized value${names[0] ? ` ${names[0](vm)}` : ""} in range (or flop)`);
      if (to === undefined && vm.warns("uninitialized")) vm.warn(`Use of uninitialized value${names[1] ? ` ${names[1](vm)}` : ""} in range (or flop)`);
    }
    vm.pushAll(rangeValues(vm, from, to));
  });
}

export function rangeValues(vm: Vm, from: Value, to: Value): Value[] {
  const values: Value[] = [];
  if (typeof from === "string" && from !== "" && !/^\s*[+-]?(?:\d|\.\d)/.test(from) || (typeof from === "string" && /^0\d/.test(from))) {
    const last = text(to);
    let at: Value = text(from);
    if (text(at).length > last.length) return [at].filter((one) => text(one).length <= last.length);
    for (let i = 0; i < 10_000_000; i++) {
      values.push(at);
      if (at === last) break;
      const next: string = incrementedText(text(at));
      if (next.length > last.length) break;
      at = next;
      if (i % 4096 === 0) vm.spend(1024);
    }
    return values;
  }
  const first = int(numeric(from));
  const end = int(numeric(to));
  if (end - first > 1 << 25) throw new PerlError("Out of memory during list extend");
  if (end > first) {
    vm.reserve((end - first) * 24);
    vm.spend((end - first) >> 2);
  }
  for (let i = first; i <= end; i++) values.push(i);
  return values;
}

function incrementedText(value: string): string {
  const scalar = new Plain(value);
  const letters = Array.from(value);
  for (let i = letters.length - 1; i >= 0; i--) {
    const one = letters[i] ?? "";
    if (one !== "z" && one !== "Z" && one !== "9") {
      letters[i] = String.fromCharCode(one.charCodeAt(0) + 1);
      return letters.join("");
    }
    letters[i] = one === "z" ? "a" : one === "Z" ? "A" : "0";
    if (i === 0) letters.unshift(one === "9" ? "1" : letters[0] ?? "");
  }
  return scalar.v === "" ? "" : letters.join("");
}

/** The scalar .. operator: true from where the left side holds to where the right one does; a number is a line's. */
function compileFlipFlop(c: Compiler, node: Extract<Node, { k: "range" }>): void {
  const state = c.slot();
  const test = (side: Node): Node => (side.k === "num" ? { k: "binary", op: "==", left: { k: "var", sigil: "$", name: ".", line: side.line }, right: side, line: side.line } : side);
  const flipped: Label = { to: 0 };
  const off: Label = { to: 0 };
  const end: Label = { to: 0 };
  const count = (vm: Vm) => (vm.pad[state] ??= new Plain(0)) as Plain;
  c.emit((vm) => {
    if (numeric(count(vm).v) !== 0) vm.pc = flipped.to;
  });
  compileTest(c, test(node.left), off);
  c.emit((vm) => {
    count(vm).v = 1;
  });
  if (node.three) {
    c.emit((vm) => vm.push(1));
    c.jump(end);
  } else {
    const still: Label = { to: 0 };
    compileTest(c, test(node.right), still);
    c.emit((vm) => {
      count(vm).v = 0;
      vm.push("1E0");
    });
    c.jump(end);
    c.here(still);
    c.emit((vm) => vm.push(1));
    c.jump(end);
  }
  c.here(flipped);
  c.emit((vm) => {
    count(vm).v = Number(numeric(count(vm).v)) + 1;
  });
  const going: Label = { to: 0 };
  compileTest(c, test(node.right), going);
  c.emit((vm) => {
    vm.push(`${text(count(vm).v)}E0`);
    count(vm).v = 0;
  });
  c.jump(end);
  c.here(going);
  c.emit((vm) => vm.push(count(vm).v));
  c.jump(end);
  c.here(off);
  c.emit((vm) => vm.push(""));
  c.here(end);
}

function compileReferenceTo(c: Compiler, operand: Node, context: Context): void {
  switch (operand.k) {
    case "var":
    case "deref":
      if (operand.sigil === "$") {
        compileLvalue(c, operand);
        return;
      }
      if (operand.sigil === "@") {
        compileArray(c, operand, true);
        return;
      }
      if (operand.sigil === "%") {
        compileHash(c, operand, true);
        return;
      }
      if (operand.sigil === "*") {
        compile(c, operand, S);
        c.emit((vm) => {
          const value = vm.pop();
          vm.push(value instanceof GlobValue ? value.glob : value);
        });
        return;
      }
      break;
    case "my":
      compileMy(c, operand);
      return;
    case "anonsub": {
      compile(c, operand, S);
      c.emit((vm) => vm.push(new Plain(vm.pop())));
      return;
    }
    case "call":
      if (operand.amp && operand.shares) {
        const number = c.vm.globNumber(c.fullName(operand.name));
        c.emit((vm) => {
          const glob = vm.g[number] as Glob;
          glob.code ??= new Code(glob.pkg, glob.name);
          vm.push(glob.code);
        });
        return;
      }
      break;
    case "callref":
      if (operand.shares) {
        compile(c, operand.code, S);
        return;
      }
      break;
    case "list":
      for (const item of operand.items) {
        if ((item.k === "var" || item.k === "deref") && item.sigil === "@" && operand.items.length === 1) {
          compileAliases(c, item);
        } else compileReferenceTo(c, item, L);
      }
      if (context === S && operand.items.length > 1) {
        const count = operand.items.length;
        c.emit((vm) => {
          const last = vm.pop();
          vm.stack.length -= count - 1;
          vm.push(last);
        });
      }
      return;
    case "local":
      compileLocal(c, operand);
      return;
    case "slice":
    case "hslice":
      compileSliceLvalues(c, operand);
      return;
    case "elem":
    case "helem":
    case "ternary":
    case "assign":
      compileLvalue(c, operand);
      return;
    case "func":
      if (operand.name !== "substr" || operand.args.length > 3) break;
      compileLvalue(c, operand);
      return;
    default:
  }
  if (context === S || context === V) {
    compile(c, operand, S);
    c.emit((vm) => vm.push(new Plain(vm.pop())));
    if (context === V) c.emit((vm) => void vm.stack.pop());
    return;
  }
  c.emit((vm) => vm.mark());
  compile(c, operand, L);
  c.emit((vm) => vm.pushAll(vm.taken().map((value) => new Plain(value))));
}

export function fillHash(vm: Vm, hash: PerlHash, values: readonly Value[]): void | Run<void> {
  for (let i = 0; i < values.length; i += 2) {
    const key = values[i];
    if (key === undefined && vm.warns("uninitialized")) vm.warn("Use of uninitialized value in anonymous hash ({})".replace("anonymous hash ({})", "list assignment"));
    hash.map.set(typeof key === "string" ? key : text(key), new Plain(values[i + 1]));
  }
  vm.made += values.length;
  vm.spend(values.length);
}

/** Whether the value is worth a look for overloading. */
export function isObject(value: Value): value is Referent {
  return value instanceof Referent && value.blessed !== undefined;
}
