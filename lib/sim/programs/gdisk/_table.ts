// What gdisk and sgdisk print of a table (GPT fdisk 1.0.9).
import { type DiskLabel, GRAIN, type LabelPartition, type OpenDisk } from "../kit/disk-label.ts";
import { codeOf, nameOf, sizeText } from "./_types.ts";

export const FIRST_USABLE = 34;
export const lastUsable = (totalSectors: number): number => totalSectors - 34;
/** What the header says, or a new one would. */
export const firstOf = (label: DiskLabel): number => label.bounds?.first ?? FIRST_USABLE;
export const lastOf = (label: DiskLabel, totalSectors: number): number => label.bounds?.last ?? lastUsable(totalSectors);
export const byNumber = (label: DiskLabel): readonly LabelPartition[] => label.partitions.toSorted((a, b) => a.number - b.number);

/** Whatever lies between partitions, from the first usable sector to the last. */
export function gaps(label: DiskLabel, totalSectors: number): readonly { readonly first: number; readonly last: number }[] {
  const found: { first: number; last: number }[] = [];
  let at = firstOf(label);
  for (const { start, sectors } of [...label.partitions.toSorted((a, b) => a.start - b.start), { start: lastOf(label, totalSectors) + 1, sectors: 0 }]) {
    if (start > at) found.push({ first: at, last: start - 1 });
    at = Math.max(at, start + sectors);
  }
  return found;
}

export function summary(path: string, disk: OpenDisk, label: DiskLabel, grain = GRAIN): string {
  const last = lastOf(label, disk.totalSectors);
  const free = gaps(label, disk.totalSectors).reduce((sum, gap) => sum + gap.last - gap.first + 1, 0);
  const head = `Disk ${path}: ${disk.totalSectors} sectors, ${sizeText(disk.totalSectors)}\nSector size (logical${disk.isDevice ? "/physical): 512/512" : "): 512"} bytes\nDisk identifier (GUID): ${label.id}\nPartition table holds up to 128 entries\nMain partition table begins at sector 2 and ends at sector 33\n` +
    `First usable sector is ${firstOf(label)}, last usable sector is ${last}\nPartitions will be aligned on ${grain}-sector boundaries\nTotal free space is ${free} sectors (${sizeText(free)})\n\nNumber  Start (sector)    End (sector)  Size       Code  Name\n`;
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

/** What is left of a table that does not fit the disk (GPTData::CheckGPTSize). */
export function misfit(label: DiskLabel, totalSectors: number): string {
  const last = Math.max(0, ...label.partitions.map((one) => one.start + one.sectors - 1));
  const overlap = last - lastOf(label, totalSectors);
  if (overlap <= 0) return "";
  const advice = last > totalSectors - 2 ? "You will need to delete this partition or resize it in another utility.\n" : `Try reducing the partition table size by ${overlap * 4} entries.\n(Use the 's' item on the experts' menu.)\n`;
  return `\nWarning! Secondary partition table overlaps the last partition by\n${overlap} blocks!\n${advice}`;
}

export function verifyText(label: DiskLabel, totalSectors: number, grain = GRAIN): string {
  const problems: string[] = [];
  if (label.bounds !== undefined && label.bounds.backup !== totalSectors - 1) problems.push("\nProblem: The secondary header's self-pointer indicates that it doesn't reside\nat the end of the disk. If you've added a disk to a RAID array, use the 'e'\noption on the experts' menu to adjust the secondary header's and partition\ntable's locations.\n");
  const first = firstOf(label);
  const warning = first === FIRST_USABLE ? "" : `\nWarning: There is a gap between the main partition table (ending sector 33)\nand the first usable sector (${first}). This is helpful in some exotic configurations,\nbut is unusual. The util-linux fdisk program often creates disks like this.\nUsing 'j' on the experts' menu can adjust this gap.\n`;
  const misfits = misfit(label, totalSectors);
  if (misfits !== "") problems.push(misfits);
  const parts = byNumber(label);
  const begins = parts.filter((one) => one.start % grain !== 0);
  const cautions = parts.map((one) => (one.start % grain === 0 ? "" : `\nCaution: Partition ${one.number} doesn't begin on a ${grain}-sector boundary. This may\nresult in degraded performance on some modern (2009 and later) hard disks.\n`) + ((one.start + one.sectors) % grain === 0 ? "" : `\nCaution: Partition ${one.number} doesn't end on a ${grain}-sector boundary. This may\nresult in problems with some disk encryption tools.\n`)).join("");
  const link = begins.length > 0 ? "\nConsult http://www.ibm.com/developerworks/linux/library/l-4kb-sector-disks/\nfor information on disk alignment.\n" : "";
  const free = gaps(label, totalSectors).map((gap) => gap.last - gap.first + 1);
  const sum = free.reduce((total, sectors) => total + sectors, 0);
  const largest = Math.max(0, ...free);
  const end = problems.length > 0 ? `\nIdentified ${problems.length} problems!\n` : `\nNo problems found. ${sum} free sectors (${sizeText(sum)}) available in ${free.length}\nsegments, the largest of which is ${largest} (${sizeText(largest)}) in size.\n`;
  return `${problems.filter((one) => one !== misfits).join("")}${warning}${misfits}${cautions}${link}${end}`;
}
