// e2freefrag: how free room of an ext file system hangs together (e2freefrag(8), e2fsprogs 1.47.0).
import { SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { Layout } from "./_layout.ts";
import { BadMagic, type OpenFileSystem, openFileSystem } from "./_superblock.ts";

const USAGE = "usage: e2freefrag [-c chunksize in kb] [-h] device_name\n";
const UNITS = ["K", "M", "G", "T"];

export default gnu({
  name: "e2freefrag", path: "/usr/sbin/e2freefrag", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "tell how the free space of a file system is fragmented", synopsis: ["[-c chunk_kb] [-h] filesys"], seeAlso: ["debugfs(8)", "dumpe2fs(8)", "filefrag(8)"],
  options: { chunk: text(["-c"], "chunk_kb", "count free chunks of so many KiB too"), help: flag(["-h"], "the usage") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (path === undefined || options.help) {
      yield* io.stderr(`${options.help ? "" : "e2freefrag: missing device name.\n"}${USAGE}`);
      return 1;
    }
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, path, false);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(`${path}: ${error.message} while opening filesystem\n`);
      return 1;
    }
    sys.close(fs.fd);
    const { superblock } = fs;
    const { blockBytes, blocks, firstBlock } = superblock;
    const chunkBytes = options.chunk === undefined ? undefined : Number(options.chunk) * 1024;
    if (chunkBytes !== undefined && (!(chunkBytes >= blockBytes) || (chunkBytes & (chunkBytes - 1)) !== 0)) {
      yield* io.stderr(`e2freefrag: ${chunkBytes > 0 && chunkBytes >= blockBytes ? "chunk size must be a power of 2." : "chunk size must be greater than or equal to filesystem block size."}\n`);
      return 1;
    }
    const layout = new Layout(superblock);
    // ranges of neighbouring groups hang together
    const free: { first: number; last: number }[] = [];
    for (const range of layout.groups.flatMap(({ group }) => layout.freeRanges(group))) {
      const before = free.at(-1);
      if (before !== undefined && before.last + 1 === range.first) before.last = range.last;
      else free.push({ ...range });
    }
    if (sys.charge(100 + free.length)) yield* sys.preempt();
    io.out.put(`Device: ${path}\nBlocksize: ${blockBytes} bytes\nTotal blocks: ${blocks}\nFree blocks: ${superblock.freeBlocks} (${((superblock.freeBlocks * 100) / blocks).toFixed(1)}%)\n`);
    if (chunkBytes !== undefined) {
      const size = chunkBytes / blockBytes;
      const chunks = Math.ceil((blocks + firstBlock) / size);
      const whole = free.reduce((sum, { first, last }) => sum + Math.max(0, Math.floor((last + 1) / size) - Math.ceil(first / size)), 0);
      io.out.put(`\nChunksize: ${chunkBytes} bytes (${size} blocks)\nTotal chunks: ${chunks}\nFree chunks: ${whole} (${((whole * 100) / chunks).toFixed(1)}%)\n`);
    }
    const kilobytes = free.map(({ first, last }) => ((last - first + 1) * blockBytes) / 1024);
    const average = kilobytes.length === 0 ? 0 : Math.floor(kilobytes.reduce((sum, one) => sum + one, 0) / kilobytes.length);
    io.out.put(`\nMin. free extent: ${Math.min(...(kilobytes.length === 0 ? [0] : kilobytes))} KB \nMax. free extent: ${Math.max(0, ...kilobytes)} KB\nAvg. free extent: ${average} KB\nNum. free extent: ${free.length}\n\nHISTOGRAM OF FREE EXTENT SIZES:\nExtent Size Range :  Free extents   Free Blocks  Percent\n`);
    const buckets = new Map<number, { count: number; blocks: number }>();
    for (const { first, last } of free) {
      const count = last - first + 1;
      const bucket = Math.floor(Math.log2(count));
      const known = buckets.get(bucket) ?? { count: 0, blocks: 0 };
      known.count++;
      known.blocks += count;
      buckets.set(bucket, known);
    }
    for (const [bucket, { count, blocks: inside }] of [...buckets].sort(([a], [b]) => a - b)) {
      let start = (2 ** bucket * blockBytes) / 1024;
      let unit = 0;
      while (start >= 1024 && unit < UNITS.length - 1) {
        start /= 1024;
        unit++;
      }
      io.out.put(`${String(start).padStart(5)}${UNITS[unit] ?? ""}...${String(start * 2).padStart(5)}${UNITS[unit] ?? ""}-  :  ${String(count).padStart(12)}  ${String(inside).padStart(12)}  ${((inside * 100) / superblock.freeBlocks).toFixed(2).padStart(6)}%\n`);
    }
    return 0;
  },
});
