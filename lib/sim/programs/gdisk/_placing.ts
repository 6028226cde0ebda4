// Where GPT fdisk puts partitions: free blocks, alignment, places as users write them (GPTData and IeeeToInt of GPT fdisk 1.0.9).
import { type LabelPartition, newGuid, SECTOR_BYTES } from "../kit/disk-label.ts";
import type { Sys } from "../../kernel/sys.ts";
import { LINUX_FILESYSTEM } from "./_codes.ts";

/** What is placed in: a table's partitions, and the sectors that it leaves to them. */
export interface Room {
  readonly partitions: readonly LabelPartition[];
  readonly first: number;
  readonly last: number;
  /** of the table's entries */
  readonly count: number;
  add(one: LabelPartition): void;
}

export class Placing {
  readonly room: Room;
  alignment: number;

  constructor(room: Room, alignment: number) {
    this.room = room;
    this.alignment = alignment;
  }

  isFree(sector: number): boolean {
    return sector >= this.room.first && sector <= this.room.last && !this.room.partitions.some((one) => sector >= one.start && sector < one.start + one.sectors);
  }

  /** Whatever lies between partitions, from the first usable sector to the last. */
  gaps(): readonly { readonly first: number; readonly last: number }[] {
    const found: { first: number; last: number }[] = [];
    let at = this.room.first;
    for (const { start, sectors } of [...this.room.partitions.toSorted((a, b) => a.start - b.start), { start: this.room.last + 1, sectors: 0 }]) {
      if (start > at) found.push({ first: at, last: start - 1 });
      at = Math.max(at, start + sectors);
    }
    return found;
  }

  /** 0 where everything is taken. */
  firstInLargest(): number {
    let best: { readonly first: number; readonly last: number } | undefined;
    for (const gap of this.gaps()) if (best === undefined || gap.last - gap.first > best.last - best.first) best = gap;
    return best?.first ?? 0;
  }

  firstAvailable(): number {
    return this.gaps()[0]?.first ?? 0;
  }

  lastAvailable(): number {
    return this.gaps().at(-1)?.last ?? 0;
  }

  /** Of the free block that `start` would be in; with `alignEnd` such that the next one is aligned. */
  lastInFree(start: number, alignEnd = false): number {
    let end = this.room.last;
    for (const one of this.room.partitions) if (end > one.start && one.start > start) end = one.start - 1;
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
    if (earlier >= this.room.first && free(earlier, Math.max(earlier, sector - 1))) return earlier;
    if (later <= this.room.last && free(Math.min(later, sector + 1), later)) return later;
    return sector;
  }

  /** "0", "2048", "+20M", "-1G"; 0 for what cannot be read. `byEnd`: a "+" means a size where the default is the end. */
  place(word: string, low: number, high: number, usual: number, byEnd = high - usual < this.alignment): number {
    const match = /^ *([+-]?)(?:(\d+)\s*(\S)?.*)?$/.exec(word);
    if (match === null) return 0;
    const [, sign, digits, letter = ""] = match;
    const number = Number(digits ?? 0);
    if (number === 0) return usual;
    const power = letter === "" ? -1 : "KMGTPE".indexOf(letter.toUpperCase());
    const sectors = power < 0 ? number : number * Math.floor(1024 ** (power + 1) / SECTOR_BYTES);
    if (sign === "+") return byEnd ? sectors - 1 + low : sectors + usual;
    if (sign === "-") return sectors > high ? 0 : high - sectors;
    return sectors;
  }

  /** What was said of a moved start; undefined where the partition cannot be made. */
  create(sys: Sys, number: number, start: number, end: number): string | undefined {
    if (number < 1 || number > this.room.count || this.room.partitions.some((one) => one.number === number)) return undefined;
    const first = this.align(start);
    if (!this.isFree(first) || first > end || this.lastInFree(first) < end) return undefined;
    this.room.add({ number, start: first, sectors: end - first + 1, type: LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" });
    return this.moved(start);
  }

  /** What a start becomes by alignment, in words. */
  moved(start: number): string {
    const first = this.align(start);
    return first === start ? "" : `Information: Moved requested sector from ${start} to ${first} in\norder to align on ${this.alignment}-sector boundaries.\n`;
  }
}

/** A MiB, or less where partitions begin elsewhere; on large disks at least 4 KiB. */
export function usualAlignment(partitions: readonly LabelPartition[], totalSectors: number): number {
  let align = 2048;
  for (const one of partitions) while (align > 1 && one.start % align !== 0) align /= 2;
  return align < 8 && totalSectors >= 585_937_500 ? 8 : align;
}
