import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, gnu, optionalText, reason, text } from "../kit/gnu.ts";
import { applyMode, parseMode } from "../kit/file-mode.ts";

export default gnu({
  name: "mkdir",
  summary: "make directories",
  synopsis: ["[OPTION]... DIRECTORY..."],
  options: {
    mode: text(["-m", "--mode"], "MODE", "MODE in the manner of chmod, instead of 777 minus the umask"),
    parents: flag(["-p", "--parents"], "also make the missing directories above it; if it exists already, that is no error"),
    verbose: flag(["-v", "--verbose"], "name the directories that are made"),
    context: flag(["-Z"], "label it with the default SELinux type; without SELinux nothing happens"),
    contextValue: optionalText(["--context"], "CTX", "as -Z, or label it with CTX"),
  },
  operands: "directories",
  seeAlso: ["rmdir(1)", "mkdir(2)"],
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0) io.usage("missing operand");
    const umask = sys.umask(0);
    sys.umask(umask);
    let changes: ReturnType<typeof parseMode>;
    if (options.mode !== undefined) {
      changes = parseMode(options.mode);
      if (!changes) io.die(`invalid mode ${io.quote(options.mode)}`);
    }
    if (options.contextValue !== undefined && options.contextValue !== true) yield* io.warn("warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel");
    const made = (path: string) => (options.verbose ? io.tell(`${io.argv0}: created directory ${io.quoteName(path)}\n`) : undefined);
    for (const operand of operands) {
      try {
        if (options.parents) {
          // each directory is named as it was typed, with doubled slashes
          const parts = [...operand.matchAll(/[^/]+/g)];
          for (const [index, part] of parts.entries()) {
            const path = operand.slice(0, part.index + part[0].length);
            const last = index === parts.length - 1;
            try {
              // Parents are made with u+wx, so that the rest can be made in them.
              if (!last) {
                sys.umask(umask & ~0o300);
                sys.mkdir(path, 0o777);
              } else sys.mkdir(path, 0o777);
              sys.umask(umask);
              if (last && changes) sys.chmod(path, applyMode(changes, 0o777, true, umask));
              const message = made(path);
              if (message) yield* message;
            } catch (error) {
              sys.umask(umask);
              if (!(error instanceof SysError)) throw error;
              if (isDirectory((name) => sys.stat(name), path)) continue;
              throw new PathError(last && error.errno === "EEXIST" ? operand : path, !last && error.errno === "EEXIST" && !dangling(sys, path) ? new SysError("ENOTDIR") : error);
            }
          }
          if (parts.length === 0 && operand === "") throw new PathError("", new SysError("ENOENT"));
        } else {
          sys.mkdir(operand, 0o777);
          if (changes) sys.chmod(operand, applyMode(changes, 0o777, true, umask));
          const message = made(operand);
          if (message) yield* message;
        }
      } catch (error) {
        if (error instanceof PathError) yield* io.fail(`cannot create directory ${io.quote(error.path)}: ${error.cause.message}`);
        else yield* io.fail(`cannot create directory ${io.quote(operand)}: ${reason(error)}`);
      }
    }
  },
});

class PathError extends Error {
  readonly path: string;
  override readonly cause: SysError;
  constructor(path: string, cause: SysError) {
    super(cause.message);
    this.path = path;
    this.cause = cause;
  }
}

/** A link that leads nowhere is in the way, and no file that is no directory. */
function dangling(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return false;
  } catch (error) {
    if (error instanceof SysError) return error.errno === "ENOENT";
    throw error;
  }
}

function isDirectory(stat: (path: string) => { readonly mode: number }, path: string): boolean {
  try {
    return (stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
