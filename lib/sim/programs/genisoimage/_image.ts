// Sectors and directory records of an image that isoinfo and isovfy read.

import { type Blocking, decode, type Sys } from "../../kernel/sys.ts";

const SECTOR = 2048;

/** The image ends before what it names. */
export class ShortRead extends Error {}

export class Block {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  u16(at: number): number {
    return (this.bytes[at] ?? 0) + (this.bytes[at + 1] ?? 0) * 256;
  }

  u32(at: number): number {
    return this.u16(at) + this.u16(at + 2) * 65_536;
  }

  big32(at: number): number {
    return [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (this.bytes[at + index] ?? 0), 0);
  }

  ascii(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }

  /** A text without the spaces behind it. */
  field(at: number, length: number): string {
    return decode(this.bytes.subarray(at, at + length)).replace(/\0.*$/s, "").replace(/ +$/, "");
  }
}

export interface DirectoryRecord {
  /** where in its directory it stands */
  readonly offset: number;
  readonly extent: number;
  readonly sizeBytes: number;
  readonly flags: number;
  readonly date: Uint8Array;
  readonly name: Uint8Array;
  readonly system: Uint8Array;
}

export interface SystemUse {
  readonly count: number;
  /** the version of the SP field */
  readonly announced: number | undefined;
  readonly name: Uint8Array | undefined;
  readonly mode: number | undefined;
  readonly links: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly target: Uint8Array | undefined;
}

export class Image {
  readonly #sys: Sys;
  readonly #fd: number;
  readonly #offsetSectors: number;

  constructor(sys: Sys, fd: number, offsetSectors: number) {
    this.#sys = sys;
    this.#fd = fd;
    this.#offsetSectors = offsetSectors;
  }

  *absolute(sector: number): Blocking<Block> {
    const bytes = yield* this.#sys.pread(this.#fd, SECTOR, sector * SECTOR);
    if (bytes.length < SECTOR) throw new ShortRead();
    return new Block(bytes);
  }

  *bytes(sector: number, length: number): Blocking<Block> {
    const bytes = yield* this.#sys.pread(this.#fd, length, (sector - this.#offsetSectors) * SECTOR);
    if (bytes.length < length) throw new ShortRead();
    return new Block(bytes);
  }

  /** `wholeSectors`: a record of length 0 ends the sector, not the directory. */
  *directory(extent: number, sizeBytes: number, wholeSectors: boolean): Blocking<readonly DirectoryRecord[]> {
    const records: DirectoryRecord[] = [];
    for (let sector = 0; sector * SECTOR < sizeBytes && (wholeSectors || sector < 4096); sector++) {
      const block = yield* this.bytes(extent + sector, SECTOR);
      for (let at = 0; at < SECTOR - 33; ) {
        const length = block.bytes[at] ?? 0;
        if (length === 0) break;
        const nameLength = block.bytes[at + 32] ?? 0;
        const name = block.bytes.slice(at + 33, at + 33 + nameLength);
        records.push({
          offset: sector * SECTOR + at, extent: block.u32(at + 2), sizeBytes: block.u32(at + 10), flags: block.bytes[at + 25] ?? 0, date: block.bytes.slice(at + 18, at + 25), name,
          system: block.bytes.slice(at + 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0), at + length),
        });
        at += length;
      }
    }
    return records;
  }

  *systemUse(record: DirectoryRecord): Blocking<SystemUse> {
    let count = 0;
    let announced: number | undefined;
    let [mode, links, uid, gid]: (number | undefined)[] = [];
    let name: number[] | undefined;
    let target: number[] | undefined;
    let area = record.system;
    for (let areas = 0; areas < 64; areas++) {
      let continuation: readonly [number, number, number] | undefined;
      for (let at = 0; at + 4 <= area.length; ) {
        const length = area[at + 2] ?? 0;
        if (length < 4) break;
        const field = new Block(area.subarray(at, at + length));
        const signature = field.ascii(0, 2);
        count++;
        if (signature === "SP") announced = field.bytes[3];
        else if (signature === "PX") [mode, links, uid, gid] = [field.u32(4), field.u32(12), field.u32(20), field.u32(28)];
        else if (signature === "NM") name = [...(name ?? []), ...field.bytes.subarray(5)];
        else if (signature === "CE") continuation = [field.u32(4), field.u32(12), field.u32(20)];
        else if (signature === "SL") {
          target ??= [];
          for (let part = 5; part + 2 <= length; part += 2 + (field.bytes[part + 1] ?? 0)) {
            const kind = field.bytes[part] ?? 0;
            target.push(...((kind & 2) !== 0 ? [0x2e] : (kind & 4) !== 0 ? [0x2e, 0x2e] : (kind & 8) !== 0 ? [0x2f] : field.bytes.subarray(part + 2, part + 2 + (field.bytes[part + 1] ?? 0))));
            if ((kind & 1) === 0 && target.at(-1) !== 0x2f) target.push(0x2f);
          }
        }
        at += length;
      }
      if (continuation === undefined) break;
      const [extent, offset, size] = continuation;
      area = (yield* this.bytes(extent, SECTOR)).bytes.slice(offset, offset + size);
    }
    if (target?.at(-1) === 0x2f) target.pop();
    return { count, announced, mode, links, uid, gid, name: name && Uint8Array.from(name), target: target && Uint8Array.from(target) };
  }
}
