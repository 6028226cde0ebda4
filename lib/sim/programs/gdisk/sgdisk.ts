// sgdisk: GPT by options, done in their order (sgdisk(8), 1.0.9). A disk with a DOS table is taken over only with -g, as the real one insists.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type DiskLabel, freeSpans, GRAIN, newGuid, newLabel, OpenDisk, SECTOR_BYTES } from "../kit/disk-label.ts";
import { flag, gnu, type Io, texts, unsimulated } from "../kit/gnu.ts";
import { CODES, codeOf, nameOf, sizeText, typeOf } from "./_types.ts";

const FIRST = 34;

function summary(path: string, disk: OpenDisk, label: DiskLabel): string {
  const last = disk.totalSectors - 34;
  const free = last - FIRST + 1 - label.partitions.reduce((sum, one) => sum + one.sectors, 0);
  let text = `Disk ${path}: ${disk.totalSectors} sectors, ${sizeText(disk.totalSectors)}\nSector size (logical${disk.isDevice ? "/physical): 512/512" : "): 512"} bytes\nDisk identifier (GUID): ${label.id}\nPartition table holds up to 128 entries\nMain partition table begins at sector 2 and ends at sector 33\nFirst usable sector is ${FIRST}, last usable sector is ${last}\nPartitions will be aligned on ${GRAIN}-sector boundaries\nTotal free space is ${free} sectors (${sizeText(free)})\n\nNumber  Start (sector)    End (sector)  Size       Code  Name\n`;
  for (const one of [...label.partitions].sort((a, b) => a.number - b.number)) text += `${String(one.number).padStart(4)}${String(one.start).padStart(16)}${String(one.start + one.sectors - 1).padStart(16)}   ${sizeText(one.sectors).padEnd(12)}${codeOf(one.type)}  ${one.name.slice(0, 23)}\n`;
  return text;
}

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

export default gnu({
  name: "sgdisk", path: "/sbin/sgdisk", manSection: 8, project: "GPT fdisk", version: "1.0.9", versionText: "GPT fdisk (sgdisk) version 1.0.9\n\n", tryLine: () => "", summary: "command-line GUID partition table (GPT) manipulator for Linux and Unix", synopsis: ["[OPTION...] DEVICE"], operands: "files",
  options: {
    print: flag(["-p", "--print"], "print the table"), clear: flag(["-o", "--clear"], "an empty table"), zapAll: flag(["-Z", "--zap-all"], "destroy GPT and MBR"), zap: flag(["-z", "--zap"], "destroy the GPT"), create: texts(["-n", "--new"], "NUMBER:START:END", "make a partition; 0 is the default"), remove: texts(["-d", "--delete"], "NUMBER", "delete a partition"), type: texts(["-t", "--typecode"], "NUMBER:CODE", "set a type"), rename: texts(["-c", "--change-name"], "NUMBER:NAME", "set a name"), info: texts(["-i", "--info"], "NUMBER", "tell about a partition"),
    largest: texts(["-N", "--largest-new"], "NUMBER", "make a partition of the largest gap"), guid: texts(["-u", "--partition-guid"], "NUMBER:GUID", "set a partition's GUID; R is a random one"), diskGuid: texts(["-U", "--disk-guid"], "GUID", "set the disk's GUID"), randomize: flag(["-G", "--randomize-guids"], "new GUIDs"), verify: flag(["-v", "--verify"], "look for mistakes"), list: flag(["-L", "--list-types"], "list the codes"), move: flag(["-e", "--move-second-header"], "the copy to the disk's end (always so)"), first: flag(["-F", "--first-aligned-in-largest"], "print where the largest gap begins"), last: flag(["-E", "--end-of-largest"], "print where the largest gap ends"), sort: flag(["-s", "--sort"], "number them in their order"), convert: flag(["-g", "--mbrtogpt"], "make a DOS table a GPT"), pretend: flag(["-P", "--pretend"], "write nothing"), alignment: texts(["-a", "--set-alignment"], "SECTORS", "taken"),
    backup: unsimulated(["-b", "--backup"], "FILE", "use sfdisk --dump"), load: unsimulated(["-l", "--load-backup"], "FILE", "use sfdisk"), hybrid: unsimulated(["-h", "--hybrid"], "a hybrid MBR", "tables are pure here"), attributes: unsimulated(["-A", "--attributes"], "flags of a partition", "they have none here"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    if (options.list) {
      for (let at = 0; at < CODES.length; at += 2) io.out.put(`${CODES.slice(at, at + 2).map(([code, , name]) => `${code} ${name}`.padEnd(41)).join("").trimEnd()}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined) {
      yield* io.stderr("Usage: sgdisk [OPTION...] <device>\n");
      return 1;
    }
    let disk: OpenDisk;
    try {
      disk = yield* OpenDisk.open(sys, path, !options.pretend && given.some(({ option }) => !["print", "info", "verify", "first", "last"].includes(option)));
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
        for (const one of old.partitions) label.partitions.push({ ...one, type: typeOf(`${one.type.padStart(2, "0")}00`) ?? CODES[3]?.[1] ?? "", bootable: false, uuid: newGuid(sys), name: "" });
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
          label.partitions.push({ number: wanted, start, sectors: end - start + 1, type: CODES[3]?.[1] ?? "", bootable: false, uuid: newGuid(sys), name: "" });
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
        case "print":
          io.out.put(summary(path, disk, label));
          break;
        case "first": case "last":
          io.out.put(`${span()?.[occurrence.option] ?? 0}\n`);
          break;
        case "info": {
          const one = find(word);
          if (!one) io.out.put(`Partition #${number} does not exist.\n`);
          else io.out.put(`Partition GUID code: ${one.type} (${nameOf(one.type)})\nPartition unique GUID: ${one.uuid}\nFirst sector: ${one.start} (at ${sizeText(one.start)})\nLast sector: ${one.start + one.sectors - 1} (at ${sizeText(one.start + one.sectors - 1)})\nPartition size: ${one.sectors} sectors (${sizeText(one.sectors)})\nAttribute flags: 0000000000000000\nPartition name: '${one.name}'\n`);
          break;
        }
        case "verify": {
          const last = disk.totalSectors - 34;
          const edges = [...label.partitions].sort((a, b) => a.start - b.start);
          const gaps: number[] = [];
          let at = FIRST;
          for (const one of [...edges, { start: last + 1, sectors: 0 }]) {
            if (one.start > at) gaps.push(one.start - at);
            at = one.start + one.sectors;
          }
          const free = gaps.reduce((sum, gap) => sum + gap, 0);
          const largest = Math.max(0, ...gaps);
          for (const one of edges) if ((one.start + one.sectors) % GRAIN !== 0) io.out.put(`\nCaution: Partition ${one.number} doesn't end on a ${GRAIN}-sector boundary. This may\nresult in problems with some disk encryption tools.\n`);
          io.out.put(`\nNo problems found. ${free} free sectors (${sizeText(free)}) available in ${gaps.length}\nsegments, the largest of which is ${largest} (${sizeText(largest)}) in size.\n`);
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
