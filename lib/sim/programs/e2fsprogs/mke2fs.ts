// mke2fs: makes an ext2, ext3 or ext4 file system (mke2fs(8), 1.47.0). What it writes is the super block; the kernel takes an empty tree from there.
import { type Blocking, O, S, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { probeQuietly } from "../kit/probe-device.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { readZone } from "../kit/zones.ts";
import { ctime } from "./_facts.ts";
import { newSuperblock } from "./_new-superblock.ts";
import { DebugTree } from "./_debugfs-tree.ts";
import { scanProgress } from "./_bad-blocks.ts";
import { Superblock, VERSION, featureBit, journalSize, saveSuperblock } from "./_superblock.ts";

const BASE = ["sparse_super", "large_file", "filetype", "resize_inode", "dir_index", "ext_attr"];
const OF_TYPE: ReadonlyMap<string, readonly string[]> = new Map([
  ["ext2", BASE], ["ext3", [...BASE, "has_journal"]], ["ext4", [...BASE, "has_journal", "extent", "huge_file", "flex_bg", "metadata_csum", "64bit", "dir_nlink", "extra_isize"]],
]);

const USAGE = "Usage: mke2fs [-c|-l filename] [-b block-size] [-C cluster-size]\n\t[-i bytes-per-inode] [-I inode-size] [-J journal-options]\n\t[-G flex-group-size] [-N number-of-inodes] [-d root-directory]\n\t[-m reserved-blocks-percentage] [-o creator-os]\n\t[-g blocks-per-group] [-L volume-label] [-M last-mounted-directory]\n\t[-O feature[,...]] [-r fs-revision] [-E extended-option[,...]]\n\t[-t fs-type] [-T usage-type ] [-U UUID] [-e errors_behavior][-z undo_file]\n\t[-jnqvDFSV] device [blocks-count]\n";

/** What may stand after -E, and the line that lists it when something else does. */
const EXTENDED: ReadonlyMap<string, string> = new Map([
  ["mmp-update-interval", "mmp_update_interval=<interval>"], ["num-backup-sb", "num_backup_sb=<0|1|2>"], ["stride", "stride=<RAID per-disk data chunk in blocks>"], ["stripe-width", "stripe-width=<RAID stride * data disks in blocks>"], ["offset", "offset=<offset to create the file system>"], ["resize", "resize=<resize maximum size in blocks>"],
  ["packed-meta-blocks", "packed_meta_blocks=<0 to disable, 1 to enable>"], ["lazy-itable-init", "lazy_itable_init=<0 to disable, 1 to enable>"], ["lazy-journal-init", "lazy_journal_init=<0 to disable, 1 to enable>"], ["root-owner", "root_owner=<uid of root dir>:<gid of root dir>"], ["test-fs", "test_fs"], ["discard", "discard"], ["nodiscard", "nodiscard"],
  ["encoding", "encoding=<encoding>"], ["encoding-flags", "encoding_flags=<flags>"], ["quotatype", "quotatype=<quota type(s) to be enabled>"], ["assume-storage-prezeroed", "assume_storage_prezeroed=<0 to disable, 1 to enable>"],
]);

/** s_creator_os */
const CREATORS = ["linux", "hurd", "masix", "freebsd", "lites"];

/** Of the "fs-size" argument: blocks, or a number with a unit. */
function blocksOf(word: string, blockBytes: number): number | undefined {
  const match = /^(\d+)([sKMGT]?)$/i.exec(word);
  if (match === null) return undefined;
  const unit = (match[2] ?? "").toUpperCase();
  if (unit === "") return Number(match[1]);
  return Math.floor((Number(match[1]) * (unit === "S" ? 512 : 1024 ** (" KMGT".indexOf(unit)))) / blockBytes);
}

export default gnu({
  name: "mke2fs", path: "/sbin/mke2fs", links: ["/sbin/mkfs.ext2", "/sbin/mkfs.ext3", "/sbin/mkfs.ext4"], manSection: 8, project: "e2fsprogs", versionText: `mke2fs ${VERSION}\n\tUsing EXT2FS Library version 1.47.0\n`, tryLine: () => USAGE, summary: "make an ext2, ext3 or ext4 file system on a device",
  synopsis: ["[-c|-l filename] [-b block-size] [-i bytes-per-inode] [-I inode-size] [-J journal-options] [-m reserved-blocks-percentage] [-o creator-os] [-N number-of-inodes] [-L volume-label] [-O feature[,...]] [-E extended-option[,...]] [-t fs-type] [-T usage-type] [-U UUID] [-jnqvDFSV] device [blocks-count]"],
  options: {
    block: text(["-b"], "block-size", "size of a block in bytes"), ratio: text(["-i"], "bytes-per-inode", "bytes per inode"), inodeSize: text(["-I"], "inode-size", "size of an inode in bytes"), journalOptions: text(["-J"], "journal-options", "options of the journal"), reserved: text(["-m"], "percentage", "share of the blocks that only root may fill"),
    inodes: text(["-N"], "number-of-inodes", "number of inodes"), label: text(["-L"], "volume-label", "volume label"), features: text(["-O"], "feature[,...]", "features"), extended: text(["-E"], "extended-option[,...]", "extended options"), type: text(["-t"], "fs-type", "what kind of file system"), usage: text(["-T"], "usage-type", "a profile of mke2fs.conf: small, floppy, news, largefile..."),
    uuid: text(["-U"], "UUID", "its UUID"), lastMounted: text(["-M"], "directory", "the last mount point"), journal: flag(["-j"], "with a journal"), dryRun: flag(["-n"], "only show what would be done"), quiet: flag(["-q"], "quiet"), verbose: flag(["-v"], "verbose"), force: counted(["-F"], "force"), version: flag(["-V"], "version"), superOnly: flag(["-S"], "write super block and descriptors only"),
    check: counted(["-c"], "check for bad blocks"), badList: text(["-l"], "filename", "bad blocks from a file"), root: text(["-d"], "root-directory", "copy this tree into the new file system"), errors: text(["-e"], "errors-behavior", "what to do with errors"), group: text(["-g"], "blocks-per-group", "how many blocks a group has"), flex: text(["-G"], "number-of-groups", "groups that keep their tables together"),
    cluster: text(["-C"], "cluster-size", "size of clusters"), creator: text(["-o"], "creator-os", "the system that made it"), revision: text(["-r"], "revision", "revision of the file system"), undo: text(["-z"], "undo_file", "keep what was before in this file"), direct: flag(["-D"], "direct I/O"),
  },
  operands: "files",
  *run({ options, operands, sys, argv0, given }, io: Io) {
    const name = argv0.split("/").at(-1) ?? "mke2fs";
    const die = function* (message: string): Blocking<number> {
      yield* io.stderr(`${name}: ${message}\n`);
      return 1;
    };
    if (options.version) {
      yield* io.stderr(`mke2fs ${VERSION}\n\tUsing EXT2FS Library version 1.47.0\n`);
      return 0;
    }
    const usage = USAGE.replace("mke2fs", name);
    const blockGiven = options.block === undefined ? undefined : Number(options.block);
    if (blockGiven !== undefined && ![1024, 2048, 4096, 8192, 16384, 32768, 65536].includes(blockGiven)) return yield* die(`invalid block size - ${options.block ?? ""}`);
    if (blockGiven !== undefined && blockGiven > 4096) yield* io.stderr(`Warning: blocksize ${blockGiven} not usable on most systems.\n`);
    if (options.ratio !== undefined && !(Number(options.ratio) >= 1024 && Number(options.ratio) <= 67108864)) return yield* die(`invalid inode ratio ${options.ratio} (min 1024/max 67108864)`);
    if (options.inodes !== undefined && !/^\d+$/.test(options.inodes)) return yield* die(`bad num inodes - ${options.inodes}`);
    if (options.reserved !== undefined && !(/^\d*\.?\d+$/.test(options.reserved) && Number(options.reserved) <= 50)) return yield* die(`invalid reserved blocks percent - ${options.reserved}`);
    if (options.group !== undefined && (!/^\d+$/.test(options.group) || Number(options.group) % 8 !== 0)) return yield* die(/^\d+$/.test(options.group) ? "blocks per group must be multiple of 8" : "Illegal number for blocks per group");
    const flexGroups = options.flex === undefined ? 16 : Number(options.flex);
    if (!Number.isInteger(flexGroups) || flexGroups < 1) return yield* die("Illegal number for flex_bg size");
    if ((flexGroups & (flexGroups - 1)) !== 0) return yield* die("flex_bg size must be a power of 2");
    const errors = options.errors === undefined ? 1 : ["continue", "remount-ro", "panic"].indexOf(options.errors) + 1;
    if (errors < 1) {
      yield* io.stderr(`${name}: bad error behavior - ${options.errors ?? ""}\n${usage}`);
      return 1;
    }
    if (given.filter((one) => one.option === "type").length > 1) return yield* die("The -t option may only be used once");
    let journalMegabytes: number | undefined;
    for (const word of (options.journalOptions ?? "").split(",").filter((one) => one !== "")) {
      const [key = "", value = ""] = word.split("=");
      if (key === "size" && /^\d+$/.test(value)) journalMegabytes = Number(value);
      else if (!["device", "location"].includes(key) && key !== "fast_commit_size") {
        yield* io.stderr("\nBad journal options specified.\n\nJournal options are separated by commas, and may take an argument which\n\tis set off by an equals ('=') sign.\n\nValid journal options are:\n\tsize=<journal size in megabytes>\n\tdevice=<journal device>\n\tlocation=<journal location>\n\nThe journal size must be between 1024 and 10240000 filesystem blocks.\n\n");
        return 1;
      }
    }
    if (encode(options.label ?? "").length > 16) yield* io.stderr(`Warning: label too long; will be truncated to '${decode(encode(options.label ?? "").subarray(0, 16))}'\n\n`);
    const [path, sizeWord] = operands;
    if (!options.quiet && path !== undefined) yield* io.stderr(`mke2fs ${VERSION}\n`);
    if (path === undefined || operands.length > 2) {
      yield* io.stderr(usage);
      return 1;
    }
    const badExtended = function* (words: string): Blocking<number> {
      yield* io.stderr(`\nBad option(s) specified: ${words}\n\nExtended options are separated by commas, and may take an argument which\n\tis set off by an equals ('=') sign.\n\nValid extended options are:\n${[...EXTENDED.values()].map((line) => `\t${line}\n`).join("")}\n`);
      return 1;
    };
    const extended = new Map<string, string>();
    for (const word of (options.extended ?? "").split(",").filter((one) => one !== "")) {
      const [key = "", value = ""] = word.split("=");
      if (!EXTENDED.has(key.replaceAll("_", "-"))) return yield* badExtended(key);
      extended.set(key.replaceAll("_", "-"), value);
    }
    for (const [key, pattern] of [["stride", /^[1-9]\d*$/], ["stripe-width", /^[1-9]\d*$/], ["resize", /^\d+[sKMGT]?$/i], ["root-owner", /^(?:\d+:\d+)?$/]] as const) {
      const value = extended.get(key);
      if (value === undefined || pattern.test(value)) continue;
      yield* io.stderr(`${key === "root-owner" ? "Invalid root_owner" : `Invalid ${key} parameter`}: '${value}'\n`.replace(/'(.*)'/, key === "root-owner" ? "'$1'" : "$1"));
      return yield* badExtended("");
    }
    const type = options.type ?? (/^mkfs\.(ext[234])$/.exec(name)?.[1] ?? (options.journal ? "ext3" : "ext2"));
    const features = new Set(OF_TYPE.get(type) ?? BASE);
    if (!OF_TYPE.has(type)) yield* io.stderr(`\nYour mke2fs.conf file does not define the ${type} filesystem type.\n`);
    if (options.journal || options.journalOptions !== undefined) features.add("has_journal");
    for (const word of (options.features ?? "").split(",").filter((one) => one !== "")) {
      const off = word.startsWith("^");
      if (word === "none") features.clear();
      else if (featureBit(word.replace(/^\^/, "")) === undefined) {
        yield* io.stderr(`Invalid filesystem option set: ${options.features ?? ""}\n`);
        return 1;
      }
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
      if (options.dryRun) return yield* die("No such file or directory while trying to determine hardware sector size");
      io.say(`Creating regular file ${path}\n`);
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
    const wantedBytes = sizeWord === undefined ? sizeBytes : (blocksOf(sizeWord, blockGiven ?? 1024) ?? -1) * (blockGiven ?? 1024);
    if (wantedBytes < 0) return yield* die(`invalid blocks '${sizeWord ?? ""}' on device '${path}'`);
    if (wantedBytes === 0) return yield* die(`Device size reported to be zero.  Invalid partition specified, or\n\tpartition table wasn't reread after running fdisk, due to\n\ta modified partition being busy and in use.  You may need to reboot\n\tto re-read your partition table.\n`);
    // the types of mke2fs.conf that follow from the size alone
    const kind = wantedBytes < 3 * 2 ** 20 ? "floppy" : wantedBytes < 512 * 2 ** 20 ? "small" : wantedBytes < 4 * 2 ** 40 ? "default" : "big";
    const blockBytes = blockGiven ?? ((options.usage ?? kind) === "floppy" || (options.usage ?? kind) === "small" ? 1024 : 4096);
    if (options.verbose) yield* io.stderr(`fs_types for mke2fs.conf resolution: '${type}'${(options.usage ?? kind) === "default" ? "" : `, '${options.usage ?? kind}'`}\n`);
    const defaultRatio = new Map([["floppy", 8192], ["small", 4096], ["default", 16384], ["big", 32768], ["news", 4096], ["largefile", 2 ** 20], ["largefile4", 2 ** 22]]);
    const ratio = options.ratio === undefined ? (defaultRatio.get(options.usage ?? kind) ?? 16384) : Number(options.ratio);
    const inodeBytes = options.inodeSize === undefined ? 256 : Number(options.inodeSize);
    if (!(inodeBytes >= 128 && inodeBytes <= blockBytes) || (inodeBytes & (inodeBytes - 1)) !== 0) return yield* die(`invalid inode size ${options.inodeSize ?? ""} (min 128/max ${blockBytes})`);
    if (options.usage !== undefined && !defaultRatio.has(options.usage) && options.usage !== "small" && options.usage !== "hurd") yield* io.stderr(`\nWarning: the fs_type ${options.usage} is not defined in mke2fs.conf\n\n`);
    const blocks = Math.floor(wantedBytes / blockBytes);
    if (blocks < 60) {
      yield* io.stderr(`${path}: Not enough space to build proposed filesystem while setting up superblock\n`);
      return 1;
    }
    if (inodeBytes === 128) yield* io.stderr("128-byte inodes cannot handle dates beyond 2038 and are deprecated\n");
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
    const journalLength = journalMegabytes === undefined ? undefined : Math.floor((journalMegabytes * 1048576) / blockBytes);
    if (features.has("has_journal") && journalLength !== undefined) {
      if (journalLength < 1024 || journalLength > 10240000) {
        yield* io.stderr(`\nThe requested journal size is ${journalLength} blocks; it must be\nbetween 1024 and 10240000 filesystem blocks.  Aborting.\n`);
        return 1;
      }
      if (journalLength > blocks / 2) {
        yield* io.stderr("\nTotal journal size too big for filesystem.\n");
        return 1;
      }
    }
    if (features.has("has_journal") && blocks < 2048 && !options.dryRun) yield* io.stderr("\nFilesystem too small for a journal\n");
    const superblock = newSuperblock({ blocks, blockBytes, ratio, inodeBytes, features, inodes: options.inodes === undefined ? undefined : Number(options.inodes), blocksPerGroup: options.group === undefined ? undefined : Number(options.group), flexGroups, journalLength, errors, reservedPercent: Number(options.reserved ?? 5), zeroTime: Math.floor(sys.clockUs("realtime") / 1e6) });
    if (superblock.inodes > 0xffffffff || superblock.inodesPerGroup * superblock.inodeBytes > blockBytes * superblock.blocksPerGroup) return yield* die(`inode_size (${inodeBytes}) * inodes_count (${options.inodes ?? ""}) too big for a\n\tfilesystem with ${blocks} blocks, specify higher inode_ratio (-i)\n\tor lower inode count (-N).\n`);
    superblock.set16(0x164, Number(extended.get("stride") ?? 0));
    superblock.set32(0x170, Number(extended.get("stripe-width") ?? 0));
    superblock.set32(0x48, Math.max(0, CREATORS.indexOf((options.creator ?? "linux").toLowerCase())));
    superblock.label = options.label ?? "";
    if (options.lastMounted !== undefined) superblock.bytes.set(encode(options.lastMounted).subarray(0, 63), 0x88);
    const random = sys.random(16).slice();
    random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
    random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
    superblock.uuid = options.uuid === undefined || options.uuid === "random" || options.uuid === "time" ? uuidText(random) : options.uuid === "clear" || options.uuid === "null" ? "" : options.uuid;
    superblock.bytes.set(sys.random(16), 0xec);
    const put = (line: string): void => {
      if (!options.quiet) io.say(line);
    };
    if (!options.dryRun && (isDevice || exists) && !extended.has("nodiscard")) {
      const width = String(blocks).length;
      const shown = `${"0".padStart(width)}/${blocks}`;
      put(isDevice ? `Discarding device blocks: ${io.word("done").padEnd(32)}\n` : `Discarding device blocks: ${shown}${eraser(shown)}${io.word("done").padEnd(32)}\n`);
      if (!isDevice) superblock.set32(0x314, 1);
      if (!isDevice && options.verbose) put("Discard succeeded and will return 0s - skipping inode table wipe\n");
    }
    if (options.uuid !== undefined && !["random", "clear", "time", "null"].includes(options.uuid) && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(options.uuid)) {
      yield* io.stderr(`${path}: could not parse UUID: ${options.uuid}\n\n`);
      return 1;
    }
    if (!options.verbose) put(`Creating filesystem with ${superblock.blocks} ${blockBytes / 1024}k blocks and ${superblock.inodes} inodes\n`);
    if (options.verbose) {
      put(`Filesystem label=${superblock.label}\nOS type: ${["Linux", "Hurd", "Masix", "FreeBSD", "Lites"][superblock.u32(0x48)] ?? "Linux"}\nBlock size=${blockBytes} (log=${Math.log2(blockBytes / 1024)})\nFragment size=${blockBytes} (log=${Math.log2(blockBytes / 1024)})\nStride=${superblock.u16(0x164)} blocks, Stripe width=${superblock.u32(0x170)} blocks\n${superblock.inodes} inodes, ${superblock.blocks} blocks\n${superblock.u32(0x08)} blocks (${((superblock.u32(0x08) * 100) / superblock.blocks).toFixed(2)}%) reserved for the super user\nFirst data block=${superblock.firstBlock}\nMaximum filesystem blocks=${(superblock.reservedGdt + superblock.descriptorBlocks) * (blockBytes / superblock.descriptorBytes) * superblock.blocksPerGroup}\n${superblock.groups} block group${superblock.groups === 1 ? "" : "s"}\n${superblock.blocksPerGroup} blocks per group, ${superblock.blocksPerGroup} fragments per group\n${superblock.inodesPerGroup} inodes per group\n`);
    }
    if (superblock.groups > 1) put(`Filesystem UUID: ${superblock.uuid}\n`);
    const copies: number[] = [];
    for (let group = 1; group < superblock.groups; group++) if (superblock.hasCopy(group)) copies.push(group * superblock.blocksPerGroup + superblock.firstBlock);
    if (superblock.groups > 1) put("Superblock backups stored on blocks: ");
    let left = 0;
    copies.forEach((block, index) => {
      const need = String(block).length + 2;
      if (index > 0) put(", ");
      if (need > left) {
        put("\n\t");
        left = 72;
      }
      left -= need;
      put(String(block));
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
    if (!options.superOnly) {
      yield* sys.pwrite(fd, new Uint8Array(1024), 0);
      yield* sys.pwrite(fd, new Uint8Array(Math.min(36864, blocks * blockBytes) - 2048), 2048);
    }
    const before = options.superOnly ? new Superblock((yield* sys.pread(fd, 1024, 1024)).slice()) : undefined;
    // -S leaves the inodes, and where our kernel keeps them, alone
    if (before?.valid === true) superblock.bytes.set(before.bytes.subarray(0x300, 0x314), 0x300);
    const bad = options.badList === undefined ? undefined : yield* readTextFile(sys, options.badList);
    superblock.badBlocks = (bad ?? "").split(/\s+/).filter((word) => /^\d+$/.test(word)).map(Number);
    superblock.freeBlocks -= superblock.badBlocks.length;
    yield* saveSuperblock(sys, { fd, superblock }, true);
    sys.close(fd);
    if (sys.charge(200 + superblock.groups)) yield* sys.preempt();
    for (let pass = 0; pass < options.check; pass++) {
      if (options.check === 1) put(scanProgress("Checking for bad blocks (read-only test): "));
      else if (pass === 1) for (const pattern of ["aa", "55", "ff", "00"]) put(`${scanProgress(`Testing with pattern 0x${pattern}: `)}${scanProgress("Reading and comparing: ")}`);
    }
    const count = String(superblock.groups);
    const progress = `${"0".padStart(count.length)}/${count}`;
    const erased = eraser(progress);
    for (const step of options.superOnly ? ["Allocating group tables"] : ["Allocating group tables", "Writing inode tables"]) put(`${step}: ${progress}${erased}${io.word("done").padEnd(32)}\n`);
    if (options.superOnly) {
      io.say(`${path} may be further corrupted by superblock rewrite\n`);
      put("Skipping journal creation in super-only mode\n");
    } else if (superblock.has("has_journal")) put(`Creating journal (${journalLength ?? journalSize(blocks)} blocks): ${io.word("done")}\n`);
    const owner = extended.get("root-owner");
    if (owner !== undefined) {
      const [uid = sys.getcred().ruid, gid = sys.getcred().rgid] = owner === "" ? [] : owner.split(":").map(Number);
      try {
        const tree = yield* DebugTree.open(sys, path, true);
        sys.chown(tree.root, uid, gid);
        yield* tree.close();
      } catch (error) {
        if (error instanceof SysError) return yield* die(`${error.message} while creating root dir`);
        throw error;
      }
    }
    if (options.root !== undefined) {
      put("Copying files into the device: ");
      try {
        yield* populate(sys, path, options.root);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.out.flush();
        yield* io.stderr(`set_inode_xattr: ${error.message} while listing attributes of "${options.root}"\npopulate_fs2: ${error.message} while copying xattrs on root directory\n${name}: ${error.message} while populating file system\n`);
        return 1;
      }
      put(`${io.word("done")}\n`);
    }
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

const eraser = (text: string): string => "\b".repeat(text.length) + " ".repeat(text.length) + "\b".repeat(text.length);

/** Throws SysError: the directory is not there. */
function* populate(sys: Sys, device: string, directory: string): Blocking<void> {
  sys.stat(directory);
  const tree = yield* DebugTree.open(sys, device, true);
  const copy = function* (from: string, to: string): Blocking<void> {
    for (const { name } of sys.readdir(from)) {
      if (sys.charge(20)) yield* sys.preempt();
      const source = `${from}/${name}`;
      const target = `${to}/${name}`;
      const stat = sys.lstat(source);
      const kind = stat.mode & S.IFMT;
      if (kind === S.IFDIR) {
        sys.mkdir(target, stat.mode & 0o7777);
        yield* copy(source, target);
      } else if (kind === S.IFLNK) sys.symlink(sys.readlink(source), target);
      else if (kind === S.IFREG) {
        const input = yield* sys.open(source, O.RDONLY);
        const output = yield* sys.open(target, O.WRONLY | O.CREAT, stat.mode & 0o7777);
        for (let bytes = yield* sys.read(input, 65_536); bytes.length > 0; bytes = yield* sys.read(input, 65_536)) yield* sys.write(output, bytes);
        sys.close(input);
        sys.close(output);
      } else continue;
      if (kind !== S.IFLNK) sys.chmod(target, stat.mode & 0o7777);
      sys.chown(target, stat.uid, stat.gid, false);
    }
  };
  yield* copy(directory.replace(/\/+$/, "") || "/", tree.root);
  yield* tree.close();
}
