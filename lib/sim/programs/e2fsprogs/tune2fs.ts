// tune2fs: shows and changes the settings of an ext file system (tune2fs(8), 1.47.0).
import { SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, gnu, text, texts } from "../kit/gnu.ts";
import { uuidText } from "../kit/uuid-text.ts";
import { MOUNT_OPTIONS, superblockFacts } from "./_facts.ts";
import { BadMagic, type OpenFileSystem, VERSION, featureBit, openFileSystem, saveSuperblock } from "./_superblock.ts";

export default gnu({
  name: "tune2fs", path: "/sbin/tune2fs", manSection: 8, project: "e2fsprogs", tryLine: () => "", summary: "adjust tunable file system parameters on ext2/ext3/ext4 file systems", synopsis: ["[-l] [-c max-mounts-count] [-e errors-behavior] [-f] [-i interval-between-checks] [-I new_inode_size] [-j] [-J journal-options] [-m reserved-blocks-percent] [-o [^]mount-options] [-r reserved-blocks-count] [-u user] [-C mount-count] [-E extended-options] [-L volume-label] [-M last-mounted-dir] [-O [^]feature] [-T last-check-time] [-U UUID] device"],
  options: {
    list: flag(["-l"], "list the contents of the super block"), maxMounts: text(["-c"], "max-mounts-count", "check after so many mounts"), errors: text(["-e"], "errors-behavior", "continue, remount-ro or panic"), force: flag(["-f"], "force"), interval: text(["-i"], "interval", "check after so long"), journal: flag(["-j"], "add a journal"), reservedPercent: text(["-m"], "percent", "blocks reserved for the super-user"), reservedBlocks: text(["-r"], "count", "blocks reserved for the super-user"),
    mountOptions: texts(["-o"], "[^]option[,...]", "default mount options"), user: text(["-u"], "user", "who may use reserved blocks"), group: text(["-g"], "group", "whose members may use reserved blocks"), count: text(["-C"], "mount-count", "number of mounts"), extended: text(["-E"], "options", "extended options"), label: text(["-L"], "volume-label", "volume label"), lastMounted: text(["-M"], "directory", "last mount point"), features: texts(["-O"], "[^]feature[,...]", "features"), checked: text(["-T"], "time", "time of the last check"), uuid: text(["-U"], "UUID", "UUID, random, time or clear"),
  },
  operands: "files",
  *run({ options, operands, sys, given }, io: Io) {
    const [path] = operands;
    io.say(`tune2fs ${VERSION}\n`);
    if (path === undefined || operands.length > 1 || given.length === 0) {
      yield* io.stderr("Usage: tune2fs [-c max_mounts_count] [-e errors_behavior] [-f] [-g group]\n\t[-i interval[d|m|w]] [-j] [-J journal_options] [-l]\n\t[-m reserved_blocks_percent] [-o [^]mount_options[,...]]\n\t[-r reserved_blocks_count] [-u user] [-C mount_count]\n\t[-L volume_label] [-M last_mounted_dir]\n\t[-O [^]feature[,...]] [-Q quota_options]\n\t[-E extended-option[,...]] [-T last_check_time] [-U UUID]\n\t[-I new_inode_size] [-z undo_file] device\n");
      return 1;
    }
    let fs: OpenFileSystem;
    try {
      fs = yield* openFileSystem(sys, path, !(options.list && given.length === 1));
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      yield* io.stderr(error instanceof BadMagic ? `tune2fs: Bad magic number in super-block while trying to open ${path}\n` : `tune2fs: ${error.message} while trying to open ${path}\nCouldn't find valid filesystem superblock.\n`);
      return 1;
    }
    const { superblock } = fs;
    const die = (message: string): never => {
      sys.close(fs.fd);
      return io.die(message);
    };
    if (options.maxMounts !== undefined) {
      const count = options.maxMounts === "random" ? 20 : Number(options.maxMounts);
      if (!Number.isInteger(count)) die(`bad mounts count - ${options.maxMounts}`);
      superblock.set16(0x36, count <= 0 ? 0xffff : count);
      io.say(`Setting maximal mount count to ${count <= 0 ? -1 : count}\n`);
    }
    if (options.interval !== undefined) {
      const match = /^(\d+)([dwms]?)$/.exec(options.interval);
      if (match === null) return die(`bad interval - ${options.interval}`);
      const seconds = Number(match[1]) * ({ d: 86400, w: 604800, m: 2592000, s: 1 }[match[2] ?? ""] ?? 86400);
      superblock.set32(0x44, seconds);
      io.say(`Setting interval between checks to ${seconds} seconds\n`);
    }
    if (options.errors !== undefined) {
      const value = ["", "continue", "remount-ro", "panic"].indexOf(options.errors);
      if (value < 1) die(`bad error behavior - ${options.errors}`);
      superblock.set16(0x3c, value);
      io.say(`Setting error behavior to ${value}\n`);
    }
    if (options.count !== undefined) {
      superblock.set16(0x34, Number(options.count));
      io.say(`Setting current mount count to ${options.count}\n`);
    }
    if (options.reservedPercent !== undefined) {
      const percent = Number(options.reservedPercent);
      if (!(percent >= 0 && percent <= 50)) die(`bad reserved block ratio - ${options.reservedPercent}`);
      const count = Math.floor((superblock.blocks * percent) / 100);
      superblock.set32(0x08, count);
      io.say(`Setting reserved blocks percentage to ${percent}% (${count} blocks)\n`);
    }
    if (options.reservedBlocks !== undefined) {
      superblock.set32(0x08, Number(options.reservedBlocks));
      io.say(`Setting reserved blocks count to ${Number(options.reservedBlocks)}\n`);
    }
    if (options.user !== undefined || options.group !== undefined) {
      const accounts = yield* Accounts.read(sys);
      if (options.user !== undefined) {
        const uid = /^\d+$/.test(options.user) ? Number(options.user) : (accounts.userByName(options.user)?.uid ?? die(`bad uid/user name - ${options.user}`));
        superblock.set16(0x50, uid);
        io.say(`Setting reserved blocks uid to ${uid}\n`);
      }
      if (options.group !== undefined) {
        const gid = /^\d+$/.test(options.group) ? Number(options.group) : (accounts.groupByName(options.group)?.gid ?? die(`bad gid/group name - ${options.group}`));
        superblock.set16(0x52, gid);
        io.say(`Setting reserved blocks gid to ${gid}\n`);
      }
    }
    if (options.label !== undefined) superblock.label = options.label;
    if (options.lastMounted !== undefined) {
      superblock.bytes.fill(0, 0x88, 0xc8);
      for (let index = 0; index < Math.min(63, options.lastMounted.length); index++) superblock.bytes[0x88 + index] = options.lastMounted.charCodeAt(index) & 0xff;
    }
    if (options.uuid !== undefined) {
      if (options.uuid === "random" || options.uuid === "time") {
        const random = sys.random(16).slice();
        random[6] = ((random[6] ?? 0) & 0x0f) | 0x40;
        random[8] = ((random[8] ?? 0) & 0x3f) | 0x80;
        superblock.uuid = uuidText(random);
      } else if (options.uuid === "clear" || options.uuid === "null") superblock.uuid = "";
      else if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(options.uuid)) superblock.uuid = options.uuid;
      else die("Invalid UUID format");
    }
    for (const word of options.mountOptions.flatMap((list) => list.split(","))) {
      const found = MOUNT_OPTIONS.find(([, name]) => name === word.replace(/^\^/, "")) ?? die(`Invalid mount option set: ${word}`);
      superblock.set32(0x100, word.startsWith("^") ? superblock.u32(0x100) & ~found[0] : superblock.u32(0x100) | found[0]);
    }
    if (options.journal) {
      if (superblock.has("has_journal")) {
        yield* io.stderr("The filesystem already has a journal.\n");
        return 1;
      }
      superblock.setFeature("has_journal", true);
      superblock.freeBlocks -= superblock.journalBlocks;
      io.say("Creating journal inode: done\n");
    }
    for (const word of options.features.flatMap((list) => list.split(","))) {
      const name = word.replace(/^\^/, "");
      if (featureBit(name) === undefined) die(`Invalid filesystem option set: ${word}`);
      if (name === "has_journal" && superblock.has(name) === word.startsWith("^")) superblock.freeBlocks += word.startsWith("^") ? superblock.journalBlocks : 0;
      superblock.setFeature(name, !word.startsWith("^"));
    }
    if (options.checked !== undefined) superblock.set32(0x40, Math.floor(sys.clockUs("realtime") / 1e6));
    const changes = given.some((one) => one.option !== "list");
    if (changes) yield* saveSuperblock(sys, fs);
    if (options.list) io.out.put(yield* superblockFacts(sys, superblock));
    sys.close(fs.fd);
    return 0;
  },
});
