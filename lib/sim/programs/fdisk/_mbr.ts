// The DOS table as fdisk and sfdisk change it: the sector of the MBR and those of the logical partitions as bytes, written where they changed (libfdisk's dos.c).
// (More than 400 lines: one table, its chain of logical partitions and the rules by which new ones are placed.)
import type { Blocking } from "../../kernel/sys.ts";
import { DOS_TYPES } from "../kit/partition-types.ts";
import type { Context } from "./_context.ts";
import type { Label, Partition, Template } from "./_label.ts";
import { partType } from "./_part-types.ts";
import { longSize } from "./_sizes.ts";
import { Refused } from "./_talk.ts";

const MOST = 60;
const ACTIVE = 0x80;
const SYS_LINUX = 0x83;
const SYS_EXTENDED = 0x05;
const isExtendedCode = (code: number): boolean => code === 0x05 || code === 0x0f || code === 0x85;

const chsCylinder = (sector: number, cylinder: number): number => cylinder | ((sector & 0xc0) << 2);
const chsSector = (sector: number): number => sector & 0x3f;

/** 16 bytes of a table. */
class Entry {
  readonly #bytes: Uint8Array;
  constructor(sector: Uint8Array, index: number) {
    this.#bytes = sector.subarray(446 + index * 16, 462 + index * 16);
  }
  #view(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset, 16);
  }
  byte(at: number): number {
    return this.#bytes[at] ?? 0;
  }
  put(at: number, value: number): void {
    this.#bytes[at] = value;
  }
  get boot(): number { return this.byte(0); }
  set boot(value: number) { this.put(0, value); }
  get code(): number { return this.byte(4); }
  set code(value: number) { this.put(4, value); }
  get start(): number { return this.#view().getUint32(8, true); }
  set start(value: number) { this.#view().setUint32(8, value, true); }
  get sectors(): number { return this.#view().getUint32(12, true); }
  set sectors(value: number) { this.#view().setUint32(12, value, true); }
  get cleared(): boolean { return this.#bytes.every((byte) => byte === 0); }
  clear(): void { this.#bytes.fill(0); }
  copy(): Uint8Array { return this.#bytes.slice(); }
  take(bytes: Uint8Array): void { this.#bytes.set(bytes); }

  /** Cylinders, heads and sectors of both ends, as far as they reach. */
  syncChs(offset: number, heads: number, track: number): void {
    const perCylinder = heads * track;
    const chs = (sector: number, at: number): void => {
      const one = Math.floor(sector / perCylinder) > 1023 ? perCylinder * 1024 - 1 : sector;
      const cylinder = Math.floor(one / perCylinder);
      this.put(at, Math.floor(one / track) % heads);
      this.put(at + 1, (((one % track) + 1) & 0x3f) | ((cylinder >> 2) & 0xc0));
      this.put(at + 2, cylinder & 0xff);
    };
    const start = (offset + this.start) % 2 ** 32;
    chs(start, 1);
    chs((start + this.sectors - 1) % 2 ** 32, 5);
  }

  chsText(at: number): string {
    return `${chsCylinder(this.byte(at + 1), this.byte(at + 2))}/${this.byte(at)}/${chsSector(this.byte(at + 1))}`;
  }
}

/** A partition, and where its entries stand. */
interface Slot {
  entry: Entry;
  /** the link to the next logical one; of the extended partition itself: its entry */
  link: Entry | undefined;
  /** of the sector with the entries */
  offset: number;
  sector: Uint8Array;
  changed: boolean;
}

const startOf = (slot: Slot): number => slot.offset + slot.entry.start;
const endOf = (slot: Slot): number => startOf(slot) + slot.entry.sectors - (slot.entry.sectors > 0 ? 1 : 0);

export class MbrLabel implements Label {
  readonly kind = "dos";
  changed = false;
  readonly #context: Context;
  #slots: Slot[] = [];
  #extendedOffset = 0;
  #extendedIndex = 0;
  /** the identifier or the code before the table is new */
  #headChanged = false;

  private constructor(context: Context) {
    this.#context = context;
  }

  get most(): number {
    return this.#slots.length;
  }

  #slot(index: number): Slot {
    const slot = this.#slots[index];
    if (slot === undefined) throw new Refused();
    return slot;
  }

  get #id(): number {
    const sector = this.#context.firstSector;
    return new DataView(sector.buffer, sector.byteOffset).getUint32(440, true);
  }

  set #id(value: number) {
    const sector = this.#context.firstSector;
    new DataView(sector.buffer, sector.byteOffset).setUint32(440, value, true);
  }

  get id(): string {
    return `0x${this.#id.toString(16).padStart(8, "0")}`;
  }

  #primaries(): void {
    const sector = this.#context.firstSector;
    this.#slots = [0, 1, 2, 3].map((index) => ({ entry: new Entry(sector, index), link: undefined, offset: 0, sector, changed: false }));
    this.#extendedOffset = 0;
    this.#extendedIndex = 0;
  }

  *#warnings(): Blocking<void> {
    const { talk, listOnly, settings, useCylinders, totalSectors, sectorBytes } = this.#context;
    if (listOnly) return;
    if (settings.dosCompatible) yield* talk.warn("DOS-compatible mode is deprecated.");
    if (useCylinders) yield* talk.warn("Cylinders as display units are deprecated.");
    if (totalSectors > 0xffff_ffff) yield* talk.warn(`The size of this disk is ${longSize(totalSectors * sectorBytes)} (${totalSectors * sectorBytes} bytes). DOS partition table format cannot be used on drives for volumes larger than ${0xffff_ffff * sectorBytes} bytes for ${sectorBytes}-byte sectors. Use GUID partition table format (GPT).`);
  }

  /** Undefined without the magic bytes. */
  static *probe(context: Context): Blocking<MbrLabel | undefined> {
    const { firstSector, talk } = context;
    if (firstSector[510] !== 0x55 || firstSector[511] !== 0xaa || (firstSector[0] === 0xc9 && firstSector[1] === 0xc2 && firstSector[2] === 0xd4 && firstSector[3] === 0xc1)) return undefined;
    const label = new MbrLabel(context);
    label.#primaries();
    yield* label.#warnings();
    label.#guessGeometry();
    for (let index = 0; index < 4; index++) {
      if (!isExtendedCode(label.#slot(index).entry.code)) continue;
      if (label.#slots.length !== 4) yield* talk.warn(`Ignoring extra extended partition ${index + 1}`);
      else yield* label.#readExtended(index);
    }
    for (let index = 3; index < label.#slots.length; index++) {
      const slot = label.#slot(index);
      if (slot.sector[510] === 0x55 && slot.sector[511] === 0xaa) continue;
      const hex = (at: number): string => (slot.sector[at] ?? 0).toString(16).padStart(2, "0");
      yield* talk.info(`Invalid flag 0x${hex(510)}${hex(511)} of EBR (for partition ${index + 1}) will be corrected by w(rite).`);
      label.#touch(slot);
      label.#touch(label.#slot(label.#extendedIndex));
    }
    return label;
  }

  static *create(context: Context): Blocking<MbrLabel> {
    const wanted = context.script?.get("label-id");
    const scripted = wanted === undefined ? Number.NaN : Number.parseInt(wanted, 16);
    const random = context.sys.random(4);
    const id = Number.isNaN(scripted) ? new DataView(random.buffer, random.byteOffset, 4).getUint32(0, true) : scripted >>> 0;
    const kept = context.settings.protectBoot ? 440 : 0;
    context.firstSector.fill(0, kept);
    const label = new MbrLabel(context);
    label.#primaries();
    yield* label.#warnings();
    label.#id = id;
    label.#headChanged = true;
    label.changed = true;
    context.firstSector.set([0x55, 0xaa], 510);
    yield* context.talk.info(`Created a new DOS (MBR) disklabel with disk identifier ${label.id}.`);
    return label;
  }

  resetAlignment(): void {
    const context = this.#context;
    if (!context.settings.dosCompatible) return;
    if (context.geometry.sectors > 0) context.firstLba = context.geometry.sectors;
    context.grain = context.sectorBytes;
  }

  /** Heads and sectors that the addresses in the table were made with. */
  #guessGeometry(): void {
    const context = this.#context;
    const points: { c: number; h: number; o: number }[] = [];
    const point = (entry: Entry, at: number, sector: number): void => {
      const c = chsCylinder(entry.byte(at + 1), entry.byte(at + 2));
      const h = entry.byte(at);
      const s = chsSector(entry.byte(at + 1));
      if (!(c === 1023 && (h === 254 || h === 255) && s === 63) && s > 0 && s - 1 <= sector) points.push({ c, h, o: sector - (s - 1) });
    };
    for (let index = 0; index < 4; index++) {
      const { entry } = this.#slot(index);
      if (entry.code === 0) continue;
      point(entry, 1, entry.start);
      if (entry.sectors > 0 && entry.start + entry.sectors - 1 <= 0xffff_ffff) point(entry, 5, entry.start + entry.sectors - 1);
    }
    const quotient = (a1: number, a2: number, b1: number, b2: number): number => {
      const a = Math.abs(a1 - a2);
      const b = Math.abs(b1 - b2);
      return a1 > a2 === b1 > b2 && a > 0 && b > 0 && a % b === 0 ? a / b : 0;
    };
    let heads = 0;
    let sectors = 0;
    for (let apart = 1; apart < points.length; apart++) for (let at = 0; at + apart < points.length && !(heads > 0 && sectors > 0); at++) {
      const a = points[at];
      const b = points[at + apart];
      if (a === undefined || b === undefined) continue;
      const [n3, n4] = [b.o * a.c, a.o * b.c];
      const h = quotient(a.o * b.h, b.o * a.h, n3, n4);
      const s = quotient(n3, n4, a.c * b.h, b.c * a.h);
      if (heads === 0 && h > 0 && h <= 256) heads = h;
      if (sectors === 0 && s > 0 && s <= 63) sectors = s;
    }
    if (heads === 0 || sectors === 0) return;
    context.geometry = { heads, sectors, cylinders: Math.floor(context.totalSectors / (heads * sectors)) };
    context.applyUserGeometry();
  }

  *#readExtended(index: number): Blocking<void> {
    const context = this.#context;
    const { talk } = context;
    const extended = this.#slot(index);
    this.#extendedIndex = index;
    extended.link = extended.entry;
    let pointer: Entry = extended.entry;
    if (pointer.start === 0) {
      yield* talk.warn("Bad offset in primary extended partition.");
      return;
    }
    while (isExtendedCode(pointer.code)) {
      if (this.#slots.length >= MOST) {
        yield* talk.warn(`Omitting partitions after #${this.#slots.length}. They will be deleted if you save this partition table.`);
        const last = this.#slot(this.#slots.length - 1);
        last.link?.clear();
        this.#touch(last);
        return;
      }
      const offset = this.#extendedOffset + pointer.start;
      const sector = yield* context.read(offset * context.sectorBytes, context.sectorBytes);
      if (this.#extendedOffset === 0) this.#extendedOffset = pointer.start;
      let data: number | undefined;
      let link: number | undefined;
      for (let at = 0; at < 4; at++) {
        const entry = new Entry(sector, at);
        if (entry.sectors === 0) continue;
        if (isExtendedCode(entry.code)) {
          if (link !== undefined) yield* talk.warn(`Extra link pointer in partition table ${this.#slots.length + 1}.`);
          else link = at;
        } else if (entry.code !== 0) {
          if (data !== undefined) yield* talk.warn(`Ignoring extra data in partition table ${this.#slots.length + 1}.`);
          else data = at;
        }
      }
      data ??= link === 0 ? 1 : 0;
      link ??= data === 0 ? 1 : 0;
      pointer = new Entry(sector, link);
      this.#slots.push({ entry: new Entry(sector, data), link: pointer, offset, sector, changed: false });
    }
    const last = this.#slots.at(-1);
    if (last !== undefined && this.#slots.length > 4 && last.entry.cleared && last.link?.cleared) this.#slots.pop();
    for (let at = 4; at < this.#slots.length; at++) {
      if (this.#slot(at).entry.sectors > 0 || !(this.#slots.length > 5 || this.#slot(4).entry.code !== 0)) continue;
      yield* talk.info(`omitting empty partition (${at + 1})`);
      this.#delete(at);
      at = 3;
    }
  }

  #touch(slot: Slot): void {
    slot.changed = true;
    this.changed = true;
  }

  isUsed(index: number): boolean {
    const slot = this.#slots[index];
    return slot !== undefined && !slot.entry.cleared;
  }

  partition(index: number): Partition | undefined {
    const slot = this.#slots[index];
    if (slot === undefined || slot.entry.cleared) return undefined;
    const { entry } = slot;
    return {
      index, start: startOf(slot), sectors: entry.sectors, type: partType("dos", entry.code.toString(16)), boot: entry.boot === ACTIVE, uuid: "", name: "",
      attributes: entry.boot === 0 ? "" : entry.boot.toString(16).padStart(2, "0"), container: this.#extendedOffset > 0 && index === this.#extendedIndex, ...(index >= 4 && { parent: this.#extendedIndex }),
      startChs: entry.chsText(1), endChs: entry.chsText(5),
    };
  }

  *remove(index: number): Blocking<void> {
    if ((this.#slots[index]?.entry.sectors ?? 0) === 0) throw new Refused();
    this.#delete(index);
    yield* [];
  }

  #delete(index: number): void {
    const { geometry } = this.#context;
    const slot = this.#slot(index);
    this.changed = true;
    if (index < 4) {
      if (isExtendedCode(slot.entry.code) && index === this.#extendedIndex) {
        this.#slots.length = 4;
        slot.link = undefined;
        this.#extendedOffset = 0;
        this.#extendedIndex = 0;
      }
      this.#touch(slot);
      slot.entry.clear();
      return;
    }
    if ((slot.link?.code ?? 0) === 0 && index > 4) {
      this.#slots.pop();
      const before = this.#slot(index - 1);
      before.link?.clear();
      this.#touch(before);
      return;
    }
    if (index > 4) {
      const before = this.#slot(index - 1);
      if (slot.link !== undefined) before.link?.take(slot.link.copy());
      before.link?.syncChs(slot.offset, geometry.heads, geometry.sectors);
      this.#touch(before);
    } else if (this.#slots.length > 5) {
      // the second one's sector moves to the beginning of the extended partition
      const second = this.#slot(5);
      second.entry.start = startOf(second) - this.#extendedOffset;
      second.offset = this.#extendedOffset;
      second.entry.syncChs(second.offset, geometry.heads, geometry.sectors);
      this.#touch(second);
    }
    const only = this.#slots.length === 5;
    this.#slots.splice(index, 1);
    if (only) this.#touch(this.#slot(this.#extendedIndex));
  }

  #setEntry(slot: Slot, entry: Entry, offset: number, start: number, stop: number, code: number, boot: boolean): void {
    const { geometry } = this.#context;
    entry.boot = boot ? ACTIVE : 0;
    entry.code = code;
    entry.start = (start - offset) >>> 0;
    entry.sectors = stop - start + 1;
    entry.syncChs(offset, geometry.heads, geometry.sectors);
    this.#touch(slot);
  }

  /** Used slots of primary or logical partitions with the room that their own sector takes. */
  #taken(logical: boolean): readonly { readonly start: number; readonly end: number }[] {
    return this.#slots.slice(logical ? 4 : 0).filter((slot) => !slot.entry.cleared).map((slot) => ({ start: startOf(slot) - (slot.offset > 0 ? this.#context.firstLba : 0), end: endOf(slot) }));
  }

  #lastFree(logical: boolean, begin: number, stop: number): number | undefined {
    let last = stop;
    for (const { start, end } of this.#taken(logical)) {
      if ((start >= begin && start <= last) || (end >= begin && end <= last)) last = start - 1;
      if (last < begin) return undefined;
    }
    return last === begin ? stop : last;
  }

  #lastFreeInRange(logical: boolean, begin: number, end: number): number | undefined {
    let last = end;
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of this.#taken(logical)) if (last >= one.start && last <= one.end) {
        last = one.start - 1;
        moved = true;
        if (last < begin) return undefined;
      }
    }
    return last;
  }

  #firstFree(logical: boolean, begin: number): number | undefined {
    const { last: end } = this.#range(logical);
    let first = begin;
    for (let moved = true; moved; ) {
      moved = false;
      for (const one of this.#taken(logical)) if (first >= one.start && first <= one.end) {
        first = one.end + 1 + (logical ? this.#context.firstLba : 0);
        moved = true;
        if (first > end) return undefined;
      }
    }
    return first;
  }

  #range(logical: boolean): { first: number; last: number } {
    const context = this.#context;
    if (logical) return { first: this.#extendedOffset + context.firstLba, last: endOf(this.#slot(this.#extendedIndex)) };
    const { heads, sectors, cylinders } = context.geometry;
    return { first: context.firstLba, last: Math.min(0xffff_ffff, context.useCylinders ? heads * sectors * cylinders - 1 : context.totalSectors - 1) };
  }

  *#noSpace(): Blocking<never> {
    yield* this.#context.talk.warn("No free sectors available.");
    throw new Refused("No space left on device");
  }

  *#askStart(low: number, fallback: number, limit: number, template: Template | undefined): Blocking<number> {
    const context = this.#context;
    if (template?.startDefault) return fallback;
    if (template?.start !== undefined) {
      if (template.start >= low && template.start <= limit) return template.start;
      yield* context.talk.warn(`Start sector ${template.start} out of range.`);
      throw new Refused("Numerical result out of range");
    }
    const answer = yield* context.talk.number(context.useCylinders ? "First cylinder" : "First sector", { low: context.shown(low), fallback: context.shown(fallback), high: context.shown(limit) });
    return context.useCylinders ? Math.max(low, (answer - 1) * context.unitsPerSector) : answer;
  }

  *#place(index: number, template: Template | undefined): Blocking<void> {
    const context = this.#context;
    const { talk } = context;
    const logical = index >= 4;
    const hybrid = !logical && context.parent?.label?.kind === "gpt";
    const slot = this.#slot(index);
    const code = template?.type === undefined ? SYS_LINUX : Number.parseInt(template.type.type, 16);
    if (slot.entry.sectors > 0) {
      yield* talk.warn(`Partition ${index + 1} is already defined.  Delete it before re-adding it.`);
      throw new Refused();
    }
    let { first: start, last: stop } = this.#range(logical);
    if (hybrid) start = 1;
    let limit = this.#lastFreeInRange(logical, start, stop) ?? (yield* this.#noSpace());
    if (!hybrid && context.script !== undefined && template?.start !== undefined && template.start >= (logical ? this.#extendedOffset : 1) && template.start < start) {
      context.firstLba = 1;
      ({ first: start, last: stop } = this.#range(logical));
    }
    let asked = false;
    for (let temporary = -1; start !== temporary || !asked; ) {
      temporary = start;
      let fallback = this.#firstFree(logical, start) ?? (yield* this.#noSpace());
      start = fallback;
      if (logical && template?.start !== undefined && context.script !== undefined && context.firstLba > 1 && temporary === start - context.firstLba) {
        context.firstLba = 1;
        start = template.start;
      }
      for (;;) {
        const aligned = context.alignInRange(fallback, fallback, limit);
        fallback = this.#firstFree(logical, aligned) ?? fallback;
        if (!(fallback !== aligned && fallback > aligned && fallback < limit)) break;
      }
      if (fallback >= limit) fallback = start;
      if (start > limit) break;
      if (start >= temporary + context.unitsPerSector && asked) {
        if (!template?.startDefault) yield* talk.info(`Sector ${temporary} is already allocated.`);
        temporary = start;
        asked = false;
        if (template?.start !== undefined) break;
      }
      if (!asked && start === temporary) {
        start = yield* this.#askStart(temporary, fallback, limit, template);
        asked = true;
      }
      if (template?.size !== undefined) {
        const last = this.#lastFree(logical, start, limit);
        if (last === undefined) yield* this.#noSpace();
        else if (last - start + 1 < template.size) {
          if (template.start !== undefined && template.start <= last) yield* this.#noSpace();
          start = last + 1;
        }
      }
    }
    if (index === 4) slot.offset = this.#extendedOffset;
    else if (logical) {
      slot.offset = start - context.firstLba;
      if (slot.offset === this.#extendedOffset) {
        slot.offset++;
        if (context.firstLba === 1) start++;
      }
    }
    limit = this.#lastFree(logical, start, limit) ?? (yield* this.#noSpace());
    let relative = false;
    if (context.shown(start) === context.shown(limit) || template?.endDefault) stop = limit;
    else if (template?.size !== undefined) {
      stop = start + template.size;
      relative = !template.sizeExplicit;
      if ((!relative || !context.alignmentRequired) && stop > start) stop--;
    } else for (;;) {
      const unit = context.unitsPerSector;
      const query = context.useCylinders ? "Last cylinder, +/-cylinders or +/-size{K,M,G,T,P}" : "Last sector, +/-sectors or +/-size{K,M,G,T,P}";
      const answer = yield* talk.offset(query, { low: context.shown(start), high: context.shown(limit), fallback: context.shown(limit), base: context.shown(start), unitBytes: context.sectorBytes * unit });
      relative = answer.relative;
      stop = context.useCylinders ? Math.min(limit, answer.value * unit - 1) : answer.value;
      if (stop >= start && stop <= limit) break;
      yield* talk.warn("Value out of range.");
    }
    stop = Math.min(stop, limit);
    if (relative && stop - start < context.grain / context.sectorBytes) relative = false;
    if (stop < limit && relative && context.alignmentRequired) {
      stop = context.alignInRange(stop, start, limit);
      if (stop > start) stop--;
      stop = Math.min(stop, limit);
    }
    this.#setEntry(slot, slot.entry, slot.offset, start, stop, code, template?.boot === true);
    if (index > 4) {
      const before = this.#slot(index - 1);
      if (before.link !== undefined) this.#setEntry(before, before.link, this.#extendedOffset, slot.offset, stop, SYS_EXTENDED, false);
    }
    yield* talk.info(`Created a new partition ${index + 1} of type '${DOS_TYPES.get(code.toString(16)) ?? "Unknown"}' and of size ${longSize((stop - start + 1) * context.sectorBytes)}.`);
    if (isExtendedCode(code)) {
      this.#extendedIndex = index;
      this.#extendedOffset = start;
      slot.link = slot.entry;
    }
    this.changed = true;
  }

  *#addPrimary(template: Template | undefined): Blocking<number> {
    let index: number;
    try {
      index = yield* this.#context.nextIndex(template, 4);
    } catch (error) {
      if (error instanceof Refused && error.reason === "Numerical result out of range") yield* this.#context.talk.warn("Primary partition not available.");
      throw error;
    }
    yield* this.#place(index, template);
    return index;
  }

  *#addLogical(template: Template | undefined): Blocking<number> {
    const context = this.#context;
    const sector = new Uint8Array(context.sectorBytes);
    const slot: Slot = { entry: new Entry(sector, 0), link: new Entry(sector, 1), offset: 0, sector, changed: false };
    this.#touch(slot);
    this.#slots.push(slot);
    const index = this.#slots.length - 1;
    if (context.script === undefined) yield* context.talk.info(`Adding logical partition ${index + 1}`);
    try {
      yield* this.#place(index, template);
    } catch (error) {
      this.#slots.pop();
      throw error;
    }
    return index;
  }

  *add(template: Template | undefined): Blocking<number> {
    const context = this.#context;
    const { talk } = context;
    if (this.#slots.length >= MOST) {
      yield* talk.warn("The maximum number of partitions has been created.");
      throw new Refused();
    }
    const extended = this.#extendedOffset > 0 ? this.#slot(this.#extendedIndex) : undefined;
    const again = function* (): Blocking<void> {
      if (extended === undefined || template?.type === undefined || !isExtendedCode(Number.parseInt(template.type.type, 16))) return;
      yield* talk.warn("Extended partition already exists.");
      throw new Refused();
    };
    if (template?.start !== undefined && extended !== undefined) {
      if (template.start >= this.#extendedOffset && template.start <= endOf(extended)) {
        if (template.index !== undefined && template.index < 4) throw new Refused();
        return yield* this.#addLogical(template);
      }
      if (template.index !== undefined && template.index >= 4) throw new Refused();
      yield* again();
      return yield* this.#addPrimary(template);
    }
    if (template !== undefined && (template.startDefault || template.start !== undefined) && template.index !== undefined) {
      if (template.index < 4) {
        yield* again();
        return yield* this.#addPrimary(template);
      }
      if (extended === undefined) {
        yield* talk.warn("Extended partition does not exists. Failed to add logical partition.");
        throw new Refused();
      }
      return yield* this.#addLogical(template);
    }
    // a hybrid MBR may begin anywhere
    const hybrid = context.parent?.label?.kind === "gpt";
    const grain = hybrid ? 1 : context.grainSectors;
    let first = hybrid ? 1 : context.firstLba;
    let space = false;
    let left = 0;
    for (const { entry } of this.#slots.slice(0, 4)) {
      if (entry.sectors === 0) left++;
      else {
        if (first + grain <= entry.start) space = true;
        first = entry.start + entry.sectors;
      }
    }
    if (first + grain - 1 <= context.totalSectors - 1) space = true;
    if (left === 0 || !space) {
      if (extended !== undefined) {
        if (template === undefined || template.start !== undefined) {
          const message = left === 0 ? "All primary partitions are in use." : "All space for primary partitions is in use.";
          if (template?.start !== undefined) {
            yield* talk.warn(message);
            throw new Refused();
          }
          yield* talk.info(message);
        }
        return yield* this.#addLogical(template);
      }
      yield* talk.info(left > 0 ? "All space for primary partitions is in use." : "To create more partitions, first replace a primary with an extended partition.");
      throw new Refused();
    }
    if (context.script !== undefined || !talk.asks) return yield* this.#addPrimary(template);
    const choice = yield* talk.menu("Partition type", left === 1 && extended === undefined ? "e" : "p", [
      ["p", "primary", `${4 - (extended === undefined ? 0 : 1) - left} primary, ${extended === undefined ? 0 : 1} extended, ${left} free`],
      extended === undefined ? ["e", "extended", "container for logical partitions"] : ["l", "logical", "numbered from 5"],
    ]);
    if (choice === "p") return yield* this.#addPrimary(template);
    if (choice === "l") return yield* this.#addLogical(template);
    return yield* this.#addPrimary({ ...template, type: partType("dos", "5") });
  }

  *set(index: number, template: Template): Blocking<void> {
    const { talk } = this.#context;
    const slot = this.#slot(index);
    const { entry } = slot;
    const before = entry.code;
    const code = template.type === undefined ? undefined : Number.parseInt(template.type.type, 16);
    if (code !== undefined) {
      if (isExtendedCode(code) && this.#extendedOffset > 0 && this.#extendedIndex !== index) {
        yield* talk.warn("Extended partition already exists.");
        throw new Refused();
      }
      if (code === 0) yield* talk.warn("Type 0 means free space to many systems. Having partitions of type 0 is probably unwise.");
      if (isExtendedCode(before) && !isExtendedCode(code) && this.#slots.length > 4) {
        yield* talk.warn("Cannot change type of the extended partition which is already used by logical partitions. Delete logical partitions first.");
        throw new Refused();
      }
    }
    if (template.start !== undefined || template.size !== undefined) {
      const start = template.start ?? startOf(slot);
      this.#setEntry(slot, entry, slot.offset, start, start + (template.size ?? entry.sectors) - 1, code ?? before, template.boot ?? entry.boot === ACTIVE);
    } else {
      if (code !== undefined) entry.code = code;
      if (template.boot !== undefined) entry.boot = template.boot ? ACTIVE : 0;
    }
    if (code !== undefined) {
      if (isExtendedCode(code) && !isExtendedCode(before)) {
        this.#extendedIndex = index;
        this.#extendedOffset = entry.start;
        slot.link = entry;
      } else if (isExtendedCode(before)) {
        this.#slots.length = 4;
        this.#slot(this.#extendedIndex).link = undefined;
        this.#extendedOffset = 0;
        this.#extendedIndex = 0;
      }
    }
    this.#touch(slot);
  }

  *verify(): Blocking<number> {
    const context = this.#context;
    const { talk } = context;
    let errors = 0;
    const wrong = function* (text: string): Blocking<void> {
      errors++;
      yield* talk.warn(text);
    };
    let total = 1;
    const bounds = this.#slots.map((slot) => (slot.entry.cleared || isExtendedCode(slot.entry.code) ? { first: Number.MAX_SAFE_INTEGER, last: 0 } : { first: startOf(slot), last: endOf(slot) }));
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.entry.sectors === 0 || isExtendedCode(slot.entry.code)) continue;
      const own = bounds[index] ?? { first: 0, last: 0 };
      if (context.settings.dosCompatible) {
        if (index < 4) for (const text of this.#inconsistencies(slot.entry, index)) yield* wrong(text);
        for (const text of [...this.#misaddressed(slot.entry, 1, index, own.first), ...this.#misaddressed(slot.entry, 5, index, own.last)]) yield* wrong(text);
      }
      total += own.last + 1 - own.first;
      if (index === 0) total += startOf(slot) - 1;
      for (let other = 0; other < index; other++) {
        const one = bounds[other] ?? own;
        if (!((own.first >= one.first && own.first <= one.last) || (own.last <= one.last && own.last >= one.first))) continue;
        yield* wrong(`Partition ${other + 1}: overlaps partition ${index + 1}.`);
        total += Math.max(own.first, one.first) - Math.min(own.last, one.last);
      }
    }
    if (this.#extendedOffset > 0) {
      const end = endOf(this.#slot(this.#extendedIndex));
      for (let index = 4; index < this.#slots.length; index++) {
        total++;
        const own = bounds[index] ?? { first: 0, last: 0 };
        if (this.#slot(index).entry.code === 0) {
          if (index !== 4 || index + 1 < this.#slots.length) yield* wrong(`Partition ${index + 1}: empty.`);
        } else if (own.first < this.#extendedOffset || own.last > end) yield* wrong(`Logical partition ${index + 1}: not entirely in partition ${this.#extendedIndex + 1}.`);
      }
    }
    if (errors > 0) {
      yield* talk.warn(errors === 1 ? "1 error detected." : `${errors} errors detected.`);
      return errors;
    }
    yield* talk.info("No errors detected.");
    if (total > context.totalSectors) yield* talk.info(`Total allocated sectors ${total} greater than the maximum ${context.totalSectors}.`);
    else if (total < context.totalSectors) yield* talk.info(`Remaining ${context.totalSectors - total} unallocated ${context.sectorBytes}-byte sectors.`);
    return 0;
  }

  #chsOf(sector: number): readonly [c: number, h: number, s: number] {
    const { heads, sectors } = this.#context.geometry;
    const inner = sector % (heads * sectors);
    return [Math.floor(sector / (heads * sectors)), Math.floor(inner / sectors), (inner % sectors) + 1];
  }

  *#inconsistencies(entry: Entry, index: number): Generator<string> {
    const { heads, sectors } = this.#context.geometry;
    const physical = (at: number): readonly [number, number, number] => [chsCylinder(entry.byte(at + 1), entry.byte(at + 2)), entry.byte(at), chsSector(entry.byte(at + 1))];
    const begin = this.#chsOf(entry.start);
    const end = this.#chsOf(entry.start + entry.sectors - 1);
    const same = (a: readonly number[], b: readonly number[]): boolean => a.every((one, at) => one === b[at]);
    if (begin[0] < 1024 && !same(physical(1), begin)) yield `Partition ${index + 1}: different physical/logical beginnings (non-Linux?): phys=(${physical(1).join(", ")}), logical=(${begin.join(", ")})`;
    if (end[0] < 1024 && !same(physical(5), end)) yield `Partition ${index + 1}: different physical/logical endings: phys=(${physical(5).join(", ")}), logical=(${end.join(", ")})`;
    if (physical(5)[1] !== heads - 1 || physical(5)[2] !== sectors) yield `Partition ${index + 1}: does not end on cylinder boundary.`;
  }

  *#misaddressed(entry: Entry, at: number, index: number, sector: number): Generator<string> {
    const { heads, sectors, cylinders } = this.#context.geometry;
    const c = chsCylinder(entry.byte(at + 1), entry.byte(at + 2));
    const h = entry.byte(at);
    const s = chsSector(entry.byte(at + 1)) - 1;
    const counted = (c * heads + h) * sectors + s;
    if (counted === 0) yield `Partition ${index + 1}: contains sector 0`;
    if (h >= heads) yield `Partition ${index + 1}: head ${h + 1} greater than maximum ${heads}`;
    if (s >= sectors) yield `Partition ${index + 1}: sector ${s + 1} greater than maximum ${sectors}`;
    if (c >= cylinders) yield `Partition ${index + 1}: cylinder ${c + 1} greater than maximum ${cylinders}`;
    if (Math.floor(sector / (heads * sectors)) < 1024 && sector !== counted) yield `Partition ${index + 1}: LBA sector ${sector} disagrees with C/H/S calculated sector ${counted}`;
  }

  *write(): Blocking<void> {
    const context = this.#context;
    const put = (sector: number, bytes: Uint8Array): Blocking<void> => {
      bytes.set([0x55, 0xaa], 510);
      return context.write(sector * context.sectorBytes, bytes);
    };
    if (this.#headChanged || this.#slots.slice(0, 4).some((slot) => slot.changed)) yield* put(0, context.firstSector);
    if (this.#slots.length <= 4 && this.#extendedOffset > 0) {
      const extended = this.#slot(this.#extendedIndex);
      if (extended.changed) yield* put(startOf(extended), new Uint8Array(context.sectorBytes));
    }
    for (const slot of this.#slots.slice(4)) if (slot.changed && slot.offset > 0) yield* put(slot.offset, slot.sector);
  }

  places(): readonly { readonly name: string; readonly offset: number; readonly bytes: number }[] {
    return [{ name: "MBR", offset: 0, bytes: 512 }, ...this.#slots.slice(4).map((slot) => ({ name: "EBR", offset: slot.offset * this.#context.sectorBytes, bytes: 512 }))];
  }

  items(): readonly string[] {
    return [`Disk identifier: ${this.id}`];
  }

  *setId(text: string | undefined): Blocking<void> {
    const { talk } = this.#context;
    const word = text ?? (yield* talk.text("Enter the new disk identifier"));
    const match = /^\s*(0x[0-9a-f]+|[0-9]+)$/i.exec(word);
    if (!match) {
      yield* talk.warn("Incorrect value.");
      throw new Refused();
    }
    const old = this.id;
    const digits = match[1] ?? "0";
    this.#id = (/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)) % 2 ** 32;
    this.#headChanged = true;
    this.changed = true;
    yield* talk.info(`Disk identifier changed from ${old} to ${this.id}.`);
  }

  /** The partition that should have come earlier, and the one before which. */
  #wrongOrder(): readonly [index: number, before: number] | undefined {
    let last = 0;
    let lastIndex = 0;
    for (const [index, slot] of this.#slots.entries()) {
      if (index === 4) {
        lastIndex = 4;
        last = 0;
      }
      if (slot.entry.sectors === 0) continue;
      const start = startOf(slot);
      if (last > start) return [index, lastIndex];
      last = start;
      lastIndex = index;
    }
    return undefined;
  }

  reorder(): boolean {
    let wrong = this.#wrongOrder();
    if (wrong === undefined) return false;
    for (; wrong !== undefined && wrong[0] < 4; wrong = this.#wrongOrder()) {
      const one = this.#slot(wrong[0]);
      const other = this.#slot(wrong[1]);
      const bytes = one.entry.copy();
      one.entry.take(other.entry.copy());
      other.entry.take(bytes);
      const extended = this.#slots.slice(0, 4).findIndex(({ entry }) => isExtendedCode(entry.code));
      if (this.#extendedOffset > 0 && extended >= 0) {
        this.#slot(this.#extendedIndex).link = undefined;
        this.#extendedIndex = extended;
        this.#slot(extended).link = this.#slot(extended).entry;
      }
      this.#touch(one);
      this.#touch(other);
    }
    if (wrong !== undefined) this.#fixChain();
    return true;
  }

  #fixChain(): void {
    const { geometry } = this.#context;
    const chain = this.#slots.slice(4).sort((a, b) => a.offset - b.offset);
    this.#slots = [...this.#slots.slice(0, 4), ...chain];
    for (let at = 0; at < chain.length - 1; at++) {
      const [current, next] = [chain[at], chain[at + 1]];
      if (current === undefined || next === undefined || startOf(current) <= startOf(next)) continue;
      const [here, there] = [startOf(current), startOf(next)];
      const bytes = current.entry.copy();
      current.entry.take(next.entry.copy());
      next.entry.take(bytes);
      current.entry.start = there - current.offset;
      next.entry.start = here - next.offset;
      for (const slot of [current, next]) {
        slot.entry.syncChs(slot.offset, geometry.heads, geometry.sectors);
        this.#touch(slot);
      }
      at = -1;
    }
    for (const [at, current] of chain.entries()) {
      const next = chain[at + 1];
      if (next !== undefined && current.link !== undefined && next.offset - this.#extendedOffset !== current.link.start) this.#setEntry(current, current.link, this.#extendedOffset, next.offset, endOf(next), SYS_EXTENDED, false);
    }
    const last = chain.at(-1);
    if (last === undefined) return;
    last.link?.clear();
    this.#touch(last);
  }

  *toggleBoot(index: number): Blocking<void> {
    const { talk } = this.#context;
    const slot = this.#slot(index);
    const { entry } = slot;
    if (isExtendedCode(entry.code) && entry.boot === 0) yield* talk.warn(`Partition ${index + 1}: is an extended partition.`);
    entry.boot = entry.boot === 0 ? ACTIVE : 0;
    this.#touch(slot);
    yield* talk.info(`The bootable flag on partition ${index + 1} is ${entry.boot === 0 ? "disabled" : "enabled"} now.`);
  }

  /** How many partitions had addresses that are not those of the geometry. */
  fixChs(): number {
    const { heads, sectors } = this.#context.geometry;
    let fixed = 0;
    for (const slot of this.#slots) {
      const { entry } = slot;
      if (entry.sectors === 0) continue;
      const before = entry.copy();
      const start = startOf(slot);
      for (const [at, sector] of [[1, start], [5, start + entry.sectors - 1]] as const) {
        let [c, h, s] = this.#chsOf(sector);
        if (sector > 0xffff_ffff || c >= 1024) [c, h, s] = [1023, heads - 1, sectors];
        entry.put(at, h);
        entry.put(at + 1, s | ((c >> 2) & 0xc0));
        entry.put(at + 2, c & 0xff);
      }
      if (entry.copy().every((byte, at) => byte === before[at])) continue;
      this.#touch(slot);
      fixed++;
    }
    return fixed;
  }

  *moveBegin(index: number): Blocking<void> {
    const context = this.#context;
    const { talk } = context;
    const slot = this.#slot(index);
    const { entry } = slot;
    if (entry.sectors === 0 || isExtendedCode(entry.code)) {
      yield* talk.warn(`Partition ${index + 1}: no data area.`);
      return;
    }
    const current = startOf(slot);
    let free = slot.offset > 0 ? slot.offset + 1 : 0;
    for (const one of this.#slots) {
      const end = startOf(one) + one.entry.sectors;
      if (one.entry.sectors > 0 && end > free && end <= current) free = end;
    }
    const answer = (yield* talk.number("New beginning of data", { low: free, fallback: current, high: endOf(slot) })) - slot.offset;
    if (answer === entry.sectors) return;
    entry.sectors = entry.sectors + entry.start - answer;
    entry.start = answer;
    entry.syncChs(slot.offset, context.geometry.heads, context.geometry.sectors);
    this.#touch(slot);
    if (answer === 0) yield* talk.info("The new beginning of the partition overlaps the disk label area. Be very careful when using the partition. You can lose all your partitions on the disk.");
  }

  /** A BSD disklabel could be inside. */
  get bsd(): boolean {
    return this.#slots.some(({ entry }) => [0xa5, 0xa6, 0xa9].includes(entry.code));
  }
}
