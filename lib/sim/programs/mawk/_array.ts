// awk's arrays. The order of `for (k in a)` is that of mawk's hash tables (array.w): lists in 64 buckets, doubled when they hold 12 on
// average, a found element moves to the front of its list. So an element's place in a list is told by when it was last looked up.

import { isInt, MAX_INT, type Value } from "./_value.ts";

interface Element {
  value: Value;
  readonly key: string;
  readonly hash: number;
  /** when it was last found by its number, and by its text; 0 = not in that kind of list */
  byNumber: number;
  byText: number;
}

const FIRST_MASK = 63;
const AVERAGE_LIST_LENGTH = 12;

/** FNV-1a */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A Map grows in one go, while other processes wait: from this size on it is many. */
const MOST_IN_ONE_MAP = 8192;
const MAPS = 64;
/** Elements that are sorted between two chances for others. */
const ELEMENTS_A_TURN = 1024;
const LISTS_A_TURN = 128;

class Elements {
  #one: Map<string, Element> | undefined = new Map<string, Element>();
  #many: Map<string, Element>[] = [];
  size = 0;

  #mapOf(key: string): Map<string, Element> {
    return this.#one ?? this.#many[(hashOf(key) >>> 20) % MAPS] ?? new Map<string, Element>();
  }

  get(key: string): Element | undefined {
    return this.#mapOf(key).get(key);
  }

  /** A new one. */
  add(element: Element): void {
    this.size++;
    if (this.#one && this.size > MOST_IN_ONE_MAP) {
      const all = this.#one.values();
      this.#one = undefined;
      this.#many = Array.from({ length: MAPS }, () => new Map<string, Element>());
      for (const each of all) this.#mapOf(each.key).set(each.key, each);
    }
    this.#mapOf(element.key).set(element.key, element);
  }

  delete(key: string): void {
    if (this.#mapOf(key).delete(key)) this.size--;
  }

  *values(): Generator<Element> {
    if (this.#one) yield* this.#one.values();
    else for (const map of this.#many) yield* map.values();
  }
}

/** What an element takes beside its texts. */
export const ELEMENT_BYTES = 160;

export class AwkArray {
  readonly #onElement: () => void;
  #elements = new Elements();
  #mask = FIRST_MASK;
  #clock = 0;
  #hasText = false;

  /** Told of each new element. */
  constructor(onElement: () => void) {
    this.#onElement = onElement;
  }

  get size(): number {
    return this.#elements.size;
  }

  #find(key: string, byNumber: boolean, create: boolean): Element | undefined {
    let element = this.#elements.get(key);
    if (!byNumber && !this.#hasText) this.#addTextLists();
    if (element) {
      if (byNumber && element.byNumber > 0) element.byNumber = ++this.#clock;
      else {
        element.byText = ++this.#clock;
        if (byNumber) element.byNumber = this.#clock;
      }
      return element;
    }
    if (!create) return undefined;
    const now = ++this.#clock;
    element = { value: undefined, key, hash: hashOf(key), byNumber: byNumber ? now : 0, byText: this.#hasText ? now : 0 };
    this.#elements.add(element);
    this.#onElement();
    if (this.#elements.size > (this.#mask + 1) * AVERAGE_LIST_LENGTH) this.#mask = this.#mask * 2 + 1;
    return element;
  }

  /** The numbers get texts in the order of the lists by number; each goes to the front of its list by text. */
  #addTextLists(): void {
    const adding = this.#textListsInTurns();
    while (!adding.next().done);
  }

  *#textListsInTurns(): Generator<number> {
    this.#hasText = true;
    const mask = this.#mask;
    const lists = yield* this.#lists((element) => (element.byText === 0 ? Number(element.key) & mask : undefined));
    for (let number = 0; number <= mask; number++) {
      for (const element of (lists[number] ?? []).sort((a, b) => b.byNumber - a.byNumber)) element.byText = ++this.#clock;
      if (number % LISTS_A_TURN === 0) yield ELEMENTS_A_TURN;
    }
  }

  /** The elements in lists of the numbers that `listOf` gives. */
  *#lists(listOf: (element: Element) => number | undefined): Generator<number, (Element[] | undefined)[]> {
    const lists = new Array<Element[] | undefined>(this.#mask + 1);
    let done = 0;
    for (const element of this.#elements.values()) {
      const number = listOf(element);
      if (number !== undefined) (lists[number] ??= []).push(element);
      if (++done % ELEMENTS_A_TURN === 0) yield ELEMENTS_A_TURN;
    }
    return lists;
  }

  get(key: string, byNumber = false): Value {
    return this.#find(key, byNumber, true)?.value;
  }

  set(key: string, value: Value, byNumber = false): void {
    const element = this.#find(key, byNumber, true);
    if (element) element.value = value;
  }

  has(key: string, byNumber = false): boolean {
    return this.#find(key, byNumber, false) !== undefined;
  }

  delete(key: string, byNumber = false): void {
    if (this.#find(key, byNumber, false)) this.#elements.delete(key);
    if (this.#elements.size === 0) this.clear();
  }

  clear(): void {
    this.#elements = new Elements();
    this.#mask = FIRST_MASK;
    this.#hasText = false;
    this.#clock = 0;
  }

  /** The keys in the order of `for in`. */
  keys(): string[] {
    const sorting = this.keysInTurns();
    for (;;) {
      const turn = sorting.next();
      if (turn.done) return turn.value;
    }
  }

  /** As keys(), of many: what it gives back is the caller's chance to let others run, which pays for so many elements each time. */
  *keysInTurns(): Generator<number, string[]> {
    if (!this.#hasText) yield* this.#textListsInTurns();
    const mask = this.#mask;
    const lists = yield* this.#lists((element) => element.hash & mask);
    const keys: string[] = [];
    for (let number = 0; number <= mask; number++) {
      for (const { key } of (lists[number] ?? []).sort((a, b) => b.byText - a.byText)) keys.push(key);
      if (number % LISTS_A_TURN === 0) yield ELEMENTS_A_TURN;
    }
    return keys;
  }
}

/** The key that a number stands for, if it is one of the integers that mawk keeps apart. */
export function integerKey(value: Value): string | undefined {
  return typeof value === "number" && isInt(value) && Math.abs(value) <= MAX_INT ? String(value) : undefined;
}
