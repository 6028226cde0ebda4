// The files of a mounted file system on a device where it matters which bytes are written (snapshots, thin volumes, ciphers): each file's data keep
// their place on the device from one writing to the next, behind the room that inode tables and journal have, and only what changed is written.
import { decode } from "../bytes.ts";
import { Contents } from "../vfs/contents.ts";
import type { MemoryFileSystem } from "../vfs/memory-file-system.ts";
import { type BlockDevice, fillDevice } from "./block-device.ts";
import { exportTree } from "./tree-image.ts";

const BLOCK_BYTES = 4096;
const STEP_BYTES = 1 << 20;

/** [first block of the file, blocks, first block on the device] */
type Run = readonly [start: number, count: number, at: number];

interface PlacedFile {
  runs: readonly Run[];
  changedUs: number;
}

export class PlacedTree {
  readonly #device: BlockDevice;
  readonly #textOffset: number;
  readonly #firstBlock: number;
  readonly #textRoomBytes: number;
  #files = new Map<number, PlacedFile>();
  /** free stretches of the device in order: [first block, count] */
  #free: (readonly [number, number])[];

  /** The text lies between `textOffset` and `overheadBytes`, the data behind. `loaded`: a file system that was written by one of these before, with the length of its text. */
  constructor(device: BlockDevice, textOffset: number, overheadBytes: number, loaded: MemoryFileSystem | undefined, textBytes: number) {
    this.#device = device;
    this.#textOffset = textOffset;
    this.#firstBlock = Math.max(2, Math.ceil(overheadBytes / BLOCK_BYTES));
    this.#textRoomBytes = this.#firstBlock * BLOCK_BYTES - textOffset;
    this.#free = [[this.#firstBlock, Math.floor(device.sizeBytes / BLOCK_BYTES) - this.#firstBlock]];
    if (loaded !== undefined) this.#remember(device.read(textOffset, textBytes), loaded);
  }

  #remember(text: Uint8Array, fs: MemoryFileSystem): void {
    const { records }: { readonly records: readonly (readonly unknown[])[] } = JSON.parse(decode(text));
    for (const record of records) {
      const ino = Number(record[0]);
      const body: unknown = record[15];
      if (!Array.isArray(body) || body[0] !== "f") continue;
      const extents: readonly (readonly number[])[] = body[2];
      const runs: Run[] = [];
      for (const [start = 0, length = 0, , at] of extents) {
        if (at === undefined) continue;
        const first = Math.floor(start / BLOCK_BYTES);
        runs.push([first, Math.ceil((start + length) / BLOCK_BYTES) - first, Math.floor(at / BLOCK_BYTES)]);
      }
      for (const [, count, at] of runs) this.#take(at, count);
      this.#files.set(ino, { runs: joinedRuns(runs), changedUs: fs.facts(ino).ctimeUs });
    }
  }

  #take(at: number, count: number): void {
    const end = at + count;
    this.#free = this.#free.flatMap(([from, free]) => {
      const to = from + free;
      if (end <= from || at >= to) return [[from, free] as const];
      return ([[from, at - from], [end, to - end]] as const).filter(([, left]) => left > 0);
    });
  }

  #give(at: number, count: number): void {
    const all = [...this.#free, [at, count] as const].sort((a, b) => a[0] - b[0]);
    const merged: (readonly [number, number])[] = [];
    for (const [from, free] of all) {
      const last = merged.at(-1);
      if (last && last[0] + last[1] >= from) merged[merged.length - 1] = [last[0], Math.max(last[1], from + free - last[0])];
      else merged.push([from, free]);
    }
    this.#free = merged;
  }

  /** The length of the text; undefined when the files have no room where they should lie. Errors: ENOSPC, EIO of the device. */
  write(fs: MemoryFileSystem): number | undefined {
    const { base, nodes } = fs.differences();
    if (base !== undefined) return undefined;
    const files = new Map<number, PlacedFile>();
    for (const [ino, file] of this.#files) {
      const node = nodes.get(ino);
      if (node === undefined || node.nlink === 0 || !(node.body instanceof Contents)) for (const [, count, at] of file.runs) this.#give(at, count);
    }
    for (const [ino, node] of nodes) {
      if (node === undefined || node.nlink === 0 || !(node.body instanceof Contents)) continue;
      const old = this.#files.get(ino);
      if (old !== undefined && old.changedUs === node.ctimeUs) {
        files.set(ino, old);
        continue;
      }
      const runs = this.#place(node.body, old?.runs ?? []);
      if (runs === undefined) return undefined;
      files.set(ino, { runs, changedUs: node.ctimeUs });
      this.#writeData(node.body, runs, old?.runs ?? []);
    }
    this.#files = files;
    const { text } = exportTree(fs, (ino, start, length) => placesOf(files.get(ino)?.runs ?? [], start, length));
    if (text.length > this.#textRoomBytes) return undefined;
    this.#writeChanged(this.#textOffset, text);
    return text.length;
  }

  /** The device may forget what lies where no file is. */
  discardFree(): void {
    for (const [at, count] of this.#free) fillDevice(this.#device, at * BLOCK_BYTES, count * BLOCK_BYTES, "discard");
  }

  /** Places for all blocks of the file; those that had one keep it. */
  #place(body: Contents, old: readonly Run[]): readonly Run[] | undefined {
    const wanted: [number, number][] = [];
    for (const piece of body.pieces()) {
      if (piece.data === "unwritten") continue;
      const from = Math.floor(piece.start / BLOCK_BYTES), to = Math.ceil((piece.start + piece.length) / BLOCK_BYTES);
      const last = wanted.at(-1);
      if (last && last[1] >= from) last[1] = Math.max(last[1], to);
      else wanted.push([from, to]);
    }
    for (const [start, count, at] of old) {
      let next = start;
      for (const [from, to] of wanted) {
        if (to <= next || from >= start + count) continue;
        if (from > next) this.#give(at + next - start, from - next);
        next = Math.max(next, to);
      }
      if (next < start + count) this.#give(at + next - start, start + count - next);
    }
    const runs: Run[] = [];
    for (const [from, to] of wanted) {
      for (let block = from; block < to; ) {
        const here = old.find(([start, count]) => start <= block && block < start + count);
        if (here) {
          const count = Math.min(to, here[0] + here[1]) - block;
          runs.push([block, count, here[2] + block - here[0]]);
          block += count;
          continue;
        }
        const until = Math.min(to, ...old.filter(([start]) => start > block).map(([start]) => start));
        const stretch = this.#free.find(([, count]) => count >= until - block) ?? this.#free[0];
        if (!stretch) return undefined;
        const count = Math.min(until - block, stretch[1]);
        runs.push([block, count, stretch[0]]);
        this.#take(stretch[0], count);
        block += count;
      }
    }
    return joinedRuns(runs);
  }

  #writeData(body: Contents, runs: readonly Run[], old: readonly Run[]): void {
    for (const piece of body.pieces()) {
      if (piece.data === "unwritten") continue;
      for (const [start, length, at] of placesOf(runs, piece.start, piece.length)) {
        const had = placesOf(old, start, length).reduce((sum, [, bytes]) => sum + bytes, 0);
        if (piece.data === "zeros" && had === 0) fillDevice(this.#device, at, length, "zero");
        else {
          for (let done = 0; done < length; done += STEP_BYTES) {
            const step = Math.min(STEP_BYTES, length - done);
            const bytes = piece.data === "zeros" ? new Uint8Array(step) : piece.data.subarray(start - piece.start + done, start - piece.start + done + step);
            if (had === 0) this.#device.write(at + done, bytes);
            else this.#writeChanged(at + done, bytes);
          }
        }
      }
    }
  }

  #writeChanged(at: number, bytes: Uint8Array): void {
    const before = this.#device.read(at, bytes.length);
    for (let from = 0; from < bytes.length; ) {
      const to = Math.min(bytes.length, from + BLOCK_BYTES - ((at + from) % BLOCK_BYTES));
      let same = true;
      for (let index = from; index < to && same; index++) same = before[index] === bytes[index];
      if (!same) this.#device.write(at + from, bytes.subarray(from, to));
      from = to;
    }
  }
}

function joinedRuns(runs: readonly Run[]): readonly Run[] {
  const joined: Run[] = [];
  for (const [start, count, at] of runs) {
    const last = joined.at(-1);
    if (last && last[0] + last[1] === start && last[2] + last[1] === at) joined[joined.length - 1] = [last[0], last[1] + count, last[2]];
    else if (!last || last[0] + last[1] <= start) joined.push([start, count, at]);
    else if (start + count > last[0] + last[1]) {
      const overlap = last[0] + last[1] - start;
      joined.push([start + overlap, count - overlap, at + overlap]);
    }
  }
  return joined;
}

/** The stretch of a file on the device: [offset in the file, bytes, offset on the device]. */
function placesOf(runs: readonly Run[], start: number, length: number): readonly (readonly [number, number, number])[] {
  const places: (readonly [number, number, number])[] = [];
  for (const [first, count, at] of runs) {
    const from = Math.max(start, first * BLOCK_BYTES), to = Math.min(start + length, (first + count) * BLOCK_BYTES);
    if (from < to) places.push([from, to - from, at * BLOCK_BYTES + from - first * BLOCK_BYTES]);
  }
  return places;
}
