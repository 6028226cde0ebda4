// parted: partition tables by commands on its line or in a dialogue (parted(8), 3.5). Changes are written at once.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type DiskLabel, GRAIN, type LabelPartition, OpenDisk, defaultType, freeSpans, isExtended, newGuid, newLabel, parseType } from "../kit/disk-label.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { localNumber } from "../kit/locale.ts";
import { probeBytes } from "../kit/probe-device.ts";
import { isUnit, parsePlace, showPlace } from "./_units.ts";

/** A command failed: "Error: …". */
class PartedError extends Error {}

const COMMANDS = ["align-check", "help", "mklabel", "mktable", "mkpart", "name", "print", "quit", "rescue", "resizepart", "rm", "select", "disk_set", "disk_toggle", "set", "toggle", "type", "unit", "version"];
const DOS_FLAGS: ReadonlyMap<string, string> = new Map([["lvm", "8e"], ["raid", "fd"], ["swap", "82"], ["esp", "ef"]]);
const GPT_FLAGS: ReadonlyMap<string, string> = new Map([["lvm", "lvm"], ["raid", "raid"], ["swap", "swap"], ["esp", "uefi"], ["boot", "uefi"], ["bios_grub", "BIOS boot"], ["msftdata", "Microsoft basic data"]]);

class Session {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #machine: boolean;
  readonly #script: boolean;
  readonly #alignment: string;
  #disk: OpenDisk;
  #unit = "compact";
  changed = false;

  constructor(io: Io, disk: OpenDisk, { machine, script, alignment }: { readonly machine: boolean; readonly script: boolean; readonly alignment: string }) {
    this.#io = io;
    this.#sys = io.sys;
    this.#disk = disk;
    this.#machine = machine;
    this.#script = script;
    this.#alignment = alignment;
  }

  get disk(): OpenDisk {
    return this.#disk;
  }

  /** How many words the command took; undefined to leave. */
  *run(words: readonly string[]): Blocking<number | undefined> {
    const [given = "", ...rest] = words;
    const command = COMMANDS.find((one) => one === given) ?? COMMANDS.find((one) => one.startsWith(given));
    switch (command) {
      case "quit": return undefined;
      case "help":
        this.#io.out.put(COMMANDS.map((one) => `  ${one}\n`).join(""));
        return 1;
      case "version":
        this.#io.say("\nUsing GNU Parted 3.5\nCopyright: this is a simulation of it.\n");
        return 1;
      case "unit": {
        const unit = rest[0];
        if (unit === undefined || !isUnit(unit)) throw new PartedError(unit === undefined ? "Expecting a unit." : `Invalid token: ${unit}`);
        this.#unit = unit;
        return 2;
      }
      case "print": return yield* this.#print(rest);
      case "mklabel": case "mktable": return yield* this.#mklabel(rest);
      case "mkpart": return yield* this.#mkpart(rest);
      case "rm": {
        const { label, one } = yield* this.#partition(rest[0]);
        label.partitions.splice(label.partitions.indexOf(one), 1);
        if (isExtended(one)) for (const logical of label.partitions.filter((each) => each.number > 4)) label.partitions.splice(label.partitions.indexOf(logical), 1);
        yield* this.#write(label);
        return 2;
      }
      case "resizepart": {
        const { label, one } = yield* this.#partition(rest[0]);
        const place = this.#place(rest[1]);
        const end = place.exact ? place.sector - (/^\d+s$/.test(rest[1] ?? "") ? 0 : 1) : Math.min(place.sector - 1, this.#disk.totalSectors - 1);
        const behind = Math.min(this.#disk.totalSectors, ...label.partitions.filter((each) => each !== one && each.start > one.start && !(isExtended(one) && each.number > 4)).map((each) => each.start));
        if (end < one.start) throw new PartedError(`Can't have the end before the start! (start sector=${one.start} length=${end - one.start + 1})`);
        if (end >= behind) throw new PartedError(end >= this.#disk.totalSectors ? `The location ${rest[1] ?? ""} is outside of the device ${this.#disk.path}.` : "Can't have overlapping partitions.");
        one.sectors = end - one.start + 1;
        yield* this.#write(label);
        return 3;
      }
      case "name": {
        const { label, one } = yield* this.#partition(rest[0]);
        if (label.kind !== "gpt") throw new PartedError("msdos disk labels do not support partition names.");
        one.name = rest[1] ?? "";
        yield* this.#write(label);
        return 3;
      }
      case "set": case "toggle": {
        const { label, one } = yield* this.#partition(rest[0]);
        const name = rest[1] ?? "";
        const on = command === "toggle" ? !flagsOf(label, one).includes(name) : rest[2] === "on";
        if ((name === "boot" && label.kind === "dos") || name === "legacy_boot") one.bootable = on;
        else {
          const type = label.kind === "dos" ? DOS_FLAGS.get(name) : GPT_FLAGS.get(name);
          if (type === undefined) throw new PartedError(`Invalid token: ${name}`);
          one.type = on ? (parseType(label.kind, type) ?? one.type) : defaultType(label.kind);
        }
        yield* this.#write(label);
        return command === "set" ? 4 : 3;
      }
      case "align-check": {
        const { one } = yield* this.#partition(rest[1]);
        const aligned = one.start % (rest[0]?.startsWith("m") ? 1 : GRAIN) === 0;
        this.#io.say(`${one.number} ${aligned ? "aligned" : `not aligned: ${one.start}s % ${GRAIN}s != 0s`}\n`);
        if (!aligned) this.#io.status = 1;
        return 3;
      }
      case "select": {
        const next = yield* openDisk(this.#sys, rest[0] ?? "");
        this.#disk.close();
        this.#disk = next;
        this.#io.say(`Using ${next.path}\n`);
        return 2;
      }
      case "type": {
        const { label, one } = yield* this.#partition(rest[0]);
        one.type = parseType(label.kind, rest[1] ?? "") ?? one.type;
        yield* this.#write(label);
        return 3;
      }
      case undefined:
        this.#io.out.put(COMMANDS.map((one) => `  ${one}\n`).join(""));
        throw new PartedError(`Invalid token: ${given}`);
      default:
        this.#sys.observe({ kind: "unsimulated", command: "parted", detail: command });
        throw new PartedError(`${command} is not simulated here`);
    }
  }

  *#known(): Blocking<DiskLabel> {
    const label = yield* this.#disk.readLabel();
    if (label === undefined) throw new PartedError(`${this.#disk.path}: unrecognised disk label`);
    return label;
  }

  *#partition(word: string | undefined): Blocking<{ readonly label: DiskLabel; readonly one: LabelPartition }> {
    const label = yield* this.#known();
    if (word === undefined || !/^\d+$/.test(word)) throw new PartedError("Expecting a partition number.");
    const one = label.partitions.find((each) => each.number === Number(word));
    if (one === undefined) throw new PartedError("Partition doesn't exist.");
    return { label, one };
  }

  #place(word: string | undefined): { readonly sector: number; readonly exact: boolean } {
    const place = word === undefined ? undefined : parsePlace(word, this.#disk.totalSectors, this.#unit);
    if (place === undefined) throw new PartedError("Invalid number.");
    if (place.sector > this.#disk.totalSectors || place.sector < 0) throw new PartedError(`The location ${word} is outside of the device ${this.#disk.path}.`);
    return place;
  }

  *#write(label: DiskLabel): Blocking<void> {
    yield* this.#disk.writeLabel(label);
    this.changed = true;
    const refused = this.#disk.reread();
    if (refused !== undefined) throw new PartedError(`Partition(s) on ${this.#disk.path} have been written, but we have been unable to inform the kernel of the change, probably because it/they are in use.  As a result, the old partition(s) will remain in use.  You should reboot now before making further changes.`);
  }

  *#mklabel([type]: readonly string[]): Blocking<number> {
    const kind = type === "gpt" ? "gpt" : type === "msdos" || type === "dos" ? "dos" : undefined;
    if (kind === undefined) throw new PartedError(type === undefined ? "Expecting a disk label type." : `Invalid token: ${type}`);
    const old = yield* this.#disk.readLabel();
    if (old !== undefined && !this.#script) {
      this.#io.say(`Warning: The existing disk label on ${this.#disk.path} will be destroyed and all data on this disk will be lost. Do you want to continue?\nYes/No? `);
      yield* this.#io.out.flush();
      if (!/^y/i.test((yield* this.#io.stdin.lines())[0] ?? "")) return 2;
    }
    yield* this.#write(newLabel(this.#sys, kind));
    return 2;
  }

  *#mkpart(words: readonly string[]): Blocking<number> {
    const label = yield* this.#known();
    const rest = [...words];
    let role = "primary";
    let name = "";
    if (label.kind === "dos") {
      const first = rest.shift() ?? "";
      const found = ["primary", "logical", "extended"].find((one) => first !== "" && one.startsWith(first));
      if (found === undefined) throw new PartedError(first === "" ? "Expecting a partition type." : `Invalid token: ${first}`);
      role = found;
    } else if (rest[0] !== undefined && parsePlace(rest[0], this.#disk.totalSectors, this.#unit) === undefined) name = (rest.shift() ?? "").replace(/^"|"$/g, "");
    let type = role === "extended" ? "5" : defaultType(label.kind);
    if (rest[0] !== undefined && /^[a-z]/.test(rest[0])) {
      const fs = rest.shift() ?? "";
      if (fs.startsWith("linux-swap")) type = parseType(label.kind, "swap") ?? type;
      else if (/^fat(16|32)$/.test(fs)) type = label.kind === "dos" ? "c" : (parseType("gpt", "Microsoft basic data") ?? type);
      else if (fs === "ntfs") type = label.kind === "dos" ? "7" : (parseType("gpt", "Microsoft basic data") ?? type);
      else if (!/^(?:ext[234]|xfs|btrfs|jfs|reiserfs|hfs\+?|zfs|udf|f2fs)$/.test(fs)) throw new PartedError(`Invalid token: ${fs}`);
    }
    const [startWord, endWord] = rest;
    const from = this.#place(startWord);
    const to = this.#place(endWord);
    let start = from.sector;
    let end = to.exact && !/^\d+s$/.test(endWord ?? "") ? to.sector - 1 : /^\d+s$/.test(endWord ?? "") ? to.sector : to.sector - 1;
    const inside = role === "logical" ? label.partitions.find(isExtended) : undefined;
    if (role === "logical" && inside === undefined) throw new PartedError("Can't have logical partitions without an extended one.");
    const spans = freeSpans(label, this.#disk.totalSectors, inside);
    if (this.#alignment !== "none" && !from.exact) start = Math.max(GRAIN, Math.round(start / GRAIN) * GRAIN);
    let span = spans.find((one) => start >= one.first - GRAIN && start <= one.last);
    if (span !== undefined && !from.exact && start < span.first) start = span.first;
    if (span === undefined) throw new PartedError("Can't have overlapping partitions.");
    if (!to.exact && end > span.last && end < this.#disk.totalSectors) end = span.last;
    if (!to.exact) end = Math.min(end, span.last);
    if (this.#alignment !== "none" && !to.exact && (end + 1) % GRAIN !== 0) end = Math.max(start, Math.floor((end + 1) / GRAIN) * GRAIN - 1);
    if (end < start) throw new PartedError(`Can't have the end before the start! (start sector=${start} length=${end - start + 1})`);
    span = spans.find((one) => start <= one.last && end <= one.last && start >= Math.min(one.first, start));
    const overlaps = label.partitions.some((one) => one !== inside && !(inside === undefined && one.number > 4 && label.kind === "dos") && start < one.start + one.sectors && end >= one.start);
    if (span === undefined || overlaps) throw new PartedError("Can't have overlapping partitions.");
    const taken = new Set(label.partitions.map((one) => one.number));
    let number = role === "logical" ? 5 : 1;
    while (taken.has(number)) number++;
    if (label.kind === "dos" && role !== "logical" && number > 4) throw new PartedError("Can't create any more partitions.");
    if (start % GRAIN !== 0 && this.#alignment !== "none") yield* this.#io.stderr(`Warning: The resulting partition is not properly aligned for best performance: ${start}s % ${GRAIN}s != 0s\n`);
    label.partitions.push({ number, start, sectors: end - start + 1, type, bootable: false, uuid: label.kind === "gpt" ? newGuid(this.#sys) : "", name });
    yield* this.#write(label);
    return words.length - rest.length + 3;
  }

  *#fileSystem(one: LabelPartition): Blocking<string> {
    if (isExtended(one)) return "";
    const probed = probeBytes(yield* this.#disk.read(one.start, Math.min(72, one.sectors)));
    if (probed.type === "swap") return "linux-swap(v1)";
    if (probed.type === "vfat") return (probed.version ?? "").toLowerCase();
    return probed.type ?? "";
  }

  *#print([what]: readonly string[]): Blocking<number> {
    const took = what === "free" || what === "devices" || what === "all" || what === "list" ? 2 : 1;
    const { path, totalSectors } = this.#disk;
    const label = yield* this.#disk.readLabel();
    const [model, transport] = yield* modelOf(this.#sys, this.#disk);
    const show = (sectors: number, last = false): string => (this.#machine ? showPlace(sectors, this.#unit, totalSectors, last) : localNumber(this.#sys, showPlace(sectors, this.#unit, totalSectors, last)));
    if (took === 2 && what === "devices") {
      this.#io.out.put(`${path} (${show(totalSectors)})\n`);
      return took;
    }
    const kind = label === undefined ? "unknown" : label.kind === "dos" ? "msdos" : "gpt";
    if (this.#machine) {
      this.#io.out.put(`BYT;\n${path}:${show(totalSectors)}:${transport}:512:512:${kind}:${model}:;\n`);
      for (const one of label?.partitions.toSorted((a, b) => a.start - b.start) ?? []) this.#io.out.put(`${one.number}:${show(one.start)}:${show(one.start + one.sectors - 1, true)}:${show(one.sectors)}:${yield* this.#fileSystem(one)}:${one.name}:${label === undefined ? "" : flagsOf(label, one).join(", ")};\n`);
      return took;
    }
    if (label === undefined) {
      yield* this.#io.stderr(`Error: ${path}: unrecognised disk label\n`);
      this.#io.status = 1;
    }
    this.#io.say(`Model: ${model} (${transport})\nDisk ${path}: ${show(totalSectors)}\nSector size (logical/physical): 512B/512B\nPartition Table: ${kind}\nDisk Flags: \n`);
    if (label === undefined) return took;
    const names = label.kind === "dos" ? ["Number", "Start", "End", "Size", "Type", "File system", "Flags"] : ["Number", "Start", "End", "Size", "File system", "Name", "Flags"];
    const headings = names.map((name) => this.#io.word(name));
    const rows: { readonly start: number; readonly cells: readonly string[] }[] = [];
    for (const one of label.partitions) {
      const fs = yield* this.#fileSystem(one);
      const facts = [String(one.number).padStart(2), show(one.start), show(one.start + one.sectors - 1, true), show(one.sectors)];
      const flags = flagsOf(label, one).join(", ");
      rows.push({ start: one.start, cells: label.kind === "dos" ? [...facts, this.#io.word(isExtended(one) ? "extended" : one.number > 4 ? "logical" : "primary"), fs, flags] : [...facts, fs, one.name, flags] });
    }
    if (what === "free") for (const { first, last } of freeSpans(label, totalSectors)) rows.push({ start: first, cells: label.kind === "dos" ? ["", show(first), show(last, true), show(last - first + 1), "", this.#io.word("Free Space"), ""] : ["", show(first), show(last, true), show(last - first + 1), this.#io.word("Free Space"), "", ""] });
    rows.sort((a, b) => a.start - b.start);
    const widths = headings.map((name, index) => Math.max(name.length, ...rows.map((row) => (row.cells[index] ?? "").length)));
    const line = (cells: readonly string[]): string => `${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()}\n`;
    this.#io.out.put(`\n${line(headings)}${rows.map((row) => line(row.cells)).join("")}\n`);
    return took;
  }
}

function flagsOf(label: DiskLabel, one: LabelPartition): readonly string[] {
  const flags: string[] = [];
  if (one.bootable) flags.push(label.kind === "dos" ? "boot" : "legacy_boot");
  for (const [name, type] of label.kind === "dos" ? DOS_FLAGS : GPT_FLAGS) if (parseType(label.kind, type) === one.type) flags.push(name);
  if (label.kind === "dos" && (one.type === "f" || one.type === "c" || one.type === "e")) flags.push("lba");
  return label.kind === "gpt" && flags.includes("esp") ? ["boot", "esp"] : flags;
}

function* modelOf(sys: Sys, disk: OpenDisk): Blocking<readonly [model: string, transport: string]> {
  if (!disk.isDevice) return ["", "file"];
  const name = disk.path.split("/").at(-1) ?? "";
  if (name.startsWith("loop")) return ["Loopback device", "loopback"];
  if (name.startsWith("vd")) return ["Virtio Block Device", "virtblk"];
  return [((yield* readTextFile(sys, `/sys/class/block/${name}/device/model`)) ?? "").trim() || "Unknown", "scsi"];
}

/** Throws PartedError. */
function* openDisk(sys: Sys, path: string): Blocking<OpenDisk> {
  try {
    const kind = sys.stat(path).mode & S.IFMT;
    if (kind !== S.IFBLK && kind !== S.IFREG) throw new PartedError(`The device ${path} is so small that it cannot possibly store a file system or partition table.  Perhaps you selected the wrong device?`);
  } catch (error) {
    if (error instanceof SysError) throw new PartedError(`Could not stat device ${path} - ${error.message}.`);
    throw error;
  }
  try {
    return yield* OpenDisk.open(sys, path, true);
  } catch (error) {
    if (error instanceof SysError) throw new PartedError(`Error opening ${path}: ${error.message}`);
    throw error;
  }
}

export default gnu({
  name: "parted", path: "/sbin/parted", manSection: 8, project: "GNU parted", version: "3.5", summary: "manipulate partition tables", synopsis: ["[OPTION]... [DEVICE [COMMAND [PARAMETERS]...]...]"], tryLine: () => "",
  options: {
    list: flag(["-l", "--list"], "lists partition layout on all block devices"), machine: flag(["-m", "--machine"], "displays machine parseable output"), script: flag(["-s", "--script"], "never prompts for user intervention"), fix: flag(["-f", "--fix"], "in script mode, fix instead of abort when asked"), align: text(["-a", "--align"], "[none|cyl|min|opt]", "alignment for new partitions"), version: flag(["-v"], "displays the version"),
  },
  operands: "files", parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("parted (GNU parted) 3.5\n");
      return 0;
    }
    const settings = { machine: options.machine, script: options.script, alignment: options.align?.startsWith("n") ? "none" : "optimal" };
    const names = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name !== "");
    const disks = names.filter((name) => !names.some((disk) => disk !== name && name.startsWith(disk) && /^p?\d+$/.test(name.slice(disk.length))));
    try {
      if (options.list) {
        for (const name of disks) {
          const disk = yield* openDisk(sys, `/dev/${name}`);
          yield* new Session(io, disk, settings).run(["print"]);
          io.out.put("\n");
          disk.close();
        }
        return undefined;
      }
      const path = operands[0] ?? (disks[0] === undefined ? undefined : `/dev/${disks[0]}`);
      if (path === undefined) throw new PartedError("No device found");
      const session = new Session(io, yield* openDisk(sys, path), settings);
      let words = operands.slice(1);
      if (words.length > 0) {
        while (words.length > 0) {
          const took = yield* session.run(words);
          if (took === undefined) break;
          words = words.slice(took);
        }
        if (session.changed && !options.script) yield* io.stderr("Information: You may need to update /etc/fstab.\n\n");
        session.disk.close();
        return undefined;
      }
      io.out.put(`GNU Parted 3.5\nUsing ${path}\nWelcome to GNU Parted! Type 'help' to view a list of commands.\n`);
      const pending: string[] = [];
      for (;;) {
        io.out.put("(parted) ");
        yield* io.out.flush();
        if (pending.length === 0) pending.push(...(yield* io.stdin.lines()));
        const line = pending.shift();
        if (line === undefined) {
          io.out.put("\n");
          break;
        }
        let rest = line.trim() === "" ? [] : line.trim().split(/\s+/);
        let leave = false;
        while (rest.length > 0) {
          try {
            const took = yield* session.run(rest);
            leave = took === undefined;
            rest = leave ? [] : rest.slice(took);
          } catch (error) {
            if (!(error instanceof PartedError)) throw error;
            yield* io.stderr(`Error: ${error.message}\n`);
            rest = [];
          }
        }
        if (leave) break;
      }
      if (session.changed) yield* io.stderr("Information: You may need to update /etc/fstab.\n\n");
      session.disk.close();
      return 0;
    } catch (error) {
      if (!(error instanceof PartedError)) throw error;
      yield* io.stderr(`Error: ${error.message}\n`);
      return 1;
    }
  },
});
