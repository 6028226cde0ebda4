// set and frozenset. Membership is a Map's; the order in which a set shows its items is that of CPython's hash table (setobject.c), worked out
// when somebody looks: learners see `{1, 2, 3}` for {3, 1, 2}, as they would.

import type { Key } from "./key.ts";
import { type Int, type PyClass, PyFloat, PyObject, types, type Value } from "./value.ts";

const MODULUS = (1n << 61n) - 1n;
const LINEAR_PROBES = 9;

export class PySet extends PyObject {
  #items = new Map<Key, Value>();
  #mask = 7;
  #fill = 0;
  #order: Value[] | undefined;
  /** of the interpreter: spreads str as hash randomisation does */
  static readonly seed = 0x9e3779b9;

  constructor(cls: PyClass = types.set) {
    super(cls);
  }

  get size(): number {
    return this.#items.size;
  }

  original(key: Key): Value | undefined {
    return this.#items.get(key);
  }

  has(key: Key): boolean {
    return this.#items.has(key);
  }

  add(key: Key, value: Value): void {
    if (this.#items.has(key)) return;
    this.#items.set(key, value);
    this.#order = undefined;
    this.#fill++;
    if (this.#fill * 5 < this.#mask * 3) return;
    const used = this.#items.size;
    this.resize(used > 50000 ? used * 2 : used * 4);
  }

  /** Room for `minimum` items, as set_table_resize finds it. */
  resize(minimum: number): void {
    let size = 8;
    while (size <= minimum) size *= 2;
    // The items move in the order in which they lie.
    const keys = new Map<Value, Key>();
    for (const [key, value] of this.#items) keys.set(value, key);
    const moved = new Map<Key, Value>();
    for (const value of this.ordered()) moved.set(keys.get(value) as Key, value);
    if (moved.size === this.#items.size) this.#items = moved;
    this.#mask = size - 1;
    this.#fill = this.#items.size;
    this.#order = undefined;
  }

  /** Before another set's items are merged into this one. */
  reserve(more: number): void {
    if ((this.#fill + more) * 5 >= this.#mask * 3) this.resize((this.#items.size + more) * 2);
  }

  remove(key: Key): boolean {
    if (!this.#items.delete(key)) return false;
    if (this.#order) this.#order = undefined;
    return true;
  }

  clear(): void {
    this.#items.clear();
    this.#order = undefined;
    this.#mask = 7;
    this.#fill = 0;
  }

  keys(): IterableIterator<Key> {
    return this.#items.keys();
  }

  keyed(): IterableIterator<[Key, Value]> {
    return this.#items.entries();
  }

  /** In the order of the table. */
  ordered(): readonly Value[] {
    this.#order ??= this.#arrange();
    return this.#order;
  }

  #arrange(): Value[] {
    const mask = this.#mask;
    const table: (Value | undefined)[] = new Array(mask + 1).fill(undefined);
    for (const [key, value] of this.#items) {
      const hash = quickHash(key, value);
      let slot = Number(BigInt.asUintN(32, BigInt(hash))) & mask;
      let perturb = hash;
      probing: for (;;) {
        const last = slot + LINEAR_PROBES <= mask ? slot + LINEAR_PROBES : slot;
        for (let i = slot; i <= last; i++) {
          if (table[i] === undefined) {
            table[i] = value;
            break probing;
          }
        }
        perturb = typeof perturb === "number" && perturb >= 0 ? Math.floor(perturb / 32) : BigInt.asUintN(64, BigInt(perturb)) >> 5n;
        slot = Number((BigInt(slot) * 5n + 1n + BigInt(perturb)) & BigInt(mask));
      }
    }
    return table.filter((one): one is Value => one !== undefined);
  }
}

/** hash() of int and float (docs.python.org, "Hashing of numeric types"). */
export function hashOfInt(value: Int): Int {
  if (typeof value === "number") {
    if (Math.abs(value) < 2 ** 53) return value === -1 ? -2 : value;
  }
  const big = BigInt(value);
  const rest = big < 0n ? -(-big % MODULUS) : big % MODULUS;
  return rest === -1n ? -2 : rest >= -9007199254740991n && rest <= 9007199254740991n ? Number(rest) : rest;
}

export function hashOfFloat(value: number): Int {
  if (Number.isInteger(value)) return hashOfInt(Number.isSafeInteger(value) ? value + 0 : BigInt(value));
  if (!Number.isFinite(value)) return value > 0 ? 314159 : value < 0 ? -314159 : 0;
  let mantissa = Math.abs(value);
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const shift = BigInt(((exponent % 61) + 61) % 61);
  const rest = (BigInt(mantissa) << shift) % MODULUS;
  const signed = value < 0 ? -rest : rest;
  const result = signed === -1n ? -2n : signed;
  return result >= -9007199254740991n && result <= 9007199254740991n ? Number(result) : result;
}

export function hashOfText(text: string, seed: number = PySet.seed): Int {
  let a = seed;
  let b = 0x85ebca6b ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b + unit, 0x5bd1e995) ^ (b >>> 13);
  }
  const hash = BigInt.asIntN(64, (BigInt(a >>> 0) << 32n) | BigInt(b >>> 0));
  return hash >= -9007199254740991n && hash <= 9007199254740991n ? Number(hash) : hash;
}

function quickHash(key: Key, value: Value): Int {
  if (typeof key === "number") return Number.isInteger(key) ? hashOfInt(key) : hashOfFloat(key);
  if (typeof key === "bigint") return hashOfInt(key);
  if (typeof key === "string") return hashOfText(key);
  if (value instanceof PyFloat) return hashOfFloat(value.value);
  return key === null ? 0x7ac1 : hashOfText(key.cls.name);
}
