// qcow2 (QEMU's docs/interop/qcow2.txt): header, two levels of tables from the disk's clusters to the file's, reference counts, internal snapshots, a backing file.
// Compressed clusters and encryption are not simulated. New clusters are appended at the end of the file, as on a fresh image.
// (More than 400 lines: clusters, reference counts and snapshots keep each other's invariants.)
import { type Blocking, decode, encode } from "../../../kernel/sys.ts";
import { type DiskImage, ImageError, type ImageSnapshot, readBacking, type Stretch } from "./disk-image.ts";
import type { ImageFile } from "./image-file.ts";

const MAGIC = 0x514649fb;
const ZERO_FLAG = 1;
const headerBytes = { v2: 72, v3: 112 };
const FEATURE_TABLE = 0x6803f857;
const BACKING_FORMAT = 0xe2792aca;
const maximumBackingName = 1023;

export interface Qcow2Options {
  readonly clusterBytes: number;
  readonly compat: "0.10" | "1.1";
  readonly lazyRefcounts: boolean;
  readonly compression: "zlib" | "zstd";
  readonly extendedL2: boolean;
  readonly preallocation: "off" | "metadata" | "falloc" | "full";
  readonly backingFile?: string | undefined;
  readonly backingFormat?: string | undefined;
}

export const qcow2Defaults: Qcow2Options = { clusterBytes: 65_536, compat: "1.1", lazyRefcounts: false, compression: "zlib", extendedL2: false, preallocation: "off" };

function u32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) * 2 ** 32 + u32(bytes, at + 4);
}

function set32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >>> 24) & 255;
  bytes[at + 1] = (value >>> 16) & 255;
  bytes[at + 2] = (value >>> 8) & 255;
  bytes[at + 3] = value & 255;
}

function set64(bytes: Uint8Array, at: number, value: number): void {
  set32(bytes, at, Math.floor(value / 2 ** 32));
  set32(bytes, at + 4, value % 2 ** 32);
}

/** An entry of a table: the flag of the top bit apart, as its offset has fewer than 53 bits. */
interface Entry {
  offset: number;
  copied: boolean;
  zero: boolean;
}

const emptyEntry: Entry = { offset: 0, copied: false, zero: false };

function entryAt(table: Uint8Array, index: number): Entry {
  const high = u32(table, index * 8);
  const low = u32(table, index * 8 + 4);
  return { offset: (high & 0x00ffffff) * 2 ** 32 + Math.floor(low / 512) * 512, copied: high >= 0x80000000, zero: (low & ZERO_FLAG) !== 0 };
}

function setEntry(table: Uint8Array, index: number, { offset, copied, zero }: Entry): void {
  set32(table, index * 8, Math.floor(offset / 2 ** 32) + (copied ? 0x80000000 : 0));
  set32(table, index * 8 + 4, (offset % 2 ** 32) + (zero ? ZERO_FLAG : 0));
}

interface SnapshotRecord extends ImageSnapshot {
  readonly l1Offset: number;
  readonly l1Entries: number;
  readonly diskBytes: number;
}

export class Qcow2Image implements DiskImage {
  readonly format = "qcow2";
  readonly file: ImageFile;
  backing: DiskImage | undefined = undefined;
  #header: Uint8Array;
  #l1: Uint8Array;
  readonly clusterBytes: number;
  snapshots: SnapshotRecord[] = [];
  backingFile: string | undefined = undefined;
  backingFormat: string | undefined = undefined;
  #end: number;
  readonly #l2 = new Map<number, Uint8Array>();

  private constructor(file: ImageFile, header: Uint8Array, l1: Uint8Array, end: number) {
    this.file = file;
    this.#header = header;
    this.#l1 = l1;
    this.clusterBytes = 1 << u32(header, 20);
    this.#end = end;
  }

  get virtualBytes(): number {
    return u64(this.#header, 24);
  }

  get version(): number {
    return u32(this.#header, 4);
  }

  get lazyRefcounts(): boolean {
    return this.version >= 3 && (u32(this.#header, 84) & 1) !== 0;
  }

  get compression(): "zlib" | "zstd" {
    return this.version >= 3 && this.#header[104] === 1 ? "zstd" : "zlib";
  }

  get extendedL2(): boolean {
    return this.version >= 3 && (u32(this.#header, 76) & 16) !== 0;
  }

  get imageEndOffset(): number {
    return this.#end;
  }

  get totalClusters(): number {
    return Math.ceil(this.virtualBytes / this.clusterBytes);
  }

  get #l2Entries(): number {
    return this.clusterBytes / 8;
  }

  /** Errors: ImageError. */
  static *open(file: ImageFile): Blocking<Qcow2Image> {
    const header = yield* file.read(0, headerBytes.v3);
    if (u32(header, 0) !== MAGIC) throw new ImageError("Image is not in qcow2 format");
    const version = u32(header, 4);
    if (version < 2 || version > 3) throw new ImageError(`Unsupported qcow2 version ${version}`);
    const bits = u32(header, 20);
    if (bits < 9 || bits > 21) throw new ImageError("Unsupported cluster size: 2^" + String(bits));
    const clusterBytes = 1 << bits;
    const l1 = (yield* file.read(u64(header, 40), u32(header, 36) * 8)).slice();
    const image = new Qcow2Image(file, header.slice(), l1, Math.ceil(file.sizeBytes() / clusterBytes) * clusterBytes);
    const nameAt = u64(header, 8);
    const nameBytes = Math.min(u32(header, 16), maximumBackingName);
    if (nameAt > 0 && nameBytes > 0) image.backingFile = decode(yield* file.read(nameAt, nameBytes));
    let at = version === 2 ? headerBytes.v2 : u32(header, 100);
    for (let count = 0; count < 16; count++) {
      const head = yield* file.read(at, 8);
      const type = u32(head, 0);
      const length = u32(head, 4);
      if (type === 0 || length > 4096) break;
      if (type === BACKING_FORMAT) image.backingFormat = decode(yield* file.read(at + 8, length));
      at += 8 + Math.ceil(length / 8) * 8;
    }
    yield* image.#readSnapshots();
    return image;
  }

  static *create(file: ImageFile, virtualBytes: number, options: Qcow2Options): Blocking<Qcow2Image> {
    const { clusterBytes } = options;
    const l1Entries = Math.max(1, Math.ceil(virtualBytes / (clusterBytes * (clusterBytes / 8))));
    const header = new Uint8Array(clusterBytes);
    set32(header, 0, MAGIC);
    set32(header, 4, options.compat === "1.1" ? 3 : 2);
    set32(header, 20, Math.log2(clusterBytes));
    set64(header, 24, virtualBytes);
    set32(header, 36, l1Entries);
    set64(header, 40, 3 * clusterBytes);
    set64(header, 48, clusterBytes);
    set32(header, 56, 1);
    set32(header, 96, 4);
    set32(header, 100, headerBytes.v3);
    if (options.lazyRefcounts) set32(header, 84, 1);
    if (options.compression === "zstd") {
      set32(header, 76, 8);
      header[104] = 1;
    }
    const refcountTable = new Uint8Array(clusterBytes);
    set64(refcountTable, 0, 2 * clusterBytes);
    const refcounts = new Uint8Array(clusterBytes);
    file.truncate(0);
    // the first three clusters are written whole, the first-level table by its entries
    yield* file.write(0, header);
    yield* file.write(clusterBytes, refcountTable);
    yield* file.write(2 * clusterBytes, refcounts);
    yield* file.write(3 * clusterBytes, new Uint8Array(l1Entries * 8));
    const image = yield* Qcow2Image.open(file);
    for (let cluster = 0; cluster < 3 + Math.ceil((l1Entries * 8) / clusterBytes); cluster++) yield* image.#setRefcount(cluster, 1);
    if (options.backingFile !== undefined) yield* image.setBacking(options.backingFile, options.backingFormat);
    if (options.preallocation !== "off") yield* image.preallocate(0, virtualBytes, options.preallocation);
    return image;
  }

  *#writeHeader(): Blocking<void> {
    yield* this.file.write(0, this.#header.subarray(0, this.version >= 3 ? headerBytes.v3 : headerBytes.v2));
  }

  *setBacking(name: string | undefined, format: string | undefined): Blocking<void> {
    const start = this.version === 2 ? headerBytes.v2 : headerBytes.v3;
    const extensions: number[] = [];
    const put = (type: number, value: Uint8Array): void => {
      const head = new Uint8Array(8);
      set32(head, 0, type);
      set32(head, 4, value.length);
      extensions.push(...head, ...value, ...new Uint8Array((8 - (value.length % 8)) % 8));
    };
    if (format !== undefined) put(BACKING_FORMAT, encode(format));
    if (this.version >= 3) put(FEATURE_TABLE, new Uint8Array(384));
    extensions.push(0, 0, 0, 0, 0, 0, 0, 0);
    const nameAt = start + extensions.length;
    const bytes = name === undefined ? new Uint8Array(0) : encode(name);
    const whole = new Uint8Array(Math.max(nameAt + bytes.length, start + extensions.length) - start);
    whole.set(extensions);
    whole.set(bytes, extensions.length);
    yield* this.file.write(start, whole);
    set64(this.#header, 8, name === undefined ? 0 : nameAt);
    set32(this.#header, 16, bytes.length);
    this.backingFile = name;
    this.backingFormat = format;
    yield* this.#writeHeader();
  }

  *amendCompat(compat: "0.10" | "1.1"): Blocking<void> {
    set32(this.#header, 4, compat === "1.1" ? 3 : 2);
    if (compat === "1.1") {
      set32(this.#header, 96, 4);
      set32(this.#header, 100, headerBytes.v3);
    }
    yield* this.file.write(0, this.#header.subarray(0, headerBytes.v3));
  }

  *setLazyRefcounts(on: boolean): Blocking<void> {
    set32(this.#header, 84, on ? 1 : 0);
    yield* this.#writeHeader();
  }

  // ---- clusters

  *#setRefcount(cluster: number, count: number): Blocking<void> {
    const perBlock = this.clusterBytes / 2;
    const index = Math.floor(cluster / perBlock);
    const tableAt = u64(this.#header, 48);
    // one cluster of table covers petabytes with the usual sizes; a small one is enough for what fits here
    if (index * 8 >= this.clusterBytes * u32(this.#header, 56)) return;
    let block = u64(yield* this.file.read(tableAt + index * 8, 8), 0);
    if (block === 0) {
      block = this.#end;
      this.#end += this.clusterBytes;
      yield* this.file.write(block, new Uint8Array(this.clusterBytes));
      const entry = new Uint8Array(8);
      set64(entry, 0, block);
      yield* this.file.write(tableAt + index * 8, entry);
      yield* this.#setRefcount(block / this.clusterBytes, 1);
    }
    yield* this.file.write(block + (cluster % perBlock) * 2, new Uint8Array([count >> 8, count & 255]));
  }

  *#allocateCluster(): Blocking<number> {
    const at = this.#end;
    this.#end += this.clusterBytes;
    yield* this.#setRefcount(at / this.clusterBytes, 1);
    return at;
  }

  *#l2At(offset: number): Blocking<Uint8Array> {
    let table = this.#l2.get(offset);
    if (table === undefined) {
      table = (yield* this.file.read(offset, this.clusterBytes)).slice();
      this.#l2.set(offset, table);
    }
    return table;
  }

  /** For who keeps an image open for long and uses it now and then: what was read of the tables is read again. All that was written is in the file. */
  forgetTables(): void {
    this.#l2.clear();
    if (this.backing instanceof Qcow2Image) this.backing.forgetTables();
  }

  /** A second-level table that may be written. */
  *#ownL2(index: number): Blocking<readonly [offset: number, table: Uint8Array]> {
    const entry = entryAt(this.#l1, index);
    if (entry.offset !== 0 && entry.copied) return [entry.offset, yield* this.#l2At(entry.offset)];
    const table = entry.offset === 0 ? new Uint8Array(this.clusterBytes) : (yield* this.#l2At(entry.offset)).slice();
    const offset = yield* this.#allocateCluster();
    this.#l2.set(offset, table);
    yield* this.file.write(offset, table);
    setEntry(this.#l1, index, { offset, copied: true, zero: false });
    yield* this.file.write(u64(this.#header, 40) + index * 8, this.#l1.subarray(index * 8, index * 8 + 8));
    return [offset, table];
  }

  *#entryOf(cluster: number): Blocking<Entry> {
    const l1Entry = entryAt(this.#l1, Math.floor(cluster / this.#l2Entries));
    if (l1Entry.offset === 0) return emptyEntry;
    return entryAt(yield* this.#l2At(l1Entry.offset), cluster % this.#l2Entries);
  }

  *read(at: number, length: number): Blocking<Uint8Array> {
    const result = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const cluster = Math.floor((at + done) / this.clusterBytes);
      const inside = (at + done) % this.clusterBytes;
      const count = Math.min(length - done, this.clusterBytes - inside);
      const entry = yield* this.#entryOf(cluster);
      if (!entry.zero) {
        if (entry.offset !== 0) result.set(yield* this.file.read(entry.offset + inside, count), done);
        else if (this.backing !== undefined) result.set(yield* readBacking(this, at + done, count), done);
      }
      done += count;
    }
    return result;
  }

  *write(at: number, bytes: Uint8Array): Blocking<void> {
    for (let done = 0; done < bytes.length;) {
      const cluster = Math.floor((at + done) / this.clusterBytes);
      const inside = (at + done) % this.clusterBytes;
      const count = Math.min(bytes.length - done, this.clusterBytes - inside);
      const part = bytes.subarray(done, done + count);
      const entry = yield* this.#entryOf(cluster);
      if (entry.offset !== 0 && entry.copied && !entry.zero) yield* this.file.write(entry.offset + inside, part);
      else {
        let whole = part;
        if (count < this.clusterBytes) {
          whole = (yield* this.read(cluster * this.clusterBytes, Math.min(this.clusterBytes, this.virtualBytes - cluster * this.clusterBytes))).slice();
          whole.set(part, inside);
        }
        const [tableAt, table] = yield* this.#ownL2(Math.floor(cluster / this.#l2Entries));
        const offset = entry.zero && entry.offset !== 0 && entry.copied ? entry.offset : yield* this.#allocateCluster();
        yield* this.file.write(offset, whole);
        if (offset + this.clusterBytes > this.file.sizeBytes()) this.file.truncate(offset + this.clusterBytes);
        const index = cluster % this.#l2Entries;
        setEntry(table, index, { offset, copied: true, zero: false });
        yield* this.file.write(tableAt + index * 8, table.subarray(index * 8, index * 8 + 8));
      }
      done += count;
    }
  }

  /** Clusters with a place in the file but no bytes yet. */
  *preallocate(from: number, to: number, how: "metadata" | "falloc" | "full"): Blocking<void> {
    const first = Math.floor(from / this.clusterBytes);
    const end = Math.ceil(to / this.clusterBytes);
    for (let cluster = first; cluster < end;) {
      const l1Index = Math.floor(cluster / this.#l2Entries);
      const [tableAt, table] = yield* this.#ownL2(l1Index);
      const stop = Math.min(end, (l1Index + 1) * this.#l2Entries);
      for (; cluster < stop; cluster++) {
        if (entryAt(table, cluster % this.#l2Entries).offset !== 0) continue;
        const offset = yield* this.#allocateCluster();
        setEntry(table, cluster % this.#l2Entries, { offset, copied: true, zero: false });
        if (how !== "metadata") this.file.allocate(offset, this.clusterBytes);
      }
      yield* this.file.write(tableAt, table);
    }
    this.file.truncate(this.#end);
  }

  *stretches(): Blocking<readonly Stretch[]> {
    return yield* this.#stretchesOf(this.#l1, this.virtualBytes);
  }

  *#stretchesOf(l1: Uint8Array, virtualBytes: number): Blocking<readonly Stretch[]> {
    const found: { start: number; length: number; kind: Stretch["kind"]; offset: number | undefined }[] = [];
    const add = (start: number, length: number, kind: Stretch["kind"], offset: number | undefined): void => {
      const last = found.at(-1);
      if (last?.kind === kind && (kind !== "data" || (last.offset !== undefined && last.offset + last.length === offset))) last.length += length;
      else found.push({ start, length, kind, offset });
    };
    const l2Bytes = this.clusterBytes * this.#l2Entries;
    for (let index = 0; index * 8 < l1.length && index * l2Bytes < virtualBytes; index++) {
      const start = index * l2Bytes;
      const entry = entryAt(l1, index);
      if (entry.offset === 0) {
        add(start, Math.min(l2Bytes, virtualBytes - start), "absent", undefined);
        continue;
      }
      const table = yield* this.#l2At(entry.offset);
      for (let cluster = 0; cluster < this.#l2Entries && start + cluster * this.clusterBytes < virtualBytes; cluster++) {
        const at = start + cluster * this.clusterBytes;
        const length = Math.min(this.clusterBytes, virtualBytes - at);
        const one = entryAt(table, cluster);
        if (one.zero) add(at, length, "zero", undefined);
        else if (one.offset === 0) add(at, length, "absent", undefined);
        else add(at, length, "data", one.offset);
      }
    }
    return found;
  }

  *allocatedClusters(): Blocking<{ readonly allocated: number; readonly fragmented: number }> {
    let allocated = 0;
    let fragmented = 0;
    let last: number | undefined;
    for (const stretch of yield* this.stretches()) {
      if (stretch.kind !== "data") continue;
      allocated += Math.ceil(stretch.length / this.clusterBytes);
      if (last !== undefined && stretch.offset !== last) fragmented++;
      last = (stretch.offset ?? 0) + stretch.length;
    }
    return { allocated, fragmented };
  }

  /** Room for so many entries in the first-level table. */
  *#growL1(needed: number): Blocking<void> {
    if (needed * 8 > this.#l1.length) {
      const room = this.clusterBytes - (u64(this.#header, 40) % this.clusterBytes);
      const grown = new Uint8Array(needed * 8);
      grown.set(this.#l1);
      if (needed * 8 > room) {
        set64(this.#header, 40, this.#end);
        this.#end += Math.ceil((needed * 8) / this.clusterBytes) * this.clusterBytes;
      }
      this.#l1 = grown;
      set32(this.#header, 36, needed);
      yield* this.file.write(u64(this.#header, 40), grown);
    }
  }

  *resize(virtualBytes: number): Blocking<void> {
    yield* this.#growL1(Math.max(1, this.#stateIndex(virtualBytes)));
    set64(this.#header, 24, virtualBytes);
    yield* this.#writeHeader();
  }

  // ---- snapshots

  *#readSnapshots(): Blocking<void> {
    const count = u32(this.#header, 60);
    let at = u64(this.#header, 64);
    for (let index = 0; index < count && index < 1024; index++) {
      const head = yield* this.file.read(at, 40);
      const idBytes = (head[12] ?? 0) * 256 + (head[13] ?? 0);
      const nameBytes = (head[14] ?? 0) * 256 + (head[15] ?? 0);
      const extra = u32(head, 36);
      const rest = yield* this.file.read(at + 40, extra + idBytes + nameBytes);
      this.snapshots.push({
        l1Offset: u64(head, 0), l1Entries: u32(head, 8), seconds: u32(head, 16), vmClockNs: u64(head, 24), vmStateBytes: extra >= 8 ? u64(rest, 0) : u32(head, 32), diskBytes: extra >= 16 ? u64(rest, 8) : this.virtualBytes,
        id: decode(rest.subarray(extra, extra + idBytes)), name: decode(rest.subarray(extra + idBytes)),
      });
      at += Math.ceil((40 + extra + idBytes + nameBytes) / 8) * 8;
    }
  }

  *#writeSnapshots(): Blocking<void> {
    const parts: number[] = [];
    for (const snapshot of this.snapshots) {
      const id = encode(snapshot.id);
      const name = encode(snapshot.name);
      const head = new Uint8Array(40 + 24);
      set64(head, 0, snapshot.l1Offset);
      set32(head, 8, snapshot.l1Entries);
      head[12] = id.length >> 8;
      head[13] = id.length & 255;
      head[14] = name.length >> 8;
      head[15] = name.length & 255;
      set32(head, 16, snapshot.seconds);
      set64(head, 24, snapshot.vmClockNs);
      set32(head, 32, snapshot.vmStateBytes % 2 ** 32);
      set32(head, 36, 24);
      set64(head, 40, snapshot.vmStateBytes);
      set64(head, 48, snapshot.diskBytes);
      parts.push(...head, ...id, ...name);
      while (parts.length % 8 !== 0) parts.push(0);
    }
    const at = this.#end;
    if (parts.length > 0) {
      this.#end += Math.ceil(parts.length / this.clusterBytes) * this.clusterBytes;
      yield* this.file.write(at, Uint8Array.from(parts));
    }
    set32(this.#header, 60, this.snapshots.length);
    set64(this.#header, 64, parts.length > 0 ? at : 0);
    yield* this.#writeHeader();
  }

  /** The first entry of the first-level table behind the disk's: there lies the state of a running machine. */
  #stateIndex(diskBytes: number): number {
    return Math.ceil(diskBytes / (this.clusterBytes * this.#l2Entries));
  }

  /** Drops what stands behind the disk in the active table. */
  *#dropState(): Blocking<void> {
    const from = this.#stateIndex(this.virtualBytes) * 8;
    if (!this.#l1.subarray(from).some((byte) => byte !== 0)) return;
    this.#l1.fill(0, from);
    yield* this.file.write(u64(this.#header, 40), this.#l1);
  }

  /** `state`: of the running machine; `stateBytes`: how long it says it is, at least its length. */
  *createSnapshot(name: string, seconds: number, state: Uint8Array = new Uint8Array(0), stateBytes = 0, vmClockNs = 0): Blocking<void> {
    if (state.length > 0) {
      const at = this.#stateIndex(this.virtualBytes);
      yield* this.#growL1(at + this.#stateIndex(state.length));
      yield* this.#writeHeader();
      const padded = new Uint8Array(Math.ceil(state.length / this.clusterBytes) * this.clusterBytes);
      padded.set(state);
      yield* this.write(at * this.clusterBytes * this.#l2Entries, padded);
    }
    // what both share may no longer change in place
    for (let index = 0; index * 8 < this.#l1.length; index++) {
      const entry = entryAt(this.#l1, index);
      if (entry.offset === 0) continue;
      const table = yield* this.#l2At(entry.offset);
      for (let cluster = 0; cluster < this.#l2Entries; cluster++) {
        const one = entryAt(table, cluster);
        if (one.copied) setEntry(table, cluster, { ...one, copied: false });
      }
      yield* this.file.write(entry.offset, table);
      setEntry(this.#l1, index, { ...entry, copied: false });
    }
    yield* this.file.write(u64(this.#header, 40), this.#l1);
    const l1Offset = this.#end;
    this.#end += Math.ceil(this.#l1.length / this.clusterBytes) * this.clusterBytes;
    yield* this.file.write(l1Offset, this.#l1);
    const id = String(Math.max(0, ...this.snapshots.map((one) => Number(one.id) || 0)) + 1);
    this.snapshots.push({ id, name, seconds, vmClockNs, vmStateBytes: state.length === 0 ? 0 : Math.max(stateBytes, state.length), l1Offset, l1Entries: this.#l1.length / 8, diskBytes: this.virtualBytes });
    yield* this.#dropState();
    yield* this.#writeSnapshots();
  }

  /** Of a snapshot of a running machine; undefined: it was taken of a stopped one. */
  *snapshotState(snapshot: ImageSnapshot): Blocking<Uint8Array | undefined> {
    const record = this.snapshots.find((one) => one.id === snapshot.id);
    if (record === undefined || record.vmStateBytes === 0) return undefined;
    const l1 = yield* this.file.read(record.l1Offset, record.l1Entries * 8);
    const parts: Uint8Array[] = [];
    for (let index = this.#stateIndex(record.diskBytes); index < record.l1Entries; index++) {
      const { offset } = entryAt(l1, index);
      if (offset === 0) break;
      const table = yield* this.#l2At(offset);
      for (let cluster = 0; cluster < this.#l2Entries; cluster++) {
        const entry = entryAt(table, cluster);
        if (entry.offset === 0) break;
        parts.push(yield* this.file.read(entry.offset, this.clusterBytes));
      }
    }
    const whole = new Uint8Array(parts.length * this.clusterBytes);
    parts.forEach((part, index) => {
      whole.set(part, index * this.clusterBytes);
    });
    return whole;
  }

  findSnapshot(name: string): SnapshotRecord | undefined {
    return this.snapshots.find((one) => one.id === name) ?? this.snapshots.find((one) => one.name === name);
  }

  *applySnapshot(snapshot: ImageSnapshot): Blocking<void> {
    const record = this.snapshots.find((one) => one.id === snapshot.id);
    if (record === undefined) return;
    const old = yield* this.file.read(record.l1Offset, record.l1Entries * 8);
    const l1 = new Uint8Array(Math.max(this.#l1.length, old.length));
    l1.set(old);
    this.#l1 = l1;
    set64(this.#header, 24, record.diskBytes);
    yield* this.file.write(u64(this.#header, 40), l1);
    yield* this.#writeHeader();
    yield* this.#dropState();
  }

  *deleteSnapshot(snapshot: ImageSnapshot): Blocking<void> {
    this.snapshots = this.snapshots.filter((one) => one.id !== snapshot.id);
    yield* this.#writeSnapshots();
    if (this.snapshots.length > 0) return;
    for (let index = 0; index * 8 < this.#l1.length; index++) {
      const entry = entryAt(this.#l1, index);
      if (entry.offset === 0) continue;
      const table = yield* this.#l2At(entry.offset);
      for (let cluster = 0; cluster < this.#l2Entries; cluster++) {
        const one = entryAt(table, cluster);
        if (one.offset !== 0 && !one.copied) setEntry(table, cluster, { ...one, copied: true });
      }
      yield* this.file.write(entry.offset, table);
      setEntry(this.#l1, index, { ...entry, copied: true });
    }
    yield* this.file.write(u64(this.#header, 40), this.#l1);
  }

  /** All clusters given back (qemu-img commit empties the overlay). */
  *empty(): Blocking<void> {
    this.#l1 = new Uint8Array(this.#l1.length);
    this.#l2.clear();
    const l1At = u64(this.#header, 40);
    yield* this.file.write(l1At, this.#l1);
    const end = Math.ceil((l1At + this.#l1.length) / this.clusterBytes) * this.clusterBytes;
    this.file.truncate(l1At + this.#l1.length);
    this.#end = end;
  }
}

