import { SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "rmdir",
  summary: "remove empty directories",
  synopsis: ["[OPTION]... DIRECTORY..."],
  options: {
    ignoreNonEmpty: flag(["--ignore-fail-on-non-empty"], "do not complain about directories that are not empty"),
    parents: flag(["-p", "--parents"], "remove the DIRECTORY, then those above it: -p a/b removes a/b, then a"),
    verbose: flag(["-v", "--verbose"], "a line for each directory"),
  },
  operands: "directories",
  seeAlso: ["rmdir(2)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    for (const operand of operands) {
      let path = operand;
      for (let first = true; ; first = false) {
        if (options.verbose) yield* io.tell(`${io.argv0}: removing directory, ${io.quoteName(path)}\n`);
        try {
          sys.rmdir(path);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          if (options.ignoreNonEmpty && notEmpty(error, () => sys.readdir(path).length > 0)) break;
          // Of a name with a slash at the end, rmdir says what it is when it is a symbolic link.
          const link = path.endsWith("/") && error.errno === "ENOTDIR" && isSymlink(() => sys.readlink(path.replace(/\/+$/, "")));
          if (link) yield* io.fail(`failed to remove ${io.quoteName(path)}: Symbolic link not followed`);
          else yield* io.fail(`failed to remove ${first ? "" : "directory "}${io.quoteName(path)}: ${error.message}`);
          break;
        }
        if (!options.parents) break;
        const slash = path.replace(/\/+$/, "").lastIndexOf("/");
        if (slash < 0) break;
        const parent = path.slice(0, slash).replace(/\/+$/, "");
        if (parent === "") break;
        path = parent;
      }
    }
  },
});

function notEmpty(error: SysError, hasEntries: () => boolean): boolean {
  if (error.errno === "ENOTEMPTY" || error.errno === "EEXIST") return true;
  if (!["EACCES", "EPERM", "EROFS", "EBUSY"].includes(error.errno)) return false;
  try {
    return hasEntries();
  } catch (second) {
    if (second instanceof SysError) return false;
    throw second;
  }
}

function isSymlink(read: () => string): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
