// parted: partition tables by commands on its line or in a dialogue (parted(8), 3.5). Changes are written at once.
// (More than 400 lines: one command is one case, and all work on the same session.)
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type DiskLabel, GRAIN, type LabelPartition, OpenDisk, defaultType, isExtended, newGuid, newLabel, parseType } from "../kit/disk-label.ts";
import { checkGpt } from "./_gpt-state.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { localNumber } from "../kit/locale.ts";
import { joinPath } from "../kit/paths.ts";
import { probeBytes } from "../kit/probe-device.ts";
import { COMMANDS, helpList, helpOf } from "./_commands.ts";
import { type JsonPartition, tableJson } from "./_json.ts";
import { freeRoom, placePartition } from "./_placement.ts";
import { NoAnswer, Prompts } from "./_prompts.ts";
import { DEVICE_GEOMETRY, FILE_GEOMETRY, type Geometry, type Place, isUnit, parsePlace, showPlace } from "./_units.ts";

/** A command failed: "Error: …". */
class PartedError extends Error {}

/** A word that nothing knows: said by parted itself, then what was expected. */
class InvalidToken extends PartedError {
  readonly token: string;

  constructor(token: string, expecting = "") {
    super(expecting);
    this.token = token;
  }
}

/** In script mode nobody is asked for a word that is missing: the end, without a message. */
class MissingWord extends PartedError {}

/** No such command: the usage. */
class UnknownCommand extends PartedError {}

const DOS_FLAGS: ReadonlyMap<string, string> = new Map([["lvm", "8e"], ["raid", "fd"], ["swap", "82"], ["esp", "ef"], ["diag", "27"], ["prep", "41"], ["palo", "f0"], ["irst", "84"], ["bls_boot", "ea"]]);
const GPT_FLAGS: ReadonlyMap<string, string> = new Map([["raid", "raid"], ["lvm", "lvm"], ["swap", "swap"], ["boot", "uefi"], ["esp", "uefi"], ["bios_grub", "BIOS boot"], ["msftdata", "Microsoft basic data"], ["msftres", "Microsoft reserved"], ["linux-home", "home"], ["bls_boot", "Linux extended boot"], ["diag", "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC"], ["irst", "D3BFE2DE-3DAF-11DF-BA40-E3A556D89593"], ["prep", "9E1A2D38-C612-4316-AA26-8B49521E5A8B"], ["hp-service", "E2A1E728-32E3-11D6-A682-7B03A0000000"], ["atvrecv", "5265636F-7665-11AA-AA11-00306543ECAC"], ["chromeos_kernel", "FE3A2A5D-4F32-41A7-B725-ACCC3285A309"]]);
/** Bits of a GPT entry: hidden (62). */
const GPT_BITS: ReadonlyMap<string, bigint> = new Map([["hidden", 1n << 62n]]);
const FILE_SYSTEMS = /^(?:ext[234]|xfs|btrfs|jfs|reiserfs|hfs[+x]?|zfs|udf|f2fs|nilfs2|fat(?:16|32)|ntfs|linux-swap(?:\(.*\))?)$/;

type Alignment = "none" | "optimal" | "cylinder";

interface Settings {
  readonly machine: boolean;
  readonly json: boolean;
  readonly script: boolean;
  readonly alignment: Alignment;
  /** -f: "Fix" without asking */
  readonly fix: boolean;
  /** ---pretend-input-tty: answers come from a pipe */
  readonly pretends: boolean;
}

const ALIGNMENTS: readonly (readonly [word: string, alignment: Alignment])[] = [["none", "none"], ["cylinder", "cylinder"], ["minimal", "none"], ["optimal", "optimal"]];

class Session {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #machine: boolean;
  readonly #json: boolean;
  readonly #script: boolean;
  readonly #alignment: Alignment;
  readonly #fix: boolean;
  readonly prompts: Prompts;
  #disk: OpenDisk;
  #unit = "compact";
  /** file systems as mkpart was told them, until the table is read again */
  readonly #made = new Map<number, string>();
  changed = false;
  #told = false;

  constructor(io: Io, disk: OpenDisk, { machine, json, script, alignment, fix, pretends }: Settings) {
    this.#io = io;
    this.#sys = io.sys;
    this.#disk = disk;
    this.#machine = machine;
    this.#json = json;
    this.#script = script;
    this.#alignment = alignment;
    this.#fix = fix;
    this.prompts = new Prompts(io, pretends);
  }

  get #geometry(): Geometry {
    return this.#disk.isDevice ? DEVICE_GEOMETRY : FILE_GEOMETRY;
  }

  /** An error: to standard error in script mode, else on the screen of the dialogue. */
  *complain(text: string): Blocking<void> {
    this.#made.clear();
    if (this.#script) {
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`Error: ${text}\n`);
      return;
    }
    this.#io.out.put(`${this.prompts.wrapped(this.#io.word(`Error: ${text}`))}\n`);
    this.prompts.wipe();
  }

  /** A word that must be there: asked for where it is missing, except in script mode. */
  *#need(word: string | undefined, question: string, settings: { readonly choices?: readonly string[]; readonly fallback?: string; readonly expecting?: string } = {}): Blocking<string> {
    if (word !== undefined) return word;
    if (this.#script) {
      if (settings.fallback !== undefined) return settings.fallback;
      throw settings.expecting === undefined ? new MissingWord() : new PartedError(settings.expecting);
    }
    return yield* this.prompts.ask(question, settings);
  }

  /** What partitions begin on multiples of; whole cylinders are known to DOS tables only. */
  #grain(label: DiskLabel): number {
    if (this.#alignment === "optimal") return GRAIN;
    return this.#alignment === "cylinder" && label.kind === "dos" ? this.#geometry.heads * this.#geometry.track : 1;
  }

  get disk(): OpenDisk {
    return this.#disk;
  }

  /** How many words the command took; undefined to leave. */
  *run(words: readonly string[]): Blocking<number | undefined> {
    const [given = "", ...rest] = words;
    const command = COMMANDS.find(({ name }) => name === given)?.name ?? COMMANDS.find(({ name }) => name.startsWith(given))?.name;
    switch (command) {
      case "quit": return undefined;
      case "help":
        if (rest[0] === undefined) this.#io.out.put(helpList((text) => this.#io.word(text)));
        else {
          const one = COMMANDS.find(({ name }) => name.startsWith(rest[0] ?? ""));
          if (one === undefined) throw new InvalidToken(rest[0]);
          this.#io.out.put(helpOf(one, (text) => this.#io.word(text)));
          return 2;
        }
        return 1;
      case "version":
        this.#io.say("\nGNU Parted 3.5\n\nThis is a simulation of it.\n\n");
        return 1;
      case "unit": {
        const unit = yield* this.#need(rest[0], "Unit", { fallback: this.#unit });
        if (!isUnit(unit)) throw new InvalidToken(unit);
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
        const place = yield* this.#place(rest[1], "End", showPlace(one.start + one.sectors - 1, this.#unit, this.#disk.totalSectors, true, this.#geometry));
        const most = (label.kind === "gpt" ? label.bounds?.last : undefined) ?? this.#disk.totalSectors - 1;
        const end = place.binary ? place.sector - 1 : place.sector > most && place.first <= most ? most : Math.min(place.sector, this.#disk.totalSectors - 1);
        const extended = one.number > 4 && label.kind === "dos" ? label.partitions.find(isExtended) : undefined;
        const behind = Math.min(extended === undefined ? this.#disk.totalSectors : extended.start + extended.sectors, ...label.partitions.filter((each) => each !== one && each !== extended && each.start > one.start && !(isExtended(one) && each.number > 4)).map((each) => each.start - (each.number > 4 && label.kind === "dos" ? 1 : 0)));
        if (end < one.start) throw new PartedError(`Can't have the end before the start! (start sector=${one.start} length=${end - one.start + 1})`);
        if (end >= behind) throw new PartedError(end >= this.#disk.totalSectors ? `The location ${rest[1] ?? ""} is outside of the device ${this.#disk.path}.` : "Can't have overlapping partitions.");
        if (end < one.start + one.sectors - 1 && !(yield* this.#warn("Shrinking a partition can cause data loss, are you sure you want to continue?", "Yes/No"))) throw new MissingWord();
        one.sectors = end - one.start + 1;
        yield* this.#write(label);
        return 3;
      }
      case "name": {
        const { label, one } = yield* this.#partition(rest[0]);
        if (label.kind !== "gpt") throw new PartedError("msdos disk labels do not support partition name.");
        one.name = (yield* this.#need(rest[1], "Partition name", { fallback: one.name })).replace(/^(["'])(.*)\1$/, "$2");
        yield* this.#write(label);
        return 3;
      }
      case "set": case "toggle": {
        const { label, one } = yield* this.#partition(rest[0]);
        const name = yield* this.#need(rest[1], "Flag to Invert");
        const state = command === "set" ? yield* this.#need(rest[2], "New state", { choices: ["on", "off"], fallback: this.#flags(label, one).includes(name) ? "off" : "on" }) : "";
        if (command === "set" && state !== "on" && state !== "off") throw new InvalidToken(state);
        const on = command === "toggle" ? !this.#flags(label, one).includes(name) : state === "on";
        const bit = label.kind === "gpt" ? GPT_BITS.get(name) : undefined;
        if ((name === "boot" && label.kind === "dos") || (name === "legacy_boot" && label.kind === "gpt")) {
          if (on && label.kind === "dos") for (const each of label.partitions) each.bootable = false;
          one.bootable = on;
        } else if (bit !== undefined) one.attributes = on ? (one.attributes ?? 0n) | bit : (one.attributes ?? 0n) & ~bit;
        else if (name === "lba" && label.kind === "dos") one.type = lbaType(one.type, on);
        else {
          const type = label.kind === "dos" ? DOS_FLAGS.get(name) : GPT_FLAGS.get(name);
          if (type === undefined) throw new InvalidToken(name);
          one.type = on ? (parseType(label.kind, type) ?? one.type) : defaultType(label.kind);
        }
        yield* this.#write(label);
        return command === "set" ? 4 : 3;
      }
      case "align-check": {
        const type = yield* this.#need(rest[0], "alignment type(min/opt)", { choices: ["optimal", "minimal"], fallback: "optimal" });
        if (!"minimal".startsWith(type) && !"optimal".startsWith(type)) throw new InvalidToken(type);
        const { one } = yield* this.#partition(rest[1]);
        const grain = type.startsWith("m") ? 1 : GRAIN;
        const aligned = one.start % grain === 0;
        // in script mode the exit status tells
        if (!this.#script) this.#io.say(aligned ? `${one.number} aligned\n` : `${one.number} not aligned: ${one.start}s % ${grain}s != 0s\n`);
        if (!aligned) this.#io.status = 1;
        return 3;
      }
      case "disk_set": case "disk_toggle": {
        const label = yield* this.#known();
        // a script that names no flag changes nothing, and that is no error
        if (rest[0] === undefined && this.#script) return 1;
        const name = yield* this.#need(rest[0], "Flag to Invert");
        if (name !== (label.kind === "gpt" ? "pmbr_boot" : "cylinder_alignment")) throw new InvalidToken(name);
        if (label.kind === "gpt") {
          const old = yield* this.#protectiveBoot();
          const state = command === "disk_toggle" ? (old ? "off" : "on") : yield* this.#need(rest[1], "New state", { choices: ["on", "off"], fallback: old ? "off" : "on" });
          if (state !== "on" && state !== "off") throw new InvalidToken(state);
          const on = state === "on";
          yield* this.#disk.write(0, withBootFlag(yield* this.#disk.read(0, 1), on));
        }
        return command === "disk_set" ? 3 : 2;
      }
      case "rescue": {
        yield* this.#rescue(rest);
        return 3;
      }
      case "select": {
        const next = yield* openDisk(this.#sys, yield* this.#need(rest[0], "New device", { fallback: this.#disk.path }));
        this.#disk.close();
        this.#disk = next;
        this.#io.say(`Using ${next.path}\n`);
        return 2;
      }
      default:
        throw new UnknownCommand(given);
    }
  }

  /** A warning with a question: in script mode it goes to the error output and the answer is no. */
  *#warn(message: string, choices: string): Blocking<boolean> {
    if (this.#script) {
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`Warning: ${message}\n`);
      return false;
    }
    const [first, ...lines] = this.#io.word(`Warning: ${message}`).split("\n");
    this.#io.out.put(`${this.prompts.wrapped([first, ...lines].join("\n"))}\n`);
    this.prompts.wipe();
    // nobody is there to answer: the command fails
    if (!this.prompts.interactive) throw new MissingWord();
    const options = choices.split("/");
    return (yield* this.prompts.ask("", { choices: options })) === options[0];
  }

  *#protectiveBoot(): Blocking<boolean> {
    return ((yield* this.#disk.read(0, 1))[446] ?? 0) === 0x80;
  }

  /** Looks for a file system that begins near a place where no partition is. */
  *#rescue(words: readonly string[]): Blocking<void> {
    const label = yield* this.#known();
    const from = yield* this.#place(words[0], "Start");
    const to = yield* this.#place(words[1], "End");
    for (let sector = Math.ceil(from.first / 2) * 2; sector <= Math.min(from.last + GRAIN, to.last); sector++) {
      if (this.#sys.charge(2)) yield* this.#sys.preempt();
      if (label.partitions.some((one) => sector >= one.start && sector < one.start + one.sectors)) continue;
      const probed = probeBytes(yield* this.#disk.read(sector, Math.min(72, this.#disk.totalSectors - sector)));
      if (probed.type === undefined) continue;
      const length = Math.min(to.sector, this.#disk.totalSectors - 1) - sector + 1;
      if (this.#script) return;
      const show = (at: number, last = false): string => showPlace(at, this.#unit, this.#disk.totalSectors, last, this.#geometry);
      this.#io.out.put(`${this.prompts.wrapped(this.#io.word(`Information: A ${probed.type} ${label.kind === "dos" ? "primary " : ""}partition was found at ${show(sector)} -> ${show(sector + length - 1, true)}.  Do you want to add it to the partition table?`))}\n`);
      this.prompts.wipe();
      if (!this.prompts.interactive) throw new MissingWord();
      if ((yield* this.prompts.ask("", { choices: ["Yes", "No", "Cancel"] })) === "Yes") {
        let number = 1;
        while (label.partitions.some((one) => one.number === number)) number++;
        label.partitions.push({ number, start: sector, sectors: length, type: defaultType(label.kind), bootable: false, uuid: label.kind === "gpt" ? newGuid(this.#sys) : "", name: "" });
        yield* this.#write(label);
      }
      return;
    }
  }

  /** Not said where the reason was told already. */
  *#unrecognised(): Blocking<void> {
    if (!this.#told) yield* this.complain(`${this.#disk.path}: unrecognised disk label`);
  }

  /** What an exception of libparted asks; undefined where nobody can be asked. */
  *#choose(kind: "Warning" | "Error", message: string, choices: readonly string[]): Blocking<string | undefined> {
    if (this.#script) {
      yield* this.#io.stderr(`${kind}: ${message}\n`);
      if (!this.#fix || !choices.includes("Fix")) return undefined;
      this.#io.say("Fixing, due to --fix\n");
      return "Fix";
    }
    const text = `${this.prompts.wrapped(this.#io.word(`${kind}: ${message}`))}\n`;
    if (this.prompts.pretends) yield* this.#io.stderr(text);
    else this.#io.out.put(text);
    this.prompts.wipe();
    if (!this.prompts.interactive) return undefined;
    try {
      return yield* this.prompts.ask("", { choices });
    } catch (error) {
      if (error instanceof NoAnswer) return undefined;
      throw error;
    }
  }

  /** The table as libparted reads it: of a GPT both copies are compared (gpt_read of gpt.c). */
  *#read(): Blocking<DiskLabel | undefined> {
    const disk = this.#disk;
    const gpt = yield* checkGpt(disk);
    this.#told = gpt.state === "beyond" || gpt.state === "both corrupt";
    switch (gpt.state) {
      case "absent": return yield* disk.readLabel();
      case "unrecognised": return undefined;
      case "beyond":
        while ((yield* this.#choose("Error", disk.isDevice ? `Invalid argument during seek for read on ${disk.path}` : `end of file while reading ${disk.path}`, ["Retry", "Ignore", "Cancel"])) === "Retry");
        return undefined;
      case "both corrupt":
        yield* this.complain("Both the primary and backup GPT tables are corrupt.  Try making a fresh table, and using Parted's rescue feature to recover partitions.");
        return undefined;
      case "primary corrupt":
        if ((yield* this.#choose("Error", "The primary GPT table is corrupt, but the backup appears OK, so that will be used.", ["OK", "Cancel"])) === "Cancel") {
          this.#told = true;
          return undefined;
        }
        return gpt.label;
      case "backup corrupt":
        if ((yield* this.#choose("Error", "The backup GPT table is corrupt, but the primary appears OK, so that will be used.", ["OK", "Cancel"])) === "Cancel") {
          this.#told = true;
          return undefined;
        }
        return gpt.label;
      case "short":
        if ((yield* this.#choose("Warning", `Not all of the space available to ${disk.path} appears to be used, you can fix the GPT to use all of the space (an extra ${gpt.unused} blocks) or continue with the current setting? `, ["Fix", "Ignore"])) === "Fix") {
          yield* this.#write(gpt.label);
          return yield* disk.readLabel();
        }
        return gpt.label;
      default: return gpt.label;
    }
  }

  *#known(): Blocking<DiskLabel> {
    const label = yield* this.#read();
    if (label === undefined) throw new PartedError(this.#told ? "" : `${this.#disk.path}: unrecognised disk label`);
    return label;
  }

  *#partition(word: string | undefined): Blocking<{ readonly label: DiskLabel; readonly one: LabelPartition }> {
    const label = yield* this.#known();
    const given = yield* this.#need(word, "Partition number", { expecting: "Expecting a partition number." });
    if (!/^\d+$/.test(given)) throw new PartedError("Expecting a partition number.");
    const one = label.partitions.find((each) => each.number === Number(given));
    if (one === undefined) throw new PartedError("Partition doesn't exist.");
    return { label, one };
  }

  *#place(word: string | undefined, question: string, fallback?: string): Blocking<Place> {
    const given = yield* this.#need(word, question, fallback === undefined ? {} : { fallback });
    const place = parsePlace(given, this.#disk.totalSectors, this.#unit, this.#geometry);
    if (place === undefined) throw new PartedError("Invalid number.");
    if (place.first > place.last || place.sector < 0 || (place.sector >= this.#disk.totalSectors && !(place.binary && place.sector === this.#disk.totalSectors))) throw new PartedError(`The location ${given} is outside of the device ${this.#disk.path}.`);
    return place;
  }

  *#write(label: DiskLabel): Blocking<void> {
    yield* this.#disk.writeLabel(label);
    this.changed = true;
    const refused = this.#disk.reread();
    if (refused !== undefined) throw new PartedError(`Partition(s) on ${this.#disk.path} have been written, but we have been unable to inform the kernel of the change, probably because it/they are in use.  As a result, the old partition(s) will remain in use.  You should reboot now before making further changes.`);
  }

  *#mklabel([type]: readonly string[]): Blocking<number> {
    const word = yield* this.#need(type, "New disk label type", { expecting: "Expecting a disk label type." });
    const kind = word === "gpt" ? "gpt" : word === "msdos" || word === "dos" ? "dos" : undefined;
    if (kind === undefined) throw new InvalidToken(word, "Expecting a disk label type.");
    const old = yield* this.#disk.readLabel();
    if (old !== undefined && !this.#script && !(yield* this.#warn(`The existing disk label on ${this.#disk.path} will be destroyed and all data on this disk will be lost. Do you want to continue?`, "Yes/No"))) return 2;
    yield* this.#write(newLabel(this.#sys, kind));
    return 2;
  }

  *#mkpart(words: readonly string[]): Blocking<number> {
    const label = yield* this.#known();
    const rest = [...words];
    let role = "primary";
    let name = "";
    if (label.kind === "dos") {
      const roles = ["primary", label.partitions.some(isExtended) ? "logical" : "extended"];
      const first = rest.shift() ?? (yield* this.#need(undefined, "Partition type", { choices: roles, expecting: "Expecting a partition type." }));
      const found = ["primary", "logical", "extended"].find((one) => one.startsWith(first));
      if (found === undefined) throw new InvalidToken(first, "Expecting a partition type.");
      role = found;
    } else if (rest.length === 0 && !this.#script) name = yield* this.#need(undefined, "Partition name", { fallback: "" });
    else if (rest[0] !== undefined && parsePlace(rest[0], this.#disk.totalSectors, this.#unit) === undefined) name = (rest.shift() ?? "").replace(/^(["'])(.*)\1$/, "$2");
    while (rest.length === 0 && role !== "extended" && !this.#script) {
      const fs = yield* this.#need(undefined, "File system type", { fallback: "ext2" });
      if (FILE_SYSTEMS.test(fs)) rest.push(fs);
      else this.#io.say(`parted: invalid token: ${fs}\n`);
    }
    let told = "";
    let type = role === "extended" ? "f" : defaultType(label.kind);
    if (rest[0] !== undefined && /^[A-Za-z]/.test(rest[0])) {
      const fs = rest.shift() ?? "";
      if (!FILE_SYSTEMS.test(fs)) throw new InvalidToken(fs, "Expecting a file system type.");
      told = fs;
      if (fs.startsWith("linux-swap")) type = parseType(label.kind, "swap") ?? type;
      else if (/^fat(16|32)$/.test(fs)) type = label.kind === "dos" ? (fs === "fat16" ? "e" : "c") : (parseType("gpt", "Microsoft basic data") ?? type);
      else if (fs === "ntfs") type = label.kind === "dos" ? "7" : (parseType("gpt", "Microsoft basic data") ?? type);
    }
    const [startWord, endWord] = rest;
    const from = yield* this.#place(startWord, "Start");
    const given = yield* this.#place(endWord, "End");
    const to: Place = given.binary ? { ...given, sector: given.sector - 1, first: given.first - 1, last: given.last - 1 } : given;
    if (to.sector < from.sector) throw new PartedError(`Can't have the end before the start! (start sector=${from.sector} length=${to.sector - from.sector + 1})`);
    const inside = role === "logical" ? label.partitions.find(isExtended) : undefined;
    if (role === "logical" && inside === undefined) throw new PartedError("Can't have logical partitions outside of the extended partition.");
    if (role === "extended" && label.partitions.some(isExtended)) throw new PartedError("Can't have more than one extended partition.");
    const taken = new Set(label.partitions.map((one) => one.number));
    let number = role === "logical" ? 5 : 1;
    while (taken.has(number)) number++;
    if (label.kind === "dos" && role !== "logical" && number > 4) throw new PartedError("Can't create any more partitions.");
    const placed = placePartition(label, { from, to, inside, grain: this.#grain(label), track: 1, totalSectors: this.#disk.totalSectors });
    if (placed.kind === "overlap") throw new PartedError("Can't have overlapping partitions.");
    const show = (sector: number, last = false): string => showPlace(sector, this.#unit, this.#disk.totalSectors, last, this.#geometry);
    if (placed.kind === "elsewhere") {
      const message = `You requested a partition from ${show(from.sector)} to ${show(to.sector, true)} (sectors ${from.sector}..${to.sector}).\nThe closest location we can manage is ${show(placed.start)} to ${show(placed.end, true)} (sectors ${placed.start}..${placed.end}).`;
      if (this.#script) throw new PartedError(message);
      if (!(yield* this.#warn(`${message}\nIs this still acceptable to you?`, "Yes/No"))) return words.length - rest.length + 3;
    }
    const { start, end } = placed;
    if (this.#alignment === "optimal" && start % GRAIN !== 0) {
      const unaligned = `The resulting partition is not properly aligned for best performance: ${start}s % ${GRAIN}s != 0s`;
      if (this.#script) yield* this.#io.stderr(`Warning: ${unaligned}\n`);
      else if (!(yield* this.#warn(unaligned, "Ignore/Cancel"))) return words.length - rest.length + 3;
    }
    label.partitions.push({ number, start, sectors: end - start + 1, type, bootable: false, uuid: label.kind === "gpt" ? newGuid(this.#sys) : "", name });
    yield* this.#write(label);
    this.#made.set(number, told);
    return words.length - rest.length + 3;
  }

  /** What a DOS table has for LBA by default is on until the table is read again. */
  #flags(label: DiskLabel, one: LabelPartition): readonly string[] {
    const flags = flagsOf(label, one);
    return label.kind === "dos" && this.#made.has(one.number) && !flags.includes("lba") ? [...flags, "lba"] : flags;
  }

  *#diskFlags(label: DiskLabel | undefined): Blocking<readonly string[]> {
    if (label?.kind === "dos") return this.#alignment === "cylinder" ? ["cylinder_alignment"] : [];
    return label?.kind === "gpt" && (yield* this.#protectiveBoot()) ? ["pmbr_boot"] : [];
  }

  *#fileSystem(one: LabelPartition): Blocking<string> {
    if (isExtended(one)) return "";
    const probed = probeBytes(yield* this.#disk.read(one.start, Math.min(72, one.sectors)));
    const told = this.#made.get(one.number);
    if (probed.type === undefined && told !== undefined && told !== "") return told;
    if (probed.type === "swap") return "linux-swap(v1)";
    if (probed.type === "vfat") return (probed.version ?? "").toLowerCase();
    return probed.type ?? "";
  }

  *#print([what]: readonly string[]): Blocking<number> {
    const one = what !== undefined && /^\d+$/.test(what);
    const took = what === "free" || what === "devices" || what === "all" || what === "list" || one ? 2 : 1;
    if (one) yield* this.#partition(what);
    const { path, totalSectors } = this.#disk;
    const label = yield* this.#read();
    const [model, transport] = yield* modelOf(this.#sys, this.#disk);
    const show = (sectors: number, last = false): string => (this.#machine ? showPlace(sectors, this.#unit, totalSectors, last, this.#geometry) : localNumber(this.#sys, showPlace(sectors, this.#unit, totalSectors, last, this.#geometry)));
    if (took === 2 && what === "devices") {
      this.#io.out.put(`${path} (${show(totalSectors)})\n`);
      return took;
    }
    // a partition by its number: whether it is there is all that is said
    if (one) return took;
    // of a disk in cylinders the last one is told, else its length
    const shownSize = this.#unit === "chs" || this.#unit === "cyl" ? show(totalSectors - 1, true) : show(totalSectors);
    // a file system without a table is shown as one partition
    const whole = label === undefined ? yield* this.#fileSystem({ number: 1, start: 0, sectors: totalSectors, type: "", bootable: false, uuid: "", name: "" }) : "";
    if (whole !== "" && !this.#machine && !this.#json) {
      this.#io.say(`Model: ${model} (${transport})\nDisk ${path}: ${shownSize}\nSector size (logical/physical): 512B/512B\nPartition Table: loop\nDisk Flags: \n`);
      const cells = [" 1", show(0), show(totalSectors - 1, true), show(totalSectors), whole];
      const titles = ["Number", "Start", "End", "Size", "File system"].map((name) => this.#io.word(name));
      const wide = titles.map((name, index) => Math.max(name.length, (cells[index] ?? "").length));
      this.#io.out.put(`\n${titles.map((name, index) => name.padEnd(wide[index] ?? 0)).join("  ")}  ${this.#io.word("Flags")}\n${cells.map((cell, index) => cell.padEnd(wide[index] ?? 0)).join("  ").trimEnd()}\n\n`);
      return took;
    }
    const kind = whole !== "" ? "loop" : label === undefined ? "unknown" : label.kind === "dos" ? "msdos" : "gpt";
    if (this.#json) {
      const parts: JsonPartition[] = [];
      if (what === "free" && label !== undefined) for (const { first, last } of freeRoom(label, totalSectors, this.#geometry.track)) parts.push({ number: 0, start: first, end: last, type: "free", name: "", fileSystem: "", flags: [] });
      for (const each of label?.partitions ?? []) parts.push({ number: each.number, start: each.start, end: each.start + each.sectors - 1, type: roleOf(label, each), name: each.name, fileSystem: yield* this.#fileSystem(each), flags: label === undefined ? [] : this.#flags(label, each) });
      if (label === undefined) {
        yield* this.#unrecognised();
        this.#io.status = this.#script ? 1 : 0;
      }
      this.#io.out.put(tableJson({ path, size: shownSize, model, transport, label: kind, most: label === undefined ? undefined : label.kind === "gpt" ? 128 : 4, flags: yield* this.#diskFlags(label), partitions: parts.sort((left, right) => left.start - right.start) }, (sector, last) => showPlace(sector, this.#unit, totalSectors, last, this.#geometry), this.#unit === "chs"));
      return took;
    }
    if (label === undefined && !this.#machine) yield* this.#unrecognised();
    if (label === undefined && this.#script) this.#io.status = 1;
    if (this.#machine) {
      this.#io.out.put(`BYT;\n${path}:${shownSize}:${transport}:512:512:${kind}:${model}:${(yield* this.#diskFlags(label)).join(", ")};\n`);
      const lines: { readonly start: number; readonly text: string }[] = [];
      if (what === "free" && label !== undefined) for (const { first, last } of freeRoom(label, totalSectors, this.#geometry.track)) lines.push({ start: first, text: `1:${show(first)}:${show(last, true)}:${show(last - first + 1)}:free;\n` });
      for (const each of label?.partitions ?? []) lines.push({ start: each.start, text: `${each.number}:${show(each.start)}:${show(each.start + each.sectors - 1, true)}:${show(each.sectors)}:${yield* this.#fileSystem(each)}:${each.name}:${label === undefined ? "" : this.#flags(label, each).join(", ")};\n` });
      this.#io.out.put(lines.sort((left, right) => left.start - right.start).map((line) => line.text).join(""));
      return took;
    }
    this.#io.say(`Model: ${model} (${transport})\nDisk ${path}: ${shownSize}\nSector size (logical/physical): 512B/512B\n${this.#unit === "chs" || this.#unit === "cyl" ? cylinderLine(totalSectors, this.#geometry) : ""}Partition Table: ${kind}\nDisk Flags: ${(yield* this.#diskFlags(label)).join(", ")}\n`);
    if (label === undefined) return took;
    const names = label.kind === "dos" ? ["Number", "Start", "End", "Size", "Type", "File system", "Flags"] : ["Number", "Start", "End", "Size", "File system", "Name", "Flags"];
    const headings = names.map((name) => this.#io.word(name));
    const rows: { readonly start: number; readonly cells: string[] }[] = [];
    for (const one of label.partitions) {
      const fs = yield* this.#fileSystem(one);
      const facts = [String(one.number).padStart(2), show(one.start), show(one.start + one.sectors - 1, true), show(one.sectors)];
      const flags = this.#flags(label, one).join(", ");
      rows.push({ start: one.start, cells: label.kind === "dos" ? [...facts, this.#io.word(isExtended(one) ? "extended" : one.number > 4 ? "logical" : "primary"), fs, flags] : [...facts, fs, one.name, flags] });
    }
    if (what === "free") for (const { first, last } of freeRoom(label, totalSectors, this.#geometry.track)) rows.push({ start: first, cells: label.kind === "dos" ? ["", show(first), show(last, true), show(last - first + 1), "", this.#io.word("Free Space"), ""] : ["", show(first), show(last, true), show(last - first + 1), this.#io.word("Free Space"), "", ""] });
    rows.sort((a, b) => a.start - b.start);
    // in cylinders, heads and sectors a size says nothing
    if (this.#unit === "chs") for (const cells of [headings, ...rows.map((row) => row.cells)]) cells.splice(3, 1);
    const widths = headings.map((name, index) => Math.max(name.length, ...rows.map((row) => (row.cells[index] ?? "").length)));
    const line = (cells: readonly string[]): string => `${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ").trimEnd()}\n`;
    this.#io.out.put(`\n${line(headings)}${rows.map((row) => line(row.cells)).join("")}\n`);
    return took;
  }
}

const roleOf = (label: DiskLabel | undefined, one: LabelPartition): string => (label?.kind !== "dos" ? "primary" : isExtended(one) ? "extended" : one.number > 4 ? "logical" : "primary");

/** Types for LBA and their older twins. */
const LBA_TYPES: readonly (readonly [plain: string, lba: string])[] = [["5", "f"], ["b", "c"], ["6", "e"]];

function lbaType(type: string, on: boolean): string {
  const twins = LBA_TYPES.find((pair) => pair.includes(type));
  return twins === undefined ? type : twins[on ? 1 : 0];
}

function flagsOf(label: DiskLabel, one: LabelPartition): readonly string[] {
  const flags: string[] = [];
  if (one.bootable && label.kind === "dos") flags.push("boot");
  for (const [name, bit] of GPT_BITS) if (((one.attributes ?? 0n) & bit) !== 0n) flags.push(name);
  for (const [name, type] of label.kind === "dos" ? DOS_FLAGS : GPT_FLAGS) if (parseType(label.kind, type) === one.type) flags.push(name);
  if (label.kind === "dos" && LBA_TYPES.some(([, lba]) => lba === one.type)) flags.push("lba");
  if (one.bootable && label.kind === "gpt") flags.push("legacy_boot");
  return flags;
}

/** The first sector with the boot flag of the protective partition set or not. */
function withBootFlag(sector: Uint8Array, on: boolean): Uint8Array {
  const bytes = sector.slice();
  bytes[446] = on ? 0x80 : 0;
  return bytes;
}

function cylinderLine(totalSectors: number, { heads, track }: Geometry): string {
  return `BIOS cylinder,head,sector geometry: ${Math.floor(totalSectors / heads / track)},${heads},${track}.  Each cylinder is ${showPlace(heads * track, "compact", totalSectors)}.\n`;
}

/** Words of a line; quotes keep blanks and stay for the command to take off. */
const splitWords = (line: string): string[] => line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];

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
    return yield* OpenDisk.open(sys, path.startsWith("/") ? path : joinPath(sys.getcwd(), path), true);
  } catch (error) {
    if (error instanceof SysError) throw new PartedError(`Error opening ${path}: ${error.message}`);
    throw error;
  }
}

export default gnu({
  name: "parted", path: "/sbin/parted", manSection: 8, project: "GNU parted", version: "3.5", summary: "make, change and list partitions of a disk", synopsis: ["[OPTION]... [DEVICE [COMMAND [PARAMETERS]...]...]"], tryLine: () => "",
  options: {
    pretends: flag(["---pretend-input-tty"], "answers come from standard input, whatever it is"), list: flag(["-l", "--list"], "show the partition tables of all disks"), machine: flag(["-m", "--machine"], "output for programs, fields between colons"), json: flag(["-j", "--json"], "output in JSON"), script: flag(["-s", "--script"], "ask nothing (for scripts)"), fix: flag(["-f", "--fix"], "with -s, answer Fix where that is a choice"), align: text(["-a", "--align"], "[none|cyl|min|opt]", "how new partitions are aligned: none, cylinder, minimal, optimal"), version: flag(["-v"], "displays the version"),
  },
  operands: "files", parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put("parted (GNU parted) 3.5\n");
      return 0;
    }
    const given = options.align ?? "optimal";
    const alignment = ALIGNMENTS.find(([word]) => given !== "" && word.startsWith(given))?.[1];
    if (alignment === undefined) {
      yield* io.stderr(`parted: ${given === "" ? "ambiguous" : "invalid"} argument ${io.quote(given)} for ${io.quote("--align")}\nValid arguments are:\n${ALIGNMENTS.map(([word]) => `  - ${io.quote(word)}\n`).join("")}`);
      return 1;
    }
    const settings: Settings = { machine: options.machine, json: options.json, script: options.script, alignment, fix: options.fix, pretends: options.pretends };
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
      // each argument is a line of its own to parted: blanks part words, quotes keep them together
      let words = operands.slice(1).flatMap(splitWords);
      if (words.length > 0) {
        while (words.length > 0) {
          const took = yield* session.run(words);
          if (took === undefined) break;
          words = words.slice(took);
        }
        if (session.changed && session.disk.isDevice && !options.script) yield* io.stderr("Information: You may need to update /etc/fstab.\n\n");
        session.disk.close();
        return undefined;
      }
      if (options.script) {
        session.disk.close();
        return 0;
      }
      io.say(`GNU Parted 3.5\nUsing ${session.disk.path}\nWelcome to GNU Parted! Type 'help' to view a list of commands.\n`);
      for (;;) {
        let line: string;
        try {
          line = yield* session.prompts.line("(parted) ");
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          if (!session.prompts.interactive) io.out.put("\n");
          break;
        }
        let rest = splitWords(line);
        let leave = false;
        while (rest.length > 0) {
          try {
            const took = yield* session.run(rest);
            leave = took === undefined;
            rest = leave ? [] : rest.slice(took);
          } catch (error) {
            if (error instanceof NoAnswer) {
              rest = [];
              continue;
            }
            if (!(error instanceof PartedError)) throw error;
            if (error instanceof InvalidToken) io.say(`parted: invalid token: ${error.token}\n`);
            if (error instanceof UnknownCommand) io.out.put(helpList((text) => io.word(text)));
            else if (error.message !== "") {
              yield* session.complain(error.message);
            }
            rest = [];
          }
        }
        if (leave) break;
      }
      if (session.changed && session.disk.isDevice) yield* io.stderr("Information: You may need to update /etc/fstab.\n\n");
      session.disk.close();
      return 0;
    } catch (error) {
      if (!(error instanceof PartedError)) throw error;
      if (error instanceof UnknownCommand) {
        io.say(`Usage: parted [OPTION]... [DEVICE [COMMAND [PARAMETERS]...]...]\n\n${helpList((text) => io.word(text))}`);
        return 0;
      }
      yield* io.out.flush();
      if (error instanceof InvalidToken) yield* io.stderr(`parted: invalid token: ${error.token}\n`);
      if (error.message !== "") {
        if (options.script) yield* io.stderr(`Error: ${error.message}\n`);
        else {
          const prompts = new Prompts(io, settings.pretends);
          io.out.put(`${prompts.wrapped(io.word(`Error: ${error.message}`))}\n`);
          prompts.wipe();
        }
      }
      return 1;
    }
  },
});
