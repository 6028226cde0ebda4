// tune2fs: shows and changes the settings of an ext file system (tune2fs(8), 1.47.0).
import { type Blocking, POLL, type Sys, SysError, daysFromCivil, encode } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, gnu, text, texts } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { epochOfLocal, readZone } from "../kit/zones.ts";
import { ctime, HASHES, MOUNT_OPTIONS, superblockFacts } from "./_facts.ts";
import { writeUndo } from "./_undo-file.ts";
import { BadMagic, type OpenFileSystem, type Superblock, VERSION, featureBit, journalSize, openFileSystem, saveSuperblock } from "./_superblock.ts";

const USAGE = "Usage: tune2fs [-c max_mounts_count] [-e errors_behavior] [-f] [-g group]\n\t[-i interval[d|m|w]] [-j] [-J journal_options] [-l]\n\t[-m reserved_blocks_percent] [-o [^]mount_options[,...]]\n\t[-r reserved_blocks_count] [-u user] [-C mount_count]\n\t[-L volume_label] [-M last_mounted_dir]\n\t[-O [^]feature[,...]] [-Q quota_options]\n\t[-E extended-option[,...]] [-T last_check_time] [-U UUID]\n\t[-I new_inode_size] [-z undo_file] device\n";
const BAD_EXTENDED = "\nBad options specified.\n\nExtended options are separated by commas, and may take an argument which\n\tis set off by an equals ('=') sign.\n\nValid extended options are:\n\tclear_mmp\n\thash_alg=<hash algorithm>\n\tmount_opts=<extended default mount options>\n\tmmp_update_interval=<mmp update interval in seconds>\n\tstride=<RAID per-disk chunk size in blocks>\n\tstripe_width=<RAID stride*data disks in blocks>\n\tforce_fsck\n\ttest_fs\n\t^test_fs\n\tencoding=<encoding>\n\tencoding_flags=<flags>\n\n";
const BAD_QUOTA = "\nBad quota options specified.\n\nFollowing valid quota options are available (pass by separating with comma):\n\t[^]usr[quota]\n\t[^]grp[quota]\n\t[^]prj[quota]\n\n\n";
const BAD_JOURNAL = "\nBad journal options specified.\n\nJournal options are separated by commas, and may take an argument which\n\tis set off by an equals ('=') sign.\n\nValid journal options are:\n\tsize=<journal size in megabytes>\n\tdevice=<journal device>\n\tlocation=<journal location>\n\nThe journal size must be between 1024 and 10240000 filesystem blocks.\n\n";
const CHECK_FIRST = "\nThis operation requires a freshly checked filesystem.\n\nPlease run e2fsck -f on the filesystem.\n\n";
const CHECK_AFTER = "\nPlease run e2fsck -f on the filesystem.\n\n";

/** What can be turned on and off in a file system that has files. */
const SETTABLE = new Set(["has_journal", "dir_index", "stable_inodes", "filetype", "extent", "flex_bg", "mmp", "64bit", "project", "encrypt", "metadata_csum_seed", "large_dir", "casefold", "large_file", "huge_file", "dir_nlink", "extra_isize", "sparse_super", "quota", "metadata_csum", "uninit_bg", "read-only", "verity", "ea_inode", "orphan_file", "fast_commit"]);
const CLEARABLE = new Set(["has_journal", "resize_inode", "dir_index", "filetype", "mmp", "64bit", "metadata_csum_seed", "casefold", "large_file", "huge_file", "dir_nlink", "extra_isize", "uninit_bg", "quota", "metadata_csum", "read-only", "project", "orphan_file", "flex_bg", "fast_commit"]);
const QUOTA_PLACES: ReadonlyMap<string, readonly [at: number, inode: number]> = new Map([["usr", [0x240, 3]], ["grp", [0x244, 4]], ["prj", [0x26c, 12]]]);

class Refused extends Error {}

/** A wrong value: the message and the usage. */
const wrong = (message: string): Refused => new Refused(`tune2fs: ${message}\n${USAGE}`);

function number(word: string, message: string, most = 0xffffffff, least = 0): number {
  const value = Number(word);
  if (!/^-?\d+$/.test(word) || value > most || value < least) throw wrong(`${message} - ${word}`);
  return value;
}

function setFeature(io: Io, superblock: Superblock, path: string, word: string, list: string): void {
  const off = word.startsWith("^");
  const name = word.replace(/^[\^+]/, "").replace(/^extents$/, "extent");
  if (featureBit(name) === undefined) throw new Refused(`Invalid filesystem option set: ${list}\n`);
  const had = superblock.has(name);
  if (had !== off) return;
  if (!(off ? CLEARABLE : SETTABLE).has(name)) throw new Refused(`${off ? "Clearing" : "Setting"} filesystem feature '${name}' not supported.\n`);
  if (name === "flex_bg" && off) throw new Refused("Clearing the flex_bg flag would cause the the filesystem to be\ninconsistent.\n");
  if ((name === "metadata_csum" || (name === "dir_index" && off && superblock.has("metadata_csum"))) && !isChecked(superblock)) {
    io.say(CHECK_FIRST);
    throw new Refused("");
  }
  if (name === "has_journal") {
    if (off && superblock.has("needs_recovery")) throw new Refused("The needs_recovery flag is set.  Please run e2fsck before clearing\nthe has_journal flag.\n");
    if (off) {
      superblock.freeBlocks += superblock.journalBlocks;
      superblock.set32(0x10c + 16 * 4, 0);
    }
    superblock.setFeature(name, !off);
    if (!off) {
      superblock.set32(0x10c + 16 * 4, journalSize(superblock.blocks) * superblock.blockBytes);
      superblock.freeBlocks -= superblock.journalBlocks;
      io.say("Creating journal inode: done\n");
    }
    return;
  }
  if (name !== "64bit") superblock.setFeature(name, !off);
  // the descriptors keep checksums of the older kind
  if (name === "metadata_csum") superblock.setFeature("uninit_bg", off);
  if (name === "quota") setQuota(superblock, off ? ["^usr", "^grp", "^prj"] : ["usr", "grp"]);
  if (name === "project") superblock.set32(0x26c, off ? 0 : 12);
  if (["resize_inode", "64bit", "filetype", "sparse_super"].includes(name) && !(name === "filetype" && !off)) {
    if (name === "resize_inode") superblock.set16(0xce, superblock.reservedGdt);
    superblock.set16(0x3a, superblock.u16(0x3a) & ~1);
    io.say(CHECK_AFTER);
    if (name === "64bit") io.say(`After running e2fsck, please run \`resize2fs ${off ? "-s" : "-b"} ${path}' to ${off ? "disable" : "enable"} 64-bit mode.\n`);
  }
}

const isChecked = (superblock: Superblock): boolean => (superblock.u16(0x3a) & 3) === 1 && superblock.u32(0x40) >= superblock.u32(0x2c);

function setQuota(superblock: Superblock, words: readonly string[]): void {
  for (const word of words) {
    const place = QUOTA_PLACES.get(word.replace("^", ""));
    if (place !== undefined) superblock.set32(place[0], word.startsWith("^") ? 0 : place[1]);
  }
  superblock.setFeature("quota", [...QUOTA_PLACES.values()].some(([at]) => superblock.u32(at) > 0));
}

function setExtended(io: Io, superblock: Superblock, word: string): void {
  const [key = "", ...rest] = word.split("=");
  const value = rest.join("=");
  if (key === "stride" || key === "stripe_width" || key === "stripe-width") {
    const count = number(value, `Invalid RAID ${key === "stride" ? "stride" : "stripe-width"}`);
    if (key === "stride") superblock.set16(0x164, count);
    else superblock.set32(0x170, count);
    io.say(`Setting ${key === "stride" ? "stride size" : "stripe width"} to ${count}\n`);
  } else if (key === "mount_opts") {
    superblock.mountOptions = value;
    io.say(`Setting extended default mount options to '${value}'\n`);
  } else if (key === "hash_alg") {
    const hash = HASHES.indexOf(value);
    if (hash < 0) throw new Refused(`Invalid hash algorithm: ${value}\n${BAD_EXTENDED}`);
    superblock.bytes[0xfc] = hash;
    io.say(`Setting default hash algorithm to ${value} (${hash})\n`);
  } else if (key === "test_fs" || key === "^test_fs") {
    superblock.set32(0x160, key === "test_fs" ? superblock.u32(0x160) | 4 : superblock.u32(0x160) & ~4);
    io.say(`${key === "test_fs" ? "Setting" : "Clearing"} test filesystem flag\n`);
  } else if (key === "force_fsck") {
    superblock.set16(0x3a, superblock.u16(0x3a) | 2);
    io.say("Setting filesystem error flag to force fsck.\n");
  } else if (key === "clear_mmp") throw new Refused("");
  else throw new Refused(BAD_EXTENDED);
}

/** "now", seconds, or YYYYMMDD[[HHMM]SS]. */
function* checkedAt(sys: Sys, word: string): Blocking<number> {
  if (word === "now") return Math.floor(sys.clockUs("realtime") / 1e6);
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(word);
  if (match === null) {
    if (/^\d+$/.test(word)) return Number(word);
    throw wrong(`Couldn't parse date/time specifier: ${word}`);
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return epochOfLocal(yield* readZone(sys), daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second);
}

export default gnu({
  name: "tune2fs", path: "/sbin/tune2fs", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "show and change the settings of an existing ext2, ext3 or ext4 file system", synopsis: ["[-l] [-c max-mounts-count] [-e errors-behavior] [-f] [-i interval-between-checks] [-I new_inode_size] [-j] [-J journal-options] [-m reserved-blocks-percentage] [-o [^]mount-options[,...]] [-r reserved-blocks-count] [-u user] [-g group] [-C mount-count] [-E extended-options] [-L volume-label] [-M last-mounted-directory] [-O [^]feature[,...]] [-Q quota-options] [-T time-last-checked] [-U UUID] device"],
  options: {
    list: flag(["-l"], "show the superblock, as dumpe2fs -h"), maxMounts: text(["-c"], "max-mounts-count", "check after so many mounts"), errors: text(["-e"], "errors-behavior", "continue, remount-ro or panic"), force: flag(["-f"], "force"), interval: text(["-i"], "interval", "check after so long"), inodeSize: text(["-I"], "new_inode_size", "larger inodes"), journal: flag(["-j"], "add a journal"), journalOptions: text(["-J"], "journal-options", "options of the journal"),
    reservedPercent: text(["-m"], "percent", "share of the blocks that only root may fill"), reservedBlocks: text(["-r"], "count", "share of the blocks that only root may fill"), mountOptions: texts(["-o"], "[^]option[,...]", "default mount options"), user: text(["-u"], "user", "who may use reserved blocks"), group: text(["-g"], "group", "whose members may use reserved blocks"), count: text(["-C"], "mount-count", "number of mounts"),
    extended: texts(["-E"], "options", "extended options"), label: text(["-L"], "volume-label", "volume label"), lastMounted: text(["-M"], "directory", "last mount point"), features: texts(["-O"], "[^]feature[,...]", "features"), quota: text(["-Q"], "quota-options", "quotas inside the file system"), checked: text(["-T"], "time", "time of the last check"), uuid: text(["-U"], "UUID", "UUID, random, time or clear"), undo: text(["-z"], "undo_file", "keep what was before in this file"),
  },
  operands: "files",
  *run({ options, operands, sys, given }, io: Io) {
    const [path] = operands;
    io.say(`tune2fs ${VERSION}\n`);
    if (path === undefined || operands.length > 1 || given.length === 0) {
      yield* io.stderr(USAGE);
      return 1;
    }
    let opened: OpenFileSystem | undefined;
    try {
      // values are looked at before the device is
      const maxMounts = options.maxMounts === undefined ? undefined : options.maxMounts === "random" ? 16 + ((sys.random(1)[0] ?? 0) % 24) : number(options.maxMounts, "bad mounts count", 16000, -16000);
      const mountCount = options.count === undefined ? undefined : number(options.count, "bad mounts count", 16000);
      const interval = options.interval === undefined ? undefined : /^(\d+)([dwms]?)$/.exec(options.interval);
      if (interval === null) throw wrong(`bad interval - ${options.interval ?? ""}`);
      const percent = options.reservedPercent === undefined ? undefined : Number(options.reservedPercent);
      if (percent !== undefined && !(percent >= 0 && percent <= 50)) throw wrong(`bad reserved block ratio - ${options.reservedPercent ?? ""}`);
      const reserved = options.reservedBlocks === undefined ? undefined : number(options.reservedBlocks, "bad reserved blocks count");
      const errors = options.errors === undefined ? undefined : ["", "continue", "remount-ro", "panic"].indexOf(options.errors);
      if (errors !== undefined && errors < 1) throw wrong(`bad error behavior - ${options.errors ?? ""}`);
      const checked = options.checked === undefined ? undefined : yield* checkedAt(sys, options.checked);
      const accounts = yield* Accounts.read(sys);
      const uid = options.user === undefined ? undefined : /^\d+$/.test(options.user) ? Number(options.user) : accounts.userByName(options.user)?.uid;
      if (options.user !== undefined && uid === undefined) throw wrong(`bad uid/user name - ${options.user}`);
      const gid = options.group === undefined ? undefined : /^\d+$/.test(options.group) ? Number(options.group) : accounts.groupByName(options.group)?.gid;
      if (options.group !== undefined && gid === undefined) throw wrong(`bad gid/group name - ${options.group}`);
      const quota = (options.quota ?? "").split(",").filter((word) => word !== "").map((word) => word.replace(/quota$/, ""));
      if (quota.some((word) => !QUOTA_PLACES.has(word.replace("^", "")))) throw new Refused(BAD_QUOTA);
      let journalMegabytes: number | undefined;
      for (const word of (options.journalOptions ?? "").split(",").filter((one) => one !== "")) {
        const size = /^size=(\d+)$/.exec(word)?.[1];
        if (size !== undefined) journalMegabytes = Number(size);
        else if (!/^(?:device|location)=./.test(word)) throw new Refused(BAD_JOURNAL);
      }
      opened = yield* openFileSystem(sys, path, !(options.list && given.length === 1));
      const { superblock } = opened;
      const mounted = (yield* readMounts(sys)).some((mount) => mount.source === path);
      if (maxMounts !== undefined) {
        superblock.set16(0x36, maxMounts <= 0 ? 0xffff : maxMounts);
        io.say(`Setting maximal mount count to ${maxMounts <= 0 ? -1 : maxMounts}\n`);
      }
      if (mountCount !== undefined) {
        superblock.set16(0x34, mountCount);
        io.say(`Setting current mount count to ${mountCount}\n`);
      }
      if (errors !== undefined) {
        superblock.set16(0x3c, errors);
        io.say(`Setting error behavior to ${errors}\n`);
      }
      if (gid !== undefined) {
        superblock.set16(0x52, gid);
        io.say(`Setting reserved blocks gid to ${gid}\n`);
      }
      if (interval !== undefined) {
        const seconds = Number(interval[1]) * ({ d: 86400, w: 604800, m: 2592000, s: 1 }[interval[2] ?? ""] ?? 86400);
        superblock.set32(0x44, seconds);
        io.say(`Setting interval between checks to ${seconds} seconds\n`);
      }
      if (percent !== undefined) {
        const count = Math.floor((superblock.blocks * percent) / 100);
        superblock.set32(0x08, count);
        io.say(`Setting reserved blocks percentage to ${percent}% (${count} blocks)\n`);
      }
      if (reserved !== undefined) {
        if (reserved > superblock.blocks / 2) throw new Refused(`tune2fs: reserved blocks count is too big (${reserved})\n`);
        superblock.set32(0x08, reserved);
        io.say(`Setting reserved blocks count to ${reserved}\n`);
      }
      if (uid !== undefined) {
        superblock.set16(0x50, uid);
        io.say(`Setting reserved blocks uid to ${uid}\n`);
      }
      if (options.label !== undefined) {
        if (encode(options.label).length > 16) yield* io.stderr("Warning: label too long, truncating.\n");
        superblock.label = options.label;
      }
      if (checked !== undefined) {
        superblock.set32(0x40, checked);
        io.say(`Setting time filesystem last checked to ${ctime(yield* readZone(sys), checked)}\n\n`);
      }
      if (options.lastMounted !== undefined) {
        superblock.bytes.fill(0, 0x88, 0xc8);
        superblock.bytes.set(encode(options.lastMounted).subarray(0, 63), 0x88);
      }
      for (const list of options.mountOptions) {
        for (const word of list.split(",")) {
          const found = MOUNT_OPTIONS.find(([, name]) => name === word.replace(/^[\^+]/, ""));
          if (found === undefined) throw new Refused(`Invalid mount option set: ${list}\n`);
          // ways to write data are one field
          const kept = found[0] >= 0x20 && found[0] <= 0x60 ? superblock.u32(0x100) & ~0x60 : superblock.u32(0x100) & ~found[0];
          superblock.set32(0x100, word.startsWith("^") ? kept : kept | found[0]);
        }
      }
      for (const list of options.features) {
        for (const word of list.split(",").filter((one) => one !== "")) {
          if (mounted && /^\^(?:has_journal|resize_inode)$/.test(word) && superblock.has(word.slice(1))) throw new Refused(word === "^has_journal" ? "The has_journal feature may only be cleared when the filesystem is\nunmounted or mounted read-only.\n" : "");
          setFeature(io, superblock, path, word, list);
        }
      }
      for (const word of options.extended.flatMap((list) => list.split(","))) setExtended(io, superblock, word);
      if (options.journal || options.journalOptions !== undefined) {
        if (superblock.has("has_journal")) throw new Refused("The filesystem already has a journal.\n");
        if (superblock.blocks < 2048) throw new Refused("\nFilesystem too small for a journal\n");
        const blocks = journalMegabytes === undefined ? journalSize(superblock.blocks) : Math.floor((journalMegabytes * 1048576) / superblock.blockBytes);
        if (blocks < 1024 || blocks > superblock.freeBlocks) throw new Refused(blocks < 1024 ? `\nThe requested journal size is ${blocks} blocks; it must be\nbetween 1024 and 10240000 filesystem blocks.  Aborting.\n` : "\nJournal size too big for filesystem.\n");
        superblock.setFeature("has_journal", true);
        superblock.set32(0x10c + 16 * 4, blocks * superblock.blockBytes);
        superblock.freeBlocks -= superblock.journalBlocks;
        io.say("Creating journal inode: done\n");
      }
      if (options.quota !== undefined) setQuota(superblock, quota);
      if (options.uuid !== undefined) {
        if (superblock.has("metadata_csum") && !superblock.has("metadata_csum_seed") && !options.force) {
          if (!isChecked(superblock)) {
            io.say(CHECK_FIRST);
            throw new Refused("");
          }
          if (sys.isatty(0) && sys.isatty(1)) {
            io.say("Setting the UUID on this filesystem could take some time.\nProceed anyway (or wait 5 seconds to proceed) ? (y,N) ");
            yield* io.out.flush();
            const answered = yield* sys.poll([{ fd: 0, events: POLL.IN }], 5_000_000);
            if (answered.length === 0) io.say("<proceeding>\n");
            else if (!/^[yY]/.test((yield* io.stdin.line()) ?? "")) return 1;
          }
        }
        if (options.uuid === "random" || options.uuid === "time") {
          const random = sys.random(16).slice();
          random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
          random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
          superblock.uuid = uuidText(random);
        } else if (options.uuid === "clear" || options.uuid === "null") superblock.uuid = "";
        else if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(options.uuid)) superblock.uuid = options.uuid;
        else throw new Refused("tune2fs: Invalid UUID format\n\n");
      }
      if (options.inodeSize !== undefined) {
        const size = number(options.inodeSize, "bad inode size");
        if (size === superblock.inodeBytes) throw new Refused(`The inode size is already ${size}\n`);
        if (size < superblock.inodeBytes) throw new Refused("Shrinking inode size is not supported\n");
        if (size > superblock.blockBytes || (size & (size - 1)) !== 0) throw new Refused(`Invalid inode size ${size} (max ${superblock.blockBytes})\n`);
        if (!isChecked(superblock)) {
          io.say(CHECK_FIRST);
          throw new Refused("");
        }
        if (superblock.has("flex_bg")) throw new Refused("Changing the inode size not supported for filesystems with the flex_bg\nfeature enabled.\n");
        const before = superblock.groupsOverhead;
        superblock.set16(0x58, size);
        superblock.freeBlocks -= superblock.groupsOverhead - before;
        io.say(`Setting inode size ${size}\n`);
      }
      if (given.some((one) => one.option !== "list")) {
        const before = options.undo === undefined ? undefined : (yield* sys.pread(opened.fd, 1024, 1024)).slice();
        if (options.undo !== undefined) io.say(`Overwriting existing filesystem; this can be undone using the command:\n    e2undo ${options.undo} ${path}\n\n`);
        yield* saveSuperblock(sys, opened, true);
        if (options.undo !== undefined && before !== undefined) yield* writeUndo(sys, options.undo, { after: (yield* sys.pread(opened.fd, 1024, 1024)).slice(), pieces: [{ at: 1024, bytes: before }] });
      }
      if (options.list) io.out.put(yield* superblockFacts(sys, superblock));
      return 0;
    } catch (error) {
      if (error instanceof Refused) {
        yield* io.out.flush();
        yield* io.stderr(error.message);
        return 1;
      }
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(`tune2fs: ${error.message} while trying to open ${path}\n`);
      if (!(error instanceof BadMagic) || error.status === 36) io.say("Couldn't find valid filesystem superblock.\n");
      return 1;
    } finally {
      if (opened !== undefined) sys.close(opened.fd);
    }
  },
});
