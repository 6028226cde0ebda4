// xz 5.4.1; called unxz it expands, called xzcat it expands to standard output. The format is in kit/compression/xz-format.ts.
// (More than 400 lines: options and the fate of each file; the format is apart.)

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { chunksOf, replacing } from "../kit/compression/file-compressor.ts";
import { NotXz, packXz, UnsupportedXz, unpackXz, type XzCheck, type XzStream } from "../kit/compression/xz-format.ts";
import { type Call, counted, flag, gnu, type Io, partly, text, unsimulated } from "../kit/gnu.ts";
import { helpText } from "../kit/help-text.ts";
import type { Output } from "../kit/output.ts";

const COMPRESS_STEPS_PER_KIB = 150;
const EXPAND_STEPS_PER_KIB = 60;

const options = {
  compress: flag(["-z", "--compress"], "compress"),
  decompress: flag(["-d", "--decompress", "--uncompress"], "decompress"),
  test: flag(["-t", "--test"], "test compressed files"),
  list: flag(["-l", "--list"], "list what .xz files hold"),
  keep: flag(["-k", "--keep"], "keep the input files"),
  force: flag(["-f", "--force"], "overwrite output files, compress links"),
  stdout: flag(["-c", "--stdout", "--to-stdout"], "write to standard output, keep the input files"),
  level: partly(counted(["-0", "-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9", "--fast", "--best"], "how hard to try; default 6"), "the output is larger than the real xz's"),
  extreme: flag(["-e", "--extreme"], "no effect here"),
  threads: text(["-T", "--threads"], "NUM", "no effect here"),
  suffix: text(["-S", "--suffix"], ".SUF", "use .SUF instead of .xz"),
  format: partly(text(["-F", "--format"], "FMT", "auto, xz"), "lzma and raw are refused"),
  check: text(["-C", "--check"], "CHECK", "none, crc32, crc64 or sha256"),
  ignoreCheck: flag(["--ignore-check"], "no effect here"),
  singleStream: flag(["--single-stream"], "only the first stream"),
  noSparse: flag(["--no-sparse"], "no effect here"),
  memoryLimit: text(["-M", "--memlimit", "--memory"], "LIMIT", "no effect here"),
  lzma2: unsimulated(["--lzma2"], "filter settings", "the filters are fixed", "OPTS"),
  quiet: counted(["-q", "--quiet"], "no warnings; twice: no errors"),
  verbose: counted(["-v", "--verbose"], "say what is done"),
  noWarn: flag(["-Q", "--no-warn"], "warnings do not change the exit status"),
  robot: flag(["--robot"], "messages for programs"),
  help: flag(["-h", "-H", "--help", "--long-help"], "show this help"),
  version: flag(["-V", "--version"], "show the version"),
};

type Chosen = Call<typeof options>["options"];

const command = gnu({
  name: "xz",
  links: ["/usr/bin/unxz", "/usr/bin/xzcat"],
  summary: "compress or decompress .xz files",
  synopsis: ["[OPTION]... [FILE]..."],
  options,
  operands: "files",
  tryLine: (argv0) => `${argv0}: Try \`${argv0} --help' for more information.\n`,
  versionText: "xz (XZ Utils) 5.4.1\nliblzma 5.4.1\n",
  *run({ options: chosen, operands, given, sys }, io: Io) {
    if (chosen.help) {
      io.out.put(helpText(command.declaration, io.argv0, io.helpDomain));
      return 0;
    }
    if (chosen.version) {
      io.out.put("xz (XZ Utils) 5.4.1\nliblzma 5.4.1\n");
      return 0;
    }
    const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    let mode: Mode = /^(unxz|xzcat)$/.test(name) ? "expand" : "compress";
    let level = 6;
    for (const { option, name: word } of given) {
      if (option === "compress") mode = "compress";
      else if (option === "decompress") mode = "expand";
      else if (option === "test") mode = "test";
      else if (option === "list") mode = "list";
      else if (option === "level") level = word === "--fast" ? 0 : word === "--best" ? 9 : Number(word.slice(1));
    }
    if (chosen.format !== undefined && !["auto", "xz"].includes(chosen.format)) {
      if (["lzma", "alone", "raw", "lzip"].includes(chosen.format)) io.die(`--format=${chosen.format} is not simulated here`);
      io.die(`${chosen.format}: Unknown file format type`);
    }
    const check = CHECKS.find((one) => one === (chosen.check ?? "crc64")) ?? io.die(`${chosen.check}: Unsupported integrity check type`);
    const xz = new Xz(io, sys, chosen, mode, level, check, chosen.stdout || name === "xzcat");
    if (operands.length === 0) yield* xz.standard();
    for (const operand of operands) {
      if (operand === "-") yield* xz.standard();
      else yield* xz.file(operand);
    }
    xz.totals();
    return xz.status === 2 && chosen.noWarn ? 0 : xz.status;
  },
});

export default command;

const CHECKS: readonly XzCheck[] = ["none", "crc32", "crc64", "sha256"];

type Mode = "compress" | "expand" | "test" | "list";

interface Counted {
  readonly streams: readonly XzStream[];
  readonly inBytes: number;
  readonly outBytes: number;
}

class Xz {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #chosen: Chosen;
  readonly #mode: Mode;
  readonly #level: number;
  readonly #check: XzCheck;
  readonly #toStdout: boolean;
  readonly #suffix: string;
  readonly #listed: Counted[] = [];
  status = 0;

  constructor(io: Io, sys: Sys, chosen: Chosen, mode: Mode, level: number, check: XzCheck, toStdout: boolean) {
    this.#io = io;
    this.#sys = sys;
    this.#chosen = chosen;
    this.#mode = mode;
    this.#level = level;
    this.#check = check;
    this.#toStdout = toStdout;
    this.#suffix = chosen.suffix ?? ".xz";
  }

  *#error(text: string): Blocking<void> {
    this.status = 1;
    if (this.#chosen.quiet < 2) yield* this.#io.warn(text);
  }

  *#warning(text: string): Blocking<void> {
    if (this.status === 0) this.status = 2;
    if (this.#chosen.quiet < 1) yield* this.#io.warn(text);
  }

  *standard(): Blocking<void> {
    if (this.#mode === "list") {
      yield* this.#error("--list does not support reading from standard input");
      return;
    }
    const direction = this.#mode === "compress" ? "written to" : "read from";
    if (this.#sys.isatty(this.#mode === "compress" ? 1 : 0)) {
      yield* this.#error(`Compressed data cannot be ${direction} a terminal`);
      this.#io.usage();
    }
    if (this.#mode === "compress") yield* this.#pack(0, "(stdin)", this.#io.out);
    else yield* this.#guarded("(stdin)", () => this.#unpack(0, "(stdin)", this.#mode === "test" ? undefined : this.#io.out));
  }

  *file(name: string): Blocking<void> {
    const sys = this.#sys;
    const { force, keep } = this.#chosen;
    const replaces = !this.#toStdout && (this.#mode === "compress" || this.#mode === "expand");
    let facts: Stat;
    let fd: number;
    try {
      facts = replaces && !force ? sys.lstat(name) : sys.stat(name);
      if ((facts.mode & S.IFMT) === S.IFLNK) {
        yield* this.#warning(`${name}: Is a symbolic link, skipping`);
        return;
      }
      fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#error(`${name}: ${error.message}`);
      return;
    }
    try {
      const type = facts.mode & S.IFMT;
      if (type === S.IFDIR) {
        yield* this.#warning(`${name}: Is a directory, skipping`);
        return;
      }
      if (this.#mode === "list") {
        yield* this.#list(fd, name, facts);
        return;
      }
      if (replaces) {
        if (type !== S.IFREG) {
          yield* this.#warning(`${name}: Not a regular file, skipping`);
          return;
        }
        if (!force && !keep && facts.nlink > 1) {
          yield* this.#warning(`${name}: Input file has more than one hard link, skipping`);
          return;
        }
        if (!force && (facts.mode & 0o7000) !== 0) {
          yield* this.#warning(`${name}: File has ${facts.mode & 0o1000 ? "sticky" : "setuid or setgid"} bit set, skipping`);
          return;
        }
        yield* this.#replace(fd, name, facts);
      } else if (this.#mode === "compress") {
        if (sys.isatty(1)) {
          yield* this.#error("Compressed data cannot be written to a terminal");
          return;
        }
        yield* this.#pack(fd, name, this.#io.out);
      } else yield* this.#guarded(name, () => this.#unpack(fd, name, this.#mode === "test" ? undefined : this.#io.out));
    } finally {
      sys.close(fd);
    }
  }

  /** Undefined after a complaint. */
  *#target(name: string): Blocking<string | undefined> {
    if (this.#mode === "compress") {
      for (const suffix of [this.#suffix, ".xz", ".txz"]) {
        if (!name.endsWith(suffix) || name.length === suffix.length) continue;
        yield* this.#warning(`${name}: File already has \`${suffix}' suffix, skipping`);
        return undefined;
      }
      return name + this.#suffix;
    }
    for (const [from, to] of [[this.#suffix, ""], [".xz", ""], [".txz", ".tar"], [".lzma", ""], [".tlz", ".tar"]] as const) {
      if (name.endsWith(from) && name.length > from.length) return name.slice(0, -from.length) + to;
    }
    return undefined;
  }

  *#replace(fd: number, name: string, facts: Stat): Blocking<void> {
    const sys = this.#sys;
    const xz = this;
    const target = yield* this.#target(name);
    if (target === undefined) {
      if (this.#mode === "compress") return;
      // What is no .xz file at all is said before that its name does not end as one.
      const [first] = yield* sys.pread(fd, 1, 0);
      if (first !== 0xfd) yield* this.#error(`${name}: File format not recognized`);
      else yield* this.#warning(`${name}: Filename has an unknown suffix, skipping`);
      return;
    }
    try {
      sys.lstat(target);
      if (!this.#chosen.force) {
        yield* this.#error(`${target}: File exists`);
        return;
      }
      sys.unlink(target);
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "ENOENT") throw error;
    }
    const to = target;
    const finished = yield* this.#guarded(name, function* () {
      yield* replacing(sys, to, facts, function* (out) {
        if (xz.#mode === "compress") yield* xz.#pack(fd, name, out);
        else yield* xz.#unpack(fd, name, out);
      });
      return true;
    });
    if (finished && !this.#chosen.keep) sys.unlink(name);
  }

  *#pack(fd: number, name: string, out: Output): Blocking<void> {
    const sizes = yield* packXz(chunksOf(this.#sys, fd, COMPRESS_STEPS_PER_KIB), (bytes) => out.printBytes(bytes), this.#level, this.#check);
    yield* this.#progress(name, sizes.outBytes, sizes.inBytes);
  }

  *#progress(name: string, packed: number, plain: number): Blocking<void> {
    if (this.#chosen.verbose === 0) return;
    yield* this.#io.stderr(`${name}: ${sizeText(packed)} / ${sizeText(plain)}${plain === 0 ? "" : packed / plain > 9.999 ? " > 9.999" : ` = ${ratioText(packed, plain)}`}\n`);
  }

  /** Says what is wrong with the data; undefined then. */
  *#guarded<T>(name: string, body: () => Blocking<T>): Blocking<T | undefined> {
    try {
      return yield* body();
    } catch (error) {
      if (error instanceof NotXz) yield* this.#error(`${name}: File format not recognized`);
      else if (error instanceof UnsupportedXz) yield* this.#error(`${name}: Unsupported options`);
      else if (error instanceof UnexpectedEnd) yield* this.#error(`${name}: Unexpected end of input`);
      else if (error instanceof CorruptData) yield* this.#error(`${name}: Compressed data is corrupt`);
      else if (error instanceof SysError) yield* this.#error(`${name}: ${error.message}`);
      else throw error;
      return undefined;
    }
  }

  *#unpack(fd: number, name: string, out: Output | undefined): Blocking<Counted> {
    const source = new ByteSource(chunksOf(this.#sys, fd, EXPAND_STEPS_PER_KIB));
    const streams: XzStream[] = [];
    let outBytes = 0;
    const put = function* (bytes: Uint8Array): Blocking<void> {
      outBytes += bytes.length;
      if (out) yield* out.printBytes(bytes);
    };
    if (!(yield* source.fill())) throw new NotXz();
    if (this.#chosen.force && this.#toStdout && out && source.chunk[source.at] !== 0xfd) {
      while (yield* source.fill()) {
        yield* put(source.chunk.subarray(source.at));
        source.at = source.chunk.length;
      }
      return { streams, inBytes: source.position, outBytes };
    }
    for (;;) {
      let stream: XzStream;
      try {
        stream = yield* unpackXz(source, put, streams.length > 0);
      } catch (error) {
        // A second stream that does not begin as one is damage.
        if (error instanceof NotXz && streams.length > 0) throw new CorruptData();
        throw error;
      }
      streams.push(stream);
      if (this.#chosen.singleStream) break;
      while ((yield* source.fill()) && source.chunk[source.at] === 0) {
        source.at++;
        stream.paddingBytes++;
      }
      if (!(yield* source.fill())) break;
      if (stream.paddingBytes % 4 !== 0) throw new CorruptData();
    }
    if (this.#mode !== "list") yield* this.#progress(name, source.position, outBytes);
    return { streams, inBytes: source.position, outBytes };
  }

  *#list(fd: number, name: string, facts: Stat): Blocking<void> {
    if (facts.sizeBytes < 32) {
      yield* this.#error(`${name}: ${facts.sizeBytes === 0 ? "File is empty" : "Too small to be a valid .xz file"}`);
      return;
    }
    const counted = yield* this.#guarded(name, () => this.#unpack(fd, name, undefined));
    if (!counted) return;
    this.#listed.push(counted);
    const out = this.#io.out;
    if (this.#chosen.robot) {
      out.put(`name\t${name}\nfile\t${robotLine(counted)}\n`);
      return;
    }
    if (this.#chosen.verbose > 0) {
      out.put(`${this.#listed.length > 1 ? "\n" : ""}${name} (${this.#listed.length}/${this.#listed.length})\n${verboseList(counted)}`);
      return;
    }
    if (this.#listed.length === 1) this.#io.say("Strms  Blocks   Compressed Uncompressed  Ratio  Check   Filename\n");
    out.put(`${listLine(counted)}${name}\n`);
  }

  totals(): void {
    if (this.#mode !== "list") return;
    const sum: Counted = {
      streams: this.#listed.flatMap((one) => one.streams), inBytes: this.#listed.reduce((total, one) => total + one.inBytes, 0), outBytes: this.#listed.reduce((total, one) => total + one.outBytes, 0),
    };
    if (this.#chosen.robot) this.#io.out.put(`totals\t${robotLine(sum)}\t${this.#listed.length}\n`);
    else if (this.#listed.length > 1 && this.#chosen.verbose === 0) this.#io.out.put(`${"-".repeat(79)}\n${listLine(sum)}${this.#listed.length} files\n`);
  }
}

const blocksOf = (counted: Counted): number => counted.streams.reduce((total, stream) => total + stream.blocks.length, 0);

function checksOf(counted: Counted): string {
  const names = new Set(counted.streams.map((stream) => (stream.check === "none" ? "None" : stream.check === "sha256" ? "SHA-256" : stream.check.toUpperCase())));
  return [...names].join(",");
}

/** 18 B, 6608 B, 164.9 KiB: bytes up to 9999, else one place. */
function sizeText(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value > 9999.9 && unit < 3) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1).replace(/\B(?=(\d{3})+\.)/g, ",")} ${["KiB", "MiB", "GiB", "TiB"][unit]}`;
}

function ratioText(packed: number, plain: number): string {
  if (plain === 0) return "---";
  const ratio = packed / plain;
  return ratio > 9.999 ? "---" : ratio.toFixed(3);
}

function listLine(counted: Counted): string {
  return `${String(counted.streams.length).padStart(5)} ${String(blocksOf(counted)).padStart(7)}  ${sizeText(counted.inBytes).padStart(11)}  ${sizeText(counted.outBytes).padStart(11)}  ${ratioText(counted.inBytes, counted.outBytes).padStart(5)}  ${checksOf(counted).padEnd(7)} `;
}

function robotLine(counted: Counted): string {
  const padding = counted.streams.reduce((total, stream) => total + stream.paddingBytes, 0);
  return [counted.streams.length, blocksOf(counted), counted.inBytes, counted.outBytes, ratioText(counted.inBytes, counted.outBytes), checksOf(counted), padding].join("\t");
}

function verboseList(counted: Counted): string {
  const check = checksOf(counted);
  const exact = (bytes: number) => (bytes < 10_000 ? `${bytes} B` : `${sizeText(bytes)} (${bytes} B)`);
  const padding = counted.streams.reduce((total, stream) => total + stream.paddingBytes, 0);
  const lines = [
    `  Streams:           ${counted.streams.length}`, `  Blocks:            ${blocksOf(counted)}`, `  Compressed size:   ${exact(counted.inBytes)}`,
    `  Uncompressed size: ${exact(counted.outBytes)}`, `  Ratio:             ${ratioText(counted.inBytes, counted.outBytes)}`, `  Check:             ${check}`, `  Stream Padding:    ${exact(padding)}`,
    "  Streams:", "    Stream    Blocks      CompOffset    UncompOffset        CompSize      UncompSize  Ratio  Check      Padding",
  ];
  const blockLines: string[] = [];
  let packedAt = 0;
  let plainAt = 0;
  counted.streams.forEach((stream, index) => {
    const plain = stream.blocks.reduce((total, block) => total + block.plainBytes, 0);
    const column = (value: number | string, width: number) => String(value).padStart(width);
    const name = stream.check === "none" ? "None" : stream.check === "sha256" ? "SHA-256" : stream.check.toUpperCase();
    lines.push(`    ${column(index + 1, 6)} ${column(stream.blocks.length, 9)} ${column(packedAt, 15)} ${column(plainAt, 15)} ${column(stream.packedBytes, 15)} ${column(plain, 15)}  ${ratioText(stream.packedBytes, plain).padStart(5)}  ${name.padEnd(10)} ${column(stream.paddingBytes, 7)}`.replace(/\s+$/, ""));
    let offset = packedAt + 12;
    for (const [at, block] of stream.blocks.entries()) {
      const total = Math.ceil(block.unpaddedBytes / 4) * 4;
      blockLines.push(`    ${column(index + 1, 6)} ${column(at + 1, 9)} ${column(offset, 15)} ${column(plainAt, 15)} ${column(total, 15)} ${column(block.plainBytes, 15)}  ${ratioText(total, block.plainBytes).padStart(5)}  ${name}`);
      offset += total;
      plainAt += block.plainBytes;
    }
    packedAt += stream.packedBytes + stream.paddingBytes;
  });
  if (blockLines.length > 0) lines.push("  Blocks:", "    Stream     Block      CompOffset    UncompOffset       TotalSize      UncompSize  Ratio  Check", ...blockLines);
  return `${lines.join("\n")}\n`;
}
