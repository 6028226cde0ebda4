// After a copy of the super block was put in the place of the first one: where the kernel keeps the files of the file system is not in an old copy,
// and is found again from the text that stands there (kernel/block/tree-image.ts: JSON, then the data).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import type { OpenFileSystem } from "./_superblock.ts";

const TREE_OFFSET = 4096;
const TREE_MARK = 0x31544f48;
const OPEN_BRACE = 0x7b;
const STEP_BYTES = 65_536;
/** Of the device mapper (Documentation/admin-guide/devices.txt: given at boot; Debian's kernels take 254). */
const MAPPER_MAJOR = 254;

/** The files are gone: what the kernel would read there is no tree. */
export function* treeIsLost(sys: Sys, { fd, superblock }: OpenFileSystem): Blocking<boolean> {
  return superblock.u32(0x300) === TREE_MARK && (yield* sys.pread(fd, 1, TREE_OFFSET))[0] !== OPEN_BRACE;
}

/** The length of the JSON value at `at`; undefined when it does not end. */
function* textLength(sys: Sys, fd: number, at: number): Blocking<number | undefined> {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  for (let done = 0; ; done += STEP_BYTES) {
    const bytes = yield* sys.pread(fd, STEP_BYTES, at + done);
    if (bytes.length === 0) return undefined;
    if (sys.charge(20)) yield* sys.preempt();
    for (const [index, byte] of bytes.entries()) {
      if (quoted) {
        if (escaped) escaped = false;
        else if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) quoted = false;
      } else if (byte === 0x22) quoted = true;
      else if (byte === OPEN_BRACE || byte === 0x5b) depth++;
      else if (byte === 0x7d || byte === 0x5d) {
        depth--;
        if (depth === 0) return done + index + 1;
      } else if (byte === 0) return undefined;
    }
  }
}

export function* findTree(sys: Sys, { fd, superblock, isDevice, sizeBytes }: OpenFileSystem): Blocking<void> {
  if ((yield* sys.pread(fd, 1, TREE_OFFSET))[0] !== OPEN_BRACE) return;
  const text = yield* textLength(sys, fd, TREE_OFFSET);
  if (text === undefined || (superblock.u32(0x300) === TREE_MARK && superblock.u32(0x304) === text)) return;
  const placed = isDevice && ((sys.fstat(fd).rdev >>> 8) & 0xfff) === MAPPER_MAJOR;
  // how long the data are is not written down: to the end of the device
  const total = placed ? text : sizeBytes - TREE_OFFSET;
  superblock.set32(0x300, TREE_MARK);
  superblock.set32(0x304, text);
  superblock.set32(0x308, total % 2 ** 32);
  superblock.set32(0x30c, Math.floor(total / 2 ** 32));
  superblock.set32(0x310, Number(placed));
}
