import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "chcon",
  summary: "change file security context",
  synopsis: ["[OPTION]... CONTEXT FILE...", "[OPTION]... [-u USER] [-r ROLE] [-l RANGE] [-t TYPE] FILE...", "[OPTION]... --reference=RFILE FILE..."],
  description: ["This machine's kernel runs without SELinux, so there is no context to change."],
  options: {
    dereference: flag(["--dereference"], "affect the referent of each symbolic link (default)"),
    noDereference: flag(["-h", "--no-dereference"], "affect symbolic links instead of any referenced file"),
    user: text(["-u", "--user"], "USER", "set user USER in the target security context"),
    role: text(["-r", "--role"], "ROLE", "set role ROLE in the target security context"),
    type: text(["-t", "--type"], "TYPE", "set type TYPE in the target security context"),
    range: text(["-l", "--range"], "RANGE", "set range RANGE in the target security context"),
    reference: text(["--reference"], "RFILE", "use RFILE's security context"),
    recursive: flag(["-R", "--recursive"], "operate on files and directories recursively"),
    verbose: flag(["-v", "--verbose"], "output a diagnostic for every file processed"),
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
