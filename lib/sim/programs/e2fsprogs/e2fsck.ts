// e2fsck: checks an ext file system (e2fsck(8), 1.47.0). The kernel keeps files in a form that is not damaged by halves; what debugfs -w, a crash, a
// wiped super block or tune2fs leave behind is found here, and so is what the super block says about checks.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { scanProgress } from "./_bad-blocks.ts";
import { type Damage, SOUND, isSound, readDamage, writeDamage } from "./_damage.ts";
import { DebugTree } from "./_debugfs-tree.ts";
import { Layout } from "./_layout.ts";
import { findTree, treeIsLost } from "./_lost-tree.ts";
import { type Answers, Repairer, Unexpected } from "./_repair.ts";
import { BadMagic, type OpenFileSystem, SHORT_READ, Superblock, VERSION, openFileSystem, saveSuperblock } from "./_superblock.ts";

const INVALID = `\nThe superblock could not be read or does not describe a valid ext2/ext3/ext4\nfilesystem.  If the device is valid and it really contains an ext2/ext3/ext4\nfilesystem (and not swap or ufs or something else), then the superblock\nis corrupt, and you might try running e2fsck with an alternate superblock:\n    e2fsck -b 8193 <device>\n or\n    e2fsck -b 32768 <device>\n\n`;
const USAGE = "Usage: e2fsck [-panyrcdfktvDFV] [-b superblock] [-B blocksize]\n\t\t[-l|-L bad_blocks_file] [-C fd] [-j external_journal]\n\t\t[-E extended-options] [-z undo_file] device\n";
const EMERGENCY = "\nEmergency help:\n -p                   Repair without questions\n -n                   Only look, change nothing\n -y                   Answer yes everywhere\n -c                   Look for bad blocks and list them\n -f                   Check, clean or not\n -v                   Say more\n -b superblock        Another copy of the superblock\n -B blocksize         Size of blocks, for -b\n -j external_journal  Where the journal is\n -l bad_blocks_file   Bad blocks to add\n -L bad_blocks_file   All bad blocks there are\n -z undo_file         Keep what was before in this file\n";
/** Where the first copy lies, by size of blocks. */
const COPIES: readonly (readonly [block: number, bytes: number])[] = [[8193, 1024], [16384, 2048], [32768, 4096]];

interface Counts {
  regular: number;
  directories: number;
  characters: number;
  blocks: number;
  fifos: number;
  sockets: number;
  links: number;
  symbolic: number;
}

function* countFiles(tree: DebugTree): Blocking<Counts> {
  const counts: Counts = { regular: 0, directories: 1, characters: 0, blocks: 0, fifos: 0, sockets: 0, links: 0, symbolic: 0 };
  const seen = new Set<number>();
  yield* tree.walk((_, stat) => {
    const kind = stat.mode & S.IFMT;
    if (kind !== S.IFDIR && seen.has(stat.ino)) {
      counts.links++;
      return false;
    }
    seen.add(stat.ino);
    if (kind === S.IFDIR) counts.directories++;
    else if (kind === S.IFREG) counts.regular++;
    else if (kind === S.IFLNK) counts.symbolic++;
    else if (kind === S.IFCHR) counts.characters++;
    else if (kind === S.IFBLK) counts.blocks++;
    else if (kind === S.IFIFO) counts.fifos++;
    else counts.sockets++;
    return false;
  });
  return counts;
}

const plural = (count: number, one: string, many: string): string => `${String(count).padStart(12)} ${count === 1 ? one : many}\n`;

function verboseSummary(superblock: Superblock, counts: Counts): string {
  const inodes = superblock.inodes - superblock.freeInodes;
  const { usedBlocks } = superblock;
  const share = (part: number, whole: number): string => ((100 * part) / whole).toFixed(2);
  const files = counts.regular + counts.directories + counts.characters + counts.blocks + counts.fifos + counts.sockets + counts.links + counts.symbolic;
  const ofExtents = superblock.has("extent") ? counts.regular + counts.directories + (superblock.has("has_journal") ? 1 : 0) : 0;
  return (
    `\n${plural(inodes, "inode", "inodes").trimEnd()} used (${share(inodes, superblock.inodes)}%, out of ${superblock.inodes})\n${plural(0, "", "non-contiguous files (0.0%)")}${plural(0, "", "non-contiguous directories (0.0%)")}             # of inodes with ind/dind/tind blocks: ${superblock.has("extent") ? "0/0/0" : `${lostFoundPointers(superblock)}`}\n` +
    (ofExtents > 0 ? `             Extent depth histogram: ${ofExtents}\n` : "") +
    `${plural(usedBlocks, "block", "blocks").trimEnd()} used (${share(usedBlocks, superblock.blocks)}%, out of ${superblock.blocks})\n${plural(superblock.badBlocks.length, "bad block", "bad blocks")}${plural(0, "", "large files")}\n` +
    `${plural(counts.regular, "regular file", "regular files")}${plural(counts.directories, "directory", "directories")}${plural(counts.characters, "character device file", "character device files")}${plural(counts.blocks, "block device file", "block device files")}${plural(counts.fifos, "fifo", "fifos")}${plural(counts.links, "link", "links")}` +
    `${String(counts.symbolic).padStart(12)} symbolic ${counts.symbolic === 1 ? "link" : "links"} (${counts.symbolic} fast symbolic ${counts.symbolic === 1 ? "link" : "links"})\n${plural(counts.sockets, "socket", "sockets")}------------\n${plural(files, "file", "files")}`
  );
}

/** Without extents: the resize inode and the journal point to blocks of pointers. */
const lostFoundPointers = (superblock: Superblock): string => `${superblock.has("has_journal") ? 1 : 0}/${superblock.has("has_journal") ? 1 : 0}/0`;

/** Why a check is made although the file system says it is clean. */
function reasonToCheck(superblock: Superblock, now: number): string | undefined {
  const state = superblock.u16(0x3a);
  if ((state & 2) !== 0) return "contains a file system with errors";
  if ((state & 1) === 0) return "was not cleanly unmounted";
  const most = superblock.u16(0x36);
  if (most !== 0xffff && most > 0 && superblock.u16(0x34) >= most) return `has been mounted ${superblock.u16(0x34)} times without being checked`;
  const interval = superblock.u32(0x44);
  if (interval > 0 && now >= superblock.u32(0x40) + interval) return `has gone ${Math.floor((now - superblock.u32(0x40)) / 86400)} days without being checked`;
  return undefined;
}


/** What the copy of the super block does not know: the files that came since it was written. */
function* countAgain(sys: Sys, fs: OpenFileSystem): Blocking<Damage> {
  const { superblock } = fs;
  yield* saveSuperblock(sys, fs);
  if (yield* treeIsLost(sys, fs)) return SOUND;
  const tree = yield* DebugTree.open(sys, fs.path, false);
  const counts = yield* countFiles(tree);
  const seen = new Set<number>();
  let blocks = 0;
  yield* tree.walk((path, stat) => {
    if (!seen.has(stat.ino) && path !== "/lost+found") blocks += tree.blocksOf(stat);
    seen.add(stat.ino);
    return false;
  });
  yield* tree.close();
  // of the inodes in use eleven are the file system's own, lost+found among them
  const inodes = 10 + seen.size;
  const own = new Layout(superblock, false);
  let free = 0;
  for (const { group } of own.groups) free += own.freeBlocks(group);
  const moreBlocks = free - blocks - superblock.freeBlocks;
  const moreInodes = superblock.inodes - inodes - superblock.freeInodes;
  return {
    ...SOUND,
    freeBlocks: moreBlocks === 0 ? [] : [[0, moreBlocks]],
    freeInodes: moreInodes === 0 ? [] : [[0, moreInodes]],
    directories: counts.directories === 2 ? [] : [[0, counts.directories - 2]],
  };
}

interface Wanted {
  readonly path: string;
  readonly answers: Answers;
  readonly force: boolean;
  readonly verbose: boolean;
  readonly optimise: boolean;
  readonly times: boolean;
  readonly bad: number;
  readonly rebuilt: boolean;
}

/** Repairs that need the files themselves. */
function* mendTree(sys: Sys, path: string, repairer: Repairer): Blocking<void> {
  const files = repairer.repairs.filter((one) => one.kind !== "journal");
  if (files.length === 0) return;
  const tree = yield* DebugTree.open(sys, path, true);
  for (const one of files) {
    if (sys.charge(20)) yield* sys.preempt();
    try {
      const host = tree.host(one.path);
      if (one.kind === "connect") {
        if (one.path !== `/lost+found/#${one.inode}`) sys.rename(host, tree.host(`/lost+found/#${one.inode}`));
      } else if ((sys.lstat(host).mode & S.IFMT) === S.IFDIR) sys.rmdir(host);
      else sys.unlink(host);
    } catch (error) {
      // the file went with another repair
      if (!(error instanceof SysError)) throw error;
    }
  }
  yield* tree.close();
}

/** From the passes to the last line. */
function* check(sys: Sys, io: Io, fs: OpenFileSystem, damage: Damage, wanted: Wanted): Blocking<number> {
  const { superblock } = fs;
  const { path, answers } = wanted;
  const name = superblock.label || path;
  const said = answers !== "preen";
  const layout = new Layout(superblock);
  const repairer = new Repairer(sys, io, name, answers);
  const pass = (line: string): void => {
    if (said) io.say(`${line}\n`);
  };
  if (sys.charge(500 + superblock.groups * 5)) yield* sys.preempt();
  const kept: Damage["problems"][] = [yield* repairer.problems(damage.problems, 0)];
  const journalGone = repairer.repairs.some((one) => one.kind === "journal");
  if (journalGone) io.say(`*** journal has been deleted ***\n\n`);
  if (wanted.bad > 0) {
    const line = scanProgress(wanted.bad > 1 ? "Checking for bad blocks (non-destructive read-write test)\nTesting with random pattern: " : "Checking for bad blocks (read-only test): ");
    io.say(line);
    if (said) io.say(`${name}: Updating bad block inode.\n`);
    repairer.changed = true;
  }
  pass("Pass 1: Checking inodes, blocks, and sizes");
  kept.push(yield* repairer.problems(damage.problems, 1));
  pass("Pass 2: Checking directory structure");
  kept.push(yield* repairer.problems(damage.problems, 2));
  pass("Pass 3: Checking directory connectivity");
  const lost = yield* treeIsLost(sys, fs);
  if (lost) {
    if (yield* repairer.fix("Root inode not allocated.  ", "Allocate", false)) {
      yield* repairer.fix("/lost+found not found.  ", "Create", true);
      superblock.bytes.fill(0, 0x300, 0x314);
      superblock.freeBlocks = superblock.blocks - superblock.firstBlock - superblock.groupsOverhead - superblock.journalBlocks - layout.firstFiles;
      superblock.set32(0x10, superblock.inodes - 11);
    }
  }
  kept.push(yield* repairer.problems(damage.problems, 3));
  if (wanted.optimise) {
    pass("Pass 3A: Optimizing directories");
    repairer.changed = true;
  }
  pass("Pass 4: Checking reference counts");
  kept.push(yield* repairer.problems(damage.problems, 4));
  pass("Pass 5: Checking group summary information");
  const rest = yield* repairer.counts(damage, superblock, layout);
  if (wanted.rebuilt) {
    yield* repairer.fix("Padding at end of inode bitmap is not set. ", "Fix", true, true);
    superblock.set16(0x5a, 0);
  }
  if (journalGone) {
    io.say(answers === "preen" ? `${name}: Recreate journal.\n` : `Recreate journal? ${answers === "ask" ? "yes\n" : "yes\n\n"}`);
    io.say(`Creating journal (${superblock.journalLength} blocks):  Done.\n\n*** journal has been regenerated ***\n`);
  }
  const left: Damage = { ...rest, problems: kept.flat() };
  if (repairer.left) superblock.set16(0x3a, superblock.u16(0x3a) & ~1);
  else if (answers !== "no") superblock.set16(0x3a, 1);
  let counts: Counts | undefined;
  if (answers !== "no") {
    const now = Math.floor(sys.clockUs("realtime") / 1e6);
    superblock.set16(0x34, 0);
    superblock.set32(0x40, now);
    superblock.set32(0x30, now);
    yield* writeDamage(sys, fs.fd, left);
    yield* saveSuperblock(sys, fs, true);
    if (repairer.repairs.length > 0) {
      const free = { blocks: superblock.freeBlocks, inodes: superblock.freeInodes };
      yield* mendTree(sys, path, repairer);
      const after = new Superblock((yield* sys.pread(fs.fd, 1024, 1024)).slice());
      after.freeBlocks = free.blocks;
      after.set32(0x10, free.inodes);
      after.set16(0x3a, superblock.u16(0x3a));
      yield* saveSuperblock(sys, { fd: fs.fd, superblock: after }, true);
    }
  }
  if (wanted.verbose) {
    const tree = yield* DebugTree.open(sys, path, false);
    counts = yield* countFiles(tree);
    yield* tree.close();
  }
  const modified = repairer.changed && answers !== "no";
  if (modified && said) io.say(`\n${name}: ***** FILE SYSTEM WAS MODIFIED *****\n`);
  if (repairer.left) io.say(`\n${name}: ********** WARNING: Filesystem still has errors **********\n\n`);
  if (counts !== undefined) io.say(verboseSummary(superblock, counts));
  else io.say(`${name}: ${superblock.inodes - superblock.freeInodes}/${superblock.inodes} files (0.0% non-contiguous), ${superblock.usedBlocks}/${superblock.blocks} blocks\n`);
  if (wanted.times) {
    const kilobytes = 132 + Math.ceil(superblock.inodes / 8192) * 4;
    io.say(`Memory used: ${kilobytes}k/0k (${Math.floor(kilobytes * 0.3)}k/${Math.ceil(kilobytes * 0.7)}k), time:  0.00/ 0.00/ 0.00\nI/O read: 1MB, write: ${answers === "no" ? 0 : 1}MB, rate: 641.03MB/s\n`);
  }
  return repairer.left ? 4 : modified && !(wanted.optimise && !repairer.mended) ? 1 : 0;
}

export default gnu({
  name: "e2fsck", path: "/sbin/e2fsck", links: ["/sbin/fsck.ext2", "/sbin/fsck.ext3", "/sbin/fsck.ext4"], manSection: 8, project: "e2fsprogs", tryLine: () => `${USAGE}${EMERGENCY}`, usageStatus: 16, summary: "look for damage in an ext2, ext3 or ext4 file system and repair it", synopsis: ["[-panyrcdfktvDFV] [-b superblock] [-B blocksize] [-l|-L bad_blocks_file] [-C fd] [-j external_journal] [-E extended-options] device"],
  options: {
    preen: flag(["-p", "-a"], "repair without questions"), no: flag(["-n"], "open read-only and answer no to all questions"), yes: flag(["-y"], "ask nothing, the answer is yes"), force: flag(["-f"], "check even if it seems clean"), bad: counted(["-c"], "look for bad blocks"), verbose: flag(["-v"], "verbose"), optimise: flag(["-D"], "optimise directories"), keep: flag(["-k"], "bad blocks that are listed stay listed"), times: counted(["-t"], "print times"), version: flag(["-V"], "version"),
    flush: flag(["-F"], "flush the device's buffers first"), interactive: flag(["-r"], "ask questions (the default)"), debug: flag(["-d"], "debugging"), superblock: text(["-b"], "superblock", "another super block"), blocksize: text(["-B"], "blocksize", "size of blocks"), progress: text(["-C"], "fd", "say how far it is"), extended: text(["-E"], "options", "extended options"),
    addList: text(["-l"], "bad_blocks_file", "add these bad blocks"), setList: text(["-L"], "bad_blocks_file", "these bad blocks and no others"), journal: text(["-j"], "external_journal", "where the journal is"), undo: text(["-z"], "undo_file", "keep what was before in this file"),
  },
  operands: "files", exitStatuses: [["0", "No errors"], ["1", "errors were found and repaired"], ["4", "errors are still there"], ["8", "Operational error"], ["16", "options or operands were wrong"]],
  *run({ options, operands, sys }, io: Io) {
    const [path] = operands;
    if (options.version) {
      yield* io.stderr(`e2fsck ${VERSION}\n\tUsing EXT2FS Library version 1.47.0, 5-Feb-2023\n`);
      return 0;
    }
    if (path === undefined || operands.length > 1) {
      yield* io.stderr(`${USAGE}${EMERGENCY}`);
      return 16;
    }
    if (Number(options.preen) + Number(options.no) + Number(options.yes) > 1) {
      yield* io.stderr("e2fsck: Only one of the options -p/-a, -n or -y may be specified.\n");
      return 8;
    }
    if (options.no && (options.optimise || options.bad > 0)) {
      yield* io.stderr(`e2fsck: The -n and ${options.optimise ? "-D" : "-c"} options are incompatible.\n`);
      return 8;
    }
    if (!options.preen) yield* io.stderr(`e2fsck ${VERSION}\n`);
    const answers: Answers = options.preen ? "preen" : options.no ? "no" : options.yes ? "yes" : "ask";
    if (answers === "ask" && !(sys.isatty(0) && sys.isatty(1))) {
      yield* io.stderr("e2fsck: need terminal for interactive repairs\n");
      return 8;
    }
    if ((yield* readMounts(sys)).some((mount) => mount.source === path)) {
      if (!options.no) {
        yield* io.stderr(`${path} is mounted.\ne2fsck: Cannot continue, aborting.\n\n\n`);
        return 8;
      }
      yield* io.stderr(`Warning!  ${path} is mounted.\n`);
    }
    const copyBlock = options.superblock === undefined ? undefined : Number(options.superblock);
    const blockBytes = options.blocksize === undefined ? undefined : Number(options.blocksize);
    let fs: OpenFileSystem | undefined;
    let rebuilt = copyBlock !== undefined;
    try {
      fs = yield* openFileSystem(sys, path, !options.no, !options.no, copyBlock, blockBytes);
    } catch (error) {
      if (!(error instanceof SysError) && !(error instanceof BadMagic)) throw error;
      if (error instanceof BadMagic && error.status !== 36 && !options.preen) {
        io.say("ext2fs_open2: Bad magic number in super-block\ne2fsck: Superblock invalid, trying backup blocks...\n");
        for (const [block, bytes] of copyBlock === undefined ? COPIES : []) {
          try {
            fs ??= yield* openFileSystem(sys, path, !options.no, !options.no, block, bytes);
            rebuilt = true;
          } catch (inner) {
            if (!(inner instanceof SysError) && !(inner instanceof BadMagic)) throw inner;
          }
        }
      }
      if (fs === undefined) {
        yield* io.stderr(`e2fsck: ${error.message} while trying to open ${path}\n`);
        if (error instanceof BadMagic) io.say(error.message === SHORT_READ ? "Could this be a zero-length partition?\n" : options.preen ? `${path}: ${INVALID}` : INVALID);
        else if (error.errno === "ENOENT" || error.errno === "ENXIO") io.say("Possibly non-existent device?\n");
        else if (error.errno === "EBUSY") io.say("Filesystem mounted or opened exclusively by another program?\n");
        else if (error.errno === "EACCES") io.say(`You must have ${options.no ? "r/o" : "r/w"} access to the filesystem or be root\n`);
        else io.say(INVALID);
        return 8;
      }
    }
    const { superblock } = fs;
    const name = superblock.label || path;
    try {
      if (superblock.blocks * superblock.blockBytes > fs.sizeBytes) {
        io.say(`The filesystem size (according to the superblock) is ${superblock.blocks} blocks\nThe physical size of the device is ${Math.floor(fs.sizeBytes / superblock.blockBytes)} blocks\nEither the superblock or the partition table is likely to be corrupt!\n`);
        const repairer = new Repairer(sys, io, name, answers);
        if (yield* repairer.fix("", "Abort", false)) {
          io.say(`e2fsck: aborted\n\n${name}: ********** WARNING: Filesystem still has errors **********\n\n`);
          return 12;
        }
      }
      if (rebuilt) {
        if (!options.no) yield* findTree(sys, fs);
        superblock.set16(0x3a, superblock.u16(0x3a) & ~1);
      }
      if (superblock.has("needs_recovery")) {
        if (options.no) io.say("Warning: skipping journal recovery because doing a read-only filesystem check.\n");
        else {
          io.say(`${name}: recovering journal\n`);
          superblock.setFeature("needs_recovery", false);
          yield* saveSuperblock(sys, fs);
        }
      }
      const damage = !rebuilt ? yield* readDamage(sys, fs.fd) : options.no ? SOUND : yield* countAgain(sys, fs);
      const now = Math.floor(sys.clockUs("realtime") / 1e6);
      const reason = reasonToCheck(superblock, now);
      const wanted: Wanted = { path, answers, force: options.force, verbose: options.verbose, optimise: options.optimise, times: options.times > 0, bad: options.bad, rebuilt };
      const journal = damage.problems.some((one) => one.pass === 0);
      if (!options.force && reason === undefined && options.bad === 0 && !journal && options.addList === undefined && options.setList === undefined) {
        io.say(`${name}: clean, ${superblock.inodes - superblock.freeInodes}/${superblock.inodes} files, ${superblock.usedBlocks}/${superblock.blocks} blocks\n`);
        return 0;
      }
      if (!options.force && reason !== undefined) io.say(`${name} ${reason}, check forced.\n`);
      return yield* check(sys, io, fs, isSound(damage) ? SOUND : damage, wanted);
    } catch (error) {
      if (error instanceof Unexpected) return 4;
      if (error instanceof SysError && error.errno === "EINTR") {
        io.say(`${name}: e2fsck canceled.\n\n${name}: ********** WARNING: Filesystem still has errors **********\n\n`);
        return 32;
      }
      throw error;
    } finally {
      sys.close(fs.fd);
    }
  },
});
