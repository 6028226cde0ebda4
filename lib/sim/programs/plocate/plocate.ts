// plocate, the locate of Debian 12: the paths of the database that hold every pattern.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { flag, gnu, type Io, reason, text } from "../kit/gnu.ts";
import { nameExists } from "../kit/presence.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";
import { DATABASE, parseDatabase } from "./_database.ts";

function* readWhole(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
  const bytes = yield* sys.read(fd, sys.fstat(fd).sizeBytes);
  sys.close(fd);
  return bytes;
}

/** Whether the caller may list every directory above a path: with the real ids, not those of the group plocate. */
class Visibility {
  readonly #sys: Sys;
  readonly #known = new Map<string, boolean>([["", true]]);

  constructor(sys: Sys) {
    this.#sys = sys;
  }

  visible(path: string): boolean {
    return this.#listable(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  }

  #listable(directory: string): boolean {
    const known = this.#known.get(directory);
    if (known !== undefined) return known;
    let allowed = this.visible(directory);
    if (allowed) {
      try {
        this.#sys.access(directory, 5);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        allowed = false;
      }
    }
    this.#known.set(directory, allowed);
    return allowed;
  }
}

export default gnu({
  name: "plocate",
  path: "/usr/bin/plocate",
  summary: "find files by name in a database, fast",
  synopsis: ["[OPTION]... PATTERN..."],
  project: "plocate",
  version: "1.1.18",
  versionText: "plocate 1.1.18\n",
  tryLine: () => "",
  options: {
    all: flag(["-A", "--all"], "all patterns must match, which they must anyway"),
    basename: flag(["-b", "--basename"], "the pattern must match the last part of a path"),
    count: flag(["-c", "--count"], "only tell how many there are"),
    database: text(["-d", "--database"], "DBPATH", `search for files in DBPATH (default is ${DATABASE})`),
    existing: flag(["-e", "--existing"], "leave out files that are gone by now"),
    ignoreCase: flag(["-i", "--ignore-case"], "capitals and small letters are the same"),
    limit: text(["-l", "-n", "--limit"], "LIMIT", "no more than LIMIT names"),
    null: flag(["-0", "--null"], "NUL after every name"),
    literal: flag(["-N", "--literal"], "names as they are, on a terminal too"),
    basic: flag(["-r", "--regexp"], "a pattern is a basic regular expression (slow)"),
    extended: flag(["--regex"], "a pattern is an extended regular expression (slow)"),
    wholeName: flag(["-w", "--wholename"], "the pattern may match anywhere in the path, as without -b"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length === 0 && !options.count) {
      yield* io.stderr("plocate: no pattern to search for specified\n");
      return 1;
    }
    const file = options.database ?? DATABASE;
    let bytes: Uint8Array;
    try {
      bytes = yield* readWhole(sys, file);
    } catch (error) {
      yield* io.stderr(`${file}: ${reason(error)}\n`);
      return 1;
    }
    const database = parseDatabase(bytes);
    if (database === undefined) {
      yield* io.stderr(`${file}: database is corrupt or not a plocate database; please rebuild it.\n`);
      return 1;
    }
    const { ignoreCase } = options;
    const fold = (word: string): string => (ignoreCase ? word.toLowerCase() : word);
    const tests = operands.map((pattern): ((name: string) => boolean) => {
      if (options.basic || options.extended) {
        const regex = compileRegex(pattern, { syntax: options.basic ? "bre" : "ere", ignoreCase });
        return (name) => regex.test(name);
      }
      if (/[*?[\\]/.test(pattern)) return compileFnmatch(pattern, { ignoreCase });
      const wanted = fold(pattern);
      return (name) => fold(name).includes(wanted);
    });
    const visibility = new Visibility(sys);
    const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit);
    let count = 0;
    for (const path of database.paths) {
      if (count >= limit) break;
      if (sys.charge(tests.length)) yield* sys.preempt();
      const name = options.basename ? path.slice(path.lastIndexOf("/") + 1) : path;
      if (!tests.every((test) => test(name))) continue;
      if (database.checkVisibility && !visibility.visible(path)) continue;
      if (options.existing && !nameExists(sys, path)) continue;
      count++;
      if (!options.count) io.out.put(path + (options.null ? "\0" : "\n"));
    }
    if (options.count) io.out.put(`${count}\n`);
    return count > 0 || options.count ? 0 : 1;
  },
});
