// Partition tables as fdisk, sfdisk, parted and growpart change them: MBR with one chain of logical partitions, and GPT (UEFI specification, 5.3). Positions
// and lengths are sectors of 512 bytes.

import { type Blocking, O, S, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { crc32 } from "./compression/crc32.ts";
import { DOS_TYPES, GPT_TYPES } from "./partition-types.ts";
import { guidText } from "./uuid-text.ts";

export const SECTOR_BYTES = 512;
const BOOTABLE_BIT = 4n;
/** Behind the entries of a GPT, where most programs let partitions begin; libfdisk's do so at the first MiB. */
const FIRST_USABLE = 34;
/** Partitions begin at whole MiB. */
export const GRAIN = 2048;

export interface LabelPartition {
  readonly number: number;
  start: number;
  sectors: number;
  /** "83", or a GUID in capitals */
  type: string;
  bootable: boolean;
  /** GPT */
  uuid: string;
  name: string;
  /** GPT: the bits of the entry, that of `bootable` (2) left out; absent where none is set */
  attributes?: bigint;
}

export interface DiskLabel {
  readonly kind: "dos" | "gpt";
  /** eight digits, or a GUID in capitals */
  id: string;
  readonly partitions: LabelPartition[];
  /** GPT: what the header says of the sectors for partitions, and where the copy stands; absent in a new table */
  bounds?: { readonly first: number; readonly last: number; readonly backup: number };
}

const ALIASES: ReadonlyMap<string, readonly [dos: string, gpt: string]> = new Map([
  ["L", ["83", "0FC63DAF-8483-4772-8E79-3D69D8477DE4"]], ["linux", ["83", "0FC63DAF-8483-4772-8E79-3D69D8477DE4"]], ["S", ["82", "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F"]], ["swap", ["82", "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F"]], ["E", ["5", ""]], ["extended", ["5", ""]], ["X", ["85", ""]], ["linuxex", ["85", ""]],
  ["H", ["", "933AC7E1-2EB4-4F13-B844-0E14E2AEF915"]], ["home", ["", "933AC7E1-2EB4-4F13-B844-0E14E2AEF915"]], ["U", ["ef", "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"]], ["uefi", ["ef", "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"]], ["R", ["fd", "A19D880F-05FC-4D3B-A006-743F0F84911E"]], ["raid", ["fd", "A19D880F-05FC-4D3B-A006-743F0F84911E"]],
  ["V", ["8e", "E6D6D379-F507-44C2-A23C-238F2A3DF928"]], ["lvm", ["8e", "E6D6D379-F507-44C2-A23C-238F2A3DF928"]],
]);

export const defaultType = (kind: DiskLabel["kind"]): string => (kind === "dos" ? "83" : "0FC63DAF-8483-4772-8E79-3D69D8477DE4");
export const isExtended = (partition: LabelPartition): boolean => partition.type === "5" || partition.type === "f" || partition.type === "85";

/** From a code, a GUID, a number of the list, an alias or a name. */
export function parseType(kind: DiskLabel["kind"], text: string): string | undefined {
  const alias = ALIASES.get(text)?.[kind === "dos" ? 0 : 1];
  if (alias !== undefined && alias !== "") return alias;
  if (kind === "dos") {
    const code = text.toLowerCase().replace(/^0x/, "");
    return /^[0-9a-f]{1,2}$/.test(code) ? code.replace(/^0(?=.)/, "") : undefined;
  }
  if (/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(text)) return text.toUpperCase();
  if (/^\d+$/.test(text)) return GPT_TYPES[Number(text) - 1]?.[0].toUpperCase();
  return GPT_TYPES.find(([, name]) => name.toLowerCase() === text.toLowerCase())?.[0].toUpperCase();
}

export const typeName = (kind: DiskLabel["kind"], type: string): string =>
  (kind === "dos" ? DOS_TYPES.get(type) : GPT_TYPES.find(([guid]) => guid.toUpperCase() === type)?.[1]) ?? "unknown";

/** /dev/vda1, /dev/loop0p1, d.img1 */
export const partitionPath = (disk: string, number: number): string => `${disk}${/\d$/.test(disk) ? "p" : ""}${number}`;

const u32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;

function put(bytes: Uint8Array, at: number, value: number, width: number): void {
  for (let index = 0; index < width; index++) bytes[at + index] = Math.floor(value / 2 ** (8 * index)) & 0xff;
}

export function guidBytes(text: string): Uint8Array {
  const digits = text.replaceAll("-", "").padEnd(32, "0");
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16)));
}

/** A random one (version 4) in capitals. */
export function newGuid(sys: Sys): string {
  const bytes = sys.random(16).slice();
  bytes[7] = ((bytes[7] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return guidText(bytes).toUpperCase();
}

export function newLabel(sys: Sys, kind: DiskLabel["kind"]): DiskLabel {
  return { kind, id: kind === "gpt" ? newGuid(sys) : u32(sys.random(4), 0).toString(16).padStart(8, "0"), partitions: [] };
}

/** Where partitions may lie. */
export function usable(label: DiskLabel, totalSectors: number): { readonly first: number; readonly last: number } {
  return label.kind === "dos" ? { first: totalSectors > GRAIN * 2 ? GRAIN : 1, last: Math.min(totalSectors, 2 ** 32) - 1 } : { first: GRAIN, last: totalSectors - 34 };
}

function gptShape(header: Uint8Array): { readonly count: number; readonly size: number } | undefined {
  if (decode(header.subarray(0, 8)) !== "EFI PART") return undefined;
  const size = u32(header, 84);
  return size < 128 || size > 4096 ? undefined : { count: Math.min(256, u32(header, 80)), size };
}

/** A header and the entries it speaks of; undefined when it is no header. */
export function parseGpt(header: Uint8Array, table: Uint8Array): DiskLabel | undefined {
  const shape = gptShape(header);
  if (shape === undefined) return undefined;
  const { count, size } = shape;
  const partitions: LabelPartition[] = [];
  for (let index = 0; index < count; index++) {
    const bytes = table.subarray(index * size, index * size + 128);
    const type = guidText(bytes.subarray(0, 16)).toUpperCase();
    if (/^[0-]*$/.test(type)) continue;
    let name = "";
    for (let at = 56; at < 128; at += 2) {
      const unit = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
      if (unit === 0) break;
      name += String.fromCharCode(unit);
    }
    const attributes = (BigInt(u32(bytes, 48)) | (BigInt(u32(bytes, 52)) << 32n)) & ~BOOTABLE_BIT;
    partitions.push({ number: index + 1, start: u64(bytes, 32), sectors: u64(bytes, 40) - u64(bytes, 32) + 1, type, bootable: ((bytes[48] ?? 0) & 4) !== 0, uuid: guidText(bytes.subarray(16, 32)).toUpperCase(), name, ...(attributes !== 0n && { attributes }) });
  }
  const own = u64(header, 24);
  return { kind: "gpt", id: guidText(header.subarray(56, 72)).toUpperCase(), partitions, bounds: { first: u64(header, 40), last: u64(header, 48), backup: own === 1 ? u64(header, 32) : own } };
}

/** The entries of a GPT as bytes. */
export function tableOf(partitions: readonly LabelPartition[], sectors: number): Uint8Array {
  const table = new Uint8Array(sectors * SECTOR_BYTES);
  for (const one of partitions) {
    const at = (one.number - 1) * 128;
    table.set(guidBytes(one.type), at);
    table.set(guidBytes(one.uuid), at + 16);
    put(table, at + 32, one.start, 8);
    put(table, at + 40, one.start + one.sectors - 1, 8);
    const attributes = (one.attributes ?? 0n) | (one.bootable ? BOOTABLE_BIT : 0n);
    put(table, at + 48, Number(attributes & 0xffff_ffffn), 4);
    put(table, at + 52, Number(attributes >> 32n), 4);
    for (let index = 0; index < Math.min(36, one.name.length); index++) put(table, at + 56 + index * 2, one.name.charCodeAt(index), 2);
  }
  return table;
}

/** An opened disk or image file. */
export class OpenDisk {
  readonly sys: Sys;
  readonly path: string;
  readonly fd: number;
  readonly totalSectors: number;
  readonly isDevice: boolean;

  private constructor(sys: Sys, path: string, fd: number, totalSectors: number, isDevice: boolean) {
    this.sys = sys;
    this.path = path;
    this.fd = fd;
    this.totalSectors = totalSectors;
    this.isDevice = isDevice;
  }

  /** Throws SysError. */
  static *open(sys: Sys, path: string, writable: boolean): Blocking<OpenDisk> {
    const fd = yield* sys.open(path, writable ? O.RDWR : O.RDONLY);
    const stat = sys.fstat(fd);
    const isDevice = (stat.mode & S.IFMT) === S.IFBLK;
    try {
      const bytes = isDevice ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : stat.sizeBytes;
      return new OpenDisk(sys, path, fd, Math.floor(bytes / SECTOR_BYTES), isDevice);
    } catch (error) {
      sys.close(fd);
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.totalSectors * SECTOR_BYTES;
  }

  close(): void {
    this.sys.close(this.fd);
  }

  *read(sector: number, sectors: number): Blocking<Uint8Array> {
    const out = new Uint8Array(sectors * SECTOR_BYTES);
    for (let at = 0; at < out.length; ) {
      const bytes = yield* this.sys.pread(this.fd, out.length - at, sector * SECTOR_BYTES + at);
      if (bytes.length === 0) break;
      out.set(bytes, at);
      at += bytes.length;
    }
    return out;
  }

  *write(sector: number, bytes: Uint8Array): Blocking<void> {
    yield* this.sys.pwrite(this.fd, bytes, sector * SECTOR_BYTES);
  }

  /** Undefined when there is none. */
  *readLabel(): Blocking<DiskLabel | undefined> {
    const head = yield* this.read(0, 1);
    if (head[510] !== 0x55 || head[511] !== 0xaa) return undefined;
    if (head[450] === 0xee) {
      const gpt = yield* this.readGpt();
      if (gpt !== undefined) return gpt;
    }
    // a boot sector of a file system has code where the table's status bytes are, and FAT says so itself
    if (/^FAT/.test(decode(head.subarray(54, 59))) || /^FAT/.test(decode(head.subarray(82, 87)))) return undefined;
    for (let index = 0; index < 4; index++) if (((head[446 + index * 16] ?? 0) & 0x7f) !== 0) return undefined;
    return yield* this.#readDos(head);
  }

  *#readDos(head: Uint8Array): Blocking<DiskLabel> {
    const partitions: LabelPartition[] = [];
    const entry = (bytes: Uint8Array, at: number, number: number, base: number): LabelPartition | undefined => {
      const type = bytes[at + 4] ?? 0;
      const sectors = u32(bytes, at + 12);
      if (type === 0 || sectors === 0) return undefined;
      return { number, start: base + u32(bytes, at + 8), sectors, type: type.toString(16), bootable: bytes[at] === 0x80, uuid: "", name: "" };
    };
    let extended: LabelPartition | undefined;
    for (let index = 0; index < 4; index++) {
      const found = entry(head, 446 + index * 16, index + 1, 0);
      if (found === undefined) continue;
      partitions.push(found);
      if (isExtended(found)) extended ??= found;
    }
    let next = extended?.start ?? 0;
    for (let number = 5; next !== 0 && number < 64; number++) {
      const record = yield* this.read(next, 1);
      if (record[510] !== 0x55 || record[511] !== 0xaa) break;
      const found = entry(record, 446, number, next);
      if (found !== undefined) partitions.push(found);
      const link = u32(record, 462 + 8);
      next = link === 0 || extended === undefined ? 0 : extended.start + link;
    }
    return { kind: "dos", id: u32(head, 440).toString(16).padStart(8, "0"), partitions };
  }

  /** From the header at the beginning, or the one at the end. */
  *readGpt(backup = false): Blocking<DiskLabel | undefined> {
    const header = yield* this.read(backup ? this.totalSectors - 1 : 1, 1);
    const shape = gptShape(header);
    if (shape === undefined) return undefined;
    return parseGpt(header, yield* this.read(u64(header, 72), Math.ceil((shape.count * shape.size) / SECTOR_BYTES)));
  }

  *writeLabel(label: DiskLabel): Blocking<void> {
    if (label.kind === "gpt") yield* this.#writeGpt(label);
    else yield* this.#writeDos(label);
  }

  *#writeDos(label: DiskLabel): Blocking<void> {
    const head = yield* this.read(0, 1);
    const wasGpt = head[450] === 0xee;
    head.fill(0, 446, 510);
    put(head, 440, Number.parseInt(label.id, 16), 4);
    head.set([0x55, 0xaa], 510);
    const entry = (bytes: Uint8Array, at: number, type: number, bootable: boolean, start: number, sectors: number): void => {
      bytes.set([bootable ? 0x80 : 0, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff], at);
      put(bytes, at + 8, start, 4);
      put(bytes, at + 12, sectors, 4);
    };
    for (const one of label.partitions) if (one.number <= 4) entry(head, 446 + (one.number - 1) * 16, Number.parseInt(one.type, 16), one.bootable, one.start, one.sectors);
    yield* this.write(0, head);
    if (wasGpt) yield* this.write(1, new Uint8Array(SECTOR_BYTES));
    const extended = label.partitions.find((one) => one.number <= 4 && isExtended(one));
    if (extended === undefined) return;
    const logical = label.partitions.filter((one) => one.number > 4).toSorted((a, b) => a.number - b.number);
    // The record of each logical partition stands before it, that of the first at the start of the extended one.
    const recordOf = (index: number): number => (index === 0 ? extended.start : (logical[index]?.start ?? 0) - Math.min(GRAIN, (logical[index]?.start ?? 0) - extended.start));
    for (let index = 0; index < Math.max(1, logical.length); index++) {
      const record = new Uint8Array(SECTOR_BYTES);
      const one = logical[index];
      const following = logical[index + 1];
      if (one !== undefined) entry(record, 446, Number.parseInt(one.type, 16), one.bootable, one.start - recordOf(index), one.sectors);
      if (following !== undefined) entry(record, 462, 5, false, recordOf(index + 1) - extended.start, following.start + following.sectors - recordOf(index + 1));
      record.set([0x55, 0xaa], 510);
      yield* this.write(recordOf(index), record);
    }
  }

  *#writeGpt(label: DiskLabel): Blocking<void> {
    const { protective, table, main, backup } = yield* this.gptParts(label);
    const last = this.totalSectors - 1;
    yield* this.write(0, protective);
    yield* this.write(2, table);
    yield* this.write(1, main);
    yield* this.write(last - 32, table);
    yield* this.write(last, backup);
  }

  /** What a GPT puts on this disk: the first sector, the entries, the headers of both ends. */
  *gptParts(label: DiskLabel): Blocking<{ readonly protective: Uint8Array; readonly table: Uint8Array; readonly main: Uint8Array; readonly backup: Uint8Array }> {
    const head = yield* this.read(0, 1);
    head.fill(0, 446, 510);
    head.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff], 446);
    put(head, 454, 1, 4);
    put(head, 458, Math.min(0xffffffff, this.totalSectors - 1), 4);
    head.set([0x55, 0xaa], 510);
    const table = tableOf(label.partitions, 32);
    const last = this.totalSectors - 1;
    const headerAt = (backup: boolean): Uint8Array => {
      const header = new Uint8Array(SECTOR_BYTES);
      header.set(encode("EFI PART"));
      put(header, 8, 0x10000, 4);
      put(header, 12, 92, 4);
      put(header, 24, backup ? last : 1, 8);
      put(header, 32, backup ? 1 : last, 8);
      put(header, 40, label.bounds?.first ?? FIRST_USABLE, 8);
      put(header, 48, last - 33, 8);
      header.set(guidBytes(label.id), 56);
      put(header, 72, backup ? last - 32 : 2, 8);
      put(header, 80, 128, 4);
      put(header, 84, 128, 4);
      put(header, 88, crc32(table), 4);
      put(header, 16, crc32(header.subarray(0, 92)), 4);
      return header;
    };
    return { protective: head, table, main: headerAt(false), backup: headerAt(true) };
  }

  /** BLKRRPART; the reason why not, or undefined. Files have nobody to tell. */
  reread(): SysError | undefined {
    return this.isDevice ? rereadPartitions(this.sys, this.fd) : undefined;
  }
}

/** BLKRRPART; the reason why not, or undefined. */
export function rereadPartitions(sys: Sys, fd: number): SysError | undefined {
  try {
    sys.ioctl(fd, "BLKRRPART");
    return undefined;
  } catch (error) {
    if (error instanceof SysError) return error;
    throw error;
  }
}

/** Gaps between partitions, as new ones may use them: begin at whole MiB. With `inside`, those of an extended partition. */
/** Undefined as well when the disk cannot be read. */
export function* labelQuietly(sys: Sys, path: string): Blocking<DiskLabel | undefined> {
  try {
    const disk = yield* OpenDisk.open(sys, path, false);
    try {
      return yield* disk.readLabel();
    } finally {
      disk.close();
    }
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

export function freeSpans(label: DiskLabel, totalSectors: number, inside?: LabelPartition): readonly { readonly first: number; readonly last: number }[] {
  const bounds = inside === undefined ? usable(label, totalSectors) : { first: inside.start + GRAIN, last: inside.start + inside.sectors - 1 };
  const taken = label.partitions.filter((one) => (inside === undefined ? one.number <= 4 || label.kind === "gpt" : one.number > 4)).toSorted((a, b) => a.start - b.start);
  const spans: { first: number; last: number }[] = [];
  let at = bounds.first;
  const align = (sector: number): number => (sector < GRAIN ? sector : Math.ceil(sector / GRAIN) * GRAIN);
  for (const one of taken) {
    if (one.start - 1 >= align(at)) spans.push({ first: align(at), last: one.start - 1 - (inside === undefined ? 0 : GRAIN) });
    at = Math.max(at, one.start + one.sectors + (inside === undefined ? 0 : GRAIN));
  }
  if (bounds.last >= align(at)) spans.push({ first: align(at), last: bounds.last });
  return spans.filter((span) => span.last >= span.first);
}

/** libsmartcols' sizes: "8G", "511.5M"; with `long` "8 GiB". */
export function deviceSize(bytes: number, long = false): string {
  const letters = "BKMGTPE";
  let power = 0;
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++;
  let whole = Math.floor(bytes / 1024 ** power);
  let tenth = power === 0 ? 0 : Math.floor(((bytes % 1024 ** power) / 1024 ** power) * 10 + 0.5);
  if (tenth === 10) {
    whole++;
    tenth = 0;
  }
  const number = tenth === 0 ? String(whole) : `${whole}.${tenth}`;
  if (!long) return `${number}${letters.charAt(power)}`;
  return power === 0 ? `${number} B` : `${number} ${letters.charAt(power)}iB`;
}
