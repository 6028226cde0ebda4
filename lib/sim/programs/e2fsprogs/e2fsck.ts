// e2fsck: file systems of this kernel are never damaged by halves, so a check finds them clean; what it does to the super block is real: the time of the
// check, the mount count (e2fsck(8), 1.47.0).
import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { BadMagic, type OpenFileSystem, VERSION, openFileSystem, saveSuperblock } from "./_superblock.ts";

const INVALID = `\nThe superblock could not be read or does not describe a valid ext2/ext3/ext4\nfilesystem.  If the device is valid and it really contains an ext2/ext3/ext4\nfilesystem (and not swap or ufs or something else), then the superblock\nis corrupt, and you might try running e2fsck with an alternate superblock:\n    e2fsck -b 8193 <device>\n or\n    e2fsck -b 32768 <device>\n\n`;

export default gnu({
  name: "e2fsck", path: "/sbin/e2fsck", links: ["/sbin/fsck.ext2", "/sbin/fsck.ext3", "/sbin/fsck.ext4"], manSection: 8, project: "e2fsprogs", tryLine: () => "", usageStatus: 16, summary: "check a Linux ext2/ext3/ext4 file system", synopsis: ["[-panyrcdfktvDFV] [-b superblock] [-B blocksize] [-l|-L bad_blocks_file] [-C fd] [-j external_journal] [-E extended-options] device"],
  options: {
    preen: flag(["-p", "-a"], "repair without questions"), no: flag(["-n"], "open read-only and answer no to all questions"), yes: flag(["-y"], "answer yes to all questions"), force: flag(["-f"], "check even if it seems clean"), bad: flag(["-c"], "look for bad blocks"), verbose: flag(["-v"], "verbose"), optimise: flag(["-D"], "optimise directories"), keep: flag(["-k"], "keep the list of bad blocks"), times: flag(["-t"], "print times"), version: flag(["-V"], "version"),
    superblock: text(["-b"], "superblock", "another super block"), blocksize: text(["-B"], "blocksize", "size of blocks"), progress: text(["-C"], "fd", "say how far it is"), extended: text(["-E"], "options", "extended options"),
  },
  operands: "files", exitStatuses: [["0", "No errors"], ["1", "File system errors corrected"], ["4", "File system errors left uncorrected"], ["8", "Operational error"], ["16", "Usage or syntax error"]],
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (options.version) {
      yield* io.stderr(`e2fsck ${VERSION}\n\tUsing EXT2FS Library version 1.47.0, 5-Feb-2023\n`);
      return 0;
    }
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: e2fsck [-panyrcdfktvDFV] [-b superblock] [-B blocksize]\n\t\t[-l|-L bad_blocks_file] [-C fd] [-j external_journal]\n\t\t[-E extended-options] [-z undo_file] device\n");
      return 16;
    }
    if (!options.preen) yield* io.stderr(`e2fsck ${VERSION}\n`);
    const mounted = (yield* readMounts(sys)).some((mount) => mount.source === path);
    if (mounted) {
      if (!options.no) {
        yield* io.stderr(`${path} is mounted.\ne2fsck: Cannot continue, aborting.\n\n\n`);
        return 8;
      }
      yield* io.stderr(`Warning!  ${path} is mounted.\nWarning: skipping journal recovery because doing a read-only filesystem check.\n`);
    }
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, path, !options.no, !options.no);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      if (error instanceof BadMagic) {
        if (!options.preen) io.say("ext2fs_open2: Bad magic number in super-block\ne2fsck: Superblock invalid, trying backup blocks...\n");
        yield* io.stderr(`e2fsck: Bad magic number in super-block while trying to open ${path}\n`);
        io.say(INVALID);
      } else {
        yield* io.stderr(`e2fsck: ${error.message} while trying to open ${path}\n`);
        if (error.errno === "ENOENT" || error.errno === "ENXIO") io.say(`Possibly non-existent device?\n`);
        else if (error.errno === "EBUSY") io.say("Filesystem mounted or opened exclusively by another program?\n");
        else if (error.errno === "EACCES") io.say(`You must have ${options.no ? "r/o" : "r/w"} access to the filesystem or be root\n`);
        else io.say(INVALID);
      }
      return 8;
    }
    const { superblock } = fs;
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    const most = superblock.u16(0x36);
    const due = (most !== 0xffff && superblock.u16(0x34) >= most) || (superblock.u32(0x44) > 0 && now >= superblock.u32(0x40) + superblock.u32(0x44));
    const name = superblock.label || path;
    const files = `${superblock.inodes - superblock.freeInodes}/${superblock.inodes} files`;
    const blocks = `${superblock.blocks - superblock.freeBlocks}/${superblock.blocks} blocks`;
    if (!options.force && !due && (superblock.u16(0x3a) & 1) !== 0) {
      io.say(`${name}: clean, ${files}, ${blocks}\n`);
      sys.close(fs.fd);
      return 0;
    }
    if (due && !options.force) io.say(`${name} has been mounted ${superblock.u16(0x34)} times without being checked, check forced.\n`);
    if (sys.charge(500 + superblock.groups * 5)) yield* sys.preempt();
    if (!options.preen) {
      io.say("Pass 1: Checking inodes, blocks, and sizes\nPass 2: Checking directory structure\n");
      if (options.optimise) io.say("Pass 3: Checking directory connectivity\nPass 3A: Optimizing directories\n");
      else io.say("Pass 3: Checking directory connectivity\n");
      io.say("Pass 4: Checking reference counts\nPass 5: Checking group summary information\n");
    }
    io.say(`${name}: ${files} (0.0% non-contiguous), ${blocks}\n`);
    if (!options.no) {
      superblock.set16(0x3a, 1);
      superblock.set16(0x34, 0);
      superblock.set32(0x40, now);
      superblock.set32(0x30, now);
      yield* saveSuperblock(sys, fs);
    }
    sys.close(fs.fd);
    return 0;
  },
});
