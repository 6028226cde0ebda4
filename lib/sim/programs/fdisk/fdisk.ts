// fdisk: the dialogue that changes a partition table in memory until "w" (fdisk(8), util-linux 2.38).
// (More than 400 lines: one dialogue about one label in memory.)
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { DOS_TYPES, type DiskLabel, GPT_TYPES, GRAIN, type LabelPartition, OpenDisk, SECTOR_BYTES, defaultType, deviceSize, freeSpans, isExtended, newGuid, newLabel, parseType, typeName, usable } from "../kit/disk-label.ts";
import { type Io, flag, optionalText, text, utilLinux } from "../kit/util-linux.ts";
import { freeList, listDisk, mountedPart, wholeDisks, withDisk, localSize } from "./_listing.ts";

const HELP_DOS = `
Help:

  DOS (MBR)
   a   toggle a bootable flag
   b   edit nested BSD disklabel
   c   toggle the dos compatibility flag

`;
const HELP_GPT = `
Help:

  GPT
   M   enter protective/hybrid MBR

`;
const HELP = `  Generic
   d   delete a partition
   F   list free unpartitioned space
   l   list known partition types
   n   add a new partition
   p   print the partition table
   t   change a partition type
   v   verify the partition table
   i   print information about a partition

  Misc
   m   print this menu
   u   change display/entry units
   x   extra functionality (experts only)

  Script
   I   load disk layout from sfdisk script file
   O   dump disk layout to sfdisk script file

  Save & Exit
   w   write table to disk and exit
   q   quit without saving changes

  Create a new label
   g   create a new empty GPT partition table
   G   create a new empty SGI (IRIX) partition table
   o   create a new empty MBR (DOS) partition table
   s   create a new empty Sun partition table

`;

/** End of input inside the dialogue. */
class EndOfInput extends Error {}

class Dialogue {
  readonly #io: Io;
  readonly #disk: OpenDisk;
  #label: DiskLabel;
  #changed = false;
  #pending: string[] = [];

  constructor(io: Io, disk: OpenDisk, label: DiskLabel, changed: boolean) {
    this.#io = io;
    this.#disk = disk;
    this.#label = label;
    this.#changed = changed;
  }

  /** Title by title, command by command. */
  #menu(text: string): void {
    this.#io.out.put(text.split("\n").map((line) => line.replace(/^( {2,3}(?:\S {3})?)(.*)$/, (_, head: string, words: string) => head + this.#io.word(words))).map((line) => (line.startsWith(" ") ? line : this.#io.word(line))).join("\n"));
  }

  *#ask(prompt: string): Blocking<string> {
    const { io } = { io: this.#io };
    io.say(prompt);
    yield* io.out.flush();
    if (this.#pending.length === 0) this.#pending = [...(yield* io.stdin.lines())];
    const line = this.#pending.shift();
    if (line === undefined) {
      io.say("\n");
      throw new EndOfInput();
    }
    return line.trim();
  }

  /** Asks until there is a number in the range. */
  *#askNumber(what: string, choices: readonly number[], fallback: number | undefined): Blocking<number> {
    const low = Math.min(...choices);
    const high = Math.max(...choices);
    const contiguous = choices.length === high - low + 1;
    const range = contiguous ? `${low}-${high}` : choices.join(",");
    for (;;) {
      const answer = yield* this.#ask(`${what} (${range}${fallback === undefined ? "" : `, default ${fallback}`}): `);
      if (answer === "" && fallback !== undefined) return fallback;
      if (/^\d+$/.test(answer) && choices.includes(Number(answer))) return Number(answer);
      if (answer !== "") this.#io.say("Value out of range.\n");
    }
  }

  /** The program's status. */
  *run(): Blocking<number> {
    for (;;) {
      const command = yield* this.#ask("\nCommand (m for help): ");
      if (command === "") continue;
      switch (command) {
        case "m": this.#menu((this.#label.kind === "dos" ? HELP_DOS : HELP_GPT) + HELP); break;
        case "p": this.#io.out.put(yield* listDisk(this.#disk, this.#label)); break;
        case "F": this.#io.out.put(freeList(this.#disk, this.#label)); break;
        case "l": this.#types(); break;
        case "n": yield* this.#add(); break;
        case "d": yield* this.#remove(); break;
        case "t": yield* this.#retype(); break;
        case "a": yield* this.#boot(); break;
        case "i": yield* this.#information(); break;
        case "v": this.#verify(); break;
        case "o": case "g": this.#relabel(command === "o" ? "dos" : "gpt"); break;
        case "u": this.#io.say("Changing display/entry units to sectors.\n"); break;
        case "w": return yield* this.#write();
        case "q": return 0;
        case "x": case "b": case "c": case "I": case "O": case "M": case "G": case "s":
          this.#io.sys.observe({ kind: "unsimulated", command: "fdisk", detail: command });
          this.#io.say(`${command}: not simulated here\n`);
          break;
        default: this.#io.say(`${command}: unknown command\n`);
      }
    }
  }

  #relabel(kind: DiskLabel["kind"]): void {
    this.#label = newLabel(this.#io.sys, kind);
    this.#changed = true;
    this.#io.say(kind === "dos" ? `Created a new DOS (MBR) disklabel with disk identifier 0x${this.#label.id}.\n` : `Created a new GPT disklabel (GUID: ${this.#label.id}).\n`);
  }

  #types(): void {
    if (this.#label.kind === "gpt") {
      this.#io.say(GPT_TYPES.map(([guid, name], index) => `${String(index + 1).padStart(3)} ${name.padEnd(30)} ${guid}\n`).join(""));
      return;
    }
    this.#io.say("\n");
    const names = [...DOS_TYPES].map(([code, name]) => `${code.padStart(2, "0")}  ${name.slice(0, 15).padEnd(15)}`);
    const rows = Math.ceil(names.length / 4);
    for (let row = 0; row < rows; row++) this.#io.say(`${[0, 1, 2, 3].map((column) => names[row + column * rows] ?? "").join("  ").trimEnd()}\n`);
    this.#io.say("\nAliases:\n   linux          - 83\n   swap           - 82\n   extended       - 05\n   uefi           - EF\n   raid           - FD\n   lvm            - 8E\n   linuxex        - 85\n");
  }

  *#add(): Blocking<void> {
    const { sys } = this.#io;
    const { partitions, kind } = this.#label;
    const free = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((number) => !partitions.some((one) => one.number === number));
    let inside: LabelPartition | undefined;
    let type = defaultType(kind);
    let number: number;
    if (kind === "dos") {
      const extended = partitions.find(isExtended);
      const primaries = partitions.filter((one) => one.number <= 4 && !isExtended(one)).length;
      const left = free(1, 4).length;
      const room = freeSpans(this.#label, this.#disk.totalSectors).length > 0;
      if (left === 0 && extended === undefined) {
        this.#io.say("To create more than four partitions, you must replace a primary partition with an extended partition first.\n");
        return;
      }
      let choice = "l";
      if (left > 0 && room) {
        const fallback = left === 1 && extended === undefined ? "e" : "p";
        this.#io.say(`Partition type\n   p   primary (${primaries} primary, ${extended === undefined ? 0 : 1} extended, ${left} free)\n${extended === undefined ? "   e   extended (container for logical partitions)\n" : "   l   logical (numbered from 5)\n"}`);
        choice = yield* this.#ask(`Select (default ${fallback}): `);
        if (choice === "") {
          this.#io.say(`\nUsing default response ${fallback}.\n`);
          choice = fallback;
        }
        if (!["p", extended === undefined ? "e" : "l"].includes(choice)) {
          this.#io.say("\nInvalid partition type.\n".replace("Invalid partition type", `Unknown partition type: ${choice}`));
          return;
        }
      } else if (extended !== undefined) this.#io.say(left > 0 ? "All space for primary partitions is in use.\n" : "All primary partitions are in use.\n");
      else {
        this.#io.say("No free sectors available.\n");
        return;
      }
      if (choice === "l") {
        inside = extended;
        number = Math.max(4, ...partitions.map((one) => one.number)) + 1;
        this.#io.say(`Adding logical partition ${number}\n`);
      } else {
        if (choice === "e") type = "5";
        const numbers = free(1, 4);
        number = numbers.length === 1 ? (numbers[0] ?? 1) : yield* this.#askNumber("Partition number", numbers, numbers[0]);
        if (numbers.length === 1) this.#io.say(`Selected partition ${number}\n`);
      }
    } else {
      const numbers = free(1, 128);
      number = yield* this.#askNumber("Partition number", numbers, numbers[0]);
    }
    const spans = freeSpans(this.#label, this.#disk.totalSectors, inside);
    // the largest gap is offered
    const best = spans.toSorted((a, b) => b.last - b.first - (a.last - a.first))[0];
    if (best === undefined) {
      this.#io.say("No free sectors available.\n");
      return;
    }
    const lowest = Math.min(...spans.map((span) => span.first));
    const highest = Math.max(...spans.map((span) => span.last));
    let start: number;
    for (;;) {
      const answer = yield* this.#ask(`First sector (${lowest}-${highest}, default ${best.first}): `);
      start = answer === "" ? best.first : (position(answer, 0, best.first) ?? -1);
      if (spans.some((span) => start >= span.first && start <= span.last)) break;
      this.#io.say(start >= lowest && start <= highest ? `Sector ${start} is already allocated.\n` : "Value out of range.\n");
    }
    const span = spans.find((one) => start >= one.first && start <= one.last) ?? best;
    let last: number;
    for (;;) {
      const answer = yield* this.#ask(`Last sector, +/-sectors or +/-size{K,M,G,T,P} (${start}-${span.last}, default ${span.last}): `);
      last = answer === "" ? span.last : (position(answer, start, span.last) ?? -1);
      if (last >= start && last <= span.last) break;
      this.#io.say("Value out of range.\n");
    }
    partitions.push({ number, start, sectors: last - start + 1, type, bootable: false, uuid: kind === "gpt" ? newGuid(sys) : "", name: "" });
    this.#changed = true;
    this.#io.say(`\nCreated a new partition ${number} of type '${typeName(kind, type)}' and of size ${localSize(sys, (last - start + 1) * SECTOR_BYTES, true)}.\n`);
  }

  /** The only one, the one that is asked for, or undefined (and a word about it). */
  *#choose(): Blocking<LabelPartition | undefined> {
    const { partitions } = this.#label;
    const numbers = partitions.map((one) => one.number).sort((a, b) => a - b);
    const last = numbers.at(-1);
    if (last === undefined) {
      this.#io.say("No partition is defined yet!\n");
      return undefined;
    }
    if (numbers.length === 1) {
      this.#io.say(`Selected partition ${last}\n`);
      return partitions[0];
    }
    const number = yield* this.#askNumber("Partition number", numbers, last);
    return partitions.find((one) => one.number === number);
  }

  *#remove(): Blocking<void> {
    const one = yield* this.#choose();
    if (one === undefined) return;
    const { partitions } = this.#label;
    partitions.splice(partitions.indexOf(one), 1);
    if (this.#label.kind === "dos" && isExtended(one)) for (const logical of partitions.filter((each) => each.number > 4)) partitions.splice(partitions.indexOf(logical), 1);
    // logical partitions are numbered without gaps
    if (one.number > 4 && this.#label.kind === "dos") for (const [index, each] of partitions.entries()) if (each.number > one.number) partitions[index] = { ...each, number: each.number - 1 };
    this.#changed = true;
    this.#io.say(`\nPartition ${one.number} has been deleted.\n`);
  }

  *#retype(): Blocking<void> {
    const one = yield* this.#choose();
    if (one === undefined) return;
    const { kind } = this.#label;
    for (;;) {
      const answer = yield* this.#ask(kind === "dos" ? "Hex code or alias (type L to list all): " : "Partition type or alias (type L to list all): ");
      if (answer === "L") {
        this.#types();
        continue;
      }
      const type = parseType(kind, answer);
      if (type === undefined) {
        this.#io.say(`Failed to parse '${answer}' partition type.\n`);
        if (answer === "") return;
        continue;
      }
      const before = typeName(kind, one.type);
      if (one.type === type) this.#io.say(`Type of partition ${one.number} is unchanged: ${before}.\n`);
      else this.#io.say(`\nChanged type of partition '${before}' to '${typeName(kind, type)}'.\n`);
      one.type = type;
      this.#changed = true;
      return;
    }
  }

  *#boot(): Blocking<void> {
    if (this.#label.kind === "gpt") {
      this.#io.say("a: unknown command\n");
      return;
    }
    const one = yield* this.#choose();
    if (one === undefined) return;
    one.bootable = !one.bootable;
    this.#changed = true;
    this.#io.say(`\nThe bootable flag on partition ${one.number} is ${one.bootable ? "enabled" : "disabled"} now.\n`);
  }

  *#information(): Blocking<void> {
    const one = yield* this.#choose();
    if (one === undefined) return;
    const row = (name: string, value: string): void => this.#io.say(`${name.padStart(17)}: ${value}\n`);
    this.#io.say("\n");
    const { kind } = this.#label;
    row("Device", `${this.#disk.path}${/\d$/.test(this.#disk.path) ? "p" : ""}${one.number}`);
    if (kind === "dos" && one.bootable) row("Boot", "*");
    row("Start", String(one.start));
    row("End", String(one.start + one.sectors - 1));
    row("Sectors", String(one.sectors));
    row("Size", localSize(this.#io.sys, one.sectors * SECTOR_BYTES));
    if (kind === "dos") row("Id", one.type);
    row("Type", typeName(kind, one.type));
    if (kind === "gpt") {
      row("Type-UUID", one.type);
      row("UUID", one.uuid);
      if (one.name !== "") row("Name", one.name);
    }
  }

  #verify(): void {
    const free = freeSpans(this.#label, this.#disk.totalSectors);
    const sectors = free.reduce((sum, span) => sum + span.last - span.first + 1, 0);
    if (this.#label.kind === "dos") this.#io.say(`Remaining ${sectors} unallocated 512-byte sectors.\n`);
    else {
      const largest = Math.max(0, ...free.map((span) => span.last - span.first + 1));
      this.#io.say(`No errors detected.\nHeader version: 1.0\nUsing ${this.#label.partitions.length} out of 128 partitions.\nA total of ${sectors} free sectors is available in ${free.length} segment${free.length === 1 ? "" : "s"}${free.length === 1 ? "." : ` (the largest is ${deviceSize(largest * SECTOR_BYTES, true)}).`}\n`);
    }
  }

  *#write(): Blocking<number> {
    if (this.#changed) yield* this.#disk.writeLabel(this.#label);
    this.#io.say("The partition table has been altered.\n");
    if (this.#disk.isDevice) {
      this.#io.say("Calling ioctl() to re-read partition table.\n");
      const refused = this.#disk.reread();
      if (refused !== undefined) {
        yield* this.#io.stderr(`Re-reading the partition table failed.: ${refused.message}\n\n`);
        this.#io.say("The kernel still uses the old table. The new table will be used at the next reboot or after you run partprobe(8) or partx(8).\n\n");
        return 0;
      }
    }
    this.#io.say("Syncing disks.\n\n");
    return 0;
  }
}

/** A sector, "+40M" after `base` or "-1G" before `end`. */
function position(text: string, base: number, end: number): number | undefined {
  const match = /^([+-]?)(\d+)(?:([KMGTP])(iB|B)?)?$/.exec(text.toUpperCase().replace("IB", "iB"));
  if (match === null) return undefined;
  const [, sign = "", digits = "", unit, suffix] = match;
  let sectors = Number(digits);
  if (unit !== undefined) {
    sectors = Math.floor((sectors * (suffix === "B" ? 1000 : 1024) ** (" KMGTP".indexOf(unit))) / SECTOR_BYTES);
    // sizes end at whole MiB
    if (sectors > GRAIN) sectors = Math.floor(sectors / GRAIN) * GRAIN;
  }
  if (sign === "+") return base + sectors - (unit === undefined ? 0 : 1);
  if (sign === "-") return end - sectors;
  return sectors;
}

export default utilLinux({
  name: "fdisk", path: "/sbin/fdisk", manSection: 8, summary: "show or change the partition table of a disk", synopsis: ["[options] <disk>         edit its partitions", "[options] -l [<disk>...] only show them"],
  options: {
    sector: text(["-b", "--sector-size"], "size", "how many bytes a sector has"), protect: flag(["-B", "--protect-boot"], "a new label leaves the boot code alone"), compatibility: optionalText(["-c", "--compatibility"], "mode", "compatibility with DOS: dos, or nondos (the default)"), color: optionalText(["-L", "--color"], "when", "whether colours are used"), list: flag(["-l", "--list"], "show the partitions and change nothing"), listDetails: flag(["-x", "--list-details"], "as --list, in full detail"),
    noauto: flag(["-n", "--noauto-pt"], "an empty device stays without a table"), output: text(["-o", "--output"], "list", "the columns that are shown"), type: text(["-t", "--type"], "type", "look for this kind of table only"), units: optionalText(["-u", "--units"], "unit", "count in cylinders or in sectors (the default)"), getsz: flag(["-s", "--getsz"], "how many 512-byte sectors the device has (for old scripts)"),
    bytes: flag(["--bytes"], "sizes as plain numbers of bytes"), lock: optionalText(["--lock"], "mode", "lock the device against other programs"), wipe: text(["-w", "--wipe"], "mode", "erase old signatures: auto, always or never"), wipePartitions: text(["-W", "--wipe-partitions"], "mode", "erase old signatures in new partitions: auto, always or never"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const cannot = function* (path: string, error: SysError): Blocking<void> {
      yield* io.fail(`cannot open ${path}: ${error.message}`);
    };
    if (options.list || options.listDetails || options.getsz) {
      let shown = 0;
      for (const path of operands.length > 0 ? operands : yield* wholeDisks(sys)) {
        yield* withDisk(sys, path, false, function* (disk) {
          if (options.getsz) {
            io.out.put(`${disk.totalSectors}\n`);
            return;
          }
          if (shown++ > 0) io.say("\n\n");
          const label = yield* disk.readLabel();
          const words = options.output?.split(",");
          io.out.put(yield* listDisk(disk, label, words?.map((word) => ["Device", "Boot", "Start", "End", "Sectors", "Size", "Id", "Type", "Type-UUID", "UUID", "Name", "Attrs"].find((name) => name.toLowerCase() === word.toLowerCase()) ?? io.die(`unknown column: ${word}`))));
        }, (error) => cannot(path, error));
      }
      return undefined;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    io.say("\nWelcome to fdisk (util-linux 2.38.1).\nChanges will remain in memory only, until you decide to write them.\nBe careful before using the write command.\n\n");
    yield* io.out.flush();
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, path, true);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* cannot(path, error);
      return 1;
    }
    try {
      if (disk.isDevice && (yield* mountedPart(sys, path))) io.say("This disk is currently in use - repartitioning is probably a bad idea.\nIt's recommended to umount all file systems, and swapoff all swap\npartitions on this disk.\n\n");
      let label = yield* disk.readLabel();
      const fresh = label === undefined;
      if (label === undefined) {
        label = newLabel(sys, "dos");
        io.say(`Device does not contain a recognized partition table.\nCreated a new DOS (MBR) disklabel with disk identifier 0x${label.id}.\n`);
      }
      if (usable(label, disk.totalSectors).last < 1) io.die(`${path}: device is too small`);
      return yield* new Dialogue(io, disk, label, fresh).run();
    } catch (error) {
      if (error instanceof EndOfInput) return 1;
      throw error;
    } finally {
      disk.close();
    }
  },
});
