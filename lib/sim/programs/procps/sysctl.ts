import { type Blocking, O, S, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { globMatch } from "../kit/glob.ts";
import { type Io, flag, gnu, optionalText, text } from "../kit/gnu.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";

const ROOT = "/proc/sys/";
/** Dots and slashes change places when the key is written with dots (sysctl(8)). */
const pathOf = (key: string): string => ROOT + (/^[^/]*\./.test(key) || !key.includes("/") ? key.replace(/[./]/g, (char) => (char === "." ? "/" : ".")) : key);
const keyOf = (path: string): string => path.slice(ROOT.length).replace(/[./]/g, (char) => (char === "/" ? "." : "/"));

function* walk(sys: Sys, directory: string): Blocking<string[]> {
  const found: string[] = [];
  for (const entry of [...sys.readdir(directory)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (sys.charge(1)) yield* sys.preempt();
    const path = `${directory}${directory.endsWith("/") ? "" : "/"}${entry.name}`;
    if (entry.type === S.IFDIR) found.push(...(yield* walk(sys, path)));
    else found.push(path);
  }
  return found;
}

/** Files below /proc/sys that a pattern stands for, a directory at a time. */
function* expandPattern(sys: Sys, pattern: string): Blocking<readonly string[]> {
  let found = [""];
  for (const part of pattern.split("/").slice(1)) {
    const next: string[] = [];
    for (const directory of found) {
      if (!/[*?[]/.test(part)) next.push(`${directory}/${part}`);
      else {
        try {
          for (const { name } of [...sys.readdir(directory)].sort((a, b) => (a.name < b.name ? -1 : 1))) if (globMatch(part, name)) next.push(`${directory}/${name}`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      if (sys.charge(1)) yield* sys.preempt();
    }
    found = next;
  }
  return found;
}

const command = gnu({
  name: "sysctl", path: "/sbin/sysctl", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", versionText: "sysctl from procps-ng 4.0.2\n", usageShowsHelp: true, manSection: 8, summary: "read or set parameters of the running kernel", synopsis: ["[options] [variable[=value] ...]"],
  options: {
    all: flag(["-a", "--all", "-A", "-X"], "every parameter with its value"), deprecated: flag(["--deprecated"], "with -a, obsolete parameters too"), dryRun: flag(["--dry-run"], "tell what would be written, write nothing"), binary: flag(["-b", "--binary"], "values without a line end"),
    ignore: flag(["-e", "--ignore"], "a parameter that does not exist is no error"), names: flag(["-N", "--names"], "names only"), values: flag(["-n", "--values"], "values only"), load: optionalText(["-p", "--load", "-f"], "FILE", "parameters and values come from a file (/etc/sysctl.conf)"),
    system: flag(["--system"], "apply the files of /etc/sysctl.d and the other directories, as at boot"), pattern: text(["-r", "--pattern"], "expression", "parameters whose name fits the regular expression"), quiet: flag(["-q", "--quiet"], "set without printing"), write: flag(["-w", "--write"], "operands are all assignments, name=value"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    const shown = function* (path: string): Blocking<void> {
      const key = keyOf(path);
      let content: string;
      try {
        const stat = sys.stat(path);
        if ((stat.mode & S.IFMT) === S.IFDIR) {
          for (const one of yield* walk(sys, path)) yield* shown(one);
          return;
        }
        if ((stat.mode & 0o444) === 0) {
          if (!options.all) yield* io.fail(`permission denied on key "${key}"`);
          return;
        }
        const fd = yield* sys.open(path, O.RDONLY);
        try {
          const bytes = yield* sys.read(fd, 65536);
          content = decode(bytes);
        } finally {
          sys.close(fd);
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (error.errno === "ENOENT") {
          if (!options.ignore) yield* io.fail(`cannot stat ${path}: No such file or directory`);
        } else if (error.errno === "EACCES" || error.errno === "EPERM") yield* io.fail(`permission denied on key "${key}"`);
        else if (!options.all) yield* io.fail(`reading key "${key}"`);
        return;
      }
      if (options.names) io.out.put(`${key}\n`);
      else for (const line of (content.replace(/\n$/, "") || "").split("\n")) io.out.put(options.values || options.binary ? `${line}${options.binary ? "" : "\n"}` : `${key} = ${line}\n`);
    };
    const set = function* (key: string, value: string, quietly = false): Blocking<void> {
      const path = pathOf(key);
      const name = keyOf(path);
      try {
        sys.stat(path);
        if (!options.dryRun) {
          const fd = yield* sys.open(path, O.WRONLY);
          try {
            yield* sys.write(fd, encode(`${value}\n`));
          } finally {
            sys.close(fd);
          }
        }
        if (!options.quiet) io.out.put(options.values ? `${value}\n` : options.names ? `${name}\n` : `${name} = ${value}\n`);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (quietly) return;
        if (error.errno === "ENOENT") {
          if (!options.ignore) yield* io.fail(`cannot stat ${path}: No such file or directory`);
        } else if (error.errno === "EACCES" || error.errno === "EPERM" || error.errno === "EROFS") yield* io.fail(error.errno === "EROFS" ? `setting key "${name}": Read-only file system` : `permission denied on key "${name}"`);
        else yield* io.fail(`setting key "${name}": ${error.message}`);
      }
    };
    // All files are read before anything is written; what a pattern matches is written unless a line names it (Preload of sysctl.c).
    const settings: { readonly key: string; readonly value: string; readonly quiet: boolean }[] = [];
    const apply = function* (): Blocking<void> {
      const named = new Set(settings.map(({ key }) => pathOf(key)));
      for (const { key, value, quiet } of settings) {
        if (!/[*?[]/.test(key)) {
          yield* set(key, value, quiet);
          continue;
        }
        for (const path of yield* expandPattern(sys, pathOf(key))) if (!named.has(path)) yield* set(keyOf(path), value, quiet);
      }
    };
    const loadFile = function* (path: string): Blocking<void> {
      const content = path === "-" ? yield* readTextFile(sys, "/dev/stdin") : yield* readTextFile(sys, path);
      if (content === undefined) {
        yield* io.fail(`cannot open "${path}": No such file or directory`);
        return;
      }
      for (const [index, line] of content.split("\n").entries()) {
        const plain = line.trim();
        if (plain === "" || plain.startsWith("#") || plain.startsWith(";")) continue;
        const match = /^(-?)\s*([^=]+?)\s*=\s*(.*)$/.exec(plain);
        if (!match) {
          yield* io.warn(`${path}(${index + 1}): invalid syntax, continuing...`);
          continue;
        }
        settings.push({ key: match[2] ?? "", value: match[3] ?? "", quiet: match[1] === "-" });
      }
    };
    if (options.system) {
      const files = new Map<string, string>();
      for (const directory of ["/usr/lib/sysctl.d", "/usr/local/lib/sysctl.d", "/run/sysctl.d", "/etc/sysctl.d"]) {
        try {
          for (const entry of sys.readdir(directory)) if (entry.name.endsWith(".conf")) files.set(entry.name, `${directory}/${entry.name}`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      for (const [, path] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
        io.out.put(`* Applying ${path} ...\n`);
        yield* loadFile(path);
      }
      if ((yield* readTextFile(sys, "/etc/sysctl.conf")) !== undefined) {
        io.say("* Applying /etc/sysctl.conf ...\n");
        yield* loadFile("/etc/sysctl.conf");
      }
      yield* apply();
      return undefined;
    }
    if (options.load !== undefined) {
      const files = options.load === true ? (operands.length > 0 ? operands : ["/etc/sysctl.conf"]) : [options.load, ...operands];
      for (const path of files) yield* loadFile(path);
      yield* apply();
      return undefined;
    }
    if (options.all || options.pattern !== undefined) {
      const fits = options.pattern === undefined ? undefined : compileRegex(options.pattern, { syntax: "ere" });
      for (const path of yield* walk(sys, ROOT)) if (fits === undefined || fits.test(keyOf(path))) yield* shown(path);
      return undefined;
    }
    if (operands.length === 0) {
      if (given.length === 0) io.usage();
      yield* io.stderr("sysctl: no variables specified\nTry `sysctl --help' for more information.\n");
      return 1;
    }
    for (const one of operands) {
      const equals = one.indexOf("=");
      if (one === "") {
        yield* io.warn('"" is an unknown key');
        return 255;
      }
      if (one === "=") io.status = 1;
      else if (equals === 0) yield* io.fail("Path is not under /proc/sys/: /proc/sys/");
      else if (equals > 0) yield* set(one.slice(0, equals), one.slice(equals + 1));
      else if (options.write) yield* io.fail("command line(0): invalid syntax, continuing...");
      else yield* shown(pathOf(one));
    }
    return undefined;
  },
});

// procps' messages begin with the name without its directory
export default { ...command, program: (sys: Sys, argv: readonly string[]) => command.program(sys, [(argv[0] ?? "sysctl").replace(/^.*\//, ""), ...argv.slice(1)]) };
