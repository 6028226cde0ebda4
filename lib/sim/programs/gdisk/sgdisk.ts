// sgdisk: GPT by options, done in their order (sgdisk(8), 1.0.9). A disk with a DOS table is taken over only with -g, as the real one insists.
import { type Blocking, decode, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, newGuid, newLabel, OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { flag, gnu, type Io, texts, unsimulated } from "../kit/gnu.ts";
import { CODES, codeLines, LINUX_FILESYSTEM } from "./_codes.ts";
import { Placing } from "./_placing.ts";
import { asGpt, DAMAGED_COPY, DAMAGED_MAIN, USING_DAMAGED } from "./_scan.ts";
import { attributeText, attributesOf, firstOf, infoText, KNOWN_ATTRIBUTES, lastUsable, misfit, setAttributes, summary, verifyText } from "./_table.ts";
import { loadBackup, saveBackup } from "./_backup.ts";
import { codeOf, typeOf } from "./_types.ts";

/** Options that change nothing. */
const LOOKING: readonly string[] = ["print", "info", "verify", "first", "last", "firstOfLargest", "showAlignment", "backup", "list", "pretend", "alignment", "alignEnd", "replicate"];

const OLD_TABLE = "Warning: The kernel is still using the old partition table.\nThe new table will be used at the next reboot or after you\nrun partprobe(8) or kpartx(8)\n";

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
    resize: unsimulated(["-S", "--resize-table"], "change how many entries the table has", "tables have 128 entries", "NUMBER"), mainTable: unsimulated(["-j", "--move-main-table"], "move the entries", "they begin at sector 2", "SECTOR"), printMbr: unsimulated(["-O", "--print-mbr"], "print the MBR", "use fdisk's experts' menu"), bsd: unsimulated(["-T", "--transform-bsd"], "take over a BSD disklabel", "there are none", "NUMBER"), swapName: unsimulated(["-B", "--byte-swap-name"], "exchange the bytes of a name", "names are right here", "NUMBER"),
    backup: texts(["-b", "--backup"], "FILE", "save the GPT in a file"), load: texts(["-l", "--load-backup"], "FILE", "load the GPT from such a file"), hybrid: unsimulated(["-h", "--hybrid"], "a hybrid MBR", "tables are pure here"), attributes: texts(["-A", "--attributes"], "list|NUMBER:OPERATION[:BIT]", "show or change flags: show, get, set, clear, toggle, or, nand, xor, ="),
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
    const { totalSectors } = disk;
    const head = yield* disk.read(0, 1);
    const protective = head[510] === 0x55 && [450, 466, 482, 498].some((at) => head[at] === 0xee);
    const main = protective ? yield* disk.readGpt() : undefined;
    const backup = protective && main === undefined ? yield* disk.readGpt(true) : undefined;
    const old = main ?? backup ?? (protective ? undefined : yield* disk.readLabel());
    let label: DiskLabel;
    if (backup !== undefined && main === undefined) {
      yield* io.stderr(DAMAGED_MAIN);
      io.out.put(USING_DAMAGED);
      label = backup;
    } else if (old?.kind === "gpt") {
      label = old;
      const copy = yield* disk.read(old.bounds?.backup ?? totalSectors - 1, 1);
      if (decode(copy.subarray(0, 8)) !== "EFI PART") {
        yield* io.stderr(DAMAGED_COPY);
        io.out.put(USING_DAMAGED);
      }
    }
    else if (old !== undefined) {
      io.out.put("\n***************************************************************\nFound invalid GPT and valid MBR; converting MBR to GPT format\nin memory. \n***************************************************************\n\n");
      label = asGpt(sys, old);
      io.out.put(misfit(label, totalSectors));
    } else {
      io.out.put("Creating new GPT entries in memory.\n");
      label = newLabel(sys, "gpt");
    }
    const empty = (): DiskLabel => newLabel(sys, "gpt");
    let placing = new Placing(label, totalSectors);
    const use = (next: DiskLabel, alignment?: number): void => {
      label = next;
      placing = new Placing(next, totalSectors, alignment);
    };
    let save = false;
    let never = false;
    let mayConvert = old?.kind !== "dos";
    let { pretend } = options;
    let alignEnd = false;
    let newest = 0;
    let lastType: string | undefined;
    let status = 0;
    const refuse = function* (message: string): Blocking<void> {
      never = true;
      yield* io.stderr(message);
    };
    const find = (number: number): DiskLabel["partitions"][number] | undefined => label.partitions.find((one) => one.number === number);
    const firstFree = (): number => {
      let number = 1;
      while (find(number)) number++;
      return number;
    };
    const write = function* (target: OpenDisk): Blocking<void> {
      label.bounds = { first: firstOf(label), last: lastUsable(target.totalSectors), backup: target.totalSectors - 1 };
      yield* target.writeLabel(label);
      if (target.reread() !== undefined || !target.isDevice) io.out.put(OLD_TABLE);
      io.out.put("The operation has completed successfully.\n");
    };
    const destroy = function* (mbrToo: boolean): Blocking<void> {
      const zeros = new Uint8Array(SECTOR_BYTES * 33);
      yield* disk.write(1, zeros);
      yield* disk.write(totalSectors - 33, zeros);
      if (mbrToo) yield* disk.write(0, zeros.subarray(0, SECTOR_BYTES));
      if (disk.reread() !== undefined || !disk.isDevice) io.out.put(OLD_TABLE);
      io.out.put("GPT data structures destroyed! You may now partition the disk using fdisk or\nother utilities.\n");
    };
    for (const occurrence of given) {
      const word = occurrence.argument ?? "";
      const [first = "", ...rest] = word.replace(/^:/, "").split(":");
      const number = /^\s*\d+/.test(first) ? Number.parseInt(first, 10) : 0;
      const target = number === 0 ? newest : number;
      switch (occurrence.option) {
        case "clear":
          use(empty(), placing.alignment);
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
          if (!find(wanted) && wanted >= 1 && wanted <= 128) io.out.put(placing.moved(start));
          yield* refuse(`Could not create partition ${wanted} from ${start} to ${end}\n`);
          break;
        }
        case "remove": {
          const at = label.partitions.findIndex((one) => one.number === number);
          const numbers = label.partitions.map((one) => one.number);
          if (at >= 0) label.partitions.splice(at, 1);
          if (at >= 0 || (numbers.length > 0 && number >= Math.min(...numbers) && number <= Math.max(...numbers))) save = true;
          // errno is what the last ioctl on a file left: ENOTTY where a table was read
          else yield* refuse(`Partition number ${number} out of range!\nError ${old?.kind === "gpt" ? 25 : 0} deleting partition!\n`);
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
          label.id = /^r/i.test(word) ? newGuid(sys) : word.toUpperCase();
          save = true;
          break;
        case "randomize":
          label.id = newGuid(sys);
          for (const one of label.partitions) one.uuid = newGuid(sys);
          save = true;
          break;
        case "sort": {
          const sorted = [...label.partitions].sort((a, b) => a.start - b.start).map((one, index) => ({ ...one, number: index + 1 }));
          label.partitions.splice(0, label.partitions.length, ...sorted);
          save = true;
          break;
        }
        case "transpose": {
          const other = Number.parseInt(rest[0] ?? "", 10);
          if (!(number >= 1 && number <= 128 && other >= 1 && other <= 128)) {
            yield* refuse(`Cannot swap partitions ${number} and ${other}\n`);
            break;
          }
          for (const [index, one] of label.partitions.entries()) if (one.number === number || one.number === other) label.partitions[index] = { ...one, number: one.number === number ? other : number };
          save = true;
          break;
        }
        case "replicate": {
          try {
            const second = yield* OpenDisk.open(sys, word, true);
            yield* write(second);
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
            for (const [index, one] of chosen.entries()) if (one) dos.partitions.push({ ...one, number: index + 1, type: Number.parseInt(codeOf(one.type).slice(0, 2), 16).toString(16), bootable: false });
            yield* destroy(true);
            yield* disk.writeLabel(dos);
          }
          mayConvert = false;
          pretend = true;
          save = false;
          break;
        }
        case "backup":
          yield* saveBackup(sys, disk, label, word);
          io.out.put("The operation has completed successfully.\n");
          break;
        case "load": {
          const loaded = yield* loadBackup(sys, word);
          if (loaded !== undefined) {
            use(loaded);
            mayConvert = true;
            save = true;
          } else yield* refuse(`Problem opening ${word} for reading! Error is 2.\nThe specified file does not exist!\nUnable to open file '${word}' for reading! Aborting!\nError loading backup file!\n`);
          break;
        }
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
        case "print": io.out.put(summary(path, disk, label, placing.alignment)); break;
        case "showAlignment": io.out.put(`${placing.alignment}\n`); break;
        case "firstOfLargest": io.out.put(`${placing.firstInLargest()}\n`); break;
        case "first": io.out.put(`${placing.align(placing.firstInLargest())}\n`); break;
        case "last": io.out.put(`${placing.lastInFree(placing.firstInLargest())}\n`); break;
        case "info": {
          const one = find(number);
          io.out.put(one ? infoText(one) : `Partition #${number} does not exist.\n`);
          break;
        }
        case "verify": io.out.put(verifyText(label, totalSectors, placing.alignment)); break;
        case "move":
          label.bounds = { first: firstOf(label), last: lastUsable(totalSectors), backup: totalSectors - 1 };
          save = true;
          break;
        case "chs": save = true; break;
        case "convert":
          mayConvert = true;
          save = true;
          break;
        case "zap": case "zapAll":
          if (!pretend) yield* destroy(occurrence.option === "zapAll");
          mayConvert = true;
          save = false;
          break;
        default:
      }
    }
    if (save && !never && mayConvert && !pretend) {
      const left = misfit(label, totalSectors);
      if (left === "") yield* write(disk);
      else {
        io.out.put(left);
        io.out.put("Aborting write of new partition table.\n");
        status = 4;
      }
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
