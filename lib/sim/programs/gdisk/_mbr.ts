// The first sector as GPT fdisk keeps it: a protective MBR, a hybrid one, or a table of its own with logical partitions (BasicMBRData of 1.0.9).
import type { Blocking } from "../../kernel/sys.ts";
import { type OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { sizeText } from "./_types.ts";

export const GPT_TYPE = 0xee;
const EXTENDED: readonly number[] = [0x05, 0x0f, 0x85];
const MOST_LOGICALS = 124;
const LARGEST = 0xffff_ffff;

export interface MbrPart {
  type: number;
  active: boolean;
  start: number;
  sectors: number;
  use: "primary" | "logical" | "omitted";
}

export type MbrState = "invalid" | "protective" | "hybrid" | "MBR only";

const u32 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
const put32 = (bytes: Uint8Array, at: number, value: number): void => {
  for (let index = 0; index < 4; index++) bytes[at + index] = Math.floor(value / 2 ** (8 * index)) & 0xff;
};

/** Heads, sectors and cylinders of a sector on a disk of 255 heads and 63 sectors. */
function chs(sector: number): readonly [number, number, number] {
  const track = Math.floor(sector / 63);
  const cylinder = Math.floor(track / 255);
  return cylinder > 1023 ? [0xff, 0xff, 0xff] : [track % 255, (sector % 63) + 1 + ((cylinder >> 8) << 6), cylinder & 0xff];
}

function putEntry(sector: Uint8Array, at: number, { type, active, start, sectors }: Pick<MbrPart, "type" | "active" | "start" | "sectors">, base = 0): void {
  sector.set([active ? 0x80 : 0, ...chs(start), type, ...chs(start + sectors - 1)], at);
  put32(sector, at + 8, start - base);
  put32(sector, at + 12, sectors);
}

const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, "0");

export class Mbr {
  /** The four primary ones by their place; behind them the logical ones. */
  parts: (MbrPart | undefined)[] = [];
  state: MbrState = "invalid";
  id = 0;
  readonly totalSectors: number;
  #code: Uint8Array = new Uint8Array(SECTOR_BYTES);

  constructor(totalSectors: number) {
    this.totalSectors = totalSectors;
  }

  /** From the first sector of a disk or of a saved table. */
  static fromSector(sector: Uint8Array, totalSectors: number): Mbr {
    const mbr = new Mbr(totalSectors);
    mbr.#code = sector.slice();
    if (sector[510] !== 0x55 || sector[511] !== 0xaa) return mbr;
    mbr.id = u32(sector, 440);
    for (let index = 0; index < 4; index++) {
      const at = 446 + index * 16;
      const type = sector[at + 4] ?? 0;
      if (type !== 0) mbr.parts[index] = { type, active: sector[at] === 0x80, start: u32(sector, at + 8), sectors: u32(sector, at + 12), use: "primary" };
    }
    mbr.classify();
    return mbr;
  }

  /** A boot sector of a file system has code where the table's flags would be: that is no table. */
  static *read(disk: OpenDisk): Blocking<Mbr> {
    const mbr = Mbr.fromSector(yield* disk.read(0, 1), disk.totalSectors);
    if (mbr.state !== "invalid" && mbr.state !== "protective" && (yield* disk.readLabel()) === undefined) mbr.state = "invalid";
    const extended = mbr.parts.find((one) => one !== undefined && EXTENDED.includes(one.type));
    for (let record = extended?.start ?? 0; record !== 0 && mbr.parts.length < 4 + MOST_LOGICALS; ) {
      const sector = yield* disk.read(record, 1);
      if (sector[510] !== 0x55 || sector[511] !== 0xaa) break;
      const type = sector[450] ?? 0;
      mbr.parts.length = Math.max(4, mbr.parts.length);
      if (type !== 0) mbr.parts.push({ type, active: sector[446] === 0x80, start: record + u32(sector, 454), sectors: u32(sector, 458), use: "logical" });
      const link = u32(sector, 470);
      record = link === 0 ? 0 : (extended?.start ?? 0) + link;
    }
    return mbr;
  }

  classify(): void {
    const primary = this.parts.slice(0, 4).filter((one) => one !== undefined);
    const ours = primary.some(({ type }) => type === GPT_TYPE);
    this.state = !ours ? "MBR only" : primary.some(({ type }) => type !== GPT_TYPE) ? "hybrid" : "protective";
  }

  get primaries(): readonly MbrPart[] {
    return this.parts.slice(0, 4).filter((one) => one !== undefined);
  }

  makeProtective(): void {
    this.parts = [{ type: GPT_TYPE, active: false, start: 1, sectors: Math.min(this.totalSectors - 1, LARGEST), use: "primary" }];
    this.id = 0;
    this.state = "protective";
  }

  /** The table that programs without GPT see, at the front of a disk. */
  sector(): Uint8Array {
    const sector = this.#code.slice();
    put32(sector, 440, this.id);
    sector.fill(0, 444, 510);
    sector.set([0x55, 0xaa], 510);
    for (const [index, one] of this.parts.slice(0, 4).entries()) if (one !== undefined) putEntry(sector, 446 + index * 16, one);
    return sector;
  }

  /** The records before logical partitions: where they stand, and their bytes. */
  records(): readonly (readonly [at: number, sector: Uint8Array])[] {
    const logical = this.parts.slice(4).filter((one) => one !== undefined).toSorted((a, b) => a.start - b.start);
    const first = (logical[0]?.start ?? 1) - 1;
    return logical.map((one, index) => {
      const sector = new Uint8Array(SECTOR_BYTES);
      sector.set([0x55, 0xaa], 510);
      putEntry(sector, 446, one, one.start - 1);
      const next = logical[index + 1];
      if (next !== undefined) putEntry(sector, 462, { type: 0x0f, active: false, start: next.start - 1, sectors: next.sectors + 1 }, first);
      return [one.start - 1, sector] as const;
    });
  }

  /** Whether a sector belongs to a primary partition (or to the first sector itself). */
  #isUsed(sector: number): boolean {
    return sector <= 0 || sector >= this.totalSectors || this.primaries.some((one) => sector >= one.start && sector < one.start + one.sectors);
  }

  #firstFree(before: number): number {
    return Math.max(1, ...this.primaries.map((one) => one.start + one.sectors).filter((end) => end <= before));
  }

  #lastFree(from: number): number {
    return Math.min(this.totalSectors - 1, LARGEST, ...this.primaries.map((one) => one.start - 1).filter((end) => end >= from));
  }

  /** The entries of type EE take what is free on both sides of them (OptimizeEESize). */
  optimize(): void {
    for (const one of this.primaries) {
      if (one.type !== GPT_TYPE) continue;
      const end = one.start + one.sectors;
      if (!this.#isUsed(one.start - 1)) {
        const start = this.#firstFree(one.start);
        one.start = start;
      }
      one.sectors = (this.#isUsed(end) ? end : this.#lastFree(end) + 1) - one.start;
      if (one.start + one.sectors > this.totalSectors) one.sectors = Math.min(this.totalSectors, LARGEST) - one.start;
    }
    this.classify();
  }

  /** An entry for the largest part that no other covers. */
  addBiggest(index: number, type: number): void {
    const ends = this.primaries.map((one) => one.start + one.sectors).concat(1);
    const spans = ends.filter((at) => !this.#isUsed(at)).map((start) => ({ start, sectors: this.#lastFree(start) - start + 1 })).toSorted((a, b) => b.sectors - a.sectors);
    const [best] = spans;
    if (best !== undefined) this.parts[index] = { type, active: false, ...best, use: "primary" };
  }

  deleteAt(start: number, sectors: number): void {
    const index = this.parts.findIndex((one) => one !== undefined && one.start === start && one.sectors === sectors);
    if (index === -1) return;
    this.parts[index] = undefined;
    this.optimize();
  }

  #head(): string {
    return `\nDisk size is ${this.totalSectors} sectors (${sizeText(this.totalSectors)})\nMBR disk identifier: 0x${hex(this.id, 8)}\nMBR partitions:\n\n`;
  }

  table(): string {
    return `${this.#head()}Number  Boot  Start Sector   End Sector   Status      Code\n${this.parts.flatMap((one, index) => (one === undefined ? [] : [`${String(index + 1).padStart(4)}      ${one.active ? "*" : " "}   ${String(one.start).padStart(12)} ${String(one.start + one.sectors - 1).padStart(12)}   ${one.use}     0x${hex(one.type, 2)}\n`])).join("")}`;
  }

  /** While a GPT is made an MBR: what each partition may become. */
  choices(): string {
    return `${this.#head()}                                                   Can Be   Can Be\nNumber  Boot  Start Sector   End Sector   Status   Logical  Primary   Code\n${this.parts.flatMap((one, index) => (one === undefined ? [] : [`${String(index + 1).padStart(4)}      ${one.active ? "*" : " "}   ${String(one.start).padStart(12)} ${String(one.start + one.sectors - 1).padStart(12)}   ${one.use}     ${this.canBeLogical(one) ? "Y" : " "}        ${this.canBePrimary(one) ? "Y" : " "}      0x${hex(one.type, 2)}\n`])).join("")}`;
  }

  canBeLogical(one: MbrPart): boolean {
    const free = !this.parts.some((other) => other !== undefined && other !== one && other.use !== "omitted" && one.start - 1 >= other.start && one.start - 1 < other.start + other.sectors) && one.start > 1;
    return free && (one.use === "logical" || this.#isLegal(one, "logical"));
  }

  canBePrimary(one: MbrPart): boolean {
    return one.use === "primary" || this.#isLegal(one, "primary");
  }

  /** Four primaries, one of them the extended one, and no primary among the logical ones. */
  #isLegal(changed: MbrPart, use: MbrPart["use"]): boolean {
    const parts = this.parts.filter((one) => one !== undefined).map((one) => (one === changed ? { ...one, use } : one));
    const logical = parts.filter((one) => one.use === "logical");
    const primary = parts.filter((one) => one.use === "primary");
    if (primary.length + (logical.length > 0 ? 1 : 0) > 4) return false;
    const from = Math.min(...logical.map(({ start }) => start));
    const to = Math.max(...logical.map(({ start }) => start));
    return !primary.some(({ start }) => start > from && start < to);
  }

  /** False where that would be no legal table. */
  change(one: MbrPart, use: MbrPart["use"]): boolean {
    if (use !== "omitted" && !(use === "logical" ? this.canBeLogical(one) : this.canBePrimary(one))) return false;
    one.use = use;
    return true;
  }

  get converted(): number {
    return this.parts.filter((one) => one !== undefined && one.use !== "omitted").length;
  }

  /** Partitions of a GPT as an MBR may have them: most of them logical where there are too many, the rest left out (MakeItLegal). */
  static ofPartitions(totalSectors: number, parts: readonly MbrPart[]): Mbr {
    const mbr = new Mbr(totalSectors);
    mbr.parts = parts.toSorted((a, b) => a.start - b.start);
    mbr.state = "MBR only";
    if (parts.length <= 4) return mbr;
    // all that may be become logical, but for the first one; a primary between two of them ends the row
    let started = false;
    let ended = false;
    for (const one of mbr.parts.slice(1)) {
      if (one === undefined) continue;
      if (!ended && mbr.canBeLogicalAlone(one)) {
        one.use = "logical";
        started = true;
      } else ended = started;
    }
    let primaries = started ? 1 : 0;
    for (const one of mbr.parts) if (one?.use === "primary" && ++primaries > 4) one.use = "omitted";
    return mbr;
  }

  canBeLogicalAlone(one: MbrPart): boolean {
    return one.start > 1 && !this.parts.some((other) => other !== undefined && other !== one && one.start - 1 >= other.start && one.start - 1 < other.start + other.sectors);
  }

  /** Primaries to the front, an extended partition round the logical ones. */
  settle(): void {
    const chosen = this.parts.filter((one) => one !== undefined && one.use !== "omitted").filter((one) => one !== undefined);
    const logical = chosen.filter((one) => one.use === "logical");
    const last = logical.at(-1);
    const [first] = logical;
    const primary: (MbrPart | undefined)[] = chosen.filter((one) => one.use === "primary");
    if (first !== undefined && last !== undefined) primary.push({ type: 0x0f, active: false, start: first.start - 1, sectors: last.start + last.sectors - first.start + 1, use: "primary" });
    primary.length = 4;
    this.parts = [...primary, ...logical];
  }
}
