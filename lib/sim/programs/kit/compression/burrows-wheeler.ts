// The rotations of a block in sorted order, by doubling: ranks of the first 2 bytes, then of 2, 4, 8… until all differ.

import type { Blocking } from "../../../kernel/sys.ts";

/** Charges that many steps, and lets others run. */
export type Pay = (steps: number) => Blocking<void>;

export interface Sorted {
  /** the last byte of every rotation in order */
  readonly last: Uint8Array;
  /** where the block itself stands among them */
  readonly origin: number;
}

export function* sortRotations(block: Uint8Array, pay: Pay): Blocking<Sorted> {
  const length = block.length;
  const ranks = new Uint32Array(length);
  const order = sortByTwoBytes(block, ranks);
  const keys = new Uint32Array(length);
  for (let step = 2; step < length; step *= 2) {
    // Groups of equal rank are sorted by the rank of what comes `step` further on; a rank is the place of its group's end.
    let ordered = true;
    let split = false;
    let from = 0;
    let work = 0;
    while (from < length) {
      const to = (ranks[order[from] ?? 0] ?? 0) + 1;
      work += to - from;
      if (work > PAID_AT_ONCE) {
        yield* pay(work >> 4);
        work = 0;
      }
      if (to - from > 1) {
        ordered = false;
        for (let i = from; i < to; i++) {
          const at = (order[i] ?? 0) + step;
          keys[order[i] ?? 0] = ranks[at >= length ? at % length : at] ?? 0;
        }
        if (to - from < SMALL_GROUP) order.subarray(from, to).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
        else sortByKeys(order.subarray(from, to), keys, length);
      }
      from = to;
    }
    if (ordered) break;
    from = 0;
    while (from < length) {
      const to = (ranks[order[from] ?? 0] ?? 0) + 1;
      let end = to - 1;
      if (to - from > 1) {
        for (let i = to - 1; i >= from; i--) {
          const here = order[i] ?? 0;
          if (i < to - 1 && keys[here] !== keys[order[i + 1] ?? 0]) {
            end = i;
            split = true;
          }
          ranks[here] = end;
        }
      }
      from = to;
    }
    // what is equal over twice the length is equal for ever: the block repeats itself
    if (!split) break;
  }
  const last = new Uint8Array(length);
  let origin = 0;
  for (let i = 0; i < length; i++) {
    const start = order[i] ?? 0;
    if (start === 0) origin = i;
    last[i] = block[start === 0 ? length - 1 : start - 1] ?? 0;
  }
  return { last, origin };
}

const SMALL_GROUP = 64;
/** places looked at between two payments */
const PAID_AT_ONCE = 16384;

/** Numbers that hold key and element sort without a comparison function: many times faster. */
function sortByKeys(group: Uint32Array, keys: Uint32Array, length: number): void {
  const combined = Float64Array.from(group, (element) => (keys[element] ?? 0) * length + element).sort();
  for (let i = 0; i < group.length; i++) group[i] = (combined[i] ?? 0) % length;
}

function sortByTwoBytes(block: Uint8Array, ranks: Uint32Array): Uint32Array {
  const length = block.length;
  const starts = new Uint32Array(65537);
  const pair = (i: number): number => ((block[i] ?? 0) << 8) | (block[i + 1 === length ? 0 : i + 1] ?? 0);
  for (let i = 0; i < length; i++) {
    const key = pair(i) + 1;
    starts[key] = (starts[key] ?? 0) + 1;
  }
  for (let key = 0; key < 65536; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const order = new Uint32Array(length);
  const next = starts.slice();
  for (let i = 0; i < length; i++) {
    const key = pair(i);
    const place = next[key] ?? 0;
    next[key] = place + 1;
    order[place] = i;
    ranks[i] = (starts[key + 1] ?? 0) - 1;
  }
  return order;
}
