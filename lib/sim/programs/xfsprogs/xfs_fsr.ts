// xfs_fsr: file by file, whether an XFS needs defragmenting (xfs_fsr(8), xfsprogs 6.1). A file has one extent here, so that every one is fine already.
import { type Blocking, S, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { type Mount, readMounts } from "../kit/mounts.ts";
import { mountedXfs } from "./_mounted.ts";
import { VERSION } from "./_xfs.ts";

const LEFT_OFF = "/var/tmp/.fsrlast_xfs";
const USAGE = "Usage: xfs_fsr [-d] [-v] [-g] [-t time] [-p passes] [-f leftf] [-m mtab]\n       xfs_fsr [-d] [-v] [-g] xfsdev | dir | file ...\n       xfs_fsr -V\n";

/** The regular files of a file system, by their inode numbers. */
function* inodesBelow(sys: Sys, directory: string, device: number): Blocking<readonly number[]> {
  const found: number[] = [];
  for (const entry of sys.readdir(directory)) {
    if (sys.charge(5)) yield* sys.preempt();
    const path = `${directory.replace(/\/$/, "")}/${entry.name}`;
    const stat = sys.lstat(path);
    if (stat.dev !== device) continue;
    if ((stat.mode & S.IFMT) === S.IFDIR) found.push(...(yield* inodesBelow(sys, path, device)));
    else if ((stat.mode & S.IFMT) === S.IFREG && stat.sizeBytes > 0) found.push(stat.ino);
  }
  return found;
}

function* reorganize(sys: Sys, io: Io, mount: Mount, verbose: boolean): Blocking<void> {
  for (const ino of [...(yield* inodesBelow(sys, mount.target, sys.stat(mount.target).dev))].sort((a, b) => a - b)) {
    if (verbose) io.out.put(`ino=${ino} already fully defragmented.\n`);
  }
}

export default gnu({
  name: "xfs_fsr", path: "/usr/sbin/xfs_fsr", manSection: 8, project: "xfsprogs", version: VERSION, versionText: `xfs_fsr version ${VERSION}\n`, tryLine: () => USAGE, summary: "bring the pieces of files together on an XFS file system", synopsis: ["[-dvg] [-t SECONDS] [-p PASSES] [-f FILE] [-m MTAB]", "[-dvg] DEVICE|DIRECTORY|FILE..."], operands: "files",
  options: { syslog: flag(["-g"], "tell syslog (accepted)"), seconds: text(["-t"], "SECONDS", "seconds that it may take (7200)"), passes: text(["-p"], "PASSES", "rounds over all file systems (10)"), leftOff: text(["-f"], "FILE", "file in which it notes how far it came"), mtab: text(["-m"], "MTAB", "in place of /etc/mtab"), debug: flag(["-d"], "say still more"), verbose: flag(["-v"], "say more"), version: flag(["-V"], "print the version") },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_fsr version ${VERSION}\n`);
      return 0;
    }
    const verbose = options.verbose || options.debug;
    if (operands.length === 0) {
      if (sys.getcred().euid !== 0) {
        yield* io.stderr("xfs_fsr: must be superuser.\n");
        return 1;
      }
      const mounts = (yield* readMounts(sys)).filter((mount) => mount.type === "xfs" && mount.options.split(",")[0] === "rw" && mount.root === "/");
      const table = options.mtab ?? "/proc/mounts";
      if (mounts.length === 0) {
        yield* io.stderr(`xfs_fsr: no rw xfs file systems in mtab: ${table}\n`);
        return 0;
      }
      io.out.put(`xfs_fsr -m ${table} -t ${options.seconds ?? "7200"} -f ${options.leftOff ?? LEFT_OFF} ...\n`);
      if (verbose) io.out.put(`Found ${mounts.length} mounted, writable, XFS filesystems\n`);
      const passes = Number(options.passes ?? "10");
      for (let pass = 0; pass < passes; pass++) for (const mount of mounts) {
        if (verbose) io.out.put(`${mount.target} start inode=0\n`);
        yield* reorganize(sys, io, mount, verbose);
      }
      io.out.put(`xfs_fsr startpass 0, endpass ${passes}, time 0 seconds\n`);
      return 0;
    }
    for (const path of operands) {
      try {
        const stat = sys.stat(path);
        const kind = stat.mode & S.IFMT;
        const mount = yield* mountedXfs(sys, path);
        if (mount) {
          if (verbose) io.out.put(`${mount.target} start inode=0\n`);
          yield* reorganize(sys, io, mount, verbose);
          continue;
        }
        const device = `${stat.dev >> 8}:${stat.dev & 255}`;
        const on = (yield* readMounts(sys)).find((one) => one.device === device);
        if (kind === S.IFBLK) io.out.put(`xfs_fsr: ${path}: not fsys dev, dir, or reg file, ignoring\n`);
        else if (on?.type !== "xfs") yield* io.stderr(`xfs_fsr: cannot defragment: ${path}: Not XFS\n`);
        else if (kind === S.IFDIR) yield* io.stderr(`xfs_fsr: ${path}: Directory defragmentation not supported\n`);
        else if (verbose && stat.sizeBytes > 0) io.out.put(`${path} already fully defragmented.\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`xfs_fsr: could not stat: ${path}: ${error.message}\n`);
      }
    }
    return 0;
  },
});
