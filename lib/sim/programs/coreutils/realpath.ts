import { S, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";

export default gnu({
  name: "realpath",
  summary: "print the real (absolute, canonical) name of files, without any symbolic link",
  synopsis: ["[OPTION]... FILE..."],
  options: {
    existing: flag(["-e", "--canonicalize-existing"], "no part of the path may be missing"),
    missing: flag(["-m", "--canonicalize-missing"], "parts of the path may be missing, or not be directories"),
    logical: flag(["-L", "--logical"], "apply .. to the name as it is written, before links are followed"),
    physical: flag(["-P", "--physical"], "follow links first; .. is then above where they lead (the default)"),
    quiet: flag(["-q", "--quiet"], "leave out most error messages"),
    relativeTo: text(["--relative-to"], "DIR", "print the path that leads from DIR to the file"),
    relativeBase: text(["--relative-base"], "DIR", "print names below DIR relative to it, the others absolute"),
    strip: flag(["-s", "--strip", "--no-symlinks"], "do not follow links"),
    zero: flag(["-z", "--zero"], "finish each line with NUL instead of a newline"),
  },
  operands: "files",
  seeAlso: ["readlink(1)", "realpath(3)"],
  *run({ options, operands, given, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const logicalOrPhysical = given.findLast((one) => one.option === "logical" || one.option === "physical" || one.option === "strip")?.option;
    const how = { logical: logicalOrPhysical === "logical", noSymlinks: logicalOrPhysical === "strip" };
    const existence = given.findLast((one) => one.option === "existing" || one.option === "missing")?.option;
    const mode = existence === "existing" ? "existing" : existence === "missing" ? "missing" : "all-but-last";
    const resolve = (name: string): string => {
      if (!how.logical) return canonicalPath(sys, name, mode, how);
      return canonicalPath(sys, canonicalPath(sys, name, mode, { noSymlinks: true }), mode);
    };
    const directory = (name: string): string => {
      try {
        const path = resolve(name);
        if (mode === "existing" && (sys.stat(path).mode & S.IFMT) !== S.IFDIR) throw new SysError("ENOTDIR");
        return path;
      } catch (error) {
        if (error instanceof SysError) io.die(`${io.quoteFile(name)}: ${error.message}`);
        throw error;
      }
    };
    let to = options.relativeTo === undefined ? undefined : directory(options.relativeTo);
    let base = options.relativeBase === undefined ? undefined : directory(options.relativeBase);
    if (base !== undefined && to !== undefined && !isBelow(to, base)) {
      base = undefined;
      to = undefined;
    } else if (base !== undefined) to ??= base;
    const end = options.zero ? "\0" : "\n";
    for (const name of operands) {
      try {
        const path = resolve(name);
        const shown = to === undefined || (base !== undefined && !isBelow(path, base)) ? path : relative(path, to);
        yield* io.out.print(shown + end);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        if (!options.quiet) yield* io.fail(`${io.quoteFile(name)}: ${error.message}`);
      }
    }
  },
});

function isBelow(path: string, base: string): boolean {
  return base === "/" || path === base || path.startsWith(base + "/");
}

/** `path` as seen from the directory `from`; both absolute and canonical. */
export function relative(path: string, from: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  const start = from.split("/").filter((part) => part !== "");
  let common = 0;
  while (common < parts.length && common < start.length && parts[common] === start[common]) common++;
  return [...start.slice(common).map(() => ".."), ...parts.slice(common)].join("/") || ".";
}
