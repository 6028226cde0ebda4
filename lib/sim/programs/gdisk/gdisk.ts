// gdisk: the menus of GPT fdisk 1.0.9 on a disk or an image (gdisk(8)); what is changed stays in memory until "w".
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, type LabelPartition, newGuid, newLabel, OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { loadBackup, saveBackup } from "./_backup.ts";
import { CODES, codeLines, LINUX_FILESYSTEM } from "./_codes.ts";
import { asGpt, scan } from "./_scan.ts";
import { EXPERT_MENU, MAIN_MENU, RECOVERY_MENU } from "./_menus.ts";
import { attributeName, attributesOf, bitsOf, byNumber, FIRST_USABLE, gaps, infoText, KNOWN_ATTRIBUTES, lastUsable, setAttributes, summary, verifyText } from "./_table.ts";
import { codeOf, nameOf, typeOf } from "./_types.ts";

const OLD_TABLE = "Warning: The kernel is still using the old partition table.\nThe new table will be used at the next reboot or after you\nrun partprobe(8) or kpartx(8)\n";
const SCREEN_LINES = 21;

/** The end of the input ends gdisk. */
class NoMoreInput extends Error {}

interface Session {
  readonly sys: Sys;
  readonly io: Io;
  readonly path: string;
  readonly disk: OpenDisk;
  label: DiskLabel;
  grain: number;
}

function* ask({ io }: Session, prompt: string): Blocking<string> {
  yield* io.out.print(prompt);
  const line = yield* io.stdin.line();
  if (line === undefined) throw new NoMoreInput();
  return line.replace(/\n$/, "").trim();
}

function* confirmed(session: Session, prompt = "Proceed?"): Blocking<boolean> {
  let answer = yield* ask(session, `${prompt} (Y/N): `);
  while (!/^[YyNn]/.test(answer)) answer = yield* ask(session, "Your option? (Y/N): ");
  return /^[Yy]/.test(answer);
}

/** "First sector", "Last sector": a number, or a distance with a sign and a unit. Asked again until it lies in the span. */
function* askSector(session: Session, what: string, low: number, high: number, usual: number, end: boolean): Blocking<number> {
  for (;;) {
    const answer = yield* ask(session, `${what} (${low}-${high}, default = ${usual}) or {+-}size{KMGTP}: `);
    if (answer === "") return usual;
    const match = /^([+-]?)(\d+)\s*([sSkKmMgGtTpP]?)/.exec(answer);
    if (match === null) continue;
    const [, sign = "", digits = "0", unit = ""] = match;
    const sectors = Number(digits) * (unit === "" || /s/i.test(unit) ? 1 : 1024 ** ("kmgtp".indexOf(unit.toLowerCase()) + 1) / SECTOR_BYTES);
    const value = sign === "+" ? (end ? low + sectors - 1 : usual + sectors) : sign === "-" ? high - sectors : sectors;
    if (value >= low && value <= high) return value;
  }
}

/** A partition's number, "Using N" when there is only one; undefined when there is none. */
function* askPartition(session: Session): Blocking<LabelPartition | undefined> {
  const list = byNumber(session.label);
  const [first] = list;
  if (first === undefined) {
    session.io.out.put("No partitions\n");
    return undefined;
  }
  const last = list.at(-1) ?? first;
  if (first === last) {
    session.io.out.put(`Using ${first.number}\n`);
    return first;
  }
  for (;;) {
    const answer = yield* ask(session, `Partition number (${first.number}-${last.number}): `);
    const found = list.find(({ number }) => String(number) === answer);
    if (found !== undefined) return found;
    if (/^\d+$/.test(answer)) session.io.out.put("Value out of range\n");
  }
}

function* showCodes(session: Session): Blocking<void> {
  const search = (yield* ask(session, "Type search string, or <Enter> to show all codes: ")).toLowerCase();
  const lines = codeLines(CODES.filter(([, , name]) => name.toLowerCase().includes(search)));
  for (const [index, line] of lines.entries()) {
    session.io.out.put(`${line}\n`);
    if ((index + 1) % SCREEN_LINES !== 0 || index + 1 === lines.length || !(yield* ask(session, "Press the <Enter> key to see more codes, q to quit: ")).startsWith("q")) continue;
    session.io.out.put("\n");
    break;
  }
}

function* askType(session: Session, one: LabelPartition): Blocking<void> {
  const usual = codeOf(one.type);
  session.io.out.put(`Current type is ${usual} (${nameOf(one.type)})\n`);
  for (;;) {
    const answer = yield* ask(session, `Hex code or GUID (L to show codes, Enter = ${usual}): `);
    if (/^l/i.test(answer)) {
      yield* showCodes(session);
      continue;
    }
    if (answer !== "" && !/^[0-9A-Fa-f]{4}/.test(answer) && !/^[0-9A-Fa-f]{1,4}$/.test(answer)) continue;
    let type = answer === "" ? one.type : typeOf(answer.length < 4 ? answer.padStart(4, "0") : answer);
    if (type === undefined) {
      session.io.out.put(`Exact type match not found for type code ${answer.toUpperCase().padStart(4, "0")}; assigning type code for\n'Linux filesystem'\n`);
      type = LINUX_FILESYSTEM;
    }
    const named = one.name === "" || one.name === nameOf(one.type);
    one.type = type;
    if (named) one.name = nameOf(type);
    session.io.out.put(`Changed type of partition to '${nameOf(type)}'\n`);
    return;
  }
}

const largestOf = (session: Session): { readonly first: number; readonly last: number } | undefined => gaps(session.label, session.disk.totalSectors).toSorted((a, b) => b.last - b.first - (a.last - a.first))[0];

const upTo = (sector: number, grain: number): number => Math.ceil(sector / grain) * grain;

function* addPartition(session: Session): Blocking<void> {
  const { label, disk, io, grain, sys } = session;
  const largest = largestOf(session);
  if (largest === undefined) {
    io.out.put("No free sectors available\n");
    return;
  }
  const taken = new Set(label.partitions.map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number++;
  const usual = number;
  for (;;) {
    const answer = yield* ask(session, `Partition number (${usual}-128, default ${usual}): `);
    number = answer === "" ? usual : /^\d+$/.test(answer) ? Number(answer) : 0;
    if (number >= usual && number <= 128 && !taken.has(number)) break;
    if (answer !== "") io.out.put("Value out of range\n");
  }
  const free = gaps(label, disk.totalSectors);
  const holding = (sector: number) => free.find(({ first, last }) => sector >= first && sector <= last);
  const aligned = upTo(largest.first, grain) <= largest.last ? upTo(largest.first, grain) : largest.first;
  let start: number;
  do start = yield* askSector(session, "First sector", FIRST_USABLE, lastUsable(disk.totalSectors), aligned, false);
  while (holding(start) === undefined);
  if (start % grain !== 0) {
    const earlier = Math.floor(start / grain) * grain;
    const moved = holding(earlier) === holding(start) && holding(earlier) !== undefined ? earlier : holding(upTo(start, grain)) === holding(start) ? upTo(start, grain) : start;
    if (moved !== start) io.out.put(`Information: Moved requested sector from ${start} to ${moved} in\norder to align on ${grain}-sector boundaries.\n`);
    if (moved !== start) io.out.put("Use 'l' on the experts' menu to adjust alignment\n");
    start = moved;
  }
  const limit = holding(start)?.last ?? start;
  const whole = Math.floor((limit + 1) / grain) * grain - 1;
  const end = yield* askSector(session, "Last sector", start, limit, whole > start ? whole : limit, true);
  const one: LabelPartition = { number, start, sectors: end - start + 1, type: LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" };
  label.partitions.push(one);
  yield* askType(session, one);
}

function* writeTable(session: Session): Blocking<boolean> {
  const { io, disk, path, label } = session;
  io.out.put("\nFinal checks complete. About to write GPT data. THIS WILL OVERWRITE EXISTING\nPARTITIONS!!\n\n");
  if (!(yield* confirmed(session, "Do you want to proceed?"))) {
    io.out.put("Aborting write of new partition table.\n");
    return false;
  }
  io.out.put(`OK; writing new GUID partition table (GPT) to ${path}.\n`);
  try {
    yield* disk.writeLabel(label);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    io.out.put("Unable to open device for writing! Aborting write!\nAborting write of new partition table.\n");
    return false;
  }
  if (!disk.isDevice || disk.reread() !== undefined) io.out.put(OLD_TABLE);
  io.out.put("The operation has completed successfully.\n");
  return true;
}

function* zap(session: Session): Blocking<boolean> {
  const { io, disk, path } = session;
  if (!(yield* confirmed(session, `\u0007\u0007About to wipe out GPT on ${path}. Proceed?`))) return false;
  yield* disk.write(1, new Uint8Array(33 * SECTOR_BYTES));
  yield* disk.write(disk.totalSectors - 33, new Uint8Array(33 * SECTOR_BYTES));
  if (!disk.isDevice || disk.reread() !== undefined) io.out.put(OLD_TABLE);
  io.out.put("GPT data structures destroyed! You may now partition the disk using fdisk or\nother utilities.\n");
  if (yield* confirmed(session, "Blank out MBR?")) {
    yield* disk.write(0, new Uint8Array(SECTOR_BYTES));
    disk.reread();
  }
  return true;
}

function* editAttributes(session: Session, one: LabelPartition): Blocking<void> {
  const { io } = session;
  io.out.put(`Known attributes are:\n${KNOWN_ATTRIBUTES.map(([bit, name]) => `${bit}: ${name}\n`).join("")}\n`);
  for (;;) {
    const bits = attributesOf(one);
    const set = bitsOf(bits);
    io.out.put(`Attribute value is ${bits.toString(16).toUpperCase().padStart(16, "0")}. Set fields are:\n${set.length === 0 ? "  No fields set\n" : set.map((bit) => `${bit} (${attributeName(bit)})\n`).join("")}\n`);
    const answer = yield* ask(session, "Toggle which attribute field (0-63, 64 or <Enter> to exit): ");
    const bit = answer === "" ? 64 : Number(answer);
    if (!(bit >= 0 && bit < 64)) return;
    const on = !set.includes(bit);
    setAttributes(one, bits ^ (1n << BigInt(bit)));
    io.out.put(`Have ${on ? "enabled" : "disabled"} the '${attributeName(bit)}' attribute.\n`);
  }
}

const protectiveText = ({ disk }: Session): string =>
  `\nDisk size is ${disk.totalSectors} sectors (${sizeOf(disk)})\nMBR disk identifier: 0x00000000\nMBR partitions:\n\nNumber  Boot  Start Sector   End Sector   Status      Code\n   1                     1   ${String(disk.totalSectors - 1).padStart(10)}   primary     0xEE\n`;

const sizeOf = (disk: OpenDisk): string => summary("", disk, { kind: "gpt", id: "", partitions: [] }).split("\n")[0]?.split(", ")[1] ?? "";

type Menu = "main" | "expert" | "recovery";
const PROMPTS = { main: "Command", expert: "Expert command", recovery: "Recovery/transformation command" } as const;

/** One command of any menu. "quit" ends gdisk; a menu's name goes there. */
function* obey(session: Session, menu: Menu, key: string): Blocking<Menu | "quit"> {
  const { io, sys, disk, label } = session;
  const partition = function* (act: (one: LabelPartition) => Blocking<void>): Blocking<void> {
    const one = yield* askPartition(session);
    if (one !== undefined) yield* act(one);
  };
  switch (key) {
    case "i":
      yield* partition(function* (one) {
        io.out.put(infoText(one));
      });
      return menu;
    case "p":
      io.out.put(summary(session.path, disk, label, session.grain));
      return menu;
    case "q":
      return "quit";
    case "v":
      io.out.put(verifyText(label, disk.totalSectors));
      return menu;
    case "w":
      return (yield* writeTable(session)) ? "quit" : menu;
    default:
  }
  if (menu !== "main" && key === "m") return "main";
  if (menu !== "main" && key === "o") {
    io.out.put(protectiveText(session));
    return menu;
  }
  if (menu !== "recovery" && key === "r") return "recovery";
  if (menu !== "expert" && key === "x") return "expert";
  switch (`${menu} ${key}`) {
    case "main b": {
      const file = yield* ask(session, "Enter backup filename to save: ");
      try {
        yield* saveBackup(sys, disk, label, file);
        io.out.put("The operation has completed successfully.\n");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`Unable to open file '${file}' for writing! Aborting!\n`);
      }
      return menu;
    }
    case "main c":
      yield* partition(function* (one) {
        one.name = (yield* ask(session, "Enter name: ")).slice(0, 36) || nameOf(one.type);
      });
      return menu;
    case "main d":
      yield* partition(function* (one) {
        label.partitions.splice(label.partitions.indexOf(one), 1);
      });
      return menu;
    case "main l":
      yield* showCodes(session);
      return menu;
    case "main n":
      yield* addPartition(session);
      return menu;
    case "main o":
      io.out.put("This option deletes all partitions and creates a new protective MBR.\n");
      if (yield* confirmed(session)) session.label = newLabel(sys, "gpt");
      return menu;
    case "main s":
      session.label = { ...label, partitions: label.partitions.toSorted((a, b) => a.start - b.start).map((one, index) => ({ ...one, number: index + 1 })) };
      io.out.put("You may need to edit /etc/fstab and/or your boot loader configuration!\n");
      return menu;
    case "main t":
      yield* partition((one) => askType(session, one));
      return menu;
    case "expert a":
      yield* partition((one) => editAttributes(session, one));
      return menu;
    case "expert c":
      yield* partition(function* (one) {
        const answer = yield* ask(session, "Enter the partition's new unique GUID ('R' to randomize): ");
        one.uuid = typeOf(answer.length === 36 ? answer : "") ?? newGuid(sys);
        io.out.put(`New GUID is ${one.uuid}\n`);
      });
      return menu;
    case "expert d":
      io.out.put(`Partitions will begin on ${session.grain}-sector boundaries.\n`);
      return menu;
    case "expert e":
      io.out.put("Relocating backup data structures to the end of the disk\n");
      return menu;
    case "expert f":
      label.id = newGuid(sys);
      for (const one of label.partitions) one.uuid = newGuid(sys);
      return menu;
    case "expert g": {
      const answer = yield* ask(session, "Enter the disk's unique GUID ('R' to randomize): ");
      label.id = typeOf(answer.length === 36 ? answer : "") ?? newGuid(sys);
      io.out.put(`The new disk GUID is ${label.id}\n`);
      return menu;
    }
    case "expert h": case "expert n":
      return menu;
    case "expert l": {
      const answer = Number(yield* ask(session, "Enter the sector alignment value (1-65536, default = 2048): "));
      if (answer >= 1 && answer <= 65_536) session.grain = answer;
      return menu;
    }
    case "expert t": {
      const one = yield* askPartition(session);
      if (one === undefined) return menu;
      const usual = Math.max(...label.partitions.map(({ number }) => number)) + 1;
      const answer = yield* ask(session, `New partition number (1-128, default ${usual}): `);
      const wanted = answer === "" ? usual : Number(answer);
      const renumbered = label.partitions.map((other) => ({ ...other, number: other === one ? wanted : other.number === wanted ? one.number : other.number }));
      session.label = { ...label, partitions: renumbered };
      return menu;
    }
    case "expert z":
      return (yield* zap(session)) ? "quit" : menu;
    case "recovery b": case "recovery c": case "recovery d": case "recovery e": {
      if (key === "c" || key === "e") {
        io.out.put("Warning! This will probably do weird things if you've converted an MBR to\nGPT form and haven't yet saved the GPT! ");
        if (!(yield* confirmed(session))) return menu;
      }
      const found = yield* disk.readGpt(key === "b" || key === "c");
      if (found !== undefined) session.label = key === "b" || key === "d" ? { ...label, id: found.id } : found;
      return menu;
    }
    case "recovery f": {
      const dos = yield* disk.readLabel();
      if (dos?.kind === "dos") session.label = asGpt(sys, dos);
      return menu;
    }
    case "recovery l": {
      const file = yield* ask(session, "Enter backup filename to load: ");
      const loaded = yield* loadBackup(sys, file);
      if (loaded === undefined) yield* io.stderr(`Unable to open file '${file}' for reading! Aborting!\n`);
      else session.label = loaded;
      return menu;
    }
    default:
      io.out.put(`${(menu === "main" ? MAIN_MENU : menu === "expert" ? EXPERT_MENU : RECOVERY_MENU).map(([letter, what]) => `${letter}\t${io.word(what)}\n`).join("")}`);
      return menu;
  }
}

export default program(
  { name: "gdisk", path: "/sbin/gdisk", manSection: 8, summary: "edit the GUID partition table (GPT) of a disk, by questions and answers", synopsis: ["[-l] <device>"], operands: "files", showsHelp: true, seeAlso: ["fdisk(8)", "parted(8)", "sgdisk(8)"], options: [flag(["-l"], "list the partitions and exit")],
    description: ["The menu: b saves the table in a file, c names a partition, d deletes one, i tells about one, l lists the codes of types, n makes one, o begins an empty table, p prints the table, q leaves without saving, s sorts, t changes a type, v verifies, w writes and leaves; x and r lead to the menus of experts and of recovery, ? shows the commands of each."] },
  function* (sys, argv, io: Io) {
    io.out.put("GPT fdisk (gdisk) version 1.0.9\n\n");
    const words = argv.slice(1);
    const listing = words[0] === "-l";
    if (listing) words.shift();
    let path = words[0];
    if (path === undefined) {
      yield* io.out.print("Type device filename, or press <Enter> to exit: ");
      path = ((yield* io.stdin.line()) ?? "").trim();
      if (path === "") return 5;
    }
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, path, !listing);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Problem opening ${path} for reading! Error is ${error.errno === "ENOENT" ? 2 : error.errno === "EACCES" ? 13 : 5}.\n${error.errno === "ENOENT" ? "The specified file does not exist!\n" : error.errno === "EACCES" ? "You must run this program as root or use sudo!\n" : ""}`);
      return listing ? 1 : 0;
    }
    const session: Session = { sys, io, path, disk, label: yield* scan(sys, io, disk), grain: 2048 };
    if (listing) {
      io.out.put(summary(path, disk, session.label));
      disk.close();
      return 0;
    }
    let menu: Menu | "quit" = "main";
    try {
      while (menu !== "quit") {
        const key: string = (yield* ask(session, `\n${PROMPTS[menu]} (? for help): `)).charAt(0).toLowerCase();
        if (key !== "") menu = yield* obey(session, menu, key);
      }
    } catch (error) {
      if (!(error instanceof NoMoreInput)) throw error;
    }
    disk.close();
    return 0;
  },
);
