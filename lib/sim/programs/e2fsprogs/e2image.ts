// e2image: the metadata of an ext file system in a file (e2image(8), e2fsprogs 1.47.0). -r makes a sparse copy with the metadata at its place, -ra one
// with everything; -Q would make a QCOW2 file, which qemu-img convert makes of the copy.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, partly, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { BadMagic, type OpenFileSystem, VERSION, openFileSystem } from "./_superblock.ts";

const USAGE = "Usage: e2image [ -r|-Q ] [ -f ] [ -b superblock ] [ -B blocksize ] device image-file\n       e2image -I device image-file\n       e2image -ra [ -cfnp ] [ -o src_offset ] [ -O dest_offset ] src_fs [ dest_fs ]\n";
const HEAD_BYTES = 4096;
const STEP_BYTES = 1 << 20;

export default gnu({
  name: "e2image", path: "/sbin/e2image", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "write the metadata of an ext2, ext3 or ext4 file system to an image file", synopsis: ["[-r|-Q [-af]] [-b superblock] [-B blocksize] [-cnps] [-o src_offset] [-O dest_offset] device image-file", "-I device image-file"], seeAlso: ["dumpe2fs(8)", "debugfs(8)"],
  options: {
    raw: flag(["-r"], "as long as the device, with holes for the data"), qcow: partly(flag(["-Q"], "a QCOW2 file"), "written as a raw image"), all: flag(["-a"], "the data of files too"), install: flag(["-I"], "write the metadata in the file to the device again"), force: flag(["-f"], "also of a mounted file system"), progress: flag(["-p"], "show how far it is"), check: flag(["-c"], "compare blocks before they are written"), dryRun: flag(["-n"], "write nothing"), scramble: flag(["-s"], "make names unreadable"),
    superblock: text(["-b"], "superblock", "another super block"), blocksize: text(["-B"], "blocksize", "size of blocks"), source: text(["-o"], "src_offset", "where the file system begins"), target: text(["-O"], "dest_offset", "where it is to begin"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    yield* io.stderr(`e2image ${VERSION}\n`);
    const [device, image] = operands;
    if (device === undefined || image === undefined || operands.length > 2) {
      yield* io.stderr(USAGE);
      return 1;
    }
    if (options.all && !options.raw && !options.qcow) {
      yield* io.stderr("e2image: -a option can only be used with raw or QCOW2 images.\n");
      return 1;
    }
    const mounted = (yield* readMounts(sys)).some((mount) => mount.source === device);
    if (mounted && (options.all || options.install) && !options.force) {
      yield* io.stderr("\nRunning e2image on a R/W mounted filesystem can result in an\ninconsistent image which will not be useful for debugging purposes.\nUse -f option if you really want to do that.\n");
      return 1;
    }
    if (options.install) return yield* install(sys, io, device, image);
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, device, false, false, options.superblock === undefined ? undefined : Number(options.superblock), options.blocksize === undefined ? undefined : Number(options.blocksize));
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(`e2image: ${error.message} while trying to open ${device}\nCouldn't find valid filesystem superblock.\n`);
      return 1;
    }
    try {
      const target = yield* sys.open(image, O.RDWR | O.CREAT | O.TRUNC, 0o600);
      const { superblock } = fs;
      const whole = superblock.blocks * superblock.blockBytes;
      const raw = options.raw || options.qcow;
      // where our kernel keeps the files is behind the super block (kernel/block/ext4-type.ts)
      const end = Math.min(whole, options.all ? whole : HEAD_BYTES + superblock.u32(0x304));
      const start = raw ? 0 : HEAD_BYTES;
      for (let at = 0; at < end; at += STEP_BYTES) {
        if (sys.charge(10)) yield* sys.preempt();
        const bytes = yield* sys.pread(fs.fd, Math.min(STEP_BYTES, end - at), at + Number(options.source ?? 0));
        if (!options.dryRun && bytes.some((byte) => byte !== 0)) yield* sys.pwrite(target, bytes, start + at + Number(options.target ?? 0));
      }
      // the head of an image file: what dumpe2fs -i looks for (EXT2_ET_MAGIC_E2IMAGE), then the super block
      if (!raw) {
        const head = new Uint8Array(HEAD_BYTES);
        new DataView(head.buffer).setUint32(0, 2133571407, true);
        head.set(superblock.bytes, 1024);
        yield* sys.pwrite(target, head, 0);
      } else sys.ftruncate(target, whole);
      if (options.all) yield* io.stderr(`Scanning inodes...\nCopying ${superblock.usedBlocks} / ${superblock.blocks} blocks (100%)\nCopied ${superblock.usedBlocks} / ${superblock.usedBlocks} blocks (100%) in 00:00:00\n`);
      sys.close(target);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`e2image: ${error.message} while trying to open ${image}\n`);
      return 1;
    } finally {
      sys.close(fs.fd);
    }
  },
});

function* install(sys: Sys, io: Io, device: string, image: string): Blocking<number> {
  try {
    const source = yield* sys.open(image, O.RDONLY);
    const head = yield* sys.pread(source, HEAD_BYTES, 0);
    if (head.length < HEAD_BYTES || new DataView(head.buffer, head.byteOffset).getUint32(0, true) !== 2133571407) {
      yield* io.stderr(`e2image: Wrong magic number for Ext2 Image Header while trying to open ${image}\n`);
      sys.close(source);
      return 1;
    }
    const target = yield* sys.open(device, O.RDWR);
    for (let at = 1024; ; at += STEP_BYTES) {
      const bytes = yield* sys.pread(source, STEP_BYTES, HEAD_BYTES + at);
      if (bytes.length === 0) break;
      if (sys.charge(10)) yield* sys.preempt();
      yield* sys.pwrite(target, bytes, at);
    }
    sys.close(source);
    sys.close(target);
    return 0;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* io.stderr(`e2image: ${error.message} while trying to open ${device}\n`);
    return 1;
  }
}
