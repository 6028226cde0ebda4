import { type Blocking, O, S, SysError } from "../../kernel/sys.ts";
import { sizeOfWord } from "../kit/block-target.ts";
import { deviceSize } from "../kit/disk-label.ts";
import { readMounts } from "../kit/mounts.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "fstrim", path: "/sbin/fstrim", manSection: 8, summary: "discard the blocks that a mounted filesystem does not use", synopsis: ["[options] <mount point>"],
  options: { all: flag(["-a", "--all"], "everything that is mounted"), fstab: flag(["-A", "--fstab"], "everything that /etc/fstab names"), listed: text(["-I", "--listed-in"], "list", "everything that these files name"), offset: text(["-o", "--offset"], "num", "where to begin, in bytes"), length: text(["-l", "--length"], "num", "the length of the range, in bytes"), minimum: text(["-m", "--minimum"], "num", "leave shorter pieces alone"), verbose: flag(["-v", "--verbose"], "tell how many bytes were discarded"), quiet: flag(["--quiet-unsupported"], "no complaint where the device cannot do it"), dryRun: flag(["-n", "--dry-run"], "all but the discarding") },
  operands: "directories",
  *run({ options, operands, sys }, io: Io) {
    if (Number(options.all) + Number(options.fstab) + Number(options.listed !== undefined) > 1) io.die("mutually exclusive arguments: --fstab --listed-in --all");
    for (const [word, what] of [[options.offset, "offset"], [options.length, "length"], [options.minimum, "minimum extent length"]] as const) if (word !== undefined && sizeOfWord(word) === undefined) io.die(`failed to parse ${what}: '${word}': Invalid argument`);
    const mounts = yield* readMounts(sys);
    const trim = function* (directory: string): Blocking<void> {
      const mount = mounts.findLast((one) => one.target === directory.replace(/(.)\/$/, "$1"));
      try {
        if ((sys.stat(directory).mode & S.IFMT) !== S.IFDIR) io.die(`${directory}: not a directory`);
      } catch (error) {
        if (error instanceof SysError) io.die(`stat of ${directory} failed: ${error.message}`);
        throw error;
      }
      if (sys.getcred().euid === 0 && mount === undefined) {
        yield* io.fail(`${directory}: FITRIM ioctl failed: Inappropriate ioctl for device`);
        return;
      }
      if (sys.getcred().euid !== 0 || mount === undefined) {
        yield* io.fail(`${directory}: FITRIM ioctl failed: Operation not permitted`);
        return;
      }
      if (!mount.source.startsWith("/dev/")) {
        if (!options.quiet) yield* io.fail(`${directory}: the discard operation is not supported`);
        return;
      }
      const facts = sys.statfs(directory);
      let bytes = facts.blocksFree * facts.blockSizeBytes;
      if (!options.dryRun) {
        const fd = yield* sys.open(directory, O.RDONLY);
        try {
          bytes = Number(sys.ioctl(fd, "FITRIM"));
        } catch (error) {
          // the root file system has no device below that could forget
          if (!(error instanceof SysError) || error.errno !== "ENOTTY") throw error;
        } finally {
          sys.close(fd);
        }
      }
      if (options.dryRun) io.say(`${directory}: 0 B (dry run) trimmed on ${mount.source}\n`);
      else if (options.verbose) io.out.put(options.all || options.fstab ? `${directory}: ${deviceSize(bytes, true)} (${bytes} bytes) trimmed on ${mount.source}\n` : `${directory}: ${deviceSize(bytes, true)} (${bytes} bytes) trimmed\n`);
    };
    if (options.all || options.fstab || options.listed !== undefined) {
      for (const mount of mounts) if (mount.source.startsWith("/dev/") && mount.root === "/") yield* trim(mount.target);
      return undefined;
    }
    const [directory] = operands;
    if (directory === undefined) {
      yield* io.warn("no mountpoint specified");
      return 1;
    }
    yield* trim(directory);
    return undefined;
  },
});
