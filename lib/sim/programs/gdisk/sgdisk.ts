// sgdisk: GPT by options, done in their order (sgdisk(8), 1.0.9). A disk with a DOS table is taken over only with -g, as the real one insists.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, freeSpans, newGuid, newLabel, OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { flag, gnu, type Io, texts, unsimulated } from "../kit/gnu.ts";
import { CODES, codeLines, LINUX_FILESYSTEM } from "./_codes.ts";
import { attributeText, attributesOf, KNOWN_ATTRIBUTES, infoText, setAttributes, summary, verifyText } from "./_table.ts";
import { loadBackup, saveBackup } from "./_backup.ts";
import { typeOf } from "./_types.ts";

/** A place: 0 for the default, a sector, or a distance with a unit. */
function placeOf(word: string, usual: number, from: number, end: boolean): number | undefined {
  const match = /^([+-]?)(\d+)([sSkKmMgGtT]?)(?:i?[bB])?$/.exec(word === "" ? "0" : word);
  if (!match) return undefined;
  const [, sign = "", digits = "0", unit = ""] = match;
  const sectors = unit === "" || unit.toLowerCase() === "s" ? Number(digits) : (Number(digits) * 1024 ** ("kmgt".indexOf(unit.toLowerCase()) + 1)) / SECTOR_BYTES;
  if (sectors === 0) return usual;
  if (sign === "+") return from + sectors - (end ? 1 : 0);
  return sign === "-" ? usual - sectors : sectors;
}

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
    largest: texts(["-N", "--largest-new"], "NUMBER", "make a partition of the largest gap"), guid: texts(["-u", "--partition-guid"], "NUMBER:GUID", "set a partition's GUID; R is a random one"), diskGuid: texts(["-U", "--disk-guid"], "GUID", "set the disk's GUID"), randomize: flag(["-G", "--randomize-guids"], "new GUIDs"), verify: flag(["-v", "--verify"], "look for mistakes"), list: flag(["-L", "--list-types"], "list the codes"), move: flag(["-e", "--move-second-header"], "the copy to the disk's end (always so)"), first: flag(["-F", "--first-aligned-in-largest"], "print where the largest gap begins"), last: flag(["-E", "--end-of-largest"], "print where the largest gap ends"), sort: flag(["-s", "--sort"], "number them in their order"), convert: flag(["-g", "--mbrtogpt"], "make a DOS table a GPT"), pretend: flag(["-P", "--pretend"], "write nothing"), alignment: texts(["-a", "--set-alignment"], "SECTORS", "taken"),
    backup: texts(["-b", "--backup"], "FILE", "save the GPT in a file"), load: texts(["-l", "--load-backup"], "FILE", "load the GPT from such a file"), hybrid: unsimulated(["-h", "--hybrid"], "a hybrid MBR", "tables are pure here"), attributes: texts(["-A", "--attributes"], "list|NUMBER:OPERATION[:BIT]", "show or change flags: show, get, set, clear, toggle, or, nand, xor, ="),
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (options.list) {
      io.out.put(codeLines(CODES).map((line) => `${line}\n`).join(""));
      return 0;
    }
    const [path] = operands;
    if (path === undefined) {
      yield* io.stderr("Usage: sgdisk [OPTION...] <device>\n");
      return 1;
    }
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, path, !options.pretend && given.some(({ option }) => !["print", "info", "verify", "first", "last", "backup"].includes(option)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Problem opening ${path} for reading! Error is ${error.errno === "ENOENT" ? 2 : error.errno === "EACCES" ? 13 : 5}.\n${error.errno === "ENOENT" ? "The specified file does not exist!\n" : error.errno === "EACCES" ? "You must run this program as root or use sudo!\n" : ""}`);
      return 2;
    }
    const old = yield* disk.readLabel();
    if (options.zapAll || options.zap) {
      const zeros = new Uint8Array(SECTOR_BYTES * 33);
      yield* disk.write(1, zeros);
      yield* disk.write(disk.totalSectors - 33, zeros);
      if (options.zapAll) yield* disk.write(0, zeros.subarray(0, SECTOR_BYTES));
      disk.reread();
      disk.close();
      io.out.put("GPT data structures destroyed! You may now partition the disk using fdisk or\nother utilities.\n");
      return 0;
    }
    let label: DiskLabel;
    if (old?.kind === "gpt") label = old;
    else {
      label = newLabel(sys, "gpt");
      if (old) {
        io.out.put("\n***************************************************************\nFound invalid GPT and valid MBR; converting MBR to GPT format\nin memory. \n***************************************************************\n\n");
        for (const one of old.partitions) label.partitions.push({ ...one, type: typeOf(`${one.type.padStart(2, "0")}00`) ?? LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" });
      } else io.out.put("Creating new GPT entries in memory.\n");
    }
    let changed = options.convert;
    let failed = old?.kind === "dos" && !options.convert && !options.clear;
    const span = (): { readonly first: number; readonly last: number } | undefined => [...freeSpans(label, disk.totalSectors)].sort((a, b) => b.last - b.first - (a.last - a.first))[0];
    const find = (word: string): DiskLabel["partitions"][number] | undefined => label.partitions.find((one) => one.number === Number(word.split(":")[0]));
    const refuse = function* (message: string): Blocking<void> {
      failed = true;
      yield* io.out.flush();
      yield* io.stderr(message);
    };
    for (const occurrence of given) {
      const word = occurrence.argument ?? "";
      const [number = "", ...rest] = word.split(":");
      if (failed && !["print", "info"].includes(occurrence.option)) continue;
      switch (occurrence.option) {
        case "clear":
          label = newLabel(sys, "gpt");
          failed = false;
          changed = true;
          break;
        case "create": case "largest": {
          let wanted = Number(number);
          if (wanted === 0) do wanted++; while (label.partitions.some((one) => one.number === wanted));
          const gap = span();
          const start = occurrence.option === "largest" ? gap?.first : placeOf(rest[0] ?? "0", gap?.first ?? 0, gap?.first ?? 0, false);
          const around = freeSpans(label, disk.totalSectors).find((one) => start !== undefined && one.first <= start && start <= one.last);
          const end = occurrence.option === "largest" ? gap?.last : placeOf(rest[1] ?? "0", around?.last ?? 0, start ?? 0, true);
          if (start === undefined || end === undefined || !around || end > around.last || end < start || label.partitions.some((one) => one.number === wanted)) {
            yield* refuse(`Could not create partition ${wanted} from ${start ?? 0} to ${end ?? 0}\n`);
            break;
          }
          label.partitions.push({ number: wanted, start, sectors: end - start + 1, type: LINUX_FILESYSTEM, bootable: false, uuid: newGuid(sys), name: "" });
          changed = true;
          break;
        }
        case "remove": {
          const at = label.partitions.findIndex((one) => one.number === Number(number));
          if (at < 0) yield* refuse(`Partition number ${number} out of range!\nError 25 deleting partition!\n`);
          else {
            label.partitions.splice(at, 1);
            changed = true;
          }
          break;
        }
        case "type": {
          const type = typeOf(rest.join(":"));
          const one = find(word);
          if (!one || type === undefined) yield* refuse(`Could not change partition ${number}'s type code to ${rest.join(":")}!\n`);
          else {
            one.type = type;
            changed = true;
          }
          break;
        }
        case "rename": {
          const one = find(word);
          if (!one) yield* refuse(`Unable to set partition ${number}'s name to '${rest.join(":")}'!\n`);
          else {
            one.name = rest.join(":");
            changed = true;
          }
          break;
        }
        case "guid": {
          const one = find(word);
          if (one) one.uuid = rest[0] === "R" ? newGuid(sys) : (rest[0] ?? "").toUpperCase();
          changed = one !== undefined;
          break;
        }
        case "diskGuid":
          label.id = word === "R" ? newGuid(sys) : word.toUpperCase();
          changed = true;
          break;
        case "randomize":
          label.id = newGuid(sys);
          for (const one of label.partitions) one.uuid = newGuid(sys);
          changed = true;
          break;
        case "sort": {
          const sorted = [...label.partitions].sort((a, b) => a.start - b.start).map((one, index) => ({ ...one, number: index + 1 }));
          label.partitions.splice(0, label.partitions.length, ...sorted);
          changed = true;
          break;
        }
        case "backup":
          yield* saveBackup(sys, disk, label, word);
          io.out.put("The operation has completed successfully.\n");
          break;
        case "load": {
          const loaded = yield* loadBackup(sys, word);
          if (loaded !== undefined) {
            label = loaded;
            failed = false;
            changed = true;
          } else yield* refuse(`Problem opening ${word} for reading! Error is 2.\nThe specified file does not exist!\nUnable to open file '${word}' for reading! Aborting!\nError loading backup file!\n`);
          break;
        }
        case "attributes": {
          if (word === "list") {
            io.out.put(KNOWN_ATTRIBUTES.map(([bit, name]) => `${bit}: ${name}\n`).join(""));
            break;
          }
          const one = find(word);
          const [operation = "", value = ""] = rest;
          if (!one) yield* refuse(`Unable to set or read attributes of partition ${number}!\n`);
          else if (operation === "show") io.out.put(attributeText(one));
          else if (operation === "get") io.out.put(`${number}:${value}:${(attributesOf(one) >> BigInt(Number(value) & 63)) & 1n}\n`);
          else {
            const bits = changedAttributes(attributesOf(one), operation, value);
            if (bits === undefined) yield* refuse(`Unknown attributes operator: ${operation}\n`);
            else {
              setAttributes(one, bits);
              changed = true;
            }
          }
          break;
        }
        case "print":
          io.out.put(summary(path, disk, label));
          break;
        case "first": case "last":
          io.out.put(`${span()?.[occurrence.option] ?? 0}\n`);
          break;
        case "info": {
          const one = find(word);
          if (!one) io.out.put(`Partition #${number} does not exist.\n`);
          else io.out.put(infoText(one));
          break;
        }
        case "verify": {
          io.out.put(verifyText(label, disk.totalSectors));
          break;
        }
        default:
      }
    }
    if (failed) {
      if (old?.kind === "dos" && !options.convert && !options.clear && given.some(({ option }) => !["print", "info"].includes(option))) yield* refuse("Non-GPT disk; not saving changes. Use -g to override.\n");
      else if (given.some(({ option }) => !["print", "info"].includes(option))) yield* refuse("Error encountered; not saving changes.\n");
      disk.close();
      return old?.kind === "dos" ? 3 : 4;
    }
    if (changed && !options.pretend) {
      yield* disk.writeLabel(label);
      if (disk.reread() !== undefined || !disk.isDevice) io.out.put("Warning: The kernel is still using the old partition table.\nThe new table will be used at the next reboot or after you\nrun partprobe(8) or kpartx(8)\n");
      io.out.put("The operation has completed successfully.\n");
    }
    disk.close();
    return 0;
  },
});
