import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "ischroot",
  project: "Debian utilities",
  version: "5.7",
  summary: "detect if running in a chroot",
  synopsis: ["[OPTION]"],
  options: {
    defaultFalse: flag(["-f", "--default-false"], "return false if detection fails"),
    defaultTrue: flag(["-t", "--default-true"], "return true if detection fails"),
  },
  exitStatuses: [["0", "running in a chroot"], ["1", "not running in a chroot"], ["2", "it is not possible to detect (as when not running as root)"]],
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
