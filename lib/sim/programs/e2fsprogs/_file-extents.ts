// Where the blocks of a file lie: of ext2, ext3 and ext4 in the free room behind the file system's own blocks, one file behind the other in the order of
// their inodes (as debugfs shows them). Holes have no place; a file larger than a block group goes on in the next.

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { readMounts } from "../kit/mounts.ts";
import { joinPath } from "../kit/paths.ts";
import { Layout } from "./_layout.ts";
import { BadMagic, openFileSystem } from "./_superblock.ts";

export interface Extent {
  /** in blocks of the file system */
  readonly logical: number;
  readonly physical: number;
  readonly count: number;
  readonly unwritten: boolean;
}

export interface FilePlace {
  readonly blockBytes: number;
  readonly extents: readonly Extent[];
}

/** An extent of ext4 has 15 bits for its length. */
const MOST_BLOCKS = 32768;

/** Of the files before it in the file system, by inode: how many blocks they have. Only what is mounted there is walked. */
function* sizesBelow(sys: Sys, root: string, blockBytes: number): Blocking<Map<number, number>> {
  const sizes = new Map<number, number>();
  const device = sys.stat(root).dev;
  const walk = function* (directory: string): Blocking<void> {
    for (const { name } of sys.readdir(directory)) {
      if (name === "." || name === "..") continue;
      if (sys.charge(5)) yield* sys.preempt();
      const path = joinPath(directory, name);
      let stat: Stat;
      try {
        stat = sys.lstat(path);
      } catch (error) {
        if (error instanceof SysError) continue;
        throw error;
      }
      if (stat.dev !== device) continue;
      const kind = stat.mode & S.IFMT;
      if (kind === S.IFREG) sizes.set(stat.ino, Math.ceil((stat.blocks * 512) / blockBytes));
      else if (kind === S.IFDIR) {
        sizes.set(stat.ino, Math.ceil(Math.max(stat.sizeBytes, blockBytes) / blockBytes));
        try {
          yield* walk(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    }
  };
  yield* walk(root);
  return sizes;
}

/** Stretches with data, in blocks: what lies between is a hole. */
function* stretches(sys: Sys, path: string, stat: Stat, blockBytes: number): Blocking<readonly { readonly logical: number; readonly count: number }[]> {
  if ((stat.mode & S.IFMT) !== S.IFREG) return [{ logical: 0, count: Math.max(1, Math.ceil(stat.sizeBytes / blockBytes)) }];
  if (stat.blocks === 0) return [];
  const fd = yield* sys.open(path, O.RDONLY);
  const found: { logical: number; count: number }[] = [];
  try {
    for (let at = 0; at < stat.sizeBytes; ) {
      const from = sys.lseek(fd, at, "data");
      const to = sys.lseek(fd, from, "hole");
      const logical = Math.floor(from / blockBytes);
      found.push({ logical, count: Math.ceil(to / blockBytes) - logical });
      at = to;
    }
  } catch (error) {
    // ENXIO: a hole up to the end
    if (!(error instanceof SysError)) throw error;
  } finally {
    sys.close(fd);
  }
  return found;
}

export function* placeOfFile(sys: Sys, path: string, stat: Stat, type: string, statfsBlockBytes: number): Blocking<FilePlace> {
  const mounts = yield* readMounts(sys);
  const mount = mounts.filter((one) => one.root === "/" && sameDevice(sys, one.target, stat.dev))[0];
  let first: number;
  let blockBytes = statfsBlockBytes;
  let rooms: { first: number; last: number }[] = [];
  try {
    if (mount === undefined || !type.startsWith("ext")) throw new BadMagic();
    const fs = yield* openFileSystem(sys, mount.source, false);
    sys.close(fs.fd);
    ({ blockBytes } = fs.superblock);
    const own = new Layout(fs.superblock, false);
    rooms = own.groups.flatMap(({ group }) => own.freeRanges(group)).map((one) => ({ ...one }));
    first = rooms[0]?.first ?? 0;
  } catch (error) {
    // not for ordinary users, or not a layout that is known: the file lies somewhere by its inode
    if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
    first = 32768 + stat.ino * 8;
    rooms = [{ first, last: 2 ** 40 }];
  }
  const data = yield* stretches(sys, path, stat, blockBytes);
  if (data.length === 0) return { blockBytes, extents: [] };
  let before = 0;
  if (mount !== undefined && type.startsWith("ext") && first < 32768 * 64) {
    const sizes = yield* sizesBelow(sys, mount.target, blockBytes);
    for (const [ino, count] of sizes) if (ino < stat.ino && ino !== 11) before += count;
  }
  const extents: Extent[] = [];
  let room = rooms[0];
  let index = 0;
  for (const { logical: start, count: whole } of data) {
    let logical = start;
    let left = whole;
    while (left > 0 && room !== undefined) {
      const skip = Math.min(before, room.last - room.first + 1);
      before -= skip;
      room.first += skip;
      const count = Math.min(left, room.last - room.first + 1, MOST_BLOCKS);
      if (count > 0) extents.push({ logical, physical: room.first, count, unwritten: false });
      room.first += count;
      logical += count;
      left -= count;
      if (room.first > room.last) room = rooms[++index];
    }
  }
  return { blockBytes, extents };
}

function sameDevice(sys: Sys, target: string, dev: number): boolean {
  try {
    return sys.stat(target).dev === dev;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
