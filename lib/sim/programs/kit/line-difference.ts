// Where two sequences of lines differ: Myers's O(ND) algorithm in linear space, then the runs of changes are moved as GNU diff moves them
// (towards each other, else as late as possible), so that hunks come out the same. A generator: it charges and can be interrupted.

import type { Blocking, Sys } from "../../kernel/sys.ts";

export interface Change {
  /** first line, 0-based, and how many are deleted from the first sequence */
  readonly from: number;
  readonly deleted: number;
  /** first line and how many are inserted from the second one */
  readonly to: number;
  readonly inserted: number;
}

/** The sequences are numbers: equal lines have equal numbers. */
export function* lineChanges(sys: Sys, a: Int32Array, b: Int32Array): Blocking<Change[]> {
  const comparison = new Comparison(sys, a, b);
  yield* comparison.run();
  return comparison.changes();
}

/** Which lines of each sequence have no partner in the other: 1 at their places. Runs stay where the comparison found them, for those who move them otherwise. */
export function* unpairedLines(sys: Sys, a: Int32Array, b: Int32Array): Blocking<readonly [Uint8Array, Uint8Array]> {
  const comparison = new Comparison(sys, a, b);
  yield* comparison.compare();
  return comparison.unpaired();
}

/** Numbers for lines: equal keys, equal numbers. */
export function* numberLines(sys: Sys, a: readonly string[], b: readonly string[]): Blocking<readonly [Int32Array, Int32Array]> {
  const numbers = new Map<string, number>();
  const numbered = function* (keys: readonly string[]): Blocking<Int32Array> {
    const out = new Int32Array(keys.length);
    for (let at = 0; at < keys.length; ) {
      const end = Math.min(keys.length, at + PIECE_LINES);
      if (sys.charge((end - at) >> 2)) yield* sys.preempt();
      for (; at < end; at++) {
        const key = keys[at] ?? "";
        let known = numbers.get(key);
        if (known === undefined) {
          known = numbers.size;
          numbers.set(key, known);
        }
        out[at] = known;
      }
    }
    return out;
  };
  return [yield* numbered(a), yield* numbered(b)];
}

/** Lines that are looked at between two chances for others. */
const PIECE_LINES = 4096;

class Comparison {
  readonly #sys: Sys;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  /** 1 = changed; index + 1, so that both ends have a sentinel */
  readonly #changedA: Uint8Array;
  readonly #changedB: Uint8Array;
  // The lines that occur on both sides, and where they were.
  #xs = new Int32Array(0);
  #ys = new Int32Array(0);
  #xPlace = new Int32Array(0);
  #yPlace = new Int32Array(0);
  #forward = new Int32Array(0);
  #backward = new Int32Array(0);
  #zero = 0;
  #work = 0;

  constructor(sys: Sys, a: Int32Array, b: Int32Array) {
    this.#sys = sys;
    this.#a = a;
    this.#b = b;
    this.#changedA = new Uint8Array(a.length + 2);
    this.#changedB = new Uint8Array(b.length + 2);
  }

  *run(): Blocking<void> {
    yield* this.compare();
    this.#shift(this.#changedA, this.#changedB, this.#a);
    if (this.#sys.charge(this.#a.length >> 4)) yield* this.#sys.preempt();
    this.#shift(this.#changedB, this.#changedA, this.#b);
  }

  unpaired(): readonly [Uint8Array, Uint8Array] {
    return [this.#changedA.slice(1, -1), this.#changedB.slice(1, -1)];
  }

  *compare(): Blocking<void> {
    const [a, b] = [this.#a, this.#b];
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    let [endA, endB] = [a.length, b.length];
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
      endA--;
      endB--;
    }
    // lines have small numbers: a table says which side has them
    let largest = 0;
    for (const numbers of [a, b]) for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, numbers[i] ?? 0);
    const inA = yield* this.#presence(a, start, endA, largest);
    const inB = yield* this.#presence(b, start, endB, largest);
    [this.#xPlace, this.#xs] = yield* this.#partners(a, start, endA, inB, this.#changedA);
    [this.#yPlace, this.#ys] = yield* this.#partners(b, start, endB, inA, this.#changedB);
    const diagonals = this.#xs.length + this.#ys.length + 3;
    this.#forward = new Int32Array(diagonals);
    this.#backward = new Int32Array(diagonals);
    this.#zero = this.#ys.length + 1;
    yield* this.#compare(0, this.#xs.length, 0, this.#ys.length);
  }

  *#presence(lines: Int32Array, from: number, to: number, largest: number): Blocking<Uint8Array> {
    const present = new Uint8Array(largest + 1);
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + PIECE_LINES);
      if (this.#sys.charge((end - at) >> 4)) yield* this.#sys.preempt();
      for (; at < end; at++) present[lines[at] ?? 0] = 1;
    }
    return present;
  }

  /** The lines that the other side has, too: their places and their numbers. The others are changed. */
  *#partners(lines: Int32Array, from: number, to: number, inOther: Uint8Array, changed: Uint8Array): Blocking<readonly [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>]> {
    const places = new Int32Array(Math.max(0, to - from));
    const numbers = new Int32Array(places.length);
    let count = 0;
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + PIECE_LINES);
      if (this.#sys.charge((end - at) >> 5)) yield* this.#sys.preempt();
      for (; at < end; at++) {
        const number = lines[at] ?? 0;
        if (inOther[number] === 1) {
          places[count] = at;
          numbers[count++] = number;
        } else changed[at + 1] = 1;
      }
    }
    return [places.subarray(0, count), numbers.subarray(0, count)];
  }

  *#compare(xFrom: number, xTo: number, yFrom: number, yTo: number): Blocking<void> {
    const [xs, ys] = [this.#xs, this.#ys];
    let [xLow, xHigh, yLow, yHigh] = [xFrom, xTo, yFrom, yTo];
    while (xLow < xHigh && yLow < yHigh && xs[xLow] === ys[yLow]) {
      xLow++;
      yLow++;
    }
    while (xLow < xHigh && yLow < yHigh && xs[xHigh - 1] === ys[yHigh - 1]) {
      xHigh--;
      yHigh--;
    }
    if (xLow === xHigh) {
      for (; yLow < yHigh; yLow++) this.#changedB[(this.#yPlace[yLow] ?? 0) + 1] = 1;
      return;
    }
    if (yLow === yHigh) {
      for (; xLow < xHigh; xLow++) this.#changedA[(this.#xPlace[xLow] ?? 0) + 1] = 1;
      return;
    }
    const [xMiddle, yMiddle] = yield* this.#middle(xLow, xHigh, yLow, yHigh);
    if (this.#sys.charge(1 + (this.#work >> 7))) yield* this.#sys.preempt();
    this.#work = 0;
    yield* this.#compare(xLow, xMiddle, yLow, yMiddle);
    yield* this.#compare(xMiddle, xHigh, yMiddle, yHigh);
  }

  /** A point on a shortest path, found from both ends at once. */
  *#middle(xLow: number, xHigh: number, yLow: number, yHigh: number): Blocking<readonly [number, number]> {
    const [xs, ys, forward, backward, zero] = [this.#xs, this.#ys, this.#forward, this.#backward, this.#zero];
    const lowest = xLow - yHigh;
    const highest = xHigh - yLow;
    const forwardMiddle = xLow - yLow;
    const backwardMiddle = xHigh - yHigh;
    let [forwardMin, forwardMax, backwardMin, backwardMax] = [forwardMiddle, forwardMiddle, backwardMiddle, backwardMiddle];
    const odd = ((forwardMiddle - backwardMiddle) & 1) !== 0;
    forward[zero + forwardMiddle] = xLow;
    backward[zero + backwardMiddle] = xHigh;
    for (;;) {
      if (this.#work > 1 << 14) {
        const work = this.#work;
        this.#work = 0;
        if (this.#sys.charge(work >> 6)) yield* this.#sys.preempt();
      }
      if (forwardMin > lowest) forward[zero + --forwardMin - 1] = -1;
      else forwardMin++;
      if (forwardMax < highest) forward[zero + ++forwardMax + 1] = -1;
      else forwardMax--;
      for (let d = forwardMax; d >= forwardMin; d -= 2) {
        const low = forward[zero + d - 1] ?? 0;
        const high = forward[zero + d + 1] ?? 0;
        let x = low < high ? high : low + 1;
        let y = x - d;
        const first = x;
        while (x < xHigh && y < yHigh && xs[x] === ys[y]) {
          x++;
          y++;
        }
        this.#work += 1 + x - first;
        forward[zero + d] = x;
        if (odd && backwardMin <= d && d <= backwardMax && (backward[zero + d] ?? 0) <= x) return [x, y];
      }
      if (backwardMin > lowest) backward[zero + --backwardMin - 1] = 0x7fffffff;
      else backwardMin++;
      if (backwardMax < highest) backward[zero + ++backwardMax + 1] = 0x7fffffff;
      else backwardMax--;
      for (let d = backwardMax; d >= backwardMin; d -= 2) {
        const low = backward[zero + d - 1] ?? 0;
        const high = backward[zero + d + 1] ?? 0;
        let x = low < high ? low : high - 1;
        let y = x - d;
        const first = x;
        while (xLow < x && yLow < y && xs[x - 1] === ys[y - 1]) {
          x--;
          y--;
        }
        this.#work += 1 + first - x;
        backward[zero + d] = x;
        if (!odd && forwardMin <= d && d <= forwardMax && x <= (forward[zero + d] ?? 0)) return [x, y];
      }
    }
  }

  /** Moves each run of changes back and forth over equal lines: runs that meet are merged, and a run stays where the other side has one too. */
  #shift(changed: Uint8Array, other: Uint8Array, lines: Int32Array): void {
    const end = lines.length;
    let i = 0;
    let j = 0;
    const isChanged = (at: number) => changed[at + 1] === 1;
    const otherChanged = (at: number) => other[at + 1] === 1;
    for (;;) {
      while (i < end && !isChanged(i)) {
        while (otherChanged(j++)) { /* past the other side's run */ }
        i++;
      }
      if (i === end) return;
      let start = i;
      while (isChanged(++i)) { /* to the run's end */ }
      while (otherChanged(j)) j++;
      let length: number;
      let corresponding: number;
      do {
        length = i - start;
        while (start > 0 && lines[start - 1] === lines[i - 1]) {
          changed[--start + 1] = 1;
          changed[--i + 1] = 0;
          while (isChanged(start - 1)) start--;
          while (otherChanged(--j)) { /* over its run */ }
        }
        corresponding = otherChanged(j - 1) ? i : end;
        while (i !== end && lines[start] === lines[i]) {
          changed[start++ + 1] = 0;
          changed[i++ + 1] = 1;
          while (isChanged(i)) i++;
          while (otherChanged(++j)) corresponding = i;
        }
      } while (length !== i - start);
      while (corresponding < i) {
        changed[--start + 1] = 1;
        changed[--i + 1] = 0;
        while (otherChanged(--j)) { /* over its run */ }
      }
    }
  }

  changes(): Change[] {
    const result: Change[] = [];
    let [i, j] = [0, 0];
    while (i < this.#a.length || j < this.#b.length) {
      if (this.#changedA[i + 1] || this.#changedB[j + 1]) {
        const [from, to] = [i, j];
        while (this.#changedA[i + 1]) i++;
        while (this.#changedB[j + 1]) j++;
        result.push({ from, deleted: i - from, to, inserted: j - to });
      }
      i++;
      j++;
    }
    return result;
  }
}
