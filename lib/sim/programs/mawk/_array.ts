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

/** What an element takes beside its texts. */
export const ELEMENT_BYTES = 160;

export class AwkArray {
  readonly #onElement: () => void;
  readonly #elements = new Map<string, Element>();
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
    this.#elements.set(key, element);
    this.#onElement();
    if (this.#elements.size > (this.#mask + 1) * AVERAGE_LIST_LENGTH) this.#mask = this.#mask * 2 + 1;
    return element;
  }

  /** The numbers get texts in the order of the lists by number; each goes to the front of its list by text. */
  #addTextLists(): void {
    this.#hasText = true;
    const mask = this.#mask;
    const bucket = (element: Element) => Number(element.key) & mask;
    const waiting = [...this.#elements.values()].filter((element) => element.byText === 0);
    waiting.sort((a, b) => bucket(a) - bucket(b) || b.byNumber - a.byNumber);
    for (const element of waiting) element.byText = ++this.#clock;
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
    this.#elements.clear();
    this.#mask = FIRST_MASK;
    this.#hasText = false;
    this.#clock = 0;
  }

  /** The keys in the order of `for in`. */
  keys(): string[] {
    if (!this.#hasText) this.#addTextLists();
    const mask = this.#mask;
    return [...this.#elements.values()].sort((a, b) => (a.hash & mask) - (b.hash & mask) || b.byText - a.byText).map((element) => element.key);
  }
}

/** The key that a number stands for, if it is one of the integers that mawk keeps apart. */
export function integerKey(value: Value): string | undefined {
  return typeof value === "number" && isInt(value) && Math.abs(value) <= MAX_INT ? String(value) : undefined;
}
