// mke2fs: makes an ext2, ext3 or ext4 file system (mke2fs(8), 1.47.0). What it writes is the super block; the kernel takes an empty tree from there.
import { type Blocking, O, S, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu, text, unsimulated } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { readZone } from "../kit/zones.ts";
import { ctime } from "./_facts.ts";
import { Superblock, VERSION, featureBit, journalSize, saveSuperblock } from "./_superblock.ts";

const BASE = ["sparse_super", "large_file", "filetype", "resize_inode", "dir_index", "ext_attr"];
const OF_TYPE: ReadonlyMap<string, readonly string[]> = new Map([
  ["ext2", BASE], ["ext3", [...BASE, "has_journal"]], ["ext4", [...BASE, "has_journal", "extent", "huge_file", "flex_bg", "metadata_csum", "64bit", "dir_nlink", "extra_isize"]],
]);

/** Of the "fs-size" argument: blocks, or a number with a unit. */
function blocksOf(word: string, blockBytes: number): number | undefined {
  const match = /^(\d+)([sKMGT]?)$/i.exec(word);
  if (match === null) return undefined;
  const unit = (match[2] ?? "").toUpperCase();
  if (unit === "") return Number(match[1]);
  return Math.floor((Number(match[1]) * (unit === "S" ? 512 : 1024 ** (" KMGT".indexOf(unit)))) / blockBytes);
}

export default gnu({
  name: "mke2fs", path: "/sbin/mke2fs", links: ["/sbin/mkfs.ext2", "/sbin/mkfs.ext3", "/sbin/mkfs.ext4"], manSection: 8, project: "e2fsprogs", versionText: `mke2fs ${VERSION}\n\tUsing EXT2FS Library version 1.47.0\n`, tryLine: () => "", summary: "create an ext2/ext3/ext4 file system",
  synopsis: ["[-c|-l filename] [-b block-size] [-i bytes-per-inode] [-I inode-size] [-J journal-options] [-m reserved-blocks-percentage] [-o creator-os] [-N number-of-inodes] [-L volume-label] [-O feature[,...]] [-E extended-option[,...]] [-t fs-type] [-T usage-type] [-U UUID] [-jnqvDFSV] device [blocks-count]"],
  options: {
    block: text(["-b"], "block-size", "size of blocks in bytes"), ratio: text(["-i"], "bytes-per-inode", "bytes per inode"), inodeSize: text(["-I"], "inode-size", "size of each inode in bytes"), journalOptions: text(["-J"], "journal-options", "options of the journal"), reserved: text(["-m"], "percentage", "blocks reserved for the super-user"),
    inodes: text(["-N"], "number-of-inodes", "number of inodes"), label: text(["-L"], "volume-label", "volume label"), features: text(["-O"], "feature[,...]", "features"), extended: text(["-E"], "extended-option[,...]", "extended options"), type: text(["-t"], "fs-type", "type of the file system"), usage: text(["-T"], "usage-type", "how it is going to be used"),
    uuid: text(["-U"], "UUID", "its UUID"), lastMounted: text(["-M"], "directory", "the last mount point"), journal: flag(["-j"], "with a journal"), dryRun: flag(["-n"], "only show what would be done"), quiet: flag(["-q"], "quiet"), verbose: flag(["-v"], "verbose"), force: counted(["-F"], "force"), version: flag(["-V"], "version"), superOnly: flag(["-S"], "write super block and descriptors only"),
    check: unsimulated(["-c"], "check for bad blocks", "disks have no bad blocks here"), root: unsimulated(["-d"], "root-directory", "copying a tree into the new file system", "DIR"), errors: text(["-e"], "errors-behavior", "what to do with errors"), group: text(["-g"], "blocks-per-group", "blocks in a block group"), direct: flag(["-D"], "direct I/O"),
  },
  operands: "files",
  *run({ options, operands, sys, argv0 }, io: Io) {
    const name = argv0.split("/").at(-1) ?? "mke2fs";
    const die = function* (message: string): Blocking<number> {
      yield* io.stderr(`${name}: ${message}\n`);
      return 1;
    };
    if (options.version) {
      yield* io.stderr(`mke2fs ${VERSION}\n\tUsing EXT2FS Library version 1.47.0\n`);
      return 0;
    }
    if (!options.quiet) yield* io.stderr(`mke2fs ${VERSION}\n`);
    const [path, sizeWord] = operands;
    if (path === undefined || operands.length > 2) {
      yield* io.stderr(`Usage: ${name} [-c|-l filename] [-b block-size] [-C cluster-size]\n\t[-i bytes-per-inode] [-I inode-size] [-J journal-options]\n\t[-G flex-group-size] [-N number-of-inodes] [-d root-directory]\n\t[-m reserved-blocks-percentage] [-o creator-os]\n\t[-g blocks-per-group] [-L volume-label] [-M last-mounted-directory]\n\t[-O feature[,...]] [-r fs-revision] [-E extended-option[,...]]\n\t[-t fs-type] [-T usage-type ] [-U UUID] [-e errors_behavior][-z undo_file]\n\t[-jnqvDFSV] device [blocks-count]\n`);
      return 1;
    }
    const type = options.type ?? (/^mkfs\.(ext[234])$/.exec(name)?.[1] ?? (options.journal ? "ext3" : "ext2"));
    const features = new Set(OF_TYPE.get(type) ?? []);
    if (features.size === 0) return yield* die(`\nYour mke2fs.conf file does not define the ${type} filesystem type.\nAborting...`);
    if (options.journal) features.add("has_journal");
    for (const word of (options.features ?? "").split(",").filter((one) => one !== "")) {
      const off = word.startsWith("^");
      if (word === "none") features.clear();
      else if (featureBit(word.replace(/^\^/, "")) === undefined) return yield* die(`Invalid filesystem option set: ${options.features ?? ""}`);
      else if (off) features.delete(word.slice(1));
      else features.add(word);
    }
    let sizeBytes: number;
    let exists = true;
    let isDevice = false;
    try {
      const stat = sys.stat(path);
      const kind = stat.mode & S.IFMT;
      isDevice = kind === S.IFBLK;
      if (kind !== S.IFBLK && kind !== S.IFREG) return yield* die(`${path} is not a block special device.`);
      if (isDevice) {
        const fd = yield* sys.open(path, O.RDONLY);
        sizeBytes = Number(sys.ioctl(fd, "BLKGETSIZE64"));
        sys.close(fd);
      } else sizeBytes = stat.sizeBytes;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOENT") return yield* die(`${error.message} while trying to determine filesystem size`);
      if (sizeWord === undefined) {
        yield* io.stderr(`The file ${path} does not exist and no size was specified.\n`);
        return 1;
      }
      if (!options.quiet) io.say(`Creating regular file ${path}\n`);
      exists = false;
      sizeBytes = 0;
    }
    if (isDevice) {
      try {
        sys.close(yield* sys.open(path, O.RDONLY | O.EXCL));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EBUSY" && !(yield* readMounts(sys)).some((mount) => mount.source === path)) {
          yield* io.stderr(`${path} is apparently in use by the system; will not make a filesystem here!\n`);
          return 1;
        }
      }
      const mounted = (yield* readMounts(sys)).find((mount) => mount.source === path);
      if (mounted !== undefined) {
        yield* io.stderr(`${path} is mounted; will not make a filesystem here!\n`);
        return 1;
      }
    }
    const blockGiven = options.block === undefined ? undefined : Number(options.block);
    if (blockGiven !== undefined && ![1024, 2048, 4096].includes(blockGiven)) return yield* die(`invalid block size - ${options.block ?? ""}`);
    const wantedBytes = sizeWord === undefined ? sizeBytes : (blocksOf(sizeWord, blockGiven ?? 1024) ?? -1) * (blockGiven ?? 1024);
    if (wantedBytes < 0) return yield* die(`invalid blocks '${sizeWord ?? ""}' on device '${path}'`);
    if (wantedBytes === 0) return yield* die(`Device size reported to be zero.  Invalid partition specified, or\n\tpartition table wasn't reread after running fdisk, due to\n\ta modified partition being busy and in use.  You may need to reboot\n\tto re-read your partition table.\n`);
    // the types of mke2fs.conf that follow from the size alone
    const kind = wantedBytes < 3 * 2 ** 20 ? "floppy" : wantedBytes < 512 * 2 ** 20 ? "small" : wantedBytes < 4 * 2 ** 40 ? "default" : "big";
    const blockBytes = blockGiven ?? (kind === "floppy" || kind === "small" ? 1024 : 4096);
    const defaultRatio = new Map([["floppy", 8192], ["small", 4096], ["default", 16384], ["big", 32768], ["news", 4096], ["largefile", 2 ** 20], ["largefile4", 2 ** 22]]);
    const ratio = options.ratio === undefined ? (defaultRatio.get(options.usage ?? kind) ?? 16384) : Number(options.ratio);
    if (!(ratio >= 1024)) return yield* die(`invalid inode ratio ${options.ratio ?? ""} (min 1024/max 67108864)`);
    const inodeBytes = options.inodeSize === undefined ? 256 : Number(options.inodeSize);
    const blocks = Math.floor(wantedBytes / blockBytes);
    if (blocks < 60) return yield* die(`${path}: Cannot create filesystem with requested number of inodes while setting up superblock`);
    if (exists && sizeWord !== undefined && isDevice && blocks * blockBytes > sizeBytes) {
      yield* io.stderr(`${name}: Filesystem larger than apparent device size.\n`);
      if (options.force === 0) return 1;
    }
    if (exists && options.force === 0 && sys.isatty(0) && sys.isatty(1)) {
      const old = yield* probeQuietly(sys, path);
      if (old.type !== undefined || old.tableType !== undefined) {
        const zone = yield* readZone(sys);
        if (old.type !== undefined) {
          io.say(`${path} contains a ${old.type} file system${old.label === undefined ? "" : ` labelled '${old.label}'`}\n`);
          if (old.type.startsWith("ext")) {
            const before = new Superblock((yield* readAt(sys, path, 1024, 1024)).slice());
            if (before.u32(0x2c) !== 0) io.say(`\tlast mounted on ${before.lastMounted} on ${ctime(zone, before.u32(0x2c))}\n`);
            else io.say(`\tcreated on ${ctime(zone, before.u32(0x108))}\n`);
          }
        } else io.say(`Found a ${old.tableType} partition table in ${path}\n`);
        io.say("Proceed anyway? (y,N) ");
        yield* io.out.flush();
        const answer = (yield* io.stdin.lines())[0] ?? "";
        if (!/^[yY]/.test(answer)) return 1;
      }
    }
    const superblock = layout({ blocks, blockBytes, ratio, inodeBytes, features, inodes: options.inodes === undefined ? undefined : Number(options.inodes), reservedPercent: Number(options.reserved ?? 5), zeroTime: Math.floor(sys.clockUs("realtime") / 1e6) });
    superblock.label = options.label ?? "";
    if (encode(options.label ?? "").length > 16) yield* io.stderr("Warning: label too long; will be truncated to '" + superblock.label + "'\n\n");
    if (options.lastMounted !== undefined) superblock.bytes.set(encode(options.lastMounted).subarray(0, 63), 0x88);
    const random = sys.random(16).slice();
    random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
    random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
    superblock.uuid = options.uuid === undefined || options.uuid === "random" ? uuidText(random) : options.uuid === "clear" ? "" : options.uuid;
    superblock.bytes.set(sys.random(16), 0xec);
    const put = (line: string): void => {
      if (!options.quiet) io.say(line);
    };
    if (isDevice && !options.dryRun) put(`Discarding device blocks: ${io.word("done").padEnd(32)}\n`);
    put(`Creating filesystem with ${blocks} ${blockBytes / 1024}k blocks and ${superblock.inodes} inodes\n`);
    if (superblock.groups > 1) put(`Filesystem UUID: ${superblock.uuid}\n`);
    const copies: number[] = [];
    for (let group = 1; group < superblock.groups; group++) if (superblock.hasCopy(group)) copies.push(group * superblock.blocksPerGroup + superblock.firstBlock);
    if (superblock.groups > 1) put("Superblock backups stored on blocks: \n\t");
    let column = 8;
    copies.forEach((block, index) => {
      if (index > 0) {
        put(", ");
        column += 2;
      }
      if (column + String(block).length > 72) {
        put("\n\t");
        column = 8;
      }
      put(String(block));
      column += String(block).length;
    });
    put(superblock.groups > 1 ? "\n\n" : "\n");
    if (options.dryRun) return 0;
    let fd: number;
    try {
      fd = yield* sys.open(path, O.RDWR | (exists ? (isDevice ? O.EXCL : 0) : O.CREAT), 0o666);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* die(`${error.message} while setting up superblock`);
    }
    if (!isDevice && sys.fstat(fd).sizeBytes < blocks * blockBytes) sys.ftruncate(fd, blocks * blockBytes);
    // signatures of what was there: boot sector, ISO 9660, swap, the tree of a former file system
    yield* sys.pwrite(fd, new Uint8Array(1024), 0);
    yield* sys.pwrite(fd, new Uint8Array(Math.min(36864, blocks * blockBytes) - 2048), 2048);
    yield* saveSuperblock(sys, { fd, superblock });
    sys.close(fd);
    if (sys.charge(200 + superblock.groups)) yield* sys.preempt();
    const count = String(superblock.groups);
    const progress = `${"0".padStart(count.length)}/${count}`;
    const erased = "\b".repeat(progress.length) + " ".repeat(progress.length) + "\b".repeat(progress.length);
    for (const step of ["Allocating group tables", "Writing inode tables"]) put(`${step}: ${progress}${erased}${io.word("done").padEnd(32)}\n`);
    if (superblock.has("has_journal")) put(`Creating journal (${journalSize(blocks)} blocks): ${io.word("done")}\n`);
    else if (features.has("has_journal")) yield* io.stderr("\nFilesystem too small for a journal\n");
    put(`Writing superblocks and filesystem accounting information: ${progress}${erased}${io.word("done")}\n\n`);
    return 0;
  },
});

function* readAt(sys: Sys, path: string, at: number, length: number): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY);
  const bytes = yield* sys.pread(fd, length, at);
  sys.close(fd);
  return bytes;
}

interface Wanted {
  readonly blocks: number;
  readonly blockBytes: number;
  readonly ratio: number;
  readonly inodeBytes: number;
  readonly features: ReadonlySet<string>;
  readonly inodes: number | undefined;
  readonly reservedPercent: number;
  /** now, in seconds */
  readonly zeroTime: number;
}

/** As ext2fs_initialize works it out. */
function layout({ blocks, blockBytes, ratio, inodeBytes, features, inodes, reservedPercent, zeroTime }: Wanted): Superblock {
  const superblock = new Superblock(new Uint8Array(1024));
  superblock.set16(0x38, 0xef53);
  superblock.set32(0x18, Math.log2(blockBytes / 1024));
  superblock.set32(0x1c, Math.log2(blockBytes / 1024));
  superblock.set32(0x14, blockBytes === 1024 ? 1 : 0);
  superblock.set32(0x20, blockBytes * 8);
  superblock.set32(0x24, blockBytes * 8);
  superblock.set32(0x4c, 1);
  superblock.set32(0x54, 11);
  superblock.set16(0x58, inodeBytes);
  superblock.set16(0x36, 0xffff);
  superblock.set16(0x3a, 1);
  superblock.set16(0x3c, 1);
  superblock.set16(0x15c, 32);
  superblock.set16(0x15e, 32);
  superblock.set32(0x100, 0xc);
  superblock.set32(0x108, zeroTime);
  superblock.set32(0x40, zeroTime);
  superblock.set32(0x30, zeroTime);
  if (features.has("64bit")) superblock.set16(0xfe, 64);
  for (const feature of features) superblock.setFeature(feature, true);
  if (blocks < 2048) superblock.setFeature("has_journal", false);
  superblock.blocks = blocks;
  const { groups } = superblock;
  const wanted = inodes ?? Math.floor((blocks * blockBytes) / ratio);
  const perBlock = blockBytes / inodeBytes;
  let perGroup = Math.ceil(wanted / groups);
  perGroup = Math.max(8, Math.floor(Math.ceil(perGroup / perBlock) * perBlock / 8) * 8);
  superblock.set32(0x28, Math.min(perGroup, blockBytes * 8));
  superblock.set32(0x00, superblock.inodesPerGroup * groups);
  if (superblock.has("resize_inode")) {
    const descriptorsPerBlock = blockBytes / superblock.descriptorBytes;
    const most = blocks < 0xffffffff / 1024 ? blocks * 1024 : 0xffffffff;
    const wantedGroups = Math.ceil((most - superblock.firstBlock) / superblock.blocksPerGroup);
    superblock.set16(0xce, Math.max(0, Math.min(Math.ceil(wantedGroups / descriptorsPerBlock) - superblock.descriptorBlocks, blockBytes / 4)));
  }
  superblock.set32(0x08, Math.floor((blocks * reservedPercent) / 100));
  // the root directory, lost+found, and the inode that holds the reserved descriptors
  const own = 1 + (blockBytes === 1024 ? 12 : 4) + (superblock.has("resize_inode") ? 1 : 0);
  superblock.freeBlocks = blocks - superblock.overhead - own;
  superblock.set32(0x10, superblock.inodes - 11);
  superblock.set32(0x178, Math.floor(((superblock.overhead + own) * blockBytes) / 1024));
  return superblock;
}
