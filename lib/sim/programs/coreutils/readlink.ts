import { SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "readlink",
  summary: "print what symbolic links hold, or the real (canonical) names of files",
  synopsis: ["[OPTION]... FILE..."],
  description: ["To get the real name of a file, realpath(1) is the better choice."],
  options: {
    canonicalize: flag(["-f", "--canonicalize"], "follow all links in the name; only its last part may be missing"),
    existing: flag(["-e", "--canonicalize-existing"], "as -f, but nothing may be missing"),
    missing: flag(["-m", "--canonicalize-missing"], "as -f, but everything may be missing"),
    noNewline: flag(["-n", "--no-newline"], "no newline after the last name"),
    quiet: flag(["-q", "--quiet"], "no error messages (the default)"),
    silent: flag(["-s", "--silent"], "no error messages (the default)"),
    verbose: flag(["-v", "--verbose"], "print error messages"),
    zero: flag(["-z", "--zero"], "finish each line with NUL instead of a newline"),
  },
  operands: "files",
  seeAlso: ["realpath(1)", "readlink(2)"],
  *run({ options, operands, given, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const how = given.findLast((one) => one.option === "canonicalize" || one.option === "existing" || one.option === "missing")?.option;
    const verbosity = given.findLast((one) => one.option === "verbose" || one.option === "quiet" || one.option === "silent")?.option;
    const verbose = verbosity === "verbose";
    let noNewline = options.noNewline;
    if (noNewline && operands.length > 1) {
      yield* io.warn("ignoring --no-newline with multiple arguments");
      noNewline = false;
    }
    const end = noNewline ? "" : options.zero ? "\0" : "\n";
    for (const name of operands) {
      try {
        const value = how === undefined ? sys.readlink(name)
          : canonicalPath(sys, name, how === "canonicalize" ? "all-but-last" : how === "existing" ? "existing" : "missing");
        yield* io.out.print(value + end);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        if (verbose) yield* io.fail(`${io.quoteFile(name)}: ${error.message}`);
      }
    }
  },
});
