import { O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { inFrench } from "../kit/messages/declared-french.ts";
import { type Io, flag, program } from "../kit/program.ts";

const COMMANDS: readonly (readonly [name: string, help: string])[] = [
  ["--flushbufs", "flush buffers"], ["--getalignoff", "get alignment offset in bytes"], ["--getbsz", "get blocksize"], ["--getdiscardzeroes", "get discard zeroes support status"], ["--getfra", "get filesystem readahead"], ["--getiomin", "get minimum I/O size"], ["--getioopt", "get optimal I/O size"], ["--getmaxsect", "get max sectors per request"], ["--getpbsz", "get physical block (sector) size"], ["--getra", "get readahead"], ["--getro", "get read-only"], ["--getsize", "get 32-bit sector count (deprecated, use --getsz)"], ["--getsize64", "get size in bytes"], ["--getss", "get logical block (sector) size"], ["--getsz", "get size in 512-byte sectors"], ["--rereadpt", "reread partition table"],
];

export default program(
  { name: "blockdev", path: "/sbin/blockdev", manSection: 8, summary: "call block device ioctls from the command line", synopsis: ["[-v|-q] commands devices", "--report [devices]"], options: [...COMMANDS.map(([name, help]) => flag([name], help)), flag(["-q"], "quiet mode"), flag(["-v"], "verbose mode"), flag(["--report"], "print report for specified (or all) devices")], operands: "files" },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    const commands = words.filter((word) => word.startsWith("--"));
    let devices = words.filter((word) => !word.startsWith("-"));
    if (commands.includes("--help") || words.includes("-h")) {
      io.say(`\nUsage:\n blockdev [-v|-q] commands devices\n blockdev --report [devices]\n blockdev -h|-V\n\nAvailable commands:\n${COMMANDS.map(([name, help]) => ` ${name.padEnd(25)} ${io.helpDomain === undefined ? help : inFrench(help)}\n`).join("")}`);
      return 0;
    }
    const report = commands.includes("--report");
    if (words.length === 0 || (devices.length === 0 && !report)) {
      yield* io.stderr(`blockdev: ${words.length === 0 ? "not enough arguments" : "no device specified"}\nTry 'blockdev --help' for more information.\n`);
      return 1;
    }
    const unknown = commands.find((name) => name !== "--report" && !COMMANDS.some(([known]) => known === name));
    if (unknown !== undefined) {
      yield* io.stderr(`blockdev: Unknown command: ${unknown}\nTry 'blockdev --help' for more information.\n`);
      return 1;
    }
    if (report) {
      if (devices.length === 0) devices = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name !== "").map((name) => `/dev/${name}`);
      io.out.put("RO    RA   SSZ   BSZ        StartSec            Size   Device\n");
    }
    for (const path of devices) {
      try {
        const fd = yield* sys.open(path, O.RDONLY);
        const ask = (request: string): number => Number(sys.ioctl(fd, request));
        if (report) {
          const start = ((yield* readTextFile(sys, `/sys/class/block/${path.split("/").at(-1) ?? ""}/start`)) ?? "0").trim();
          io.out.put(`${ask("BLKROGET") !== 0 ? "ro" : "rw"} ${"256".padStart(5)} ${String(ask("BLKSSZGET")).padStart(5)} ${"4096".padStart(5)} ${start.padStart(15)} ${String(ask("BLKGETSIZE64")).padStart(15)}   ${path}\n`);
        } else {
          for (const command of commands) {
            switch (command) {
              case "--getsize64": io.out.put(`${ask("BLKGETSIZE64")}\n`); break;
              case "--getsz": case "--getsize": io.out.put(`${ask("BLKGETSIZE")}\n`); break;
              case "--getss": case "--getpbsz": case "--getiomin": io.out.put(`${ask("BLKSSZGET")}\n`); break;
              case "--getbsz": io.out.put("4096\n"); break;
              case "--getro": io.out.put(`${ask("BLKROGET")}\n`); break;
              case "--getra": case "--getfra": io.out.put("256\n"); break;
              case "--getmaxsect": io.out.put("2560\n"); break;
              case "--getalignoff": case "--getioopt": case "--getdiscardzeroes": io.out.put("0\n"); break;
              case "--flushbufs": ask("BLKFLSBUF"); break;
              case "--rereadpt": ask("BLKRRPART"); break;
              default: break;
            }
          }
        }
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(error.errno === "ENOTTY" || error.errno === "EBUSY" || error.errno === "EINVAL" ? `blockdev: ioctl error on ${(commands[0] ?? "").replace("--rereadpt", "BLKRRPART").replace("--getsize64", "BLKGETSIZE64")}: ${error.message}\n` : `blockdev: cannot open ${path}: ${error.message}\n`);
        io.status = 1;
      }
    }
    return undefined;
  },
);
