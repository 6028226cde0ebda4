// resize2fs: grows an ext file system, also while it is mounted, or shrinks it (resize2fs(8), 1.47.0).
import { O, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { mountSource } from "../kit/probe-device.ts";
import { BadMagic, type OpenFileSystem, type Superblock, VERSION, openFileSystem, saveSuperblock } from "./_superblock.ts";

/** calculate_minimum_resize_size: groups for the data and the tables, with some blocks to spare. */
function minimumBlocks(superblock: Superblock): number {
  const perGroup = superblock.blocksPerGroup;
  const flex = (groups: number): number => (superblock.has("flex_bg") ? Math.min(Math.ceil(groups / 16) * 16, superblock.groups) : groups);
  const overheadOf = (from: number, to: number): number => {
    let sum = 0;
    for (let group = from; group < to; group++) sum += superblock.groupOverhead(group);
    return sum;
  };
  const data = superblock.blocks - superblock.firstBlock - superblock.groupsOverhead - superblock.freeBlocks;
  let groups = Math.max(1, Math.ceil((superblock.inodes - superblock.freeInodes) / superblock.inodesPerGroup));
  const room = (count: number): number => count * perGroup - overheadOf(0, flex(count));
  while (room(groups) < data && groups < superblock.groups) groups++;
  const before = (groups - 1) * perGroup - overheadOf(0, groups - 1);
  const needed = (groups - 1) * perGroup + overheadOf(superblock.has("flex_bg") ? 0 : groups - 1, flex(groups)) + Math.max(50, data - before);
  if (needed >= superblock.blocks) return superblock.blocks;
  return needed + Math.min(50, Math.floor((superblock.blocks - needed) / 500));
}

export default gnu({
  name: "resize2fs", path: "/sbin/resize2fs", manSection: 8, project: "e2fsprogs", tryLine: () => "", summary: "grow or shrink an ext2, ext3 or ext4 file system", synopsis: ["[-fFpPM] [-d debug-flags] [-S RAID-stride] [-z undo_file] device [size]"],
  options: { force: flag(["-f"], "go on in spite of safety checks"), flush: flag(["-F"], "flush the device's buffers first"), minimum: flag(["-M"], "shrink to the minimum size"), print: flag(["-P"], "tell roughly how small it could become"), progress: flag(["-p"], "show how far it is"), debug: text(["-d"], "debug_flags", "debugging"), stride: text(["-S"], "RAID-stride", "stride of a RAID"), enable: flag(["-b"], "turn on the 64bit feature"), disable: flag(["-s"], "turn off the 64bit feature") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    yield* io.stderr(`resize2fs ${VERSION}\n`);
    const [path, sizeWord] = operands;
    if (path === undefined || operands.length > 2) {
      yield* io.stderr("Usage: resize2fs [-d debug_flags] [-f] [-F] [-M] [-P] [-p] device [-b|-s|new_size] [-S RAID-stride] [-z undo_file]\n\n");
      return 1;
    }
    const source = yield* mountSource(sys, path);
    const mount = (yield* readMounts(sys)).find((one) => one.source === source);
    try {
      sys.stat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`open: ${error.message} while opening ${path}\n`);
      return 1;
    }
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, path, true, mount === undefined);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      if (error instanceof SysError && error.errno === "EACCES") yield* io.stderr(`open: Permission denied while opening ${path}\n`);
      else yield* io.stderr(`resize2fs: ${error.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`);
      return 1;
    }
    const { superblock } = fs;
    const unit = `${superblock.blockBytes / 1024}k`;
    const minimum = minimumBlocks(superblock);
    const finish = (status: number): number => {
      sys.close(fs.fd);
      return status;
    };
    if (options.print) {
      io.say(`Estimated minimum size of the filesystem: ${minimum}\n`);
      return finish(0);
    }
    if (mount === undefined && !options.force && ((superblock.u16(0x3a) & 1) === 0 || superblock.u32(0x40) < superblock.u32(0x2c))) {
      yield* io.stderr(`Please run 'e2fsck -f ${path}' first.\n\n`);
      return finish(1);
    }
    const most = Math.floor(fs.sizeBytes / superblock.blockBytes);
    // a whole number of pages
    const pages = 4096 / superblock.blockBytes;
    let wanted = Math.floor(most / pages) * pages;
    if (options.minimum) wanted = minimum;
    else if (sizeWord !== undefined) {
      const match = /^(\d+)([sKMGT]?)$/i.exec(sizeWord);
      if (match === null) {
        yield* io.stderr(`resize2fs: Invalid new size: ${sizeWord}\n\n`);
        return finish(1);
      }
      const letter = (match[2] ?? "").toUpperCase();
      wanted = letter === "" ? Number(match[1]) : Math.floor((Number(match[1]) * (letter === "S" ? 512 : 1024 ** (" KMGT".indexOf(letter)))) / superblock.blockBytes);
    }
    if (!options.force && wanted < minimum) {
      yield* io.stderr(`resize2fs: New size smaller than minimum (${minimum})\n\n`);
      return finish(1);
    }
    if (wanted > most && fs.isDevice) {
      yield* io.stderr(`The containing partition (or device) is only ${most} (${unit}) blocks.\nYou requested a new size of ${wanted} blocks.\n\n`);
      return finish(1);
    }
    if (wanted === superblock.blocks) {
      yield* io.stderr(`The filesystem is already ${wanted} (${unit}) blocks long.  Nothing to do!\n\n`);
      return finish(0);
    }
    if (mount !== undefined) {
      io.say(`Filesystem at ${path} is mounted on ${mount.target}; on-line resizing required\n`);
      if (wanted < superblock.blocks) {
        yield* io.stderr("resize2fs: On-line shrinking not supported\n\n");
        return finish(1);
      }
      const groups = Math.ceil((wanted - superblock.firstBlock) / superblock.blocksPerGroup);
      io.say(`old_desc_blocks = ${superblock.descriptorBlocks}, new_desc_blocks = ${Math.ceil((groups * superblock.descriptorBytes) / superblock.blockBytes)}\n`);
      try {
        const directory = yield* sys.open(mount.target, O.RDONLY);
        try {
          sys.ioctl(directory, "EXT4_IOC_RESIZE_FS", wanted);
        } finally {
          sys.close(directory);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(error.errno === "EPERM" ? "resize2fs: Permission denied to resize filesystem\n\n" : `resize2fs: ${error.message} While checking for on-line resizing support\n\n`);
        return finish(1);
      }
    } else {
      if (!fs.isDevice && sys.fstat(fs.fd).sizeBytes < wanted * superblock.blockBytes) sys.ftruncate(fs.fd, wanted * superblock.blockBytes);
      io.say(`Resizing the filesystem on ${path} to ${wanted} (${unit}) blocks.\n`);
      const room = superblock.blocks - superblock.overhead;
      const { inodes } = superblock;
      const reserved = superblock.u32(0x08) / superblock.blocks;
      superblock.blocks = wanted;
      superblock.set32(0x00, superblock.groups * superblock.inodesPerGroup);
      superblock.set32(0x08, Math.floor(wanted * reserved));
      superblock.freeBlocks += superblock.blocks - superblock.overhead - room;
      superblock.set32(0x10, superblock.freeInodes + superblock.inodes - inodes);
      superblock.set32(0x30, Math.floor(sys.clockUs("realtime") / 1e6));
      yield* saveSuperblock(sys, fs);
      if (!fs.isDevice) sys.ftruncate(fs.fd, wanted * superblock.blockBytes);
    }
    if (sys.charge(500)) yield* sys.preempt();
    io.say(`The filesystem on ${path} is now ${wanted} (${unit}) blocks long.\n\n`);
    return finish(0);
  },
});
