// Where sgdisk puts partitions: free blocks, alignment, places as users write them (GPTData and IeeeToInt of GPT fdisk 1.0.9).
import { type DiskLabel, newGuid, SECTOR_BYTES } from "../kit/disk-label.ts";
import type { Sys } from "../../kernel/sys.ts";
import { LINUX_FILESYSTEM } from "./_codes.ts";
import { firstOf, gaps, lastOf } from "./_table.ts";

export class Placing {
  readonly label: DiskLabel;
  readonly totalSectors: number;
  alignment: number;

  constructor(label: DiskLabel, totalSectors: number, alignment = usualAlignment(label, totalSectors)) {
    this.label = label;
    this.totalSectors = totalSectors;
    this.alignment = alignment;
  }

  isFree(sector: number): boolean {
    return sector >= firstOf(this.label) && sector <= lastOf(this.label, this.totalSectors) && !this.label.partitions.some((one) => sector >= one.start && sector < one.start + one.sectors);
  }

  /** 0 where everything is taken. */
  firstInLargest(): number {
    let best: { readonly first: number; readonly last: number } | undefined;
    for (const gap of gaps(this.label, this.totalSectors)) if (best === undefined || gap.last - gap.first > best.last - best.first) best = gap;
    return best?.first ?? 0;
  }

  /** Of the free block that `start` would be in; with `alignEnd` such that the next one is aligned. */
  lastInFree(start: number, alignEnd = false): number {
    let end = lastOf(this.label, this.totalSectors);
    for (const one of this.label.partitions) if (end > one.start && one.start > start) end = one.start - 1;
    if (!alignEnd) return end;
    const next = this.align(end + 1);
    return next !== end + 1 && this.isFree(next - 1) && next > start ? next - 1 : end;
  }

  /** An aligned sector before this one where that is free, else one behind it, else the sector itself. */
  align(sector: number): number {
    if (sector % this.alignment === 0) return sector;
    const earlier = Math.floor(sector / this.alignment) * this.alignment;
    const later = earlier + this.alignment;
    const free = (from: number, to: number): boolean => {
      for (let at = from; at <= to; at++) if (!this.isFree(at)) return false;
      return true;
    };
    if (earlier >= firstOf(this.label) && free(earlier, Math.max(earlier, sector - 1))) return earlier;
    if (later <= lastOf(this.label, this.totalSectors) && free(Math.min(later, sector + 1), later)) return later;
    return sector;
  }

  /** "0", "2048", "+20M", "-1G"; 0 for what cannot be read. */
  place(word: string, low: number, high: number, usual: number): number {
    const match = /^ *([+-]?)(?:(\d+)\s*(\S)?.*)?$/.exec(word);
    if (match === null) return 0;
    const [, sign, digits, letter = ""] = match;
    const number = Number(digits ?? 0);
    if (number === 0) return usual;
    const power = letter === "" ? -1 : "KMGTPE".indexOf(letter.toUpperCase());
    const sectors = power < 0 ? number : number * Math.floor(1024 ** (power + 1) / SECTOR_BYTES);
    if (sign === "+") return high - usual < this.alignment ? sectors - 1 + low : sectors + usual;
    if (sign === "-") return sectors > high ? 0 : high - sectors;
    return sectors;
  }

  /** What was said of a moved start; undefined where the partition cannot be made. */
  create(sys: Sys, number: number, start: number, end: number): string | undefined {
    if (number < 1 || number > 128 || this.label.partitions.some((one) => one.number === number)) return undefined;
    const first = this.align(start);
    if (!this.isFree(first) || first > end || this.lastInFree(first) < end) return undefined;
    this.label.partitions.push({ number, start: first, sectors: end - first + 1, type: LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" });
    return first === start ? "" : `Information: Moved requested sector from ${start} to ${first} in\norder to align on ${this.alignment}-sector boundaries.\n`;
  }

  /** What a refused start had become. */
  moved(start: number): string {
    const first = this.align(start);
    return first === start ? "" : `Information: Moved requested sector from ${start} to ${first} in\norder to align on ${this.alignment}-sector boundaries.\n`;
  }
}

/** A MiB, or less where partitions begin elsewhere; on large disks at least 4 KiB. */
export function usualAlignment(label: DiskLabel, totalSectors: number): number {
  let align = 2048;
  for (const one of label.partitions) while (align > 1 && one.start % align !== 0) align /= 2;
  return align < 8 && totalSectors >= 585_937_500 ? 8 : align;
}
