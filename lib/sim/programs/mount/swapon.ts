// swapon: gives the kernel areas for paging, and lists them (swapon(8)).
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { parseFstab } from "../kit/mount-options.ts";
import { deviceOfTag, probeQuietly } from "../kit/probe-device.ts";
import { Table } from "../kit/table.ts";
import { type Io, flag, optionalText, text, texts, unsimulated, utilLinux, unknownColumn } from "../kit/util-linux.ts";

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

const RIGHT = new Set(["SIZE", "USED", "PRIO"]);

export default utilLinux({
  name: "swapon", path: "/sbin/swapon", manSection: 8, summary: "use devices and files as swap space (paging)", synopsis: ["[options] [<spec>]"],
  options: {
    all: flag(["-a", "--all"], "every area that /etc/fstab names"), discard: optionalText(["-d", "--discard"], "policy", "tell the device which pages are free"), summary: flag(["-s", "--summary"], "the list of areas in its old form (better: --show)"), options: text(["-o", "--options"], "list", "options of the area, with commas between"),
    show: optionalText(["--show"], "columns", "a table of the areas, with columns of your choice"), noheadings: flag(["--noheadings"], "--show without its heading line"), raw: flag(["--raw"], "--show without padding"), bytes: flag(["--bytes"], "--show with sizes as plain numbers of bytes"), ifExists: flag(["-e", "--ifexists"], "no complaint about a device that is missing"),
    priority: text(["-p", "--priority"], "prio", "areas of high priority fill up first"), fixpgsz: unsimulated(["-f", "--fixpgsz"], "mkswap again where the page size differs", "pages have one size here"), verbose: flag(["-v", "--verbose"], "tell each step"), labels: texts(["-L"], "label", "the area with this LABEL"), uuids: texts(["-U"], "uuid", "the area with this UUID"),
  },
  operands: "files", failureStatus: 255,
  *run({ options, operands, sys }, io: Io) {
    const content = (yield* readTextFile(sys, "/proc/swaps")) ?? "";
    const rows = content.trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
    if (options.summary) {
      if (rows.length > 0) io.out.put(content);
      return 0;
    }
    const specs = [...operands, ...options.labels.map((one) => `LABEL=${one}`), ...options.uuids.map((one) => `UUID=${one}`)];
    if (options.show !== undefined || (specs.length === 0 && !options.all)) {
      const columns = (typeof options.show === "string" ? options.show.replace(/^=/, "") : "NAME,TYPE,SIZE,USED,PRIO").toUpperCase().split(",");
      const unknown = unknownColumn(typeof options.show === "string" ? options.show : "NAME", (name) => ["NAME", "TYPE", "SIZE", "USED", "PRIO", "UUID", "LABEL"].includes(name));
      if (unknown !== undefined) io.die(`unknown column: ${unknown}`, 1);
      if (rows.length === 0) return 0;
      const table = new Table(columns.map((name) => ({ name, ...(RIGHT.has(name) && { right: true }) })));
      const size = (kib: string | undefined): string => (options.bytes ? String(Number(kib) * 1024) : deviceSize(Number(kib) * 1024));
      for (const [name = "", type = "", total, used, priority = ""] of rows) {
        const probed = yield* probeQuietly(sys, name);
        const cells = new Map([["NAME", name], ["TYPE", type], ["SIZE", size(total)], ["USED", size(used)], ["PRIO", priority], ["UUID", probed.uuid ?? ""], ["LABEL", probed.label ?? ""]]);
        table.row(columns.map((column) => cells.get(column) ?? ""));
      }
      io.out.put(table.text({ mode: options.raw ? "raw" : "table", headings: !options.noheadings, utf8: io.utf8 }));
      return 0;
    }
    const enable = function* (spec: string, priority: number): Blocking<void> {
      const path = (yield* deviceOfTag(sys, spec)) ?? "";
      if (path === "") {
        yield* io.fail(`cannot find the device for ${spec.replace(/^(?:LABEL|UUID)=/, "")}`);
        return;
      }
      const full = path.startsWith("/") ? path : `${sys.getcwd().replace(/\/$/, "")}/${path}`;
      if (options.verbose) {
        io.out.put(`swapon ${full}\n`);
        yield* io.out.flush();
      }
      try {
        const stat = sys.stat(full);
        const fd = yield* sys.open(full, O.RDONLY);
        const head = yield* sys.pread(fd, 1040, 0);
        const devsize = (stat.mode & S.IFMT) === S.IFBLK ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : stat.sizeBytes;
        sys.close(fd);
        const file = (stat.mode & S.IFMT) === S.IFREG;
        if ((stat.mode & S.IFMT) === S.IFDIR) {
          yield* io.fail(`${full}: read swap header failed`);
          return;
        }
        if (file && (stat.mode & 0o077) !== 0) yield* io.warn(`${full}: insecure permissions ${(stat.mode & 0o777).toString(8).padStart(4, "0")}, 0600 suggested.`);
        if (file && stat.uid !== 0) yield* io.warn(`${full}: insecure file owner ${stat.uid}, 0 (root) suggested.`);
        if (file && stat.blocks * 512 < stat.sizeBytes) {
          yield* io.fail(`${full}: skipping - it appears to have holes.`);
          return;
        }
        if ((yield* probeQuietly(sys, full)).type !== "swap") {
          yield* io.fail(`${full}: read swap header failed`);
          return;
        }
        if (options.verbose) {
          const pages = new DataView(head.buffer, head.byteOffset).getUint32(1028, true) + 1;
          yield* io.warn(`${full}: found signature [pagesize=4096, signature=swap]`);
          yield* io.warn(`${full}: pagesize=4096, swapsize=${pages * 4096}, devsize=${devsize}`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (options.ifExists && error.errno === "ENOENT") return;
        yield* io.fail(`cannot open ${error.errno === "ENOENT" ? spec : full}: ${error.message}`);
        return;
      }
      try {
        sys.swapon(full, priority);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${full}: swapon failed: ${error.message}`);
      }
    };
    const fromOptions = (words: string): number => Number(/(?:^|,)pri=(\d+)/.exec(words)?.[1] ?? -1);
    if (options.all) {
      for (const entry of parseFstab((yield* readTextFile(sys, "/etc/fstab")) ?? "")) {
        if (entry.type !== "swap") continue;
        const ignored = function* (device: string, why: string): Blocking<void> {
          if (options.verbose) yield* io.warn(`${device}: ${why} -- ignored`);
        };
        const words = entry.options.split(",");
        if (words.includes("noauto")) {
          yield* ignored(entry.source, "noauto option");
          continue;
        }
        const device = (yield* deviceOfTag(sys, entry.source)) ?? entry.source;
        if (rows.some(([name]) => name === device)) {
          yield* ignored(device, "already active");
          continue;
        }
        if (words.includes("nofail") && !exists(sys, device)) {
          yield* ignored(device, "inaccessible");
          continue;
        }
        yield* enable(entry.source, fromOptions(entry.options));
      }
    }
    if (options.priority !== undefined && !/^-?\d+$/.test(options.priority)) io.die(`failed to parse priority: '${options.priority}'`, 1);
    for (const spec of specs) yield* enable(spec, options.priority !== undefined ? Number(options.priority) : fromOptions(options.options ?? ""));
    return undefined;
  },
});
