import { O, S, SysError } from "../../kernel/sys.ts";
import { flag, type Io, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "fsfreeze", path: "/sbin/fsfreeze", manSection: 8, summary: "hold up every access that writes to a filesystem", synopsis: ["[options] <mountpoint>"],
  description: ["What has changed is written to the device; writers are not held up in the meantime."],
  options: { freeze: flag(["-f", "--freeze"], "stop all writing to the filesystem"), thaw: flag(["-u", "--unfreeze"], "let the writing go on") }, operands: "directories",
  *run({ options, operands, sys }, io: Io) {
    if (!options.freeze && !options.thaw) io.die("neither --freeze or --unfreeze specified");
    const [path] = operands;
    if (path === undefined) io.usage("no filename specified");
    try {
      const fd = yield* sys.open(path, O.RDONLY);
      if ((sys.fstat(fd).mode & S.IFMT) !== S.IFDIR) io.die(`${path}: is not a directory`);
      try {
        sys.ioctl(fd, options.freeze ? "FIFREEZE" : "FITHAW");
      } catch (error) {
        if (error instanceof SysError) io.die(`${path}: ${options.freeze ? "freeze" : "unfreeze"} failed: ${error.errno === "ENOTTY" ? "Operation not supported" : error.message}`);
        throw error;
      } finally {
        sys.close(fd);
      }
      return 0;
    } catch (error) {
      if (error instanceof SysError) io.die(`cannot open ${path}: ${error.message}`);
      throw error;
    }
  },
});
