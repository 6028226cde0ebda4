// Keys of dicts and sets. A JavaScript Map finds equal numbers and strings by itself; other hashable values of builtin types are written as a
// text that no str can be, and objects that compare by identity are their own keys. Only a class with an `__eq__` of its own needs Python code.

import { exceptions, failure } from "./exception.ts";
import { normalInt } from "./number.ts";
import { PyBytes, PyComplex, PyFloat, PyInstance, PyMethod, PyObject, PyRange, PyTuple, types, typeOf, type Value } from "./value.ts";

export type Key = string | number | bigint | null | PyObject;

/** The value's class has its own `__eq__` or `__hash__`. */
export const BY_HASH = Symbol("by hash");

/** Starts every text that stands for something else than a str. */
const MARK = "\u0001";

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identity(object: object): number {
  let id = identities.get(object);
  if (id === undefined) {
    id = ++lastIdentity;
    identities.set(object, id);
  }
  return id;
}

export function unhashable(value: Value): never {
  throw failure(exceptions.TypeError, `unhashable type: '${typeOf(value).name}'`);
}

export function keyOf(value: Value): Key | typeof BY_HASH {
  switch (typeof value) {
    case "string":
      return value.charCodeAt(0) === 1 ? `${MARK}S${value}` : value;
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      return value === null ? null : keyOfObject(value);
  }
}

function keyOfObject(value: PyObject): Key | typeof BY_HASH {
  if (value instanceof PyFloat) return keyOfFloat(value.value, value);
  const { cls } = value;
  if (value instanceof PyInstance || cls.heap) {
    const equal = cls.lookup("__eq__");
    const hash = cls.lookup("__hash__");
    if (hash === null) unhashable(value);
    if (equal instanceof PyObject && equal === types.object.members.get("__eq__") && hash === types.object.members.get("__hash__")) return value;
    if (value instanceof PyInstance && value.base !== undefined) {
      const baseType = typeOf(value.base);
      if (equal === baseType.lookup("__eq__") && hash === baseType.lookup("__hash__")) return keyOf(value.base);
    }
    if (!(value instanceof PyTuple && equal === types.tuple.lookup("__eq__") && hash === types.tuple.lookup("__hash__"))) return BY_HASH;
  }
  if (value instanceof PyTuple) {
    let text = `${MARK}T`;
    for (const item of value.items) {
      const key = keyOf(item);
      if (key === BY_HASH) return BY_HASH;
      text += part(key);
    }
    return text;
  }
  if (value instanceof PyBytes) {
    if (cls !== types.bytes) unhashable(value);
    let text = `${MARK}B`;
    for (const byte of value.bytes) text += String.fromCharCode(byte);
    return text;
  }
  if (cls.lookup("__hash__") === null) unhashable(value);
  if (cls === types.frozenset) return BY_HASH;
  if (value instanceof PyComplex) return value.imag === 0 ? keyOfFloat(value.real, value) : `${MARK}C${value.real},${value.imag}`;
  if (value instanceof PyRange) return `${MARK}R${value.length}:${value.length === 0 ? "" : `${value.start}:${value.length === 1 ? "" : value.step}`}`;
  if (value instanceof PyMethod) return `${MARK}M${part(value.callee as PyObject)}${typeof value.self === "object" && value.self !== null ? part(value.self) : part(keyOf(value.self) as Key)}`;
  return value;
}

function keyOfFloat(value: number, object: PyObject): Key {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value + 0 : normalInt(BigInt(value));
  return Number.isNaN(value) ? object : value;
}

function part(key: Key): string {
  switch (typeof key) {
    case "string":
      return `s${key.length}:${key}`;
    case "number":
      return `n${key};`;
    case "bigint":
      return `b${key};`;
    default:
      return key === null ? "N;" : `o${identity(key)};`;
  }
}

/** The place of the nth value with that hash among the keys. */
export function hashKey(hash: Value, nth: number): string {
  return `${MARK}H${String(hash)}#${nth}`;
}

export function isHashKey(key: Key): key is string {
  return typeof key === "string" && key.startsWith(`${MARK}H`);
}
