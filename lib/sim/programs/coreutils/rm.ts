import { type Blocking, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Exit } from "../kit/io.ts";
import { type Io, flag, gnu, optionalText, optionalWord } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";
import { fileType } from "./_file-type.ts";
import { confirmed } from "./_prompt.ts";

type Prompting = "never" | "sometimes" | "always";

export default gnu({
  name: "rm",
  summary: "remove files or directories",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["Directories are not removed, unless -r or -d is given. In front of a name that begins with -, put -- or ./ so that it is not taken for an option: rm -- -old, rm ./-old."],
  options: {
    force: flag(["-f", "--force"], "never ask, and do not complain about files that do not exist"),
    interactiveAlways: flag(["-i"], "ask before each file"),
    interactiveOnce: flag(["-I"], "ask a single time, and only for more than three files or with -r"),
    interactive: optionalWord(["--interactive"], "WHEN", [["never", "no", "none"], ["once"], ["always", "yes"]], "WHEN to ask: never, once (as -I) or always (as -i; if left out)"),
    oneFileSystem: flag(["--one-file-system"], "with -r, leave directories of other file systems where they are"),
    noPreserveRoot: flag(["--no-preserve-root"], "do not protect /"),
    preserveRoot: optionalText(["--preserve-root"], "all", "refuse to remove / (the default); with all, also what is on another device than the directory above it"),
    recursive: flag(["-r", "-R", "--recursive"], "directories too, with everything in them"),
    dir: flag(["-d", "--dir"], "remove empty directories too"),
    verbose: flag(["-v", "--verbose"], "name each file that is removed"),
  },
  operands: "files",
  seeAlso: ["unlink(1)", "shred(1)"],
  tryLine: (argv0, args, sys, io) => {
    const dashed = args.find((arg) => arg.length > 1 && arg.startsWith("-") && exists(sys, arg));
    const hint = dashed === undefined ? "" : `Try '${argv0} ./${io.quoteFile(dashed)}' to remove the file ${io.quoteName(dashed)}.\n`;
    return `${hint}Try '${argv0} --help' for more information.\n`;
  },
  rewrite: (args) => {
    const end = args.indexOf("--");
    if (args.some((arg, index) => (end < 0 || index < end) && /^--no-p/.test(arg) && arg !== "--no-preserve-root" && "--no-preserve-root".startsWith(arg))) throw new Exit(1, "you may not abbreviate the --no-preserve-root option");
    return args;
  },
  *run({ options, operands, given, sys }, io: Io) {
    let prompting: Prompting = "sometimes";
    let once = false;
    let ignoreMissing = false;
    for (const { option, argument } of given) {
      if (option === "force") {
        prompting = "never";
        ignoreMissing = true;
        once = false;
      } else if (option === "interactiveAlways" || (option === "interactive" && (argument === undefined || /^(a|y)/.test(argument)))) {
        prompting = "always";
        ignoreMissing = false;
        once = false;
      } else if (option === "interactiveOnce" || (option === "interactive" && /^o/.test(argument ?? ""))) {
        prompting = "sometimes";
        once = true;
        ignoreMissing = false;
      } else if (option === "interactive") {
        prompting = "never";
        once = false;
      }
    }
    if (options.preserveRoot !== undefined && options.preserveRoot !== true && options.preserveRoot !== "all") io.die(`unrecognized --preserve-root argument: ${io.quoteName(options.preserveRoot)}`);
    if (operands.length === 0) {
      if (ignoreMissing) return;
      io.usage("missing operand");
    }
    if (once && (options.recursive || operands.length > 3)) {
      const count = operands.length;
      const question = options.recursive ? (count === 1 ? `remove ${count} argument recursively? ` : `remove ${count} arguments recursively? `) : count === 1 ? `remove ${count} argument? ` : `remove ${count} arguments? `;
      if (!(yield* confirmed(question, io))) return;
    }
    const remover = new Remover(sys, io, { recursive: options.recursive, directories: options.dir, ignoreMissing, prompting, verbose: options.verbose, oneFileSystem: options.oneFileSystem });
    const root = sys.lstat("/");
    for (const operand of operands) {
      const stripped = operand.replace(/\/+$/, "");
      const last = stripped.slice(stripped.lastIndexOf("/") + 1);
      if (options.recursive && (last === "." || last === "..")) {
        yield* io.fail(`refusing to remove '.' or '..' directory: skipping ${io.quoteName(operand)}`);
        continue;
      }
      if (options.recursive && !options.noPreserveRoot && isRoot(sys, operand, root)) {
        yield* io.fail(operand === "/" ? `it is dangerous to operate recursively on ${io.quoteName("/")}` : `it is dangerous to operate recursively on ${io.quoteName(operand)} (same as ${io.quoteName("/")})`);
        yield* io.warn("use --no-preserve-root to override this failsafe");
        continue;
      }
      yield* remover.remove(operand, undefined);
    }
  },
});

function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

function isRoot(sys: Sys, path: string, root: Stat): boolean {
  try {
    const stat = sys.lstat(path);
    return stat.ino === root.ino && stat.dev === root.dev;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

export interface RemoveSettings {
  readonly recursive: boolean;
  readonly directories: boolean;
  readonly ignoreMissing: boolean;
  readonly prompting: Prompting;
  readonly verbose: boolean;
  readonly oneFileSystem: boolean;
}

class Remover {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: RemoveSettings;
  constructor(sys: Sys, io: Io, settings: RemoveSettings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
  }

  *#fail(path: string, error: SysError): Blocking<boolean> {
    yield* this.#io.fail(`cannot remove ${this.#io.quoteName(path)}: ${error.message}`);
    return false;
  }

  *remove(path: string, device: number | undefined): Blocking<boolean> {
    const sys = this.#sys;
    const io: Io = this.#io;
    const { recursive, directories, ignoreMissing, verbose, oneFileSystem } = this.#settings;
    if (sys.charge(3)) yield* sys.preempt();
    let stat: Stat;
    try {
      stat = sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (ignoreMissing && (error.errno === "ENOENT" || error.errno === "ENOTDIR" || error.errno === "EINVAL")) return true;
      return yield* this.#fail(path, error);
    }
    try {
      if ((stat.mode & S.IFMT) !== S.IFDIR) {
        if (!(yield* this.#ask(path, stat, false))) return false;
        sys.unlink(path);
        if (verbose) yield* io.tell(`removed ${io.quoteName(path)}\n`);
        return true;
      }
      if (!recursive && !directories) {
        return yield* this.#fail(path, new SysError("EISDIR"));
      }
      if (oneFileSystem && device !== undefined && device !== stat.dev) {
        yield* io.fail(`skipping ${io.quoteName(path)}, since it's on a different device`);
        return false;
      }
      if (recursive) {
        let names: readonly string[];
        try {
          names = sys.readdir(path).map(({ name }) => name);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          // An unreadable directory may still be empty.
          try {
            sys.rmdir(path);
            return true;
          } catch (second) {
            if (!(second instanceof SysError)) throw second;
            return yield* this.#fail(path, error);
          }
        }
        if (names.length > 0) {
          if (!(yield* this.#askDescend(path, stat))) return false;
          let failed = false;
          for (const name of names) {
            const declinedBefore = this.#declined;
            if (!(yield* this.remove(joinPath(path, name), stat.dev)) && this.#declined === declinedBefore) failed = true;
          }
          // A child that could not be removed, or a directory that the user keeps, ends it here; after a file that the user keeps, rm asks for the directory all the same.
          if (failed) return false;
        }
      }
      if (!(yield* this.#ask(path, stat, true))) return false;
      sys.rmdir(path);
      if (verbose) yield* io.tell(`removed directory ${io.quoteName(path)}\n`);
      return true;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (ignoreMissing && error.errno === "ENOENT") return true;
      return yield* this.#fail(path, error);
    }
  }

  #writeProtected(path: string, stat: Stat): boolean {
    if ((stat.mode & S.IFMT) === S.IFLNK) return false;
    try {
      this.#sys.access(path, 2, true);
      return false;
    } catch (error) {
      if (error instanceof SysError) return error.errno === "EACCES" || error.errno === "EROFS";
      throw error;
    }
  }

  #mustAsk(path: string, stat: Stat): "no" | "plain" | "protected" {
    const { prompting } = this.#settings;
    if (prompting === "never") return "no";
    const isProtected = this.#writeProtected(path, stat);
    if (prompting === "always") return isProtected ? "protected" : "plain";
    return isProtected && this.#sys.isatty(0) ? "protected" : "no";
  }

  /** how many questions were answered with no */
  #declined = 0;

  *#ask(path: string, stat: Stat, directory: boolean): Blocking<boolean> {
    const how = this.#mustAsk(path, stat);
    if (how === "no") return true;
    const what = `${how === "protected" ? "write-protected " : ""}${fileType(stat)} ${this.#io.quoteName(path)}`;
    const question = directory && how === "plain" && !this.#settings.recursive && !this.#settings.directories ? `attempt removal of inaccessible directory ${this.#io.quoteName(path)}? ` : `remove ${what}? `;
    const yes = yield* confirmed(question, this.#io);
    if (!yes) this.#declined++;
    return yes;
  }

  *#askDescend(path: string, stat: Stat): Blocking<boolean> {
    const how = this.#mustAsk(path, stat);
    if (how === "no") return true;
    return yield* confirmed(`descend into ${how === "protected" ? "write-protected " : ""}directory ${this.#io.quoteName(path)}? `, this.#io);
  }
}
