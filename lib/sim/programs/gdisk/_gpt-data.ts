// A GUID partition table in memory, as gdisk and sgdisk load it, mend it, look for mistakes and write it: both headers, the entries, the first sector
// (GPTData of GPT fdisk 1.0.9). (More than 400 lines: loading, mending and writing keep both headers, the entries and the MBR in step.)
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { type LabelPartition, newGuid, type OpenDisk, parseGpt, SECTOR_BYTES, tableOf } from "../kit/disk-label.ts";
import type { Io } from "../kit/io.ts";
import { readWhole } from "../kit/read-whole.ts";
import { LINUX_FILESYSTEM } from "./_codes.ts";
import { ENTRY_BYTES, type Header, headerBytes, parseHeader } from "./_gpt-header.ts";
import { GPT_TYPE, Mbr } from "./_mbr.ts";
import { Placing, type Room, usualAlignment } from "./_placing.ts";
import { codeOf, nameOf, sizeText, typeOf } from "./_types.ts";
import { insane, mismatches, overlaps } from "./_verify.ts";

export const OLD_TABLE = "Warning: The kernel is still using the old partition table.\nThe new table will be used at the next reboot or after you\nrun partprobe(8) or kpartx(8)\n";
const USUAL_ENTRIES = 128;
/** What errno holds after the ioctl that asks an ordinary file for its size (diskio-unix.cc). */
const NO_IOCTL = 25;

export type Chosen = "use" | "convert" | "new" | "ask";

export class GptData implements Room {
  readonly sys: Sys;
  readonly io: Io;
  readonly path: string;
  readonly disk: OpenDisk;
  main: Header;
  second: Header;
  count = USUAL_ENTRIES;
  partitions: LabelPartition[] = [];
  mbr: Mbr;
  mainOk = false;
  secondOk = false;
  mainTableOk = false;
  secondTableOk = false;
  state: "present" | "not present" | "damaged" = "not present";
  readonly placing: Placing;

  constructor(sys: Sys, io: Io, disk: OpenDisk) {
    this.sys = sys;
    this.io = io;
    this.disk = disk;
    this.path = disk.path;
    this.mbr = new Mbr(disk.totalSectors);
    this.main = parseHeader(new Uint8Array(SECTOR_BYTES)).header;
    this.second = { ...this.main };
    this.placing = new Placing(this, 2048);
  }

  get total(): number {
    return this.disk.totalSectors;
  }

  get first(): number {
    return this.main.first;
  }

  get last(): number {
    return this.main.last;
  }

  add(one: LabelPartition): void {
    this.partitions.push(one);
  }

  find(number: number): LabelPartition | undefined {
    return this.partitions.find((one) => one.number === number);
  }

  get byNumber(): readonly LabelPartition[] {
    return this.partitions.toSorted((a, b) => a.number - b.number);
  }

  *#err(text: string): Blocking<void> {
    yield* this.io.stderr(text);
  }

  // ---- loading

  /** Headers and entries from the disk, as far as they can be read; what is wrong is told. */
  *load(): Blocking<void> {
    this.mbr = yield* Mbr.read(this.disk);
    ({ header: this.main, ok: this.mainOk } = parseHeader(yield* this.disk.read(1, 1)));
    const near = this.mainOk && this.main.backup < this.total;
    ({ header: this.second, ok: this.secondOk } = parseHeader(yield* this.disk.read(near ? this.main.backup : this.total - 1, 1)));
    if (this.mainOk && !near) this.io.out.put("Warning! Disk size is smaller than the main header indicates! Loading\nsecondary header from the last sector of the disk! You should use 'v' to\nverify disk integrity, and perhaps options on the experts' menu to repair\nthe disk.\n");
    const valid = [this.mainOk && this.main.revision === 0x10000, this.secondOk && this.second.revision === 0x10000];
    if (!valid[0] && !valid[1]) return;
    this.state = "present";
    // what was told of the headers stands before they are made anew
    const was = { main: valid[0] === true, second: valid[1] === true };
    if (!valid[1]) {
      yield* this.#err("\u0007Caution: invalid backup GPT header, but valid main header; regenerating\nbackup header from main header.\n\n");
      this.rebuildSecond();
      this.state = "damaged";
    } else if (!valid[0]) {
      yield* this.#err("\u0007Caution: invalid main GPT header, but valid backup; regenerating main header\nfrom backup!\n\n");
      this.rebuildMain();
      this.state = "damaged";
    }
    let loaded = 1;
    if (was.main || !was.second) yield* this.loadTable(this.main);
    else {
      yield* this.loadTable(this.second);
      loaded = 2;
      yield* this.#err("\u0007Warning: Invalid CRC on main header data; loaded backup partition table.\n");
    }
    if (loaded === 1) this.secondTableOk = yield* this.#checkTable(this.second);
    else this.mainTableOk = yield* this.#checkTable(this.main);
    if (this.secondTableOk && was.second && !this.mainTableOk) {
      this.state = "damaged";
      yield* this.loadTable(this.second);
      this.mainTableOk = false;
      yield* this.#err("\u0007Warning! Main partition table CRC mismatch! Loaded backup partition table\ninstead of main partition table!\n\n");
    }
    if (!was.main || !was.second || !this.mainTableOk || !this.secondTableOk) {
      const word = (ok: boolean): string => (ok ? "OK" : "ERROR");
      yield* this.#err(`Warning! One or more CRCs don't match. You should repair the disk!\nMain header: ${word(was.main)}\nBackup header: ${word(was.second)}\nMain partition table: ${word(this.mainTableOk)}\nBackup partition table: ${word(this.secondTableOk)}\n\n`);
      this.state = "damaged";
    }
  }

  /** The entries that a header speaks of become the partitions. */
  *loadTable(header: Header, from: OpenDisk = this.disk, sector = header.entriesAt): Blocking<void> {
    const bytes = yield* from.read(sector, Math.ceil((Math.min(header.count, 16_384) * header.entryBytes) / SECTOR_BYTES));
    this.count = header.count;
    this.partitions = parseGpt(headerBytes(header), bytes)?.partitions ?? [];
    this.mainTableOk = crc32(bytes.subarray(0, header.count * header.entryBytes)) === header.entriesCrc;
    this.secondTableOk = this.mainTableOk;
    if (!this.mainTableOk) this.io.out.put("Caution! After loading partitions, the CRC doesn't check out!\n");
  }

  *#checkTable(header: Header): Blocking<boolean> {
    const sectors = Math.ceil((Math.min(header.count, 16_384) * header.entryBytes) / SECTOR_BYTES);
    if (header.entriesAt + sectors > this.total) {
      yield* this.#err(`Warning! Error ${this.disk.isDevice ? 0 : NO_IOCTL} reading partition table for CRC check!\n`);
      return false;
    }
    const ok = crc32((yield* this.disk.read(header.entriesAt, sectors)).subarray(0, header.count * header.entryBytes)) === header.entriesCrc;
    if (!ok) yield* this.#err("Warning! Main and backup partition tables differ! Use the 'c' and 'e' options\non the recovery & transformation menu to examine the two tables.\n\n");
    return ok;
  }

  scanText(): string {
    return `Partition table scan:\n  MBR: ${this.mbr.state === "invalid" ? "not present" : this.mbr.state}\n  BSD: not present\n  APM: not present\n  GPT: ${this.state}\n\n`;
  }

  /** Which table to go on with, told as it is told; "ask" where only the user knows. */
  choose(manner: "asked" | "listing" | "quiet"): Chosen {
    const { out } = this.io;
    const mbr = this.mbr.state;
    if (this.state === "not present" && (mbr === "MBR only" || mbr === "hybrid")) {
      out.put(`\n***************************************************************\nFound invalid GPT and valid MBR; converting MBR to GPT format\nin memory. ${manner === "asked" ? "\u0007THIS OPERATION IS POTENTIALLY DESTRUCTIVE! Exit by\ntyping 'q' if you don't want to convert your MBR partitions\nto GPT format!" : ""}\n***************************************************************\n\n`);
      return "convert";
    }
    if (this.state === "present") {
      if (mbr === "MBR only") return "ask";
      if (mbr === "invalid") out.put("\u0007Found valid GPT with corrupt MBR; using GPT and will write new\nprotective MBR on save.\n");
      else if (manner !== "quiet") out.put(`Found valid GPT with ${mbr} MBR; using GPT.\n`);
      return "use";
    }
    if (this.state === "damaged") {
      if (mbr !== "protective") return "ask";
      out.put(`\u0007\u0007${"*".repeat(76)}\nCaution: Found protective or hybrid MBR and corrupt GPT. Using GPT, but disk\nverification and recovery are STRONGLY recommended.\n${"*".repeat(76)}\n`);
      return "use";
    }
    out.put("Creating new GPT entries in memory.\n");
    return "new";
  }

  /** The chosen table is taken; false where the disk is too small for one. */
  take(which: Exclude<Chosen, "ask">): boolean {
    if (which === "convert") this.convertMbr();
    else if (which === "new") {
      this.clear();
      this.mbr.makeProtective();
    } else if (this.mbr.state === "invalid" || this.mbr.state === "MBR only") this.mbr.makeProtective();
    if (this.total <= 66) {
      this.io.out.put(`Disk is too small to hold GPT data (${this.total} sectors)! Aborting!\n`);
      return false;
    }
    if (which !== "use") this.sizeProblems();
    this.placing.alignment = usualAlignment(this.partitions, this.total);
    return true;
  }

  convertMbr(): void {
    const { parts } = this.mbr;
    this.clear();
    for (const [index, one] of parts.entries()) {
      if (one === undefined || [0x05, 0x0f, 0x85, GPT_TYPE].includes(one.type)) continue;
      const type = typeOf(`${one.type.toString(16).padStart(2, "0")}00`) ?? LINUX_FILESYSTEM;
      this.add({ number: index + 1, start: one.start, sectors: one.sectors, type, bootable: false, uuid: newGuid(this.sys), name: nameOf(type) });
    }
    this.mbr.makeProtective();
  }

  clear(): void {
    const first = 2 + (USUAL_ENTRIES * ENTRY_BYTES) / SECTOR_BYTES;
    this.partitions = [];
    this.count = USUAL_ENTRIES;
    this.main = { signed: true, revision: 0x10000, current: 1, backup: this.total - 1, first, last: this.total - first, id: newGuid(this.sys), entriesAt: 2, count: USUAL_ENTRIES, entryBytes: ENTRY_BYTES, entriesCrc: 0 };
    this.rebuildSecond();
    this.mainOk = true;
    this.secondOk = true;
    this.mainTableOk = true;
    this.secondTableOk = true;
  }

  // ---- mending

  rebuildMain(): void {
    this.main = { ...this.second, current: this.second.backup, backup: this.second.current, entriesAt: 2 };
    this.mainOk = this.secondOk;
  }

  rebuildSecond(): void {
    this.second = { ...this.main, current: this.main.backup, backup: this.main.current, entriesAt: this.main.last + 1 };
    this.secondOk = this.mainOk;
  }

  moveSecondToEnd(): void {
    const { main, second } = this;
    main.backup = this.total - 1;
    second.current = this.total - 1;
    // as far from the end as the first usable sector from the front, without what 'j' put between
    const last = this.total - main.first;
    if (main.last !== last) {
      if (this.mbr.state === "hybrid") this.mbr.optimize();
      else if (this.mbr.state === "protective") this.mbr.makeProtective();
    }
    main.last = last;
    second.last = last;
    second.entriesAt = last + 1;
  }

  /** False where a partition's number would be too high. */
  resize(entries: number): boolean {
    let wanted = entries;
    if (wanted % 4 !== 0) {
      wanted = (Math.floor(wanted / 4) + 1) * 4;
      this.io.out.put(`Adjusting GPT size from ${entries} to ${wanted} to fill the sector\n`);
    }
    if (wanted === this.count || wanted === 0) return true;
    const highest = Math.max(0, ...this.partitions.map(({ number }) => number));
    if (wanted < highest) {
      this.io.out.put(`The highest-numbered partition is ${highest}, which is greater than the requested\npartition table size of ${wanted}; cannot resize. Perhaps sorting will help.\n`);
      return false;
    }
    this.count = wanted;
    this.main.count = wanted;
    this.second.count = wanted;
    this.main.first = Math.floor((wanted * ENTRY_BYTES) / SECTOR_BYTES) + this.main.entriesAt;
    this.second.first = this.main.first;
    this.moveSecondToEnd();
    this.sizeProblems();
    return true;
  }

  get tableSectors(): number {
    return Math.ceil((this.count * ENTRY_BYTES) / SECTOR_BYTES);
  }

  /** The last sector where the main entries can begin. */
  get furthest(): number {
    return Math.min(this.main.last + 1, ...this.partitions.map(({ start }) => start)) - this.tableSectors;
  }

  moveMainTable(sector: number): boolean {
    if (sector < 2 || sector > this.furthest) return false;
    this.main.entriesAt = sector;
    this.main.first = sector + this.tableSectors;
    this.rebuildSecond();
    return true;
  }

  remove(one: LabelPartition): void {
    this.mbr.deleteAt(one.start, one.sectors);
    this.partitions.splice(this.partitions.indexOf(one), 1);
  }

  sort(): void {
    this.partitions = this.partitions.toSorted((a, b) => a.start - b.start).map((one, index) => ({ ...one, number: index + 1 }));
  }

  swap(number: number, other: number): void {
    this.partitions = this.partitions.map((one) => (one.number === number ? { ...one, number: other } : one.number === other ? { ...one, number } : one));
  }

  randomize(): void {
    this.main.id = newGuid(this.sys);
    this.second.id = this.main.id;
    for (const one of this.partitions) one.uuid = newGuid(this.sys);
  }

  setId(id: string): void {
    this.main.id = id;
    this.second.id = id;
  }

  // ---- looking

  summary(): string {
    const free = this.placing.gaps().reduce((sum, gap) => sum + gap.last - gap.first + 1, 0);
    const head = `Disk ${this.path}: ${this.total} sectors, ${sizeText(this.total)}\nSector size (logical${this.disk.isDevice ? "/physical): 512/512" : "): 512"} bytes\nDisk identifier (GUID): ${this.main.id}\nPartition table holds up to ${this.count} entries\nMain partition table begins at sector ${this.main.entriesAt} and ends at sector ${this.main.entriesAt + this.tableSectors - 1}\n` +
      `First usable sector is ${this.first}, last usable sector is ${this.last}\nPartitions will be aligned on ${this.placing.alignment}-sector boundaries\nTotal free space is ${free} sectors (${sizeText(free)})\n\nNumber  Start (sector)    End (sector)  Size       Code  Name\n`;
    return head + this.byNumber.map((one) => `${String(one.number).padStart(4)}${String(one.start).padStart(16)}${String(one.start + one.sectors - 1).padStart(16)}   ${sizeText(one.sectors).padEnd(12)}${codeOf(one.type)}  ${one.name.length > 22 ? `${one.name.slice(0, 19)}...` : one.name}\n`).join("");
  }

  /** What of the partitions lies on the table's own sectors; told, and counted (CheckGPTSize). */
  sizeProblems(): number {
    const { out } = this.io;
    const first = Math.min(...this.partitions.map(({ start }) => start));
    const last = Math.max(0, ...this.partitions.map((one) => one.start + one.sectors - 1));
    let problems = 0;
    if (this.main.first > first) {
      const overlap = this.main.first - first;
      out.put(`Warning! Main partition table overlaps the first partition by ${overlap} blocks!\n${first > 2 ? `Try reducing the partition table size by ${overlap * 4} entries.\n(Use the 's' item on the experts' menu.)\n` : "You will need to delete this partition or resize it in another utility.\n"}`);
      problems++;
    }
    if (this.main.last < last) {
      const overlap = last - this.main.last;
      out.put(`\nWarning! Secondary partition table overlaps the last partition by\n${overlap} blocks!\n${last > this.total - 2 ? "You will need to delete this partition or resize it in another utility.\n" : `Try reducing the partition table size by ${overlap * 4} entries.\n(Use the 's' item on the experts' menu.)\n`}`);
      problems++;
    }
    return problems;
  }

  // ---- writing

  #bytes(): { readonly table: Uint8Array; readonly main: Uint8Array; readonly second: Uint8Array } {
    const table = tableOf(this.partitions, this.tableSectors);
    const entriesCrc = crc32(table.subarray(0, this.count * ENTRY_BYTES));
    this.main.entriesCrc = entriesCrc;
    this.second.entriesCrc = entriesCrc;
    return { table, main: headerBytes(this.main), second: headerBytes(this.second) };
  }

  /** `confirm` asks what must be asked; without it everything is mended and written (sgdisk). */
  *save(confirm?: (question: string) => Blocking<boolean>): Blocking<boolean> {
    const { out } = this.io;
    let ok = true;
    if (this.main.backup >= this.total) {
      yield* this.#err("Caution! Secondary header was placed beyond the disk's limits! Moving the\nheader, but other problems may occur!\n");
      this.moveSecondToEnd();
    }
    if (this.sizeProblems() > 0) ok = false;
    if (this.main.backup < this.total - 1) {
      if (confirm === undefined) this.moveSecondToEnd();
      else if (yield* confirm("Warning! Secondary header is placed too early on the disk! Do you want to\ncorrect this problem? ")) {
        this.moveSecondToEnd();
        out.put("Have moved second header and partition table to correct location.\n");
      } else out.put("Have not corrected the problem. Strange problems may occur in the future!\n");
    }
    if (this.main.last >= this.total || this.main.last > this.main.backup) {
      if (confirm === undefined || (yield* confirm("Warning! The claimed last usable sector is incorrect! Do you want to correct\nthis problem? "))) {
        this.moveSecondToEnd();
        if (confirm !== undefined) out.put("Have adjusted the second header and last usable sector value.\n");
      } else out.put("Have not corrected the problem. Strange problems may occur in the future!\n");
    }
    if (overlaps(this) > 0 || insane(this) > 0) {
      ok = false;
      yield* this.#err("Aborting write operation!\n");
    }
    mismatches(this);
    if (ok && confirm !== undefined) {
      ok = yield* confirm("\nFinal checks complete. About to write GPT data. THIS WILL OVERWRITE EXISTING\nPARTITIONS!!\n\nDo you want to proceed? ");
      if (ok) out.put(`OK; writing new GUID partition table (GPT) to ${this.path}.\n`);
    }
    if (!ok) {
      out.put("Aborting write of new partition table.\n");
      return false;
    }
    return yield* this.writeTo(this.disk);
  }

  *writeTo(disk: OpenDisk): Blocking<boolean> {
    const { table, main, second } = this.#bytes();
    try {
      yield* disk.write(this.second.entriesAt, table);
      yield* disk.write(this.main.backup, second);
      yield* disk.write(this.main.entriesAt, table);
      yield* disk.write(1, main);
      yield* disk.write(0, this.mbr.sector());
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#err(`Unable to open device '${this.path}' for writing! Errno is ${error.errno === "EBADF" ? 9 : 13}! Aborting write!\n`);
      return false;
    }
    if (!disk.isDevice || disk.reread() !== undefined) this.io.out.put(OLD_TABLE);
    this.io.out.put("The operation has completed successfully.\n");
    return true;
  }

  /** The same table on another disk (sgdisk -R, 'u'). Throws SysError. */
  *copyTo(disk: OpenDisk): Blocking<GptData> {
    const copy = new GptData(this.sys, this.io, disk);
    copy.main = { ...this.main };
    copy.second = { ...this.second };
    copy.count = this.count;
    copy.partitions = this.partitions.map((one) => ({ ...one }));
    copy.mbr = Mbr.fromSector(this.mbr.sector(), disk.totalSectors);
    copy.mainOk = true;
    copy.secondOk = true;
    copy.mainTableOk = true;
    copy.secondTableOk = true;
    return copy;
  }

  *destroy(mbrToo: boolean): Blocking<void> {
    const blank = new Uint8Array(SECTOR_BYTES);
    const table = new Uint8Array(SECTOR_BYTES * this.tableSectors);
    yield* this.disk.write(this.main.current, blank);
    yield* this.disk.write(this.main.entriesAt, table);
    if (this.second.entriesAt + this.tableSectors <= this.total) yield* this.disk.write(this.second.entriesAt, table);
    if (this.second.current < this.total) yield* this.disk.write(this.second.current, blank);
    if (mbrToo) yield* this.blankMbr();
    if (!this.disk.isDevice || this.disk.reread() !== undefined) this.io.out.put(OLD_TABLE);
    this.io.out.put("GPT data structures destroyed! You may now partition the disk using fdisk or\nother utilities.\n");
  }

  *blankMbr(): Blocking<void> {
    yield* this.disk.write(0, new Uint8Array(SECTOR_BYTES));
  }

  *writeMbr(): Blocking<void> {
    for (const [at, sector] of this.mbr.records()) yield* this.disk.write(at, sector);
    yield* this.disk.write(0, this.mbr.sector());
    this.disk.reread();
  }

  /** "f": the partitions of the MBR that is on the disk now. */
  *takeMbr(): Blocking<void> {
    this.mbr = yield* Mbr.read(this.disk);
    this.convertMbr();
  }

  // ---- saved tables

  /** The first sector, the main header, that of the copy, the entries; one after the other. */
  *saveBackup(file: string): Blocking<boolean> {
    try {
      const fd = yield* this.sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      const { table, main, second } = this.#bytes();
      for (const part of [this.mbr.sector(), main, second, table]) yield* this.sys.write(fd, part);
      this.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#err(`Unable to open file '${file}' for writing! Aborting!\n`);
      return false;
    }
    this.io.out.put("The operation has completed successfully.\n");
    return true;
  }

  *loadBackup(file: string): Blocking<boolean> {
    let bytes: Uint8Array;
    try {
      const fd = yield* this.sys.open(file, O.RDONLY);
      bytes = yield* readWhole(this.sys, fd);
      this.sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#err(`Problem opening ${file} for reading! Error is 2.\nThe specified file does not exist!\nUnable to open file '${file}' for reading! Aborting!\n`);
      return false;
    }
    const sector = (index: number): Uint8Array => bytes.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    this.mbr = Mbr.fromSector(sector(0), this.total);
    const main = parseHeader(sector(1));
    const second = parseHeader(sector(2));
    if (!main.header.signed && !second.header.signed) {
      yield* this.#err("Improper backup file! Clearing all partition data!\n");
      this.clear();
      this.mbr.makeProtective();
      return false;
    }
    this.main = main.header.signed ? main.header : { ...second.header, current: 1, entriesAt: 2 };
    this.second = second.header.signed ? second.header : this.main;
    this.mainOk = main.ok;
    this.secondOk = second.ok;
    if (!second.header.signed) this.rebuildSecond();
    const table = bytes.subarray(3 * SECTOR_BYTES);
    this.count = this.main.count;
    this.partitions = parseGpt(headerBytes(this.main), table)?.partitions ?? [];
    this.mainTableOk = crc32(table.subarray(0, this.count * this.main.entryBytes)) === this.main.entriesCrc;
    this.secondTableOk = this.mainTableOk;
    if (this.second.current !== this.total - 1) {
      this.io.out.put("Warning! Current disk size doesn't match that of the backup!\nAdjusting sizes to match, but subsequent problems are possible!\n");
      this.moveSecondToEnd();
    }
    return true;
  }
}
