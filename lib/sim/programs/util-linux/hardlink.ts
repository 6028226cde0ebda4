// hardlink: files of equal contents become links to one of them (hardlink(1)).
import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { canonicalPath } from "../kit/canonical-path.ts";
import { joinPath, lastComponent } from "../kit/paths.ts";
import { type Regex, RegexSyntaxError, compileRegex } from "../kit/regex/compile-regex.ts";
import { parseScaled } from "../kit/sizes.ts";
import { counted, flag, type Io, optionalText, reason, text, texts, utilLinux } from "../kit/util-linux.ts";

/** An inode, with the names under which it was found; the last found first. */
interface Inode {
  readonly stat: Stat;
  readonly links: string[];
}

const seconds = (us: number): number => Math.floor(us / 1_000_000);

const COMPARE_BYTES = 65_536;

function* equalContents(sys: Sys, one: string, other: string): Blocking<boolean> {
  const first = yield* sys.open(one, O.RDONLY);
  try {
    const second = yield* sys.open(other, O.RDONLY);
    try {
      for (;;) {
        const a = yield* sys.read(first, COMPARE_BYTES);
        const b = yield* sys.read(second, COMPARE_BYTES);
        if (sys.charge(1 + a.length / 256)) yield* sys.preempt();
        if (a.length !== b.length || a.some((byte, index) => byte !== b[index])) return false;
        if (a.length === 0) return true;
      }
    } finally {
      sys.close(second);
    }
  } finally {
    sys.close(first);
  }
}

function sameAttributes(sys: Sys, one: string, other: string): boolean {
  const names = [...sys.listxattr(one)].sort();
  if (names.join("\0") !== [...sys.listxattr(other)].sort().join("\0")) return false;
  return names.every((name) => {
    const value = sys.getxattr(other, name);
    const wanted = sys.getxattr(one, name);
    return wanted.length === value.length && wanted.every((byte, index) => byte === value[index]);
  });
}

export default utilLinux({
  name: "hardlink", summary: "make equal files names of one inode (hardlinks, duplicates)", synopsis: ["[options] <directory>|<file> ..."], operands: "files", seeAlso: ["ln(1)", "fdupes(1)"],
  description: ["Regular files of equal contents, mode, owner and time of modification below the given directories become names of one inode. Empty files stay as they are."],
  options: {
    verbose: counted(["-v", "--verbose"], "say what is linked; twice: also what is skipped"), quiet: flag(["-q", "--quiet"], "print nothing"), dryRun: flag(["-n", "--dry-run"], "link nothing, only show it"), method: text(["-y", "--method"], "name", "how contents are compared"),
    respectName: flag(["-f", "--respect-name"], "link only files of the same name"), ignoreMode: flag(["-p", "--ignore-mode"], "link files of different modes too"), ignoreOwner: flag(["-o", "--ignore-owner"], "link files of different owners too"), ignoreTime: flag(["-t", "--ignore-time"], "link files of different times too"),
    content: flag(["-c", "--content"], "compare contents only, as -pot"), xattrs: flag(["-X", "--respect-xattrs"], "link only files of the same extended attributes"), reflink: optionalText(["--reflink"], "when", "make clones instead of links (auto, always, never)"),
    skipReflinks: flag(["--skip-reflinks"], "skip files that are clones already"), maximize: flag(["-m", "--maximize"], "of equal files, the one with most links stays"), minimize: flag(["-M", "--minimize"], "of equal files, the one with fewest links stays"), oldest: flag(["-O", "--keep-oldest"], "of equal files, the oldest stays"),
    exclude: texts(["-x", "--exclude"], "regex", "leave out files that match"), include: texts(["-i", "--include"], "regex", "take only files that match"), minimum: text(["-s", "--minimum-size"], "size", "the least size of files"), maximum: text(["-S", "--maximum-size"], "size", "the greatest size of files"),
    ioSize: text(["-b", "--io-size"], "size", "how much is read at once"), cacheSize: text(["-r", "--cache-size"], "size", "how much memory may hold contents"),
  },
  *run({ options, operands, sys }, io: Io) {
    const startUs = sys.clockUs("monotonic");
    if (options.reflink !== undefined && options.reflink !== true && !["auto", "always", "never"].includes(options.reflink)) io.die(`unsupported reflink mode; ${options.reflink}`);
    const bytes = (given: string | undefined, what: string, usual: number): number => {
      if (given === undefined) return usual;
      const { value, problem } = parseScaled(given, "KMGTPEkmgtpe0");
      return problem === "none" ? Number(value) : io.die(`failed to parse ${what}: '${given}': Invalid argument`);
    };
    const patterns = (list: readonly string[]): Regex[] => list.map((pattern) => {
      try {
        return compileRegex(pattern, { syntax: "ere" });
      } catch (error) {
        if (error instanceof RegexSyntaxError) return io.die(`could not compile regular expression ${pattern}: Invalid regular expression`);
        throw error;
      }
    });
    const least = bytes(options.minimum, "minimum size", 1);
    const most = bytes(options.maximum, "maximum size", 0);
    bytes(options.ioSize, "I/O size", 0);
    bytes(options.cacheSize, "cache size", 0);
    const exclude = patterns(options.exclude);
    const include = patterns(options.include);
    if (operands.length === 0) io.die("no directory or file specified");
    const detail = function* (text: string, level: number): Blocking<void> {
      if (options.verbose >= level && !options.quiet) yield* io.out.print(`${text}\n`);
    };
    const method = options.method ?? "sha256";
    const known = ["sha256", "sha1", "crc32c", "memcmp"].includes(method);
    if (!known) yield* detail(`cannot initialize ${method} method, use 'memcmp' fallback`, 1);

    const inodes = new Map<string, Inode>();
    let files = 0;
    const visit = function* (path: string): Blocking<void> {
      if (sys.charge(20)) yield* sys.preempt();
      const stat = sys.lstat(path);
      if ((stat.mode & S.IFMT) === S.IFDIR) {
        for (const { name } of sys.readdir(path)) {
          try {
            if (name !== "." && name !== "..") yield* visit(joinPath(path, name));
          } catch (error) {
            yield* io.warn(`cannot open ${joinPath(path, name)}: ${reason(error)}`);
          }
        }
        return;
      }
      if ((stat.mode & S.IFMT) !== S.IFREG) return;
      const included = include.some((regex) => Boolean(regex.exec(path)));
      if (exclude.length > 0 ? exclude.some((regex) => Boolean(regex.exec(path))) && !included : include.length > 0 && !included) return;
      files++;
      if (stat.sizeBytes < least) return yield* detail(`Skipped ${path} (smaller than configured size)`, 2);
      if (most > 0 && stat.sizeBytes > most) return yield* detail(`Skipped ${path} (greater than configured size)`, 2);
      const key = `${stat.dev}/${stat.ino}`;
      const inode = inodes.get(key);
      if (inode === undefined) inodes.set(key, { stat, links: [path] });
      else if (!inode.links.includes(path)) inode.links.unshift(path);
    };
    for (const operand of operands) {
      try {
        yield* visit(canonicalPath(sys, operand, "existing"));
      } catch (error) {
        io.die(`cannot get realpath: ${operand}: ${reason(error)}`);
      }
    }

    const order = (a: Inode, b: Inode): number => {
      if (options.maximize !== options.minimize && a.stat.nlink !== b.stat.nlink) return options.maximize ? b.stat.nlink - a.stat.nlink : a.stat.nlink - b.stat.nlink;
      const age = seconds(b.stat.mtimeUs) - seconds(a.stat.mtimeUs);
      return (options.oldest ? -age : age) || a.stat.ino - b.stat.ino;
    };
    const alike = (a: Inode, b: Inode): boolean =>
      (options.content || options.ignoreMode || a.stat.mode === b.stat.mode) && (options.content || options.ignoreOwner || (a.stat.uid === b.stat.uid && a.stat.gid === b.stat.gid)) &&
      (options.content || options.ignoreTime || seconds(a.stat.mtimeUs) === seconds(b.stat.mtimeUs)) && (!options.respectName || a.links.some((one) => b.links.some((other) => lastComponent(one) === lastComponent(other))));
    const bySize = new Map<string, Inode[]>();
    for (const inode of inodes.values()) {
      const key = `${inode.stat.dev}/${inode.stat.sizeBytes}`;
      bySize.set(key, [...(bySize.get(key) ?? []), inode]);
    }
    const clones = options.reflink === true || options.reflink === "always";
    const totals = { linked: 0, compared: 0, attributes: 0, saved: 0 };
    for (const group of [...bySize.values()].sort((a, b) => (a[0]?.stat.sizeBytes ?? 0) - (b[0]?.stat.sizeBytes ?? 0))) {
      group.sort(order);
      for (const [at, master] of group.entries()) {
        const [kept] = master.links;
        if (kept === undefined) continue;
        for (const other of group.slice(at + 1)) {
          const [name] = other.links;
          if (name === undefined || !alike(master, other)) continue;
          if (options.xattrs) {
            totals.attributes++;
            if (!sameAttributes(sys, kept, name)) continue;
          }
          totals.compared++;
          if (!(yield* equalContents(sys, kept, name))) {
            yield* detail(`Skipped (content mismatch) ${name}`, 3);
            continue;
          }
          if (clones) {
            yield* io.warn(`cannot reflink ${kept} to ${name}: Operation not supported`);
            io.status = 1;
            continue;
          }
          const moved = other.links.splice(0);
          let left = other.stat.nlink;
          for (const path of moved) {
            const target = options.respectName ? (master.links.find((one) => lastComponent(one) === lastComponent(path)) ?? kept) : kept;
            left--;
            yield* detail(`${options.dryRun ? "[DryRun] " : ""}Linking ${target} to ${path} (-${spacedSize(other.stat.sizeBytes)})`, 1);
            if (!options.dryRun) {
              try {
                sys.link(target, `${path}.hardlink-temporary`);
                sys.rename(`${path}.hardlink-temporary`, path);
              } catch (error) {
                if (!(error instanceof SysError)) throw error;
                yield* io.warn(`cannot link ${target} to ${path}.hardlink-temporary: ${error.message}`);
                io.status = 1;
                continue;
              }
            }
            totals.linked++;
            if (left === 0) totals.saved += other.stat.sizeBytes;
            master.links.push(path);
          }
        }
      }
    }
    if (options.quiet) return;
    const row = (label: string, value: string): void => io.out.put(`${label.padEnd(26)}${value}\n`);
    row("Mode:", options.dryRun ? "dry-run" : "real");
    row("Method:", known ? method : "memcmp");
    row("Files:", String(files));
    row("Linked:", `${totals.linked} files`);
    row("Compared:", `${totals.attributes} xattrs`);
    row("Compared:", `${totals.compared} files`);
    if (options.skipReflinks || options.reflink !== undefined) row("Skipped reflinks:", "0 files");
    row("Saved:", spacedSize(totals.saved));
    row("Duration:", `${((sys.clockUs("monotonic") - startUs) / 1_000_000).toFixed(6)} seconds`);
  },
});

/** "12 B", "1.5 KiB" (SIZE_SUFFIX_3LETTER | SIZE_SUFFIX_SPACE | SIZE_DECIMAL_2DIGITS of util-linux's strutils). */
function spacedSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(6, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(2))} ${"KMGTPE".charAt(power - 1)}iB`;
}
