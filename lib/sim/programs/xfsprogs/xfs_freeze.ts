import { O, SysError } from "../../kernel/sys.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { VERSION } from "./_xfs.ts";

export default gnu({
  name: "xfs_freeze", path: "/usr/sbin/xfs_freeze", manSection: 8, project: "xfsprogs", version: VERSION, tryLine: () => "", summary: "hold all writing to a file system, or let it go on (XFS)", synopsis: ["-f|-u MOUNTPOINT"], options: { freeze: flag(["-f"], "write everything and stop"), thaw: flag(["-u"], "go on"), version: flag(["-V"], "print the version") }, operands: "directories", usageStatus: 2,
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_freeze version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || options.freeze === options.thaw) {
      yield* io.stderr("Usage: xfs_freeze -f | -u <mountpoint>\n");
      return 2;
    }
    try {
      const fd = yield* sys.open(path, O.RDONLY);
      try {
        sys.ioctl(fd, options.freeze ? "FIFREEZE" : "FITHAW");
      } finally {
        sys.close(fd);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`xfs_freeze: cannot ${options.freeze ? "freeze" : "unfreeze"} filesystem at ${path}: ${error.message}\n`);
      return 1;
    }
  },
});
