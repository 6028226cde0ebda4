import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "pwd",
  summary: "print the working directory: its full name",
  synopsis: ["[OPTION]..."],
  options: {
    logical: flag(["-L", "--logical"], "the path in the variable PWD, symbolic links and all"),
    physical: flag(["-P", "--physical"], "the real path, with all symbolic links resolved (the default)"),
  },
  operands: "none",
  *run({ operands, given, sys }, io: Io) {
    if (operands.length > 0) yield* io.warn("ignoring non-option arguments");
    const logical = given.at(-1)?.option === "logical" || (given.length === 0 && sys.environment.has("POSIXLY_CORRECT"));
    const pwd = sys.environment.get("PWD");
    if (logical && pwd?.startsWith("/") && !/\/\.\.?(\/|$)/.test(pwd)) {
      try {
        const [named, current] = [sys.stat(pwd), sys.stat(".")];
        if (named.ino === current.ino && named.dev === current.dev) {
          io.out.put(pwd + "\n");
          return;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
    try {
      io.out.put(sys.getcwd() + "\n");
    } catch (error) {
      if (error instanceof SysError) io.die(error.errno === "ENOENT" ? `couldn't find directory entry in ${io.quote("..")} with matching i-node` : error.message);
      throw error;
    }
  },
});
