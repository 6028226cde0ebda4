// Reading partition tables as the kernel does: MBR with one chain of logical partitions, and GPT (UEFI specification, 5.3).

import type { BlockDevice } from "./block-device.ts";

export interface TableEntry {
  readonly number: number;
  readonly startSector: number;
  readonly sectors: number;
  /** PARTUUID: of GPT its own, of an MBR the table's number and the partition's */
  readonly uuid: string;
  /** PARTLABEL, which only GPT has */
  readonly label: string;
}

const SECTOR = 512;

function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32;
}

export function readPartitionTable(disk: BlockDevice): readonly TableEntry[] {
  const head = disk.read(0, SECTOR);
  if (head.length < SECTOR || head[510] !== 0x55 || head[511] !== 0xaa) return [];
  if (head[450] === 0xee) {
    const table = readGpt(disk);
    if (table !== undefined) return table;
  }
  return readMbr(disk, head);
}

function readMbr(disk: BlockDevice, head: Uint8Array): readonly TableEntry[] {
  const total = Math.floor(disk.sizeBytes / SECTOR);
  const entries: TableEntry[] = [];
  const identified = (number: number): Pick<TableEntry, "uuid" | "label"> => ({ uuid: u32(head, 440) === 0 ? "" : `${hex(u32(head, 440), 8)}-${hex(number, 2)}`, label: "" });
  let extended = 0;
  for (let index = 0; index < 4; index++) {
    const at = 446 + index * 16;
    const status = head[at] ?? 0;
    const type = head[at + 4] ?? 0;
    const startSector = u32(head, at + 8);
    const sectors = u32(head, at + 12);
    // A boot sector without a table (a file system on the whole disk) has other values here.
    if (status !== 0 && status !== 0x80) return [];
    if (type === 0 || sectors === 0 || startSector >= total) continue;
    const isExtended = type === 5 || type === 0x0f || type === 0x85;
    if (isExtended) extended = startSector;
    entries.push({ number: index + 1, startSector, sectors: isExtended ? Math.min(2, sectors) : sectors, ...identified(index + 1) });
  }
  let next = extended;
  for (let number = 5; next !== 0 && number < 64; number++) {
    const record = disk.read(next * SECTOR, SECTOR);
    if (record.length < SECTOR || record[510] !== 0x55 || record[511] !== 0xaa) break;
    const sectors = u32(record, 446 + 12);
    if (sectors > 0) entries.push({ number, startSector: next + u32(record, 446 + 8), sectors, ...identified(number) });
    const link = u32(record, 462 + 8);
    next = link === 0 ? 0 : extended + link;
  }
  return entries;
}

function readGpt(disk: BlockDevice): readonly TableEntry[] | undefined {
  const header = disk.read(SECTOR, SECTOR);
  if (String.fromCharCode(...header.subarray(0, 8)) !== "EFI PART") return undefined;
  const tableSector = u64(header, 72);
  const count = Math.min(256, u32(header, 80));
  const size = u32(header, 84);
  if (size < 128 || size > 4096) return undefined;
  const table = disk.read(tableSector * SECTOR, count * size);
  const entries: TableEntry[] = [];
  for (let index = 0; index < count; index++) {
    const at = index * size;
    if (table.subarray(at, at + 16).every((byte) => byte === 0)) continue;
    const startSector = u64(table, at + 32);
    const letters = new Uint16Array(36).map((_, place) => (table[at + 56 + 2 * place] ?? 0) | ((table[at + 57 + 2 * place] ?? 0) << 8));
    const end = letters.indexOf(0);
    const uuid = `${hex(u32(table, at + 16), 8)}-${hex(u32(table, at + 20) & 0xffff, 4)}-${hex(u32(table, at + 20) >>> 16, 4)}-${[24, 25].map((place) => hex(table[at + place] ?? 0, 2)).join("")}-${[26, 27, 28, 29, 30, 31].map((place) => hex(table[at + place] ?? 0, 2)).join("")}`;
    entries.push({ number: index + 1, startSector, sectors: u64(table, at + 40) - startSector + 1, uuid, label: String.fromCharCode(...letters.subarray(0, end < 0 ? 36 : end)) });
  }
  return entries;
}
