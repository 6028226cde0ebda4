// lsfd(1): the open files of processes, with what surrounds them: working directory, root, program, namespaces.
import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { listPids, readProcess } from "../kit/processes.ts";
import { RegexLimitError, RegexSyntaxError } from "../kit/regex/compile-regex.ts";
import { Table } from "../kit/table.ts";
import { flag, type Io, optionalText, text, texts, utilLinux } from "../kit/util-linux.ts";
import { type Cells, FilterError, parseFilter } from "./_filter.ts";

const NUMBERS = new Set(["FD", "INODE", "MAPLEN", "MNTID", "NLINK", "PID", "POS", "SIZE", "TID", "UID", "FUID"]);
const COLUMNS: readonly (readonly [name: string, meaning: string])[] = [
  ["ASSOC", "how the file belongs to the process"], ["BLKDRV", "driver of a block device"], ["CHRDRV", "driver of a character device"], ["COMMAND", "name of the process"], ["DELETED", "whether the file has no name any more"], ["DEV", "device of the file system"], ["DEVTYPE", "blk, char or nodev"], ["FD", "descriptor"],
  ["FLAGS", "flags of open(2)"], ["INODE", "inode number"], ["KTHREAD", "whether it is a kernel thread"], ["MAJ:MIN", "numbers of the device"], ["MAPLEN", "how many pages a mapping has"], ["MISCDEV", "name of a misc device"], ["MNTID", "number of the mount"], ["MODE", "read, write, execute"], ["NAME", "name of the file"], ["NLINK", "how many names the file has"],
  ["PARTITION", "partition"], ["PID", "process"], ["POS", "position"], ["PROTONAME", "protocol"], ["RDEV", "numbers of a device file"], ["SIZE", "bytes"], ["SOURCE", "file system or device"], ["TID", "thread"], ["TYPE", "kind of file"], ["UID", "user number of the process"], ["USER", "user of the process"], ["FUID", "user number of the owner"], ["OWNER", "owner"],
];
const NAMES = new Set(COLUMNS.map(([name]) => name));
const DEFAULT = "COMMAND,PID,USER,ASSOC,MODE,TYPE,SOURCE,MNTID,INODE,NAME";
const KINDS: ReadonlyMap<number, string> = new Map([[S.IFREG, "REG"], [S.IFDIR, "DIR"], [S.IFCHR, "CHR"], [S.IFBLK, "BLK"], [S.IFIFO, "FIFO"], [S.IFSOCK, "SOCK"], [S.IFLNK, "LINK"]]);
const NAMESPACES = ["cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"];
const COUNTERS: readonly (readonly [name: string, expression: string])[] = [
  ["processes", "ASSOC == 'cwd'"], ["root owned processes", "(ASSOC == 'cwd') && (UID == 0)"], ["kernel threads", "(ASSOC == 'cwd') && KTHREAD"], ["open files", "FD >= 0"], ["RO open files", "(FD >= 0) and (MODE == 'r--')"], ["WO open files", "(FD >= 0) and (MODE == '-w-')"], ["shared mappings", "ASSOC == 'shm'"], ["RO shared mappings", "(ASSOC == 'shm') and (MODE == 'r--')"],
  ["WO shared mappings", "(ASSOC == 'shm') and (MODE == '-w-')"], ["regular files", "(FD >= 0) && (TYPE == 'REG')"], ["directories", "(FD >= 0) && (TYPE == 'DIR')"], ["sockets", "(FD >= 0) && (TYPE == 'SOCK')"], ["fifos/pipes", "(FD >= 0) && (TYPE == 'FIFO')"],
];

const major = (device: number): number => (device >>> 8) & 0xfff;
const minor = (device: number): number => (device & 0xff) | ((device >>> 12) & 0xfff00);

interface Facts {
  readonly cells: ReadonlyMap<string, string>;
}

class Collector {
  readonly #sys: Sys;
  readonly #accounts: Accounts;
  /** "254:1" → vda1 */
  readonly #sources = new Map<string, string>();
  /** "1:3" → null */
  readonly #drivers: ReadonlyMap<string, string>;

  constructor(sys: Sys, accounts: Accounts, partitions: string, devices: string) {
    this.#sys = sys;
    this.#accounts = accounts;
    for (const line of partitions.split("\n")) {
      const [maj, min, , name] = line.trim().split(/\s+/);
      if (name !== undefined && /^\d+$/.test(maj ?? "")) this.#sources.set(`${maj}:${min}`, name);
    }
    this.#drivers = new Map([...devices.matchAll(/^\s*(\d+) (\S+)$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]));
  }

  *of(pid: number, command: string, uid: number, kernelThread: boolean, threads: readonly number[]): Blocking<readonly Facts[]> {
    const rows: Facts[] = [];
    const add = (assoc: string, path: string, mode: string, more: readonly (readonly [string, string])[] = []): void => {
      let target: string;
      let stat: Stat | undefined;
      try {
        target = this.#sys.readlink(path);
        stat = this.#sys.stat(path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EACCES" || error.errno === "EPERM") return;
        target = "";
      }
      if (target === "") return;
      rows.push({ cells: new Map([["COMMAND", command], ["PID", String(pid)], ["TID", String(pid)], ["UID", String(uid)], ["USER", this.#accounts.userName(uid)], ["KTHREAD", kernelThread ? "1" : "0"], ["ASSOC", assoc], ["MODE", mode], ["MNTID", "0"], ...this.#file(target, stat), ...more]) });
    };
    add("exe", `/proc/${pid}/exe`, "---");
    add("cwd", `/proc/${pid}/cwd`, "---");
    add("rtd", `/proc/${pid}/root`, "---");
    for (const name of NAMESPACES) add(name.replace("_for_children", "4c"), `/proc/${pid}/ns/${name}`, "---");
    const maps = new Set([...((yield* readTextFile(this.#sys, `/proc/${pid}/maps`)) ?? "").matchAll(/^\S+ (\S)(\S)(\S)(\S) \S+ \S+ \d+ +(\/.*)$/gm)].map((match) => `${match[1] ?? "-"}${match[2] ?? "-"}${match[3] ?? "-"} ${match[4] === "s" ? "shm" : "mem"} ${match[5] ?? ""}`));
    for (const map of maps) {
      const [mode = "", assoc = "", ...name] = map.split(" ");
      try {
        const stat = this.#sys.stat(name.join(" "));
        rows.push({ cells: new Map([["COMMAND", command], ["PID", String(pid)], ["TID", String(pid)], ["UID", String(uid)], ["USER", this.#accounts.userName(uid)], ["KTHREAD", "0"], ["ASSOC", assoc], ["MODE", mode], ["MNTID", "0"], ...this.#file(name.join(" "), stat)]) });
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    for (const thread of threads) {
      let names: readonly string[] = [];
      try {
        names = this.#sys.readdir(`/proc/${pid}/fd`).map(({ name }) => name).sort((a, b) => Number(a) - Number(b));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      for (const fd of names) {
        if (this.#sys.charge(10)) yield* this.#sys.preempt();
        const info = (yield* readTextFile(this.#sys, `/proc/${pid}/fdinfo/${fd}`)) ?? "";
        const flags = Number.parseInt(/^flags:\s+(\d+)/m.exec(info)?.[1] ?? "0", 8);
        const access = flags & 3;
        const words = [["rdonly", "wronly", "rdwr"][access] ?? "", (flags & 0o2000) !== 0 ? "append" : "", (flags & 0o4000) !== 0 ? "nonblock" : "", (flags & 0o100000) !== 0 ? "largefile" : "", (flags & 0o200000) !== 0 ? "directory" : "", (flags & 0o2000000) !== 0 ? "cloexec" : ""].filter((word) => word !== "" && word !== "rdonly");
        add(fd, `/proc/${pid}/fd/${fd}`, `${access !== 1 ? "r" : "-"}${access !== 0 ? "w" : "-"}-`, [["FD", fd], ["TID", String(thread)], ["POS", /^pos:\s+(\d+)/m.exec(info)?.[1] ?? "0"], ["MNTID", /^mnt_id:\s+(\d+)/m.exec(info)?.[1] ?? "0"], ["FLAGS", words.join(",")]]);
      }
    }
    return rows;
  }

  #file(target: string, stat: Stat | undefined): readonly (readonly [string, string])[] {
    if (stat === undefined) return [["NAME", target], ["TYPE", "UNKN"]];
    const kind = KINDS.get(stat.mode & S.IFMT) ?? "UNKN";
    const device = kind === "BLK" || kind === "CHR" ? stat.rdev : stat.dev;
    const dev = `${major(stat.dev)}:${minor(stat.dev)}`;
    const own = `${major(device)}:${minor(device)}`;
    const internal = /^[a-z]+:\[\d+\]$/.test(target);
    const driver = this.#drivers.get(String(major(device))) ?? "";
    const source = kind === "CHR" ? `${driver === "" ? own : driver}:${minor(device)}`.replace(/^(\d+:\d+):\d+$/, "$1") : kind === "BLK" ? (this.#sources.get(own) ?? own) : internal && kind === "FIFO" ? "pipefs" : internal && kind === "SOCK" ? "sockfs" : internal ? dev : (this.#sources.get(dev) ?? dev);
    const deleted = target.endsWith(" (deleted)");
    return [
      ["NAME", kind === "SOCK" ? "state=connected" : target], ["TYPE", kind], ["INODE", String(stat.ino)], ["SOURCE", source], ["DEV", dev], ["MAJ:MIN", own], ["DEVTYPE", kind === "BLK" ? "blk" : kind === "CHR" ? "char" : "nodev"], ["DELETED", deleted ? "1" : "0"], ["NLINK", String(stat.nlink)], ["SIZE", kind === "REG" ? String(stat.sizeBytes) : ""],
      ["RDEV", kind === "BLK" || kind === "CHR" ? own : ""], ["PARTITION", this.#sources.get(own) ?? ""], ["CHRDRV", kind === "CHR" ? driver : ""], ["BLKDRV", kind === "BLK" ? driver : ""], ["FUID", String(stat.uid)], ["OWNER", this.#accounts.userName(stat.uid)],
    ];
  }
}

export default utilLinux({
  name: "lsfd", summary: "list the files that processes hold open", synopsis: ["[options]"], operands: "none",
  lists: [{ heading: "Available output columns:", width: 12, words: COLUMNS }],
  options: {
    threads: flag(["-l", "--threads"], "a line for each thread too"), json: flag(["-J", "--json"], "write JSON"), noheadings: flag(["-n", "--noheadings"], "no heading line"), output: text(["-o", "--output"], "list", "the columns that are shown"), raw: flag(["-r", "--raw"], "write columns without padding"), whole: flag(["-u", "--notruncate"], "columns are as wide as their text"), pids: texts(["-p", "--pid"], "pid(s)", "only these processes"),
    filters: texts(["-Q", "--filter"], "expr", "only what this filter lets through"), counters: texts(["-C", "--counter"], "name:expr", "define a counter for --summary"), dumpCounters: flag(["--dump-counters"], "show the definitions of counters"), summary: optionalText(["--summary"], "when", "print counters (only, append or never)"),
  },
  description: ["A filter compares columns with numbers and texts, PID == 1, TYPE == 'SOCK' or NAME =~ '/dev/pts/.*' for instance, and joins comparisons by and, or and not."],
  seeAlso: ["lsof(8)", "fuser(1)"],
  *run({ options, sys }, io: Io) {
    const wanted = (options.output ?? (options.threads ? DEFAULT.replace("PID", "PID,TID") : DEFAULT)).toUpperCase().split(",").map((name) => name.replace(/^\+/, ""));
    for (const name of options.output?.startsWith("+") === true ? [...DEFAULT.split(","), ...wanted] : wanted) if (!NAMES.has(name)) io.die(`unknown column: ${options.output ?? name}`);
    const columns = options.output?.startsWith("+") === true ? [...DEFAULT.split(","), ...wanted] : wanted;
    const counters = options.counters.length > 0 ? options.counters.map((spec) => [spec.slice(0, Math.max(0, spec.indexOf(":"))), spec.slice(spec.indexOf(":") + 1)] as const) : COUNTERS;
    if (options.dumpCounters) {
      io.out.put(`${options.counters.length > 0 ? "custom counter specs" : "default counter specs"}:\n${counters.map(([name, expression]) => `\t${name}:${expression}\n`).join("")}`);
      return 0;
    }
    const summary = options.summary === true ? "append" : (options.summary ?? "never");
    if (!["only", "append", "never"].includes(summary)) io.die(`invalid argument of --summary: ${summary}`);
    try {
      const tests = options.filters.map((expression) => parseFilter(expression, NAMES));
      const counting = summary === "never" ? [] : counters.map(([name, expression]) => ({ name, test: parseFilter(expression, NAMES), count: 0 }));
      const pids = options.pids.length === 0 ? undefined : new Set(options.pids.flatMap((list) => list.split(/[,\s]+/)).map((word) => (/^\d+$/.test(word) ? Number(word) : io.die(`invalid PID argument: '${word}'`))));
      const collector = new Collector(sys, yield* Accounts.read(sys), (yield* readTextFile(sys, "/proc/partitions")) ?? "", (yield* readTextFile(sys, "/proc/devices")) ?? "");
      const table = new Table(columns.map((name) => ({ name, ...(NUMBERS.has(name) || name === "ASSOC" || name === "MODE" || name === "SOURCE" ? { right: true } : {}), ...(NUMBERS.has(name) && { json: "number" as const }), ...((name === "KTHREAD" || name === "DELETED") && { json: "boolean" as const }) })));
      for (const pid of listPids(sys)) {
        if (pids !== undefined && !pids.has(pid)) continue;
        const process = yield* readProcess(sys, pid);
        if (process === undefined) continue;
        const threads = options.threads ? sys.readdir(`/proc/${pid}/task`).map(({ name }) => Number(name)) : [pid];
        for (const { cells } of yield* collector.of(pid, process.comm, process.uids[1] ?? 0, process.ppid === 2 || pid === 2, threads)) {
          const read: Cells = (name) => cells.get(name) ?? "";
          if (!tests.every((test) => test(read))) continue;
          for (const counter of counting) if (counter.test(read)) counter.count++;
          table.row(columns.map(read));
        }
      }
      const mode = options.json ? "json" : options.raw ? "raw" : "table";
      const width = options.whole || !sys.isatty(1) ? undefined : sys.getWindowSize(1).cols;
      if (summary !== "only") io.out.put(table.text({ mode, headings: !options.noheadings, jsonName: "lsfd", utf8: io.utf8, width }));
      if (summary !== "never") {
        const shown = new Table([{ name: "VALUE", right: true, json: "number" }, { name: "COUNTER" }]);
        for (const { name, count } of counting) shown.row([String(count), name]);
        io.out.put(`${summary === "append" && !options.json ? "\n" : ""}${shown.text({ mode, headings: !options.noheadings, jsonName: "lsfd-summary", utf8: io.utf8 })}`);
      }
    } catch (error) {
      if (error instanceof FilterError) io.die(error.message);
      if (error instanceof RegexSyntaxError || error instanceof RegexLimitError) io.die(`invalid regular expression: ${error.message}`);
      throw error;
    }
    return 0;
  },
});
