import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { inFrench } from "../kit/messages/declared-french.ts";
import { type Io, flag, program } from "../kit/program.ts";

const COMMANDS: readonly (readonly [name: string, help: string])[] = [
  ["--flushbufs", "write out what is still in memory"], ["--getalignoff", "by how many bytes the device lies out of alignment"], ["--getbsz", "how many bytes a block has"], ["--getdiscardzeroes", "whether discarded sectors read as zeroes"], ["--getfra", "the filesystem's read-ahead, in 512-byte sectors"], ["--getiomin", "the smallest efficient request, in bytes"], ["--getioopt", "the best size of a request, in bytes"], ["--getmaxsect", "how many sectors a request may have at most"], ["--getpbsz", "how many bytes a sector has on the medium"], ["--getra", "the read-ahead, in 512-byte sectors"], ["--getro", "1 if nothing can be written, else 0"], ["--getsize", "how many sectors, as a 32-bit number (better: --getsz)"], ["--getsize64", "how many bytes the device has"], ["--getss", "how many bytes a sector has for programs"], ["--getsz", "how many 512-byte sectors the device has"], ["--rereadpt", "let the kernel read the partition table again"],
];

/** Its disk's, in sectors. */
function* readAhead(sys: Sys, path: string): Blocking<string> {
  const name = path.split("/").at(-1) ?? "";
  const own = yield* readTextFile(sys, `/sys/class/block/${name}/queue/read_ahead_kb`);
  const disk = own ?? (yield* readTextFile(sys, `/sys/class/block/${name}/../queue/read_ahead_kb`));
  return String(disk === undefined ? 256 : Number(disk) * 2);
}

export default program(
  { name: "blockdev", path: "/sbin/blockdev", manSection: 8, summary: "query and set block devices through their ioctls", synopsis: ["[-v|-q] commands devices", "--report [devices]"], options: [...COMMANDS.map(([name, help]) => flag([name], help)), flag(["-q"], "quiet mode"), flag(["-v"], "tell each step"), flag(["--report"], "a table of these devices, or of all")], operands: "files" },
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
          io.out.put(`${ask("BLKROGET") !== 0 ? "ro" : "rw"} ${(yield* readAhead(sys, path)).padStart(5)} ${String(ask("BLKSSZGET")).padStart(5)} ${"4096".padStart(5)} ${start.padStart(15)} ${String(ask("BLKGETSIZE64")).padStart(15)}   ${path}\n`);
        } else {
          for (const command of commands) {
            switch (command) {
              case "--getsize64": io.out.put(`${ask("BLKGETSIZE64")}\n`); break;
              case "--getsz": case "--getsize": io.out.put(`${ask("BLKGETSIZE")}\n`); break;
              case "--getss": case "--getpbsz": case "--getiomin": io.out.put(`${ask("BLKSSZGET")}\n`); break;
              case "--getbsz": io.out.put("4096\n"); break;
              case "--getro": io.out.put(`${ask("BLKROGET")}\n`); break;
              case "--getra": case "--getfra": io.out.put(`${yield* readAhead(sys, path)}\n`); break;
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
