import { O, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, text } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export default gnu({
  name: "mktemp",
  versionLetter: "V",
  summary: "make a temporary file or directory with an unused name, and print that name",
  synopsis: ["[OPTION]... [TEMPLATE]"],
  description: ["Letters and digits take the place of the Xs in TEMPLATE, of which the last part of the path needs three in a row or more; without a TEMPLATE it is tmp.XXXXXXXXXX below --tmpdir. Only the owner has rights (600, or 700 for a directory)."],
  options: {
    directory: flag(["-d", "--directory"], "a directory instead of a file"),
    dryRun: flag(["-u", "--dry-run"], "print a free name and make nothing: another process may take it first"),
    quiet: flag(["-q", "--quiet"], "say nothing when it fails"),
    suffix: text(["--suffix"], "SUFF", "put SUFF after the Xs; it may not contain a slash"),
    parent: text(["-p"], "DIR", "put TEMPLATE in DIR"),
    tmpdir: optionalText(["--tmpdir"], "DIR", "put TEMPLATE in DIR; without DIR, in $TMPDIR or else /tmp"),
    legacy: flag(["-t"], "put TEMPLATE, which has no slash, in $TMPDIR, else in the directory of -p, else in /tmp; -t is outdated"),
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
