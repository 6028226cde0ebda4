import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

const PORTABLE = /^[A-Za-z0-9._/-]*$/;

export default gnu({
  name: "pathchk",
  summary: "test whether file names can exist, here or on other systems (portable)",
  synopsis: ["[OPTION]... NAME..."],
  options: {
    posix: flag(["-p"], "test for what every POSIX system accepts: short names of few characters"),
    empty: flag(["-P"], "find empty names and a - in front of a name"),
    portability: flag(["--portability"], "both tests, those of -p and of -P"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const portable = options.posix || options.portability;
    const basic = options.empty || options.portability;
    for (const name of operands) {
      const problem = check(name);
      if (problem !== undefined) yield* io.fail(problem);
    }
    function check(name: string): string | undefined {
      if (basic && name.split("/").some((part) => part.startsWith("-"))) return `leading '-' in a component of file name ${io.quoteName(name)}`;
      if ((basic || portable) && name === "") return "empty file name";
      if (portable) {
        const bad = [...name].find((char) => !PORTABLE.test(char));
        if (bad !== undefined) return `nonportable character ${io.quote(bad)} in file name ${io.quoteName(name)}`;
        if (name.length > 255) return `limit 255 exceeded by length ${name.length} of file name ${io.quoteName(name)}`;
      } else {
        try {
          sys.lstat(name);
          return undefined;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (error.errno !== "ENOENT" || name === "") return `${io.quoteFile(name)}: ${error.message}`;
        }
        if (name.length > 4095) return `limit 4095 exceeded by length ${name.length} of file name ${io.quoteName(name)}`;
      }
      const limit = portable ? 14 : 255;
      const long = name.split("/").find((part) => part.length > limit);
      if (long !== undefined) return `limit ${limit} exceeded by length ${long.length} of file name component ${io.quote(long)}`;
      return undefined;
    }
  },
});
