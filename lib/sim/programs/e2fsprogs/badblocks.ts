// badblocks: reads, or writes and reads, every block of a device and lists those that fail (badblocks(8), e2fsprogs 1.47.0).
import { type Blocking, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, gnu, type Io, text, texts } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { readSwaps } from "./_swap-devices.ts";
import { scanProgress } from "./_bad-blocks.ts";

const USAGE = "Usage: badblocks [-b block_size] [-i input_file] [-o output_file] [-svwnfBX]\n       [-c blocks_at_once] [-d delay_factor_between_reads] [-e max_bad_blocks]\n       [-p num_passes] [-t test_pattern [-t test_pattern [...]]]\n       device [last_block [first_block]]\n";
const PATTERNS = [0xaa, 0x55, 0xff, 0x00] as const;
/** Holes and whole megabytes are looked at together: a virtual disk answers in no time. */
const STEP_BYTES = 1 << 20;

interface Scan {
  readonly fd: number;
  readonly blockBytes: number;
  readonly first: number;
  readonly end: number;
  readonly known: ReadonlySet<number>;
}

/** One pass over the blocks; `visit` is given a stretch and throws SysError where it fails. */
function* pass(sys: Sys, scan: Scan, visit: (at: number, length: number) => Blocking<void>): Blocking<number[]> {
  const bad: number[] = [];
  const step = Math.max(1, Math.floor(STEP_BYTES / scan.blockBytes));
  for (let block = scan.first; block < scan.end; block += step) {
    if (sys.charge(10)) yield* sys.preempt();
    const count = Math.min(step, scan.end - block);
    try {
      yield* visit(block * scan.blockBytes, count * scan.blockBytes);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      for (let one = block; one < block + count; one++) {
        try {
          if (sys.charge(5)) yield* sys.preempt();
          yield* visit(one * scan.blockBytes, scan.blockBytes);
        } catch (inner) {
          if (!(inner instanceof SysError)) throw inner;
          if (!scan.known.has(one)) bad.push(one);
        }
      }
    }
  }
  return bad;
}

export default gnu({
  name: "badblocks", path: "/sbin/badblocks", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "read a device block by block and list the bad blocks", synopsis: ["[-svwnfBX] [-b block-size] [-c blocks_at_once] [-d read_delay_factor] [-e max_bad_blocks] [-i input_file] [-o output_file] [-p num_passes] [-t test_pattern] device [last-block] [first-block]"], seeAlso: ["mke2fs(8)", "e2fsck(8)"],
  description: ["Without -n or -w the device is only read. -n puts back what it has overwritten; -w does not, and everything on the device is lost. The numbers of bad blocks go to standard output or to the file of -o, one a line, for mke2fs -l and e2fsck -l. Virtual disks seldom have any: blocks that cannot be read are those of a failing device below."],
  options: {
    blockSize: text(["-b"], "block_size", "size of a block in bytes (1024)"), atOnce: text(["-c"], "blocks", "how many blocks are tested at once (64)"), delay: text(["-d"], "percent", "pause between reads"), most: text(["-e"], "max_bad_blocks", "stop after so many"), force: flag(["-f"], "even when the device is in use"), input: text(["-i"], "file", "a list of bad blocks to leave out"), output: text(["-o"], "file", "where the list goes"), passes: text(["-p"], "num_passes", "go on until so many passes find nothing new"),
    show: flag(["-s"], "show how far it is"), patterns: texts(["-t"], "pattern", "what to write: a number, or random"), verbose: flag(["-v"], "say how many were found"), write: flag(["-w"], "write and read back; what was there is lost"), preserve: flag(["-n"], "write, read back and restore"), buffered: flag(["-B"], "through the kernel's buffers"), exclusive: flag(["-X"], "the caller holds the device already"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const die = function* (message: string): Blocking<number> {
      yield* io.stderr(`badblocks: ${message}\n`);
      return 1;
    };
    if (options.write && options.preserve) return yield* die("The -n and -w options are mutually exclusive.\n");
    const blockBytes = Number(options.blockSize ?? 1024);
    if (!(Number.isInteger(blockBytes) && blockBytes >= 512 && blockBytes <= 1 << 20)) return yield* die(/^\d+$/.test(options.blockSize ?? "") ? `Invalid block size: ${options.blockSize ?? ""}\n` : `invalid block size - ${options.blockSize ?? ""}`);
    const patterns: (number | "random")[] = [];
    for (const word of options.patterns) {
      if (word === "random" || word === "r") patterns.push("random");
      else if (/^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(word)) patterns.push(Number(word) & 0xff);
      else return yield* die(`invalid test pattern - ${word}`);
    }
    if (patterns.length > 1 && !options.write) return yield* die(options.preserve ? "Maximum of one test_pattern may be specified in non-destructive mode" : "Maximum of one test_pattern may be specified in read-only mode");
    const [path, lastWord, firstWord] = operands;
    if (path === undefined || operands.length > 3) {
      yield* io.stderr(USAGE);
      return 1;
    }
    let fd: number;
    let sizeBytes: number;
    try {
      const device = (sys.stat(path).mode & S.IFMT) === S.IFBLK;
      if (device && (options.write || options.preserve) && !options.force) {
        const mounted = (yield* readMounts(sys)).some((mount) => mount.source === path) || (yield* readSwaps(sys)).includes(path);
        if (mounted) {
          yield* io.stderr(`${path} is mounted; it's not safe to run badblocks!\n`);
          return 1;
        }
      }
      fd = yield* sys.open(path, options.write || options.preserve ? O.RDWR : O.RDONLY);
      sizeBytes = device ? Number(sys.ioctl(fd, "BLKGETSIZE64")) : sys.fstat(fd).sizeBytes;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* die(error.errno === "ENOENT" || error.errno === "EACCES" ? `${error.message} while trying to determine device size` : `${error.message} while trying to open ${path}`);
    }
    const finish = (status: number): number => {
      sys.close(fd);
      return status;
    };
    const blocks = Math.floor(sizeBytes / blockBytes);
    if (lastWord !== undefined && !/^\d+$/.test(lastWord)) return finish(yield* die(`invalid last block - ${lastWord}`));
    if (firstWord !== undefined && !/^\d+$/.test(firstWord)) return finish(yield* die(`invalid first block - ${firstWord}`));
    const end = lastWord === undefined ? blocks : Number(lastWord) + 1;
    const first = Number(firstWord ?? 0);
    if (first >= end) return finish(yield* die(`invalid starting block (${first}): must be less than ${end}`));
    const known = new Set((options.input === undefined ? "" : ((yield* readTextFile(sys, options.input)) ?? "")).split(/\s+/).filter((word) => word !== "").map(Number));
    const scan: Scan = { fd, blockBytes, first, end, known };
    const say = function* (line: string): Blocking<void> {
      yield* io.out.flush();
      yield* io.stderr(line);
    };
    const progress = function* (title: string): Blocking<void> {
      if (options.show) yield* say(scanProgress(title));
      else if (options.verbose) yield* say(`${title}done${" ".repeat(49)}\n`);
    };
    let found: number[] = [];
    let comparisons = 0;
    if (options.write) {
      if (options.verbose) yield* say(`Checking for bad blocks in read-write mode\nFrom block ${first} to ${end - 1}\n`);
      for (const pattern of patterns.length > 0 ? patterns : PATTERNS) {
        const value = pattern === "random" ? (sys.random(1)[0] ?? 0) : pattern;
        const title = pattern === "random" ? "Testing with random pattern: " : `Testing with pattern 0x${pattern.toString(16).padStart(2, "0")}: `;
        const bytes = new Uint8Array(STEP_BYTES).fill(value);
        const written = yield* pass(sys, scan, function* (at, length) {
          if ((yield* sys.pwrite(fd, bytes.subarray(0, length), at)) < length) throw new SysError("EIO");
        });
        yield* progress(title);
        const read = yield* pass(sys, scan, function* (at, length) {
          const back = yield* sys.pread(fd, length, at);
          if (back.length < length || back.some((byte) => byte !== value)) throw new SysError("EIO");
        });
        yield* progress("Reading and comparing: ");
        comparisons += read.filter((block) => !written.includes(block)).length;
        found = [...new Set([...found, ...written, ...read])];
      }
    } else {
      const readOne = function* (at: number, length: number): Blocking<void> {
        const bytes = yield* sys.pread(fd, length, at);
        if (bytes.length < length) throw new SysError("EIO");
        if (options.preserve && (yield* sys.pwrite(fd, bytes, at)) < length) throw new SysError("EIO");
      };
      if (options.preserve) {
        if (options.verbose) yield* say(`Checking for bad blocks in non-destructive read-write mode\nFrom block ${first} to ${end - 1}\n`);
        if (options.show) yield* say("Checking for bad blocks (non-destructive read-write test)\n");
      } else if (options.verbose) yield* say(`Checking blocks ${first} to ${end - 1}\n`);
      // past the end nothing can be read; a disk is not asked a hundred million times
      found = yield* pass(sys, { ...scan, end: Math.min(end, blocks + 65_536) }, readOne);
      if (!options.preserve) yield* progress("Checking for bad blocks (read-only test): ");
      else if (options.show) yield* progress("Testing with random pattern: ");
      else if (options.verbose) yield* say("Testing with random pattern: ");
    }
    const most = Number(options.most ?? 0);
    const listed = most > 0 ? found.slice(0, most) : found;
    const list = listed.map((block) => `${block}\n`).join("");
    if (options.output === undefined) io.out.put(list);
    else {
      const target = yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      if (list !== "") yield* sys.write(target, new Uint8Array([...list].map((letter) => letter.charCodeAt(0))));
      sys.close(target);
    }
    if (options.verbose) yield* say(`Pass completed, ${listed.length} bad blocks found. (${listed.length - comparisons}/0/${comparisons} errors)\n`);
    return finish(0);
  },
});
