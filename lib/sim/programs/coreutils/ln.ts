import { S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { type Io, flag, gnu, text } from "../kit/gnu.ts";
import { directoryOf, joinPath, lastComponent } from "../kit/paths.ts";
import { BACKUP_OPTIONS, backupName, backupSettings } from "./_backup.ts";
import { confirmed } from "./_prompt.ts";
import { isDirectory } from "./_targets.ts";
import { relative } from "./realpath.ts";

export default gnu({
  name: "ln",
  summary: "make links between files",
  synopsis: ["[OPTION]... [-T] TARGET LINK_NAME", "[OPTION]... TARGET", "[OPTION]... TARGET... DIRECTORY", "[OPTION]... -t DIRECTORY TARGET..."],
  description: ["Links are hard links, which need an existing TARGET, or with -s symbolic links, which may name a TARGET that does not exist."],
  options: {
    ...BACKUP_OPTIONS,
    directory: flag(["-d", "-F", "--directory"], "try hard links to directories, which no file system here allows"),
    force: flag(["-f", "--force"], "first remove a file that has the name of the new link"),
    interactive: flag(["-i", "--interactive"], "ask before removing a file that has the name of the new link"),
    logical: flag(["-L", "--logical"], "for a TARGET that is a symbolic link: a hard link to what it leads to"),
    noDereference: flag(["-n", "--no-dereference"], "treat a LINK_NAME that is a link to a directory as a file: do not put the new link inside the directory"),
    physical: flag(["-P", "--physical"], "for a TARGET that is a symbolic link: a hard link to that link itself"),
    relative: flag(["-r", "--relative"], "with -s, write TARGET as a path that starts from the link's directory"),
    symbolic: flag(["-s", "--symbolic"], "make symbolic links, which hold a path, instead of hard links"),
    targetDirectory: text(["-t", "--target-directory"], "DIRECTORY", "make the links in DIRECTORY"),
    noTargetDirectory: flag(["-T", "--no-target-directory"], "LINK_NAME names the link, even where a directory has that name"),
    verbose: flag(["-v", "--verbose"], "name each link that is made"),
  },
  operands: "files",
  seeAlso: ["link(2)", "symlink(2)"],
  *run({ options, operands, given, sys }, io: Io) {
    const [first, second, third] = operands;
    if (first === undefined) io.usage("missing file operand");
    if (options.relative && !options.symbolic) io.die("cannot do --relative without --symbolic");
    const backup = backupSettings(options, io);
    const overwrite = given.findLast((one) => one.option === "force" || one.option === "interactive")?.option;
    const logical = given.findLast((one) => one.option === "logical" || one.option === "physical")?.option === "logical";
    const pairs: (readonly [target: string, link: string])[] = [];
    const into = (directory: string, targets: readonly string[]): void => {
      for (const target of targets) pairs.push([target, joinPath(directory, lastComponent(target))]);
    };
    const linkedDirectory = (path: string): boolean => isDirectory(sys, path) && !(options.noDereference && isLink(sys, path));
    if (options.noTargetDirectory) {
      if (options.targetDirectory !== undefined) io.die("cannot combine --target-directory and --no-target-directory");
      if (second === undefined) io.usage(`missing destination file operand after ${io.quoteName(first)}`);
      if (third !== undefined) io.usage(`extra operand ${io.quoteName(third)}`);
      pairs.push([first, second]);
    } else if (options.targetDirectory !== undefined) {
      if (!isDirectory(sys, options.targetDirectory)) {
        const text = why(sys, options.targetDirectory);
        io.die(text === "Not a directory" ? `target ${io.quoteName(options.targetDirectory)} is not a directory` : `failed to access ${io.quoteName(options.targetDirectory)}: ${text}`);
      }
      into(options.targetDirectory, operands);
    } else if (second === undefined) into(".", [first]);
    else {
      const last = operands.at(-1) ?? "";
      if (linkedDirectory(last)) into(last, operands.slice(0, -1));
      else if (operands.length > 2) io.die(`target ${io.quoteName(last)}: ${why(sys, last)}`);
      else pairs.push([first, second]);
    }
    const made = new Set<string>();
    for (const [target, link] of pairs) {
      let text = target;
      if (options.symbolic && options.relative) {
        try {
          text = relative(canonicalPath(sys, target, "missing"), canonicalPath(sys, directoryOf(link), "missing"));
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      const shownTarget = text;
      const failure = (error: SysError): string => {
        const kind = options.symbolic ? "symbolic" : "hard";
        if (options.symbolic) return `failed to create symbolic link ${io.quoteName(link)}${error.errno === "ENAMETOOLONG" || text === "" ? ` -> ${io.quoteName(text)}` : ""}: ${error.message}`;
        if (error.errno === "EMLINK") return `failed to create ${kind} link to ${io.quoteName(target)}: ${error.message}`;
        if (["EDQUOT", "EEXIST", "ENOSPC", "EROFS"].includes(error.errno)) return `failed to create hard link ${io.quoteName(link)}: ${error.message}`;
        return `failed to create hard link ${io.quoteName(link)} => ${io.quoteName(target)}: ${error.message}`;
      };
      try {
        if (!options.symbolic) {
          let stat: Stat;
          try {
            stat = logical ? sys.stat(target) : sys.lstat(target);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            yield* io.fail(`failed to access ${io.quoteName(target)}: ${error.message}`);
            continue;
          }
          if ((stat.mode & S.IFMT) === S.IFDIR && !options.directory) {
            yield* io.fail(`${io.quoteFile(target)}: hard link not allowed for directory`);
            continue;
          }
        }
        const existing = lstat(sys, link);
        let backedUp: string | undefined;
        if (existing !== undefined && (overwrite !== undefined || backup.kind !== "none")) {
          if ((existing.mode & S.IFMT) === S.IFDIR) {
            yield* io.fail(`${io.quoteFile(link)}: cannot overwrite directory`);
            continue;
          }
          const source = options.symbolic ? lstat(sys, target) : sys.lstat(target);
          const same = source !== undefined && source.ino === existing.ino && source.dev === existing.dev;
          if (same && (existing.nlink === 1 || sameName(sys, target, link))) {
            yield* io.fail(`${io.quoteName(target)} and ${io.quoteName(link)} are the same file`);
            continue;
          }
          if (made.has(link)) {
            yield* io.fail(`will not overwrite just-created ${io.quoteName(link)} with ${io.quoteName(target)}`);
            continue;
          }
          if (overwrite === "interactive" && !(yield* confirmed(`replace ${io.quoteName(link)}? `, io))) continue;
          if (backup.kind !== "none") {
            backedUp = backupName(sys, link, backup);
            sys.rename(link, backedUp);
          } else sys.unlink(link);
        }
        if (options.symbolic) sys.symlink(text, link);
        else sys.link(target, link, logical);
        made.add(link);
        if (options.verbose) {
          yield* io.out.print(`${backedUp === undefined ? "" : `${io.quoteName(backedUp)} ~ `}${io.quoteName(link)} ${options.symbolic ? "->" : "=>"} ${io.quoteName(shownTarget)}\n`);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(failure(error));
      }
    }
  },
});

function lstat(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.lstat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** One entry of one directory, however it is written. */
function sameName(sys: Sys, a: string, b: string): boolean {
  if (lastComponent(a) !== lastComponent(b)) return false;
  const [left, right] = [lstat(sys, directoryOf(a) + "/."), lstat(sys, directoryOf(b) + "/.")];
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev;
}

function isLink(sys: Sys, path: string): boolean {
  return ((lstat(sys, path)?.mode ?? 0) & S.IFMT) === S.IFLNK;
}

function why(sys: Sys, path: string): string {
  try {
    sys.stat(path);
    return "Not a directory";
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}
