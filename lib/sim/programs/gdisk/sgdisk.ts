// sgdisk: GPT by options, done in their order (sgdisk(8), 1.0.9). A disk with a DOS table is taken over only with -g, as the real one insists.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { newGuid, newLabel, OpenDisk } from "../kit/disk-label.ts";
import { flag, gnu, type Io, texts } from "../kit/gnu.ts";
import { attributeText, attributesOf, infoText, KNOWN_ATTRIBUTES, setAttributes } from "./_attributes.ts";
import { CODES, codeLines, LINUX_FILESYSTEM } from "./_codes.ts";
import { byteSwapped } from "./_dialogue.ts";
import { GptData } from "./_gpt-data.ts";
import { hybridOf, mbrTypeOf, takeBsdLabel } from "./_transforms.ts";
import { typeOf } from "./_types.ts";
import { verify } from "./_verify.ts";

/** Options that change nothing. */
const LOOKING: readonly string[] = ["print", "info", "verify", "first", "last", "firstOfLargest", "showAlignment", "backup", "list", "pretend", "alignment", "alignEnd", "replicate", "printMbr"];

const USAGE = `Usage: sgdisk [-CDeEfFgGILoOpPsvVzZ?]
        [-A|--attributes=list|[partnum:show|or|nand|xor|=|set|clear|toggle|get[:bitnum|hexbitmask]]]
        [-a|--set-alignment=value] [-b|--backup=file]
        [-B|--byte-swap-name=partnum] [-c|--change-name=partnum:name]
        [-C|--recompute-chs] [-d|--delete=partnum] [-D|--display-alignment]
        [-e|--move-second-header] [-E|--end-of-largest]
        [-f|--first-in-largest] [-F|--first-aligned-in-largest]
        [-g|--mbrtogpt] [-G|--randomize-guids]
        [-h|--hybrid=partnum[:partnum...][:EE]] [-i|--info=partnum]
        [-I|--align-end] [-j|--move-main-table=sector]
        [-l|--load-backup=file] [-L|--list-types]
        [-m|--gpttombr=partnum[:partnum...]] [-n|--new=partnum:start:end]
        [-N|--largest-new=partnum] [-o|--clear] [-O|--print-mbr]
        [-p|--print] [-P|--pretend] [-r|--transpose=partnum:partnum]
        [-R|--replicate=device_filename] [-s|--sort]
        [-S|--resize-table=numparts] [-t|--typecode=partnum:{hexcode|GUID}]
        [-T|--transform-bsd=partnum] [-u|--partition-guid=partnum:guid]
        [-U|--disk-guid=guid] [-v|--verify] [-V|--version] [-z|--zap]
        [-Z|--zap-all] [-?|--help] [--usage]  [OPTION...] <device>
`;

/** Undefined for an operation that is none. Numbers of or, nand, xor and = are hexadecimal. */
function changedAttributes(before: bigint, operation: string, value: string): bigint | undefined {
  const bit = 1n << BigInt(Number(value) & 63);
  const number = /^[0-9A-Fa-f]{1,16}$/.test(value) ? BigInt(`0x${value}`) : 0n;
  switch (operation) {
    case "set": return before | bit;
    case "clear": return before & ~bit;
    case "toggle": return before ^ bit;
    case "or": return before | number;
    case "nand": return ~(before & number) & 0xffff_ffff_ffff_ffffn;
    case "xor": return before ^ number;
    case "=": return number;
    default: return undefined;
  }
}

export default gnu({
  name: "sgdisk", path: "/sbin/sgdisk", manSection: 8, project: "GPT fdisk", version: "1.0.9", versionText: "GPT fdisk (sgdisk) version 1.0.9\n\n", tryLine: () => "", summary: "edit the GUID partition table (GPT) of a disk, by options", synopsis: ["[OPTION...] DEVICE"], operands: "files",
  options: {
    print: flag(["-p", "--print"], "print the table"), clear: flag(["-o", "--clear"], "an empty table"), zapAll: flag(["-Z", "--zap-all"], "destroy GPT and MBR"), zap: flag(["-z", "--zap"], "destroy the GPT"), create: texts(["-n", "--new"], "NUMBER:START:END", "make a partition; 0 is the default"), remove: texts(["-d", "--delete"], "NUMBER", "delete a partition"), type: texts(["-t", "--typecode"], "NUMBER:CODE", "set a type"), rename: texts(["-c", "--change-name"], "NUMBER:NAME", "set a name"), info: texts(["-i", "--info"], "NUMBER", "tell about a partition"),
    largest: texts(["-N", "--largest-new"], "NUMBER", "make a partition of the largest gap"), guid: texts(["-u", "--partition-guid"], "NUMBER:GUID", "set a partition's GUID; R is a random one"), diskGuid: texts(["-U", "--disk-guid"], "GUID", "set the disk's GUID"), randomize: flag(["-G", "--randomize-guids"], "new GUIDs"), verify: flag(["-v", "--verify"], "look for mistakes"), list: flag(["-L", "--list-types"], "list the codes"), move: flag(["-e", "--move-second-header"], "the copy to the disk's end (always so)"), first: flag(["-F", "--first-aligned-in-largest"], "print where the largest gap begins"), last: flag(["-E", "--end-of-largest"], "print where the largest gap ends"), sort: flag(["-s", "--sort"], "number them in their order"), convert: flag(["-g", "--mbrtogpt"], "make a DOS table a GPT"), pretend: flag(["-P", "--pretend"], "write nothing"), alignment: texts(["-a", "--set-alignment"], "SECTORS", "what new partitions begin on multiples of"),
    alignEnd: flag(["-I", "--align-end"], "the ends of new partitions are aligned too"), showAlignment: flag(["-D", "--display-alignment"], "print that number"), firstOfLargest: flag(["-f", "--first-in-largest"], "print where the largest gap begins, unaligned"), transpose: texts(["-r", "--transpose"], "NUMBER:NUMBER", "exchange two numbers"), replicate: texts(["-R", "--replicate"], "DEVICE", "write the table on another disk too"), toMbr: texts(["-m", "--gpttombr"], "NUMBER[:NUMBER...]", "make these the partitions of a DOS table"), showVersion: flag(["-V"], "print the version and go on"), chs: flag(["-C", "--recompute-chs"], "compute the addresses in the MBR anew"),
    resize: texts(["-S", "--resize-table"], "NUMBER", "change how many entries the table has"), mainTable: texts(["-j", "--move-main-table"], "SECTOR", "where the main entries begin"), printMbr: flag(["-O", "--print-mbr"], "print the MBR"), bsd: texts(["-T", "--transform-bsd"], "NUMBER", "take over the partitions of a BSD label"), swapName: texts(["-B", "--byte-swap-name"], "NUMBER", "exchange the bytes of a partition's name"),
    backup: texts(["-b", "--backup"], "FILE", "save the GPT in a file"), load: texts(["-l", "--load-backup"], "FILE", "load the GPT from such a file"), hybrid: texts(["-h", "--hybrid"], "NUMBER[:NUMBER...][:EE]", "make a hybrid MBR of these partitions"), attributes: texts(["-A", "--attributes"], "list|NUMBER:OPERATION[:BIT]", "show or change flags: show, get, set, clear, toggle, or, nand, xor, ="),
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (options.showVersion) {
      io.out.put("GPT fdisk (sgdisk) version 1.0.9\n\n");
      if (operands.length === 0) return 0;
    }
    if (options.list) {
      io.out.put(codeLines(CODES).map((line) => `${line}\n`).join(""));
      return 0;
    }
    if (given.length === 0 && operands.length === 0) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const listsAttributes = given.some(({ option, argument }) => option === "attributes" && argument === "list");
    if (listsAttributes) io.out.put(KNOWN_ATTRIBUTES.map(([bit, name]) => `${bit}: ${name}\n`).join(""));
    const [path] = operands;
    if (path === undefined) return 0;
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, path, !options.pretend && given.some(({ option }) => !LOOKING.includes(option)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Problem opening ${path} for reading! Error is ${error.errno === "ENOENT" ? 2 : error.errno === "EACCES" ? 13 : 5}.\n${error.errno === "ENOENT" ? "The specified file does not exist!\n" : error.errno === "EACCES" ? "You must run this program as root or use sudo!\n" : ""}`);
      return 2;
    }
    const gpt = new GptData(sys, io, disk);
    yield* gpt.load();
    const choice = gpt.choose("quiet");
    if (choice === "ask") {
      yield* io.stderr("Invalid partition data!\n");
      disk.close();
      return 2;
    }
    if (!gpt.take(choice)) return 0;
    const { placing } = gpt;
    let save = false;
    let never = false;
    let mayConvert = choice !== "convert";
    let { pretend } = options;
    let alignEnd = false;
    let newest = 0;
    let lastType: string | undefined;
    let status = 0;
    const refuse = function* (message: string): Blocking<void> {
      never = true;
      yield* io.stderr(message);
    };
    const find = gpt.find.bind(gpt);
    const firstFree = (): number => {
      let number = 1;
      while (find(number)) number++;
      return number;
    };
    for (const occurrence of given) {
      const word = occurrence.argument ?? "";
      const [first = "", ...rest] = word.replace(/^:/, "").split(":");
      const number = /^\s*\d+/.test(first) ? Number.parseInt(first, 10) : 0;
      const target = number === 0 ? newest : number;
      switch (occurrence.option) {
        case "clear":
          gpt.clear();
          gpt.mbr.makeProtective();
          save = true;
          // a fresh table may take an MBR's place
          mayConvert = true;
          break;
        case "alignment":
          if (number > 0) placing.alignment = number;
          else yield* io.stderr("Attempt to set partition alignment to 0!\n");
          break;
        case "alignEnd": alignEnd = true; break;
        case "create": case "largest": {
          const largest = occurrence.option === "largest";
          newest = largest ? newest : number === 0 ? firstFree() : number;
          const wanted = largest ? (number === 0 ? firstFree() : number) : newest;
          const low = placing.align(placing.firstInLargest());
          const high = placing.lastInFree(low, alignEnd);
          const start = largest ? low : placing.place(rest[0] ?? "", low, high, low);
          const end = largest ? high : placing.place(rest[1] ?? "", start, high, high);
          const said = placing.create(sys, wanted, start, end);
          if (said !== undefined) {
            io.out.put(said);
            save = true;
            break;
          }
          if (!find(wanted) && wanted >= 1 && wanted <= gpt.count) io.out.put(placing.moved(start));
          yield* refuse(`Could not create partition ${wanted} from ${start} to ${end}\n`);
          break;
        }
        case "remove": {
          const one = find(number);
          const numbers = gpt.partitions.map((each) => each.number);
          if (one) gpt.remove(one);
          if (one || (numbers.length > 0 && number >= Math.min(...numbers) && number <= Math.max(...numbers))) save = true;
          // errno is what the last ioctl on a file left: ENOTTY where a table was read
          else yield* refuse(`Partition number ${number} out of range!\nError ${choice === "use" ? 25 : 0} deleting partition!\n`);
          break;
        }
        case "type": {
          if (target < 1 || target > 128) break;
          const text = rest[0] ?? "";
          // a word that is no code leaves the type of the option before
          lastType = typeOf(text) ?? (text.length >= 32 ? text.toUpperCase() : /^[0-9A-Fa-f]+$/.test(text) ? LINUX_FILESYSTEM : lastType);
          const type = lastType;
          const one = find(target);
          if (one && type !== undefined) {
            one.type = type;
            save = true;
          } else yield* refuse(`Could not change partition ${target}'s type code to ${text}!\n`);
          break;
        }
        case "rename": {
          if (target < 1 || target > 128) break;
          const one = find(target);
          if (one) {
            one.name = rest[0] ?? "";
            save = true;
          } else yield* refuse(`Unable to set partition ${target}'s name to '${rest[0] ?? ""}'!\n`);
          break;
        }
        case "guid": {
          const one = find(target);
          if (one) one.uuid = /^r/i.test(rest[0] ?? "") ? newGuid(sys) : (rest[0] ?? "").toUpperCase();
          save = true;
          break;
        }
        case "diskGuid":
          gpt.setId(/^r/i.test(word) ? newGuid(sys) : word.toUpperCase());
          save = true;
          break;
        case "randomize":
          gpt.randomize();
          save = true;
          break;
        case "sort":
          gpt.sort();
          save = true;
          break;
        case "transpose": {
          const other = Number.parseInt(rest[0] ?? "", 10);
          if (!(number >= 1 && number <= 128 && other >= 1 && other <= 128)) {
            yield* refuse(`Cannot swap partitions ${number} and ${other}\n`);
            break;
          }
          gpt.swap(number, other);
          save = true;
          break;
        }
        case "replicate": {
          try {
            const second = yield* OpenDisk.open(sys, word, true);
            yield* (yield* gpt.copyTo(second)).save();
            second.close();
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.stderr(`Unable to open device '${word}' for writing! Errno is ${error.errno === "ENOENT" ? 2 : 13}! Aborting write!\n`);
            status = 8;
          }
          break;
        }
        case "toMbr": {
          const numbers = word.split(":").map((text) => Number.parseInt(text, 10));
          const chosen = numbers.map(find);
          for (const [index, one] of chosen.entries()) if (one === undefined) yield* io.stderr(`Original partition ${numbers[index] ?? 0} does not exist or is too big! Aborting operation!\n`);
          if (chosen.includes(undefined) || numbers.length > 4) {
            yield* io.stderr("Problem creating MBR!\n");
            break;
          }
          if (!pretend) {
            const dos = newLabel(sys, "dos");
            for (const [index, one] of chosen.entries()) if (one) dos.partitions.push({ ...one, number: index + 1, type: mbrTypeOf(one.type).toString(16), bootable: false });
            yield* gpt.destroy(true);
            yield* disk.writeLabel(dos);
          }
          mayConvert = false;
          pretend = true;
          save = false;
          break;
        }
        case "backup": yield* gpt.saveBackup(word); break;
        case "load":
          if (yield* gpt.loadBackup(word)) {
            mayConvert = true;
            save = true;
          } else yield* refuse("Error loading backup file!\n");
          break;
        case "resize":
          if (gpt.resize(number)) save = true;
          else never = true;
          break;
        case "mainTable":
          if (gpt.moveMainTable(number)) save = true;
          else yield* refuse(`Unable to set the main partition table's location to ${number}!\n`);
          break;
        case "printMbr": io.out.put(gpt.mbr.table()); break;
        case "hybrid":
          if (yield* hybridOf(gpt, word.split(":"))) save = true;
          else yield* io.stderr("Problem creating MBR!\n");
          break;
        case "swapName": {
          const one = find(target);
          if (!one) break;
          one.name = byteSwapped(one);
          io.out.put(`Changed partition ${target}'s name to ${one.name}\n`);
          save = true;
          break;
        }
        case "bsd":
          yield* takeBsdLabel(gpt, number);
          save = true;
          break;
        case "attributes": {
          if (word === "list") break;
          const one = find(target);
          const [operation = "", value = ""] = rest;
          if (target < 1 || target > 128) yield* refuse(`Error: Invalid partition number ${target}\n`);
          else if (operation === "show") io.out.put(one ? attributeText(one) : "");
          else if (operation === "get") io.out.put(`${target}:${value}:${((one ? attributesOf(one) : 0n) >> BigInt(Number(value) & 63)) & 1n}\n`);
          else {
            const bits = changedAttributes(one ? attributesOf(one) : 0n, operation, value);
            if (bits === undefined) {
              save = false;
              yield* refuse(`Unknown attributes operator: ${operation}\n`);
            } else {
              if (one) setAttributes(one, bits);
              save = true;
            }
          }
          break;
        }
        case "print": io.out.put(gpt.summary()); break;
        case "showAlignment": io.out.put(`${placing.alignment}\n`); break;
        case "firstOfLargest": io.out.put(`${placing.firstInLargest()}\n`); break;
        case "first": io.out.put(`${placing.align(placing.firstInLargest())}\n`); break;
        case "last": io.out.put(`${placing.lastInFree(placing.firstInLargest())}\n`); break;
        case "info": {
          const one = find(number);
          io.out.put(one ? infoText(one) : `Partition #${number} does not exist.\n`);
          break;
        }
        case "verify": verify(gpt); break;
        case "move":
          gpt.moveSecondToEnd();
          save = true;
          break;
        case "chs": save = true; break;
        case "convert":
          mayConvert = true;
          save = true;
          break;
        case "zap": case "zapAll":
          if (!pretend) yield* gpt.destroy(occurrence.option === "zapAll");
          mayConvert = true;
          save = false;
          break;
        default:
      }
    }
    if (save && !never && mayConvert && !pretend) {
      if (!(yield* gpt.save())) status = 4;
    }
    if (save && !mayConvert) {
      io.out.put("Non-GPT disk; not saving changes. Use -g to override.\n");
      status = 3;
    }
    if (never) {
      yield* io.stderr("Error encountered; not saving changes.\n");
      status = 4;
    }
    disk.close();
    return status;
  },
});
