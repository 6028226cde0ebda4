// repr(), str(), ascii() and format() of any value.

import { PyCode } from "../code/code-object.ts";
import { PyDict } from "../objects/dictionary.ts";
import { exceptions, PyException, typeError } from "../objects/exception.ts";
import { reprComplex, reprFloat } from "../objects/float-text.ts";
import { formatComplex, formatFloat, formatInt, formatText } from "../objects/format-spec.ts";
import { textOfInt } from "../objects/number.ts";
import { PySet } from "../objects/set.ts";
import {
  begin, Ellipsis, type Eventual, NotImplemented, PyBuiltin, PyBytes, PyCell, PyClass, PyComplex, PyFloat, PyGetSet, PyInstance, PyList, PyMethod, PyModule, PyObject, PyRange, PySlice, PySuper, PyTuple, PyWrapped, type Run, settle, types,
  typeOf, unwrap, type Value,
} from "../objects/value.ts";
import { PyView } from "../objects/view.ts";
import { call } from "./call.ts";
import { unicodeErrorText } from "./codec.ts";
import { PyFunction, PyGenerator } from "./frame.ts";
import type { Vm } from "./vm.ts";

const NAMED = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"], ["\\", "\\\\"]]);
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

export function reprText(text: string, asciiOnly = false): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const c of text) {
    const named = NAMED.get(c);
    if (named !== undefined) result += named;
    else if (c === quote) result += `\\${c}`;
    else if (c >= " " && c < "\u007f") result += c;
    else if (asciiOnly ? c > "~" || c < " " : UNPRINTABLE.test(c) || /[\ud800-\udfff]/.test(c.length === 1 ? c : "")) {
      const code = c.codePointAt(0) ?? 0;
      result += code < 0x100 ? `\\x${hex(code, 2)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
    } else result += c;
  }
  return result + quote;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0");
}

export function reprBytes(bytes: Uint8Array): string {
  const text = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  const quote = text.charCodeAt(0);
  let result = `b${text}`;
  for (const byte of bytes) {
    const named = NAMED.get(String.fromCharCode(byte));
    if (named !== undefined) result += named;
    else if (byte === quote) result += `\\${text}`;
    else if (byte >= 32 && byte < 127) result += String.fromCharCode(byte);
    else result += `\\x${hex(byte, 2)}`;
  }
  return result + text;
}

/** The name with its module, unless that is builtins: what `<class '…'>` shows. */
export function classPath(cls: PyClass): string {
  const module = cls.members.get("__module__");
  return typeof module === "string" && module !== "builtins" ? `${module}.${cls.qualifiedName}` : cls.qualifiedName;
}

export function nameOfCallable(callee: Value): string {
  if (callee instanceof PyMethod) return nameOfCallable(callee.callee);
  if (callee instanceof PyFunction) return `${typeof callee.module === "string" && callee.module !== "builtins" ? `${callee.module}.` : ""}${callee.qualifiedName}()`;
  if (callee instanceof PyBuiltin) return `${callee.qualifiedName}()`;
  if (callee instanceof PyClass) return `${classPath(callee)}()`;
  return `${typeOf(callee).name} object`;
}

/** A `__repr__` or `__str__` that some class in Python defines. */
function ownMethod(cls: PyClass, name: string): Value | undefined {
  const found = cls.heap ? cls.lookup(name) : undefined;
  return found === undefined || found instanceof PyBuiltin ? undefined : found;
}

export function repr(vm: Vm, value: Value): Eventual<string> {
  switch (typeof value) {
    case "string": return reprText(value);
    case "number": return String(value);
    case "bigint": return textOfInt(value);
    case "boolean": return value ? "True" : "False";
    default:
  }
  if (value === null) return "None";
  const method = ownMethod(value.cls, "__repr__");
  if (method !== undefined) return begin(ownText(vm, method, value, "__repr__"));
  return builtinRepr(vm, value);
}

function* ownText(vm: Vm, method: Value, value: Value, name: string): Run<string> {
  const text = unwrap(yield* settle(call(vm, method, [value], undefined)));
  if (typeof text !== "string") throw typeError(`${name} returned non-string (type ${typeOf(text).name})`);
  return text;
}

/** What the builtin type's `__repr__` says, also for instances of its subclasses. */
export function builtinRepr(vm: Vm, value: PyObject): Eventual<string> {
  if (value instanceof PyFloat) return reprFloat(value.value);
  if (value instanceof PyComplex) return reprComplex(value);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PySet || value instanceof PyView) {
    if (value instanceof PyTuple && value.cls === types.union) return begin(unionText(vm, value.items));
    if (value instanceof PyTuple && value.cls === types.genericAlias) return begin(aliasText(vm, value));
    // Tuples whose items have names (modules/sys.ts, structType) say so.
    const own = value instanceof PyTuple && value.cls !== types.tuple ? value.cls.members.get("__repr__") : undefined;
    if (own instanceof PyBuiltin) return own.native(vm, [value], undefined) as Eventual<string>;
    return begin(containerRepr(vm, value));
  }
  if (value instanceof PyBytes) return value.cls.layout === types.bytearray ? `bytearray(${reprBytes(value.bytes)})` : reprBytes(value.bytes);
  if (value instanceof PyRange) return `range(${value.start}, ${value.stop}${value.step === 1 ? "" : `, ${value.step}`})`;
  if (value instanceof PySlice) {
    return begin((function* (): Run<string> {
      return `slice(${yield* settle(repr(vm, value.start))}, ${yield* settle(repr(vm, value.stop))}, ${yield* settle(repr(vm, value.step))})`;
    })());
  }
  if (value === Ellipsis) return "Ellipsis";
  if (value === NotImplemented) return "NotImplemented";
  if (value instanceof PyException) return begin(exceptionRepr(vm, value));
  if (value instanceof PyClass) return `<class '${classPath(value)}'>`;
  if (value instanceof PyFunction) return `<function ${value.qualifiedName} at ${vm.addressText(value)}>`;
  if (value instanceof PyGenerator) return `<${value.cls.name} object ${value.qualifiedName} at ${vm.addressText(value)}>`;
  if (value instanceof PyBuiltin) return value.owner ? `<method '${value.name}' of '${value.owner.name}' objects>` : `<built-in function ${value.name}>`;
  if (value instanceof PyGetSet) return `<attribute '${value.name}' of '${value.owner.name}' objects>`;
  if (value instanceof PyMethod) return begin(methodRepr(vm, value));
  if (value instanceof PyModule) return moduleRepr(value);
  if (value instanceof PyCode) return `<code object ${value.facts.name} at ${vm.addressText(value)}, file "${value.facts.source.filename}", line ${value.facts.firstLine}>`;
  if (value instanceof PyCell) return `<cell at ${vm.addressText(value)}: ${value.content === undefined ? "empty" : `${typeOf(value.content).name} object at ${vm.addressText(value.content)}`}>`;
  if (value instanceof PySuper) return `<super: <class '${value.start.name}'>, <${value.selfClass.name} object>>`;
  if (value instanceof PyWrapped) {
    return begin((function* (): Run<string> {
      return `<${value.cls.name}(${yield* settle(repr(vm, value.callee))})>`;
    })());
  }
  if (value instanceof PyInstance && value.base !== undefined) return repr(vm, value.base);
  const method = value.cls.lookup("__repr__");
  if (method instanceof PyBuiltin && method !== types.object.members.get("__repr__")) return call(vm, method, [value], undefined) as Eventual<string>;
  return `<${classPath(value.cls)} object at ${vm.addressText(value)}>`;
}

function moduleRepr(value: PyModule): string {
  const file = value.namespace.get("__file__");
  return typeof file === "string" ? `<module '${value.name}' from '${file}'>` : value.name === "__main__" ? "<module '__main__' (built-in)>" : `<module '${value.name}' (built-in)>`;
}

function* methodRepr(vm: Vm, value: PyMethod): Run<string> {
  if (value.callee instanceof PyBuiltin) return `<built-in method ${value.callee.name} of ${typeOf(value.self).name} object at ${vm.addressText(value.self)}>`;
  const name = value.callee instanceof PyFunction ? value.callee.qualifiedName : "?";
  return `<bound method ${name} of ${yield* settle(repr(vm, value.self))}>`;
}

function* exceptionRepr(vm: Vm, value: PyException): Run<string> {
  const { items } = value.args;
  const parts: string[] = [];
  for (const item of items) parts.push(yield* settle(repr(vm, item)));
  return `${value.cls.name}(${parts.join(", ")})`;
}

function* unionText(vm: Vm, items: readonly Value[]): Run<string> {
  const parts: string[] = [];
  for (const item of items) parts.push(item === null ? "None" : item instanceof PyClass ? classPath(item) : yield* settle(repr(vm, item)));
  return parts.join(" | ");
}

function* aliasText(vm: Vm, alias: PyTuple): Run<string> {
  const [origin, argument] = alias.items;
  const one = function* (item: Value): Run<string> {
    return item instanceof PyClass ? classPath(item) : item === Ellipsis ? "..." : item instanceof PyList ? `[${(yield* all(item.items)).join(", ")}]` : yield* settle(repr(vm, item));
  };
  const all = function* (items: readonly Value[]): Run<readonly string[]> {
    const parts: string[] = [];
    for (const item of items) parts.push(yield* one(item));
    return parts;
  };
  return `${yield* one(origin ?? null)}[${(yield* all(argument instanceof PyTuple && argument.cls === types.tuple ? argument.items : [argument ?? null])).join(", ")}]`;
}

function* containerRepr(vm: Vm, value: PyList | PyTuple | PyDict | PySet | PyView): Run<string> {
  if (vm.showing.has(value)) return value instanceof PyList ? "[...]" : value instanceof PyTuple ? "(...)" : value instanceof PyDict ? "{...}" : `${value.cls.name}(...)`;
  vm.showing.add(value);
  vm.enter();
  try {
    const parts: string[] = [];
    const heap = value.cls.heap ? value.cls.name : undefined;
    if (value instanceof PyDict) {
      for (const { key, value: item } of [...value.values()]) {
        parts.push(`${yield* settle(repr(vm, key))}: ${yield* settle(repr(vm, item))}`);
        if (vm.tired()) yield* vm.rest();
      }
      return `{${parts.join(", ")}}`;
    }
    const items = value instanceof PyList || value instanceof PyTuple ? value.items : value instanceof PySet ? value.ordered() : yield* settle(value.list(vm));
    for (const item of items) {
      const text = repr(vm, item);
      parts.push(typeof text === "string" ? text : yield* settle(text));
      if (vm.tired()) yield* vm.rest();
    }
    const joined = parts.join(", ");
    vm.heap.reserve(vm, joined.length);
    if (value instanceof PyList) return `[${joined}]`;
    if (value instanceof PyTuple) return parts.length === 1 ? `(${joined},)` : `(${joined})`;
    if (value instanceof PyView) return `${value.cls.name}([${joined}])`;
    const name = heap ?? (value.cls === types.set ? undefined : value.cls.name);
    if (parts.length === 0) return `${name ?? "set"}()`;
    return name === undefined ? `{${joined}}` : `${name}({${joined}})`;
  } finally {
    vm.nativeDepth--;
    vm.showing.delete(value);
  }
}

export function str(vm: Vm, value: Value): Eventual<string> {
  if (typeof value === "string") return value;
  if (!(value instanceof PyObject)) return repr(vm, value);
  const { cls } = value;
  if (cls.heap) {
    const method = cls.lookup("__str__");
    if (method !== undefined && !(method instanceof PyBuiltin)) return begin(ownText(vm, method, value, "__str__"));
    if (!(value instanceof PyException)) {
      // A subclass of str shows its text unless it says how to be shown.
      if (value instanceof PyInstance && typeof value.base === "string" && method !== types.object.members.get("__str__")) return value.base;
      return repr(vm, value);
    }
  }
  if (value instanceof PyException) return exceptionText(vm, value);
  return repr(vm, value);
}

export function exceptionText(vm: Vm, exception: PyException): Eventual<string> {
  const { items } = exception.args;
  const attributes = exception.attributes;
  if (exception.cls.isSubclassOf(exceptions.OSError) && items.length >= 2 && attributes?.has("strerror")) {
    return begin((function* (): Run<string> {
      const filename = attributes.get("filename") ?? null;
      const filename2 = attributes.get("filename2") ?? null;
      const text = `[Errno ${yield* settle(str(vm, attributes.get("errno") ?? null))}] ${yield* settle(str(vm, attributes.get("strerror") ?? null))}`;
      if (filename === null) return text;
      return `${text}: ${yield* settle(repr(vm, filename))}${filename2 === null ? "" : ` -> ${yield* settle(repr(vm, filename2))}`}`;
    })());
  }
  if (exception.cls.isSubclassOf(exceptions.SyntaxError) && attributes) {
    const line = attributes.get("lineno");
    const file = attributes.get("filename");
    const message = String(attributes.get("msg"));
    if (typeof line !== "number") return message;
    return typeof file === "string" ? `${message} (${file.split("/").pop()}, line ${line})` : `${message} (line ${line})`;
  }
  if (exception.cls.isSubclassOf(exceptions.UnicodeError)) {
    const text = unicodeErrorText(exception);
    if (text !== undefined) return text;
  }
  if (items.length === 0) return "";
  if (items.length > 1) return repr(vm, exception.args);
  const only = items[0] as Value;
  return exception.cls.isSubclassOf(exceptions.KeyError) ? repr(vm, only) : str(vm, only);
}

export function ascii(vm: Vm, value: Value): Eventual<string> {
  return begin((function* (): Run<string> {
    const text = typeof value === "string" ? reprText(value, true) : yield* settle(repr(vm, value));
    let result = "";
    for (const c of text) {
      const code = c.codePointAt(0) ?? 0;
      result += code < 128 ? c : code < 0x100 ? `\\x${hex(code, 2)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
    }
    return result;
  })());
}

export function format(vm: Vm, value: Value, spec: string): Eventual<string> {
  const cls = typeOf(value);
  const method = ownMethod(cls, "__format__");
  if (method !== undefined) {
    return begin((function* (): Run<string> {
      const text = unwrap(yield* settle(call(vm, method, [value, spec], undefined)));
      if (typeof text !== "string") throw typeError(`__format__ must return a str, not ${typeOf(text).name}`);
      return text;
    })());
  }
  if (!cls.heap) {
    const builtin = cls.lookup("__format__");
    if (builtin instanceof PyBuiltin && builtin.owner !== types.object) return call(vm, builtin, [value, spec], undefined) as Eventual<string>;
  }
  if (spec === "") return str(vm, value);
  const plain = cls.heap && (ownMethod(cls, "__str__") !== undefined) && !(value instanceof PyInstance && value.base !== undefined) ? value : unwrap(value);
  if (typeof plain === "string") return formatText(plain, spec);
  if (typeof plain === "number" || typeof plain === "bigint") return formatInt(plain, spec, value);
  if (typeof plain === "boolean") return /[a-zA-Z%]$/.test(spec) || /[,_+ ]/.test(spec) ? formatInt(plain ? 1 : 0, spec) : formatBool(plain, spec);
  if (plain instanceof PyFloat) return formatFloat(plain.value, spec);
  if (plain instanceof PyComplex) return formatComplex(plain, spec);
  throw typeError(`unsupported format string passed to ${cls.name}.__format__`);
}

function formatBool(value: boolean, spec: string): string {
  return formatInt(value ? 1 : 0, spec);
}

/** A field of an f-string: conversion 0 none, 1 str, 2 repr, 3 ascii. */
export function formatField(vm: Vm, value: Value, conversion: number, spec: string): Eventual<Value> {
  if (conversion === 0) {
    if (spec === "" && typeof value === "string") return value;
    if (spec === "" && typeof value === "number") return String(value);
    return format(vm, value, spec);
  }
  const text = conversion === 1 ? str(vm, value) : conversion === 2 ? repr(vm, value) : ascii(vm, value);
  if (typeof text === "string") return spec === "" ? text : formatText(text, spec);
  return begin((function* (): Run<Value> {
    const settled = yield* settle(text);
    return spec === "" ? settled : formatText(settled, spec);
  })());
}

/** The prompt's answer. */
export function printExpression(vm: Vm, value: Value): Eventual<void> {
  return begin((function* (): Run<void> {
    if (value === null) return;
    vm.builtins.set("_", value);
    yield* vm.streams.writeOut(vm, `${yield* settle(repr(vm, value))}\n`);
  })());
}

