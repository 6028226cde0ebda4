import { type Io, flag, gnu, text } from "../kit/gnu.ts";

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
    recursive: flag(["-R", "--recursive"], "also change everything inside directories, at every depth"),
    verbose: flag(["-v", "--verbose"], "print a line for each file"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
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
