import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, optionalText, text } from "../kit/gnu.ts";
import { directoryOf, joinPath } from "../kit/paths.ts";
import { BACKUP_OPTIONS, backupSettings } from "./_backup.ts";
import { Copier } from "./_copy.ts";
import { applyMode, parseMode } from "../kit/file-mode.ts";
import { TARGET_OPTIONS, isDirectory, targets } from "./_targets.ts";

export default gnu({
  name: "install",
  summary: "copy files to their place, with owner and mode",
  synopsis: ["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE...", "[OPTION]... -d DIRECTORY..."],
  options: {
    ...BACKUP_OPTIONS,
    ignored: flag(["-c"], "(ignored)"),
    compare: flag(["-C", "--compare"], "do not touch a destination that already has the same contents, owner and mode"),
    directory: flag(["-d", "--directory"], "make directories, with the missing ones above them, instead of copying"),
    leading: flag(["-D"], "make the directories that DEST needs before copying"),
    group: text(["-g", "--group"], "GROUP", "GROUP of what is made, instead of your own"),
    mode: text(["-m", "--mode"], "MODE", "MODE of what is made, in the manner of chmod (755)"),
    owner: text(["-o", "--owner"], "OWNER", "OWNER of what is made; only root may give files away"),
    preserveTimestamps: flag(["-p", "--preserve-timestamps"], "the copies keep the times of their SOURCE"),
    strip: flag(["-s", "--strip"], "remove the symbols from programs"),
    stripProgram: text(["--strip-program"], "PROGRAM", "the PROGRAM that -s calls, if not strip"),
    ...TARGET_OPTIONS,
    verbose: flag(["-v", "--verbose"], "name the files and directories that are made"),
    preserveContext: flag(["--preserve-context"], "give the copy the SELinux label of SOURCE"),
    context: flag(["-Z"], "label the result with the default SELinux type"),
    contextValue: optionalText(["--context"], "CTX", "as -Z, or label it with CTX"),
  },
  parsing: { longOrder: "backup compare context directory group mode no-target-directory owner preserve-timestamps preserve-context strip strip-program suffix target-directory verbose help version" },
  operands: "files",
  seeAlso: ["cp(1)"],
  *run({ options, operands, sys }, io: Io) {
    if (options.directory && options.targetDirectory !== undefined) io.die("target directory not allowed when installing a directory");
    const changes = options.mode === undefined ? undefined : parseMode(options.mode);
    if (options.mode !== undefined && !changes) io.die(`invalid mode ${io.quote(options.mode)}`);
    const fileMode = changes ? applyMode(changes, 0, false, 0) : 0o755;
    const directoryMode = changes ? applyMode(changes, 0, true, 0) : 0o755;
    const accounts = yield* Accounts.read(sys);
    let uid = -1;
    let gid = -1;
    if (options.owner !== undefined) {
      const user = accounts.userByName(options.owner);
      if (!user && !/^\d+$/.test(options.owner)) io.die(`invalid user ${io.quote(options.owner)}`);
      uid = user?.uid ?? Number(options.owner);
    }
    if (options.group !== undefined) {
      const group = accounts.groupByName(options.group);
      if (!group && !/^\d+$/.test(options.group)) io.die(`invalid group ${io.quote(options.group)}`);
      gid = group?.gid ?? Number(options.group);
    }
    const own = function* (path: string): Blocking<boolean> {
      if (uid === -1 && gid === -1) return true;
      try {
        sys.chown(path, uid, gid);
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`cannot change ownership of ${io.quoteName(path)}: ${error.message}`);
        return false;
      }
    };
    if (options.preserveContext) yield* io.warn("WARNING: ignoring --preserve-context; this kernel is not SELinux-enabled");
    if (options.contextValue !== undefined && options.contextValue !== true) yield* io.warn("warning: ignoring --context; it requires an SELinux-enabled kernel");
    if (options.stripProgram !== undefined && !options.strip) yield* io.warn("WARNING: ignoring --strip-program option as -s option was not specified");
    if (options.compare && options.preserveTimestamps) io.usage("options --compare (-C) and --preserve-timestamps are mutually exclusive");
    if (options.compare && options.strip) io.usage("options --compare (-C) and --strip are mutually exclusive");
    if (options.compare && (fileMode & ~0o777) !== 0) yield* io.warn("the --compare (-C) option is ignored when you specify a mode with non-permission bits");
    if (options.directory) {
      if (operands.length === 0) io.usage("missing file operand");
      for (const path of operands) {
        if (!(yield* makeDirectories(path, options.verbose, sys, io))) continue;
        yield* own(path);
        try {
          sys.chmod(path, directoryMode);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* io.fail(`cannot change permissions of ${io.quoteName(path)}: ${error.message}`);
        }
      }
      return;
    }
    if (options.leading) {
      const parent = options.targetDirectory ?? (operands.length === 2 && !isDirectory(sys, operands[1] ?? "") ? directoryOf(operands[1] ?? "") : undefined);
      if (parent !== undefined && !(yield* makeDirectories(parent, options.verbose, sys, io))) return;
    }
    const backup = backupSettings(options, io);
    if (options.targetDirectory !== undefined && !options.leading) {
      try {
        sys.stat(options.targetDirectory);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.die(`failed to access ${io.quoteName(options.targetDirectory)}: ${error.message}`);
      }
    }
    const pairs = targets(operands, options, sys, io);
    const copier = new Copier(sys, io, {
      recursive: false, dereference: "always", preserveMode: false, preserveOwnership: false, preserveTimes: options.preserveTimestamps, preserveLinks: false, preserveXattr: false,
      requirePreserve: false, noPreserveMode: false, hardLink: false, symbolicLink: false, attributesOnly: false, copyContents: true, oneFileSystem: false, sparse: "auto",
      interactive: "default", force: false, removeDestination: true, update: false, verbose: options.verbose, parents: false, backup, move: false,
      noTargetDirectory: options.noTargetDirectory, reflink: "auto",
    });
    for (const { source, destination } of pairs) {
      if (isDirectory(sys, source)) {
        yield* io.fail(`omitting directory ${io.quoteName(source)}`);
        continue;
      }
      if (options.compare && (yield* unchanged(source, destination, fileMode, uid, gid, sys))) continue;
      if (!(yield* copier.copy(source, destination, true))) continue;
      if (options.strip) {
        const program = options.stripProgram ?? "strip";
        yield* io.out.flush();
        const pid = sys.fork(function* (child) {
          const failure = yield* execSearching(child, program, [program, destination]);
          yield* io.warn(`cannot run ${program}: ${failure.message}`);
          return 1;
        });
        const ended = yield* sys.waitpid(pid);
        if (ended?.status.kind !== "exited" || ended.status.status !== 0) {
          yield* io.fail("strip process terminated abnormally");
          continue;
        }
      }
      yield* own(destination);
      sys.chmod(destination, fileMode);
    }
  },
});

function* makeDirectories(path: string, verbose: boolean, sys: Sys, io: Io): Blocking<boolean> {
  let made = path.startsWith("/") ? "/" : "";
  for (const part of path.split("/")) {
    if (part === "") continue;
    made = joinPath(made, part);
    if (isDirectory(sys, made)) continue;
    try {
      sys.mkdir(made, 0o777);
      sys.chmod(made, 0o755);
      if (verbose) yield* io.tell(`${io.argv0}: creating directory ${io.quoteName(made)}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`cannot create directory ${io.quote(made)}: ${error.message}`);
      return false;
    }
  }
  return true;
}

function* unchanged(source: string, destination: string, mode: number, uid: number, gid: number, sys: Sys): Blocking<boolean> {
  try {
    const [from, to] = [sys.stat(source), sys.lstat(destination)];
    if (from.sizeBytes !== to.sizeBytes || (to.mode & 0o7777) !== mode) return false;
    const cred = sys.getcred();
    if (to.uid !== (uid === -1 ? cred.euid : uid) || to.gid !== (gid === -1 ? cred.egid : gid)) return false;
    const [a, b] = [yield* sys.open(source, 0), yield* sys.open(destination, 0)];
    try {
      for (;;) {
        const [left, right] = [yield* sys.read(a, 65536), yield* sys.read(b, 65536)];
        if (left.length !== right.length || left.some((byte, index) => byte !== right[index])) return false;
        if (left.length === 0) return true;
      }
    } finally {
      sys.close(a);
      sys.close(b);
    }
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
