// systemd-tmpfiles: files and directories that tmpfiles.d(5) wants there, cleaned, or gone (systemd-tmpfiles(8)).
import { type Blocking, encode, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, names, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { Accounts } from "../kit/accounts.ts";
import { globMatch } from "../kit/glob.ts";
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { joinPath } from "../kit/paths.ts";
import { nameExists } from "../kit/presence.ts";
import { complain, systemdTool, withPager } from "./_systemd.ts";
import { parseTmpfilesLine, type Specifiers, TmpfilesError, type TmpfilesItem } from "./_tmpfiles-line.ts";

const DIRECTORIES = ["/etc/tmpfiles.d", "/run/tmpfiles.d", "/usr/local/lib/tmpfiles.d", "/usr/lib/tmpfiles.d"];
/** Types that make what they name: two of them for one path exclude each other. */
const OWNERS = "fFdDvqQpLcbC";
const GLOBS = "wexXrRzZtThHaA";
const EXIT_DATA = 65;
const EXIT_CANNOT_CREATE = 73;

interface Configuration {
  readonly name: string;
  readonly text: string;
}

/** The files in the order of their names; the first directory that has a name hides the others'. */
function* configuration(sys: Sys, root: string): Blocking<readonly Configuration[]> {
  const found = new Map<string, string>();
  for (const directory of DIRECTORIES) for (const name of names(sys, root + directory)) if (name.endsWith(".conf") && !found.has(name)) found.set(name, `${root}${directory}/${name}`);
  const files: Configuration[] = [];
  for (const [, path] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const body = yield* tryReadFile(sys, path);
    if (body !== undefined) files.push({ name: path, text: body });
  }
  return files;
}

function* specifiersOf(sys: Sys, root: string): Blocking<Specifiers> {
  const uts = sys.uname();
  const machine = ((yield* tryReadFile(sys, `${root}/etc/machine-id`)) ?? "").trim();
  const boot = ((yield* tryReadFile(sys, "/proc/sys/kernel/random/boot_id")) ?? "").trim().replaceAll("-", "");
  return new Map([["b", boot], ["m", machine], ["H", uts.nodename], ["l", uts.nodename.split(".")[0] ?? ""], ["v", uts.release], ["a", "x86-64"], ["t", "/run"], ["S", "/var/lib"], ["C", "/var/cache"], ["L", "/var/log"], ["T", "/tmp"], ["V", "/var/tmp"], ["u", "root"], ["U", "0"], ["g", "root"], ["G", "0"], ["h", "/root"]]);
}

const isDirectory = (stat: Stat): boolean => (stat.mode & S.IFMT) === S.IFDIR;

function lookAt(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.lstat(path);
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  }
}

/** Everything that the pattern names. */
function* matching(sys: Sys, pattern: string): Blocking<readonly string[]> {
  if (!/[*?[]/.test(pattern)) return nameExists(sys, pattern) ? [pattern] : [];
  let found = ["/"];
  for (const part of pattern.split("/").filter((word) => word !== "")) {
    const next: string[] = [];
    for (const directory of found) {
      if (sys.charge(5)) yield* sys.preempt();
      if (/[*?[]/.test(part)) for (const name of [...names(sys, directory)].sort()) if (globMatch(part, name, { period: true })) next.push(joinPath(directory, name));
      if (!/[*?[]/.test(part) && nameExists(sys, joinPath(directory, part))) next.push(joinPath(directory, part));
    }
    found = next;
  }
  return found;
}

function* removeTree(sys: Sys, path: string, itself: boolean): Blocking<void> {
  const stat = lookAt(sys, path);
  if (stat === undefined) return;
  if (sys.charge(5)) yield* sys.preempt();
  if (!isDirectory(stat)) {
    if (itself) sys.unlink(path);
    return;
  }
  for (const name of names(sys, path)) yield* removeTree(sys, joinPath(path, name), true);
  if (itself) sys.rmdir(path);
}

class Run {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #root: string;
  readonly #items: readonly TmpfilesItem[];
  failed = false;

  constructor(io: Io, root: string, items: readonly TmpfilesItem[]) {
    this.#sys = io.sys;
    this.#io = io;
    this.#root = root;
    this.#items = items;
  }

  *#complain(item: TmpfilesItem, message: string): Blocking<void> {
    if (!item.lenient) this.failed = true;
    yield* complain(this.#io, message);
  }

  *each(items: readonly TmpfilesItem[], act: (this: Run, item: TmpfilesItem) => Blocking<void>, doing: string): Blocking<void> {
    for (const item of items) {
      try {
        yield* act.call(this, item);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#complain(item, `Failed to ${doing} "${this.#root}${item.path}": ${error.message}`);
      }
    }
  }

  *remove(item: TmpfilesItem): Blocking<void> {
    const sys = this.#sys;
    if (item.letter === "D") yield* removeTree(sys, this.#root + item.path, false);
    if (item.letter !== "r" && item.letter !== "R") return;
    for (const path of yield* matching(sys, this.#root + item.path)) {
      if (item.letter === "R") yield* removeTree(sys, path, true);
      else if (isDirectory(sys.lstat(path))) sys.rmdir(path);
      else sys.unlink(path);
    }
  }

  *clean(item: TmpfilesItem): Blocking<void> {
    if (item.ageUs === undefined || !"dDevqQC".includes(item.letter)) return;
    const before = this.#sys.clockUs("realtime") - item.ageUs;
    for (const path of yield* matching(this.#sys, this.#root + item.path)) yield* this.#cleanDirectory(path, before, item.keepFirstLevel);
  }

  /** A line of its own keeps a path from the cleaning of the directory above it. */
  #spared(path: string): boolean {
    return this.#items.some((item) => (GLOBS.includes(item.letter) ? "xX".includes(item.letter) && globMatch(this.#root + item.path, path, { pathname: true }) : this.#root + item.path === path));
  }

  *#cleanDirectory(directory: string, before: number, keepFirstLevel: boolean): Blocking<void> {
    const sys = this.#sys;
    for (const name of names(sys, directory)) {
      const path = joinPath(directory, name);
      const stat = lookAt(sys, path);
      if (stat === undefined || this.#spared(path)) continue;
      if (sys.charge(10)) yield* sys.preempt();
      // a directory is read before it is judged, and that is no use of it: its own times count, not the access
      const old = stat.mtimeUs < before && stat.ctimeUs < before && (isDirectory(stat) || stat.atimeUs < before);
      if (isDirectory(stat)) {
        yield* this.#cleanDirectory(path, before, false);
        if (old && !keepFirstLevel && names(sys, path).length === 0) sys.rmdir(path);
      } else if (old && !keepFirstLevel && (stat.mode & S.IFMT) !== S.IFSOCK) sys.unlink(path);
    }
  }

  *create(item: TmpfilesItem): Blocking<void> {
    const sys = this.#sys;
    const path = this.#root + item.path;
    const there = lookAt(sys, path);
    switch (item.letter) {
      case "f": case "F": case "w": {
        if (item.letter === "w") {
          for (const file of yield* matching(sys, path)) yield* this.#write(file, item, item.plus ? O.APPEND : 0);
          return;
        }
        if (there !== undefined && (there.mode & S.IFMT) !== S.IFREG) return yield* this.#complain(item, `${path} exists and is not a regular file.`);
        this.#parents(path);
        if (there === undefined || item.letter === "F" || item.plus) yield* this.#write(path, item, O.CREAT | O.TRUNC);
        return this.#own(path, item, 0o644, there === undefined);
      }
      case "d": case "D": case "v": case "q": case "Q":
        if (there !== undefined && !isDirectory(there)) return yield* this.#complain(item, `"${path}" already exists and is not a directory.`);
        this.#parents(path);
        if (there === undefined) {
          try {
            sys.mkdir(path, 0o755);
          } catch (error) {
            if (!(error instanceof SysError)) throw error;
            return yield* this.#complain(item, `Failed to create directory or subvolume "${path}": ${error.message}`);
          }
        }
        return this.#own(path, item, 0o755, there === undefined);
      case "e":
        for (const found of yield* matching(sys, path)) if (isDirectory(sys.lstat(found))) this.#own(found, item, undefined, false);
        return;
      case "p":
        this.#replace(path, item, there, S.IFIFO);
        if (lookAt(sys, path) === undefined) sys.mknod(path, S.IFIFO | 0o644);
        return this.#own(path, item, 0o644, there === undefined);
      case "L": {
        const target = item.argument ?? `/usr/share/factory${item.path}`;
        if (there !== undefined && !item.plus) return;
        this.#parents(path);
        if (there !== undefined) yield* removeTree(sys, path, true);
        return sys.symlink(target, path);
      }
      case "c": case "b": {
        const [major = 0, minor = 0] = (item.argument ?? "").split(":").map(Number);
        const kind = item.letter === "c" ? S.IFCHR : S.IFBLK;
        this.#replace(path, item, there, kind);
        if (lookAt(sys, path) === undefined) sys.mknod(path, kind | 0o644, (major << 8) | minor);
        return this.#own(path, item, 0o644, there === undefined);
      }
      case "C":
        if (there === undefined || item.plus || (isDirectory(there) && names(sys, path).length === 0)) yield* this.#copy(this.#root + (item.argument ?? `/usr/share/factory${item.path}`), path);
        return this.#own(path, item, undefined, there === undefined);
      case "z": case "Z":
        for (const found of yield* matching(sys, path)) yield* this.#ownTree(found, item, item.letter === "Z");
        return;
      case "h": case "H":
        for (const found of yield* matching(sys, path)) sys.setInodeFlags(found, (item.argument ?? "").replace(/^[+=-]/, ""));
        return;
      case "t": case "T":
        for (const found of yield* matching(sys, path)) for (const pair of (item.argument ?? "").split(/\s+/)) sys.setxattr(found, pair.split("=")[0] ?? "", encode(pair.slice(pair.indexOf("=") + 1)));
        return;
      default:
    }
  }

  /** With "+" whatever else is in the place goes. */
  #replace(path: string, item: TmpfilesItem, there: Stat | undefined, kind: number): void {
    this.#parents(path);
    if (there !== undefined && (there.mode & S.IFMT) !== kind && item.plus) this.#sys.unlink(path);
  }

  #parents(path: string): void {
    const parts = path.split("/").slice(1, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const directory = `/${parts.slice(0, depth).join("/")}`;
      if (!exists(this.#sys, directory)) this.#sys.mkdir(directory, 0o755);
    }
  }

  *#write(path: string, item: TmpfilesItem, flags: number): Blocking<void> {
    const fd = yield* this.#sys.open(path, O.WRONLY | flags, 0o644);
    if (item.argument !== undefined) yield* this.#sys.write(fd, encode(item.argument));
    this.#sys.close(fd);
  }

  #own(path: string, item: TmpfilesItem, usualMode: number | undefined, made: boolean): void {
    const sys = this.#sys;
    const mode = item.mode ?? (made ? usualMode : undefined);
    if (item.uid !== undefined || item.gid !== undefined) sys.chown(path, item.uid ?? -1, item.gid ?? -1, false);
    if (mode === undefined || (item.modeWhenMade && !made)) return;
    const before = sys.lstat(path).mode;
    if ((before & S.IFMT) === S.IFLNK) return;
    // "~": no bit of read, write or execute that nobody has yet; execute for directories stays
    const kept = !item.masked ? mode : mode & ~(((before & 0o444) === 0 ? 0o444 : 0) | ((before & 0o222) === 0 ? 0o222 : 0) | ((before & 0o111) === 0 ? 0o111 : 0)) & ~(isDirectory(sys.lstat(path)) ? 0 : 0o7000);
    sys.chmod(path, kept);
  }

  *#ownTree(path: string, item: TmpfilesItem, recursive: boolean): Blocking<void> {
    if (this.#sys.charge(5)) yield* this.#sys.preempt();
    this.#own(path, item, undefined, false);
    if (recursive && isDirectory(this.#sys.lstat(path))) for (const name of names(this.#sys, path)) yield* this.#ownTree(joinPath(path, name), item, true);
  }

  *#copy(from: string, to: string): Blocking<void> {
    const sys = this.#sys;
    const stat = sys.lstat(from);
    if (sys.charge(5)) yield* sys.preempt();
    this.#parents(to);
    if (isDirectory(stat)) {
      if (!exists(sys, to)) sys.mkdir(to, stat.mode & 0o7777);
      for (const name of names(sys, from)) yield* this.#copy(joinPath(from, name), joinPath(to, name));
    } else if ((stat.mode & S.IFMT) === S.IFLNK) sys.symlink(sys.readlink(from), to);
    else if ((stat.mode & S.IFMT) === S.IFREG) {
      const fd = yield* sys.open(to, O.WRONLY | O.CREAT | O.TRUNC, stat.mode & 0o7777);
      const source = yield* sys.open(from, O.RDONLY);
      for (let bytes = yield* sys.read(source, 65_536); bytes.length > 0; bytes = yield* sys.read(source, 65_536)) yield* sys.write(fd, bytes);
      sys.close(source);
      sys.close(fd);
    }
  }
}

export default systemdTool({
  name: "systemd-tmpfiles", path: "/bin/systemd-tmpfiles", manSection: 8, summary: "create, delete and clean up temporary and volatile files and directories", synopsis: ["[OPTIONS...] [CONFIGURATION FILE...]"], operands: "files", seeAlso: ["tmpfiles.d(5)"],
  description: ["Lines of tmpfiles.d(5) are read from the files given, or from /etc/tmpfiles.d, /run/tmpfiles.d and /usr/lib/tmpfiles.d: type, path, mode, user, group, age, argument. ACL lines (a, A) and subvolumes are taken without effect of their own."],
  exitStatuses: [["65", "a line was wrong"], ["73", "something could not be made"]],
  options: {
    user: flag(["--user"], "the caller's own configuration"), catConfig: flag(["--cat-config"], "show the configuration files"), create: flag(["--create"], "make what the lines say"), clean: flag(["--clean"], "remove what is older than the age"), remove: flag(["--remove"], "remove what the lines say"),
    boot: flag(["--boot"], "also lines that are safe at boot only (!)"), prefix: texts(["--prefix"], "PATH", "only paths that begin so"), excludePrefix: texts(["--exclude-prefix"], "PATH", "no paths that begin so"), noVolatile: flag(["-E"], "nothing in /dev, /proc, /run and /sys"),
    root: text(["--root"], "PATH", "below this directory"), image: text(["--image"], "PATH", "in this disk image"), replace: text(["--replace"], "PATH", "the arguments stand for this file"), noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (options.replace !== undefined && (!options.replace.startsWith("/") || !options.replace.endsWith(".conf"))) {
      yield* complain(io, `The argument to --replace= must ${options.replace.startsWith("/") ? "have the extension '.conf'" : "be an absolute path"}.`);
      return 1;
    }
    const root = (options.root ?? "").replace(/\/$/, "");
    if (!options.create && !options.clean && !options.remove && !options.catConfig) {
      yield* complain(io, "You need to specify at least one of --clean, --create or --remove.");
      return 1;
    }
    let files = yield* configuration(sys, root);
    if (operands.length > 0 && !options.catConfig) {
      const own: Configuration[] = [];
      for (const name of operands) {
        const found = name.includes("/") ? name : DIRECTORIES.map((directory) => `${root}${directory}/${name}`).find((path) => exists(sys, path));
        const body = name === "-" ? yield* io.stdin.all() : found === undefined ? undefined : yield* tryReadFile(sys, found);
        if (body === undefined) {
          yield* complain(io, `Failed to open '${name}': No such file or directory`);
          return 1;
        }
        own.push({ name: name === "-" ? "<stdin>" : (found ?? name), text: body });
      }
      files = own;
    }
    if (options.catConfig) {
      return yield* withPager(io, !options.noPager, function* () {
        io.out.put(files.map(({ name, text: body }) => `# ${name}\n${body}`).join("\n"));
        yield* io.out.flush();
        return 0;
      });
    }
    const accounts = yield* Accounts.read(sys);
    const specifiers = yield* specifiersOf(sys, root);
    const items: TmpfilesItem[] = [];
    const excluded = [...options.excludePrefix, ...(options.noVolatile ? ["/dev", "/proc", "/run", "/sys"] : [])];
    const below = (path: string, prefix: string): boolean => path === prefix.replace(/\/$/, "") || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
    let wrong = false;
    for (const { name, text: body } of files) {
      for (const [index, line] of body.split("\n").entries()) {
        if (/^\s*(#|$)/.test(line)) continue;
        try {
          const item = parseTmpfilesLine(line, accounts, specifiers);
          if (item === undefined) continue;
          if ((options.prefix.length > 0 && !options.prefix.some((prefix) => below(item.path, prefix))) || excluded.some((prefix) => below(item.path, prefix))) continue;
          const twice = items.some((other) => other.path === item.path && (OWNERS.includes(item.letter) ? OWNERS.includes(other.letter) : item.letter === other.letter && item.letter === "w" && item.plus !== other.plus));
          if (twice) yield* complain(io, `${name}:${index + 1}: Duplicate line for path "${root}${item.path}", ignoring.`, "warning");
          else if (!item.boot || options.boot) items.push(item);
        } catch (error) {
          if (!(error instanceof TmpfilesError)) throw error;
          wrong = true;
          yield* complain(io, `${name}:${index + 1}: ${error.message}`);
        }
      }
    }
    const run = new Run(io, root, items);
    const globs = items.filter(({ letter }) => GLOBS.includes(letter));
    const ordered = [...items.filter(({ letter }) => !GLOBS.includes(letter)), ...globs];
    const backwards = [...globs, ...items.filter(({ letter }) => !GLOBS.includes(letter)).reverse()];
    if (options.remove) yield* run.each(backwards, run.remove, "remove");
    if (options.clean) yield* run.each(backwards, run.clean, "clean");
    if (options.create) yield* run.each(ordered, run.create, "create");
    return wrong ? EXIT_DATA : run.failed ? EXIT_CANNOT_CREATE : 0;
  },
});
