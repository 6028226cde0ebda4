import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";

export default gnu({
  name: "chcon",
  summary: "give files another security context",
  synopsis: ["[OPTION]... CONTEXT FILE...", "[OPTION]... [-u USER] [-r ROLE] [-l RANGE] [-t TYPE] FILE...", "[OPTION]... --reference=RFILE FILE..."],
  description: ["This machine's kernel runs without SELinux, so there is no context to change."],
  options: {
    dereference: flag(["--dereference"], "change the file that a link leads to, not the link (the default)"),
    noDereference: flag(["-h", "--no-dereference"], "change a symbolic link itself, not the file that it leads to"),
    user: text(["-u", "--user"], "USER", "USER in the new context"),
    role: text(["-r", "--role"], "ROLE", "ROLE in the new context"),
    type: text(["-t", "--type"], "TYPE", "TYPE in the new context"),
    range: text(["-l", "--range"], "RANGE", "RANGE of levels in the new context"),
    reference: text(["--reference"], "RFILE", "give the same context as RFILE has"),
    noPreserveRoot: flag(["--no-preserve-root"], "do not protect / (the default)"),
    preserveRoot: flag(["--preserve-root"], "with -R, refuse to work on /"),
    recursive: flag(["-R", "--recursive"], "also change everything inside directories, at every depth"),
    verbose: flag(["-v", "--verbose"], "print a line for each file"),
    followArguments: flag(["-H"], "with -R: enter a directory when an argument is a link to it"),
    followAll: flag(["-L"], "with -R: enter each directory that a link leads to"),
    followNone: flag(["-P"], "with -R: enter no directory through a link (the default)"),
  },
  parsing: { longOrder: "recursive dereference no-dereference no-preserve-root preserve-root reference user role type range verbose help version" },
  operands: "files",
  *run({ options, operands, given, sys }, io: Io) {
    const walk = given.findLast((one) => one.option === "followArguments" || one.option === "followAll" || one.option === "followNone")?.option;
    const dereference = given.findLast((one) => one.option === "dereference" || one.option === "noDereference")?.option;
    const physical = walk === undefined || walk === "followNone";
    if (options.recursive && physical && dereference === "dereference") io.die("-R --dereference requires either -H or -L");
    if (options.recursive && !physical && dereference === "noDereference") io.die("-R -h requires -P");
    if (options.reference !== undefined) {
      try {
        sys.stat(options.reference);
      } catch (error) {
        io.die(`failed to get security context of ${io.quoteName(options.reference)}: ${reason(error)}`);
      }
    }
    const partial = options.user ?? options.role ?? options.type ?? options.range;
    const files = options.reference !== undefined || partial !== undefined ? operands : operands.slice(1);
    if (operands.length === 0) io.usage("missing operand");
    if (files.length === 0) io.usage(`missing operand after ${io.quote(operands[0] ?? "")}`);
    for (const file of files) {
      try {
        sys.lstat(file);
        yield* io.fail(partial !== undefined ? `can't apply partial context to unlabeled file ${io.quoteName(file)}` : `failed to change context of ${io.quoteName(file)} to ${io.quote(operands[0] ?? "")}: Operation not supported`);
      } catch (error) {
        yield* io.fail(`cannot access ${io.quoteName(file)}: ${error instanceof Error ? error.message : ""}`);
      }
    }
  },
});
