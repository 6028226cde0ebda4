// chmem: memory blocks online and offline (chmem(8)).
import { type Blocking, O, SysError, encode } from "../../kernel/sys.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { parseScaled } from "../kit/sizes.ts";
import { flag, type Io, text, utilLinux } from "../kit/util-linux.ts";
import { addressRange, type MemoryBlock, MEMORY_DIRECTORY, readMemory } from "./_memory-blocks.ts";

const ZONES = ["DMA", "DMA32", "Normal", "Highmem", "Movable", "Device"];
/** Some of what was asked for was done. */
const SOME = 64;

export default utilLinux({
  name: "chmem", manSection: 8, summary: "switch ranges of memory on and off (online, offline)", synopsis: ["[options] [SIZE|RANGE|BLOCKRANGE]"], operands: "none",
  lists: [{ heading: "Supported zones:", width: 1, words: ZONES.map((zone) => [` ${zone}`, ""] as const) }], exitStatuses: [["0", "all of it was done"], ["1", "nothing was done"], ["64", "part of it was done"]],
  options: { enable: flag(["-e", "--enable"], "switch the memory on"), disable: flag(["-d", "--disable"], "switch the memory off"), blocks: flag(["-b", "--blocks"], "the numbers are those of blocks"), zone: text(["-z", "--zone"], "name", "only blocks of this zone"), verbose: flag(["-v", "--verbose"], "say what is done with each block") },
  *run({ options, operands, sys }, io: Io) {
    if (options.enable && options.disable) io.die("mutually exclusive arguments: --disable --enable");
    const [what = "", ...extra] = operands;
    if (operands.length === 0 || extra.length > 0 || !(options.enable || options.disable)) io.usage("bad usage");
    if (options.zone !== undefined && !ZONES.includes(options.zone)) io.usage(`unknown memory zone: ${options.zone}`);
    const memory = yield* readMemory(sys);
    if (memory === undefined) return io.die(`cannot open ${MEMORY_DIRECTORY}: No such file or directory`);
    const { blockBytes } = memory;
    const word = options.enable ? "enable" : "disable";
    const named = (block: MemoryBlock): string => `Memory Block ${block.number} (${addressRange(memory, block.number, block.number)})`;
    const change = function* (block: MemoryBlock): Blocking<SysError | undefined> {
      try {
        const fd = yield* sys.open(`${MEMORY_DIRECTORY}/memory${block.number}/state`, O.WRONLY);
        yield* sys.write(fd, encode(options.enable ? "online" : "offline"));
        sys.close(fd);
        return undefined;
      } catch (error) {
        if (error instanceof SysError) return error;
        throw error;
      }
    };
    if (!options.blocks && !what.includes("-")) {
      const { value, problem } = parseScaled(what, "KMGTPEkmgtpe0");
      if (problem !== "none") io.die(`Failed to parse size: '${what}': Invalid argument`);
      const wholeBytes = Number(value) * (/\d$/.test(what) ? 1024 ** 2 : 1);
      if (wholeBytes % blockBytes !== 0) io.die(`Size must be aligned to memory block size (${deviceSize(blockBytes)})`);
      const asked = wholeBytes / blockBytes;
      let left = asked;
      for (const block of options.enable ? memory.blocks : [...memory.blocks].reverse()) {
        if (left === 0) break;
        if (block.online === options.enable) continue;
        const failed = yield* change(block);
        if (failed === undefined) left--;
        if (options.verbose) io.out.put(`${named(block)} ${failed === undefined ? `${word}d` : `${word} failed`}\n`);
      }
      if (left === 0) return 0;
      yield* io.warn(`Could only ${word} ${asked === left ? "0B" : deviceSize((asked - left) * blockBytes)} of memory`);
      return left === asked ? 1 : SOME;
    }
    const [from = "", to = from] = what.split("-");
    let first: number;
    let last: number;
    if (options.blocks) {
      if (!/^\d+$/.test(from)) io.die(what.includes("-") ? `Failed to parse start: '${from}'` : `Failed to parse block number: '${from}'`);
      if (!/^\d+$/.test(to)) io.die(`Failed to parse end: '${to}'`);
      first = Number(from);
      last = Number(to);
    } else {
      if (!/^0x/.test(from)) io.die(`Invalid start address format: ${from}`);
      if (!/^0x/.test(to)) io.die(`Invalid end address format: ${to}`);
      const start = /^0x[0-9a-f]+$/i.test(from) ? Number(from) : io.die(`Failed to parse start address: '${from}'`);
      const end = /^0x[0-9a-f]+$/i.test(to) ? Number(to) : io.die(`Failed to parse end address: '${to}'`);
      if (start % blockBytes !== 0 || (end + 1) % blockBytes !== 0) io.die(`Start address and (end address + 1) must be aligned to memory block size (${deviceSize(blockBytes)})`);
      first = start / blockBytes;
      last = (end + 1) / blockBytes - 1;
    }
    if (first > last) io.die(`Invalid range: ${what}`);
    const asked = memory.blocks.filter(({ number }) => number >= first && number <= last);
    let left = asked.length;
    for (const block of asked) {
      if (block.online === options.enable) {
        if (options.verbose) io.out.put(`${named(block)} already ${word}d\n`);
        left--;
        continue;
      }
      const failed = yield* change(block);
      if (failed !== undefined) yield* io.warn(`${named(block)} ${word} failed: ${failed.message}`);
      else {
        left--;
        if (options.verbose) io.out.put(`${named(block)} ${word}d\n`);
      }
    }
    return left === 0 ? 0 : left === asked.length ? 1 : SOME;
  },
});
