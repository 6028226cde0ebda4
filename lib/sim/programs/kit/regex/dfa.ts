// A deterministic automaton made lazily from an NFA, over classes of code points that the pattern cannot tell apart. A state is the set of NFA
// nodes reached, before assertions are looked at, and what stood before; a transition looks at the coming character's class (or the end), follows
// the assertions that hold there, notes whether the NFA accepts at this position, and steps. So one table look-up a character does all.

import type { AssertionName } from "./ast.ts";
import { type CharSet, has, wordSet } from "./char-set.ts";
import { type Nfa, NfaKind } from "./nfa.ts";

/** What stands beside a position. */
const EDGE = 0;
const NEWLINE = 1;
const WORD = 2;
const OTHER = 3;
type Side = 0 | 1 | 2 | 3;

const STATE_LIMIT = 3000;
const DEAD = 0;

export class Dfa {
  readonly #nfa: Nfa;
  readonly #unanchored: boolean;
  readonly #reverse: boolean;
  readonly #usesSides: boolean;
  readonly #classes: Classes;
  readonly #stride: number;
  #transitions: Int32Array;
  #cores: (readonly number[])[] = [];
  #sides: Side[] = [];
  #byKey = new Map<string, number>();
  #starts: (number | undefined)[] = [];
  readonly #mark: Int32Array;
  #generation = 0;
  /** Characters looked at so far: the caller charges for them. */
  work = 0;

  constructor(nfa: Nfa, classes: Classes, options: { readonly unanchored: boolean; readonly reverse: boolean }) {
    this.#nfa = nfa;
    this.#classes = classes;
    this.#unanchored = options.unanchored;
    this.#reverse = options.reverse;
    this.#usesSides = nfa.assertions.length > 0;
    this.#stride = classes.count + 1;
    this.#transitions = new Int32Array(this.#stride * 16).fill(-1);
    this.#mark = new Int32Array(nfa.kinds.length);
    this.#clear();
  }

  #clear(): void {
    this.#cores = [];
    this.#sides = [];
    this.#byKey = new Map();
    this.#starts = [];
    this.#transitions.fill(-1);
    this.#intern([], OTHER);
  }

  #intern(core: readonly number[], side: Side): number {
    const key = `${side}:${core.join()}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const id = this.#cores.length;
    this.#cores.push(core);
    this.#sides.push(side);
    this.#byKey.set(key, id);
    if ((id + 1) * this.#stride > this.#transitions.length) {
      const grown = new Int32Array(this.#transitions.length * 2).fill(-1);
      grown.set(this.#transitions);
      this.#transitions = grown;
    }
    return id;
  }

  #start(side: Side): number {
    const which = this.#usesSides ? side : OTHER;
    let state = this.#starts[which];
    if (state === undefined) {
      state = this.#intern([this.#nfa.start], which);
      this.#starts[which] = state;
    }
    return state;
  }

  /** (target state << 1) | accepts here. */
  #transition(state: number, characterClass: number): number {
    const core = this.#cores[state] ?? [];
    this.work += 200 + 20 * core.length;
    const before = this.#sides[state] ?? OTHER;
    const after = this.#classes.side(characterClass);
    const { kinds, operands, next, other, assertions } = this.#nfa;
    const members = this.#classes.members;
    const generation = ++this.#generation;
    const stack = [...core];
    const reached: number[] = [];
    let accepts = 0;
    while (stack.length > 0) {
      const node = stack.pop() ?? 0;
      if (this.#mark[node] === generation) continue;
      this.#mark[node] = generation;
      switch (kinds[node]) {
        case NfaKind.CHARACTER:
          if (members[operands[node] ?? 0]?.[characterClass]) reached.push(next[node] ?? 0);
          break;
        case NfaKind.SPLIT:
          stack.push(other[node] ?? 0, next[node] ?? 0);
          break;
        case NfaKind.ASSERT: {
          const name = assertions[operands[node] ?? 0];
          if (name && (this.#reverse ? holds(name, after, before) : holds(name, before, after))) stack.push(next[node] ?? 0);
          break;
        }
        case NfaKind.MATCH:
          accepts = 1;
          break;
      }
    }
    let target = DEAD;
    if (characterClass < this.#classes.count) {
      if (this.#unanchored) reached.push(this.#nfa.start);
      if (reached.length > 0) {
        if (this.#cores.length >= STATE_LIMIT) this.#clear();
        target = this.#intern(sortedUnique(reached), this.#usesSides ? after : OTHER);
      }
    }
    const value = (target << 1) | accepts;
    // After a clear the source state is gone: its row then belongs to nobody yet.
    if (state < this.#cores.length && this.#cores[state] === core) this.#transitions[state * this.#stride + characterClass] = value;
    return value;
  }

  /** Where the first match that begins at or after `from` to end ends (not the leftmost match's end); -1 without a match. */
  findFirstEnd(text: string, from: number, end: number, notLineStart: boolean): number {
    const table = this.#classes.table;
    const stride = this.#stride;
    let state = this.#start(this.#sideBefore(text, from, notLineStart));
    let i = from;
    for (; i < end; i++) {
      const c = text.charCodeAt(i);
      let step = 1;
      let characterClass: number;
      if (c < 128) characterClass = table[c] ?? 0;
      else {
        const point = text.codePointAt(i) ?? 0;
        if (point > 0xffff) step = 2;
        characterClass = this.#classes.of(point);
      }
      let value = this.#transitions[state * stride + characterClass] ?? -1;
      if (value < 0) value = this.#transition(state, characterClass);
      if (value & 1) {
        this.work += i - from + 1;
        return i;
      }
      state = value >> 1;
      if (state === DEAD) {
        this.work += i - from + 1;
        return -1;
      }
      if (step === 2) i++;
    }
    this.work += i - from + 1;
    return this.#transition1(state, this.#classes.count) & 1 ? end : -1;
  }

  #transition1(state: number, characterClass: number): number {
    const value = this.#transitions[state * this.#stride + characterClass] ?? -1;
    return value < 0 ? this.#transition(state, characterClass) : value;
  }

  /** The end of the longest match that begins at `from`; -1 without one. */
  longestFrom(text: string, from: number, end: number, notLineStart: boolean): number {
    const table = this.#classes.table;
    const stride = this.#stride;
    let state = this.#start(this.#sideBefore(text, from, notLineStart));
    let last = -1;
    let i = from;
    for (; i < end; i++) {
      const c = text.charCodeAt(i);
      let step = 1;
      let characterClass: number;
      if (c < 128) characterClass = table[c] ?? 0;
      else {
        const point = text.codePointAt(i) ?? 0;
        if (point > 0xffff) step = 2;
        characterClass = this.#classes.of(point);
      }
      let value = this.#transitions[state * stride + characterClass] ?? -1;
      if (value < 0) value = this.#transition(state, characterClass);
      if (value & 1) last = i;
      state = value >> 1;
      if (state === DEAD) {
        this.work += i - from + 1;
        return last;
      }
      if (step === 2) i++;
    }
    this.work += i - from + 1;
    return this.#transition1(state, this.#classes.count) & 1 ? end : last;
  }

  /** For a reverse automaton: marks in `starts` every position of [from, end] at which some match of the text begins. */
  markStarts(text: string, from: number, end: number, notLineStart: boolean, starts: Uint8Array): void {
    let state = this.#start(EDGE);
    let i = end;
    while (i > from) {
      let point = text.charCodeAt(i - 1);
      let step = 1;
      if (point >= 0xdc00 && point <= 0xdfff && i - 2 >= from) {
        const whole = text.codePointAt(i - 2) ?? 0;
        if (whole > 0xffff) {
          point = whole;
          step = 2;
        }
      }
      const value = this.#transition1(state, this.#classes.of(point));
      if (value & 1) starts[i - from] = 1;
      state = value >> 1;
      if (state === DEAD) return;
      i -= step;
    }
    this.work += end - from + 1;
    const before = this.#sideBefore(text, from, notLineStart);
    const beforeClass = before === EDGE ? this.#classes.count : this.#classes.of(text.codePointAt(from - 1) ?? 0);
    if (this.#transition1(state, beforeClass) & 1) starts[0] = 1;
  }

  #sideBefore(text: string, at: number, notLineStart: boolean): Side {
    if (!this.#usesSides) return OTHER;
    if (at === 0) return notLineStart ? OTHER : EDGE;
    let point = text.charCodeAt(at - 1);
    if (point >= 0xdc00 && point <= 0xdfff && at >= 2) point = text.codePointAt(at - 2) ?? point;
    return this.#classes.side(this.#classes.of(point));
  }
}

function sortedUnique(nodes: readonly number[]): number[] {
  const sorted = nodes.toSorted((a, b) => a - b);
  return sorted.filter((node, i) => i === 0 || node !== sorted[i - 1]);
}

function holds(name: AssertionName, before: Side, after: Side): boolean {
  switch (name) {
    case "line-start":
      return before === EDGE || before === NEWLINE;
    case "line-end":
      return after === EDGE || after === NEWLINE;
    case "text-start":
      return before === EDGE;
    case "text-end":
    case "text-end-or-newline":
      return after === EDGE;
    case "word-boundary":
      return (before === WORD) !== (after === WORD);
    case "no-word-boundary":
      return (before === WORD) === (after === WORD);
    case "word-start":
      return before !== WORD && after === WORD;
    case "word-end":
      return before === WORD && after !== WORD;
    case "no-word-before":
      return before !== WORD;
    case "no-word-after":
      return after !== WORD;
  }
}

/** The partition of all code points into classes that no set of the pattern divides. The class `count` stands for the end of the text. */
export class Classes {
  readonly count: number;
  /** for ASCII */
  readonly table: Uint16Array;
  /** set index -> class -> 1 when inside */
  readonly members: readonly Uint8Array[];
  readonly #bounds: readonly number[];
  readonly #ids: readonly number[];
  readonly #sideOf: Side[] = [];

  constructor(nfa: Nfa) {
    const words: CharSet = nfa.assertions.length > 0 ? wordSet() : [];
    const all: readonly CharSet[] = [...nfa.sets, words, [10, 10]];
    const bounds = new Set<number>([0]);
    for (const set of all) {
      for (let i = 0; i < set.length; i += 2) {
        bounds.add(set[i] ?? 0);
        bounds.add((set[i + 1] ?? 0) + 1);
      }
    }
    const sorted = [...bounds].sort((a, b) => a - b);
    const signatures = sorted.map(() => "");
    const index = new Map(sorted.map((bound, i) => [bound, i]));
    all.forEach((set, number) => {
      for (let i = 0; i < set.length; i += 2) {
        const last = index.get((set[i + 1] ?? 0) + 1) ?? sorted.length;
        for (let at = index.get(set[i] ?? 0) ?? 0; at < last; at++) signatures[at] += `${number},`;
      }
    });
    const ids = new Map<string, number>();
    const representatives: number[] = [];
    this.#ids = signatures.map((signature, i) => {
      let id = ids.get(signature);
      if (id === undefined) {
        id = ids.size;
        ids.set(signature, id);
        representatives.push(sorted[i] ?? 0);
      }
      return id;
    });
    this.#bounds = sorted;
    this.count = representatives.length;
    this.members = nfa.sets.map((set) => Uint8Array.from([...representatives.map((point) => (has(set, point) ? 1 : 0)), 0]));
    this.#sideOf = representatives.map((point) => (point === 10 ? NEWLINE : has(words, point) ? WORD : OTHER));
    this.table = new Uint16Array(128);
    for (let c = 0; c < 128; c++) this.table[c] = this.#search(c);
  }

  of(codePoint: number): number {
    return codePoint < 128 ? (this.table[codePoint] ?? 0) : this.#search(codePoint);
  }

  #search(codePoint: number): number {
    let low = 0;
    let high = this.#bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#bounds[middle] ?? 0) <= codePoint) low = middle;
      else high = middle - 1;
    }
    return this.#ids[low] ?? 0;
  }

  side(characterClass: number): Side {
    return characterClass === this.count ? EDGE : (this.#sideOf[characterClass] ?? OTHER);
  }
}
