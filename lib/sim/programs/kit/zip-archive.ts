// Zip archives (PKWARE's APPNOTE.TXT; extra fields as Info-ZIP's extrafld.txt lists them): the directory at the end, entries, the old encryption.
import { type Blocking, civilFromDays, concatBytes, daysFromCivil, decode, encode } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "./compression/byte-source.ts";
import { crc32 } from "./compression/crc32.ts";
import { Deflater } from "./compression/deflate.ts";
import { inflate } from "./compression/inflate.ts";
import type { Pace } from "./pace.ts";
import { UTC, type Zone, epochOfLocal, offsetAt } from "./zones.ts";

export interface ZipEntry {
  /** as stored: directories end with a slash */
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly modifiedSeconds: number;
  /** st_mode as Unix systems store it; undefined where another system made it */
  readonly mode: number | undefined;
  readonly text: boolean;
  readonly versionMade: number;
  readonly system: number;
  readonly hasExtra: boolean;
  readonly comment: string;
  /** the data as they lie in the archive, with the encryption's head */
  readonly data: Uint8Array;
  /** high byte that an encrypted entry's head ends with */
  readonly check: number;
}

export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  readonly comment: string;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Seconds of the local clock as DOS has it, in steps of two. */
function dosTime(zone: Zone, seconds: number): readonly [time: number, date: number] {
  const local = seconds + offsetAt(zone, seconds).offsetSeconds;
  const days = Math.floor(local / 86_400);
  const rest = local - days * 86_400;
  const { year, month, day } = civilFromDays(days);
  return [(Math.floor(rest / 3600) << 11) | (Math.floor((rest % 3600) / 60) << 5) | ((rest % 60) >> 1), (Math.max(0, year - 1980) << 9) | (month << 5) | day];
}

function fromDos(zone: Zone, time: number, date: number): number {
  return epochOfLocal(zone, daysFromCivil((date >> 9) + 1980, (date >> 5) & 15, date & 31) * 86_400 + (time >> 11) * 3600 + ((time >> 5) & 63) * 60 + (time & 31) * 2);
}

/** Undefined when the bytes are no archive. */
export function parseZip(bytes: Uint8Array, zone: Zone = UTC): ZipArchive | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - 65_557 && view.getUint32(end, true) !== END) end--;
  if (end < 0 || view.getUint32(end, true) !== END) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) return undefined;
    const word = (offset: number): number => view.getUint16(at + offset, true);
    const long = (offset: number): number => view.getUint32(at + offset, true);
    const [nameBytes, extraBytes, commentBytes] = [word(28), word(30), word(32)];
    const next = at + 46 + nameBytes + extraBytes + commentBytes;
    const local = long(42);
    if (next > bytes.length || local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) return undefined;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const system = word(4) >> 8;
    let modifiedSeconds = fromDos(zone, word(12), word(14));
    for (let extra = at + 46 + nameBytes; extra + 4 <= at + 46 + nameBytes + extraBytes; ) {
      const size = view.getUint16(extra + 2, true);
      if (view.getUint16(extra, true) === 0x5455 && size >= 5 && extra + 9 <= bytes.length && ((bytes[extra + 4] ?? 0) & 1) !== 0) modifiedSeconds = view.getInt32(extra + 5, true);
      extra += 4 + size;
    }
    entries.push({
      name: decode(bytes.slice(at + 46, at + 46 + nameBytes)), method: word(10), flags: word(8), crc: long(16), packedBytes: long(20), sizeBytes: long(24), modifiedSeconds,
      mode: system === 3 ? long(38) >>> 16 : undefined, text: (word(36) & 1) === 1, versionMade: word(4) & 255, system, hasExtra: extraBytes > 0,
      comment: decode(bytes.slice(next - commentBytes, next)), data: bytes.slice(start, start + long(20)), check: (word(8) & 8) === 0 ? long(16) >>> 24 : word(12) >> 8,
    });
    at = next;
  }
  return { entries, comment: decode(bytes.slice(end + 22, end + 22 + view.getUint16(end + 20, true))) };
}

/** Extra fields: times of the last change (and access, in front of the data), user and group. `plain` leaves them out. */
export interface ZipOwner {
  readonly uid: number;
  readonly gid: number;
}

export function zipBytes(entries: readonly (ZipEntry & { readonly owner?: ZipOwner })[], zone: Zone, plain = false): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = encode(entry.name);
    const [time, date] = dosTime(zone, entry.modifiedSeconds);
    const unicode = name.some((byte) => byte > 127) ? 0x800 : 0;
    const owner = entry.owner ?? { uid: 0, gid: 0 };
    const stamps = new DataView(new ArrayBuffer(13));
    stamps.setUint16(0, 0x5455, true);
    stamps.setUint8(4, 3);
    stamps.setInt32(5, entry.modifiedSeconds, true);
    stamps.setInt32(9, entry.modifiedSeconds, true);
    const ids = new DataView(new ArrayBuffer(15));
    ids.setUint16(0, 0x7875, true);
    ids.setUint16(2, 11, true);
    ids.setUint8(4, 1);
    ids.setUint8(5, 4);
    ids.setUint32(6, owner.uid, true);
    ids.setUint8(10, 4);
    ids.setUint32(11, owner.gid, true);
    const extra = (central: boolean): Uint8Array => {
      if (plain) return new Uint8Array(0);
      stamps.setUint16(2, central ? 5 : 9, true);
      return concatBytes([new Uint8Array(stamps.buffer.slice(0, central ? 9 : 13)), new Uint8Array(ids.buffer.slice(0))]);
    };
    const common = new DataView(new ArrayBuffer(26));
    const needed = entry.method === 8 || (entry.flags & 1) === 1 ? 20 : 10;
    common.setUint16(0, needed, true);
    common.setUint16(2, entry.flags | unicode, true);
    common.setUint16(4, entry.method, true);
    common.setUint16(6, time, true);
    common.setUint16(8, date, true);
    common.setUint32(10, entry.crc, true);
    common.setUint32(14, entry.data.length, true);
    common.setUint32(18, entry.sizeBytes, true);
    common.setUint16(22, name.length, true);
    const head = (central: boolean): Uint8Array => {
      common.setUint16(24, extra(central).length, true);
      return new Uint8Array(common.buffer.slice(0));
    };
    parts.push(Uint8Array.of(0x50, 0x4b, 3, 4), head(false), name, extra(false), entry.data);
    const tail = new DataView(new ArrayBuffer(14));
    tail.setUint16(4, entry.text ? 1 : 0, true);
    tail.setUint32(6, (((entry.mode ?? 0) << 16) | (entry.name.endsWith("/") ? 0x10 : 0)) >>> 0, true);
    tail.setUint32(10, offset, true);
    directory.push(Uint8Array.of(0x50, 0x4b, 1, 2, 30, 3), head(true), new Uint8Array(tail.buffer), name, extra(true));
    offset += 30 + name.length + extra(false).length + entry.data.length;
  }
  const central = concatBytes(directory);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, central.length, true);
  end.setUint32(16, offset, true);
  return concatBytes([...parts, central, new Uint8Array(end.buffer)]);
}

/** PKWARE's first encryption: three numbers that each byte turns. */
class OldCipher {
  #keys: [number, number, number] = [0x12345678, 0x23456789, 0x34567890];

  constructor(password: Uint8Array) {
    for (const byte of password) this.#turn(byte);
  }

  #turn(byte: number): void {
    let [a, b, c] = this.#keys;
    const step = (sum: number, value: number): number => ~crc32(Uint8Array.of(value), ~sum >>> 0) >>> 0;
    a = step(a, byte);
    b = (Math.imul((b + (a & 255)) >>> 0, 134_775_813) + 1) >>> 0;
    c = step(c, b >>> 24);
    this.#keys = [a, b, c];
  }

  #mask(): number {
    const temporary = (this.#keys[2] | 2) & 0xffff;
    return (Math.imul(temporary, temporary ^ 1) >>> 8) & 255;
  }

  encrypt(bytes: Uint8Array): Uint8Array {
    return bytes.map((byte) => {
      const out = byte ^ this.#mask();
      this.#turn(byte);
      return out;
    });
  }

  decrypt(bytes: Uint8Array): Uint8Array {
    return bytes.map((byte) => {
      const plain = byte ^ this.#mask();
      this.#turn(plain);
      return plain;
    });
  }
}

export function zipEncrypt(password: string, data: Uint8Array, check: number, random: (length: number) => Uint8Array): Uint8Array {
  const cipher = new OldCipher(encode(password));
  return cipher.encrypt(concatBytes([random(11), Uint8Array.of(check), data]));
}

/** Undefined when the password is another. */
export function zipDecrypt(password: string, entry: ZipEntry): Uint8Array | undefined {
  const plain = new OldCipher(encode(password)).decrypt(entry.data);
  return plain[11] === entry.check ? plain.slice(12) : undefined;
}

export const isEncrypted = (entry: ZipEntry): boolean => (entry.flags & 1) === 1;

/** Stored where that is shorter. */
export function* packEntry(sys: Pace, bytes: Uint8Array, level: number): Blocking<{ readonly method: number; readonly data: Uint8Array }> {
  if (level === 0 || bytes.length === 0) return { method: 0, data: bytes };
  const deflater = new Deflater(level);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    parts.push(deflater.push(bytes.subarray(at, at + 65_536)));
    if (sys.charge(300 + (Math.min(65_536, bytes.length - at) >> 5))) yield* sys.preempt();
  }
  parts.push(deflater.finish());
  const data = concatBytes(parts);
  return data.length < bytes.length ? { method: 8, data } : { method: 0, data: bytes };
}

/** "method": none that is known here; "data": broken. */
export function* unpackEntry(sys: Pace, entry: ZipEntry, data = entry.data): Blocking<Uint8Array | "method" | "data"> {
  if (entry.method === 0) return data;
  if (entry.method !== 8) return "method";
  let next = 0;
  const source = new ByteSource(function* () {
    const piece = data.subarray(next, next + 4096);
    next += piece.length;
    return piece;
  });
  const parts: Uint8Array[] = [];
  try {
    yield* inflate(source, function* (piece) {
      parts.push(piece.slice());
      if (sys.charge(1 + (piece.length >> 7))) yield* sys.preempt();
    });
  } catch (error) {
    if (error instanceof CorruptData || error instanceof UnexpectedEnd) return "data";
    throw error;
  }
  return concatBytes(parts);
}
