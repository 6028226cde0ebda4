// gdisk: the menus of GPT fdisk 1.0.9 on a disk or an image (gdisk(8)); what is changed stays in memory until "w".
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { type LabelPartition, newGuid, OpenDisk } from "../kit/disk-label.ts";
import { type Io, flag, program } from "../kit/program.ts";
import { attributeName, attributesOf, bitsOf, infoText, KNOWN_ATTRIBUTES, setAttributes } from "./_attributes.ts";
import { CODES, codeLines, LINUX_FILESYSTEM } from "./_codes.ts";
import { byteSwapped, Dialogue, NoMoreInput } from "./_dialogue.ts";
import { GptData } from "./_gpt-data.ts";
import { EXPERT_MENU, MAIN_MENU, RECOVERY_MENU } from "./_menus.ts";
import { makeHybrid, makeMbr, takeBsdLabel } from "./_transforms.ts";
import { codeOf, nameOf, typeOf } from "./_types.ts";
import { verify } from "./_verify.ts";

const SCREEN_LINES = 21;
const MOST_ALIGNED = 65_536;

interface Session {
  readonly sys: Sys;
  readonly dialogue: Dialogue;
  readonly gpt: GptData;
}

function* showCodes({ dialogue }: Session): Blocking<void> {
  const search = (yield* dialogue.ask("Type search string, or <Enter> to show all codes: ")).toLowerCase();
  const lines = codeLines(CODES.filter(([, , name]) => name.toLowerCase().includes(search)));
  for (const [index, line] of lines.entries()) {
    dialogue.io.out.put(`${line}\n`);
    if ((index + 1) % SCREEN_LINES !== 0 || index + 1 === lines.length || !(yield* dialogue.ask("Press the <Enter> key to see more codes, q to quit: ")).startsWith("q")) continue;
    dialogue.io.out.put("\n");
    break;
  }
}

function* askType(session: Session, one: LabelPartition): Blocking<void> {
  const { dialogue } = session;
  const usual = codeOf(one.type);
  dialogue.io.out.put(`Current type is ${usual} (${nameOf(one.type)})\n`);
  for (;;) {
    const answer = yield* dialogue.ask(`Hex code or GUID (L to show codes, Enter = ${usual}): `);
    if (/^l/i.test(answer)) {
      yield* showCodes(session);
      continue;
    }
    if (answer !== "" && !/^[0-9A-Fa-f]{4}/.test(answer) && !/^[0-9A-Fa-f]{1,4}$/.test(answer)) continue;
    let type = answer === "" ? one.type : typeOf(answer.length < 4 ? answer.padStart(4, "0") : answer);
    if (type === undefined) {
      dialogue.io.out.put(`Exact type match not found for type code ${answer.toUpperCase().padStart(4, "0")}; assigning type code for\n'Linux filesystem'\n`);
      type = LINUX_FILESYSTEM;
    }
    const named = one.name === "" || one.name === nameOf(one.type);
    one.type = type;
    if (named) one.name = nameOf(type);
    dialogue.io.out.put(`Changed type of partition to '${nameOf(type)}'\n`);
    return;
  }
}

function* addPartition(session: Session): Blocking<void> {
  const { gpt, dialogue, sys } = session;
  const { out } = dialogue.io;
  const { placing } = gpt;
  const taken = new Set(gpt.partitions.map(({ number }) => number));
  let free = 1;
  while (taken.has(free)) free++;
  const low = placing.firstAvailable();
  if (low === 0 || free > gpt.count) {
    out.put(low === 0 ? "No free sectors available\n" : "No table partition entries left\n");
    return;
  }
  let number: number;
  for (;;) {
    number = yield* dialogue.number(free, gpt.count, free, `Partition number (${free}-${gpt.count}, default ${free}): `);
    if (!taken.has(number)) break;
    out.put(`partition ${number} is in use.\n`);
  }
  const high = placing.lastAvailable();
  const usual = placing.align(placing.firstInLargest());
  let start: number;
  do start = yield* dialogue.sector(gpt, low, high, usual, usual === high, `First sector (${low}-${high}, default = ${usual}) or {+-}size{KMGTP}: `);
  while (!placing.isFree(start));
  const said = placing.moved(start);
  if (said !== "") out.put(`${said}Use 'l' on the experts' menu to adjust alignment\n`);
  start = placing.align(start);
  const limit = placing.lastInFree(start);
  const whole = placing.lastInFree(start, true);
  let end: number;
  do end = yield* dialogue.sector(gpt, start, limit, whole, true, `Last sector (${start}-${limit}, default = ${whole}) or {+-}size{KMGTP}: `);
  while (!placing.isFree(end));
  const one: LabelPartition = { number, start, sectors: end - start + 1, type: LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" };
  gpt.add(one);
  yield* askType(session, one);
}

function* editAttributes({ dialogue }: Session, one: LabelPartition): Blocking<void> {
  const { out } = dialogue.io;
  out.put(`Known attributes are:\n${KNOWN_ATTRIBUTES.map(([bit, name]) => `${bit}: ${name}\n`).join("")}\n`);
  for (;;) {
    const bits = attributesOf(one);
    const set = bitsOf(bits);
    out.put(`Attribute value is ${bits.toString(16).toUpperCase().padStart(16, "0")}. Set fields are:\n${set.length === 0 ? "  No fields set\n" : set.map((bit) => `${bit} (${attributeName(bit)})\n`).join("")}\n`);
    const bit = yield* dialogue.number(0, 64, 64, "Toggle which attribute field (0-63, 64 or <Enter> to exit): ");
    if (bit === 64) return;
    setAttributes(one, bits ^ (1n << BigInt(bit)));
    out.put(`Have ${set.includes(bit) ? "disabled" : "enabled"} the '${attributeName(bit)}' attribute.\n`);
  }
}

function* zap({ dialogue, gpt }: Session): Blocking<boolean> {
  if (!(yield* dialogue.confirm(`\u0007\u0007About to wipe out GPT on ${gpt.path}. Proceed? `))) return false;
  yield* gpt.destroy(false);
  if (yield* dialogue.confirm("Blank out MBR? ")) yield* gpt.blankMbr();
  else dialogue.io.out.put("MBR is unchanged. You may need to delete an EFI GPT (0xEE) partition\nwith fdisk or another tool.\n");
  return true;
}

function* resizeTable({ dialogue, gpt }: Session): Blocking<void> {
  dialogue.io.out.put(`Current partition table size is ${gpt.count}.\n`);
  const least = Math.max(4, ...gpt.partitions.map(({ number }) => number));
  const wanted = yield* dialogue.number(4, 65_535, 128, `Enter new size (${least} up, default 128): `);
  if (wanted < 128) dialogue.io.out.put("Caution: The partition table size should officially be 16KB or larger,\nwhich works out to 128 entries. In practice, smaller tables seem to\nwork with most OSes, but this practice is risky. I'm proceeding with\nthe resize, but you may want to reconsider this action and undo it.\n\n");
  gpt.resize(wanted);
}

function* moveTable({ dialogue, gpt }: Session): Blocking<void> {
  const { main, tableSectors, furthest } = gpt;
  dialogue.io.out.put(`Currently, main partition table begins at sector ${main.entriesAt} and ends at sector ${main.entriesAt + tableSectors - 1}\n`);
  const wanted = yield* dialogue.number(1, furthest, 2, `Enter new starting location (2 to ${furthest}; default is 2; 1 to abort): `);
  if (wanted === 1) dialogue.io.out.put("Aborting change!\n");
  else gpt.moveMainTable(wanted);
}

/** "u": asked again for other names until the file or disk can be opened, or nothing is typed. */
function* replicate({ dialogue, gpt, sys }: Session): Blocking<void> {
  const file = yield* dialogue.ask("Type device filename, or press <Enter> to exit: ");
  if (file === "") return;
  try {
    const disk = yield* OpenDisk.open(sys, file, true);
    yield* (yield* gpt.copyTo(disk)).save((question) => dialogue.confirm(question));
    disk.close();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* dialogue.io.stderr(openProblem(file, error));
  }
}

const openProblem = (path: string, { errno }: SysError): string =>
  `Problem opening ${path} for reading! Error is ${errno === "ENOENT" ? 2 : errno === "EACCES" ? 13 : 5}.\n${errno === "ENOENT" ? "The specified file does not exist!\n" : errno === "EACCES" ? "You must run this program as root or use sudo!\n" : ""}`;

type Menu = "main" | "expert" | "recovery";
const PROMPTS = { main: "Command", expert: "Expert command", recovery: "Recovery/transformation command" } as const;
const MENUS = { main: MAIN_MENU, expert: EXPERT_MENU, recovery: RECOVERY_MENU } as const;
const WEIRD = "Warning! This will probably do weird things if you've converted an MBR to\nGPT form and haven't yet saved the GPT! Proceed? ";

/** One command of any menu. "quit" ends gdisk; a menu's name goes there. */
function* obey(session: Session, menu: Menu, key: string): Blocking<Menu | "quit"> {
  const { dialogue, sys, gpt } = session;
  const { out } = dialogue.io;
  const partition = function* (act: (one: LabelPartition, number: number) => Blocking<void>): Blocking<void> {
    const number = yield* dialogue.partition(gpt);
    const one = number === undefined ? undefined : gpt.find(number);
    if (number !== undefined && one !== undefined) yield* act(one, number);
  };
  switch (key) {
    case "i": {
      const number = yield* dialogue.partition(gpt);
      if (number === undefined) return menu;
      const one = gpt.find(number);
      out.put(one === undefined ? `Partition #${number} does not exist.\n` : infoText(one));
      return menu;
    }
    case "p": out.put(gpt.summary()); return menu;
    case "q": return "quit";
    case "v": verify(gpt); return menu;
    case "w": return (yield* gpt.save((question) => dialogue.confirm(question))) ? "quit" : menu;
    default:
  }
  if (menu !== "main" && key === "m") return "main";
  if (menu !== "main" && key === "o") {
    out.put(gpt.mbr.table());
    return menu;
  }
  if (menu !== "recovery" && key === "r") return "recovery";
  if (menu !== "expert" && key === "x") return "expert";
  switch (`${menu} ${key}`) {
    case "main b": yield* gpt.saveBackup(yield* dialogue.ask("Enter backup filename to save: ")); break;
    case "main c":
      yield* partition(function* (one) {
        one.name = (yield* dialogue.ask("Enter name: ")).slice(0, 36);
      });
      break;
    case "main d": {
      const number = yield* dialogue.partition(gpt);
      const one = number === undefined ? undefined : gpt.find(number);
      if (one !== undefined) gpt.remove(one);
      break;
    }
    case "main l": yield* showCodes(session); break;
    case "main n": yield* addPartition(session); break;
    case "main o":
      if (yield* dialogue.confirm("This option deletes all partitions and creates a new protective MBR.\nProceed? ")) {
        gpt.clear();
        gpt.mbr.makeProtective();
      }
      break;
    case "main s":
      gpt.sort();
      out.put("You may need to edit /etc/fstab and/or your boot loader configuration!\n");
      break;
    case "main t": yield* partition((one) => askType(session, one)); break;
    case "expert a": yield* partition((one) => editAttributes(session, one)); break;
    case "expert b":
      yield* partition(function* (one) {
        out.put(`Current name is: ${one.name}\nByte-swapped name is: ${byteSwapped(one)}\n`);
        if (yield* dialogue.confirm("Do you want to byte-swap the name? ")) one.name = byteSwapped(one);
      });
      break;
    case "expert c":
      yield* partition(function* (one) {
        const answer = yield* dialogue.ask("Enter the partition's new unique GUID ('R' to randomize): ");
        if (answer.length < 32 && !/^r/i.test(answer)) {
          out.put("GUID is too short!\n");
          return;
        }
        one.uuid = typeOf(answer) ?? newGuid(sys);
        out.put(`New GUID is ${one.uuid}\n`);
      });
      break;
    case "expert d": out.put(`Partitions will begin on ${gpt.placing.alignment}-sector boundaries.\n`); break;
    case "expert e":
      out.put("Relocating backup data structures to the end of the disk\n");
      gpt.moveSecondToEnd();
      break;
    case "expert f": gpt.randomize(); break;
    case "expert g": {
      const answer = yield* dialogue.ask("Enter the disk's unique GUID ('R' to randomize): ");
      if (answer.length < 32 && !/^r/i.test(answer)) out.put("GUID is too short!\n");
      else {
        gpt.setId(typeOf(answer) ?? newGuid(sys));
        out.put(`The new disk GUID is ${gpt.main.id}\n`);
      }
      break;
    }
    // addresses by cylinders are always computed
    case "expert h": break;
    case "expert j": yield* moveTable(session); break;
    case "expert l": gpt.placing.alignment = yield* dialogue.number(1, MOST_ALIGNED, 2048, `Enter the sector alignment value (1-${MOST_ALIGNED}, default = 2048): `); break;
    case "expert n": gpt.mbr.makeProtective(); break;
    case "expert s": yield* resizeTable(session); break;
    case "expert t": {
      const number = yield* dialogue.partition(gpt);
      if (number === undefined) break;
      const highest = Math.max(...gpt.partitions.map((one) => one.number));
      const usual = (highest >= gpt.count ? 0 : highest) + 1;
      gpt.swap(number, yield* dialogue.number(1, gpt.count, usual, `New partition number (1-${gpt.count}, default ${usual}): `));
      break;
    }
    case "expert u": yield* replicate(session); break;
    case "expert z": return (yield* zap(session)) ? "quit" : menu;
    case "recovery b": gpt.rebuildMain(); break;
    case "recovery c": if (yield* dialogue.confirm(WEIRD)) yield* gpt.loadTable(gpt.second); break;
    case "recovery d": gpt.rebuildSecond(); break;
    case "recovery e": if (yield* dialogue.confirm(WEIRD)) yield* gpt.loadTable(gpt.main); break;
    case "recovery f": if (yield* dialogue.confirm("Warning! This will destroy the currently defined partitions! Proceed? ")) yield* gpt.takeMbr(); break;
    case "recovery g": return (yield* makeMbr(dialogue, gpt)) ? "quit" : menu;
    case "recovery h": yield* makeHybrid(dialogue, gpt); break;
    case "recovery l": yield* gpt.loadBackup(yield* dialogue.ask("Enter backup filename to load: ")); break;
    case "recovery t":
      yield* partition(function* (one, number) {
        if (!/^A[59]00$/.test(codeOf(one.type)) && !(yield* dialogue.confirm("Specified partition doesn't have a disklabel partition type code.\nContinue anyway? "))) return;
        yield* takeBsdLabel(gpt, number);
      });
      break;
    default: out.put(MENUS[menu].map(([letter, what]) => `${letter}\t${dialogue.io.word(what)}\n`).join(""));
  }
  return menu;
}

/** A GPT beside an MBR with partitions of its own: the user says which is right. */
function* askWhich({ dialogue, gpt }: Session): Blocking<"use" | "convert" | "new"> {
  const { out } = dialogue.io;
  if (gpt.mbr.state === "invalid") {
    out.put("Found invalid MBR and corrupt GPT. What do you want to do? (Using the\nGPT MAY permit recovery of GPT data.)\n");
    return (yield* dialogue.number(1, 2, 1, " 1 - Use current GPT\n 2 - Create blank GPT\n\nYour answer: ")) === 1 ? "use" : "new";
  }
  const valid = gpt.state === "present";
  out.put(valid ? "Found valid MBR and GPT. Which do you want to use?\n" : "Found valid MBR and corrupt GPT. Which do you want to use? (Using the\nGPT MAY permit recovery of GPT data.)\n");
  const answer = yield* dialogue.number(1, 3, 2, " 1 - MBR\n 2 - GPT\n 3 - Create blank GPT\n\nYour answer: ");
  if (answer === 2 && valid) out.put("Using GPT and creating fresh protective MBR.\n");
  return answer === 1 ? "convert" : answer === 2 ? "use" : "new";
}

function* work(session: Session, listing: boolean): Blocking<void> {
  const { gpt, dialogue } = session;
  const { out } = dialogue.io;
  yield* gpt.load();
  out.put(gpt.scanText());
  const choice = gpt.choose(listing ? "listing" : "asked");
  if (!gpt.take(choice === "ask" ? yield* askWhich(session) : choice)) return;
  if (listing) {
    out.put(gpt.summary());
    return;
  }
  for (let menu: Menu | "quit" = "main"; menu !== "quit"; ) {
    const key: string = (yield* dialogue.ask(`\n${PROMPTS[menu]} (? for help): `)).charAt(0).toLowerCase();
    if (key !== "") menu = yield* obey(session, menu, key);
  }
}

export default program(
  { name: "gdisk", path: "/sbin/gdisk", manSection: 8, summary: "edit the GUID partition table (GPT) of a disk, by questions and answers", synopsis: ["[-l] <device>"], operands: "files", showsHelp: true, seeAlso: ["fdisk(8)", "parted(8)", "sgdisk(8)"], options: [flag(["-l"], "list the partitions and exit")],
    description: ["The menu: b saves the table in a file, c names a partition, d deletes one, i tells about one, l lists the codes of types, n makes one, o begins an empty table, p prints the table, q leaves without saving, s sorts, t changes a type, v verifies, w writes and leaves; x and r lead to the menus of experts and of recovery, ? shows the commands of each."] },
  function* (sys, argv, io: Io) {
    io.out.put("GPT fdisk (gdisk) version 1.0.9\n\n");
    const words = argv.slice(1);
    const listing = words.length === 2 && words.includes("-l");
    if (words.length > 1 && !listing) {
      yield* io.stderr(`Usage: ${argv[0] ?? "gdisk"} [-l] device_file\n`);
      return 0;
    }
    const dialogue = new Dialogue(io);
    let path = listing ? words[words[0] === "-l" ? 1 : 0] : words[0];
    let disk: OpenDisk;
    try {
      if (path === undefined) {
        path = yield* dialogue.ask("Type device filename, or press <Enter> to exit: ");
        if (path === "") return 0;
      }
      disk = yield* OpenDisk.open(sys, path, !listing);
    } catch (error) {
      if (error instanceof NoMoreInput) return 5;
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(openProblem(path ?? "", error));
      return listing ? 1 : 0;
    }
    try {
      yield* work({ sys, dialogue, gpt: new GptData(sys, io, disk) }, listing);
      return 0;
    } catch (error) {
      if (error instanceof NoMoreInput) return 5;
      throw error;
    } finally {
      disk.close();
    }
  },
);
