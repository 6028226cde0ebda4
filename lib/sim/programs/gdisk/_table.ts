// What gdisk and sgdisk print of a table (GPT fdisk 1.0.9).
import { type DiskLabel, GRAIN, type LabelPartition, type OpenDisk } from "../kit/disk-label.ts";
import { codeOf, nameOf, sizeText } from "./_types.ts";

export const FIRST_USABLE = 34;
export const lastUsable = (totalSectors: number): number => totalSectors - 34;
export const byNumber = (label: DiskLabel): readonly LabelPartition[] => label.partitions.toSorted((a, b) => a.number - b.number);

/** Whatever lies between partitions, from the first usable sector to the last. */
export function gaps(label: DiskLabel, totalSectors: number): readonly { readonly first: number; readonly last: number }[] {
  const found: { first: number; last: number }[] = [];
  let at = FIRST_USABLE;
  for (const { start, sectors } of [...label.partitions.toSorted((a, b) => a.start - b.start), { start: lastUsable(totalSectors) + 1, sectors: 0 }]) {
    if (start > at) found.push({ first: at, last: start - 1 });
    at = Math.max(at, start + sectors);
  }
  return found;
}

export function summary(path: string, disk: OpenDisk, label: DiskLabel, grain = GRAIN): string {
  const last = lastUsable(disk.totalSectors);
  const free = last - FIRST_USABLE + 1 - label.partitions.reduce((sum, one) => sum + one.sectors, 0);
  const head = `Disk ${path}: ${disk.totalSectors} sectors, ${sizeText(disk.totalSectors)}\nSector size (logical${disk.isDevice ? "/physical): 512/512" : "): 512"} bytes\nDisk identifier (GUID): ${label.id}\nPartition table holds up to 128 entries\nMain partition table begins at sector 2 and ends at sector 33\n` +
    `First usable sector is ${FIRST_USABLE}, last usable sector is ${last}\nPartitions will be aligned on ${grain}-sector boundaries\nTotal free space is ${free} sectors (${sizeText(free)})\n\nNumber  Start (sector)    End (sector)  Size       Code  Name\n`;
  return head + byNumber(label).map((one) => `${String(one.number).padStart(4)}${String(one.start).padStart(16)}${String(one.start + one.sectors - 1).padStart(16)}   ${sizeText(one.sectors).padEnd(12)}${codeOf(one.type)}  ${one.name.slice(0, 23)}\n`).join("");
}

const LEGACY_BOOT = 4n;

export const attributesOf = ({ attributes = 0n, bootable }: LabelPartition): bigint => attributes | (bootable ? LEGACY_BOOT : 0n);

export function setAttributes(one: LabelPartition, bits: bigint): void {
  one.bootable = (bits & LEGACY_BOOT) !== 0n;
  one.attributes = bits & ~LEGACY_BOOT;
}

export const KNOWN_ATTRIBUTES: readonly (readonly [bit: number, name: string])[] = [[0, "system partition"], [1, "hide from EFI"], [2, "legacy BIOS bootable"], [60, "read-only"], [62, "hidden"], [63, "do not automount"]];

export const attributeName = (bit: number): string => KNOWN_ATTRIBUTES.find(([known]) => known === bit)?.[1] ?? `Undefined bit #${bit}`;

/** The numbers of the bits that are set. */
export const bitsOf = (bits: bigint): readonly number[] => Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((bits >> BigInt(bit)) & 1n) === 1n);

/** "1:2:1 (legacy BIOS bootable)", a line for each bit that is set. */
export const attributeText = (one: LabelPartition): string => bitsOf(attributesOf(one)).map((bit) => `${one.number}:${bit}:1 (${attributeName(bit)})\n`).join("");

export function infoText(one: LabelPartition): string {
  const last = one.start + one.sectors - 1;
  return `Partition GUID code: ${one.type} (${nameOf(one.type)})\nPartition unique GUID: ${one.uuid}\nFirst sector: ${one.start} (at ${sizeText(one.start)})\nLast sector: ${last} (at ${sizeText(last)})\nPartition size: ${one.sectors} sectors (${sizeText(one.sectors)})\nAttribute flags: ${attributesOf(one).toString(16).toUpperCase().padStart(16, "0")}\nPartition name: '${one.name}'\n`;
}

export function verifyText(label: DiskLabel, totalSectors: number): string {
  const free = gaps(label, totalSectors).map(({ first, last }) => last - first + 1);
  const sum = free.reduce((total, sectors) => total + sectors, 0);
  const largest = Math.max(0, ...free);
  const cautions = byNumber(label).map((one) => ((one.start + one.sectors) % GRAIN === 0 ? "" : `\nCaution: Partition ${one.number} doesn't end on a ${GRAIN}-sector boundary. This may\nresult in problems with some disk encryption tools.\n`)).join("");
  return `${cautions}\nNo problems found. ${sum} free sectors (${sizeText(sum)}) available in ${free.length}\nsegments, the largest of which is ${largest} (${sizeText(largest)}) in size.\n`;
}
