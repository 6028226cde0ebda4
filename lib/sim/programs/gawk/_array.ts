// gawk's arrays. The order of `for (k in a)` is that of its tables: whole numbers from 0 on lie in blocks of growing size (cint_array.c), others, and those that would leave a block too
// empty, in a hash table of numbers (int_array.c), texts in one of texts (str_array.c); an array that began with a text keeps everything there.

import type { Value } from "./_value.ts";

/** What an element takes beside its texts. */
export const ELEMENT_BYTES = 160;

const SIZES = [13, 127, 1021, 8191, 16381, 32749, 65497, 131101, 262147, 524309, 1048583, 2097169];
const CHAIN_MAX = 2;
const FIRST_BLOCK_POWER = 10;
const MOST_UNUSED = 2048;

const nextSize = (size: number): number => SIZES.find((one) => one > size) ?? size;

/** sdbm over the bytes: awk's default hash of texts */
function hashOfText(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 65599) + key.charCodeAt(i)) | 0;
  return hash >>> 0;
}

function hashOfNumber(key: number): number {
  let k = key >>> 0;
  k = (k ^ (k << 3)) >>> 0;
  k = (k + (k >>> 5)) >>> 0;
  k = (k ^ (k << 4)) >>> 0;
  k = (k + (k >>> 17)) >>> 0;
  k = (k ^ (k << 25)) >>> 0;
  return (k + (k >>> 6)) >>> 0;
}

/** The order of a hash table: lists, doubled when they hold two on average; what is new goes to the front of its list. */
class TextOrder {
  #lists: string[][] = [];
  size = 0;

  add(key: string): void {
    if (this.#lists.length === 0) this.#grow();
    this.size++;
    if (Math.floor(this.size / this.#lists.length) > CHAIN_MAX) this.#grow();
    this.#lists[hashOfText(key) % this.#lists.length]?.push(key);
  }

  remove(key: string): void {
    const list = this.#lists[hashOfText(key) % Math.max(1, this.#lists.length)] ?? [];
    const at = list.lastIndexOf(key);
    if (at < 0) return;
    list.splice(at, 1);
    if (--this.size === 0) this.#lists = [];
  }

  #grow(): void {
    const size = nextSize(this.#lists.length);
    if (size === this.#lists.length) return;
    const lists = Array.from({ length: size }, (): string[] => []);
    // A list is walked from its front, which lies at the array's end here.
    for (const list of this.#lists) for (let i = list.length - 1; i >= 0; i--) lists[hashOfText(list[i] ?? "") % size]?.push(list[i] ?? "");
    this.#lists = lists;
  }

  *keys(): Generator<string> {
    for (const list of this.#lists) for (let i = list.length - 1; i >= 0; i--) yield list[i] ?? "";
  }
}

/** As TextOrder, of numbers; an entry of a list holds two, and only the first entry may hold one. */
class NumberOrder {
  #lists: number[][][] = [];
  size = 0;

  add(key: number): void {
    if (this.#lists.length === 0) this.#grow();
    this.size++;
    if (Math.floor(this.size / this.#lists.length) > CHAIN_MAX) this.#grow();
    this.#insert(this.#lists, key);
  }

  #insert(lists: number[][][], key: number): void {
    const list = lists[hashOfNumber(key) % lists.length];
    const first = list?.at(-1);
    if (first && first.length < 2) first.push(key);
    else list?.push([key]);
  }

  remove(key: number): void {
    const list = this.#lists[hashOfNumber(key) % Math.max(1, this.#lists.length)];
    const entry = list?.findLast((one) => one.includes(key));
    const first = list?.at(-1);
    if (!list || !entry || !first) return;
    // What is taken away is filled with the last of the list's first entry.
    const moved = first.pop();
    if (moved !== undefined && moved !== key) entry[entry.indexOf(key)] = moved;
    if (first.length === 0) list.pop();
    if (--this.size === 0) this.#lists = [];
  }

  #grow(): void {
    const size = nextSize(this.#lists.length);
    if (size === this.#lists.length) return;
    const lists = Array.from({ length: size }, (): number[][] => []);
    for (const list of this.#lists) for (let i = list.length - 1; i >= 0; i--) for (const key of list[i] ?? []) this.#insert(lists, key);
    this.#lists = lists;
  }

  *keys(): Generator<number> {
    for (const list of this.#lists) for (let i = list.length - 1; i >= 0; i--) yield* list[i] ?? [];
  }
}

/** Whole numbers from 0 on, in blocks; a number whose block would lie too empty is refused. */
class BlockOrder {
  readonly #blocks = new Map<string, number>();
  readonly #keys = new Set<number>();
  #capacity = 0;

  get size(): number {
    return this.#keys.size;
  }

  /** `expected` is what a new block is thought to take; of some it takes more. */
  #blockOf(key: number): { readonly name: string; readonly size: number; readonly expected: number } {
    const power = Math.max(FIRST_BLOCK_POWER, 32 - Math.clz32(key)) - 1;
    let expected = Math.max(power, FIRST_BLOCK_POWER);
    while (expected >= FIRST_BLOCK_POWER) expected = (expected + 1) >> 1;
    let leaf = Math.max(power, FIRST_BLOCK_POWER);
    do leaf = (leaf + 1) >> 1;
    while (leaf > FIRST_BLOCK_POWER);
    const base = power < FIRST_BLOCK_POWER ? 0 : 2 ** power;
    return { name: `${power} ${Math.floor((key - base) / 2 ** leaf)}`, size: 2 ** leaf, expected: 2 ** expected };
  }

  add(key: number): boolean {
    if (key < 0) return false;
    const { name, size, expected } = this.#blockOf(key);
    if (this.#capacity + expected - this.#keys.size > MOST_UNUSED) return false;
    const used = this.#blocks.get(name);
    if (used === undefined) this.#capacity += size;
    this.#blocks.set(name, (used ?? 0) + 1);
    this.#keys.add(key);
    return true;
  }

  remove(key: number): boolean {
    if (!this.#keys.delete(key)) return false;
    const { name, size } = this.#blockOf(key);
    const used = (this.#blocks.get(name) ?? 1) - 1;
    if (used > 0) this.#blocks.set(name, used);
    else {
      this.#blocks.delete(name);
      this.#capacity -= size;
    }
    return true;
  }

  keys(): number[] {
    return [...this.#keys].sort((a, b) => a - b);
  }
}

/** "7", "-3", "0", no "07", "+7", "-0": a subscript that is kept as a number. */
function wholeNumber(key: string): number | undefined {
  const first = key.charCodeAt(0);
  if (first > 57 || !/^(?:0|-?[1-9]\d{0,9})$/.test(key)) return undefined;
  const number = Number(key);
  return Math.abs(number) <= 2147483647 ? number : undefined;
}

export class GawkArray {
  readonly #onElement: () => void;
  #elements = new Map<string, Value | GawkArray>();
  #texts = new TextOrder();
  #numbers = new NumberOrder();
  #blocks = new BlockOrder();
  #textsOnly = false;
  /** it began with a number below 0 */
  #noBlocks = false;

  /** Told of each new element. */
  constructor(onElement: () => void) {
    this.#onElement = onElement;
  }

  get size(): number {
    return this.#elements.size;
  }

  get(key: string): Value | GawkArray {
    return this.#elements.get(key);
  }

  has(key: string): boolean {
    return this.#elements.has(key);
  }

  set(key: string, value: Value | GawkArray): void {
    if (!this.#elements.has(key)) {
      this.#onElement();
      this.#place(key);
    }
    this.#elements.set(key, value);
  }

  #place(key: string): void {
    const number = wholeNumber(key);
    if (this.#elements.size === 0) {
      this.#textsOnly = number === undefined;
      this.#noBlocks = number !== undefined && number < 0;
    }
    if (number === undefined || this.#textsOnly) this.#texts.add(key);
    else if (this.#noBlocks || !this.#blocks.add(number)) this.#numbers.add(number);
  }

  delete(key: string): void {
    if (!this.#elements.delete(key)) return;
    const number = wholeNumber(key);
    if (number === undefined || this.#textsOnly) this.#texts.remove(key);
    else if (!this.#blocks.remove(number)) this.#numbers.remove(number);
    if (this.#elements.size === 0) this.clear();
    else if (this.#blocks.size === 0 && this.#numbers.size === 0) this.#textsOnly = true;
  }

  clear(): void {
    this.#elements = new Map();
    this.#texts = new TextOrder();
    this.#numbers = new NumberOrder();
    this.#blocks = new BlockOrder();
    this.#textsOnly = false;
  }

  /** The keys in the order of `for in`. */
  keys(): string[] {
    return [...this.#texts.keys(), ...Array.from(this.#numbers.keys(), String), ...this.#blocks.keys().map(String)];
  }
}
