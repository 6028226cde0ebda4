import { SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "readlink",
  summary: "print resolved symbolic links or canonical file names",
  synopsis: ["[OPTION]... FILE..."],
  description: ["realpath(1) is the preferred command for canonical names."],
  options: {
    canonicalize: flag(["-f", "--canonicalize"], "follow every symlink in every component of the name; all but the last component must exist"),
    existing: flag(["-e", "--canonicalize-existing"], "as -f, but all components must exist"),
    missing: flag(["-m", "--canonicalize-missing"], "as -f, without requirements on components' existence"),
    noNewline: flag(["-n", "--no-newline"], "do not output the trailing delimiter"),
    quiet: flag(["-q", "--quiet"], "suppress most error messages (default)"),
    silent: flag(["-s", "--silent"], "suppress most error messages (default)"),
    verbose: flag(["-v", "--verbose"], "report error messages"),
    zero: flag(["-z", "--zero"], "NUL at the end of each line"),
  },
  operands: "files",
  seeAlso: ["realpath(1)", "readlink(2)"],
  *run({ options, operands, given, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const how = given.findLast((one) => one.option === "canonicalize" || one.option === "existing" || one.option === "missing")?.option;
    const verbosity = given.findLast((one) => one.option === "verbose" || one.option === "quiet" || one.option === "silent")?.option;
    const verbose = verbosity === "verbose" || (verbosity === undefined && sys.environment.has("POSIXLY_CORRECT"));
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
