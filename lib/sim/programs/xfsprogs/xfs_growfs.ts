import { O, SysError } from "../../kernel/sys.ts";
import { openBlockTarget } from "../kit/block-target.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { mountedXfs } from "./_mounted.ts";
import { BLOCK, geometryText, readFacts, superblockOf, VERSION } from "./_xfs.ts";

export default gnu({
  name: "xfs_growfs", path: "/usr/sbin/xfs_growfs", manSection: 8, project: "xfsprogs", version: VERSION, tryLine: () => "", summary: "expand an XFS filesystem", synopsis: ["[-dn] [-D SIZE] MOUNTPOINT"], operands: "directories",
  options: { data: flag(["-d"], "the data section, as large as the device (usual)"), size: text(["-D"], "SIZE", "to so many blocks"), dryRun: flag(["-n"], "only show the geometry"), log: flag(["-l"], "the log (cannot grow)"), realtime: flag(["-r"], "the realtime section (there is none)"), version: flag(["-V"], "print the version") },
  *run({ options, operands, sys }, io: Io) {
    if (options.version) {
      io.out.put(`xfs_growfs version ${VERSION}\n`);
      return 0;
    }
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      yield* io.stderr("Usage: xfs_growfs [options] mountpoint\n\nOptions:\n\t-d          grow the section of data\n\t-l          grow the log\n\t-r          grow the realtime section\n\t-n          only show how it is laid out\n\t-D size     grow to this many blocks\n\t-V          show the version\n");
      return 2;
    }
    const mounted = yield* mountedXfs(sys, path);
    if (!mounted) {
      yield* io.stderr(`xfs_growfs: ${path} is not a mounted XFS filesystem\n`);
      return 1;
    }
    try {
      const target = yield* openBlockTarget(sys, mounted.source, false);
      const facts = readFacts(yield* superblockOf(sys, target.fd));
      sys.close(target.fd);
      if (!facts) return 1;
      io.out.put(geometryText(mounted.source, facts));
      if (options.dryRun) return 0;
      const most = Math.floor(target.sizeBytes / BLOCK);
      const wanted = options.size === undefined ? most : Number(options.size);
      if (wanted > most) {
        yield* io.out.flush();
        yield* io.stderr(`data size ${options.size} too large, maximum is ${most}\n`);
        return 1;
      }
      if (wanted < facts.blocks) {
        yield* io.out.flush();
        yield* io.stderr(`data size ${wanted} too small, old size is ${facts.blocks}\n`);
        return 1;
      }
      if (wanted === facts.blocks) {
        io.out.put("data size unchanged, skipping\n");
        return 0;
      }
      const fd = yield* sys.open(mounted.target, O.RDONLY);
      try {
        sys.ioctl(fd, "XFS_IOC_FSGROWFSDATA", wanted);
      } finally {
        sys.close(fd);
      }
      io.out.put(`data blocks changed from ${facts.blocks} to ${wanted}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`xfs_growfs: XFS_IOC_FSGROWFSDATA xfsctl failed: ${error.message}\n`);
      return 1;
    }
  },
});
