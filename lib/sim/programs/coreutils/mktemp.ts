import { O, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, text } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export default gnu({
  name: "mktemp",
  summary: "create a temporary file or directory, safely, and print its name",
  synopsis: ["[OPTION]... [TEMPLATE]"],
  description: ["TEMPLATE must contain at least 3 consecutive X in its last component. Without it: tmp.XXXXXXXXXX, with --tmpdir implied. Files are made u+rw, directories u+rwx, less what the umask takes away."],
  options: {
    directory: flag(["-d", "--directory"], "create a directory, not a file"),
    dryRun: flag(["-u", "--dry-run"], "do not create anything; merely print a name (unsafe)"),
    quiet: flag(["-q", "--quiet"], "suppress diagnostics about the failure to create"),
    suffix: text(["--suffix"], "SUFF", "append SUFF to TEMPLATE; it must not contain a slash"),
    parent: text(["-p"], "DIR", "interpret TEMPLATE relative to DIR"),
    tmpdir: optionalText(["--tmpdir"], "DIR", "interpret TEMPLATE relative to DIR; without DIR, to $TMPDIR if set, else /tmp"),
    legacy: flag(["-t"], "interpret TEMPLATE as a single name, relative to $TMPDIR, -p or /tmp (deprecated)"),
  },
  operands: "none",
  seeAlso: ["mkstemp(3)", "mkdtemp(3)"],
  *run({ options, operands, given, sys }, io: Io) {
    const [first, extra] = operands;
    if (extra !== undefined) io.usage("too many templates");
    let template = first ?? "tmp.XXXXXXXXXX";
    const useDirectory = first === undefined || options.parent !== undefined || options.tmpdir !== undefined || options.legacy;
    const named = given.findLast((one) => one.option === "parent" || one.option === "tmpdir")?.argument;
    let suffix = options.suffix;
    if (suffix !== undefined) {
      if (!template.endsWith("X")) io.die(`with --suffix, template ${io.quote(template)} must end in X`);
    } else {
      const last = template.lastIndexOf("X");
      suffix = last < 0 ? "" : template.slice(last + 1);
      if (last >= 0) template = template.slice(0, last + 1);
    }
    if (suffix.includes("/")) io.die(`invalid suffix ${io.quote(suffix)}, contains directory separator`);
    const count = /X*$/.exec(template)?.[0].length ?? 0;
    if (count < 3) io.die(`too few X's in template ${io.quote(template + (options.suffix ?? suffix))}`);
    if (useDirectory) {
      const fromEnvironment = sys.environment.get("TMPDIR") || undefined;
      if (options.legacy) {
        if (template.includes("/")) io.die(`invalid template, ${io.quote(template)}, contains directory separator`);
        template = joinPath(fromEnvironment ?? (named || "/tmp"), template);
      } else {
        if (template.startsWith("/")) io.die(`invalid template, ${io.quote(template)}; with --tmpdir, it may not be absolute`);
        template = joinPath(named || fromEnvironment || "/tmp", template);
      }
    }
    const stem = template.slice(0, -count);
    for (let attempt = 0; ; attempt++) {
      let filled = "";
      for (const byte of sys.random(count)) filled += LETTERS.charAt(byte % LETTERS.length);
      const path = stem + filled + suffix;
      try {
        yield* make(sys, path, options.directory, options.dryRun);
        io.out.put(path + "\n");
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "EEXIST" && attempt < 100) continue;
        if (options.quiet) return 1;
        io.die(`failed to create ${options.directory ? "directory" : "file"} via template ${io.quote(template + suffix)}: ${error.message}`);
      }
    }
  },
});

function* make(sys: Sys, path: string, directory: boolean, dryRun: boolean) {
  if (dryRun) {
    try {
      sys.lstat(path);
    } catch (error) {
      if (error instanceof SysError && error.errno === "ENOENT") return;
      throw error;
    }
    throw new SysError("EEXIST");
  }
  if (directory) sys.mkdir(path, 0o700);
  else sys.close(yield* sys.open(path, O.RDWR | O.CREAT | O.EXCL, 0o600));
}
