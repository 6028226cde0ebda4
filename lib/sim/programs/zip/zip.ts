// zip: makes and changes zip archives (zip(1)).
// (More than 400 lines: one program: reading, choosing and writing an archive share its options.)
import { type Blocking, concatBytes, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { joinPath } from "../kit/paths.ts";
import { exists } from "../kit/presence.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { isEncrypted, packEntry, parseZip, unpackEntry, zipBytes, zipEncrypt, type ZipEntry, type ZipOwner } from "../kit/zip-archive.ts";
import { readZone } from "../kit/zones.ts";
import { askPassword } from "../login/_password-prompt.ts";

const HEAD = "Copyright (c) 1990-2008 Info-ZIP - Type 'zip \"-L\"' for software license.\n";

const USAGE = `${HEAD}Zip 3.0 (July 5th 2008). Usage:
zip [-options] [-b path] [-t mmddyyyy] [-n suffixes] [zipfile list] [-xi list]
  Puts the files of the list into the archive, in the place of entries of the
  same name. "-" in the list is standard input; without any names standard
  input is packed onto standard output.
  -u   newer and new files only     -f   newer files only, nothing new
  -d   take entries out             -m   take the files off the disk afterwards
  -r   with what is in directories  -j   names without their directories
  -D   no entries for directories   -y   symbolic links as links
  -0   do not compress              -1   fast
  -9   small                        -n   suffixes that are only stored
  -q   say less                     -v   say more; alone: the version
  -@   names from standard input    -l   ends of lines as DOS has them (-ll: back)
  -x   without these names          -i   these names only
  -e   encrypt, ask for a password  -P   encrypt with this password
  -c   a comment for each entry     -z   a comment for the archive
  -T   test the result              -X   no owners and exact times
  -o   archive as old as its files  -FS  make the archive like the files
  -O   write to another archive     -sf  only show the files
  -h   this help                    -h2  the same
`;

/** What is printed by -v without names: the first lines. */
const VERSION = `${HEAD}This is Zip 3.0 (July 5th 2008), by Info-ZIP.
Currently maintained by E. Gordon.  Please send bug reports to
the authors using the web page at www.info-zip.org; see README for details.
`;

type Stored = ZipEntry & { readonly owner?: ZipOwner };

interface Found {
  readonly path: string;
  /** in the archive */
  readonly name: string;
}

/** zip error: ... with its status. */
class ZipError extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const percent = (sizeBytes: number, packedBytes: number): number => (sizeBytes === 0 ? 0 : Math.floor((Math.floor((200 * (sizeBytes - packedBytes)) / sizeBytes) + 1) / 2));

/** As deflate judges it: without control characters, and not empty. */
function isText(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte >= 32 || (byte >= 7 && byte <= 13) || byte === 27) && bytes.some((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
}

class Zip {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #options: ReadonlySet<string>;
  readonly #included: readonly ((name: string) => boolean)[];
  readonly #excluded: readonly ((name: string) => boolean)[];
  readonly #password: string | undefined;
  readonly #level: number;

  constructor(sys: Sys, io: Io, options: ReadonlySet<string>, included: readonly string[], excluded: readonly string[], password: string | undefined) {
    this.#sys = sys;
    this.#io = io;
    this.#options = options;
    this.#included = included.map((pattern) => compileFnmatch(pattern));
    this.#excluded = excluded.map((pattern) => compileFnmatch(pattern));
    this.#password = password;
    this.#level = Number(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].findLast((digit) => options.has(digit)) ?? 6);
  }

  *#say(line: string): Blocking<void> {
    if (!this.#options.has("q")) yield* this.#io.out.print(line);
  }

  #wanted(name: string): boolean {
    return (this.#included.length === 0 || this.#included.some((matches) => matches(name))) && !this.#excluded.some((matches) => matches(name));
  }

  /** The files of a name, directories first as readdir gives them. */
  *find(word: string, into: Found[], top = true): Blocking<boolean> {
    if (word === "-") {
      into.push({ path: "-", name: "-" });
      return true;
    }
    let facts: ReturnType<Sys["stat"]>;
    try {
      facts = this.#options.has("y") ? this.#sys.lstat(word) : this.#sys.stat(word);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (!top) yield* this.#io.stderr(`\tzip warning: ${error.message}\n`);
      return false;
    }
    if (this.#sys.charge(20)) yield* this.#sys.preempt();
    const isDirectory = (facts.mode & S.IFMT) === S.IFDIR;
    const shown = word.replace(/^(\.\/+)+/, "").replace(/^\/+/, "").replace(/\/+$/, "");
    const name = this.#options.has("j") ? shown.slice(shown.lastIndexOf("/") + 1) : shown;
    if (!isDirectory) {
      if ((facts.mode & S.IFMT) !== S.IFREG && (facts.mode & S.IFMT) !== S.IFLNK) return true;
      if (this.#wanted(name)) into.push({ path: word, name });
      return true;
    }
    const own = name === "." || name === "" ? "" : `${name}/`;
    if (own !== "" && !this.#options.has("D") && !this.#options.has("j") && this.#wanted(own)) into.push({ path: word.replace(/(.)\/+$/, "$1"), name: own });
    if (!this.#options.has("r")) return true;
    let names: readonly string[];
    try {
      names = this.#sys.readdir(word).map((entry) => entry.name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.stderr(`\tzip warning: could not open for reading: ${word}\n`);
      return true;
    }
    for (const one of names) yield* this.find(word === "." ? one : joinPath(word, one), into, false);
    return true;
  }

  *entry({ path, name }: Found): Blocking<Stored | undefined> {
    const sys = this.#sys;
    if (path === "-") {
      const bytes = yield* this.#bytes(0);
      return yield* this.#made(name, bytes, Math.floor(sys.clockUs("realtime") / 1_000_000), 0o010600, { uid: sys.getcred().euid, gid: sys.getcred().egid });
    }
    const facts = this.#options.has("y") ? sys.lstat(path) : sys.stat(path);
    const seconds = Math.floor(facts.mtimeUs / 1_000_000);
    const owner = { uid: facts.uid, gid: facts.gid };
    if ((facts.mode & S.IFMT) === S.IFDIR) return yield* this.#made(name, new Uint8Array(0), seconds, facts.mode, owner);
    if ((facts.mode & S.IFMT) === S.IFLNK) {
      const bytes = encode(sys.readlink(path));
      return { ...(yield* this.#made(name, bytes, seconds, facts.mode, owner, 0)), text: false };
    }
    try {
      const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
      const bytes = yield* this.#bytes(fd);
      sys.close(fd);
      return yield* this.#made(name, bytes, seconds, facts.mode, owner);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`\tzip warning: could not open for reading: ${path}\n`);
      return undefined;
    }
  }

  *#bytes(fd: number): Blocking<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* this.#sys.read(fd, 65_536);
      if (bytes.length === 0) return concatBytes(parts);
      parts.push(bytes);
      if (this.#sys.charge(1 + (bytes.length >> 6))) yield* this.#sys.preempt();
    }
  }

  *#made(name: string, bytes: Uint8Array, modifiedSeconds: number, mode: number, owner: ZipOwner, level = this.#level): Blocking<Stored> {
    const crc = crc32(bytes);
    const { method, data } = yield* packEntry(this.#sys, bytes, level);
    const secret = this.#password !== undefined && !name.endsWith("/");
    const stored = secret ? zipEncrypt(this.#password ?? "", data, crc >>> 24, (length) => this.#sys.random(length)) : data;
    const speed = method === 8 ? (level === 9 || level === 8 ? 2 : level === 2 ? 4 : level === 1 ? 6 : 0) : 0;
    return {
      name, method, flags: speed | (secret ? 1 : 0), crc, packedBytes: stored.length, sizeBytes: bytes.length, modifiedSeconds, mode, text: level > 0 && isText(bytes), versionMade: 30, system: 3, hasExtra: !this.#options.has("X"), comment: "", data: stored, check: crc >>> 24, owner,
    };
  }

  *report(verb: string, entry: Stored): Blocking<void> {
    const packed = entry.packedBytes - (isEncrypted(entry) ? 12 : 0);
    yield* this.#say(`${verb}: ${entry.name} (${entry.method === 0 ? "stored 0%" : `deflated ${percent(entry.sizeBytes, packed)}%`})\n`);
  }
}

function* run(sys: Sys, io: Io, options: ReadonlySet<string>, words: readonly string[], included: readonly string[], excluded: readonly string[], password: string | undefined, output: string | undefined): Blocking<number> {
  const [given, ...names] = words;
  const zone = yield* readZone(sys);
  if (given === undefined) throw new ZipError(16, "Invalid command arguments (nothing to do)");
  const toStdout = given === "-";
  const path = toStdout || /\.[^./]*$/.test(given.slice(given.lastIndexOf("/") + 1)) ? given : `${given}.zip`;
  const say = function* (line: string): Blocking<void> {
    if (!options.has("q") && !toStdout) yield* io.out.print(line);
  };
  let old: readonly Stored[] = [];
  const there = !toStdout && exists(sys, path);
  if (there) {
    const fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      parts.push(bytes);
    }
    sys.close(fd);
    const archive = parseZip(concatBytes(parts), zone);
    if (archive === undefined) {
      yield* io.out.flush();
      yield* io.stderr("\tzip warning: missing end signature--probably not a zip file (did you\n\tzip warning: remember to use binary mode when you transferred it?)\n\tzip warning: (if you are trying to read a damaged archive try -F)\n");
      throw new ZipError(3, `Zip file structure invalid (${path})`);
    }
    old = archive.entries;
  }
  const write = function* (entries: readonly Stored[]): Blocking<void> {
    const bytes = zipBytes(entries, zone, options.has("X"));
    const target = output ?? path;
    if (toStdout) {
      yield* io.out.printBytes(bytes);
      return;
    }
    if (entries.length === 0) {
      yield* io.out.flush();
      yield* io.stderr("\tzip warning: zip file empty\n");
      if (exists(sys, target)) sys.unlink(target);
      return;
    }
    try {
      const fd = yield* sys.open(target, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
      yield* sys.write(fd, bytes);
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      throw new ZipError(15, `Could not create output file (${target})`);
    }
  };
  if (options.has("sf")) {
    const found: Found[] = [];
    const zip = new Zip(sys, io, options, included, excluded, undefined);
    for (const name of names) yield* zip.find(name, found);
    const shown = names.length === 0 ? old.map((one) => one.name) : found.map((one) => one.name);
    io.out.put(`${names.length === 0 ? "Archive contains:" : "Would Add/Update:"}\n${shown.map((name) => `  ${name}\n`).join("")}Total ${shown.length} entries (${old.reduce((sum, one) => sum + one.sizeBytes, 0)} bytes)\n`);
    return 0;
  }
  if (options.has("T") && names.length === 0) {
    if (!there) throw new ZipError(13, `Missing or empty zip file (${path})`);
    let bad = false;
    for (const entry of old) {
      const bytes = isEncrypted(entry) ? entry.data : yield* unpackEntry(sys, entry);
      bad ||= typeof bytes === "string" || (!isEncrypted(entry) && crc32(bytes) !== entry.crc);
    }
    if (bad) throw new ZipError(8, `Zip file invalid, could not spawn unzip, or wrong unzip (original files unmodified)`);
    io.out.put(`test of ${path} OK\n`);
    return 0;
  }
  if (options.has("d")) {
    const patterns = names.map((name) => ({ name, matches: compileFnmatch(name), used: false }));
    const kept: Stored[] = [];
    for (const entry of old) {
      let gone = false;
      for (const one of patterns) {
        if (!one.matches(entry.name)) continue;
        one.used = true;
        gone = true;
      }
      if (gone) yield* say(`deleting: ${entry.name}\n`);
      else kept.push(entry);
    }
    for (const { name, used } of patterns) {
      if (used) continue;
      yield* io.out.flush();
      yield* io.stderr(`\tzip warning: name not matched: ${name}\n`);
    }
    if (kept.length === old.length) throw new ZipError(12, `Nothing to do! (${path})`);
    yield* write(kept);
    return 0;
  }
  const zip = new Zip(sys, io, toStdout ? new Set([...options, "q"]) : options, included, excluded, password);
  const found: Found[] = [];
  const missing: string[] = [];
  const listed = options.has("@") ? [...names, ...(yield* io.stdin.all()).split("\n").filter((line) => line !== "")] : names;
  const freshens = options.has("f");
  for (const name of listed.length === 0 && freshens ? old.map((entry) => entry.name) : listed) {
    if (!(yield* zip.find(name, found)) && !(freshens && listed.length === 0)) missing.push(name);
  }
  for (const name of missing) {
    yield* io.out.flush();
    yield* io.stderr(`\tzip warning: name not matched: ${name}\n`);
  }
  const seen = new Map<string, Found>();
  for (const one of found) {
    if (one.path !== path) seen.set(one.name, one);
  }
  if (seen.size === 0 && !(freshens && there) && !(options.has("FS") && there)) {
    yield* io.out.flush();
    throw new ZipError(12, options.has("r") ? `Nothing to do! (try: zip -${[..."qr"].filter((one) => options.has(one)).join("")} ${given.replace(/(\.zip)?$/, ".zip")} . -i ${listed.join(" ")})` : `Nothing to do! (${path})`);
  }
  const before = new Map(old.map((entry) => [entry.name, entry]));
  const changes = new Map<string, Stored>();
  const moved: string[] = [];
  let touched = 0;
  const handle = function* (one: Found, verb: string): Blocking<void> {
    const entry = yield* zip.entry(one);
    if (entry === undefined) return;
    changes.set(one.name, entry);
    touched++;
    yield* zip.report(verb, entry);
    if (options.has("m") && one.path !== "-") moved.push(one.path);
  };
  // what is there already comes first, in the archive's order
  for (const entry of old) {
    const one = seen.get(entry.name);
    if (one === undefined) continue;
    const newer = one.path === "-" || Math.floor(sys.stat(one.path).mtimeUs / 1_000_000) > entry.modifiedSeconds;
    const different = options.has("FS") && (newer || Math.floor(sys.stat(one.path).mtimeUs / 1_000_000) !== entry.modifiedSeconds);
    if (options.has("FS") ? !different : (options.has("u") || freshens) && !newer) continue;
    yield* handle(one, freshens ? "freshening" : "updating");
  }
  if (!freshens) for (const one of seen.values()) if (!before.has(one.name)) yield* handle(one, "  adding");
  const kept: Stored[] = [];
  for (const entry of old) {
    if (options.has("FS") && !seen.has(entry.name)) {
      yield* say(`deleting: ${entry.name}\n`);
      touched++;
      continue;
    }
    kept.push(changes.get(entry.name) ?? entry);
  }
  if (touched === 0 && there) return options.has("u") || freshens ? 0 : 12;
  yield* write([...kept, ...[...changes.values()].filter((entry) => !before.has(entry.name))]);
  for (const file of moved.reverse()) {
    try {
      if ((sys.lstat(file).mode & S.IFMT) === S.IFDIR) sys.rmdir(file);
      else sys.unlink(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }
  if (options.has("T")) yield* say(`test of ${path} OK\n`);
  return missing.length > 0 && seen.size === 0 ? 12 : 0;
}

const LETTERS = "rjuqfdmyeDXTvlkgocz@hLAJF0123456789";

export default program(
  {
    name: "zip", summary: "pack files into a compressed ZIP archive", operands: "files", synopsis: ["[-options] [zipfile [file ...]] [-xi list]"],
    options: [
      flag(["-r", "--recurse-paths"], "go into directories"), flag(["-j", "--junk-paths"], "without directory names"), flag(["-u", "--update"], "files that are newer than in the archive, or new"), flag(["-f", "--freshen"], "only changed files"), flag(["-d", "--delete"], "delete entries"), flag(["-m", "--move"], "delete the files afterwards"), flag(["-q", "--quiet"], "say nothing"), flag(["-y", "--symlinks"], "a symbolic link stays a link"),
      flag(["-e", "--encrypt"], "encrypt"), text(["-P", "--password"], "password", "the password"), flag(["-D"], "no entries for directories"), flag(["-X"], "without extra fields"), flag(["-T", "--test"], "test"), flag(["-0"], "store only"), flag(["-1"], "compress faster"), flag(["-9"], "compress better"), flag(["-@"], "names from standard input"), flag(["-FS"], "like the files"), flag(["-sf"], "show the files"),
      text(["-x", "--exclude"], "list", "leave these out"), text(["-i", "--include"], "list", "only these"), text(["-O"], "file", "write to this file"), flag(["-h"], "help"), flag(["-v"], "version"),
    ],
  },
  function* (sys, argv, io: Io) {
    const options = new Set<string>();
    const names: string[] = [];
    const included: string[] = [];
    const excluded: string[] = [];
    let target = names;
    let password: string | undefined;
    let output: string | undefined;
    const long = new Map([["recurse-paths", "r"], ["junk-paths", "j"], ["update", "u"], ["freshen", "f"], ["delete", "d"], ["move", "m"], ["quiet", "q"], ["symlinks", "y"], ["encrypt", "e"], ["test", "T"], ["filesync", "FS"], ["show-files", "sf"], ["help", "h"], ["version", "v"]]);
    try {
      for (let at = 1; at < argv.length; at++) {
        const word = argv[at] ?? "";
        if (word === "-" || !word.startsWith("-")) {
          if (word === "@" && target !== names) target = names;
          else target.push(word);
          continue;
        }
        if (word.startsWith("--")) {
          const [name = "", value] = word.slice(2).split(/=(.*)/s);
          const letter = long.get(name);
          if (letter !== undefined) options.add(letter);
          else if (name === "exclude") target = excluded;
          else if (name === "include") target = included;
          else if (name === "password") password = value ?? argv[++at];
          else throw new ZipError(16, `Invalid command arguments (long option '${name}' not supported)`);
          continue;
        }
        if (word === "-FS" || word === "-sf") {
          options.add(word.slice(1));
          continue;
        }
        for (let i = 1; i < word.length; i++) {
          const letter = word.charAt(i);
          if (letter === "x" || letter === "i") {
            target = letter === "x" ? excluded : included;
            const rest = word.slice(i + 1);
            if (rest !== "") target.push(rest);
            break;
          }
          if (letter === "P" || letter === "O" || letter === "n" || letter === "b" || letter === "t") {
            const value = i + 1 < word.length ? word.slice(i + 1) : argv[++at];
            if (letter === "P") password = value;
            else if (letter === "O") output = value;
            break;
          }
          if (!LETTERS.includes(letter)) throw new ZipError(16, `Invalid command arguments (short option '${letter}' not supported)`);
          options.add(letter);
        }
      }
      if (options.has("h") || (argv.length === 1 && sys.isatty(1))) {
        io.out.put(USAGE);
        return 0;
      }
      if (options.has("v") && names.length === 0) {
        io.out.put(VERSION);
        return 0;
      }
      if (options.has("e") && password === undefined) {
        const first = yield* askPassword(sys, "Enter password: ");
        const second = yield* askPassword(sys, "Verify password: ");
        if (first.kind !== "text" || second.kind !== "text" || first.text !== second.text) throw new ZipError(5, "Invalid command arguments (password verification failed)");
        if (first.text === "") throw new ZipError(5, "Invalid command arguments (zero length password not allowed)");
        password = first.text;
      }
      return yield* run(sys, io, options, names.length === 0 && argv.length === 1 ? ["-", "-"] : names, included, excluded, password, output);
    } catch (error) {
      if (!(error instanceof ZipError)) throw error;
      yield* io.out.flush();
      yield* io.stderr(`\nzip error: ${error.message}\n`);
      return error.status;
    }
  },
);
