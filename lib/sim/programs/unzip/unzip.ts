// unzip: lists, tests and takes apart zip archives (unzip(1)).
import { type Blocking, decode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { crc32 } from "../kit/compression/crc32.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { directoryOf, joinPath } from "../kit/paths.ts";
import { nameExists } from "../kit/presence.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { isEncrypted, unpackEntry, zipDecrypt, type ZipEntry } from "../kit/zip-archive.ts";
import { readZone, type Zone } from "../kit/zones.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { longList, openArchive, shortList } from "./_zip-list.ts";
import { zipInfo } from "./zipinfo.ts";

const USAGE = `UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.

Usage: unzip [-Z] [-opts[modifiers]] file[.zip] [list] [-x xlist] [-d exdir]
  Takes the files of the list out of the archive, all without a list, into
  the working directory or exdir. With -Z it is zipinfo.

  -l  list names and sizes                   -v  list with ratios; alone: version
  -t  test what is packed                    -z  show the archive's comment
  -p  to standard output, nothing else said  -c  the same, with the names
  -d  into this directory
  -f  only what is newer than files there    -u  the same, and files not there
  -x  all but the names that follow          -T  archive as old as its newest
modifiers:
  -o  overwrite, do not ask                  -n  never overwrite
  -q  say less (-qq: nothing)                -j  all into one directory
  -a  ends of lines of this system           -b  as the bytes are
  -C  names in upper or lower case           -L  names in lower case
  -X  owners as packed                       -K  with set-user-ID and the like
  -P  the password                           -h  this help
Examples:
  unzip notes -x draft     everything of notes.zip but draft
  unzip -p notes a | less  the file a, page by page
`;

interface Link {
  readonly path: string;
  readonly target: string;
}

class Extraction {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #archive: string;
  readonly #letters: ReadonlyMap<string, number>;
  readonly #directory: string;
  readonly #links: Link[] = [];
  readonly #times: { readonly path: string; readonly entry: ZipEntry }[] = [];
  #passwords: string[];
  #overwrite: "ask" | "all" | "none";
  status = 0;
  skipped = 0;

  constructor(sys: Sys, io: Io, archive: string, letters: ReadonlyMap<string, number>, directory: string, password: string | undefined) {
    this.#sys = sys;
    this.#io = io;
    this.#archive = archive;
    this.#letters = letters;
    this.#directory = directory;
    this.#passwords = password === undefined ? [] : [password];
    this.#given = password !== undefined;
    this.#overwrite = letters.has("o") ? "all" : letters.has("n") ? "none" : "ask";
  }

  readonly #given: boolean;

  get #quiet(): boolean {
    return this.#letters.has("q") || this.#letters.has("p");
  }

  *#say(text: string): Blocking<void> {
    if (!this.#quiet) yield* this.#io.out.print(text);
  }

  *#worse(status: number): Blocking<void> {
    if (status > this.status) this.status = status;
    yield* this.#io.out.flush();
  }

  /** The plain bytes; undefined where it is skipped, which is told. */
  *#content(entry: ZipEntry, testing: boolean): Blocking<Uint8Array | undefined> {
    let { data } = entry;
    if (isEncrypted(entry)) {
      let plain = this.#passwords.map((one) => zipDecrypt(one, entry)).find((one) => one !== undefined);
      for (let round = 0; plain === undefined && !this.#given && round < 3; round++) {
        yield* this.#io.out.flush();
        const answer = yield* askPassword(this.#sys, round === 0 ? `[${this.#archive}] ${entry.name} password: ` : "password incorrect--reenter: ");
        if (answer.kind !== "text") break;
        plain = zipDecrypt(answer.text, entry);
        if (plain !== undefined) this.#passwords = [...this.#passwords, answer.text];
      }
      if (plain === undefined) {
        this.skipped++;
        yield* this.#io.out.flush();
        yield* this.#io.stderr(`   skipping: ${entry.name.padEnd(22)}  ${this.#given || this.#passwords.length > 0 ? "incorrect password" : "unable to get password"}\n`);
        yield* this.#worse(82);
        return undefined;
      }
      data = plain;
    }
    if (this.#sys.charge(data.length >> 6)) yield* this.#sys.preempt();
    const bytes = yield* unpackEntry(this.#sys, entry, data);
    if (bytes === "method") {
      yield* this.#io.stderr(`   skipping: ${entry.name.padEnd(22)}  unsupported compression method ${entry.method}\n`);
      yield* this.#worse(81);
      return undefined;
    }
    if (bytes === "data") {
      if (testing) yield* this.#say(`    testing: ${entry.name.padEnd(22)} `);
      yield* this.#io.stderr(`  error:  invalid compressed data to inflate ${entry.name}\n`);
      yield* this.#worse(2);
      return undefined;
    }
    const sum = crc32(bytes);
    if (sum !== entry.crc) {
      const line = ` bad CRC ${sum.toString(16).padStart(8, "0")}  (should be ${entry.crc.toString(16).padStart(8, "0")})\n`;
      if (testing) yield* this.#say(`    testing: ${entry.name.padEnd(22)} ${line}`);
      else yield* this.#io.stderr(`${entry.name.padEnd(22)} ${line}`);
      yield* this.#worse(2);
      return testing ? undefined : bytes;
    }
    return bytes;
  }

  *test(entries: readonly ZipEntry[]): Blocking<void> {
    for (const entry of entries) {
      const bytes = yield* this.#content(entry, true);
      if (bytes !== undefined) yield* this.#say(`    testing: ${entry.name.padEnd(22)}   OK\n`);
    }
  }

  /** -p and -c */
  *print(entries: readonly ZipEntry[], named: boolean): Blocking<void> {
    for (const entry of entries) {
      if (entry.name.endsWith("/")) continue;
      const bytes = yield* this.#content(entry, false);
      if (bytes === undefined) continue;
      if (named) yield* this.#say(`${entry.method === 0 ? " extracting" : "  inflating"}: ${entry.name.padEnd(22)}  \n`);
      yield* this.#io.out.printBytes(bytes);
      if (named) yield* this.#say("\n");
    }
  }

  *extract(entries: readonly ZipEntry[]): Blocking<void> {
    for (const entry of entries) {
      try {
        if (!(yield* this.#one(entry))) break;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* this.#io.out.flush();
        yield* this.#io.stderr(`error:  cannot create ${joinPath(this.#directory, entry.name)}\n        ${error.message}\n`);
        yield* this.#worse(50);
      }
    }
    if (this.#links.length > 0) {
      yield* this.#say("finishing deferred symbolic links:\n");
      for (const { path, target } of this.#links) {
        yield* this.#say(`  ${path.padEnd(22)} -> ${target}\n`);
        if (nameExists(this.#sys, path)) this.#sys.unlink(path);
        this.#sys.symlink(target, path);
      }
    }
    for (const { path, entry } of this.#times.reverse()) {
      this.#sys.chmod(path, (entry.mode ?? 0o755) & 0o777);
      this.#sys.utimes(path, entry.modifiedSeconds * 1_000_000, entry.modifiedSeconds * 1_000_000);
    }
  }

  #makeParents(path: string): void {
    const parent = directoryOf(path);
    if (parent === "." || parent === "/" || nameExists(this.#sys, parent)) return;
    this.#makeParents(parent);
    this.#sys.mkdir(parent);
  }

  /** False when the user ends it. */
  *#one(entry: ZipEntry): Blocking<boolean> {
    const sys = this.#sys;
    const isDirectory = entry.name.endsWith("/");
    const junk = this.#letters.has("j");
    if (isDirectory && junk) return true;
    let { name } = entry;
    if (this.#letters.has("L")) name = name.toLowerCase();
    if (name.startsWith("/")) {
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`warning:  stripped absolute path spec from ${name}\n`);
      yield* this.#worse(1);
      name = name.replace(/^\/+/, "");
    }
    if (name.split("/").includes("..")) {
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`warning:  skipped "../" path component(s) in ${name}\n`);
      yield* this.#worse(1);
      name = name.split("/").filter((part) => part !== "..").join("/");
    }
    if (junk) name = name.slice(name.lastIndexOf("/") + 1);
    let path = this.#directory === "" ? name : joinPath(this.#directory, name);
    if (isDirectory) {
      const plain = path.replace(/\/+$/, "");
      if (nameExists(sys, plain)) return true;
      this.#makeParents(plain);
      yield* this.#say(`   creating: ${path}\n`);
      sys.mkdir(plain);
      this.#times.push({ path: plain, entry });
      return true;
    }
    if (nameExists(sys, path)) {
      const existing = sys.lstat(path);
      const newer = entry.modifiedSeconds > Math.floor(existing.mtimeUs / 1_000_000);
      if ((this.#letters.has("u") || this.#letters.has("f")) && !newer) return true;
      if (this.#overwrite === "none") return true;
      if (this.#overwrite === "ask") {
        const answer = yield* this.#askReplace(path);
        if (answer === undefined) return false;
        if (answer === "skip") return true;
        if (answer !== "replace") path = this.#directory === "" ? answer : joinPath(this.#directory, answer);
      }
      if ((existing.mode & S.IFMT) === S.IFLNK) sys.unlink(path);
    } else if (this.#letters.has("f")) return true;
    const bytes = yield* this.#content(entry, false);
    if (bytes === undefined) return true;
    this.#makeParents(path);
    if (entry.mode !== undefined && (entry.mode & S.IFMT) === S.IFLNK) {
      const target = decode(bytes);
      yield* this.#say(`    linking: ${path.padEnd(22)}  -> ${target} \n`);
      this.#links.push({ path, target });
      return true;
    }
    yield* this.#say(`${entry.method === 0 ? " extracting" : "  inflating"}: ${path.padEnd(22)}  \n`);
    const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC);
    yield* sys.write(fd, bytes);
    sys.close(fd);
    if (entry.mode !== undefined) sys.chmod(path, entry.mode & (this.#letters.has("K") ? 0o7777 : 0o777));
    sys.utimes(path, entry.modifiedSeconds * 1_000_000, entry.modifiedSeconds * 1_000_000);
    return true;
  }

  /** "replace", "skip", another name; undefined at the end of the input. */
  *#askReplace(path: string): Blocking<string | undefined> {
    for (;;) {
      yield* this.#io.out.flush();
      yield* this.#io.stderr(`replace ${path}? [y]es, [n]o, [A]ll, [N]one, [r]ename: `);
      const line = yield* this.#io.stdin.line();
      if (line === undefined) {
        yield* this.#io.stderr(" NULL\n(EOF or read error, treating as \"[N]one\" ...)\n");
        this.#overwrite = "none";
        return "skip";
      }
      const letter = line.charAt(0);
      if (letter === "y" || letter === "Y") return "replace";
      if (letter === "n") return "skip";
      if (letter === "A") {
        this.#overwrite = "all";
        return "replace";
      }
      if (letter === "N") {
        this.#overwrite = "none";
        return "skip";
      }
      if (letter === "r" || letter === "R") {
        yield* this.#io.stderr("new name: ");
        const name = yield* this.#io.stdin.line();
        if (name !== undefined && name !== "") return name;
        continue;
      }
      yield* this.#io.stderr(`error:  invalid response [${line === "" ? "{ENTER}" : letter}]\n`);
    }
  }
}

function* act(sys: Sys, io: Io, letters: ReadonlyMap<string, number>, name: string, members: readonly string[], excluded: readonly string[], directory: string, password: string | undefined, zone: Zone): Blocking<number> {
  const opened = yield* openArchive(sys, "unzip", name, zone);
  if (opened.kind === "failed") {
    yield* io.stderr(opened.text);
    return opened.status;
  }
  const { archive, path } = opened;
  const quiet = letters.get("q") ?? 0;
  if (!letters.has("p") && quiet === 0) io.out.put(`Archive:  ${path}\n`);
  if (archive.comment !== "" && !letters.has("p") && quiet === 0) io.out.put(`${archive.comment}\n`);
  if (letters.has("z")) return 0;
  const ignoreCase = letters.has("C");
  const wanted = members.map((pattern) => ({ pattern, matches: compileFnmatch(pattern, { ignoreCase }), used: false }));
  const unwanted = excluded.map((pattern) => compileFnmatch(pattern, { ignoreCase }));
  const entries = archive.entries.filter((entry) => {
    let keep = wanted.length === 0;
    for (const one of wanted) {
      if (!one.matches(entry.name)) continue;
      one.used = true;
      keep = true;
    }
    return keep && !unwanted.some((matches) => matches(entry.name));
  });
  const missing = wanted.filter((one) => !one.used);
  const complain = function* (): Blocking<number> {
    yield* io.out.flush();
    for (const { pattern } of missing) yield* io.stderr(`caution: filename not matched:  ${pattern}\n`);
    return missing.length > 0 ? 11 : 0;
  };
  if (letters.has("l") || letters.has("v")) {
    io.out.put(letters.has("v") ? longList(entries, zone) : shortList(entries, zone));
    return entries.length === 0 && missing.length > 0 ? 11 : 0;
  }
  const extraction = new Extraction(sys, io, path, letters, directory, password);
  if (letters.has("t")) {
    yield* extraction.test(entries);
    const bad = yield* complain();
    if (extraction.status === 0 && bad === 0 && quiet < 2) io.out.put(members.length === 0 && excluded.length === 0 ? `No errors detected in compressed data of ${path}.\n` : `No errors detected in ${path} for the ${entries.length} ${entries.length === 1 ? "file" : "files"} tested.\n`);
    else if (extraction.status > 0) io.out.put(`At least one error was detected in ${path}.\n`);
    return extraction.status || bad;
  }
  if (letters.has("p") || letters.has("c")) yield* extraction.print(entries, letters.has("c"));
  else yield* extraction.extract(entries);
  const bad = yield* complain();
  return extraction.status || bad;
}

export default program(
  {
    name: "unzip", summary: "unpack a ZIP archive, or list and test what is in it", operands: "files", synopsis: ["[-Z] [-cflptuvz[jnoqCKLX]] file[.zip] [file(s) ...] [-x xfile(s) ...] [-d exdir]"],
    options: [
      flag(["-l"], "list files"), flag(["-v"], "list verbosely"), flag(["-t"], "test"), flag(["-p"], "to standard output"), flag(["-c"], "to standard output with names"), flag(["-z"], "the comment"), flag(["-f"], "freshen existing files"), flag(["-u"], "update files"), flag(["-n"], "never overwrite"), flag(["-o"], "overwrite without asking"),
      flag(["-j"], "no directories"), flag(["-q"], "quiet"), flag(["-C"], "mind no case"), flag(["-L"], "names in lower case"), flag(["-K"], "keep special bits"), flag(["-X"], "restore owners"), flag(["-a"], "text files"), flag(["-Z"], "as zipinfo"), flag(["-x"], "leave out what follows"), text(["-d"], "exdir", "where to"), text(["-P"], "password", "the password"),
    ],
    exitStatuses: [["0", "fine"], ["1", "with warnings"], ["2", "an error in the archive"], ["9", "no archive"], ["11", "no file matched"], ["82", "no file for a wrong password"]],
  },
  function* (sys, argv, io: Io) {
    const words = argv.slice(1);
    if (words[0]?.startsWith("-Z") === true) return yield* zipInfo(sys, io, [...(words[0].length > 2 ? [`-${words[0].slice(2)}`] : []), ...words.slice(1)]);
    const letters = new Map<string, number>();
    const names: string[] = [];
    const excluded: string[] = [];
    let target = names;
    let directory = "";
    let password: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? "";
      if (!word.startsWith("-") || word === "-") {
        target.push(word);
        continue;
      }
      if (word === "--help") {
        io.out.put(USAGE);
        return 0;
      }
      for (let i = 1; i < word.length; i++) {
        const letter = word.charAt(i);
        if (letter === "d" || letter === "P") {
          const value = i + 1 < word.length ? word.slice(i + 1) : words[++at];
          if (value === undefined) {
            yield* io.stderr(letter === "d" ? "error:  must specify directory to which to extract with -d option\n" : "error:  must give decryption password with -P option\n");
            return 10;
          }
          if (letter === "d") directory = value;
          else password = value;
          target = names;
          break;
        }
        if (letter === "x") target = excluded;
        else if ("lvtpczfunojqCLKXahUVMT:^$-".includes(letter)) letters.set(letter, (letters.get(letter) ?? 0) + 1);
        else {
          yield* io.stderr(`error:  -${letter}: unknown option\n`);
          return 10;
        }
      }
    }
    const [name, ...members] = names;
    if (name === undefined) {
      if (letters.has("v")) io.out.put("UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.\n\nLatest sources and executables are at ftp://ftp.info-zip.org/pub/infozip/ ;\nsee ftp://ftp.info-zip.org/pub/infozip/UnZip.html for other sites.\n");
      else io.out.put(USAGE);
      return letters.has("v") || words.length === 0 || letters.has("h") ? 0 : 10;
    }
    if (letters.has("p") && letters.has("l")) return 10;
    return yield* act(sys, io, letters, name, members, excluded, directory, password, yield* readZone(sys));
  },
);
