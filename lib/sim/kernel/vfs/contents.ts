// The bytes of a regular file as sparse extents. A hole costs nothing, written zeros and preallocated space cost one extent, a copy
// (`fork`) shares all bytes with its original and pays for what changes later. Bytes may be lazy: known size, produced at first read.
// (More than 400 lines: one list of extents, whose order and ownership every operation keeps.)

import { concatBytes } from "../bytes.ts";

export const BLOCK_BYTES = 4096;
const LARGEST_EXTENT_BYTES = 1 << 20;
const SMALL_EXTENT_BYTES = 1 << 16;
/** Writes from that size on (disk images' clusters and tables) keep only what is not zero of them. */
const SMALLEST_SCANNED_BYTES = 1 << 14;
const SHORTEST_ZERO_RUN_BYTES = 1 << 13;
const EMPTY = new Uint8Array(0);

/** Bytes produced at first use; every copy of the file shares the one result. `load` must always give the same `sizeBytes` bytes. */
export class LazyBytes {
  readonly sizeBytes: number;
  #load: (() => Uint8Array) | undefined;
  #bytes: Uint8Array = EMPTY;

  constructor(sizeBytes: number, load: () => Uint8Array) {
    this.sizeBytes = sizeBytes;
    this.#load = load;
  }

  bytes(): Uint8Array {
    if (this.#load !== undefined) {
      this.#bytes = this.#load();
      if (this.#bytes.length !== this.sizeBytes) throw new Error(`lazy contents: ${this.#bytes.length} bytes, ${this.sizeBytes} promised`);
      this.#load = undefined;
    }
    return this.#bytes;
  }
}

interface Extent {
  start: number;
  length: number;
  /** "zeros" were written, "unwritten" were only allocated: both read as zeros and SEEK_DATA tells them apart. */
  data: Uint8Array | LazyBytes | "zeros" | "unwritten";
  /** `data` is a buffer of this file alone, perhaps longer than `length`: it may change in place. */
  owned: boolean;
}

/** A stretch of a file that is not a hole. */
export interface Piece {
  readonly start: number;
  readonly length: number;
  readonly data: Uint8Array | "zeros" | "unwritten";
}

export interface LazyPiece extends Omit<Piece, "data"> {
  readonly data: LazyBytes;
}

export class Contents {
  #sizeBytes = 0;
  /** Sorted, without overlap. */
  #extents: Extent[] = [];
  #allocatedBlocks = 0;

  /** The bytes are taken as they are: nobody may change them afterwards. */
  static of(bytes: Uint8Array | LazyBytes): Contents {
    const contents = new Contents();
    const length = bytes instanceof LazyBytes ? bytes.sizeBytes : bytes.length;
    if (length > 0) {
      contents.#extents = [{ start: 0, length, data: bytes, owned: false }];
      contents.#sizeBytes = length;
      contents.#allocatedBlocks = blocksOf(length);
    }
    return contents;
  }

  /** The bytes are taken as they are; pieces in order, without overlap. */
  static fromPieces(sizeBytes: number, pieces: readonly (Piece | LazyPiece)[]): Contents {
    const contents = new Contents();
    contents.#extents = pieces.map((piece) => ({ ...piece, owned: false }));
    contents.#sizeBytes = sizeBytes;
    contents.#recount();
    return contents;
  }

  *pieces(): Generator<Piece> {
    for (const extent of this.#extents) {
      yield { start: extent.start, length: extent.length, data: typeof extent.data === "string" ? extent.data : exactBytes(extent) };
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get allocatedBytes(): number {
    return this.#allocatedBlocks * BLOCK_BYTES;
  }

  /** JavaScript memory that this file alone keeps, about. */
  get ownedBytes(): number {
    let total = 0;
    for (const extent of this.#extents) if (extent.owned && extent.data instanceof Uint8Array) total += extent.data.length;
    return total;
  }

  /** Still the very bytes of `other`, of which it is a copy: nothing was written since. Bytes that only happen to be equal are not looked at. */
  isCopyOf(other: Contents): boolean {
    if (this.#sizeBytes !== other.#sizeBytes || this.#extents.length !== other.#extents.length) return false;
    return this.#extents.every((extent, at) => {
      const their = other.#extents[at];
      return their !== undefined && !extent.owned && !their.owned && extent.start === their.start && extent.length === their.length && extent.data === their.data;
    });
  }

  fork(): Contents {
    const copy = new Contents();
    copy.#sizeBytes = this.#sizeBytes;
    copy.#allocatedBlocks = this.#allocatedBlocks;
    copy.#extents = this.#extents.map((extent) => ({ ...extent, owned: false }));
    return copy;
  }

  /** After this, `this` may still be changed too: neither sees the other's later writes. */
  share(): Contents {
    for (const extent of this.#extents) extent.owned = false;
    return this.fork();
  }

  read(position: number, maxBytes: number): Uint8Array {
    const end = Math.min(this.#sizeBytes, position + maxBytes);
    if (end <= position) return EMPTY;
    const first = this.#indexAt(position);
    const only = this.#extents[first];
    if (only !== undefined && only.start <= position && end <= only.start + only.length && typeof only.data !== "string") {
      const bytes = bytesOf(only).subarray(position - only.start, end - only.start);
      return only.owned ? bytes.slice() : bytes;
    }
    const result = new Uint8Array(end - position);
    for (let i = first; i < this.#extents.length; i++) {
      const extent = this.#extents[i];
      if (extent === undefined || extent.start >= end) break;
      if (typeof extent.data === "string") continue;
      const from = Math.max(position, extent.start);
      const to = Math.min(end, extent.start + extent.length);
      result.set(bytesOf(extent).subarray(from - extent.start, to - extent.start), from - position);
    }
    return result;
  }

  /**
   * The bytes before the first hole or zeros, when they are few and belong to no file alone: the very array of the last call, so that what they say can be
   * kept by it. Undefined otherwise: read them.
   */
  sharedHead(maxBytes: number): Uint8Array | undefined {
    const [first, next] = this.#extents;
    if (first === undefined || first.start !== 0 || first.length > maxBytes || first.owned || !(first.data instanceof Uint8Array) || first.data.length !== first.length) return undefined;
    return next === undefined || next.start > first.length || typeof next.data === "string" ? first.data : undefined;
  }

  /** Blocks that a write there would newly allocate. */
  newBlocks(position: number, length: number): number {
    if (length <= 0) return 0;
    const firstBlock = Math.floor(position / BLOCK_BYTES);
    const endBlock = blocksOf(position + length);
    return endBlock - firstBlock - this.#allocatedBetween(firstBlock, endBlock);
  }

  write(position: number, bytes: Uint8Array): void {
    const length = bytes.length;
    if (length === 0) return;
    this.#allocatedBlocks += this.newBlocks(position, length);
    const end = position + length;
    const zeros = length >= BLOCK_BYTES && allZero(bytes);
    if (zeros ? !this.#growZeros(position, end) : !this.#writeInPlace(position, bytes) && !this.#appendTo(position, bytes)) {
      this.#clear(position, end);
      if (zeros) this.#insert({ start: position, length, data: "zeros", owned: false });
      else {
        for (const [from, to, empty] of length < SMALLEST_SCANNED_BYTES ? [[0, length, false] as const] : zeroRuns(bytes)) {
          if (empty) {
            this.#insert({ start: position + from, length: to - from, data: "zeros", owned: false });
            continue;
          }
          for (let at = from; at < to; at += LARGEST_EXTENT_BYTES) {
            const data = bytes.slice(at, Math.min(to, at + LARGEST_EXTENT_BYTES));
            this.#insert({ start: position + at, length: data.length, data, owned: true });
          }
        }
        this.#tidy();
      }
    }
    if (end > this.#sizeBytes) this.#sizeBytes = end;
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      this.#clear(sizeBytes, Number.MAX_SAFE_INTEGER);
      // ext4 clears the tail of the last block and keeps the block.
      this.#recount();
    }
    this.#sizeBytes = sizeBytes;
  }

  allocate(offset: number, length: number, mode: "allocate" | "keep-size" | "punch-hole" | "zero-range"): void {
    const end = offset + length;
    if (mode === "punch-hole" || mode === "zero-range") {
      this.#clear(offset, end);
      if (mode === "zero-range") this.#insert({ start: offset, length, data: "unwritten", owned: false });
      this.#recount();
      if (mode === "zero-range" && end > this.#sizeBytes) this.#sizeBytes = end;
      return;
    }
    this.#fillHoles(offset, end);
    this.#recount();
    if (mode === "allocate" && end > this.#sizeBytes) this.#sizeBytes = end;
  }

  /** Undefined past the end (ENXIO). The end of the file is a hole. */
  seek(offset: number, kind: "data" | "hole"): number | undefined {
    if (offset < 0 || offset >= this.#sizeBytes) return undefined;
    let at = offset;
    for (let i = this.#indexAt(offset); i < this.#extents.length; i++) {
      const extent = this.#extents[i];
      if (extent === undefined || extent.start >= this.#sizeBytes) break;
      if (extent.data === "unwritten") continue;
      if (kind === "data") return Math.max(offset, floorBlock(extent.start));
      if (floorBlock(extent.start) > at) return at;
      at = Math.max(at, ceilBlock(extent.start + extent.length));
    }
    return kind === "data" ? undefined : Math.min(at, this.#sizeBytes);
  }

  /** Index of the first extent that ends after `position`. */
  #indexAt(position: number): number {
    let low = 0;
    let high = this.#extents.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const extent = this.#extents[middle];
      if (extent !== undefined && extent.start + extent.length <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #allocatedBetween(firstBlock: number, endBlock: number): number {
    let counted = 0;
    let next = firstBlock;
    for (let i = this.#indexAt(firstBlock * BLOCK_BYTES); i < this.#extents.length; i++) {
      const extent = this.#extents[i];
      if (extent === undefined) break;
      const from = Math.max(next, Math.floor(extent.start / BLOCK_BYTES));
      if (from >= endBlock) break;
      const to = Math.min(endBlock, blocksOf(extent.start + extent.length));
      if (to > from) {
        counted += to - from;
        next = to;
      }
    }
    return counted;
  }

  #recount(): void {
    this.#allocatedBlocks = this.#allocatedBetween(0, Number.MAX_SAFE_INTEGER);
  }

  #writeInPlace(position: number, bytes: Uint8Array): boolean {
    const last = this.#extents.length - 1;
    const tail = this.#extents[last];
    if (tail === undefined) return false;
    const end = position + bytes.length;
    const extent = position >= tail.start ? tail : this.#extents[this.#indexAt(position)];
    if (extent === undefined || !extent.owned || !(extent.data instanceof Uint8Array)) return false;
    if (position < extent.start || position > extent.start + extent.length) return false;
    if (end <= extent.start + extent.length) {
      extent.data.set(bytes, position - extent.start);
      return true;
    }
    const needed = end - extent.start;
    if (extent !== tail || needed > LARGEST_EXTENT_BYTES) return false;
    if (needed > extent.data.length) {
      const grown = new Uint8Array(Math.min(LARGEST_EXTENT_BYTES, Math.max(needed, extent.data.length * 2)));
      grown.set(extent.data.subarray(0, extent.length));
      extent.data = grown;
    }
    extent.data.set(bytes, position - extent.start);
    extent.length = needed;
    return true;
  }

  /** A small write right behind a small piece, where a hole or allocated space follows: the piece grows. Journals and databases write like that. */
  #appendTo(position: number, bytes: Uint8Array): boolean {
    const before = this.#extents[this.#indexAt(position) - 1];
    if (before === undefined || !before.owned || !(before.data instanceof Uint8Array) || before.start + before.length !== position) return false;
    const length = before.length + bytes.length;
    if (length > SMALL_EXTENT_BYTES) return false;
    this.#clear(position, position + bytes.length);
    if (length > before.data.length) {
      const grown = new Uint8Array(length + (length >> 2));
      grown.set(before.data.subarray(0, before.length));
      before.data = grown;
    }
    before.data.set(bytes, before.length);
    before.length = length;
    return true;
  }

  #growZeros(position: number, end: number): boolean {
    const tail = this.#extents[this.#extents.length - 1];
    if (tail === undefined || tail.data !== "zeros" || tail.start + tail.length !== position) return false;
    tail.length = end - tail.start;
    return true;
  }

  #insert(extent: Extent): void {
    const at = this.#indexAt(extent.start);
    const before = this.#extents[at - 1];
    if (typeof extent.data === "string" && before !== undefined && before.data === extent.data && before.start + before.length === extent.start) {
      before.length += extent.length;
      return;
    }
    if (at === this.#extents.length) this.#extents.push(extent);
    else this.#extents.splice(at, 0, extent);
  }

  /** Leaves a hole there. */
  #clear(from: number, to: number): void {
    const first = this.#indexAt(from);
    const replacement: Extent[] = [];
    let i = first;
    for (; i < this.#extents.length; i++) {
      const extent = this.#extents[i];
      if (extent === undefined || extent.start >= to) break;
      const end = extent.start + extent.length;
      if (extent.start < from) replacement.push(part(extent, extent.start, from));
      if (end > to) replacement.push(part(extent, to, end));
    }
    if (i > first) this.#extents.splice(first, i - first, ...replacement);
  }

  #fillHoles(from: number, to: number): void {
    const holes: [number, number][] = [];
    let at = from;
    for (let i = this.#indexAt(from); i < this.#extents.length; i++) {
      const extent = this.#extents[i];
      if (extent === undefined || extent.start >= to) break;
      if (extent.start > at) holes.push([at, extent.start]);
      at = Math.max(at, extent.start + extent.length);
    }
    if (at < to) holes.push([at, to]);
    for (const [start, end] of holes) this.#insert({ start, length: end - start, data: "unwritten", owned: false });
  }

  /** Many small neighbours become one extent, so that random writes stay cheap to find and to read. */
  #tidy(): void {
    const count = this.#extents.length;
    if (count < 64 || (count & (count - 1)) !== 0) return;
    const merged: Extent[] = [];
    let run: Extent[] = [];
    let runBytes = 0;
    const flush = (): void => {
      const [only] = run;
      if (only !== undefined && run.length === 1) merged.push(only);
      else if (only !== undefined) merged.push({ start: only.start, length: runBytes, data: concatBytes(run.map(exactBytes)), owned: true });
      run = [];
      runBytes = 0;
    };
    for (const extent of this.#extents) {
      const previous = run[run.length - 1];
      const small = extent.data instanceof Uint8Array && extent.length < 65536;
      if (!small || runBytes + extent.length > LARGEST_EXTENT_BYTES || (previous !== undefined && previous.start + previous.length !== extent.start)) flush();
      if (small) {
        run.push(extent);
        runBytes += extent.length;
      } else merged.push(extent);
    }
    flush();
    this.#extents = merged;
  }
}

function blocksOf(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES);
}

function floorBlock(offset: number): number {
  return offset - (offset % BLOCK_BYTES);
}

function ceilBlock(offset: number): number {
  return blocksOf(offset) * BLOCK_BYTES;
}

function bytesOf(extent: Extent): Uint8Array {
  if (extent.data instanceof LazyBytes) return extent.data.bytes();
  return typeof extent.data === "string" ? EMPTY : extent.data;
}

function exactBytes(extent: Extent): Uint8Array {
  return bytesOf(extent).subarray(0, extent.length);
}

/** A view of a part: the buffer is shared, so it may no longer change in place. */
function part(extent: Extent, from: number, to: number): Extent {
  const data = typeof extent.data === "string" ? extent.data : bytesOf(extent).subarray(from - extent.start, to - extent.start);
  return { start: from, length: to - from, data, owned: false };
}

/** The whole in stretches; long ones of zero blocks are told apart. */
export function zeroRuns(bytes: Uint8Array): readonly (readonly [from: number, to: number, empty: boolean])[] {
  const runs: [number, number, boolean][] = [];
  let from = 0;
  let zeroFrom = 0;
  const close = (at: number): void => {
    if (at - zeroFrom < SHORTEST_ZERO_RUN_BYTES) return;
    if (zeroFrom > from) runs.push([from, zeroFrom, false]);
    runs.push([zeroFrom, at, true]);
    from = at;
  };
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const next = Math.min(bytes.length, at + BLOCK_BYTES);
    if (allZero(bytes.subarray(at, next))) continue;
    close(at);
    zeroFrom = next;
  }
  close(bytes.length);
  if (from < bytes.length) runs.push([from, bytes.length, false]);
  return runs;
}

function allZero(bytes: Uint8Array): boolean {
  const length = bytes.length;
  const head = Math.min(length, (4 - (bytes.byteOffset & 3)) & 3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (length - head) >> 2);
  for (let i = 0; i < head; i++) if (bytes[i] !== 0) return false;
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
  for (let i = head + words.length * 4; i < length; i++) if (bytes[i] !== 0) return false;
  return true;
}
