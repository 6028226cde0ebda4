import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "ischroot",
  project: "Debian utilities",
  version: "5.7",
  summary: "tell whether this is a chroot",
  synopsis: ["[OPTION]"],
  options: {
    defaultFalse: flag(["-f", "--default-false"], "where it cannot be known, status 1"),
    defaultTrue: flag(["-t", "--default-true"], "where it cannot be known, status 0"),
  },
  exitStatuses: [["0", "running in a chroot"], ["1", "this is no chroot"], ["2", "it cannot be known (an ordinary user may not look)"]],
  operands: "none",
  *run({ options, sys }, _io: Io) {
    try {
      const [own, init] = [sys.stat("/"), sys.stat("/proc/1/root")];
      return own.ino === init.ino && own.dev === init.dev ? 1 : 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return options.defaultFalse ? 1 : options.defaultTrue ? 0 : 2;
    }
  },
});
