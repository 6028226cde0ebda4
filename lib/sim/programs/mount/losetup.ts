import { O, SysError } from "../../kernel/sys.ts";
import { attachLoop, attachedLoops, detachLoop, freeLoop } from "../kit/loop-device.ts";
import { sizeOfWord } from "../kit/block-target.ts";
import { nameExists } from "../kit/presence.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, utilLinux, unknownColumn } from "../kit/util-linux.ts";

const COLUMNS = ["AUTOCLEAR", "BACK-FILE", "BACK-INO", "BACK-MAJ:MIN", "MAJ:MIN", "NAME", "OFFSET", "PARTSCAN", "RO", "SIZELIMIT", "DIO", "LOG-SEC"];
const DEFAULT = "NAME,SIZELIMIT,OFFSET,AUTOCLEAR,RO,BACK-FILE,DIO,LOG-SEC";

export default utilLinux({
  name: "losetup", path: "/sbin/losetup", manSection: 8,
  summary: "attach files to loop devices and detach them",
  synopsis: ["[options] [<loopdev>]", "[options] -f | <loopdev> <file>"],
  options: {
    all: flag(["-a", "--all"], "all devices in use"),
    detach: flag(["-d", "--detach"], "detach these devices"),
    detachAll: flag(["-D", "--detach-all"], "detach every device in use"),
    find: flag(["-f", "--find"], "the first free device"),
    setCapacity: text(["-c", "--set-capacity"], "loopdev", "take over the file's new size"),
    associated: text(["-j", "--associated"], "file", "the devices that <file> is attached to"),
    noOverlap: flag(["-L", "--nooverlap"], "refuse a second device over the same part of a file"),
    offset: text(["-o", "--offset"], "num", "leave out <num> bytes at the file's beginning"),
    sizeLimit: text(["--sizelimit"], "num", "the device shows at most <num> bytes of the file"),
    sectorSize: text(["-b", "--sector-size"], "num", "sectors of <num> bytes"),
    partscan: flag(["-P", "--partscan"], "look for partitions inside"),
    readOnly: flag(["-r", "--read-only"], "the device cannot be written to"),
    directIo: optionalText(["--direct-io"], "on|off", "bypass the page cache (O_DIRECT): on or off"),
    show: flag(["--show"], "say which device -f has found"),
    verbose: flag(["-v", "--verbose"], "tell each step"),
    json: flag(["-J", "--json"], "--list as JSON"),
    list: flag(["-l", "--list"], "a table of these devices, or of all (the default)"),
    noheadings: flag(["-n", "--noheadings"], "--list without its heading line"),
    output: text(["-O", "--output"], "cols", "the columns of --list"),
    raw: flag(["--raw"], "--list without padding"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const bytes = (value: string | undefined, what: string): number | undefined => (value === undefined ? undefined : (sizeOfWord(value) ?? io.die(`failed to parse ${what}: '${value}': Invalid argument`)));
    const offset = bytes(options.offset, "offset");
    const sizeLimitBytes = bytes(options.sizeLimit, "size");
    bytes(options.sectorSize, "logical block size");
    const columns = (options.output ?? DEFAULT).toUpperCase().split(",");
    const unknown = unknownColumn(options.output ?? "", (name) => name === "" || COLUMNS.includes(name));
    if (unknown !== undefined) io.die(`unknown column: ${unknown}`);
    if (options.detach && operands.length === 0) io.usage("option requires an argument -- 'd'");
    if (options.detach || options.detachAll) {
      const targets = options.detachAll ? (yield* attachedLoops(sys)).map((one) => one.device) : operands;
      for (const device of targets) {
        try {
          yield* detachLoop(sys, device);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.fail(error.errno === "ENOENT" ? `${device}: failed to use device: No such device` : `${device}: detach failed: ${error.message}`);
        }
      }
      return undefined;
    }
    if (options.setCapacity !== undefined) {
      try {
        const fd = yield* sys.open(options.setCapacity, O.RDONLY);
        sys.ioctl(fd, "LOOP_SET_CAPACITY");
        sys.close(fd);
        return 0;
      } catch (error) {
        if (error instanceof SysError) io.die(error.errno === "ENOENT" ? `${options.setCapacity}: failed to use device: No such device` : `${options.setCapacity}: set capacity failed: ${error.message}`);
        throw error;
      }
    }
    const file = options.find ? operands[0] : operands[1];
    if (options.find && file === undefined) {
      try {
        io.out.put(`${yield* freeLoop(sys)}\n`);
        return 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        // who may not ask the driver looks which of the nodes have no file behind them
        const free = [0, 1, 2, 3, 4, 5, 6, 7].find((number) => nameExists(sys, `/dev/loop${number}`) && !nameExists(sys, `/sys/block/loop${number}/loop/backing_file`));
        if (error.errno !== "EACCES" || free === undefined) io.die(`cannot find an unused loop device: ${error.message}`);
        io.out.put(`/dev/loop${free}\n`);
        return 0;
      }
    }
    if (file !== undefined) {
      const device = options.find ? undefined : operands[0];
      try {
        const loop = yield* attachLoop(sys, {
          file: file.startsWith("/") ? file : `${sys.getcwd().replace(/\/$/, "")}/${file}`, readOnly: options.readOnly, partscan: options.partscan, ...(offset !== undefined && { offset }), ...(sizeLimitBytes !== undefined && { sizeLimitBytes }), ...(device !== undefined && { device }),
        });
        sys.close(loop.fd);
        if (options.show) io.out.put(`${loop.device}\n`);
        return 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EACCES" && sys.getcred().euid !== 0) io.die(options.find ? "cannot find an unused loop device: Permission denied" : `${device}: failed to set up loop device: Permission denied`);
        io.die(`${file}: failed to set up loop device: ${error.message}`);
      }
    }
    const all = yield* attachedLoops(sys);
    const full = (name: string): string => (name.startsWith("/") ? name : `${sys.getcwd().replace(/\/$/, "")}/${name}`);
    const chosen = options.associated !== undefined ? all.filter((one) => one.fileName === full(options.associated ?? "")) : operands.length > 0 ? all.filter((one) => one.device === operands[0]) : all;
    const tabular = options.list || options.output !== undefined || options.json || options.raw || (operands.length === 0 && !options.all && options.associated === undefined);
    if (operands.length > 0 && chosen.length === 0) io.die(`${operands[0]}: failed to use device: No such device`);
    if (!tabular) {
      for (const one of chosen) {
        const { dev, ino } = one;
        io.out.put(`${one.device}: [${String(dev).padStart(4, "0")}]:${ino} (${one.fileName})${one.offset > 0 ? `, offset ${one.offset}` : ""}${one.sizeLimitBytes > 0 ? `, sizelimit ${one.sizeLimitBytes}` : ""}\n`);
      }
      return 0;
    }
    if (chosen.length === 0 && !options.json) return 0;
    const right = new Set(["SIZELIMIT", "OFFSET", "AUTOCLEAR", "RO", "DIO", "LOG-SEC", "PARTSCAN"]);
    const table = new Table(columns.map((name) => ({ name, ...(right.has(name) && { right: true, json: "number" as const }) })));
    for (const one of chosen) {
      table.row(columns.map((name) => {
        switch (name) {
          case "NAME": return one.device;
          case "SIZELIMIT": return String(one.sizeLimitBytes);
          case "OFFSET": return String(one.offset);
          case "AUTOCLEAR": return one.autoclear ? "1" : "0";
          case "RO": return one.readOnly ? "1" : "0";
          case "PARTSCAN": return one.partscan ? "1" : "0";
          case "DIO": return one.directIo ? "1" : "0";
          case "LOG-SEC": return "512";
          case "BACK-FILE": return one.fileName;
          case "MAJ:MIN": return `7:${one.number}`;
          case "BACK-INO": return String(one.ino);
          default: return "";
        }
      }));
    }
    io.out.put(table.text({ mode: options.json ? "json" : options.raw ? "raw" : "table", headings: !options.noheadings, jsonName: "loopdevices", utf8: io.utf8 }));
    return 0;
  },
});
