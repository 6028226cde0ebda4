// A disk under fdisk or sfdisk: its sectors and geometry, how new partitions are aligned, its table in memory, signatures to be wiped (libfdisk's context.c and alignment.c).
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { rereadPartitions } from "../kit/disk-label.ts";
import { readTextFile } from "../kit/accounts.ts";
import { probeBytes } from "../kit/probe-device.ts";
import type { Label, Partition, Template } from "./_label.ts";
import { Refused, type Talk } from "./_talk.ts";
import { signatures } from "../kit/signatures.ts";

const MIB = 1024 * 1024;

export interface Geometry {
  heads: number;
  sectors: number;
  cylinders: number;
}

/** From the command line: kept over new tables. */
export interface UserSettings {
  sectorBytes?: number | undefined;
  geometry: { readonly [name in keyof Geometry]?: number | undefined };
  grain?: number | undefined;
  /** leave the first 446 bytes */
  protectBoot?: boolean;
  dosCompatible?: boolean;
  /** the only kind of table that is looked for */
  onlyKind?: string | undefined;
}

export interface FreeSpace {
  readonly start: number;
  readonly sectors: number;
  readonly parent?: number;
}

/** The heads of a script that concern the table. */
export interface ScriptHeads {
  get(name: string): string | undefined;
}

export class Context {
  readonly sys: Sys;
  readonly talk: Talk;
  readonly path: string;
  readonly settings: UserSettings;
  readonly isDevice: boolean;
  readonly readOnly: boolean;
  readonly fd: number;
  readonly bytes: number;
  model = "";
  listOnly: boolean;
  details = false;
  useCylinders = false;
  sizesInBytes = false;
  sectorBytes = 512;
  readonly physicalBytes = 512;
  totalSectors = 0;
  geometry: Geometry = { heads: 0, sectors: 0, cylinders: 0 };
  grain = 0;
  firstLba = 0;
  lastLba = 0;
  firstSector: Uint8Array = new Uint8Array(512);
  label: Label | undefined;
  script: ScriptHeads | undefined;
  /** what is on the disk and is no table, or another table */
  collision: { readonly name: string; readonly table: boolean } | undefined;
  wipeWhole = false;
  readonly wipes = new Map<number, { readonly start: number; readonly sectors: number }>();
  readonly parent: Context | undefined;

  constructor(sys: Sys, talk: Talk, path: string, settings: UserSettings, opened: { readonly fd: number; readonly bytes: number; readonly isDevice: boolean; readonly readOnly: boolean }, listOnly: boolean, parent?: Context) {
    this.sys = sys;
    this.talk = talk;
    this.path = path;
    this.settings = settings;
    this.isDevice = opened.isDevice;
    this.readOnly = opened.readOnly;
    this.fd = opened.fd;
    this.bytes = opened.bytes;
    this.listOnly = listOnly;
    this.parent = parent;
  }

  /** Throws SysError. Without a table; see readLabel in _labels.ts. */
  static *open(sys: Sys, talk: Talk, path: string, settings: UserSettings, readOnly: boolean, listOnly: boolean): Blocking<Context> {
    const fd = yield* sys.open(path, readOnly ? O.RDONLY : O.RDWR);
    try {
      const stat = sys.fstat(fd);
      const kind = stat.mode & S.IFMT;
      if (kind === S.IFDIR) throw new SysError("EISDIR");
      const isDevice = kind === S.IFBLK;
      const context = new Context(sys, talk, path, settings, { fd, bytes: isDevice ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : stat.sizeBytes, isDevice, readOnly }, listOnly);
      if (isDevice) context.model = ((yield* readTextFile(sys, `/sys/class/block/${path.split("/").at(-1) ?? ""}/device/model`)) ?? "").trim();
      context.resetProperties();
      if (context.bytes < 512) throw new SysError("EINVAL");
      context.firstSector = yield* context.read(0, context.sectorBytes);
      if (!listOnly) yield* context.checkCollisions();
      return context;
    } catch (error) {
      sys.close(fd);
      throw error;
    }
  }

  /** The MBR inside a GPT: the same disk and first sector. */
  nested(): Context {
    const inner = new Context(this.sys, this.talk, this.path, this.settings, { fd: this.fd, bytes: this.bytes, isDevice: this.isDevice, readOnly: this.readOnly }, this.listOnly, this);
    inner.model = this.model;
    inner.details = this.details;
    inner.useCylinders = this.useCylinders;
    inner.sectorBytes = this.sectorBytes;
    inner.totalSectors = this.totalSectors;
    inner.geometry = { ...this.geometry };
    inner.grain = this.grain;
    inner.firstLba = this.firstLba;
    inner.lastLba = this.lastLba;
    inner.firstSector = this.firstSector;
    inner.script = this.script;
    return inner;
  }

  close(): void {
    this.sys.close(this.fd);
  }

  get unitsPerSector(): number {
    return this.useCylinders ? this.geometry.heads * this.geometry.sectors : 1;
  }

  /** A sector as the user's unit shows it. */
  shown(sector: number): number {
    return this.useCylinders ? Math.floor(sector / this.unitsPerSector) + 1 : sector;
  }

  *read(offset: number, bytes: number): Blocking<Uint8Array> {
    const out = new Uint8Array(bytes);
    for (let at = 0; at < bytes; ) {
      const part = yield* this.sys.pread(this.fd, bytes - at, offset + at);
      if (part.length === 0) break;
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  *write(offset: number, bytes: Uint8Array): Blocking<void> {
    yield* this.sys.pwrite(this.fd, bytes, offset);
  }

  /** Sizes and geometry as the disk and the user have them; the table stays. */
  resetProperties(): void {
    this.sectorBytes = this.settings.sectorBytes ?? 512;
    this.totalSectors = Math.floor(this.bytes / this.sectorBytes);
    this.geometry = { heads: 0, sectors: 0, cylinders: 0 };
    this.recountGeometry();
    this.applyUserGeometry();
    this.resetAlignment();
  }

  applyUserGeometry(): void {
    const { heads, sectors, cylinders } = this.settings.geometry;
    if (heads !== undefined) this.geometry.heads = heads;
    if (sectors !== undefined) this.geometry.sectors = sectors;
    if (cylinders !== undefined) this.geometry.cylinders = cylinders;
    else if (heads !== undefined || sectors !== undefined) this.recountGeometry();
  }

  recountGeometry(): void {
    if (this.geometry.heads === 0) this.geometry.heads = 255;
    if (this.geometry.sectors === 0) this.geometry.sectors = 63;
    this.geometry.cylinders = Math.floor(this.totalSectors / (this.geometry.heads * this.geometry.sectors));
  }

  /** Until the next table: fdisk's expert commands c, h and s. */
  overrideGeometry(change: Partial<Geometry>): void {
    this.geometry = { ...this.geometry, ...change };
    if (change.cylinders === undefined) this.recountGeometry();
    this.resetAlignment();
  }

  resetAlignment(): void {
    this.grain = this.totalSectors <= (MIB * 4) / this.sectorBytes ? this.physicalBytes : MIB;
    const first = MIB / this.sectorBytes;
    this.firstLba = this.totalSectors <= first * 4 ? Math.max(1, this.physicalBytes / this.sectorBytes) : first;
    this.lastLba = this.totalSectors - 1;
    this.label?.resetAlignment();
    const { grain } = this.settings;
    if (grain !== undefined) this.grain = Math.max(grain, 512);
  }

  get grainSectors(): number {
    return this.grain > this.sectorBytes ? this.grain / this.sectorBytes : 1;
  }

  get alignmentRequired(): boolean {
    return this.grain !== this.sectorBytes;
  }

  align(sector: number, direction: "up" | "down" | "nearest"): number {
    if ((sector * this.sectorBytes) % Math.max(this.grain, 512) === 0) return sector;
    const step = this.grain / this.sectorBytes;
    if (sector < this.firstLba) return this.firstLba;
    if (direction === "up") return Math.floor((sector + step) / step) * step;
    if (direction === "down") return Math.floor(sector / step) * step;
    return Math.floor((sector + Math.floor(step / 2)) / step) * step;
  }

  alignInRange(sector: number, first: number, last: number): number {
    const step = this.grain / this.sectorBytes;
    let start = first;
    let stop = last;
    if (start + step <= stop) {
      start = this.align(start, "up");
      stop = this.align(stop, "down");
    }
    if (start + step > stop) return sector;
    return Math.min(stop, Math.max(start, this.align(sector, "nearest")));
  }

  /** All that the table has, by their numbers. */
  partitions(): readonly Partition[] {
    const { label } = this;
    if (label === undefined) return [];
    return Array.from({ length: label.most }, (_, index) => label.partition(index)).filter((one) => one !== undefined);
  }

  /** Gaps of at least a grain, between the partitions and inside an extended one; by their starts. */
  freeSpaces(): readonly FreeSpace[] {
    const spaces: FreeSpace[] = [];
    const add = (start: number, end: number, parent?: number): void => {
      if (start === end) return;
      const aligned = this.alignInRange(start, start, end);
      if (end - aligned + 1 > 0) spaces.push({ start: aligned, sectors: end - aligned + 1, ...(parent !== undefined && { parent }) });
    };
    const parts = this.partitions().toSorted((a, b) => a.start - b.start);
    const grain = this.grainSectors;
    let last = this.firstLba;
    let seen = 0;
    for (const one of parts) {
      if (one.parent !== undefined) continue;
      if (last + grain < one.start || (seen === 0 && this.align(last, "up") < one.start)) add(last + (seen === 0 ? 0 : 1), one.start - 1);
      if (one.container) {
        let inner = one.start;
        for (const logical of parts) {
          if (logical.parent === undefined) continue;
          const from = inner + this.firstLba;
          if (logical.start > from && logical.start - from > grain) add(from, logical.start, one.index);
          inner = logical.start + logical.sectors - 1;
        }
        const end = one.start + one.sectors - 1;
        if (inner + this.firstLba < end && end - inner - this.firstLba > grain) add(inner + this.firstLba, end, one.index);
      }
      last = Math.max(last, one.start + one.sectors - 1);
      seen++;
    }
    if (last + grain < this.lastLba - 1) add(last + (last > this.firstLba || seen > 0 ? 1 : 0), this.lastLba);
    return spaces.toSorted((a, b) => a.start - b.start);
  }

  /** "1,3-5": the numbers for which `wanted` holds. */
  numbersText(wanted: (index: number) => boolean): { readonly text: string; readonly numbers: readonly number[] } {
    const numbers = Array.from({ length: this.label?.most ?? 0 }, (_, index) => index).filter(wanted).map((index) => index + 1);
    const runs: [first: number, last: number][] = [];
    for (const number of numbers) {
      const run = runs.at(-1);
      if (run !== undefined && run[1] + 1 === number) run[1] = number;
      else runs.push([number, number]);
    }
    return { numbers, text: runs.map(([first, last]) => (first === last ? String(first) : last === first + 1 ? `${first},${last}` : `${first}-${last}`)).join(",") };
  }

  /** The index of a partition that is used, or (`fresh`) not; asked for where there are several. Throws Refused. */
  *askIndex(fresh: boolean, most = this.label?.most ?? 0): Blocking<number> {
    const { label, talk } = this;
    if (label === undefined) throw new Refused();
    const { numbers, text } = this.numbersText((index) => index < most && label.isUsed(index) !== fresh);
    const [first] = numbers;
    const last = numbers.at(-1);
    if (first === undefined || last === undefined) {
      yield* talk.warn(fresh ? "No free partition available!" : "No partition is defined yet!");
      throw new Refused();
    }
    if (numbers.length === 1) {
      yield* talk.info(`Selected partition ${first}`);
      return first - 1;
    }
    return (yield* talk.number("Partition number", { low: first, high: last, fallback: fresh ? first : last, range: text })) - 1;
  }

  /** The index for a new partition, by a template or asked for. Throws Refused. */
  *nextIndex(template: Template | undefined, most = this.label?.most ?? 0): Blocking<number> {
    const used = (index: number): boolean => this.label?.isUsed(index) ?? false;
    if (template?.indexDefault) {
      for (let index = 0; index < most; index++) if (!used(index)) return index;
      throw new Refused("Numerical result out of range");
    }
    if (template?.index !== undefined) {
      if (template.index >= most || used(template.index)) throw new Refused("Numerical result out of range");
      return template.index;
    }
    if (!this.talk.asks) throw new Refused();
    return yield* this.askIndex(true, most);
  }

  *checkCollisions(): Blocking<void> {
    const head = yield* this.read(0, Math.min(this.bytes, 69_632));
    const found = probeBytes(head);
    const name = found.type ?? found.tableType;
    this.collision = name === undefined ? undefined : { name, table: found.type === undefined };
  }

  /** The type of a file system in a partition. */
  *contentType(one: { readonly start: number; readonly sectors: number }): Blocking<string | undefined> {
    const head = yield* this.read(one.start * this.sectorBytes, Math.max(512, Math.min(69_632, one.sectors * this.sectorBytes)));
    return probeBytes(head).type;
  }

  /** Overwrites the signatures that a new table or a new partition must not leave. */
  *wipe(): Blocking<void> {
    const areas = [...(this.wipeWhole ? [{ start: 0, sectors: this.totalSectors }] : []), ...this.wipes.values()];
    for (const { start, sectors } of areas) {
      const from = start * this.sectorBytes;
      for (const one of yield* signatures(this.sys, this.path, sectors * this.sectorBytes, from)) yield* this.write(from + one.offset, new Uint8Array(one.bytes));
    }
  }

  /** BLKRRPART; the reason why not, or undefined. */
  reread(): SysError | undefined {
    return this.isDevice ? rereadPartitions(this.sys, this.fd) : undefined;
  }
}
