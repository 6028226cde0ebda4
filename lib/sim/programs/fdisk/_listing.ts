// How libfdisk's programs show a disk: the head, the table of partitions, free space.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type DiskLabel, OpenDisk, SECTOR_BYTES, deviceSize, freeSpans, isExtended, partitionPath, typeName } from "../kit/disk-label.ts";
import { localNumber } from "../kit/locale.ts";
import { translated } from "../kit/messages/translate.ts";
import { Table } from "../kit/table.ts";

/** "8 GiB", "7,5G": by the locale. */
export function localSize(sys: Sys, bytes: number, long = false): string {
  return localNumber(sys, deviceSize(bytes, long));
}

export function* diskHead(disk: OpenDisk): Blocking<string> {
  const name = disk.path.split("/").at(-1) ?? "";
  const model = disk.isDevice ? ((yield* readTextFile(disk.sys, `/sys/class/block/${name}/device/model`)) ?? "").trim() : "";
  return translated(disk.sys, "fdisk", `Disk ${disk.path}: ${localSize(disk.sys, disk.sizeBytes, true)}, ${disk.sizeBytes} bytes, ${disk.totalSectors} sectors\n${model === "" ? "" : `Disk model: ${model}\n`}Units: sectors of 1 * 512 = 512 bytes\nSector size (logical/physical): 512 bytes / 512 bytes\nI/O size (minimum/optimal): 512 bytes / 512 bytes\n`);
}

export const labelHead = (label: DiskLabel): string => `Disklabel type: ${label.kind}\nDisk identifier: ${label.kind === "dos" ? `0x${label.id}` : label.id}\n`;

const COLUMNS: ReadonlyMap<string, { readonly right?: true; readonly minimumWidth?: number }> = new Map<string, { readonly right?: true; readonly minimumWidth?: number }>([
  ["Device", { minimumWidth: 10 }], ["Boot", {}], ["Start", { right: true }], ["End", { right: true }], ["Sectors", { right: true }], ["Size", { right: true }], ["Id", { right: true }], ["Type", {}], ["Type-UUID", {}], ["UUID", {}], ["Name", {}], ["Attrs", {}],
]);

export function columnNames(label: DiskLabel): readonly string[] {
  return label.kind === "dos" ? ["Device", "Boot", "Start", "End", "Sectors", "Size", "Id", "Type"] : ["Device", "Start", "End", "Sectors", "Size", "Type"];
}

/** The table of partitions; empty without any. Undefined names a column that does not exist. */
export function partitionTable(disk: OpenDisk, label: DiskLabel, names: readonly string[] = columnNames(label)): string {
  if (label.partitions.length === 0) return "";
  const table = new Table(names.map((name) => ({ name: translated(disk.sys, "fdisk", name), ...COLUMNS.get(name) })));
  for (const one of label.partitions.toSorted((a, b) => a.number - b.number)) {
    const cells = new Map<string, string>([
      ["Device", partitionPath(disk.path, one.number)], ["Boot", one.bootable && label.kind === "dos" ? "*" : ""], ["Start", String(one.start)], ["End", String(one.start + one.sectors - 1)], ["Sectors", String(one.sectors)], ["Size", localSize(disk.sys, one.sectors * SECTOR_BYTES)],
      ["Id", one.type], ["Type", translated(disk.sys, "fdisk", typeName(label.kind, one.type))], ["Type-UUID", one.type], ["UUID", one.uuid], ["Name", one.name], ["Attrs", one.bootable && label.kind === "gpt" ? "LegacyBIOSBootable" : ""],
    ]);
    table.row(names.map((name) => cells.get(name) ?? ""));
  }
  return table.text({ mode: "table", headings: true });
}

export function* listDisk(disk: OpenDisk, label: DiskLabel | undefined, names?: readonly string[]): Blocking<string> {
  let text = yield* diskHead(disk);
  if (label === undefined) return text;
  text += translated(disk.sys, "fdisk", labelHead(label));
  const table = partitionTable(disk, label, names);
  if (table !== "") text += `\n${table}`;
  const partitions = label.partitions.toSorted((a, b) => a.number - b.number);
  if (partitions.some((one, index) => index > 0 && one.start < (partitions[index - 1]?.start ?? 0) && !(one.number > 4 && isExtended(partitions[index - 1] ?? one)))) text += translated(disk.sys, "fdisk", "\nPartition table entries are not in disk order.\n");
  return text;
}

export function freeList(disk: OpenDisk, label: DiskLabel | undefined): string {
  const spans = label === undefined ? [{ first: 0, last: disk.totalSectors - 1 }] : [...freeSpans(label, disk.totalSectors), ...label.partitions.filter(isExtended).flatMap((one) => freeSpans(label, disk.totalSectors, one))];
  const sectors = spans.reduce((sum, span) => sum + span.last - span.first + 1, 0);
  let text = translated(disk.sys, "fdisk", `Unpartitioned space ${disk.path}: ${localSize(disk.sys, sectors * SECTOR_BYTES, true)}, ${sectors * SECTOR_BYTES} bytes, ${sectors} sectors\nUnits: sectors of 1 * 512 = 512 bytes\nSector size (logical/physical): 512 bytes / 512 bytes\n`);
  if (spans.length === 0) return text;
  const table = new Table(["Start", "End", "Sectors", "Size"].map((name) => ({ name: translated(disk.sys, "fdisk", name), right: true })));
  for (const { first, last } of spans) table.row([String(first), String(last), String(last - first + 1), localSize(disk.sys, (last - first + 1) * SECTOR_BYTES)]);
  text += `\n${table.text({ mode: "table", headings: true })}`;
  return text;
}

/** Whole disks as /proc/partitions names them. */
export function* wholeDisks(sys: Sys): Blocking<readonly string[]> {
  const names = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name !== "");
  return names.filter((name) => !names.some((disk) => disk !== name && name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length)))).map((name) => `/dev/${name}`);
}

/** Somebody has it, or a partition of it, mounted. */
export function* mountedPart(sys: Sys, path: string): Blocking<boolean> {
  const mounts = ((yield* readTextFile(sys, "/proc/self/mounts")) ?? "").split("\n").map((line) => line.split(" ")[0] ?? "");
  const swaps = ((yield* readTextFile(sys, "/proc/swaps")) ?? "").split("\n").map((line) => line.split(/\s+/)[0] ?? "");
  return [...mounts, ...swaps].some((source) => source === path || (source.startsWith(path) && /^p?\d+$/.test(source.slice(path.length))));
}

/** Opens, asks and closes; a SysError becomes undefined after `refused`. */
export function* withDisk<T>(sys: Sys, path: string, writable: boolean, body: (disk: OpenDisk) => Blocking<T>, refused: (error: SysError) => Blocking<void>): Blocking<T | undefined> {
  let disk: OpenDisk;
  try {
    disk = yield* OpenDisk.open(sys, path, writable);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* refused(error);
    return undefined;
  }
  try {
    return yield* body(disk);
  } finally {
    disk.close();
  }
}
