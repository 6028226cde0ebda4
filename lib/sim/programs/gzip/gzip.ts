// gzip 1.12: files, standard input, listing. The format is in kit/compression/gzip-format.ts.
// (More than 400 lines: one class, whose options, names and statuses each step asks.)

import { type Blocking, O, S, type Stat, SysError } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { chunksOf, replacing } from "../kit/compression/file-compressor.ts";
import { CrcError, type GzipHeader, gunzipMember, gzipMember, LengthError, NotGzip, readGzipHeader } from "../kit/compression/gzip-format.ts";
import { type Call, counted, flag, gnu, type Io, text } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";
import type { Output } from "../kit/output.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";

const level = (digit: number) => flag([`-${digit}`], digit === 1 ? "fastest" : digit === 9 ? "smallest" : `level ${digit}`);

const options = {
  bits: text(["-b", "--bits"], "BITS", "no effect"),
  licence: flag(["-L", "--license"], "print the version and the licence"),
  ascii: flag(["-a", "--ascii"], "no effect on this system"),
  stdout: flag(["-c", "--stdout", "--to-stdout"], "write to standard output, keep the files"),
  decompress: flag(["-d", "--decompress", "--uncompress"], "decompress"),
  force: flag(["-f", "--force"], "overwrite files, compress links, write to a terminal"),
  keep: flag(["-k", "--keep"], "keep the input files"),
  list: flag(["-l", "--list"], "list what compressed files hold"),
  noName: flag(["-n", "--no-name"], "do not keep name and time"),
  name: flag(["-N", "--name"], "keep name and time"),
  quiet: flag(["-q", "--quiet"], "no warnings"),
  recursive: flag(["-r", "--recursive"], "go down into directories"),
  rsyncable: flag(["--rsyncable"], "no effect"),
  synchronous: flag(["--synchronous"], "no effect"),
  suffix: text(["-S", "--suffix"], "SUF", "use SUF instead of .gz"),
  test: flag(["-t", "--test"], "test compressed files"),
  verbose: counted(["-v", "--verbose"], "say what is done"),
  one: flag(["-1", "--fast"], "fastest"),
  two: level(2), three: level(3), four: level(4), five: level(5), six: level(6), seven: level(7), eight: level(8),
  nine: flag(["-9", "--best"], "smallest"),
};

type Options = Call<typeof options>["options"];

const LEVELS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const KNOWN_SUFFIXES = [".gz", "-gz", ".z", "-z", "_z", ".Z"];
const STEPS_PER_KIB = 25;
const WINDOW_BYTES = 32_768;

/** Zeros fill the last block of a tape: when nothing else follows, they are passed over. */
function* onlyZeros(source: ByteSource): Blocking<boolean> {
  if (source.chunk[source.at] !== 0) return false;
  while (yield* source.fill()) {
    while (source.at < source.chunk.length && source.chunk[source.at] === 0) source.at++;
    if (source.at < source.chunk.length) return false;
  }
  return true;
}

export default gnu({
  name: "gzip",
  path: "/bin/gzip",
  project: "gzip",
  versionLetter: "V",
  versionText: "gzip 1.12\nSimulated: same options, messages and results as the real program, own code.\n",
  version: "1.12",
  summary: "compress or expand files",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["FILE becomes FILE.gz, or comes back from it with -d. Without FILE, and for -, data goes from standard input to standard output."],
  options,
  operands: "files",
  exitStatuses: [["0", "success"], ["1", "an error"], ["2", "a warning"]],
  tryLine: (argv0) => `Try \`${argv0} --help' for more information.\n`,
  *run({ options: chosen, operands, given }, io) {
    if (chosen.licence) {
      io.say("gzip 1.12\n");
      return 0;
    }
    let chosenLevel = 6;
    for (const { option } of given) if (LEVELS.includes(option)) chosenLevel = LEVELS.indexOf(option);
    const gzip = new Gzip(io, chosen, chosenLevel);
    if (operands.length === 0) yield* gzip.standard();
    for (const operand of operands) {
      if (operand === "-") yield* gzip.standard();
      else yield* gzip.file(operand);
    }
    if (chosen.list && operands.length > 1) gzip.totals();
    return gzip.status;
  },
});

class Gzip {
  readonly #io: Io;
  readonly #chosen: Options;
  readonly #level: number;
  readonly #suffix: string;
  readonly #expands: boolean;
  status = 0;
  #listed = 0;
  #listedIn = 0;
  #listedOut = 0;
  /** header and trailer of the last archive that was listed */
  #overhead = 0;
  /** files were found in a directory */
  #inside = false;

  constructor(io: Io, chosen: Options, chosenLevel: number) {
    this.#io = io;
    this.#chosen = chosen;
    this.#level = chosenLevel;
    this.#suffix = chosen.suffix ?? ".gz";
    this.#expands = chosen.decompress || chosen.test || chosen.list;
    if (chosen.suffix === "" || (chosen.suffix?.includes("/") ?? false)) io.die(`invalid suffix '${chosen.suffix}'`);
  }

  *#error(text: string): Blocking<void> {
    this.status = 1;
    yield* this.#io.warn(text);
  }

  /** What is wrong with the data comes on a line of its own. */
  *#dataError(text: string): Blocking<void> {
    this.status = 1;
    yield* this.#io.stderr(`\n${this.#io.argv0}: ${text}\n`);
  }

  *#warning(text: string): Blocking<void> {
    if (this.status === 0) this.status = 2;
    if (!this.#chosen.quiet) yield* this.#io.warn(text);
  }

  *standard(): Blocking<void> {
    const io = this.#io;
    const { sys } = io;
    if (!this.#chosen.force && !this.#chosen.list && sys.isatty(this.#expands ? 0 : 1)) {
      yield* io.stderr(`${io.argv0}: compressed data not ${this.#expands ? "read from" : "written to"} a terminal. Use -f to force ${this.#expands ? "de" : ""}compression.\nFor help, type: ${io.argv0} -h\n`);
      this.status = 1;
      return;
    }
    if (this.#expands) {
      yield* this.#expand(0, "stdin", this.#chosen.test || this.#chosen.list ? undefined : io.out, undefined);
      return;
    }
    // The time of a file that stands behind standard input goes along.
    const facts = sys.fstat(0);
    const header: GzipHeader = { name: undefined, mtimeSeconds: (facts.mode & S.IFMT) === S.IFREG && !this.#chosen.noName ? facts.mtimeUs / 1e6 : 0 };
    const sizes = yield* gzipMember(chunksOf(sys, 0, STEPS_PER_KIB), (bytes) => io.out.printBytes(bytes), header, this.#level);
    if (this.#chosen.verbose > 0) yield* io.stderr(`${ratioText(sizes.inBytes, sizes.outBytes - overheadOf(header))}\n`);
  }

  *file(name: string): Blocking<void> {
    const { sys } = this.#io;
    let path = name;
    let facts: Stat;
    try {
      facts = this.#chosen.force || this.#chosen.stdout ? sys.stat(path) : sys.lstat(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      const withSuffix = this.#expands && error.errno === "ENOENT" && !this.#hasSuffix(path) ? path + this.#suffix : undefined;
      try {
        if (withSuffix === undefined) throw error;
        facts = sys.lstat(withSuffix);
        path = withSuffix;
      } catch {
        // The name that was tried last is the one it complains of.
        yield* this.#error(`${withSuffix ?? name}: ${error.message}`);
        return;
      }
    }
    const type = facts.mode & S.IFMT;
    if (type === S.IFDIR) {
      if (!this.#chosen.recursive) {
        yield* this.#warning(`${path} is a directory -- ignored`);
        return;
      }
      const outside = this.#inside;
      this.#inside = true;
      for (const entry of sys.readdir(path)) yield* this.file(`${path.replace(/\/$/, "")}/${entry.name}`);
      this.#inside = outside;
      return;
    }
    if (type !== S.IFREG && !this.#chosen.stdout) {
      if (type === S.IFLNK) yield* this.#error(`${path}: Too many levels of symbolic links`);
      else yield* this.#warning(`${path} is not a directory or a regular file - ignored`);
      return;
    }
    if (!this.#chosen.stdout && !this.#chosen.list && !this.#chosen.test && !this.#chosen.force && facts.nlink > 1) {
      yield* this.#warning(`${path} has ${facts.nlink - 1} other link${facts.nlink > 2 ? "s" : ""} -- file ignored`);
      return;
    }
    if (this.#expands) yield* this.#expandFile(path, facts);
    else yield* this.#compressFile(path, facts);
  }

  #hasSuffix(path: string): boolean {
    return path.endsWith(this.#suffix) || KNOWN_SUFFIXES.some((suffix) => path.toLowerCase().endsWith(suffix.toLowerCase()) && path.length > suffix.length) || /\.(tgz|taz)$/.test(path);
  }

  *#compressFile(path: string, facts: Stat): Blocking<void> {
    const io = this.#io;
    const { sys } = io;
    if (this.#hasSuffix(path) && !this.#chosen.force && !this.#chosen.stdout) {
      const suffix = [this.#suffix, ".tgz", ".taz", ...KNOWN_SUFFIXES].find((one) => path.endsWith(one)) ?? this.#suffix;
      // It does not change the exit status.
      if (this.#chosen.verbose > 0 || (!this.#chosen.quiet && !this.#inside)) yield* io.warn(`${path} already has ${suffix} suffix -- unchanged`);
      return;
    }
    const header: GzipHeader = this.#chosen.noName ? { name: undefined, mtimeSeconds: 0 } : { name: latin1OfText(path.slice(path.lastIndexOf("/") + 1)), mtimeSeconds: facts.mtimeUs / 1e6 };
    let fd: number;
    try {
      fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#error(`${path}: ${error.message}`);
      return;
    }
    const level = this.#level;
    if (this.#chosen.stdout) {
      const sizes = yield* gzipMember(chunksOf(sys, fd, STEPS_PER_KIB), (bytes) => io.out.printBytes(bytes), header, level);
      sys.close(fd);
      if (this.#chosen.verbose > 0) yield* io.stderr(`${path}:\t${ratioText(sizes.inBytes, sizes.outBytes - overheadOf(header))} -- replaced with stdout\n`);
      return;
    }
    const target = path + this.#suffix;
    if (!(yield* this.#mayWrite(target))) {
      sys.close(fd);
      return;
    }
    try {
      const sizes = yield* replacing(sys, target, facts, (out) => gzipMember(chunksOf(sys, fd, STEPS_PER_KIB), (bytes) => out.printBytes(bytes), header, level));
      sys.close(fd);
      if (!this.#chosen.keep) sys.unlink(path);
      if (this.#chosen.verbose > 0) yield* io.stderr(`${path}:\t${ratioText(sizes.inBytes, sizes.outBytes - overheadOf(header))} -- ${this.#chosen.keep ? "created" : "replaced with"} ${target}\n`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#error(`${target}: ${error.message}`);
    }
  }

  /** Asks before an existing file is overwritten. */
  *#mayWrite(target: string): Blocking<boolean> {
    const io = this.#io;
    const { sys } = io;
    try {
      sys.lstat(target);
    } catch (error) {
      if (error instanceof SysError && error.errno === "ENOENT") return true;
      throw error;
    }
    if (!this.#chosen.force) {
      yield* io.stderr(`${io.argv0}: ${target} already exists;`);
      const answers = sys.isatty(0);
      if (answers) yield* io.stderr(" do you wish to overwrite (y or n)? ");
      const answer = answers ? ((yield* io.stdin.line()) ?? "") : "";
      if (!/^[yY]/.test(answer)) {
        yield* io.stderr("\tnot overwritten\n");
        this.status = 2;
        return false;
      }
    }
    sys.unlink(target);
    return true;
  }

  *#expandFile(path: string, facts: Stat): Blocking<void> {
    const io = this.#io;
    const { sys } = io;
    const suffix = [this.#suffix, ...KNOWN_SUFFIXES].find((one) => path.length > one.length && path.toLowerCase().endsWith(one.toLowerCase()));
    let target = suffix !== undefined ? path.slice(0, -suffix.length) : /\.(tgz|taz)$/.test(path) ? path.replace(/\.t[ag]z$/, ".tar") : undefined;
    if (target === undefined) {
      if (this.#chosen.stdout || this.#chosen.test || this.#chosen.list) target = path;
      else {
        if (this.#chosen.verbose > 0 || (!this.#chosen.recursive && !this.#chosen.quiet)) yield* this.#warning(`${path}: unknown suffix -- ignored`);
        return;
      }
    }
    let fd: number;
    try {
      fd = yield* sys.open(path, O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#error(`${path}: ${error.message}`);
      return;
    }
    try {
      if (this.#chosen.list || this.#chosen.test || this.#chosen.stdout) {
        const ok = yield* this.#expand(fd, path, this.#chosen.stdout && !this.#chosen.test && !this.#chosen.list ? io.out : undefined, facts);
        if (ok && this.#chosen.test && this.#chosen.verbose > 0) yield* io.stderr(`${path}:\t OK\n`);
        return;
      }
      if (this.#chosen.name) {
        try {
          const header = yield* readGzipHeader(new ByteSource(chunksOf(sys, fd, 1)));
          if (header.name) target = path.slice(0, path.lastIndexOf("/") + 1) + textOfLatin1(header.name).replace(/^.*\//, "");
        } catch (error) {
          if (!(error instanceof NotGzip) && !(error instanceof UnexpectedEnd)) throw error;
        }
        sys.lseek(fd, 0, "set");
      }
      if (!(yield* this.#mayWrite(target))) return;
      const to = target;
      const done = yield* this.#guarded(path, () => replacing(sys, to, facts, (out) => this.#members(fd, path, out)));
      if (!done) return;
      if (!this.#chosen.keep) sys.unlink(path);
      if (this.#chosen.verbose > 0) yield* io.stderr(`${path}:\t${ratioText(done.outBytes, facts.sizeBytes - overheadOf(done.header))} -- ${this.#chosen.keep ? "created" : "replaced with"} ${target}\n`);
    } finally {
      sys.close(fd);
    }
  }

  /** Says what is wrong with the data; undefined then. */
  *#guarded<T>(name: string, body: () => Blocking<T>): Blocking<T | undefined> {
    try {
      return yield* body();
    } catch (error) {
      if (this.#chosen.verbose > 0 && this.#expands && !this.#chosen.list && error instanceof Error && !(error instanceof SysError) && !(error instanceof NotGzip)) yield* this.#io.stderr(`${name}:\t`);
      if (error instanceof NotGzip) yield* this.#dataError(`${name}: not in gzip format`);
      else if (error instanceof UnexpectedEnd) yield* this.#dataError(`${name}: unexpected end of file`);
      else if (error instanceof CrcError) {
        yield* this.#dataError(`${name}: invalid compressed data--crc error`);
        if (error.lengthDiffers) yield* this.#dataError(`${name}: invalid compressed data--length error`);
      } else if (error instanceof LengthError) yield* this.#dataError(`${name}: invalid compressed data--length error`);
      else if (error instanceof CorruptData) yield* this.#dataError(`${name}: invalid compressed data--format violated`);
      else if (error instanceof SysError) yield* this.#error(`${name}: ${error.message}`);
      else throw error;
      return undefined;
    }
  }

  *#expand(fd: number, name: string, out: Output | undefined, facts: Stat | undefined): Blocking<boolean> {
    const done = yield* this.#guarded(name, () => this.#members(fd, name, out));
    if (!done) {
      this.#overhead = 0;
      return false;
    }
    if (this.#chosen.list) yield* this.#listLine(name, facts?.sizeBytes ?? done.inBytes, done);
    return true;
  }

  /** All members, one behind the other. With -f and -c what is no gzip data passes as it is. */
  *#members(fd: number, name: string, out: Output | undefined): Blocking<{ readonly outBytes: number; readonly inBytes: number; readonly crc: number; readonly header: GzipHeader }> {
    const { sys } = this.#io;
    const source = new ByteSource(chunksOf(sys, fd, STEPS_PER_KIB >> 2));
    let outBytes = 0;
    let crc = 0;
    let first: GzipHeader | undefined;
    // What stands in its window of 32 KiB is not written when the data turn out to be damaged.
    const pending: Uint8Array[] = [];
    let waiting = 0;
    const put = function* (bytes: Uint8Array): Blocking<void> {
      if (!out) return;
      pending.push(bytes.slice());
      waiting += bytes.length;
      if (waiting >= WINDOW_BYTES) yield* release();
    };
    const release = function* (): Blocking<void> {
      for (const bytes of pending.splice(0)) if (out) yield* out.printBytes(bytes);
      waiting = 0;
    };
    while (yield* source.fill()) {
      if (first && (yield* onlyZeros(source))) break;
      if (this.#chosen.force && this.#chosen.stdout && !first && (source.chunk[source.at] !== 0x1f || source.chunk[source.at + 1] !== 0x8b)) {
        while (yield* source.fill()) {
          yield* put(source.chunk.subarray(source.at));
          source.at = source.chunk.length;
        }
        break;
      }
      let header: GzipHeader;
      try {
        header = yield* readGzipHeader(source);
      } catch (error) {
        if (first && (error instanceof NotGzip || error instanceof UnexpectedEnd)) {
          if (this.status === 0) this.status = 2;
          if (!this.#chosen.quiet) yield* this.#io.stderr(`\n${this.#io.argv0}: ${name}: decompression OK, trailing garbage ignored\n`);
          break;
        }
        throw error;
      }
      first ??= header;
      let member: { readonly outBytes: number; readonly crc: number };
      try {
        member = yield* gunzipMember(source, put);
      } catch (error) {
        if (!(error instanceof CorruptData) || error instanceof CrcError || error instanceof LengthError) yield* release();
        throw error;
      }
      // The list shows what the last trailer says.
      outBytes = this.#chosen.list ? member.outBytes : outBytes + member.outBytes;
      crc = member.crc;
    }
    yield* release();
    if (!first && !(this.#chosen.force && this.#chosen.stdout)) throw new UnexpectedEnd();
    return { outBytes, inBytes: source.position, crc, header: first ?? { name: undefined, mtimeSeconds: 0 } };
  }

  *#listLine(path: string, compressed: number, done: { readonly outBytes: number; readonly crc: number; readonly header: GzipHeader }): Blocking<void> {
    const { out, sys } = this.#io;
    const verbose = this.#chosen.verbose > 0;
    if (this.#listed === 0 && !this.#chosen.quiet) out.put(`${verbose ? "method  crc     date  time  " : ""}         compressed        uncompressed  ratio uncompressed_name\n`);
    this.#listed++;
    this.#listedIn += done.outBytes;
    this.#listedOut += compressed;
    if (verbose) {
      const zone = yield* readZone(sys);
      out.put(`defla ${done.crc.toString(16).padStart(8, "0")} ${strftime("%b %e %H:%M", civilAt(zone, done.header.mtimeSeconds))} `);
    }
    const name = this.#chosen.name && done.header.name ? textOfLatin1(done.header.name) : path === "stdin" ? "stdout" : path.replace(/(\.gz|-gz|\.z|-z|_z|\.Z)$/, "").replace(/\.t[ag]z$/, ".tar");
    const overhead = overheadOf(done.header);
    this.#overhead = overhead;
    out.put(`${String(compressed).padStart(19)} ${String(done.outBytes).padStart(19)} ${ratioText(done.outBytes, compressed - overhead)} ${name}\n`);
  }

  totals(): void {
    if (this.#listedIn === 0) return;
    const { out } = this.#io;
    out.put(`${this.#chosen.verbose > 0 ? " ".repeat(28) : ""}${String(this.#listedOut).padStart(19)} ${String(this.#listedIn).padStart(19)} ${ratioText(this.#listedIn, this.#listedOut - this.#overhead)} (totals)\n`);
  }
}

/** How much smaller: " 45.5%". */
/** Header and trailer, which no ratio counts. */
function overheadOf(header: GzipHeader): number {
  return 18 + (header.name === undefined ? 0 : header.name.length + 1);
}

function ratioText(plain: number, compressed: number): string {
  const ratio = plain === 0 ? 0 : (100 * (plain - compressed)) / plain;
  return `${ratio.toFixed(1).padStart(5)}%`;
}
