// What cfdisk's list shows: partitions and free space in the order of the disk, in columns that fill the screen.
import { type DiskLabel, deviceSize, freeSpans, GRAIN, isExtended, type LabelPartition, type OpenDisk, partitionPath, SECTOR_BYTES, typeName } from "../kit/disk-label.ts";

export interface Row {
  /** undefined: free space */
  readonly partition: LabelPartition | undefined;
  readonly first: number;
  readonly last: number;
  /** lies in the extended partition */
  readonly logical: boolean;
}

export function rowsOf(disk: OpenDisk, label: DiskLabel): readonly Row[] {
  const rows: Row[] = [];
  const free = (inside?: LabelPartition): readonly Row[] => freeSpans(label, disk.totalSectors, inside).filter(({ first, last }) => last - first + 1 >= GRAIN).map((span) => ({ partition: undefined, ...span, logical: inside !== undefined }));
  const of = (partition: LabelPartition, logical: boolean): Row => ({ partition, first: partition.start, last: partition.start + partition.sectors - 1, logical });
  const byPlace = (list: readonly Row[]): readonly Row[] => list.toSorted((a, b) => a.first - b.first);
  const primary = label.partitions.filter(({ number }) => label.kind === "gpt" || number <= 4);
  for (const row of byPlace([...primary.map((one) => of(one, false)), ...free()])) {
    rows.push(row);
    if (row.partition === undefined || label.kind === "gpt" || !isExtended(row.partition)) continue;
    rows.push(...byPlace([...label.partitions.filter(({ number }) => number > 4).map((one) => of(one, true)), ...free(row.partition)]));
  }
  return rows;
}

interface Field {
  readonly name: string;
  readonly right: boolean;
  /** the width hint of libfdisk; below 1 a share of the room */
  readonly hint: number;
  readonly value: (row: Row) => string;
}

function fields(disk: OpenDisk, label: DiskLabel, rows: readonly Row[]): readonly Field[] {
  const name = disk.path;
  const device = (row: Row): string => {
    const branch = !row.logical ? "" : rows.filter(({ logical }) => logical).at(-1) === row ? "└─" : "├─";
    return branch + (row.partition === undefined ? "Free space" : partitionPath(name, row.partition.number));
  };
  const all: (Field & { readonly only?: DiskLabel["kind"] })[] = [
    { name: "Device", right: false, hint: 10, value: device }, { name: "Boot", right: false, hint: 1, value: ({ partition }) => (partition?.bootable ? "*" : ""), only: "dos" }, { name: "Start", right: true, hint: 5, value: ({ first }) => String(first) }, { name: "End", right: true, hint: 5, value: ({ last }) => String(last) },
    { name: "Sectors", right: true, hint: 5, value: ({ first, last }) => String(last - first + 1) }, { name: "Size", right: true, hint: 5, value: ({ first, last }) => deviceSize((last - first + 1) * SECTOR_BYTES) }, { name: "Id", right: true, hint: 2, value: ({ partition }) => partition?.type ?? "", only: "dos" }, { name: "Type", right: false, hint: 0.1, value: ({ partition }) => (partition === undefined ? "" : typeName(label.kind, partition.type)) },
  ];
  return all.filter(({ only }) => only === undefined || only === label.kind);
}

/** The heading and a line for each row, as wide as the room. What is left over goes to the columns, an equal share each and the rest to the first ones. */
export function tableLines(disk: OpenDisk, label: DiskLabel, rows: readonly Row[], room: number): { readonly head: string; readonly lines: readonly string[] } {
  const columns = fields(disk, label, rows);
  const natural = columns.map(({ name, hint, value }) => Math.max(name.length, hint < 1 ? Math.floor(hint * room) : hint, ...rows.map((row) => [...value(row)].length)));
  const spare = Math.max(0, room - natural.reduce((sum, width) => sum + width, 0) - (columns.length - 1));
  const widths = natural.map((width, index) => width + Math.floor(spare / columns.length) + (index < spare % columns.length ? 1 : 0));
  const line = (cells: readonly string[]): string => cells.map((cell, index) => (columns[index]?.right ? " ".repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)) + cell : cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))).join(" ");
  return { head: line(columns.map(({ name }) => name)), lines: rows.map((row) => line(columns.map(({ value }) => value(row)))) };
}

/** What the box below the list says of a partition. */
export function detailLines(label: DiskLabel, partition: LabelPartition): readonly string[] {
  const rows: [string, string][] = [];
  if (partition.name !== "") rows.push(["Partition name", partition.name]);
  if (label.kind === "gpt") rows.push(["Partition UUID", partition.uuid]);
  rows.push(["Partition type", `${typeName(label.kind, partition.type)} (${partition.type})`]);
  if (partition.bootable) rows.push(["Attributes", label.kind === "dos" ? "80" : "LegacyBIOSBootable"]);
  return rows.map(([name, value]) => `${name.padStart(14)}: ${value}`);
}
