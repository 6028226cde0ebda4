// Snapshots of the device mapper (Documentation/admin-guide/device-mapper/snapshot.rst): a snapshot reads from its origin what has not changed there since,
// and keeps the rest on a device of its own. What is about to change on the origin is copied there before. The store has the kernel's persistent
// form (drivers/md/dm-snap-persistent.c): a header of one chunk, then areas of a chunk of exceptions (old and new chunk) and the chunks that they name.
import { SysError } from "../errno.ts";
import { type BlockDevice, fillDevice, SECTOR_BYTES } from "./block-device.ts";
import { deviceOfWord, numberOfWord, type Target, type TargetMaker } from "./dm-target.ts";

const MAGIC = 0x70416e53;
const EXCEPTION_BYTES = 16;

class SnapshotStore {
  readonly origin: BlockDevice;
  readonly cow: BlockDevice;
  readonly chunkBytes: number;
  readonly #log: (text: string) => void;
  /** chunk of the origin → chunk of the store */
  readonly #exceptions = new Map<number, number>();
  readonly #perArea: number;
  #kept = 0;
  valid = true;
  /** tables that name it */
  users = 0;

  /** Errors: EINVAL (no store there). */
  constructor(origin: BlockDevice, cow: BlockDevice, chunkBytes: number, log: (text: string) => void) {
    this.origin = origin;
    this.cow = cow;
    this.chunkBytes = chunkBytes;
    this.#log = log;
    this.#perArea = chunkBytes / EXCEPTION_BYTES;
    const head = viewOf(cow.read(0, 16));
    if (head.byteLength < 16) throw new SysError("EINVAL");
    if (head.getUint32(0, true) === 0) this.#writeHeader();
    else if (head.getUint32(0, true) !== MAGIC || head.getUint32(12, true) * SECTOR_BYTES !== chunkBytes) throw new SysError("EINVAL");
    else if (head.getUint32(4, true) === 0) this.valid = false;
    else this.#load();
  }

  #writeHeader(): void {
    const bytes = new Uint8Array(this.chunkBytes * 2);
    const view = viewOf(bytes);
    view.setUint32(0, MAGIC, true);
    view.setUint32(4, Number(this.valid), true);
    view.setUint32(8, 1, true);
    view.setUint32(12, this.chunkBytes / SECTOR_BYTES, true);
    this.cow.write(0, this.valid ? bytes : bytes.subarray(0, this.chunkBytes));
  }

  #areaChunk(area: number): number {
    return 1 + area * (this.#perArea + 1);
  }

  /** Where the n-th exception's data lie. */
  #dataChunk(index: number): number {
    return this.#areaChunk(Math.floor(index / this.#perArea)) + 1 + (index % this.#perArea);
  }

  #load(): void {
    for (let area = 0; this.#areaChunk(area) < this.#chunks; area++) {
      const view = viewOf(this.cow.read(this.#areaChunk(area) * this.chunkBytes, this.chunkBytes));
      for (let at = 0; at + EXCEPTION_BYTES <= view.byteLength; at += EXCEPTION_BYTES) {
        const to = Number(view.getBigUint64(at + 8, true));
        if (to === 0) return;
        this.#exceptions.set(Number(view.getBigUint64(at, true)), to);
        this.#kept++;
      }
    }
  }

  get #chunks(): number {
    return Math.floor(this.cow.sizeBytes / this.chunkBytes);
  }

  get usedSectors(): number {
    return ((this.#kept === 0 ? 1 : this.#dataChunk(this.#kept - 1)) + 1) * (this.chunkBytes / SECTOR_BYTES);
  }

  get metadataSectors(): number {
    return (2 + Math.floor(Math.max(0, this.#kept - 1) / this.#perArea)) * (this.chunkBytes / SECTOR_BYTES);
  }

  invalidate(): void {
    if (!this.valid) return;
    this.valid = false;
    this.#log("device-mapper: snapshots: Invalidating snapshot: Unable to allocate exception.");
    this.#writeHeader();
  }

  /** Runs of chunks that lie behind each other in the store, or none of which is there. */
  *#runs(first: number, last: number): Generator<{ readonly chunk: number; readonly count: number; readonly at: number | undefined }> {
    for (let chunk = first; chunk <= last; ) {
      const at = this.#exceptions.get(chunk);
      let count = 1;
      while (chunk + count <= last && this.#exceptions.get(chunk + count) === (at === undefined ? undefined : at + count)) count++;
      yield { chunk, count, at };
      chunk += count;
    }
  }

  /** Keeps what the origin has there now, for each chunk that is not kept yet. */
  keep(position: number, length: number): void {
    if (!this.valid || length <= 0) return;
    const { chunkBytes } = this;
    for (const { chunk, count, at } of [...this.#runs(Math.floor(position / chunkBytes), Math.floor((position + length - 1) / chunkBytes))]) {
      if (at !== undefined) continue;
      for (let done = 0; done < count; ) {
        const area = Math.floor(this.#kept / this.#perArea);
        const slot = this.#kept % this.#perArea;
        const to = this.#dataChunk(this.#kept);
        const step = Math.min(count - done, this.#perArea - slot, this.#chunks - to);
        if (step <= 0) return this.invalidate();
        this.cow.write(to * chunkBytes, this.origin.read((chunk + done) * chunkBytes, step * chunkBytes));
        if (slot === 0 && area > 0) this.cow.write(this.#areaChunk(area) * chunkBytes, new Uint8Array(chunkBytes));
        const records = new Uint8Array(step * EXCEPTION_BYTES);
        const view = viewOf(records);
        for (let index = 0; index < step; index++) {
          view.setBigUint64(index * EXCEPTION_BYTES, BigInt(chunk + done + index), true);
          view.setBigUint64(index * EXCEPTION_BYTES + 8, BigInt(to + index), true);
          this.#exceptions.set(chunk + done + index, to + index);
        }
        this.cow.write(this.#areaChunk(area) * chunkBytes + slot * EXCEPTION_BYTES, records);
        this.#kept += step;
        done += step;
      }
    }
  }

  #visit(position: number, length: number, visit: (device: BlockDevice, at: number, from: number, count: number) => void): void {
    if (length <= 0) return;
    const { chunkBytes } = this;
    for (const { chunk, count, at } of [...this.#runs(Math.floor(position / chunkBytes), Math.floor((position + length - 1) / chunkBytes))]) {
      const from = Math.max(position, chunk * chunkBytes);
      const to = Math.min(position + length, (chunk + count) * chunkBytes);
      if (at === undefined) visit(this.origin, from, from - position, to - from);
      else visit(this.cow, at * chunkBytes + from - chunk * chunkBytes, from - position, to - from);
    }
  }

  read(position: number, length: number): Uint8Array {
    if (!this.valid) throw new SysError("EIO");
    const bytes = new Uint8Array(length);
    this.#visit(position, length, (device, at, from, count) => bytes.set(device.read(at, count), from));
    return bytes;
  }

  write(position: number, bytes: Uint8Array): void {
    this.keep(position, bytes.length);
    if (!this.valid) throw new SysError("EIO");
    this.#visit(position, bytes.length, (device, at, from, count) => device.write(at, bytes.subarray(from, from + count)));
  }

  /** Everything that is kept goes back to the origin. `before` is told of what is about to change there. */
  merge(before: (position: number, length: number) => void): void {
    if (!this.valid) return;
    const { chunkBytes } = this;
    for (const [chunk, at] of this.#exceptions) {
      const bytes = this.cow.read(at * chunkBytes, Math.min(chunkBytes, this.origin.sizeBytes - chunk * chunkBytes));
      before(chunk * chunkBytes, bytes.length);
      this.origin.write(chunk * chunkBytes, bytes);
    }
    this.#exceptions.clear();
    this.#kept = 0;
    this.#writeHeader();
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Who must be told before an origin changes. One table for each kernel. */
export function snapshotTargets(): ReadonlyMap<string, TargetMaker> {
  const stores = new Map<BlockDevice, Set<SnapshotStore>>();
  const changing = (origin: BlockDevice, position: number, length: number, but?: SnapshotStore): void => {
    for (const store of stores.get(origin) ?? []) if (store !== but) store.keep(position, length);
  };

  const snapshotOrigin: TargetMaker = ({ devices }, [word]) => {
    const device = deviceOfWord(devices, word);
    return {
      below: [device],
      read: (position, length) => device.read(position, length),
      write(position, bytes) {
        changing(device, position, bytes.length);
        device.write(position, bytes);
      },
      fill(position, length, how) {
        changing(device, position, length);
        fillDevice(device, position, length, how);
      },
      status: () => "",
      flush: () => device.flush?.(),
    };
  };

  const open = (context: Parameters<TargetMaker>[0], words: readonly string[]): { readonly store: SnapshotStore; readonly below: readonly BlockDevice[]; readonly status: () => string } => {
    const [originWord, cowWord, , chunkWord] = words;
    const origin = deviceOfWord(context.devices, originWord), cow = deviceOfWord(context.devices, cowWord);
    const chunkSectors = numberOfWord(chunkWord);
    if (chunkSectors < 8 || (chunkSectors & (chunkSectors - 1)) !== 0 || chunkSectors > 1024) throw new SysError("EINVAL");
    const known = [...(stores.get(origin) ?? [])].find((one) => one.cow === cow);
    const store = known ?? new SnapshotStore(origin, cow, chunkSectors * SECTOR_BYTES, context.log);
    return { store, below: [origin, cow], status: () => (store.valid ? `${store.usedSectors}/${Math.floor(cow.sizeBytes / SECTOR_BYTES)} ${store.metadataSectors}` : "Invalid") };
  };

  const snapshot: TargetMaker = (context, words): Target => {
    const { store, below, status } = open(context, words);
    const siblings = stores.get(store.origin) ?? new Set();
    stores.set(store.origin, siblings.add(store));
    store.users++;
    return {
      below, status,
      read: (position, length) => store.read(position, length),
      write: (position, bytes) => store.write(position, bytes),
      fill(position, length) {
        for (let done = 0; done < length; done += 1 << 20) store.write(position + done, new Uint8Array(Math.min(1 << 20, length - done)));
      },
      detach() {
        if (--store.users === 0) stores.get(store.origin)?.delete(store);
      },
    };
  };

  /** Stands in the origin's place while what the snapshot kept goes back; here that is done as soon as it is there. */
  const snapshotMerge: TargetMaker = (context, words): Target => {
    const { store, below, status } = open(context, words);
    const { origin } = store;
    store.merge((position, length) => changing(origin, position, length, store));
    return {
      below, status,
      read: (position, length) => origin.read(position, length),
      write(position, bytes) {
        changing(origin, position, bytes.length, store);
        origin.write(position, bytes);
      },
      fill(position, length, how) {
        changing(origin, position, length, store);
        fillDevice(origin, position, length, how);
      },
    };
  };
  return new Map([["snapshot-origin", snapshotOrigin], ["snapshot", snapshot], ["snapshot-merge", snapshotMerge]]);
}
