// Packs and their indexes (gitformat-pack(5)): version 2 of both. Packs written here hold whole objects; deltas are read from any.
import { type Blocking, type Sys, concatBytes } from "../../../kernel/sys.ts";
import { crc32 } from "../../kit/compression/crc32.ts";
import { toHex } from "../../kit/digest/hasher.ts";
import { type ObjectId, type ObjectType, hashObject, idAt, idBytes, sha1, withChecksum } from "./object-id.ts";
import { deflateZlib, inflateZlib } from "./zlib.ts";

export interface RawObject {
  readonly type: ObjectType;
  readonly body: Uint8Array;
}

const TYPES: readonly (ObjectType | undefined)[] = [undefined, "commit", "tree", "blob", "tag"];
const OFS_DELTA = 6;
const REF_DELTA = 7;

/** The pack is not what it should be. */
export class BadPack extends Error {}

export class PackIndex {
  readonly ids: readonly ObjectId[];
  readonly #offsets = new Map<ObjectId, number>();

  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 1032 || view.getUint32(0) !== 0xff744f63) throw new BadPack("bad index");
    const count = view.getUint32(8 + 255 * 4);
    const ids: ObjectId[] = [];
    const namesAt = 1032;
    const offsetsAt = namesAt + count * 24;
    for (let i = 0; i < count; i++) {
      const id = idAt(bytes, namesAt + i * 20);
      ids.push(id);
      this.#offsets.set(id, view.getUint32(offsetsAt + i * 4));
    }
    this.ids = ids;
  }

  offsetOf(id: ObjectId): number | undefined {
    return this.#offsets.get(id);
  }
}

interface Entry {
  readonly code: number;
  readonly sizeBytes: number;
  readonly dataAt: number;
  readonly base: number | ObjectId | undefined;
}

function entryAt(pack: Uint8Array, offset: number): Entry {
  let at = offset;
  let byte = pack[at++] ?? 0;
  const code = (byte >> 4) & 7;
  let sizeBytes = byte & 15;
  for (let shift = 4; byte & 0x80; shift += 7) {
    byte = pack[at++] ?? 0;
    sizeBytes += (byte & 0x7f) * 2 ** shift;
  }
  if (code === OFS_DELTA) {
    byte = pack[at++] ?? 0;
    let distance = byte & 0x7f;
    while (byte & 0x80) {
      byte = pack[at++] ?? 0;
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    return { code, sizeBytes, dataAt: at, base: offset - distance };
  }
  if (code === REF_DELTA) return { code, sizeBytes, dataAt: at + 20, base: idAt(pack, at) };
  return { code, sizeBytes, dataAt: at, base: undefined };
}

function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  let at = 0;
  const size = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = delta[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) return value;
    }
  };
  if (size() !== base.length) throw new BadPack("delta of another base");
  const out = new Uint8Array(size());
  let end = 0;
  while (at < delta.length) {
    const op = delta[at++] ?? 0;
    if (op & 0x80) {
      let from = 0;
      let length = 0;
      for (let i = 0; i < 4; i++) if (op & (1 << i)) from += (delta[at++] ?? 0) * 2 ** (8 * i);
      for (let i = 0; i < 3; i++) if (op & (0x10 << i)) length += (delta[at++] ?? 0) * 2 ** (8 * i);
      if (length === 0) length = 0x10000;
      out.set(base.subarray(from, from + length), end);
      end += length;
    } else if (op > 0) {
      out.set(delta.subarray(at, at + op), end);
      at += op;
      end += op;
    } else throw new BadPack("unknown delta instruction");
  }
  return out;
}

/** The object at `offset`, and where its data end. `baseById` finds the base of a delta that names it. Throws BadPack, CorruptData, UnexpectedEnd. */
export function* packedObject(
  sys: Sys, pack: Uint8Array, offset: number, baseById: (id: ObjectId) => Blocking<RawObject | undefined>, depth = 0,
): Blocking<RawObject & { readonly end: number }> {
  if (depth > 4096) throw new BadPack("delta chain too long");
  const entry = entryAt(pack, offset);
  const { body, end } = yield* inflateZlib(sys, pack, entry.dataAt);
  if (body.length !== entry.sizeBytes) throw new BadPack("size differs");
  if (entry.base === undefined) {
    const type = TYPES[entry.code];
    if (type === undefined) throw new BadPack(`unknown object type ${entry.code}`);
    return { type, body, end };
  }
  const base = typeof entry.base === "number" ? yield* packedObject(sys, pack, entry.base, baseById, depth + 1) : yield* baseById(entry.base);
  if (!base) throw new BadPack("unresolved delta");
  return { type: base.type, body: applyDelta(base.body, body), end };
}

function entryHead(type: ObjectType, sizeBytes: number): Uint8Array {
  const bytes: number[] = [];
  let byte = (TYPES.indexOf(type) << 4) | (sizeBytes & 15);
  let rest = Math.floor(sizeBytes / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  bytes.push(byte);
  return Uint8Array.from(bytes);
}

export function* writePack(sys: Sys, objects: readonly ObjectId[], read: (id: ObjectId) => Blocking<RawObject>): Blocking<Uint8Array> {
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x5041434b);
  view.setUint32(4, 2);
  view.setUint32(8, objects.length);
  const parts: Uint8Array[] = [head];
  for (const id of objects) {
    const { type, body } = yield* read(id);
    parts.push(entryHead(type, body.length), yield* deflateZlib(sys, body, 6));
    if (sys.charge(20)) yield* sys.preempt();
  }
  return withChecksum(concatBytes(parts));
}

export interface UnpackedEntry extends RawObject {
  readonly id: ObjectId;
  readonly offset: number;
  readonly end: number;
}

/** Every object of a pack, in its order. Throws BadPack. */
export function* unpackAll(sys: Sys, pack: Uint8Array, outside: (id: ObjectId) => Blocking<RawObject | undefined>): Blocking<UnpackedEntry[]> {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  if (pack.length < 32 || view.getUint32(0) !== 0x5041434b) throw new BadPack("no pack");
  if (toHex(sha1(pack.subarray(0, -20))) !== idAt(pack, pack.length - 20)) throw new BadPack("checksum differs");
  const known = new Map<ObjectId, RawObject>();
  const byOffset: UnpackedEntry[] = [];
  let at = 12;
  for (let n = view.getUint32(8); n > 0; n--) {
    const { type, body, end } = yield* packedObject(sys, pack, at, function* (id) {
      return known.get(id) ?? (yield* outside(id));
    });
    const id = hashObject(type, body);
    known.set(id, { type, body });
    byOffset.push({ id, type, body, offset: at, end });
    at = end;
    if (sys.charge(20)) yield* sys.preempt();
  }
  return byOffset;
}

export function packIndexOf(pack: Uint8Array, entries: readonly UnpackedEntry[]): Uint8Array {
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  const out = new Uint8Array(1032 + sorted.length * 28 + 20);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0xff744f63);
  view.setUint32(4, 2);
  const firstBytes = sorted.map((entry) => Number.parseInt(entry.id.slice(0, 2), 16));
  for (let i = 0, count = 0; i < 256; i++) {
    while (count < sorted.length && (firstBytes[count] ?? 0) <= i) count++;
    view.setUint32(8 + i * 4, count);
  }
  const crcAt = 1032 + sorted.length * 20;
  const offsetsAt = crcAt + sorted.length * 4;
  for (const [i, entry] of sorted.entries()) {
    out.set(idBytes(entry.id), 1032 + i * 20);
    view.setUint32(crcAt + i * 4, crc32(pack.subarray(entry.offset, entry.end)));
    view.setUint32(offsetsAt + i * 4, entry.offset);
  }
  out.set(pack.subarray(-20), offsetsAt + sorted.length * 4);
  return withChecksum(out);
}
