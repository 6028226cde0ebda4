import { SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io } from "../kit/gnu.ts";
import { mountedXfs } from "./_mounted.ts";
import { geometryText, readFacts, superblockOf, VERSION } from "./_xfs.ts";

export default gnu({
  name: "xfs_info", path: "/usr/sbin/xfs_info", manSection: 8, project: "xfsprogs", version: VERSION, tryLine: () => "", summary: "show how an XFS file system is laid out", synopsis: ["[-V] MOUNTPOINT|DEVICE|FILE"], options: { version: flag(["-V"], "print the version") }, operands: "files", usageStatus: 2,
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_info version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: xfs_info [-V] [-t mtab] [mountpoint|device|file]\n");
      return 2;
    }
    try {
      const mounted = yield* mountedXfs(sys, path);
      const { fd } = yield* openBlockTarget(sys, mounted?.source ?? path, false);
      const facts = readFacts(yield* superblockOf(sys, fd));
      sys.close(fd);
      if (facts) {
        io.out.put(geometryText(mounted?.source ?? path, facts));
        return 0;
      }
      yield* io.stderr(`xfs_info: ${path} is not a valid XFS filesystem (unexpected SB magic number 0x00000000)\n`);
      return 1;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(error.errno === "ENOENT" ? `${path}: No such file or directory\n\nfatal error -- couldn't initialize XFS library\n` : `${path}: ${error.message}\n`);
      return 1;
    }
  },
});
