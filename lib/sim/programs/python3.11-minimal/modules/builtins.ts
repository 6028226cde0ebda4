// The built-in functions: one table of seventy small ones.

import { PyDict, PyNamespaceDict } from "../objects/dictionary.ts";
import { declareFunctions, rawFunction } from "../objects/declare.ts";
import { exceptions, exceptionTypes, failure, PyException, PyRaise, runtimeError, stopIteration, typeError, valueError } from "../objects/exception.ts";
import { PyFile } from "../objects/file.ts";
import { formatInt } from "../objects/format-spec.ts";
import * as int from "../objects/number.ts";
import { textLength } from "../objects/text.ts";
import {
  begin, Ellipsis, type Eventual, type Int, type Keywords, type Namespace, NotImplemented, PyBuiltin, PyBytes, PyClass, PyFloat, PyInstance, PyIterator, PyList, PyTuple, type Run, settle, Suspended, types, typeOf, unwrap, type Value,
} from "../objects/value.ts";
import { PyCode } from "../code/code-object.ts";
import { findAttribute, getAttribute, deleteAttribute, setAttribute } from "../vm/attribute.ts";
import { call, callMethod, callSpecial, isCallable } from "../vm/call.ts";
import { compare, isEqual, isLess, truth } from "../vm/compare.ts";
import { compileText } from "../vm/compile-source.ts";
import { Frame } from "../vm/frame.ts";
import { hash } from "../vm/hash.ts";
import { importModule } from "../vm/import.ts";
import { collect, iterate, next } from "../vm/iterate.ts";
import { binary } from "../vm/operator.ts";
import { lengthOf, needIndex } from "../vm/subscript.ts";
import { ascii, format, repr, str } from "../vm/text-form.ts";
import type { Vm } from "../vm/vm.ts";
import { absolute } from "../types/number-types.ts";
import { localsOf, namesOf } from "../types/object-type.ts";
import { sortItems } from "../types/sequence-types.ts";
import { openFile } from "../types/file-type.ts";

/** isinstance(), issubclass() with classes that have a say. */
function* checkClass(vm: Vm, subject: Value, classInfo: Value, hook: "__instancecheck__" | "__subclasscheck__"): Run<boolean> {
  if (classInfo instanceof PyTuple) {
    for (const one of classInfo.items) if (yield* checkClass(vm, subject, one === null && classInfo.cls === types.union ? types.none : one, hook)) return true;
    return false;
  }
  if (classInfo instanceof PyClass) {
    const own = classInfo.cls === types.type ? undefined : classInfo.cls.lookup(hook);
    if (own !== undefined && own !== types.type.members.get(hook)) return yield* settle(truth(vm, yield* settle(call(vm, own, [classInfo, subject], undefined))));
    const cls = hook === "__instancecheck__" ? typeOf(subject) : (subject as PyClass);
    return cls.isSubclassOf(classInfo);
  }
  const own = typeof classInfo === "object" && classInfo !== null ? classInfo.cls.lookup(hook) : undefined;
  if (own !== undefined) return yield* settle(truth(vm, yield* settle(call(vm, own, [classInfo, subject], undefined))));
  throw typeError(`${hook === "__instancecheck__" ? "isinstance" : "issubclass"}() arg 2 must be a type, a tuple of types, or a union`);
}

export function isInstance(vm: Vm, subject: Value, classInfo: Value): Eventual<boolean> {
  if (classInfo instanceof PyClass && classInfo.cls === types.type) return typeOf(subject).isSubclassOf(classInfo);
  return begin(checkClass(vm, subject, classInfo, "__instancecheck__"));
}

function extreme(name: "min" | "max") {
  return rawFunction(name, (vm, args, keywords) => begin((function* (): Run<Value> {
    const key = keywords?.get("key") ?? null;
    const byDefault = keywords?.get("default");
    if (args.length === 0) throw typeError(`${name} expected at least 1 argument, got 0`);
    for (const word of keywords?.keys() ?? []) if (word !== "key" && word !== "default") throw typeError(`'${word}' is an invalid keyword argument for ${name}()`);
    if (args.length > 1 && byDefault !== undefined) throw typeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
    const items = args.length === 1 ? yield* settle(collect(vm, args[0] as Value)) : args;
    let best: Value | undefined;
    let bestKey: Value = null;
    for (const item of items) {
      const made = key === null ? item : call(vm, key, [item], undefined);
      const itemKey = made instanceof Suspended ? yield* made.resume() : made;
      if (best === undefined) {
        best = item;
        bestKey = itemKey;
        continue;
      }
      const better = name === "min" ? isLess(vm, itemKey, bestKey) : greater(vm, itemKey, bestKey);
      if (better instanceof Suspended ? yield* better.resume() : better) {
        best = item;
        bestKey = itemKey;
      }
      if (vm.tired()) yield* vm.rest();
    }
    if (best !== undefined) return best;
    if (byDefault !== undefined) return byDefault;
    throw valueError(`${name}() arg is an empty sequence`);
  })()));
}

function greater(vm: Vm, a: Value, b: Value): Eventual<boolean> {
  if (typeof a === "number" && typeof b === "number") return a > b;
  return begin((function* (): Run<boolean> {
    return yield* settle(truth(vm, yield* settle(compare(vm, ">", a, b))));
  })());
}

const print = rawFunction("print", (vm, args, keywords) => {
  if (!keywords) {
    const stream = vm.streams.current(vm, "stdout");
    let text = "";
    let simple = stream instanceof PyFile;
    for (let i = 0; simple && i < args.length; i++) {
      const one = args[i] as Value;
      if (typeof one === "string") text += i > 0 ? ` ${one}` : one;
      else if (typeof one === "number") text += i > 0 ? ` ${one}` : String(one);
      else simple = false;
    }
    if (simple && stream instanceof PyFile && stream.buffered(vm, `${text}\n`)) return null;
  }
  return begin(printSlowly(vm, args, keywords));
});

function* printSlowly(vm: Vm, args: readonly Value[], keywords: Keywords | undefined): Run<Value> {
  const word = (name: string): string | null => {
    const given = keywords?.get(name) ?? null;
    const plain = given === null ? null : unwrap(given);
    if (plain !== null && typeof plain !== "string") throw typeError(`${name} must be None or a string, not ${typeOf(given).name}`);
    return plain;
  };
  for (const name of keywords?.keys() ?? []) if (!["sep", "end", "file", "flush"].includes(name)) throw typeError(`'${name}' is an invalid keyword argument for print()`);
  const separator = word("sep") ?? " ";
  const end = word("end") ?? "\n";
  const file = keywords?.get("file") ?? null;
  const stream = file === null ? vm.streams.current(vm, "stdout") : file;
  let text = "";
  for (const [i, arg] of args.entries()) {
    const one = typeof arg === "string" ? arg : str(vm, arg);
    text += (i > 0 ? separator : "") + (one instanceof Suspended ? yield* one.resume() : one);
  }
  if (stream === null) return null;
  yield* vm.streams.writeTo(vm, stream, text + end);
  const flush = keywords?.get("flush");
  if (flush !== undefined && (yield* settle(truth(vm, flush)))) {
    if (stream instanceof PyFile) yield* stream.flush(vm);
    else yield* settle(callMethod(vm, stream, "flush"));
  }
  return null;
}

function* input(vm: Vm, prompt: Value | undefined): Run<Value> {
  const text = prompt === undefined ? "" : yield* settle(str(vm, prompt));
  const stdin = vm.streams.current(vm, "stdin");
  if (stdin === null) throw runtimeError("input(): lost sys.stdin");
  yield* vm.streams.flushOut(vm);
  if (!(stdin instanceof PyFile)) {
    yield* vm.streams.writeOut(vm, text);
    yield* vm.streams.flushOut(vm);
    const line = yield* settle(callMethod(vm, stdin, "readline"));
    if (line === "") throw failure(exceptions.EOFError, "EOF when reading a line");
    return typeof line === "string" ? line.replace(/\n$/, "") : line;
  }
  const stdout = vm.streams.current(vm, "stdout");
  if (text !== "") {
    // PyOS_StdioReadline prompts on standard error when both ends are the terminal.
    if (stdin === vm.streams.stdin && stdout === vm.streams.stdout && vm.sys.isatty(0) && vm.sys.isatty(1)) yield* vm.streams.writeError(vm, text);
    else {
      yield* vm.streams.writeOut(vm, text);
      yield* vm.streams.flushOut(vm);
    }
  }
  const line = yield* stdin.readLine(vm);
  if (line === "") throw failure(exceptions.EOFError, "EOF when reading a line");
  return line.replace(/\n$/, "");
}

function radix(letter: "x" | "o" | "b") {
  return (vm: Vm, value: Value) => begin((function* (): Run<Value> {
    return formatInt(yield* needIndex(vm, value), `#${letter}`);
  })());
}

function* sum(vm: Vm, iterable: Value, start: Value): Run<Value> {
  if (typeof start === "string") throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (start instanceof PyBytes) throw typeError(`sum() can't sum bytes [use b''.join(seq) instead]`);
  const iterator = yield* settle(iterate(vm, iterable));
  let total: Value = start;
  for (;;) {
    const item = next(vm, iterator);
    const one = item instanceof Suspended ? yield* item.resume() : item;
    if (one === undefined) return total;
    if (typeof total === "number" && typeof one === "number") total = int.add(total, one);
    else {
      const added = binary(vm, "+", total, one, false);
      total = added instanceof Suspended ? yield* added.resume() : added;
    }
    if (vm.tired()) yield* vm.rest();
  }
}

function* power(vm: Vm, base: Value, exponent: Value, modulus: Value): Run<Value> {
  if (modulus === null) return yield* settle(binary(vm, "**", base, exponent, false));
  const [b, e, m] = [unwrap(base), unwrap(exponent), unwrap(modulus)];
  const whole = (value: Value): Int => {
    if (typeof value === "number" || typeof value === "bigint") return value;
    if (typeof value === "boolean") return value ? 1 : 0;
    throw typeError("pow() 3rd argument not allowed unless all arguments are integers");
  };
  vm.spend(int.bitLength(whole(e)));
  return int.powerModulo(whole(b), whole(e), whole(m));
}

function currentGlobals(vm: Vm): Namespace {
  return userFrame(vm)?.globals ?? new Map();
}

function userFrame(vm: Vm): Frame | undefined {
  return vm.frame;
}

function* execute(vm: Vm, source: Value, globals: Value, locals: Value, mode: "exec" | "eval"): Run<Value> {
  const frame = userFrame(vm);
  if (globals !== null && !(globals instanceof PyDict)) throw typeError(`${mode}() globals must be a dict, not ${typeOf(globals).name}`);
  const space = globals === null ? currentGlobals(vm) : namespaceOf(globals);
  if (!space.has("__builtins__")) space.set("__builtins__", vm.modules.get("builtins") ?? null);
  const own = locals !== null ? namespaceOf(locals as PyDict) : globals === null && frame ? (frame.locals ?? (frame.code.facts.optimized ? namespaceOf(localsOf(frame)) : undefined)) : undefined;
  let code: PyCode;
  if (source instanceof PyCode) code = source;
  else {
    const text = source instanceof PyBytes ? String.fromCharCode(...source.bytes) : unwrap(source);
    if (typeof text !== "string") throw typeError(`${mode}() arg 1 must be a string, bytes or code object`);
    code = compileText(text, "<string>", mode);
    vm.spend(text.length >> 1);
  }
  const result = yield* settle(vm.runFrame(new Frame(code, space, own, [], [])));
  if (globals instanceof PyDict && !(globals instanceof PyNamespaceDict)) giveBack(globals, space);
  if (locals instanceof PyDict && !(locals instanceof PyNamespaceDict) && own) giveBack(locals, own);
  return mode === "eval" || (source instanceof PyCode && mode !== "exec") ? result : null;
}

function namespaceOf(dict: PyDict): Namespace {
  if (dict instanceof PyNamespaceDict) return dict.namespace;
  return new Map([...dict.values()].map((entry) => [String(entry.key), entry.value]));
}

function giveBack(dict: PyDict, namespace: Namespace): void {
  for (const [key, value] of namespace) dict.setText(key, value);
}

function exitFunction(name: string) {
  const fn = new PyInstance(quitterType);
  fn.attributes = new Map<string, Value>([["name", name]]);
  return fn;
}

const quitterType = new PyClass(types.type, "Quitter", [types.object], new Map<string, Value>([["__module__", "_sitebuiltins"]]), false);
quitterType.mro = [quitterType, types.object];
quitterType.members.set("__call__", rawFunction("__call__", (_vm, args) => {
  throw new PyRaise(new PyException(exceptions.SystemExit, args.slice(1)));
}));
quitterType.members.set("__repr__", new PyBuiltin(types.methodDescriptor, "__repr__", (_vm, args) => `Use ${String((args[0] as PyInstance).attributes?.get("name"))}() or Ctrl-D (i.e. EOF) to exit`, "Quitter.__repr__", undefined, quitterType));

export function builtinNames(): Namespace {
  const names: Namespace = new Map<string, Value>([["__name__", "builtins"], ["__doc__", null], ["None", null], ["True", true], ["False", false], ["Ellipsis", Ellipsis], ["NotImplemented", NotImplemented], ["__debug__", true]]);
  for (const [name, value] of functions) names.set(name, value);
  for (const name of ["print", "min", "max"]) names.set(name, name === "print" ? print : name === "min" ? smallest : largest);
  for (const cls of [
    types.object, types.type, types.int, types.bool, types.float, types.complex, types.str, types.bytes, types.bytearray, types.list, types.tuple, types.dict, types.set, types.frozenset, types.range, types.slice, types.property, types.staticmethod,
    types.classmethod, types.super, types.enumerate, types.zip, types.map, types.filter, types.reversed, types.memoryview,
  ]) names.set(cls.name, cls);
  for (const [name, cls] of exceptionTypes) names.set(name, cls);
  names.set("IOError", exceptions.OSError);
  names.set("EnvironmentError", exceptions.OSError);
  for (const name of ["exit", "quit"]) names.set(name, exitFunction(name));
  return names;
}

const smallest = extreme("min");
const largest = extreme("max");

const functions = declareFunctions({
  "len(obj, /)": (vm, value: Value) => lengthOf(vm, value),
  "input(prompt=..., /)": (vm, prompt: Value | undefined) => begin(input(vm, prompt)),
  "repr(obj, /)": (vm, value: Value) => repr(vm, value),
  "ascii(obj, /)": (vm, value: Value) => ascii(vm, value),
  "format(value, format_spec='', /)": (vm, value: Value, spec: string) => format(vm, value, spec ?? ""),
  "chr(i, /)": (vm, value: Value) => begin((function* (): Run<Value> {
    const code = yield* needIndex(vm, value);
    if (code < 0 || code > 0x10ffff) throw valueError("chr() arg not in range(0x110000)");
    return String.fromCodePoint(Number(code));
  })()),
  "ord(c, /)": (_vm, value: Value) => {
    const text = unwrap(value);
    if (text instanceof PyBytes) {
      if (text.bytes.length !== 1) throw typeError(`ord() expected a character, but string of length ${text.bytes.length} found`);
      return text.bytes[0] ?? 0;
    }
    if (typeof text !== "string") throw typeError(`ord() expected string of length 1, but ${typeOf(value).name} found`);
    if (textLength(text) !== 1) throw typeError(`ord() expected a character, but string of length ${textLength(text)} found`);
    return text.codePointAt(0) ?? 0;
  },
  "hex(number, /)": radix("x"),
  "oct(number, /)": radix("o"),
  "bin(number, /)": radix("b"),
  "abs(x, /)": (vm, value: Value) => absolute(vm, value),
  "round(number, ndigits=None)": (vm, value: Value, ndigits: Value) => {
    const plain = unwrap(value);
    const own = callSpecial(vm, typeOf(value).heap || typeof plain === "object" ? value : plain, "__round__", ndigits === null ? [] : [ndigits]);
    if (own === undefined) throw typeError(`type ${typeOf(value).name} doesn't define __round__ method`);
    return own;
  },
  "divmod(x, y, /)": (vm, a: Value, b: Value) => begin((function* (): Run<Value> {
    const own = typeOf(a).heap ? callSpecial(vm, a, "__divmod__", [b]) : undefined;
    if (own !== undefined) return yield* settle(own);
    const numeric = (value: Value) => typeof unwrap(value) === "number" || typeof unwrap(value) === "bigint" || typeof unwrap(value) === "boolean" || unwrap(value) instanceof PyFloat;
    if (!typeOf(a).heap && !typeOf(b).heap && (!numeric(a) || !numeric(b))) throw typeError(`unsupported operand type(s) for divmod(): '${typeOf(a).name}' and '${typeOf(b).name}'`);
    if (unwrap(b) instanceof PyFloat || unwrap(a) instanceof PyFloat) {
      const divisor = unwrap(b);
      if (divisor === 0 || (divisor instanceof PyFloat && divisor.value === 0)) throw failure(exceptions.ZeroDivisionError, "float divmod()");
    }
    return new PyTuple([yield* settle(binary(vm, "//", a, b, false)), yield* settle(binary(vm, "%", a, b, false))]);
  })()),
  "pow(base, exp, mod=None)": (vm, base: Value, exponent: Value, modulus: Value) => begin(power(vm, base, exponent, modulus)),
  "sum(iterable, /, start=0)": (vm, iterable: Value, start: Value) => begin(sum(vm, iterable, start)),
  "any(iterable, /)": (vm, iterable: Value) => begin((function* (): Run<Value> {
    const iterator = yield* settle(iterate(vm, iterable));
    for (;;) {
      const item = yield* settle(next(vm, iterator));
      if (item === undefined) return false;
      if (yield* settle(truth(vm, item))) return true;
      if (vm.tired()) yield* vm.rest();
    }
  })()),
  "all(iterable, /)": (vm, iterable: Value) => begin((function* (): Run<Value> {
    const iterator = yield* settle(iterate(vm, iterable));
    for (;;) {
      const item = yield* settle(next(vm, iterator));
      if (item === undefined) return true;
      if (!(yield* settle(truth(vm, item)))) return false;
      if (vm.tired()) yield* vm.rest();
    }
  })()),
  "sorted(iterable, /, *, key=None, reverse=False)": (vm, iterable: Value, key: Value, reverse: Value) => begin((function* (): Run<Value> {
    const items = [...(yield* settle(collect(vm, iterable)))];
    vm.heap.reserve(vm, 8 * items.length);
    return new PyList(yield* sortItems(vm, items, key, yield* settle(truth(vm, reverse))));
  })()),
  "iter(object, sentinel=..., /)": (vm, object: Value, sentinel: Value | undefined) => {
    if (sentinel === undefined) return iterate(vm, object);
    let ended = false;
    return new PyIterator(types.callableIterator, (at) => begin((function* (): Run<Value | undefined> {
      if (ended) return undefined;
      const value = yield* settle(call(at, object, [], undefined));
      if (!(yield* settle(isEqual(at, value, sentinel)))) return value;
      ended = true;
      return undefined;
    })()));
  },
  "next(iterator, default=..., /)": (vm, iterator: Value, byDefault: Value | undefined) => begin((function* (): Run<Value> {
    const own = typeof iterator === "object" && iterator !== null && iterator.cls.heap ? iterator.cls.lookup("__next__") : undefined;
    if (own !== undefined && byDefault === undefined) return yield* settle(call(vm, own, [iterator], undefined));
    if (byDefault === undefined && typeof iterator === "object" && iterator !== null && iterator.cls === types.generator) return yield* settle(callMethod(vm, iterator, "__next__"));
    const item = yield* settle(next(vm, iterator));
    if (item !== undefined) return item;
    if (byDefault !== undefined) return byDefault;
    throw stopIteration(undefined);
  })()),
  "isinstance(obj, class_or_tuple, /)": (vm, value: Value, classInfo: Value) => isInstance(vm, value, classInfo),
  "issubclass(cls, class_or_tuple, /)": (vm, cls: Value, classInfo: Value) => begin((function* (): Run<Value> {
    if (!(cls instanceof PyClass)) throw typeError("issubclass() arg 1 must be a class");
    return yield* checkClass(vm, cls, classInfo, "__subclasscheck__");
  })()),
  "callable(obj, /)": (_vm, value: Value) => isCallable(value),
  "id(obj, /)": (vm, value: Value) => vm.addressOf(value),
  "hash(obj, /)": (vm, value: Value) => hash(vm, value),
  "getattr(object, name, default=..., /)": (vm, object: Value, name: Value, byDefault: Value | undefined) => {
    const text = unwrap(name);
    if (typeof text !== "string") throw typeError(`attribute name must be string, not '${typeOf(name).name}'`);
    if (byDefault === undefined) return getAttribute(vm, object, text);
    return begin((function* (): Run<Value> {
      const found = yield* settle(findAttribute(vm, object, text));
      return found === undefined ? byDefault : found;
    })());
  },
  "setattr(obj, name, value, /)": (vm, object: Value, name: string, value: Value) => begin((function* (): Run<Value> {
    yield* settle(setAttribute(vm, object, name, value));
    return null;
  })()),
  "delattr(obj, name, /)": (vm, object: Value, name: string) => begin((function* (): Run<Value> {
    yield* settle(deleteAttribute(vm, object, name));
    return null;
  })()),
  "hasattr(obj, name, /)": (vm, object: Value, name: Value) => begin((function* (): Run<Value> {
    if (typeof name !== "string") throw typeError(`attribute name must be string, not '${typeOf(name).name}'`);
    return (yield* settle(findAttribute(vm, object, name))) !== undefined;
  })()),
  "dir(object=..., /)": (vm, object: Value | undefined) => begin((function* (): Run<Value> {
    if (object === undefined) {
      const frame = userFrame(vm);
      return new PyList(frame ? [...localsOf(frame).values()].map((entry) => entry.key).sort() : []);
    }
    if (typeof object === "object" && object !== null && object.cls.heap) {
      const own = object.cls.lookup("__dir__");
      if (own !== undefined && own !== types.object.members.get("__dir__") && own !== types.type.members.get("__dir__")) {
        return new PyList(yield* sortItems(vm, [...(yield* settle(collect(vm, yield* settle(call(vm, own, [object], undefined)))))], null, false));
      }
    }
    return new PyList([...namesOf(object)]);
  })()),
  "vars(object=..., /)": (vm, object: Value | undefined) => begin((function* (): Run<Value> {
    if (object === undefined) {
      const frame = userFrame(vm);
      return frame ? localsOf(frame) : new PyDict();
    }
    const dict = yield* settle(findAttribute(vm, object, "__dict__"));
    if (dict === undefined) throw typeError("vars() argument must have __dict__ attribute");
    return dict;
  })()),
  "globals()": (vm) => new PyNamespaceDict(currentGlobals(vm)),
  "locals()": (vm) => {
    const frame = userFrame(vm);
    return frame ? localsOf(frame) : new PyDict();
  },
  "exec(source, globals=None, locals=None, /)": (vm, source: Value, globals: Value, locals: Value) => begin(execute(vm, source, globals, locals, "exec")),
  "eval(source, globals=None, locals=None, /)": (vm, source: Value, globals: Value, locals: Value) => begin(execute(vm, source, globals, locals, "eval")),
  "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)": (_vm, source: Value, filename: Value, mode: Value) => {
    if (mode !== "exec" && mode !== "eval" && mode !== "single") throw valueError("compile() mode must be 'exec', 'eval' or 'single'");
    const text = source instanceof PyBytes ? String.fromCharCode(...source.bytes) : source;
    if (typeof text !== "string") throw typeError("compile() arg 1 must be a string, bytes or AST object");
    return compileText(text, String(filename), mode);
  },
  "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)": (vm, file: Value, mode: Value, buffering: Value, encoding: Value, errors: Value, newline: Value, closefd: Value) => begin(openFile(vm, { file, mode, buffering, encoding, errors, newline, closefd })),
  "__import__(name, globals=None, locals=None, fromlist=None, level=0)": (vm, name: string, _globals: Value, _locals: Value, fromlist: Value, level: number) => importModule(vm, name, currentGlobals(vm), fromlist instanceof PyTuple && fromlist.items.length > 0 ? fromlist : fromlist instanceof PyList && fromlist.items.length > 0 ? new PyTuple(fromlist.items) : null, level),
  "breakpoint(*args, **kws)": () => {
    throw runtimeError("breakpoint(): the debugger pdb is not simulated on this machine");
  },
  "help(*args, **kws)": (vm) => begin((function* (): Run<Value> {
    yield* vm.streams.writeOut(vm, "The interactive help is not simulated on this machine; see https://docs.python.org/3.11/\n");
    return null;
  })()),
});
