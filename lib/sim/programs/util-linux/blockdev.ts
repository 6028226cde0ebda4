import { type Blocking, O, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { inFrench } from "../kit/messages/declared-french.ts";
import { type Io, flag, program } from "../kit/program.ts";

const COMMANDS: readonly (readonly [name: string, help: string])[] = [
  ["--flushbufs", "write out what is still in memory"], ["--getalignoff", "by how many bytes the device lies out of alignment"], ["--getbsz", "how many bytes a block has"], ["--getdiscardzeroes", "whether discarded sectors read as zeroes"], ["--getfra", "the filesystem's read-ahead, in 512-byte sectors"], ["--getiomin", "the smallest efficient request, in bytes"], ["--getioopt", "the best size of a request, in bytes"], ["--getmaxsect", "how many sectors a request may have at most"], ["--getpbsz", "how many bytes a sector has on the medium"], ["--getra", "the read-ahead, in 512-byte sectors"], ["--getro", "1 if nothing can be written, else 0"], ["--getsize", "how many sectors, as a 32-bit number (better: --getsz)"], ["--getsize64", "how many bytes the device has"], ["--getss", "how many bytes a sector has for programs"], ["--getsz", "how many 512-byte sectors the device has"], ["--rereadpt", "let the kernel read the partition table again"],
  ["--setbsz", "how many bytes a block is to have, while this program has it open"], ["--setfra", "the filesystem's read-ahead, in 512-byte sectors, from now on"], ["--setra", "the read-ahead, in 512-byte sectors, from now on"], ["--setro", "nothing can be written any more"], ["--setrw", "it can be written again"],
];
const TAKING: readonly string[] = ["--setbsz", "--setfra", "--setra"];

/** Its disk's, in sectors. */
function* readAhead(sys: Sys, path: string): Blocking<string> {
  const name = path.split("/").at(-1) ?? "";
  const own = yield* readTextFile(sys, `/sys/class/block/${name}/queue/read_ahead_kb`);
  const disk = own ?? (yield* readTextFile(sys, `/sys/class/block/${name}/../queue/read_ahead_kb`));
  return String(disk === undefined ? 256 : Number(disk) * 2);
}

/** Kept by the disk, in KiB. */
function* setReadAhead(sys: Sys, path: string, sectors: number): Blocking<void> {
  if (sys.getcred().euid !== 0) throw new SysError("EACCES");
  const name = path.split("/").at(-1) ?? "";
  const files = [`/sys/class/block/${name}/queue/read_ahead_kb`, `/sys/class/block/${name}/../queue/read_ahead_kb`];
  for (const file of files) {
    try {
      const fd = yield* sys.open(file, O.WRONLY);
      yield* sys.write(fd, encode(`${Math.floor(sectors / 2)}\n`));
      sys.close(fd);
      return;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
    }
  }
}

const BLOCK_SIZES: readonly number[] = [512, 1024, 2048, 4096];
const REQUESTS: ReadonlyMap<string, string> = new Map([["--rereadpt", "BLKRRPART"], ["--getsize64", "BLKGETSIZE64"], ["--setro", "BLKROSET"], ["--setrw", "BLKROSET"], ["--setra", "BLKRASET"], ["--setfra", "BLKFRASET"], ["--setbsz", "BLKBSZSET"], ["--flushbufs", "BLKFLSBUF"], ["--getro", "BLKROGET"], ["--getsz", "BLKGETSIZE64"], ["--getsize", "BLKGETSIZE"], ["--getss", "BLKSSZGET"], ["--getra", "BLKRAGET"], ["--getfra", "BLKFRAGET"], ["--getbsz", "BLKBSZGET"]]);

export default program(
  { name: "blockdev", path: "/sbin/blockdev", manSection: 8, summary: "query and set block devices through their ioctls", synopsis: ["[-v|-q] commands devices", "--report [devices]"], options: [...COMMANDS.map(([name, help]) => flag([name], help)), flag(["-q"], "quiet mode"), flag(["-v"], "tell each step"), flag(["--report"], "a table of these devices, or of all")], operands: "files" },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    // the number behind a command that sets one
    const settings = new Map<string, string>();
    for (let at = words.length - 1; at >= 0; at--) if (TAKING.includes(words[at] ?? "")) settings.set(words[at] ?? "", words.splice(at + 1, 1)[0] ?? "");
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
    for (const [command, value] of settings) {
      if (value !== "" && /^\d+$/.test(value)) continue;
      yield* io.stderr(value === "" ? `blockdev: ${command} requires an argument\n` : `blockdev: failed to parse command argument: '${value}'\n`);
      return 1;
    }
    if (report) {
      if (devices.length === 0) devices = ((yield* readTextFile(sys, "/proc/partitions")) ?? "").split("\n").slice(2).map((line) => line.trim().split(/\s+/)[3] ?? "").filter((name) => name !== "").map((name) => `/dev/${name}`);
      io.out.put("RO    RA   SSZ   BSZ        StartSec            Size   Device\n");
    }
    for (const path of devices) {
      let opened = false;
      let doing = commands[0] ?? "";
      try {
        const fd = yield* sys.open(path, O.RDONLY);
        opened = true;
        const ask = (request: string): number => Number(sys.ioctl(fd, request));
        if (report) {
          const start = ((yield* readTextFile(sys, `/sys/class/block/${path.split("/").at(-1) ?? ""}/start`)) ?? "0").trim();
          io.out.put(`${ask("BLKROGET") !== 0 ? "ro" : "rw"} ${(yield* readAhead(sys, path)).padStart(5)} ${String(ask("BLKSSZGET")).padStart(5)} ${"4096".padStart(5)} ${start.padStart(15)} ${String(ask("BLKGETSIZE64")).padStart(15)}   ${path}\n`);
        } else {
          for (const command of commands) {
            doing = command;
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
              case "--setro": case "--setrw": sys.ioctl(fd, "BLKROSET", command === "--setro" ? 1 : 0); break;
              case "--setra": case "--setfra": yield* setReadAhead(sys, path, Number(settings.get(command))); break;
              // lost when the descriptor is closed (blkdev_bszset)
              case "--setbsz": if (!BLOCK_SIZES.includes(Number(settings.get(command)))) throw new SysError("EINVAL"); break;
              default: break;
            }
          }
        }
        sys.close(fd);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(opened ? `blockdev: ioctl error on ${REQUESTS.get(doing) ?? doing}: ${error.message}\n` : `blockdev: cannot open ${path}: ${error.message}\n`);
        io.status = 1;
      }
    }
    return undefined;
  },
);
