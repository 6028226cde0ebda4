// The GPT as fdisk and sfdisk change it: two headers and the entries (UEFI specification 5.3; libfdisk's gpt.c).
// (More than 400 lines: one table, its two headers and the rules by which new partitions are placed.)
import { type Blocking, decode, encode } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { guidBytes } from "../kit/disk-label.ts";
import { guidText } from "../kit/uuid-text.ts";
import type { Context } from "./_context.ts";
import type { Label, Partition, Template } from "./_label.ts";
import { isGuid, partType } from "./_part-types.ts";
import { longSize } from "./_sizes.ts";
import { Refused } from "./_talk.ts";

const ENTRY = 128;
const USUAL_ENTRIES = 128;
const LINUX = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
const HEADER_BYTES = 92;

export const FLAGS: readonly (readonly [name: string, bit: number])[] = [["RequiredPartition", 0], ["NoBlockIOProtocol", 1], ["LegacyBIOSBootable", 2]];

interface Header {
  own: number;
  other: number;
  first: number;
  last: number;
  guid: Uint8Array;
  entries: number;
  count: number;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const u64 = (bytes: Uint8Array, at: number): number => Number(view(bytes).getBigUint64(at, true));

class Entry {
  readonly #bytes: Uint8Array;
  constructor(table: Uint8Array, index: number) {
    this.#bytes = table.subarray(index * ENTRY, (index + 1) * ENTRY);
  }
  get type(): string { return guidText(this.#bytes.subarray(0, 16)).toUpperCase(); }
  set type(value: string) { this.#bytes.set(guidBytes(value), 0); }
  get used(): boolean { return this.#bytes.subarray(0, 16).some((byte) => byte !== 0); }
  get uuid(): string { return guidText(this.#bytes.subarray(16, 32)).toUpperCase(); }
  set uuidBytes(value: Uint8Array) { this.#bytes.set(value, 16); }
  get start(): number { return u64(this.#bytes, 32); }
  set start(value: number) { view(this.#bytes).setBigUint64(32, BigInt(value), true); }
  get end(): number { return u64(this.#bytes, 40); }
  set end(value: number) { view(this.#bytes).setBigUint64(40, BigInt(value), true); }
  get sectors(): number { return this.start === 0 ? 0 : this.end - this.start + 1; }
  get bits(): bigint { return view(this.#bytes).getBigUint64(48, true); }
  set bits(value: bigint) { view(this.#bytes).setBigUint64(48, value, true); }
  get name(): string {
    let name = "";
    for (let at = 56; at < ENTRY; at += 2) {
      const unit = view(this.#bytes).getUint16(at, true);
      if (unit === 0) break;
      name += String.fromCharCode(unit);
    }
    return name;
  }
  set name(value: string) {
    this.#bytes.fill(0, 56);
    for (let index = 0; index < Math.min(36, value.length); index++) view(this.#bytes).setUint16(56 + index * 2, value.charCodeAt(index), true);
  }
  clear(): void { this.#bytes.fill(0); }
}

function attributeText(bits: bigint): string {
  const words = FLAGS.filter(([, bit]) => ((bits >> BigInt(bit)) & 1n) === 1n).map(([name]) => name);
  const own = Array.from({ length: 16 }, (_, index) => 48 + index).filter((bit) => ((bits >> BigInt(bit)) & 1n) === 1n);
  return [...words, ...(own.length > 0 ? [`GUID:${own.join(",")}`] : [])].join(" ");
}

/** What libuuid's random UUID is when its bytes are taken for a GUID's: the version stands in the seventh byte. */
function newGuidBytes(context: Context): Uint8Array {
  const bytes = context.sys.random(16).slice();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

export class GptLabel implements Label {
  readonly kind = "gpt";
  changed = false;
  readonly #context: Context;
  #main: Header;
  #backup: Header;
  #table: Uint8Array;

  private constructor(context: Context, main: Header, backup: Header, table: Uint8Array) {
    this.#context = context;
    this.#main = main;
    this.#backup = backup;
    this.#table = table;
  }

  get most(): number {
    return this.#main.count;
  }

  get id(): string {
    return guidText(this.#main.guid).toUpperCase();
  }

  get firstUsable(): number {
    return this.#main.first;
  }

  get lastUsable(): number {
    return this.#main.last;
  }

  #entry(index: number): Entry {
    if (index >= this.most) throw new Refused();
    return new Entry(this.#table, index);
  }

  #used(): readonly Entry[] {
    return Array.from({ length: this.most }, (_, index) => new Entry(this.#table, index)).filter((one) => one.used);
  }

  /** "protective", "hybrid", or undefined where no entry of the MBR speaks of a GPT. */
  static *mbr(context: Context): Blocking<"protective" | "hybrid" | undefined> {
    const sector = context.firstSector;
    if (sector[510] !== 0x55 || sector[511] !== 0xaa) return undefined;
    const codes = [0, 1, 2, 3].map((index) => sector[446 + index * 16 + 4] ?? 0);
    const at = codes.indexOf(0xee);
    if (at < 0) return undefined;
    if (codes.some((code) => code !== 0xee && code !== 0)) return "hybrid";
    const entry = view(sector.subarray(446 + at * 16, 462 + at * 16));
    const size = entry.getUint32(12, true);
    if (size !== context.totalSectors - 1 && size !== 0xffff_ffff) {
      yield* context.talk.warn(`GPT PMBR size mismatch (${size} != ${context.totalSectors - 1}) will be corrected by write.`);
      entry.setUint32(12, Math.min(0xffff_ffff, context.totalSectors - 1), true);
    }
    return "protective";
  }

  static *#readHeader(context: Context, sector: number): Blocking<{ readonly header: Header; readonly table: Uint8Array } | undefined> {
    if (sector >= context.totalSectors) return undefined;
    const bytes = yield* context.read(sector * context.sectorBytes, context.sectorBytes);
    if (decode(bytes.subarray(0, 8)) !== "EFI PART") return undefined;
    const size = view(bytes).getUint32(12, true);
    if (size < HEADER_BYTES || size > context.sectorBytes) return undefined;
    const summed = bytes.slice(0, size);
    summed.fill(0, 16, 20);
    const header: Header = { own: u64(bytes, 24), other: u64(bytes, 32), first: u64(bytes, 40), last: u64(bytes, 48), guid: bytes.slice(56, 72), entries: u64(bytes, 72), count: view(bytes).getUint32(80, true) };
    if (crc32(summed) !== view(bytes).getUint32(16, true) || header.own !== sector || view(bytes).getUint32(84, true) !== ENTRY || header.count > 65536) return undefined;
    const table = yield* context.read(header.entries * context.sectorBytes, header.count * ENTRY);
    if (crc32(table) !== view(bytes).getUint32(88, true)) return undefined;
    return { header, table };
  }

  static *probe(context: Context): Blocking<GptLabel | undefined> {
    const { talk } = context;
    if ((yield* GptLabel.mbr(context)) === undefined) return undefined;
    const main = yield* GptLabel.#readHeader(context, 1);
    const backup = yield* GptLabel.#readHeader(context, main?.header.other ?? context.totalSectors - 1);
    const one = main ?? backup;
    if (one === undefined) return undefined;
    const other = ({ header }: { readonly header: Header }): Header => ({ ...header, own: header.other, other: header.own, entries: header.own === 1 ? header.other - GptLabel.#tableSectors(context, header.count) : 2 });
    const label = new GptLabel(context, main?.header ?? other(one), backup?.header ?? other(one), one.table);
    if (backup === undefined) yield* talk.warn("The backup GPT table is corrupt, but the primary appears OK, so that will be used.");
    else if (main === undefined) yield* talk.warn("The primary GPT table is corrupt, but the backup appears OK, so that will be used.");
    label.changed = main === undefined || backup === undefined;
    if (label.#main.other !== context.totalSectors - 1 && label.#main.other !== context.totalSectors) {
      if (context.readOnly) yield* talk.warn("The backup GPT table is not on the end of the device.");
      else {
        yield* talk.warn("The backup GPT table is not on the end of the device. This problem will be corrected by write.");
        label.#main.other = context.totalSectors - 1;
        label.#backup.other = label.#main.own;
        label.#backup.own = label.#main.other;
        label.#backup.entries = label.#backup.own - GptLabel.#tableSectors(context, label.most);
        label.#main.last = label.#backup.entries - 1;
        label.#backup.last = label.#main.last;
        label.changed = true;
      }
    }
    return label;
  }

  static #tableSectors(context: Context, count: number): number {
    return Math.ceil((count * ENTRY) / context.sectorBytes);
  }

  static *create(context: Context): Blocking<GptLabel> {
    const { totalSectors, sectorBytes, firstSector, settings, script, talk } = context;
    firstSector.fill(0, settings.protectBoot ? 440 : 0);
    firstSector.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff, 1, 0, 0, 0], 446);
    view(firstSector).setUint32(458, Math.min(0xffff_ffff, totalSectors - 1), true);
    firstSector.set([0x55, 0xaa], 510);
    let count = Number(script?.get("table-length") ?? USUAL_ENTRIES);
    const lowest = (entries: number): number => 2 + GptLabel.#tableSectors(context, entries);
    const highest = (entries: number): number => totalSectors - 2 - GptLabel.#tableSectors(context, entries);
    while (count > 0 && highest(count) < lowest(count)) count--;
    if (count === 0) throw new Refused("No space left on device");
    const asked = (name: string): number | undefined => (script?.get(name) === undefined ? undefined : Number(script.get(name)));
    const [wantedFirst, wantedLast] = [asked("first-lba"), asked("last-lba")];
    if (wantedFirst !== undefined && (wantedFirst < lowest(count) || wantedFirst > highest(count))) {
      yield* talk.warn("First LBA specified by script is out of range.");
      throw new Refused("Numerical result out of range");
    }
    if (wantedLast !== undefined && (wantedLast > highest(count) || wantedLast < lowest(count))) {
      yield* talk.warn("Last LBA specified by script is out of range.");
      throw new Refused("Numerical result out of range");
    }
    const last = wantedLast ?? highest(count);
    const first = wantedFirst ?? (lowest(count) < context.firstLba && context.firstLba < last ? context.firstLba : lowest(count));
    const id = script?.get("label-id");
    const guid = id !== undefined && isGuid(id) ? guidBytes(id) : newGuidBytes(context);
    const main: Header = { own: 1, other: totalSectors - 1, first, last, guid, entries: 2, count };
    const label = new GptLabel(context, main, { ...main, own: totalSectors - 1, other: 1, entries: totalSectors - 1 - GptLabel.#tableSectors(context, count) }, new Uint8Array(Math.ceil((count * ENTRY) / sectorBytes) * sectorBytes));
    label.changed = true;
    yield* talk.info(`Created a new GPT disklabel (GUID: ${label.id}).`);
    if (count < USUAL_ENTRIES) yield* talk.info(`The maximal number of partitions is ${count} (default is ${USUAL_ENTRIES}).`);
    return label;
  }

  resetAlignment(): void {
    this.#context.firstLba = this.#main.first;
    this.#context.lastLba = this.#main.last;
  }

  isUsed(index: number): boolean {
    return index < this.most && this.#entry(index).used;
  }

  partition(index: number): Partition | undefined {
    if (index >= this.most) return undefined;
    const entry = this.#entry(index);
    if (!entry.used && entry.start === 0) return undefined;
    return { index, start: entry.start, sectors: entry.sectors, type: partType("gpt", entry.type), boot: false, uuid: entry.uuid, name: entry.name, attributes: attributeText(entry.bits), container: false, startChs: "", endChs: "" };
  }

  *remove(index: number): Blocking<void> {
    if (!this.isUsed(index)) throw new Refused();
    this.#entry(index).clear();
    this.changed = true;
    yield* [];
  }

  /** 0 where nothing is free from there on. */
  #firstAvailable(start: number): number {
    let first = Math.max(start, this.#main.first);
    const used = this.#used();
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of used) if (first >= one.start && first <= one.end) {
        first = one.end + 1;
        moved = true;
      }
    }
    return first > this.#main.last ? 0 : first;
  }

  #lastFree(start: number): number {
    let nearest = this.#main.last;
    for (const one of this.#used()) if (nearest > one.start && one.start > start) nearest = one.start - 1;
    return nearest;
  }

  #lastFreeSector(): number {
    let last = this.#main.last;
    const used = this.#used();
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of used) if (last >= one.start && last <= one.end) {
        last = one.start - 1;
        moved = true;
      }
    }
    return last;
  }

  #segments(): readonly { readonly start: number; readonly sectors: number }[] {
    const found: { start: number; sectors: number }[] = [];
    for (let from = this.#firstAvailable(0); from !== 0; ) {
      const last = this.#lastFree(from);
      found.push({ start: from, sectors: last - from + 1 });
      from = this.#firstAvailable(last + 1);
    }
    return found;
  }

  *add(template: Template | undefined): Blocking<number> {
    const context = this.#context;
    const { talk } = context;
    const index = yield* context.nextIndex(template);
    const segments = this.#segments();
    if (segments.length === 0) {
      yield* talk.warn("No free sectors available.");
      throw new Refused("No space left on device");
    }
    const type = template?.type?.type ?? LINUX;
    if (!isGuid(type)) throw new Refused();
    const grain = context.grain / context.sectorBytes;
    let lowest = this.#firstAvailable(this.#main.first);
    const beginning = this.#entry(0);
    if (template?.start === undefined && beginning.used && lowest < beginning.start) {
      // small gaps before the first partition are not offered
      while (lowest !== 0 && this.#lastFree(lowest) - lowest < grain) lowest = this.#firstAvailable(this.#lastFree(lowest) + 1);
      if (lowest === 0) lowest = this.#firstAvailable(this.#main.first);
    }
    const highest = this.#lastFreeSector();
    const largest = segments.reduce((best, one) => (one.sectors > best.sectors ? one : best));
    if (template?.start === undefined && largest.sectors < grain) {
      yield* talk.warn("No enough free sectors available.");
      throw new Refused("No space left on device");
    }
    const usualFirst = context.alignInRange(largest.start, largest.start, this.#lastFree(largest.start));
    let first: number;
    if (template?.startDefault) first = usualFirst;
    else if (template?.start !== undefined) {
      first = template.start;
      if (first !== this.#firstAvailable(first)) {
        yield* talk.warn(`Sector ${first} already used.`);
        throw new Refused("Numerical result out of range");
      }
    } else for (;;) {
      first = yield* talk.number("First sector", { low: lowest, fallback: usualFirst, high: highest });
      if (first === this.#firstAvailable(first)) break;
      yield* talk.warn(`Sector ${first} already used.`);
    }
    const limit = this.#lastFree(first);
    const usualLast = limit === this.#main.last ? context.alignInRange(limit, first, limit) - 1 : limit;
    let last: number;
    if (template?.endDefault) last = usualLast;
    else if (template?.size !== undefined) {
      last = first + template.size - 1;
      if (last !== usualLast && !template.sizeExplicit && context.alignmentRequired && last - first > grain) {
        last = context.alignInRange(last, first, usualLast);
        if (last > first) last--;
      }
    } else for (;;) {
      const answer = yield* talk.offset("Last sector, +/-sectors or +/-size{K,M,G,T,P}", { low: first, fallback: usualLast, high: limit, base: first, unitBytes: context.sectorBytes });
      last = answer.value;
      if (answer.relative) {
        last = context.alignInRange(last, first, usualLast);
        if (last > first) last--;
      }
      if (last >= first && last <= highest) break;
      yield* talk.warn("Value out of range.");
    }
    const refuse = function* (text: string): Blocking<never> {
      yield* talk.warn(text);
      throw new Refused();
    };
    if (first > last) yield* refuse(`Could not create partition ${index + 1}`);
    if (last > this.#main.last) yield* refuse(`The last usable GPT sector is ${this.#main.last}, but ${last} is requested.`);
    if (first < this.#main.first) yield* refuse(`The first usable GPT sector is ${this.#main.first}, but ${first} is requested.`);
    const entry = this.#entry(index);
    entry.end = last;
    entry.start = first;
    entry.type = type;
    if (template?.uuid !== undefined) this.#setUuid(entry, template.uuid);
    else entry.uuidBytes = newGuidBytes(context);
    if (template?.name !== undefined && template.name !== "") entry.name = template.name;
    if (template?.attributes !== undefined) entry.bits = yield* this.#parseAttributes(template.attributes);
    this.changed = true;
    yield* talk.info(`Created a new partition ${index + 1} of type '${partType("gpt", entry.type).name}' and of size ${longSize((last - first + 1) * context.sectorBytes)}.`);
    return index;
  }

  #setUuid(entry: Entry, text: string): void {
    if (!isGuid(text)) throw new Refused();
    entry.uuidBytes = guidBytes(text);
  }

  *#parseAttributes(text: string): Blocking<bigint> {
    const { talk } = this.#context;
    let bits = 0n;
    for (let rest = text.trimStart(); rest !== ""; ) {
      const match = /^(?:(RequiredPartition|RequiredPartiton)|(LegacyBIOSBootable)|(NoBlockIOProtocol)|(?:GUID:)?(\d+))/.exec(rest);
      const bit = match === null ? -1 : match[1] !== undefined ? 0 : match[2] !== undefined ? 2 : match[3] !== undefined ? 1 : Number(match[4]);
      if (match === null || (match[4] !== undefined && (bit < 48 || bit > 63))) {
        yield* talk.warn(`unsupported GPT attribute bit '${rest}'`);
        throw new Refused();
      }
      rest = rest.slice(match[0].length);
      if (rest !== "" && !/^[, \t]/.test(rest)) {
        yield* talk.warn(`failed to parse GPT attribute string '${text}'`);
        throw new Refused();
      }
      bits |= 1n << BigInt(bit);
      rest = rest.replace(/^[ \t]*,?[ \t]*/, "");
    }
    return bits;
  }

  *set(index: number, template: Template): Blocking<void> {
    const { talk } = this.#context;
    const entry = this.#entry(index);
    if (template.uuid !== undefined) {
      const old = entry.uuid;
      this.#setUuid(entry, template.uuid);
      yield* talk.info(`Partition UUID changed from ${old} to ${entry.uuid}.`);
    }
    if (template.name !== undefined) {
      const old = entry.name;
      entry.name = template.name;
      yield* talk.info(`Partition name changed from '${old}' to '${entry.name}'.`);
    }
    if (template.type !== undefined) {
      if (!isGuid(template.type.type)) throw new Refused();
      entry.type = template.type.type;
    }
    if (template.attributes !== undefined) entry.bits = yield* this.#parseAttributes(template.attributes);
    const start = template.start ?? entry.start;
    const end = start + (template.size ?? entry.sectors) - 1;
    if (template.start !== undefined) {
      if (start < this.#main.first) {
        yield* talk.warn("The start of the partition understeps FirstUsableLBA.");
        throw new Refused();
      }
      entry.start = start;
    }
    if (template.start !== undefined || template.size !== undefined) {
      if (end > this.#main.last) {
        yield* talk.warn("The end of the partition oversteps LastUsableLBA.");
        throw new Refused();
      }
      entry.end = end;
    }
    this.changed = true;
  }

  #overlap(): number {
    for (let index = 0; index < this.most; index++) {
      const one = this.#entry(index);
      if (!one.used) continue;
      for (let before = 0; before < index; before++) {
        const other = this.#entry(before);
        if (other.used && one.start <= other.end && other.start <= one.end) return index + 1;
      }
    }
    return 0;
  }

  *verify(): Blocking<number> {
    const context = this.#context;
    const { talk } = context;
    let errors = 0;
    const wrong = function* (text: string): Blocking<void> {
      errors++;
      yield* talk.warn(text);
    };
    if (this.#backup.own !== context.totalSectors - 1) yield* wrong("MyLBA mismatch with real position at backup header.");
    if (this.#main.other >= context.totalSectors) yield* wrong("Disk is too small to hold all data.");
    const overlap = this.#overlap();
    if (overlap > 0) yield* wrong(`Partition ${overlap} overlaps with partition ${overlap + 1}.`);
    const number = (bad: (entry: Entry) => boolean): number => Array.from({ length: this.most }, (_, index) => this.#entry(index)).findIndex((one) => one.used && bad(one)) + 1;
    const big = number((one) => one.end >= context.totalSectors);
    if (big > 0) yield* wrong(`Partition ${big} is too big for the disk.`);
    const reversed = number((one) => one.start > one.end);
    if (reversed > 0) yield* wrong(`Partition ${reversed} ends before it starts.`);
    if (errors > 0) {
      yield* talk.warn(errors === 1 ? "1 error detected." : `${errors} errors detected.`);
      return errors;
    }
    yield* talk.info("No errors detected.");
    yield* talk.info("Header version: 1.0");
    yield* talk.info(`Using ${this.#used().length} out of ${this.most} partitions.`);
    const segments = this.#segments();
    const free = segments.reduce((sum, one) => sum + one.sectors, 0);
    if (segments.length === 1) yield* talk.info(`A total of ${free} free sectors is available in 1 segment.`);
    else yield* talk.info(`A total of ${free} free sectors is available in ${segments.length} segments (the largest is ${longSize(Math.max(0, ...segments.map((one) => one.sectors)) * context.sectorBytes)}).`);
    return 0;
  }

  *write(): Blocking<void> {
    const context = this.#context;
    if (this.#main.other > context.totalSectors || this.#main.other < context.totalSectors - 1 || this.#overlap() > 0) throw new Refused();
    const hybrid = (yield* GptLabel.mbr(context)) === "hybrid";
    const table = this.#table.subarray(0, this.most * ENTRY);
    for (const header of [this.#backup, this.#main]) {
      const bytes = new Uint8Array(context.sectorBytes);
      bytes.set(encode("EFI PART"));
      const at = view(bytes);
      at.setUint32(8, 0x10000, true);
      at.setUint32(12, HEADER_BYTES, true);
      for (const [place, value] of [[24, header.own], [32, header.other], [40, header.first], [48, header.last], [72, header.entries]] as const) at.setBigUint64(place, BigInt(value), true);
      bytes.set(header.guid, 56);
      at.setUint32(80, header.count, true);
      at.setUint32(84, ENTRY, true);
      at.setUint32(88, crc32(table), true);
      at.setUint32(16, crc32(bytes.subarray(0, HEADER_BYTES)), true);
      yield* context.write(header.entries * context.sectorBytes, table);
      yield* context.write(header.own * context.sectorBytes, bytes);
    }
    if (hybrid) yield* context.talk.warn("The device contains hybrid MBR -- writing GPT only.");
    else yield* context.write(0, context.firstSector);
  }

  reorder(): boolean {
    const entries = Array.from({ length: this.most }, (_, index) => this.#table.slice(index * ENTRY, (index + 1) * ENTRY));
    const key = (bytes: Uint8Array): number => (new Entry(bytes, 0).used ? u64(bytes, 32) : Number.POSITIVE_INFINITY);
    const sorted = entries.toSorted((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b)));
    if (sorted.every((bytes, index) => bytes === entries[index])) return false;
    for (const [index, bytes] of sorted.entries()) this.#table.set(bytes, index * ENTRY);
    this.changed = true;
    return true;
  }

  *setId(text: string | undefined): Blocking<void> {
    const { talk } = this.#context;
    const word = text ?? (yield* talk.text("Enter new disk UUID (in 8-4-4-4-12 format)"));
    if (!isGuid(word)) {
      yield* talk.warn("Failed to parse your UUID.");
      throw new Refused();
    }
    const old = this.id;
    this.#main.guid = guidBytes(word);
    this.#backup.guid = guidBytes(word);
    this.changed = true;
    yield* talk.info(`Disk identifier changed from ${old} to ${this.id}.`);
  }

  places(): readonly { readonly name: string; readonly offset: number; readonly bytes: number }[] {
    const { sectorBytes } = this.#context;
    const entries = this.most * ENTRY;
    return [
      { name: "PMBR", offset: 0, bytes: 512 }, { name: "GPT Header", offset: sectorBytes, bytes: sectorBytes }, { name: "GPT Entries", offset: this.#main.entries * sectorBytes, bytes: entries },
      { name: "GPT Backup Entries", offset: this.#backup.entries * sectorBytes, bytes: entries }, { name: "GPT Backup Header", offset: this.#backup.own * sectorBytes, bytes: sectorBytes },
    ];
  }

  items(): readonly string[] {
    const { first, last, other, entries, count } = this.#main;
    return [`Disk identifier: ${this.id}`, `First usable LBA: ${first}`, `Last usable LBA: ${last}`, `Alternative LBA: ${other}`, `Partition entries starting LBA: ${entries}`, `Allocated partition entries: ${count}`, `Partition entries ending LBA: ${entries + GptLabel.#tableSectors(this.#context, count) - 1}`];
  }

  *toggle(index: number, name: string, bit: number): Blocking<void> {
    const entry = this.#entry(index);
    entry.bits ^= 1n << BigInt(bit);
    const state = ((entry.bits >> BigInt(bit)) & 1n) === 1n ? "enabled" : "disabled";
    this.changed = true;
    yield* this.#context.talk.info(name === "" ? `The GUID specific bit ${bit} on partition ${index + 1} is ${state} now.` : `The ${name} flag on partition ${index + 1} is ${state} now.`);
  }

  *setLength(count: number): Blocking<void> {
    const context = this.#context;
    const { talk } = context;
    const old = this.most;
    if (count === old) return;
    const first = 2 + GptLabel.#tableSectors(context, count);
    const last = context.totalSectors - 2 - GptLabel.#tableSectors(context, count);
    if (count * ENTRY > 0xffff_ffff) {
      yield* talk.warn(`The number of the partition has to be smaller than ${Math.floor(0xffff_ffff / ENTRY)}.`);
      throw new Refused();
    }
    if (count > old) {
      if (first > context.totalSectors || last < first) {
        yield* talk.warn("Not enough space for new partition table!");
        throw new Refused("No space left on device");
      }
      let bad = false;
      for (let index = 0; index < old; index++) {
        const one = this.#entry(index);
        if (!one.used) continue;
        if (one.start < first) yield* talk.warn(`Partition #${index + 1} out of range (minimal start is ${first} sectors)`);
        if (one.end > last) yield* talk.warn(`Partition #${index + 1} out of range (maximal end is ${last - 1} sectors)`);
        bad ||= one.start < first || one.end > last;
      }
      if (bad) throw new Refused();
    }
    const table = new Uint8Array(GptLabel.#tableSectors(context, count) * context.sectorBytes);
    table.set(this.#table.subarray(0, Math.min(count, old) * ENTRY));
    this.#table = table;
    for (const header of [this.#main, this.#backup]) Object.assign(header, { count, first, last });
    this.#backup.entries = this.#backup.own - GptLabel.#tableSectors(context, count);
    context.firstLba = first;
    context.lastLba = last;
    this.changed = true;
    yield* talk.info(`Partition table length changed from ${old} to ${count}.`);
  }
}
