// Calls of perlfunc(1)'s words. Most take values and give values (builtins/registry.ts); those here look at the containers themselves.
// (More than 400 lines: a case for each word.)

import type { Node } from "../syntax/tree.ts";
import { builtinOf, type Builtin } from "../builtins/registry.ts";
import { compileSource } from "../vm/load.ts";
import { int, text } from "../values/convert.ts";
import { Code, type Glob, NO, PerlArray, PerlError, PerlHash, Plain, Referent, type Run, Scalar, type Value, type Want } from "../values/value.ts";
import { isOverloaded, textsOf } from "../vm/overload.ts";
import type { NameOf, Vm } from "../vm/vm.ts";
import { compileLocal } from "./assign.ts";
import { wantOf } from "./calls.ts";
import { type Compiler, type Context, D, type Entry, isListy, L, S, V } from "./compiler.ts";
import { compile } from "./expressions.ts";
import { arrayIndex, compileArray, compileHash, compileKey, compileLvalue, elementNames, globOf, hashKeys, nameOf, positions, substrRange, wantsList } from "./variables.ts";
import type { Place } from "./unit.ts";
import { warnUninitialized } from "./warn.ts";

type Call = Extract<Node, { k: "func" }>;
type Special = (c: Compiler, node: Call, context: Context) => void;

export function compileFunction(c: Compiler, node: Call, context: Context): void {
  const special = SPECIAL.get(node.name);
  if (special) {
    special(c, node, context);
    return;
  }
  const builtin = builtinOf(node.name);
  if (!builtin) c.fail(`The ${node.name} function is unimplemented`);
  compileBuiltin(c, node, builtin, context);
}

function compileBuiltin(c: Compiler, node: Call, builtin: Builtin, context: Context): void {
  checkCount(c, node, builtin.spec);
  const spec = builtin.spec.replace("?", "");
  c.emit((vm) => vm.mark());
  const names: (NameOf | undefined)[] = [];
  let fixed = true;
  node.args.forEach((arg, i) => {
    const kind = spec.charAt(i) || (spec.endsWith("L") ? "L" : "S");
    if (kind === "L" || spec.slice(0, i).includes("L")) {
      compile(c, arg, L);
      if (isListy(arg) || arg.k === "call" || arg.k === "mapgrep") fixed = false;
    } else if (kind === "V") compileLvalue(c, arg);
    else if (kind === "F") compileHandle(c, arg);
    else compile(c, arg, S);
    if (fixed) names.push(nameOf(c, arg));
  });
  const usesObjects = builtin.keepsObjects;
  const elements = node.name === "join" && node.args.length === 2 ? elementNames(c, node.args[1]) : undefined;
  c.emit((vm) => {
    const args = vm.taken();
    vm.names = names;
    vm.elementNames = elements;
    const want = wantOf(vm, context);
    if (!usesObjects && vm.overloads.size > 0 && args.some((value) => isOverloaded(vm, value))) {
      return (function* (): Run<void> {
        yield* textsOf(vm, args);
        const made = builtin.run(vm, args, want);
        finish(vm, isGenerator(made) ? yield* made : made, context);
      })();
    }
    const result = builtin.run(vm, args, want);
    if (isGenerator(result)) return finishLater(vm, result, context);
    finish(vm, result, context);
    return undefined;
  });
}

function isGenerator(result: Value | Value[] | Run<Value | Value[]>): result is Run<Value | Value[]> {
  return typeof result === "object" && result !== null && !Array.isArray(result) && "next" in result && typeof result.next === "function" && "throw" in result;
}

function finish(vm: Vm, result: Value | Value[] | Run<Value | Value[]>, context: Context): void {
  if (context === V || isGenerator(result)) return;
  if (Array.isArray(result)) {
    if (wantsList(vm, context)) vm.pushAll(result);
    else vm.push(result[result.length - 1]);
  } else vm.push(result);
}

function* finishLater(vm: Vm, result: Run<Value | Value[]>, context: Context): Run<void> {
  finish(vm, yield* result, context);
}

/** "Not enough arguments for push". */
function checkCount(c: Compiler, node: Call, spec: string): void {
  const least = spec.split("?")[0]?.length ?? 0;
  if (node.args.length < least && !spec.startsWith("L")) {
    c.problem(`Not enough arguments for ${node.name}`);
  }
}

/** A handle argument: a bare name's glob, an undefined scalar's container, else the value. */
function compileHandle(c: Compiler, node: Node): void {
  if (node.k === "var" && node.sigil === "*") {
    const number = c.vm.globNumber(c.fullName(node.name));
    const glob = c.vm.g[number];
    if (glob) glob.uses += 2;
    c.emit((vm) => vm.push(vm.g[number]));
  } else if ((node.k === "var" && node.sigil === "$") || node.k === "elem" || node.k === "helem" || node.k === "deref" || node.k === "my" || node.k === "local") {
    compileLvalue(c, node);
    const shown = node.k === "var" ? `$${node.name}` : node.k === "my" && node.vars[0] ? `$${node.vars[0].name}` : undefined;
    c.emit((vm) => {
      vm.handleName = shown;
    });
  } else compile(c, node, S);
}

function pushes(c: Compiler, context: Context): void {
  if (context === V) c.emit((vm) => void vm.stack.pop());
}

const isArrayNode = (node: Node | undefined): boolean => node !== undefined && ((node.k === "var" || node.k === "deref") && node.sigil === "@" || (node.k === "my" && node.vars[0]?.sigil === "@"));

const SPECIAL = new Map<string, Special>([
  ["local", (c, node, context) => {
    const [target] = node.args;
    if (target) compile(c, { k: "local", target, line: node.line }, context);
  }],
  ["push", pushOrUnshift],
  ["unshift", pushOrUnshift],
  ["pop", shiftOrPop],
  ["shift", shiftOrPop],
  ["splice", (c, node, context) => {
    const [array, ...rest] = node.args;
    if (!array) return c.fail("Not enough arguments for splice");
    compileArray(c, array, true);
    c.emit((vm) => vm.mark());
    rest.forEach((arg, i) => compile(c, arg, i < 2 ? S : L));
    const count = Math.min(2, rest.length);
    c.emit((vm) => {
      const values = vm.taken();
      const { items } = vm.pop() as PerlArray;
      let offset = count > 0 ? int(values[0]) : 0;
      if (offset < 0) offset += items.length;
      if (offset < 0) throw new PerlError("Modification of non-creatable array value attempted, subscript " + String(int(values[0])));
      if (offset > items.length) {
        if (vm.warns("misc")) vm.warn("splice() offset past end of array");
        offset = items.length;
      }
      let length = count > 1 && values[1] !== undefined ? int(values[1]) : items.length - offset;
      if (length < 0) length = Math.max(0, items.length - offset + length);
      const removed = items.splice(offset, length, ...values.slice(count).map((value) => new Plain(value)));
      vm.spend((items.length >> 4) + 4);
      if (wantsList(vm, context)) vm.pushAll(removed.map((item) => item?.v));
      else if (context !== V) vm.push(removed[removed.length - 1]?.v);
    });
  }],
  ["delete", compileDelete],
  ["exists", (c, node, context) => {
    const [arg] = node.args;
    if (arg?.k === "helem") {
      compileHash(c, arg.hash, true);
      compileKey(c, arg.key);
      c.emit((vm) => {
        const key = vm.pop() as string;
        vm.push((vm.pop() as PerlHash).map.has(key) ? 1 : NO);
      });
    } else if (arg?.k === "elem") {
      compileArray(c, arg.array, true);
      compile(c, arg.index, S);
      c.emit((vm) => {
        const index = int(vm.pop());
        const { items } = vm.pop() as PerlArray;
        vm.push(items[index < 0 ? index + items.length : index] ? 1 : NO);
      });
    } else if (arg?.k === "call") {
      const number = c.vm.globNumber(c.fullName(arg.name));
      c.emit((vm) => vm.push(vm.g[number]?.code ? 1 : NO));
    } else if (arg?.k === "callref") {
      compile(c, arg.code, S);
      c.emit((vm) => vm.push(vm.pop() instanceof Code ? 1 : NO));
    } else c.fail("exists argument is not a HASH or ARRAY element or a subroutine");
    pushes(c, context);
  }],
  ["defined", (c, node, context) => {
    const [arg] = node.args;
    if (arg?.k === "call" && arg.amp && arg.shares) {
      const number = c.vm.globNumber(c.fullName(arg.name));
      c.emit((vm) => {
        const code = vm.g[number]?.code;
        vm.push(code && (code.unit || code.native || code.constant) ? 1 : NO);
      });
    } else if (arg?.k === "callref" && arg.shares) {
      compile(c, arg.code, S);
      c.emit((vm) => {
        const value = vm.pop();
        const code = value instanceof Code ? value : value === undefined || value instanceof Referent ? undefined : globOf(vm, value).code;
        vm.push(code && (code.unit || code.native || code.constant) ? 1 : NO);
      });
    } else if (isArrayNode(arg) && arg) {
      c.fail(`Can't use 'defined(@array)' (Maybe you should just omit the defined()?)`);
    } else if (arg) {
      compile(c, arg, S);
      c.emit((vm) => {
        const top = vm.stack.length - 1;
        vm.stack[top] = vm.stack[top] === undefined ? NO : 1;
      });
    }
    pushes(c, context);
  }],
  ["scalar", (c, node, context) => {
    if (node.args[0]) compile(c, node.args[0], S);
    pushes(c, context);
  }],
  ["undef", compileUndef],
  ["keys", keysOrValues],
  ["values", keysOrValues],
  ["each", (c, node, context) => {
    const [arg] = node.args;
    if (!arg) return;
    if (isArrayNode(arg)) {
      compileArray(c, arg, true);
      c.emit((vm) => {
        const array = vm.pop() as PerlArray;
        const at = vm.arrayIterators.get(array) ?? 0;
        if (at >= array.items.length) {
          vm.arrayIterators.delete(array);
          if (!wantsList(vm, context)) vm.push(undefined);
          return;
        }
        vm.arrayIterators.set(array, at + 1);
        vm.push(at);
        if (wantsList(vm, context)) vm.push(array.items[at]?.v);
      });
      return;
    }
    compileHash(c, arg, true);
    c.emit((vm) => {
      const hash = vm.pop() as PerlHash;
      hash.iterator ??= hashKeys(vm, hash);
      let key = hash.iterator.shift();
      while (key !== undefined && !hash.map.has(key)) key = hash.iterator.shift();
      if (key === undefined) {
        hash.iterator = undefined;
        if (!wantsList(vm, context)) vm.push(undefined);
        return;
      }
      vm.push(key);
      if (wantsList(vm, context)) vm.push(hash.map.get(key)?.v);
    });
    pushes(c, context === V ? V : L);
  }],
  ["wantarray", (c) => c.emit((vm) => vm.push(undefined))],
  ["chomp", chompOrChop],
  ["chop", chompOrChop],
  ["pos", (c, node, context) => {
    compileLvalue(c, node.args[0] ?? { k: "var", sigil: "$", name: "_", line: node.line });
    c.emit((vm) => vm.push(positions.get(vm.pop() as Scalar)));
    pushes(c, context);
  }],
  ["substr", compileSubstr],
  ["eval", compileStringEval],
  ["do", (c, node, context) => {
    if (node.args[0]) compile(c, node.args[0], S);
    c.emit((vm) => vm.doFile(text(vm.pop()), wantOf(vm, context)));
  }],
  ["require", (c, node, context) => {
    const [arg] = node.args;
    if (arg?.k === "num") {
      c.emit((vm) => vm.push(1));
    } else if (arg?.k === "str" && (arg.bare || /^[A-Z]\w*(?:::\w+)+$/.test(arg.value))) {
      const { value } = arg;
      c.emit((vm) => vm.requireModule(value));
    } else if (arg) {
      compile(c, arg, S);
      c.emit((vm) => {
        const value = vm.pop();
        if (typeof value === "number") {
          vm.push(1);
          return undefined;
        }
        return vm.requireFile(text(value), true);
      });
    }
    pushes(c, context);
  }],
  ["goto", (c) => c.fail("goto LABEL is not simulated")],
  ["joined", (c, node, context) => {
    c.emit((vm) => vm.mark());
    if (node.args[0]) compile(c, node.args[0], L);
    const elements = elementNames(c, node.args[0]);
    c.emit((vm) => {
      const values = vm.taken();
      if (vm.overloads.size > 0 && values.some((value) => isOverloaded(vm, value))) {
        return (function* (): Run<void> {
          yield* textsOf(vm, values);
          vm.push(values.map(text).join(text(vm.listSeparator.v)));
        })();
      }
      if (values.includes(undefined)) values.forEach((value, i) => value === undefined && warnUninitialized(vm, elements?.(i), "join or string"));
      vm.spend(values.length);
      vm.push(values.map(text).join(text(vm.listSeparator.v)));
      return undefined;
    });
    pushes(c, context);
  }],
  ["bless", (c, node, context) => {
    if (node.args[0]) compile(c, node.args[0], S);
    if (node.args[1]) compile(c, node.args[1], S);
    else {
      const { pkg } = c.place;
      c.emit((vm) => vm.push(pkg));
    }
    c.emit((vm) => {
      const name = vm.pop();
      const target = vm.stack[vm.stack.length - 1];
      if (!(target instanceof Referent)) throw new PerlError("Can't bless non-reference value");
      if (name instanceof Referent) throw new PerlError("Attempt to bless into a reference");
      target.blessed = text(name) === "" ? "main" : text(name);
      vm.packages.add(target.blessed);
    });
    pushes(c, context);
  }],
  ["return", (c, node) => compile(c, { k: "return", value: node.args[0], line: node.line }, D)],
  ["__SUB__", (c, _node, context) => {
    c.emit((vm) => vm.push(vm.frame?.code));
    pushes(c, context);
  }],
  ["reverse", (c, node, context) => {
    c.emit((vm) => vm.mark());
    for (const arg of node.args) compile(c, arg, L);
    const none = node.args.length === 0;
    c.emit((vm) => {
      const values = vm.taken();
      vm.spend(values.length >> 1);
      if (wantsList(vm, context)) vm.pushAll(values.reverse());
      else if (context !== V) vm.push(Array.from(none ? text(vm.topic.scalar.v) : values.map(text).join("")).reverse().join(""));
    });
  }],
  ["localtime", timeCall],
  ["gmtime", timeCall],
  ["sprintf", (c, node, context) => {
    const builtin = builtinOf("sprintf");
    if (builtin) compileBuiltin(c, node, builtin, context);
  }],
  ["split", compileSplit],
]);

function pushOrUnshift(c: Compiler, node: Call, context: Context): void {
  const [array, ...rest] = node.args;
  if (!array) c.fail(`Not enough arguments for ${node.name}`);
  if (!isArrayNode(array) && array.k !== "func" && array.k !== "list" && array.k !== "local") {
    c.problem(`Experimental ${node.name} on scalar is now forbidden`);
    return;
  }
  compileArray(c, array, true);
  c.emit((vm) => vm.mark());
  for (const arg of rest) compile(c, arg, L);
  const end = node.name === "push";
  c.emit((vm) => {
    const values = vm.taken();
    const { items } = vm.pop() as PerlArray;
    vm.made += values.length;
    if (end) for (const value of values) items.push(new Plain(value));
    else items.unshift(...values.map((value) => new Plain(value)));
    if (context !== V) vm.push(items.length);
  });
}

function shiftOrPop(c: Compiler, node: Call, context: Context): void {
  const [array] = node.args;
  const first = node.name === "shift";
  if (array) compileArray(c, array, true);
  else if (c.isSub) c.emit((vm) => vm.push(vm.frame?.args));
  else compileArray(c, { k: "var", sigil: "@", name: "ARGV", line: node.line }, true);
  c.emit((vm) => {
    const { items } = vm.stack.pop() as PerlArray;
    const item = first ? items.shift() : items.pop();
    if (context !== V) vm.stack.push(item?.v);
  });
}

function compileDelete(c: Compiler, node: Call, context: Context): void {
  const [arg] = node.args;
  if (arg?.k === "local") {
    compileLocal(c, arg);
    c.emit((vm) => void vm.pop());
    compileDelete(c, { ...node, args: [arg.target] }, context);
    return;
  }
  if (arg?.k === "helem") {
    compileHash(c, arg.hash, true);
    compileKey(c, arg.key);
    c.emit((vm) => {
      const key = vm.pop() as string;
      const hash = vm.pop() as PerlHash;
      vm.push(removeKey(hash, key));
    });
  } else if (arg?.k === "hslice") {
    compileHash(c, arg.hash, true);
    c.emit((vm) => vm.mark());
    compile(c, arg.list, L);
    c.emit((vm) => {
      const keys = vm.taken();
      const hash = vm.pop() as PerlHash;
      const values = keys.map((key) => removeKey(hash, text(key)));
      if (wantsList(vm, context)) vm.pushAll(values);
      else vm.push(values[values.length - 1]);
    });
    if (context === L) return;
  } else if (arg?.k === "elem") {
    compileArray(c, arg.array, true);
    compile(c, arg.index, S);
    c.emit((vm) => {
      const index = arrayIndex(vm, vm.pop(), undefined);
      const { items } = vm.pop() as PerlArray;
      const at = index < 0 ? index + items.length : index;
      const value = items[at]?.v;
      if (at === items.length - 1) {
        items.pop();
        while (items.length > 0 && items[items.length - 1] === undefined) items.pop();
      } else if (at >= 0 && at < items.length) items[at] = undefined;
      vm.push(value);
    });
  } else c.fail("delete argument is not a HASH or ARRAY element or slice");
  pushes(c, context);
}

function removeKey(hash: PerlHash, key: string): Value {
  const found = hash.map.get(key);
  const value = found?.v;
  if (hash.locked) throw new PerlError(`Attempt to delete readonly key '${key}' from a restricted hash`);
  hash.map.delete(key);
  hash.changed?.(key);
  return value;
}

function compileUndef(c: Compiler, node: Call, context: Context): void {
  const [arg] = node.args;
  if (arg) {
    if (isArrayNode(arg)) {
      compileArray(c, arg, true);
      c.emit((vm) => {
        (vm.pop() as PerlArray).items = [];
      });
    } else if ((arg.k === "var" || arg.k === "deref") && arg.sigil === "%") {
      compileHash(c, arg, true);
      c.emit((vm) => {
        (vm.pop() as PerlHash).map = new Map();
      });
    } else if (arg.k === "call") {
      const number = c.vm.globNumber(c.fullName(arg.name));
      c.emit((vm) => {
        (vm.g[number] as Glob).code = undefined;
      });
    } else {
      compileLvalue(c, arg);
      c.emit((vm) => {
        const scalar = vm.pop();
        if (scalar instanceof Scalar) scalar.v = undefined;
      });
    }
  }
  if (context !== V) c.emit((vm) => vm.push(undefined));
}

function keysOrValues(c: Compiler, node: Call, context: Context): void {
  const [arg] = node.args;
  if (!arg) c.fail(`Not enough arguments for ${node.name}`);
  const { name } = node;
  if (isArrayNode(arg)) {
    compileArray(c, arg, true);
    c.emit((vm) => {
      const { items } = vm.pop() as PerlArray;
      if (!wantsList(vm, context)) {
        if (context !== V) vm.push(items.length);
        return;
      }
      items.forEach((item, i) => vm.push(name === "keys" ? i : item?.v));
    });
    return;
  }
  if (!((arg.k === "var" || arg.k === "deref" || arg.k === "my") && (arg.k === "my" || arg.sigil === "%"))) {
    c.problem(arg.k === "var" || arg.k === "deref" || arg.k === "elem" || arg.k === "helem" ? `Experimental ${name} on scalar is now forbidden` : `Type of argument to ${name} on reference must be unblessed hashref or arrayref`);
    return;
  }
  compileHash(c, arg, true);
  c.emit((vm) => {
    const hash = vm.pop() as PerlHash;
    hash.iterator = undefined;
    if (!wantsList(vm, context)) {
      if (context !== V) vm.push(hash.map.size);
      return;
    }
    for (const key of hashKeys(vm, hash)) vm.push(name === "keys" ? key : hash.map.get(key)?.v);
  });
}

function chompOrChop(c: Compiler, node: Call, context: Context): void {
  const [arg] = node.args;
  const chomps = node.name === "chomp";
  const listed = arg !== undefined && isListy(arg);
  c.emit((vm) => vm.mark());
  if (arg?.k === "assign" && isListy(arg.left)) {
    compile(c, arg, V);
    for (const one of arg.left.k === "my" ? arg.left.vars : arg.left.k === "list" ? arg.left.items : [arg.left]) if (one) containers(c, one);
  } else if (arg?.k === "my" && (arg.paren || arg.vars[0]?.sigil !== "$")) compileLvalue(c, arg);
  else containers(c, arg ?? { k: "var", sigil: "$", name: "_", line: node.line });
  const name = nameOf(c, arg);
  c.emit((vm) => {
    let removed = 0;
    let last = "";
    const all: Scalar[] = [];
    for (const one of vm.taken()) {
      if (one instanceof PerlArray) for (let i = 0; i < one.items.length; i++) all.push(one.at(i));
      else if (one instanceof PerlHash) all.push(...one.map.values());
      else if (one instanceof Scalar) all.push(one);
    }
    const separator = vm.inputSeparator.v;
    const end = separator === undefined ? "" : text(separator);
    for (const scalar of all) {
      const { v } = scalar;
      if (v === undefined) {
        warnUninitialized(vm, name, `${all.length === 1 && !listed ? "scalar " : ""}${node.name}`);
        continue;
      }
      const value = text(v);
      if (chomps) {
        if (end === "") {
          if (separator !== undefined) {
            const short = value.replace(/\n+$/, "");
            removed += value.length - short.length;
            scalar.v = short;
          }
        } else if (value.endsWith(end)) {
          removed += end.length;
          scalar.v = value.slice(0, value.length - end.length);
        }
      } else {
        last = value.slice(-1);
        scalar.v = value.slice(0, -1);
      }
    }
    if (context !== V) vm.push(chomps ? removed : last);
  });
}

function containers(c: Compiler, node: Node): void {
  if (isArrayNode(node)) compileArray(c, node, true);
  else if ((node.k === "var" || node.k === "deref") && node.sigil === "%") compileHash(c, node, true);
  else if (node.k === "list") for (const item of node.items) containers(c, item);
  else compileLvalue(c, node);
}

function compileSubstr(c: Compiler, node: Call, context: Context): void {
  const { args } = node;
  const [target] = args;
  if (!target || args.length < 2) c.fail("Not enough arguments for substr");
  const replaces = args.length > 3;
  if (replaces) compileLvalue(c, target);
  else compile(c, target, S);
  for (const arg of args.slice(1)) compile(c, arg, S);
  const count = args.length - 1;
  const names = args.map((arg) => nameOf(c, arg));
  c.emit((vm) => {
    const replacement = count > 2 ? vm.stack.pop() : undefined;
    const lengthValue = count > 1 ? vm.stack.pop() : undefined;
    const offset = vm.stack.pop();
    const held = vm.stack.pop();
    const value = replaces ? (held as Scalar).v : held;
    if (value === undefined) warnUninitialized(vm, names[0], "substr");
    if (offset === undefined) warnUninitialized(vm, names[1], "substr");
    const all = text(value);
    const range = substrRange(all.length, int(offset), lengthValue === undefined ? undefined : int(lengthValue));
    if (!range) {
      if (replaces) throw new PerlError("substr outside of string");
      if (vm.warns("substr")) vm.warn("substr outside of string");
      vm.stack.push(undefined);
      return;
    }
    if (replaces) {
      (held as Scalar).v = all.slice(0, range[0]) + text(replacement) + all.slice(range[1]);
      vm.spend(all.length >> 6);
    }
    vm.stack.push(all.slice(range[0], range[1]));
  });
  pushes(c, context);
}

function timeCall(c: Compiler, node: Call, context: Context): void {
  const builtin = builtinOf(node.name);
  if (!builtin) return;
  compileBuiltin(c, node, builtin, context);
}

/** eval STRING: compiled where it stands, with its variables in sight. */
function compileStringEval(c: Compiler, node: Call, context: Context): void {
  if (node.args[0]) compile(c, node.args[0], S);
  // what is visible here stays so for the text that comes at run time
  const scopes = c.scopes.map((scope) => new Map(scope));
  const { place } = c;
  c.emit((vm) => runStringEval(vm, c, scopes, place, vm.pop(), wantOf(vm, context)));
}

function* runStringEval(vm: Vm, outer: Compiler, scopes: Map<string, Entry>[], place: Place, value: Value, want: Want): Run<void> {
  const number = ++vm.evalCount;
  const source = text(value);
  const depth = vm.handlers.length;
  const height = vm.stack.length;
  const kept = { at: vm.at, frame: vm.frame };
  try {
    const code = yield* compileSource(vm, source, { file: `(eval ${number})`, pkg: place.pkg, pragmas: place.pragmas, outer, scopes, live: vm.frame });
    const values = yield* vm.runUnit(code, want, "eval");
    vm.error.v = "";
    vm.pushFor(want, values);
  } catch (thrown) {
    const die = yield* vm.dieOf(thrown);
    while (vm.frame !== kept.frame && vm.frame) vm.leave();
    vm.handlers.length = depth;
    vm.stack.length = height;
    vm.at = kept.at;
    vm.error.v = die.value;
    if (want === "scalar") vm.push(undefined);
  }
}

function compileSplit(c: Compiler, node: Call, context: Context): void {
  const [pattern, target, limit] = node.args;
  const builtin = builtinOf("split");
  if (!builtin) return;
  const first: Node = !pattern ? { k: "str", value: " ", line: node.line }
    : pattern.k === "match" && !pattern.target ? { k: "qr", pattern: pattern.pattern, flags: pattern.flags, line: pattern.line }
    : pattern;
  const awk = pattern?.k !== "match";
  // ($a, $b) = split ... asks for no more fields than it takes
  compileBuiltin(c, { ...node, args: [first, target ?? { k: "var", sigil: "$", name: "_", line: node.line }, limit ?? { k: "num", value: 0, line: node.line }, { k: "num", value: awk ? 1 : 0, line: node.line }] }, builtin, context);
}

