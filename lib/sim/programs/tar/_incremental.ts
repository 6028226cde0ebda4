// Incremental backups (-g, -G): the snapshot file and what an archive says of each directory (the GNU tar manual, "Format of the Incremental Snapshot Files", "Dumpdir").

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/io.ts";
import { bytesOfLatin1, latin1, latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import { readWhole } from "../kit/read-whole.ts";
import { Fatal } from "./_arguments.ts";

const HEAD = "GNU tar-1.34-2\n";

interface Known {
  name: string;
  readonly dev: number;
  readonly ino: number;
  /** a directory above it has another name now: all of it is stored again */
  moved: boolean;
}

export interface DumpedDirectory {
  readonly name: string;
  readonly facts: Stat;
  /** latin1: for each name a letter (Y stored, N not, D a directory) and a NUL at its end */
  readonly entries: string;
  /** the names of entries with Y */
  readonly files: readonly string[];
}

/** A directory's names as an archive has them. */
interface DumpEntry {
  readonly kind: string;
  readonly name: string;
}

export function dumpEntries(data: string): readonly DumpEntry[] {
  return data.split("\0").filter((one) => one !== "").map((one) => ({ kind: one.charAt(0), name: one.slice(1) }));
}

const secondsAndNanoseconds = (us: number): string => `${Math.floor(us / 1e6)}\0${(us % 1e6) * 1000}\0`;
const isDirectory = (facts: Stat): boolean => (facts.mode & S.IFMT) === S.IFDIR;

export class Incremental {
  readonly #io: Io;
  readonly #file: string | undefined;
  readonly #startUs: number;
  #newerThanUs = 0;
  readonly #known = new Map<string, Known>();
  readonly #byInode = new Map<string, Known>();
  readonly #renames: string[] = [];
  readonly #directories: DumpedDirectory[] = [];

  private constructor(io: Io, file: string | undefined) {
    this.#io = io;
    this.#file = file;
    this.#startUs = io.sys.clockUs("realtime");
  }

  /** `file`: the snapshot file of -g. `fresh`: --level=0. Throws Fatal. */
  static *open(io: Io, file: string | undefined, fresh: boolean): Blocking<Incremental> {
    const made = new Incremental(io, file);
    if (file === undefined) return made;
    try {
      const fd = yield* io.sys.open(file, O.RDWR | O.CREAT, 0o666);
      const text = fresh ? "" : latin1(yield* readWhole(io.sys, fd));
      io.sys.close(fd);
      if (text !== "") made.#parse(file, text);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      // the archive is made all the same
      yield* io.fail(`${file}: Cannot open: ${error.message}`);
      return new Incremental(io, undefined);
    }
    return made;
  }

  #parse(file: string, text: string): void {
    if (!text.startsWith("GNU tar-")) throw new Fatal(`${file}:1: Invalid time stamp: Invalid argument`);
    if (!/^GNU tar-[^\n]*-2\n/.test(text)) throw new Fatal(`${file}:1: Unsupported incremental format version`);
    const fields = text.slice(text.indexOf("\n") + 1).split("\0");
    const number = (at: number): number => {
      const field = fields[at] ?? "";
      if (!/^\d+$/.test(field)) throw new Fatal(`${file}: byte ${text.length}: Unexpected field value in snapshot file`);
      return Number(field);
    };
    this.#newerThanUs = number(0) * 1e6 + Math.floor(number(1) / 1000);
    for (let at = 2; at < fields.length && fields[at] !== ""; ) {
      const known: Known = { dev: number(at + 3), ino: number(at + 4), name: fields[at + 5] ?? "", moved: false };
      this.#known.set(known.name, known);
      this.#byInode.set(`${known.dev}:${known.ino}`, known);
      at += 6;
      while (at < fields.length && fields[at] !== "") at++;
      // the end of the names, and of the record
      at += 2;
    }
  }

  /** Whether a file that is no directory is to be stored. */
  isNewer(facts: Stat): boolean {
    return facts.mtimeUs >= this.#newerThanUs || facts.ctimeUs >= this.#newerThanUs;
  }

  /** Goes through a directory of the command line; what it found is in `directories`. */
  *scan(top: string, options: { readonly verbose: boolean; readonly recursive: boolean; readonly oneFileSystem: boolean; readonly excluded: (name: string) => boolean }): Blocking<readonly DumpedDirectory[]> {
    const { sys } = this.#io;
    const found: DumpedDirectory[] = [];
    const queue = [top.replace(/(.)\/+$/, "$1")];
    let device: number | undefined;
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      if (sys.charge(8)) yield* sys.preempt();
      let facts: Stat;
      let names: string[];
      try {
        facts = sys.lstat(name);
        names = sys.readdir(name).map((entry) => entry.name).sort((a, b) => (latin1OfText(a) < latin1OfText(b) ? -1 : 1));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.fail(`${name}: Cannot open: ${error.message}`);
        continue;
      }
      device ??= facts.dev;
      const all = yield* this.#isNew(name, facts, options.verbose);
      const files: string[] = [];
      let entries = "";
      for (const child of names) {
        const path = name.endsWith("/") ? `${name}${child}` : `${name}/${child}`;
        let kind = "N";
        if (!options.excluded(path)) {
          const below = this.#lstat(sys, path);
          if (below === undefined) continue;
          if (isDirectory(below)) {
            if (options.recursive && (!options.oneFileSystem || below.dev === device)) {
              kind = "D";
              queue.push(path);
            }
          } else if (options.recursive && (all || this.isNewer(below))) {
            kind = "Y";
            files.push(path);
          }
        }
        entries += `${kind}${latin1OfText(child)}\0`;
      }
      found.push({ name, facts, entries, files });
    }
    found.sort((a, b) => (latin1OfText(a.name) < latin1OfText(b.name) ? -1 : 1));
    const [first] = found;
    // what was renamed stands with the directory that was asked for
    if (first !== undefined && this.#renames.length > 0) found[0] = { ...first, entries: `${first.entries}${this.#renames.splice(0).join("")}` };
    this.#directories.push(...found);
    return found;
  }

  #lstat(sys: Sys, path: string): Stat | undefined {
    try {
      return sys.lstat(path);
    } catch (error) {
      if (error instanceof SysError) return undefined;
      throw error;
    }
  }

  /** True: everything in it is stored. */
  *#isNew(name: string, facts: Stat, verbose: boolean): Blocking<boolean> {
    const named = this.#known.get(name);
    if (named !== undefined && named.ino === facts.ino && named.dev === facts.dev) return named.moved;
    const same = this.#byInode.get(`${facts.dev}:${facts.ino}`);
    if (same === undefined) {
      if (verbose) yield* this.#io.warn(`${name}: Directory is new`);
      return true;
    }
    const former = same.name;
    if (verbose) yield* this.#io.warn(`${name}: Directory has been renamed from ${this.#io.quote(former)}`);
    this.#renames.push(`R${latin1OfText(former)}\0`, `T${latin1OfText(name)}\0`);
    for (const known of [...this.#known.values()]) {
      if (known !== same && !known.name.startsWith(`${former}/`)) continue;
      if (this.#known.get(known.name) === known) this.#known.delete(known.name);
      known.moved ||= known !== same;
      known.name = `${name}${known.name.slice(former.length)}`;
      this.#known.set(known.name, known);
    }
    return same.moved;
  }

  /** The snapshot file as it is from now on. */
  *save(): Blocking<void> {
    const file = this.#file;
    if (file === undefined) return;
    const { sys } = this.#io;
    let text = `${HEAD}${secondsAndNanoseconds(this.#startUs)}`;
    for (const { name, facts, entries } of this.#directories) text += `0\0${secondsAndNanoseconds(facts.mtimeUs)}${facts.dev}\0${facts.ino}\0${latin1OfText(name)}\0${entries.replace(/[RT][^\0]*\0/g, "")}\0\0`;
    try {
      const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
      yield* sys.write(fd, bytesOfLatin1(text));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.fail(`${file}: Cannot write: ${error.message}`);
    }
  }
}

/** Makes a directory that was extracted what the archive says of it: renames, and what is not named in it goes away. Yields the names that are removed. */
export function* purge(io: Io, directory: string, data: string, tell: (path: string) => Blocking<void>): Blocking<void> {
  const { sys } = io;
  const entries = dumpEntries(data);
  let from = "";
  for (const { kind, name } of entries) {
    if (kind === "R") from = textOfLatin1(name);
    else if (kind === "T") {
      try {
        sys.rename(from, textOfLatin1(name));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`Cannot rename ${io.quote(from)} to ${io.quote(textOfLatin1(name))}: ${error.message}`);
      }
    }
  }
  const kept = new Map(entries.filter(({ kind }) => "YND".includes(kind)).map(({ kind, name }) => [textOfLatin1(name), kind === "D"]));
  for (const { name } of sys.readdir(directory)) {
    if (sys.charge(4)) yield* sys.preempt();
    const path = `${directory}/${name}`;
    const isThere = isDirectory(sys.lstat(path));
    if (kept.get(name) === isThere) continue;
    yield* tell(path);
    try {
      yield* removeAll(sys, path, isThere);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`${path}: Cannot remove: ${error.message}`);
    }
  }
}

function* removeAll(sys: Sys, path: string, directory: boolean): Blocking<void> {
  if (sys.charge(2)) yield* sys.preempt();
  if (!directory) {
    sys.unlink(path);
    return;
  }
  for (const { name } of sys.readdir(path)) yield* removeAll(sys, `${path}/${name}`, isDirectory(sys.lstat(`${path}/${name}`)));
  sys.rmdir(path);
}
