import { S } from "../../kernel/sys.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { applyMode, parseMode, permissionText } from "../kit/file-mode.ts";
import { refusesRoot, walkTree } from "./_tree-walk.ts";

export default gnu({
  name: "chmod",
  summary: "change the permissions (mode) of files",
  synopsis: ["[OPTION]... MODE[,MODE]... FILE...", "[OPTION]... OCTAL-MODE FILE...", "[OPTION]... --reference=RFILE FILE..."],
  description: ["A MODE is an octal number, or symbolic: who ([ugoa]*), one of the signs - + =, then rights (letters out of rwxXst, or one of u, g, o); commas separate several. A -, + or = may also stand before an octal number."],
  options: {
    changes: flag(["-c", "--changes"], "print a line for each file that really changes"),
    quiet: flag(["-f", "--silent", "--quiet"], "leave out most error messages"),
    verbose: flag(["-v", "--verbose"], "print a line for each file"),
    noPreserveRoot: flag(["--no-preserve-root"], "do not protect / (the default)"),
    preserveRoot: flag(["--preserve-root"], "with -R, refuse to work on /"),
    reference: text(["--reference"], "RFILE", "give the same mode as RFILE has"),
    recursive: flag(["-R", "--recursive"], "also change everything inside directories, at every depth"),
  },
  parsing: { longOrder: "changes recursive no-preserve-root preserve-root quiet reference silent verbose help version" },
  operands: "files",
  seeAlso: ["chown(1)", "chmod(2)"],
  // A mode such as -w or -rwx looks like options: it is the mode.
  rewrite: (args) => {
    const end = args.indexOf("--");
    let mode: string | undefined;
    const rest: string[] = [];
    for (const [index, arg] of args.entries()) {
      if ((end < 0 || index < end) && /^-[rwxXstugoa0-7,=+-]/.test(arg) && !arg.startsWith("--")) mode = mode === undefined ? arg : `${mode},${arg}`;
      else rest.push(arg);
    }
    return mode === undefined ? args : [...rest.filter((arg) => arg.startsWith("-") && arg !== "-" && arg !== "--"), "--", mode, ...rest.filter((arg) => !(arg.startsWith("-") && arg !== "-"))];
  },
  *run({ options, operands, given, sys }, io: Io) {
    const [first, ...others] = operands;
    let spec = "";
    let files = others;
    if (options.reference !== undefined) files = [...operands];
    else {
      if (first === undefined) io.usage("missing operand");
      spec = first;
    }
    if (files.length === 0) {
      // a mode that looks like options is none of the operands that getopt has seen
      if (options.reference !== undefined || first === undefined || first.startsWith("-")) io.usage("missing operand");
      io.usage(`missing operand after ${io.quote(first)}`);
    }
    let changes = parseMode(spec);
    if (options.reference !== undefined) {
      try {
        changes = parseMode((sys.stat(options.reference).mode & 0o7777).toString(8).padStart(5, "0"));
      } catch (error) {
        io.die(`failed to get attributes of ${io.quoteName(options.reference)}: ${reason(error)}`);
      }
    } else if (!changes) io.usage(`invalid mode: ${io.quote(spec)}`);
    if (!changes) return;
    const wanted = changes;
    const umask = sys.umask(0);
    sys.umask(umask);
    const preserveRoot = given.findLast((one) => one.option === "preserveRoot" || one.option === "noPreserveRoot")?.option === "preserveRoot";
    const verbosity = given.findLast((one) => one.option === "changes" || one.option === "verbose")?.option;
    const surprising = operands[0]?.startsWith("-") === true && options.reference === undefined;
    for (const file of files) {
      if (yield* refusesRoot(file, options.recursive, preserveRoot, sys, io)) continue;
      yield* walkTree(file, { recursive: options.recursive, traversal: "arguments", quiet: options.quiet, followFile: !options.recursive, dangling: "cannot operate on dangling symlink", *onFailure(path) { if (verbosity === "verbose") yield* io.tell(`${io.quoteName(path)} could not be accessed\n`); } }, sys, io, function* ({ path, stat, lstat, argument }) {
        const shown = (mode: number): string => `${(mode & 0o7777).toString(8).padStart(4, "0")} (${permissionText(mode)})`;
        if (!argument && (lstat.mode & S.IFMT) === S.IFLNK) {
          if (verbosity === "verbose") yield* io.tell(`neither symbolic link ${io.quoteName(path)} nor referent has been changed\n`);
          return;
        }
        const directory = (stat.mode & S.IFMT) === S.IFDIR;
        const mode = applyMode(wanted, stat.mode, directory, umask);
        try {
          sys.chmod(path, mode);
        } catch (error) {
          io.status = 1;
          if (!options.quiet) yield* io.fail(`changing permissions of ${io.quoteName(path)}: ${reason(error)}`);
          if (verbosity === "verbose") yield* io.tell(`failed to change mode of ${io.quoteName(path)} from ${shown(stat.mode)} to ${shown(mode)}\n`);
          return;
        }
        const changed = mode !== (stat.mode & 0o7777);
        if (verbosity === "verbose" || (verbosity === "changes" && changed)) {
          yield* io.tell(changed ? `mode of ${io.quoteName(path)} changed from ${shown(stat.mode)} to ${shown(mode)}\n` : `mode of ${io.quoteName(path)} retained as ${shown(mode)}\n`);
        }
        if (surprising) {
          // `chmod -w` leaves what the umask protects: that deserves a word.
          const naive = applyMode(wanted, stat.mode, directory, 0);
          if ((mode & ~naive) !== 0) yield* io.fail(`${io.quoteFile(path)}: new permissions are ${permissionText(mode)}, not ${permissionText(naive)}`);
        }
      });
    }
  },
});
