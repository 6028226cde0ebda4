// e4defrag: brings the extents of files of a mounted ext4 together (e4defrag(8), e2fsprogs 1.47.0). Files of ours lie in one piece already, so that
// there is seldom anything to do; what it says of each is what the real one says of such files.
import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { readMounts } from "../kit/mounts.ts";
import { joinPath } from "../kit/paths.ts";
import { placeOfFile } from "./_file-extents.ts";

const USAGE = "Usage\t: e4defrag [-v] file...| directory...| device...\n\t: e4defrag  -c  file...| directory...| device...\n";

interface Found {
  readonly path: string;
  readonly stat: Stat;
}

/** Regular files below a directory, as far as its file system goes; `skipped` counts what is none. */
function* filesBelow(sys: Sys, directory: string, dev: number, found: Found[], skipped: { count: number }): Blocking<void> {
  for (const { name } of sys.readdir(directory)) {
    if (name === "." || name === ".." || name === "lost+found") continue;
    if (sys.charge(10)) yield* sys.preempt();
    const path = joinPath(directory, name);
    const stat = sys.lstat(path);
    if (stat.dev !== dev) continue;
    const kind = stat.mode & S.IFMT;
    if (kind === S.IFDIR) yield* filesBelow(sys, path, dev, found, skipped);
    else if (kind === S.IFREG) found.push({ path, stat });
    else skipped.count++;
  }
}

function* extentsOf(sys: Sys, { path, stat }: Found): Blocking<{ readonly extents: number; readonly ideal: number; readonly kilobytes: number }> {
  const { type, blockSizeBytes } = sys.statfs(path);
  const { extents, blockBytes } = yield* placeOfFile(sys, path, stat, type, blockSizeBytes);
  const blocks = extents.reduce((sum, one) => sum + one.count, 0);
  return { extents: extents.length, ideal: Math.max(1, Math.ceil(blocks / 32768)), kilobytes: (blocks * blockBytes) / 1024 };
}

export default gnu({
  name: "e4defrag", path: "/usr/sbin/e4defrag", manSection: 8, project: "e2fsprogs", tryLine: () => USAGE, summary: "bring the pieces of a file together on a mounted ext4 file system", synopsis: ["[-cv] target ..."], seeAlso: ["filefrag(8)", "mke2fs(8)", "mount(8)"],
  description: ["A target is a file, a directory or the device of a mounted ext4. With -c nothing is moved: extents now and at best are counted, and a score tells whether defragmenting pays (above 55 it does)."],
  options: { count: flag(["-c"], "count extents, change nothing"), verbose: flag(["-v"], "a line for each file with its extents") },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    io.say("e4defrag 1.47.0 (5-Feb-2023)\n");
    if (operands.length === 0) {
      yield* io.stderr(USAGE);
      return 1;
    }
    const mounts = yield* readMounts(sys);
    for (const target of operands) {
      const refuse = function* (message: string): Blocking<void> {
        yield* io.stderr(`${message}\n "${target}"\n`);
        io.status = 1;
      };
      let stat: Stat;
      try {
        stat = sys.lstat(target);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* refuse(`Failed to get file information: ${error.message}`);
        continue;
      }
      const kind = stat.mode & S.IFMT;
      let root = target;
      if (kind === S.IFBLK) {
        const mounted = mounts.find((mount) => mount.source === target);
        if (mounted === undefined) {
          yield* refuse("Filesystem is not mounted");
          continue;
        }
        root = mounted.target;
      } else if (kind !== S.IFDIR && kind !== S.IFREG) {
        yield* refuse(kind === S.IFLNK ? "File is symbolic link" : "File is not regular file");
        continue;
      }
      if (sys.statfs(root).type !== "ext4") {
        yield* refuse("Filesystem is not ext4 filesystem");
        continue;
      }
      if (kind === S.IFREG) {
        try {
          sys.close(yield* sys.open(target, O.RDWR));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* refuse(`Failed to open: ${error.message}`);
          continue;
        }
      }
      const files: Found[] = [];
      const skipped = { count: 0 };
      if (kind === S.IFREG) files.push({ path: target, stat });
      else yield* filesBelow(sys, root, sys.stat(root).dev, files, skipped);
      yield* report(sys, io, { target, whole: kind === S.IFREG, device: kind === S.IFBLK, files, skipped: skipped.count, count: options.count, verbose: options.verbose });
    }
    return undefined;
  },
});

interface Job {
  readonly target: string;
  /** one file, not a tree */
  readonly whole: boolean;
  readonly device: boolean;
  readonly files: readonly Found[];
  readonly skipped: number;
  readonly count: boolean;
  readonly verbose: boolean;
}

function* report(sys: Sys, io: Io, { target, whole, device, files, skipped, count, verbose }: Job): Blocking<void> {
  const of = device ? "device" : "directory";
  const data = files.filter((file) => file.stat.blocks > 0);
  if (count) {
    if (!whole && data.length === 0) {
      io.say(` In this ${of}(${target}), none can be defragmented.\n Done.\n`);
      io.status = 1;
      return;
    }
    let now = 0;
    let best = 0;
    let kilobytes = 0;
    const rows: { readonly path: string; readonly extents: number; readonly ideal: number; readonly kilobytes: number }[] = [];
    for (const file of data) {
      const facts = yield* extentsOf(sys, file);
      now += facts.extents;
      best += facts.ideal;
      kilobytes += facts.kilobytes;
      rows.push({ path: file.path, ...facts });
    }
    const average = Math.floor(kilobytes / Math.max(1, now));
    if (!whole) rows.splice(5);
    io.say(`${whole ? "<File>" : "<Fragmented files>"}${" ".repeat(whole ? 41 : 29)}now/best       size/ext\n`);
    rows.forEach((row, index) => io.say(`${whole ? "" : `${index + 1}. `}${row.path.padEnd(whole ? 40 : 37)}${whole || row.path.length > 37 ? `\n${" ".repeat(40)}` : ""}${`${row.extents}/${row.ideal}`.padStart(15)}${`${Math.floor(row.kilobytes / Math.max(1, row.extents))} KB`.padStart(15)}\n`));
    io.say(`\n Total/best extents\t\t\t\t${now}/${best}\n Average size per extent\t\t\t${average} KB\n Fragmentation score\t\t\t\t0\n [0-30 no problem: 31-55 a little bit fragmented: 56- needs defrag]\n ${whole ? `This file (${target})` : `This ${of} (${target})`} does not need defragmentation.\n Done.\n`);
    return;
  }
  io.say(`ext4 defragmentation for ${whole ? "" : `${of}(`}${target}${whole ? "" : ")"}\n`);
  let done = 0;
  for (const [index, file] of files.entries()) {
    const head = `[${index + 1}/${files.length}]`;
    const tail = verbose ? `  extents: ${(yield* extentsOf(sys, file)).extents} -> ${(yield* extentsOf(sys, file)).extents}` : "";
    if (file.stat.blocks === 0) {
      io.say(whole ? `${head}${file.path}:\t  0%\n\tFile size is 0\t[ NG ]\n` : `${head}${file.path}:\t  0%\tFile size is 0\t[ NG ]\n`);
      continue;
    }
    io.say(`\u001b[79;0H\u001b[K${head}${file.path}:\t100%${tail}\t[ OK ]\n`);
    done++;
  }
  if (whole) {
    io.say(` Success:\t\t\t[${done}/1]\n`);
    if (done === 0) io.status = 1;
  } else io.say(`\n\tSuccess:\t\t\t[ ${done}/${files.length + skipped} ]\n\tFailure:\t\t\t[ ${files.length + skipped - done}/${files.length + skipped} ]\n`);
}
