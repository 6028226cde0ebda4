// The data files of sadc, /var/log/sysstat/saDD: a head with the machine and the activities, then records. What sysstat 12.6 reads and writes (format 0x2175).

import { concatBytes, decode, encode } from "../../kernel/sys.ts";
import { ACTIVITIES, type Activity, type Item } from "./_activities.ts";
import type { Host } from "./_times.ts";

const SYSSTAT_MAGIC = 0xd596;
export const FORMAT_MAGIC = 0x2175;
const MAGIC_BYTES = 76;
const HEADER_BYTES = 336;
const ACTIVITY_BYTES = 36;
const RECORD_BYTES = 24;
const NAME_BYTES = 65;
const ZONE_BYTES = 8;
/** of a comment in its record */
const COMMENT_BYTES = 64;

export const RECORD = { stats: 1, restart: 2, comment: 4 } as const;

export interface FileActivity {
  readonly activity: Activity;
  /** items, and of a matrix those behind each */
  readonly count: number;
  readonly columns: number;
}

export interface FileHeader {
  readonly createdSeconds: number;
  /** with the line of all of them */
  readonly processors: number;
  readonly day: number;
  /** from 0 */
  readonly month: number;
  readonly year: number;
  readonly host: Host;
  readonly zone: string;
  readonly activities: readonly FileActivity[];
}

export interface Sample {
  readonly items: readonly Item[];
  /** of a matrix: items behind each */
  readonly columns: number;
}

export interface Record {
  readonly kind: number;
  readonly uptimeHundredths: number;
  readonly seconds: number;
  readonly comment?: string;
  /** of a restart: with the line of all of them */
  readonly processors?: number;
  readonly samples: ReadonlyMap<number, Sample>;
}

const typeCounts = (activity: Activity): readonly number[] => ["Q", "L", "I"].map((type) => activity.types.filter((one) => one === type).length);

class Writer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  byte(value: number): void {
    this.#view.setUint8(this.at++, value & 0xff);
  }

  short(value: number): void {
    this.#view.setUint16(this.at, value, true);
    this.at += 2;
  }

  word(value: number): void {
    this.#view.setUint32(this.at, Math.trunc(value) >>> 0, true);
    this.at += 4;
  }

  long(value: number): void {
    this.#view.setBigUint64(this.at, BigInt.asUintN(64, BigInt(Math.trunc(value))), true);
    this.at += 8;
  }

  text(value: string, size: number): void {
    this.#bytes.set(encode(value).subarray(0, Math.max(1, size - (size > 1 ? 1 : 0))), this.at);
    this.at += size;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  has(count: number): boolean {
    return this.at + count <= this.#bytes.length;
  }

  byte(): number {
    return this.#view.getUint8(this.at++);
  }

  short(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2, true);
  }

  word(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  long(): number {
    this.at += 8;
    return Number(this.#view.getBigUint64(this.at - 8, true));
  }

  text(size: number): string {
    const bytes = this.#bytes.subarray(this.at, this.at + size);
    this.at += size;
    const end = bytes.indexOf(0);
    return decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
}

export function encodeHeader(header: FileHeader): Uint8Array {
  const out = new Writer(MAGIC_BYTES + HEADER_BYTES + header.activities.length * ACTIVITY_BYTES);
  out.short(SYSSTAT_MAGIC);
  out.short(FORMAT_MAGIC);
  for (const part of [12, 6, 1, 0]) out.byte(part);
  for (const value of [HEADER_BYTES, 0, 1, 1, 12]) out.word(value);
  out.at = MAGIC_BYTES;
  out.long(header.createdSeconds);
  out.long(100);
  for (const value of [header.processors, header.activities.length, header.year - 1900, 0, 0, 9, 2, 0, 1, ACTIVITY_BYTES, RECORD_BYTES, 0]) out.word(value);
  out.byte(header.day);
  out.byte(header.month);
  out.byte(8);
  for (const name of [header.host.sysname, header.host.nodename, header.host.release, header.host.machine]) out.text(name, NAME_BYTES);
  out.text(header.zone, ZONE_BYTES);
  out.at = MAGIC_BYTES + HEADER_BYTES;
  for (const { activity, count, columns } of header.activities) for (const value of [activity.id, activity.magic, count, columns, activity.counted ? 1 : 0, activity.size, ...typeCounts(activity)]) out.word(value);
  return out.bytes;
}

export function encodeRecord(record: Record, hour: number, minute: number, second: number, activities: readonly FileActivity[]): Uint8Array {
  const head = new Writer(RECORD_BYTES);
  head.long(record.uptimeHundredths);
  head.long(record.seconds);
  head.word(0);
  for (const value of [record.kind, hour, minute, second]) head.byte(value);
  const parts = [head.bytes];
  if (record.kind === RECORD.comment) {
    const comment = new Writer(COMMENT_BYTES);
    comment.text(record.comment ?? "", COMMENT_BYTES);
    parts.push(comment.bytes);
  } else if (record.kind === RECORD.restart) {
    const processors = new Writer(4);
    processors.word(record.processors ?? 2);
    parts.push(processors.bytes);
  } else for (const { activity } of activities) {
    const sample = record.samples.get(activity.id) ?? { items: [], columns: 1 };
    const out = new Writer((activity.counted ? 4 : 0) + sample.items.length * activity.size);
    if (activity.counted) out.word(sample.items.length / Math.max(1, sample.columns));
    for (const item of sample.items) encodeItem(out, activity, item);
    parts.push(out.bytes);
  }
  return concatBytes(parts);
}

function encodeItem(out: Writer, activity: Activity, item: Item): void {
  const start = out.at;
  let number = 0;
  let text = 0;
  for (const type of activity.types) {
    if (type === "I") out.word(item.numbers[number++] ?? 0);
    else if (type === "Q" || type === "L") out.long(item.numbers[number++] ?? 0);
    else out.text(item.texts[text++] ?? "", type);
  }
  out.at = start + activity.size;
}

function decodeItem(reader: Reader, activity: Activity): Item {
  const start = reader.at;
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const type of activity.types) {
    if (type === "I") numbers.push(reader.word());
    else if (type === "Q" || type === "L") numbers.push(reader.long());
    else texts.push(reader.text(type));
  }
  reader.at = start + activity.size;
  return { numbers, texts };
}

export interface DataFile {
  readonly header: FileHeader;
  readonly records: readonly Record[];
  readonly headerBytes: number;
  /** up to the end of the last whole record */
  readonly wholeBytes: number;
}

/** A number instead: the format of another version of sysstat. Undefined: no data file at all. */
export function decodeDataFile(bytes: Uint8Array): DataFile | number | undefined {
  const reader = new Reader(bytes);
  if (!reader.has(MAGIC_BYTES) || reader.short() !== SYSSTAT_MAGIC) return undefined;
  const format = reader.short();
  if (format !== FORMAT_MAGIC) return format;
  reader.at = MAGIC_BYTES;
  if (!reader.has(HEADER_BYTES)) return undefined;
  const createdSeconds = reader.long();
  reader.long();
  const [processors = 1, activityCount = 0, year = 0] = Array.from({ length: 12 }, () => reader.word());
  const day = reader.byte();
  const month = reader.byte();
  reader.byte();
  const [sysname = "", nodename = "", release = "", machine = ""] = Array.from({ length: 4 }, () => reader.text(NAME_BYTES));
  const zone = reader.text(ZONE_BYTES);
  reader.at = MAGIC_BYTES + HEADER_BYTES;
  const activities: FileActivity[] = [];
  for (let one = 0; one < activityCount; one++) {
    if (!reader.has(ACTIVITY_BYTES)) return undefined;
    const [id = 0, , count = 0, columns = 1, counted = 0, size = 0, longs = 0, words = 0, ints = 0] = Array.from({ length: 9 }, () => reader.word());
    const activity = ACTIVITIES.find((known) => known.id === id && known.size === size) ?? unknownActivity(id, size, counted !== 0, [longs, words, ints]);
    activities.push({ activity, count, columns });
  }
  const header: FileHeader = { createdSeconds, processors, day, month, year: year + 1900, host: { sysname, nodename, release, machine }, zone, activities };
  const headerBytes = reader.at;
  return { header, headerBytes, ...decodeRecords(reader, activities) };
}

const TYPE_LETTERS = ["Q", "L", "I"] as const;

/** One that this table lacks: its records are stepped over. */
const unknownActivity = (id: number, size: number, counted: boolean, types: readonly number[]): Activity => ({
  id, name: `A_${id}`, magic: 0x8a, group: "default", size, counted, tables: [],
  types: types.flatMap((count, kind) => Array.from({ length: count }, () => TYPE_LETTERS[kind] ?? "I")),
});

function decodeRecords(reader: Reader, activities: readonly FileActivity[]): { readonly records: readonly Record[]; readonly wholeBytes: number } {
  const records: Record[] = [];
  let wholeBytes = reader.at;
  for (; reader.has(RECORD_BYTES); wholeBytes = reader.at) {
    const uptimeHundredths = reader.long();
    const seconds = reader.long();
    reader.word();
    const kind = reader.byte();
    reader.at += 3;
    if (kind === RECORD.comment) {
      if (!reader.has(COMMENT_BYTES)) break;
      records.push({ kind, uptimeHundredths, seconds, comment: reader.text(COMMENT_BYTES), samples: new Map() });
      continue;
    }
    if (kind === RECORD.restart) {
      if (!reader.has(4)) break;
      records.push({ kind, uptimeHundredths, seconds, processors: reader.word(), samples: new Map() });
      continue;
    }
    const samples = new Map<number, Sample>();
    let complete = true;
    for (const { activity, count, columns } of activities) {
      if (activity.counted && !reader.has(4)) complete = false;
      const items = (activity.counted && complete ? reader.word() : count) * columns;
      if (!complete || !reader.has(items * activity.size)) {
        complete = false;
        break;
      }
      samples.set(activity.id, { items: Array.from({ length: items }, () => decodeItem(reader, activity)), columns });
    }
    if (!complete) break;
    records.push({ kind, uptimeHundredths, seconds, samples });
  }
  return { records, wholeBytes };
}
