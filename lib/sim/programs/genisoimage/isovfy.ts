// isovfy 1.1.11 (cdrkit): whether the directories of an ISO 9660 image hang together.

import { type Blocking, errnoNumber, O, SysError } from "../../kernel/sys.ts";
import { Exit } from "../kit/io.ts";
import { flag, type Io, program, text, unsimulated } from "../kit/program.ts";
import { readArguments } from "./_arguments.ts";
import { type DirectoryRecord, Image, ShortRead } from "./_image.ts";

const BAD = 255;
const USAGE = "Usage: isovfy [options] image\nOptions:\n\t-help, -h\tshow this text\n\t-version\tshow the version\n\t-i filename\tthe image\n\tdev=target\tthe drive with the disc\n\nIf neither -i nor dev= are speficied, <image> is needed.\n";

export default program(
  {
    name: "isovfy", showsHelp: true, summary: "check the directories of an ISO 9660 image", synopsis: ["[-i] IMAGE"], operands: "files",
    options: [text(["-i"], "IMAGE", "the image, or a device"), unsimulated(["dev="], "the drive with the disc", "-i /dev/sr0 reads it"), flag(["-h", "-help"], "show how it is called"), flag(["-version"], "show the version")],
    seeAlso: ["genisoimage(1)", "isoinfo(1)"],
  },
  function* (sys, argv, io: Io) {
    const name = io.argv0.replace(/^.*\//, "");
    const given = readArguments(argv.slice(1), { flags: ["help", "h", "version"], values: ["i", "dev"] });
    const usage = function* (first: string, status: number): Blocking<number> {
      yield* io.stderr(`${first}${name}: `);
      yield* io.stderr(USAGE);
      return status;
    };
    if (typeof given === "string") return yield* usage(`${name}: Bad Option: '${given}'\n`, BAD);
    if (given.flags.has("help") || given.flags.has("h")) return yield* usage("", 0);
    if (given.flags.has("version")) {
      io.out.put("isovfy 1.1.11 (Linux)\n");
      return 0;
    }
    if (given.values.has("dev")) {
      sys.observe({ kind: "unsimulated", command: "isovfy", detail: "dev=" });
      io.die("option 'dev=' is not simulated here", BAD);
    }
    const path = given.values.get("i") ?? given.operand;
    if (path === undefined) return yield* usage(`${name}: ISO-9660 image not specified\n`, BAD);
    let fd = -1;
    try {
      fd = yield* sys.open(path, O.RDONLY);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.warn(`${error.message}. Cannot open '${path}'. Cannot open SCSI driver.`);
      throw new Exit(errnoNumber(error.errno), `${error.message}. Cannot open '${path}'`);
    }
    const image = new Image(sys, fd, 0);
    let [directories, sectors, faults] = [0, 0, 0];
    try {
      const volume = yield* image.absolute(16);
      const [extent, bytes] = [volume.u32(158), volume.u32(166)];
      io.out.put(`Root at extent ${extent.toString(16)}, ${bytes} bytes\n`);
      yield* check(extent, bytes, extent);
    } catch (error) {
      if (!(error instanceof ShortRead)) throw error;
      yield* io.warn("Short read on old image");
      return BAD;
    } finally {
      sys.close(fd);
    }
    io.out.put(faults === 0 ? "No errors found\n" : `${faults} errors found\n`);
    return 0;

    function* check(extent: number, bytes: number, parent: number): Blocking<void> {
      if (directories % 100 === 0) io.out.put(`[${directories} ${sectors}]\n`);
      directories++;
      sectors += Math.floor(bytes / 2048);
      if ((bytes & 0x3ff) !== 0) io.out.put("********Directory has unusual size\n");
      for (const record of yield* image.directory(extent, bytes - (bytes % 2048), false)) {
        const special = record.name.length === 1 && (record.name[0] ?? 0) <= 1;
        const wrong = [
          ...(special && record.extent !== (record.name[0] === 0 ? extent : parent) ? ["***** Directory has null extent."] : []), ...(record.sizeBytes > 0 && record.extent === 0 ? ["****Extent==0, size != 0"] : []), ...((record.flags & 0xf5) === 0 ? [] : [`Flags=(${record.flags.toString(16)}) `]),
        ];
        if (wrong.length > 0) {
          faults++;
          io.out.put(`${extent.toString(16)}: ${lineOf(record)}${wrong.join("")}\n`);
        }
        if (!special && (record.flags & 2) !== 0) yield* check(record.extent, record.sizeBytes, extent);
      }
    }
  },
);

function lineOf({ name, extent, sizeBytes, flags, system }: DirectoryRecord): string {
  const shown = name.length === 1 && (name[0] ?? 0) <= 1 ? (name[0] === 0 ? "." : "..") : String.fromCharCode(...name);
  return `${String(33 + name.length + system.length).padStart(3)} ${extent.toString(16).padStart(5)} ${String(sizeBytes).padStart(8)} ${(flags & 2) === 0 ? " " : "*"}${shown.padEnd(14)}`;
}
