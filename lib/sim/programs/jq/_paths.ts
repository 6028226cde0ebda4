// Reading, writing and deleting inside values (jv_aux.c's rules as jq 1.6 shows them).

import { JqError, type Json, type JsonObject, compare, described, equal, isArray, isObject, sortedKeys, typeOf } from "./_value.ts";

const MAX_INDEX = 10_000_000;

/** Code points, in which jq counts; a text inside the basic plane is its own list. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text);
}

const hasSurrogates = (text: string): boolean => /[\ud800-\udfff]/.test(text);

export function textLength(text: string): number {
  return hasSurrogates(text) ? codePoints(text).length : text.length;
}

export function sliceText(text: string, from: number, to: number): string {
  return hasSurrogates(text) ? codePoints(text).slice(from, to).join("") : text.slice(from, to);
}

function bounds(length: number, slice: JsonObject): readonly [from: number, to: number] {
  const start = slice.get("start") ?? null;
  const end = slice.get("end") ?? null;
  if ((start !== null && typeof start !== "number") || (end !== null && typeof end !== "number")) {
    throw new JqError("Start and end indices of an array slice must be numbers");
  }
  let from = start ?? 0;
  let to = end ?? length;
  if (from < 0) from += length;
  if (to < 0) to += length;
  from = Math.floor(Math.max(0, Math.min(length, from)));
  to = Math.ceil(Math.max(from, Math.min(length, to)));
  return [from, Math.min(length, to)];
}

/** Where an array is found in another one. */
function occurrences(value: readonly Json[], wanted: readonly Json[]): Json {
  if (wanted.length === 0) return [];
  const found: number[] = [];
  for (let at = 0; at + wanted.length <= value.length; at++) {
    if (wanted.every((item, i) => equal(value[at + i] ?? null, item))) found.push(at);
  }
  return found;
}

function cannotIndex(value: Json, key: Json): JqError {
  return new JqError(typeof key === "string" ? `Cannot index ${typeOf(value)} with string "${key}"` : `Cannot index ${typeOf(value)} with ${typeOf(key)}`);
}

export function index(value: Json, key: Json): Json {
  if (isObject(value) && typeof key === "string") return value.get(key) ?? null;
  if (isArray(value)) {
    if (typeof key === "number") {
      const at = Math.floor(key);
      return value[at < 0 ? at + value.length : at] ?? null;
    }
    if (isObject(key)) return value.slice(...bounds(value.length, key));
    if (isArray(key)) return occurrences(value, key);
  }
  if (value === null && (typeof key === "string" || typeof key === "number" || key === null || isObject(key))) return null;
  if (typeof value === "string" && isObject(key)) return sliceText(value, ...bounds(textLength(value), key));
  throw cannotIndex(value, key);
}

function replaced(value: Json, key: Json, item: Json): Json {
  if (typeof key === "string" && (value === null || isObject(value))) return new Map(value ?? []).set(key, item);
  if (typeof key === "number" && (value === null || isArray(value))) {
    const items = [...(value ?? [])];
    let at = Math.floor(key);
    if (at < 0) at += items.length;
    if (at < 0 || at >= 2 ** 31) throw new JqError("Out of bounds negative array index");
    if (at > MAX_INDEX) throw new JqError("Array index too large");
    while (items.length < at) items.push(null);
    items[at] = item;
    return items;
  }
  if (isObject(key) && (value === null || isArray(value))) {
    if (!isArray(item)) throw new JqError("A slice of an array can only be assigned another array");
    const [from, to] = bounds(value?.length ?? 0, key);
    return [...(value ?? []).slice(0, from), ...item, ...(value ?? []).slice(to)];
  }
  if (isObject(key) && !isArray(value)) throw new JqError(`Cannot update field at object index of ${typeOf(value)}`);
  if (isArray(key) && isArray(value)) throw new JqError("Cannot update field at array index of array");
  throw cannotIndex(value, key);
}

export function getPath(value: Json, path: Json): Json {
  if (!isArray(path)) throw new JqError("Path must be specified as an array");
  let at = value;
  for (const key of path) {
    if (at === null) return null;
    at = index(at, key);
  }
  return at;
}

export function setPath(value: Json, path: Json, item: Json): Json {
  if (!isArray(path)) throw new JqError("Path must be specified as an array");
  const parents: Json[] = [];
  let at = value;
  for (const key of path) {
    parents.push(at);
    at = index(at, key);
  }
  let made = item;
  for (let i = path.length - 1; i >= 0; i--) made = replaced(parents[i] ?? null, path[i] ?? null, made);
  return made;
}

function without(value: Json, key: Json): Json {
  if (value === null) return null;
  if (isArray(value)) {
    if (typeof key === "number") {
      const at = Math.floor(key) + (key < 0 ? value.length : 0);
      return value.filter((_, i) => i !== at);
    }
    if (isObject(key)) {
      const [from, to] = bounds(value.length, key);
      return [...value.slice(0, from), ...value.slice(to)];
    }
    throw new JqError("Cannot delete field at object index of array");
  }
  if (isObject(value)) {
    if (typeof key !== "string") throw new JqError("Cannot delete field at array index of object");
    if (!value.has(key)) return value;
    const copy = new Map(value);
    copy.delete(key);
    return copy;
  }
  throw new JqError(`Cannot delete fields from ${typeOf(value)}`);
}

function deletePath(value: Json, path: readonly Json[]): Json {
  const last = path.at(-1);
  if (last === undefined) return null;
  const parent = getPath(value, path.slice(0, -1));
  return parent === null ? value : setPath(value, path.slice(0, -1), without(parent, last));
}

export function deletePaths(value: Json, paths: Json): Json {
  if (!isArray(paths)) throw new JqError("Paths must be specified as an array");
  for (const path of paths) if (!isArray(path)) throw new JqError(`Path must be specified as array, not ${typeOf(path)}`);
  let left = value;
  for (const path of [...paths].sort(compare).reverse()) left = deletePath(left, isArray(path) ? path : []);
  return left;
}

export function has(value: Json, key: Json): boolean {
  if (value === null) return false;
  if (isObject(value) && typeof key === "string") return value.has(key);
  if (isArray(value) && typeof key === "number") return key >= 0 && key < value.length;
  throw new JqError(`Cannot check whether ${typeOf(value)} has a ${typeOf(key)} key`);
}

export function keysOf(value: Json, sorted: boolean): Json[] {
  if (isObject(value)) return sorted ? sortedKeys(value) : [...value.keys()];
  if (isArray(value)) return value.map((_, i) => i);
  throw new JqError(`${described(value)} has no keys`);
}

export function valuesOf(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  if (isObject(value)) return [...value.values()];
  throw new JqError(`Cannot iterate over ${described(value)}`);
}

export function contains(a: Json, b: Json): boolean {
  if (typeOf(a) !== typeOf(b)) throw new JqError(`${described(a)} and ${described(b)} cannot have their containment checked`);
  if (isObject(a) && isObject(b)) {
    return [...b].every(([key, wanted]) => {
      const own = a.get(key);
      return own !== undefined && typeOf(own) === typeOf(wanted) && contains(own, wanted);
    });
  }
  if (isArray(a) && isArray(b)) return b.every((wanted) => a.some((own) => typeOf(own) === typeOf(wanted) && contains(own, wanted)));
  if (typeof a === "string" && typeof b === "string") return a.includes(b);
  return equal(a, b);
}
