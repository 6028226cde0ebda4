import { SysError } from "../../kernel/sys.ts";
import { GRAIN, OpenDisk, SECTOR_BYTES, deviceSize, isExtended, partitionPath } from "../kit/disk-label.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "partx", path: "/usr/bin/partx", links: ["/sbin/partx"], manSection: 8, summary: "let the kernel know the partitions of a device or image", synopsis: ["[-a|-d|-s|-u] [--nr <n:m> | <partition>] <disk>"],
  options: {
    add: flag(["-a", "--add"], "let the kernel know these partitions, or all"), remove: flag(["-d", "--delete"], "let the kernel forget these partitions, or all"), update: flag(["-u", "--update"], "let the kernel read these partitions again, or all"), show: flag(["-s", "--show"], "list partitions"), bytes: flag(["-b", "--bytes"], "sizes as plain numbers of bytes"), noheadings: flag(["-g", "--noheadings"], "--show without its heading line"), number: text(["-n", "--nr"], "n:m", "from which to which number (e.g. --nr 2:4)"), output: text(["-o", "--output"], "list", "the columns that are shown"), pairs: flag(["-P", "--pairs"], "lines of KEY=\"value\" pairs"), raw: flag(["-r", "--raw"], "write columns without padding"), verbose: flag(["-v", "--verbose"], "tell each step"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined) {
      yield* io.stderr(`${io.argv0}: bad usage\nTry '${io.argv0} --help' for more information.\n`);
      return 1;
    }
    try {
      const disk = yield* OpenDisk.open(sys, path, false);
      const label = yield* disk.readLabel();
      if (label === undefined) io.die(`${path}: failed to read partition table`);
      if (options.add || options.remove || options.update) {
        const refused = disk.reread();
        disk.close();
        if (refused !== undefined) io.die(`${path}: error ${options.remove ? "deleting" : options.add ? "adding" : "updating"} partitions: ${refused.message}`);
        return 0;
      }
      const [from = "", to = from] = (options.number ?? "").split(/[:-]/);
      const columns = (options.output ?? "NR,START,END,SECTORS,SIZE,NAME,UUID").toUpperCase().split(",");
      const table = new Table(columns.map((name) => ({ name, ...(["NR", "START", "END", "SECTORS", "SIZE"].includes(name) && { right: true }) })));
      for (const one of label.partitions.toSorted((a, b) => a.number - b.number)) {
        if (options.number !== undefined && ((from !== "" && one.number < Number(from)) || (to !== "" && one.number > Number(to)))) continue;
        const sectors = isExtended(one) ? Math.min(one.sectors, GRAIN, 2) : one.sectors;
        const cells = new Map([["NR", String(one.number)], ["START", String(one.start)], ["END", String(one.start + one.sectors - 1)], ["SECTORS", String(sectors)], ["SIZE", options.bytes ? String(sectors * SECTOR_BYTES) : deviceSize(sectors * SECTOR_BYTES)], ["NAME", one.name], ["UUID", label.kind === "dos" ? `${label.id}-${one.number.toString(16).padStart(2, "0")}` : one.uuid.toLowerCase()], ["TYPE", label.kind === "dos" ? `0x${one.type}` : one.type.toLowerCase()], ["FLAGS", one.bootable ? "0x80" : "0x0"], ["SCHEME", label.kind], ["DEVICE", partitionPath(path, one.number)]]);
        table.row(columns.map((name) => cells.get(name) ?? ""));
      }
      disk.close();
      if (table.rows.length > 0) io.out.put(table.text({ mode: options.pairs ? "pairs" : options.raw ? "raw" : "table", headings: !options.noheadings, utf8: io.utf8 }));
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(error.errno === "ENOENT" ? `stat of ${path} failed: ${error.message}` : `cannot open ${path}: ${error.message}`);
      throw error;
    }
  },
});
