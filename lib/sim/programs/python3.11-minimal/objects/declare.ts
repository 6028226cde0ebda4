// Functions and methods of builtin types from declarations: `"split(self, /, sep=None, maxsplit=-1)"` with what it does. Arguments are bound, and
// refused with the words of CPython's argument clinic, here.

import type { Vm } from "../vm/vm.ts";
import { typeError } from "./exception.ts";
import { type Eventual, type Keywords, type Native, PyBuiltin, type PyClass, PyDictLike, PyGetSet, PyTuple, PyWrapped, types, unwrap, type Value } from "./value.ts";

/**
 * Takes the virtual machine, then a value for each parameter: absent optional ones as their default, `=...` as undefined. Each states the kind of value
 * that it can be given, as methods may (their parameters are compared both ways): the receiver's is checked, those of the others are the caller's.
 */
export type Implementation = { run(vm: Vm, ...values: (Value | undefined)[]): Eventual<Value> }["run"];

interface Parameter {
  readonly name: string;
  readonly positional: boolean;
  readonly named: boolean;
  readonly required: boolean;
  readonly byDefault: Value | undefined;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly rest: boolean;
  readonly keywords: boolean;
}

const signatures = new Map<string, Signature>();

function literal(text: string): Value | undefined {
  switch (text) {
    case "None": return null;
    case "True": return true;
    case "False": return false;
    case "...": return undefined;
    default: return /^-?\d+$/.test(text) ? Number(text) : text.slice(1, -1);
  }
}

export function parseSignature(text: string): Signature {
  const known = signatures.get(text);
  if (known) return known;
  const open = text.indexOf("(");
  const words = text.slice(open + 1, -1).split(",").map((one) => one.trim()).filter((one) => one !== "");
  const slash = words.indexOf("/");
  const parameters: Parameter[] = [];
  let positional = true;
  let rest = false;
  let keywords = false;
  words.forEach((word, i) => {
    if (word === "/") return;
    if (word === "*") positional = false;
    else if (word.startsWith("**")) keywords = true;
    else if (word.startsWith("*")) {
      rest = true;
      positional = false;
    } else {
      const [name = "", byDefault] = word.split("=");
      parameters.push({ name, positional, named: i > slash && name !== "self", required: byDefault === undefined, byDefault: byDefault === undefined ? undefined : literal(byDefault) });
    }
  });
  const signature = { name: text.slice(0, open), parameters, rest, keywords };
  signatures.set(text, signature);
  return signature;
}

/** `hasSelf`: the first parameter is the receiver and does not count in messages. */
export function bindNative(signature: Signature, qualifiedName: string, implementation: Implementation, hasSelf: boolean, unwraps: boolean): Native {
  const { parameters, rest, keywords: takesKeywords } = signature;
  const positional = parameters.filter((one) => one.positional);
  const named = parameters.some((one) => one.named);
  const required = positional.filter((one) => one.required).length;
  const skip = hasSelf ? 1 : 0;
  return (vm, args, keywords) => {
    const simple = keywords === undefined && !rest && !takesKeywords && args.length === parameters.length && positional.length === parameters.length;
    if (simple && !unwraps) return implementation(vm, ...args);
    if (args.length > positional.length && !rest) throw tooMany(signature, qualifiedName, positional.length, required, args.length, skip, named);
    if (!named && !takesKeywords && keywords && keywords.size > 0) throw typeError(`${qualifiedName}() takes no keyword arguments`);
    const values: (Value | undefined)[] = [];
    parameters.forEach((parameter, i) => {
      let value = parameter.positional ? args[i] : undefined;
      if (parameter.named && keywords?.has(parameter.name)) {
        if (value !== undefined) throw typeError(`argument for ${signature.name}() given by name ('${parameter.name}') and position (${i + 1 - skip})`);
        value = keywords.get(parameter.name);
      }
      if (value === undefined) {
        if (parameter.required) throw tooFew(signature, qualifiedName, positional.length, required, args.length, skip, named, parameter.name, i);
        value = parameter.byDefault;
      }
      values.push(i === 0 && unwraps && value !== undefined ? unwrap(value) : value);
    });
    if (keywords && !takesKeywords) {
      for (const key of keywords.keys()) if (!parameters.some((one) => one.named && one.name === key)) throw typeError(`'${key}' is an invalid keyword argument for ${signature.name}()`);
    }
    if (rest) values.push(new PyTuple(args.slice(positional.length)));
    if (takesKeywords) values.push(new PyDictLike(keywordRest(parameters, keywords)));
    return implementation(vm, ...values);
  };
}

function keywordRest(parameters: readonly Parameter[], keywords: Keywords | undefined): Map<string, Value> {
  const extra = new Map(keywords ?? []);
  for (const parameter of parameters) if (parameter.named) extra.delete(parameter.name);
  return extra;
}

function tooMany(signature: Signature, qualifiedName: string, most: number, required: number, given: number, skip: number, named: boolean) {
  const [max, min, got] = [most - skip, required - skip, given - skip];
  const { name } = signature;
  if (max === 0) return typeError(`${qualifiedName}() takes no arguments (${got} given)`);
  if (named) return typeError(`${name}() takes ${min === max ? "exactly" : "at most"} ${max} argument${max === 1 ? "" : "s"} (${got} given)`);
  if (max === 1 && min === 1) return typeError(`${qualifiedName}() takes exactly one argument (${got} given)`);
  return typeError(`${name} expected ${min === max ? "" : "at most "}${max} argument${max === 1 ? "" : "s"}, got ${got}`);
}

function tooFew(signature: Signature, qualifiedName: string, most: number, required: number, given: number, skip: number, named: boolean, missing: string, index: number) {
  const [max, min, got] = [most - skip, required - skip, Math.max(0, given - skip)];
  const { name } = signature;
  if (named) return typeError(`${name}() missing required argument '${missing}' (pos ${index + 1 - skip})`);
  if (max === 1 && min === 1) return typeError(`${qualifiedName}() takes exactly one argument (${got} given)`);
  return typeError(`${name} expected ${min === max ? "" : "at least "}${min} argument${min === 1 ? "" : "s"}, got ${got}`);
}

const WRAPPED: ReadonlySet<PyClass> = new Set([types.int, types.float, types.str, types.complex, types.bool]);

/** Fills a type's table. */
export function declareMethods(cls: PyClass, methods: Readonly<Record<string, Implementation>>): void {
  for (const [text, implementation] of Object.entries(methods)) {
    const signature = parseSignature(text);
    const qualified = `${cls.name}.${signature.name}`;
    const native = bindNative(signature, signature.name.startsWith("__") ? signature.name : qualified, implementation, true, WRAPPED.has(cls));
    cls.members.set(signature.name, new PyBuiltin(types.methodDescriptor, signature.name, native, qualified, undefined, cls));
  }
}

export function declareClassMethods(cls: PyClass, methods: Readonly<Record<string, Implementation>>): void {
  for (const [text, implementation] of Object.entries(methods)) {
    const signature = parseSignature(text);
    const qualified = `${cls.name}.${signature.name}`;
    cls.members.set(signature.name, new PyWrapped(types.classmethod, new PyBuiltin(types.builtin, signature.name, bindNative(signature, qualified, implementation, true, false), qualified)));
  }
}

export function declareStaticMethods(cls: PyClass, methods: Readonly<Record<string, Implementation>>): void {
  for (const [text, implementation] of Object.entries(methods)) {
    const signature = parseSignature(text);
    const qualified = `${cls.name}.${signature.name}`;
    cls.members.set(signature.name, new PyWrapped(types.staticmethod, new PyBuiltin(types.builtin, signature.name, bindNative(signature, qualified, implementation, false, false), qualified)));
  }
}

export type Getter = { get(vm: Vm, self: Value): Eventual<Value> }["get"];

export function declareAttributes(cls: PyClass, getters: Readonly<Record<string, Getter>>): void {
  for (const [name, get] of Object.entries(getters)) {
    const unwraps = WRAPPED.has(cls);
    cls.members.set(name, new PyGetSet(name, cls, (vm, self) => get(vm, unwraps ? unwrap(self) : self)));
  }
}

/** A module's functions by name. */
export function declareFunctions(functions: Readonly<Record<string, Implementation>>): Map<string, Value> {
  const made = new Map<string, Value>();
  for (const [text, implementation] of Object.entries(functions)) {
    const signature = parseSignature(text);
    made.set(signature.name, new PyBuiltin(types.builtin, signature.name, bindNative(signature, signature.name, implementation, false, false)));
  }
  return made;
}

/** A new builtin type of a module. */
export function rawFunction(name: string, native: Native): PyBuiltin {
  return new PyBuiltin(types.builtin, name, native);
}
