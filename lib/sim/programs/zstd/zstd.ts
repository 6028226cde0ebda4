// zstd 1.5.4; called unzstd it expands, called zstdcat it expands to standard output. The format is in kit/compression/zstd-format.ts. Options may be
// bundled with levels (-19f), so the program reads them itself.
// (More than 400 lines: options and the fate of each file; the format is apart.)

import { optionHelp } from "../kit/help-text.ts";
import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { chunksOf, replacing } from "../kit/compression/file-compressor.ts";
import { NotZstd, packZstd, unpackZstd, WindowTooLarge, type ZstdFrame, ZstdSumError } from "../kit/compression/zstd-format.ts";
import type { Output } from "../kit/output.ts";
import { counted, flag, type Io, partly, program, text, unsimulated } from "../kit/program.ts";

const BANNER = "*** Zstandard CLI (64-bit) v1.5.4, by Yann Collet ***\n";
const COMPRESS_STEPS_PER_KIB = 60;
const EXPAND_STEPS_PER_KIB = 20;
const SUFFIXES = [[".zst", ""], [".tzst", ".tar"]] as const;

const OPTIONS = [
  flag(["-d", "--decompress"], "decompress"), flag(["-z", "--compress"], "compress"), flag(["-t", "--test"], "test compressed files"), flag(["-l", "--list"], "list what .zst files hold"), flag(["-c", "--stdout"], "write to standard output, keep the input files"),
  text(["-o"], "OUTPUT", "write to this file"), flag(["-f", "--force"], "overwrite, compress links"), flag(["-k", "--keep"], "keep the input files (default)"), flag(["--rm"], "remove the input files"), flag(["-r"], "work on directories too"),
  partly(counted(["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9", "--fast", "--ultra"], "how hard to try, to 19; default 3"), "the output is larger than the real zstd's at high levels"), text(["-T", "--threads"], "NUM", "no effect here"), flag(["--long"], "no effect here"),
  flag(["--check", "--no-check", "-C"], "with or without a checksum (default: with)"), flag(["-q", "--quiet"], "less is said"), flag(["-v", "--verbose"], "more is said"), unsimulated(["-D"], "use a dictionary", "there are no dictionaries", "DICT"),
  flag(["-h", "-H", "--help"], "show this help"), flag(["-V", "--version"], "display the version"),
];

interface Settings {
  mode: "compress" | "expand" | "test" | "list";
  level: number;
  stdout: boolean;
  output: string | undefined;
  force: boolean;
  remove: boolean;
  recursive: boolean;
  sum: boolean;
  noise: number;
  readonly files: string[];
}

function helpText(): string {
  return "Compresses or decompresses the INPUT files; reads standard input when INPUT is `-` or not given.\n\nUsage: zstd [OPTIONS...] [INPUT... | -] [-o OUTPUT]\n\nOptions:\n" +
    OPTIONS.map((option) => `  ${`${option.names.join(", ").slice(0, 28)}${option.argument === undefined ? "" : ` ${option.argument}`}`.padEnd(30)}${optionHelp(option)}\n`).join("");
}

class BadParameters extends Error {}

class ShortHeader extends UnexpectedEnd {}

function readOptions(argv: readonly string[], name: string): Settings | "help" | "version" {
  const settings: Settings = { mode: /^unzstd|^zstdcat/.test(name) ? "expand" : "compress", level: 3, stdout: name === "zstdcat", output: undefined, force: name === "zstdcat", remove: false, recursive: false, sum: true, noise: 2, files: [] };
  const value = (words: readonly string[], at: number): string => words[at] ?? (() => {
    throw new BadParameters("error: missing command argument \n");
  })();
  let done = false;
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (done || !word.startsWith("-") || word === "-") {
      settings.files.push(word);
      continue;
    }
    if (word === "--") done = true;
    else if (word.startsWith("--")) {
      const [long = "", given] = word.split("=");
      if (long === "--decompress" || long === "--uncompress") settings.mode = "expand";
      else if (long === "--compress") settings.mode = "compress";
      else if (long === "--test") settings.mode = "test";
      else if (long === "--list") settings.mode = "list";
      else if (long === "--stdout") settings.stdout = true;
      else if (long === "--force") settings.force = true;
      else if (long === "--keep") settings.remove = false;
      else if (long === "--rm") settings.remove = true;
      else if (long === "--quiet") settings.noise--;
      else if (long === "--verbose") settings.noise++;
      else if (long === "--check") settings.sum = true;
      else if (long === "--no-check") settings.sum = false;
      else if (long === "--fast") settings.level = -Number(given ?? 1);
      else if (long === "--output-dir-flat" || long === "--threads" || long === "--memory") {
        if (given === undefined) value(argv, ++i);
      } else if (long === "--help") return "help";
      else if (long === "--version") return "version";
      else if (!["--long", "--ultra", "--no-progress", "--progress", "--sparse", "--no-sparse", "--single-thread", "--adapt", "--rsyncable", "--content-size", "--no-content-size", "--auto-threads", "--max", "--no-dictID"].includes(long)) throw new BadParameters(`Incorrect parameters \n${helpText()}\n`);
    } else {
      let letters = word.slice(1);
      while (letters !== "") {
        const level = /^\d+/.exec(letters)?.[0];
        if (level !== undefined) {
          settings.level = Number(level);
          letters = letters.slice(level.length);
          continue;
        }
        const letter = letters.charAt(0);
        letters = letters.slice(1);
        if (letter === "d") settings.mode = "expand";
        else if (letter === "z") settings.mode = "compress";
        else if (letter === "t") settings.mode = "test";
        else if (letter === "l") settings.mode = "list";
        else if (letter === "c") settings.stdout = true;
        else if (letter === "f") settings.force = true;
        else if (letter === "k") settings.remove = false;
        else if (letter === "r") settings.recursive = true;
        else if (letter === "C") settings.sum = true;
        else if (letter === "q") settings.noise--;
        else if (letter === "v") settings.noise++;
        else if (letter === "h" || letter === "H") return "help";
        else if (letter === "V") return "version";
        else if (letter === "o" || letter === "D" || letter === "T" || letter === "M" || letter === "B") {
          const given = letters !== "" ? letters : value(argv, ++i);
          letters = "";
          if (letter === "o") settings.output = given;
          if (letter === "D") throw new BadParameters("zstd: dictionaries are not simulated on this machine\n");
        } else throw new BadParameters(`Incorrect parameters \n${helpText()}\n`);
      }
    }
  }
  return settings;
}

/** As UTIL_makeHumanReadableSize: three digits at most. */
function human(bytes: number): readonly [number: string, unit: string] {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return [value.toFixed(digits), ["B", "KiB", "MiB", "GiB", "TiB"][unit] ?? "B"];
}

const sized = (bytes: number): string => `${human(bytes)[0].padStart(6)} ${human(bytes)[1]}`;

const listed = (bytes: number, width: number): string => `${human(bytes)[0].padStart(width)} ${human(bytes)[1].padStart(3)}`;

export default program({
  name: "zstd",
  links: ["/usr/bin/unzstd", "/usr/bin/zstdcat", "/usr/bin/zstdmt"],
  summary: "compress files by Zstandard, or decompress .zst files",
  synopsis: ["[OPTIONS...] [INPUT... | -] [-o OUTPUT]"],
  options: OPTIONS,
  operands: "files",
}, function* (sys, argv, io) {
  const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
  let settings: ReturnType<typeof readOptions>;
  try {
    settings = readOptions(argv, name);
  } catch (error) {
    if (!(error instanceof BadParameters)) throw error;
    yield* io.stderr(error.message);
    return 1;
  }
  if (settings === "help" || settings === "version") {
    yield* io.out.print(settings === "help" ? helpText() : BANNER);
    return 0;
  }
  const zstd = new Zstd(io, sys, settings);
  yield* zstd.run();
  return zstd.status;
});

class Zstd {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #totals = { files: 0, inBytes: 0, outBytes: 0 };
  readonly #listed: { readonly frames: number; readonly skips: number; readonly packed: number; readonly plain: number | undefined; readonly check: string; readonly name: string }[] = [];
  status = 0;

  constructor(io: Io, sys: Sys, settings: Settings) {
    this.#io = io;
    this.#sys = sys;
    this.#settings = settings;
  }

  *#say(noise: number, words: string): Blocking<void> {
    if (this.#settings.noise >= noise) yield* this.#io.stderr(words);
  }

  *#fail(words: string): Blocking<void> {
    this.status = 1;
    yield* this.#say(1, words);
  }

  *run(): Blocking<void> {
    const settings = this.#settings;
    if (settings.noise > 2) yield* this.#io.stderr(BANNER);
    if (settings.files.length === 0 || (settings.files.length === 1 && settings.files[0] === "-")) return yield* this.#standard();
    const files: string[] = [];
    for (const file of settings.files) yield* this.#collect(file, files, true);
    if (files.length > 1 && settings.noise === 2 && settings.mode !== "list") settings.noise = 1.5;
    if (settings.mode === "list") this.#io.out.put(settings.noise > 2 ? "" : "Frames  Skips  Compressed  Uncompressed  Ratio  Check  Filename\n");
    for (const file of files) {
      if (settings.mode === "list") yield* this.#list(file);
      else yield* this.#file(file);
    }
    const { files: count, inBytes, outBytes } = this.#totals;
    if (settings.mode === "list" && this.#listed.length > 1) this.#listTotals();
    if (files.length <= 1 || settings.noise < 1.5 || count < 1 || settings.mode === "list") return;
    if (settings.mode === "compress") yield* this.#io.stderr(`${String(count).padStart(3)} files compressed :${inBytes > 0 ? `${((outBytes / inBytes) * 100).toFixed(2).padStart(6)}%` : ""} (${sized(inBytes)} => ${sized(outBytes)})\n`);
    else yield* this.#io.stderr(`${count} files decompressed : ${String(outBytes).padStart(6)} bytes total \n`);
  }

  *#collect(file: string, into: string[], top: boolean): Blocking<void> {
    const sys = this.#sys;
    let facts: Stat;
    try {
      facts = sys.stat(file);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#fail(`zstd: can't stat ${file} : ${error.message} -- ignored \n`);
      return;
    }
    if ((facts.mode & S.IFMT) !== S.IFDIR) {
      if (top || (facts.mode & S.IFMT) === S.IFREG) into.push(file);
      return;
    }
    if (!this.#settings.recursive) {
      yield* this.#fail(`zstd: ${file} is a directory -- ignored \n`);
      return;
    }
    for (const entry of sys.readdir(file)) if (entry.name !== "." && entry.name !== "..") yield* this.#collect(`${file.replace(/\/$/, "")}/${entry.name}`, into, false);
  }

  *#standard(): Blocking<void> {
    const settings = this.#settings;
    const out = this.#io.out;
    const target = settings.output;
    if (settings.mode === "compress" && target === undefined && this.#sys.isatty(1)) return yield* this.#fail("stdout is a console, aborting\n");
    if (target !== undefined) {
      const to = yield* this.#makeable(target);
      if (!to) return;
      const now = { ...this.#sys.fstat(0), mode: S.IFREG | 0o644 };
      yield* this.#guarded("/*stdin*\\", () => replacing(this.#sys, target, now, (file) => this.#copy(0, "/*stdin*\\", target, file, undefined, false)));
      return;
    }
    yield* this.#guarded("/*stdin*\\", () => this.#copy(0, "/*stdin*\\", "/*stdout*\\", settings.mode === "test" ? undefined : out, undefined, true));
  }

  /** Asks before a file is written over. */
  *#makeable(target: string): Blocking<boolean> {
    try {
      this.#sys.lstat(target);
    } catch (error) {
      if (error instanceof SysError && error.errno === "ENOENT") return true;
      throw error;
    }
    if (!this.#settings.force) {
      if (this.#settings.noise < 1.5) {
        yield* this.#fail(`zstd: ${target} already exists; not overwritten  \n`);
        return false;
      }
      yield* this.#io.stderr(`zstd: ${target} already exists; overwrite (y/n) ? `);
      const [line = ""] = yield* this.#io.stdin.lines();
      if (!/^[yY]/.test(line)) {
        yield* this.#fail("Not overwritten  \n \n");
        return false;
      }
    }
    this.#sys.unlink(target);
    return true;
  }

  *#file(name: string): Blocking<void> {
    const settings = this.#settings;
    const sys = this.#sys;
    let fd: number;
    let facts: Stat;
    try {
      fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
      facts = sys.fstat(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#fail(`zstd: ${name}: ${error.message} \n`);
    }
    try {
      if (settings.stdout || settings.mode === "test") {
        yield* this.#guarded(name, () => this.#copy(fd, name, "/*stdout*\\", settings.mode === "test" ? undefined : this.#io.out, facts.sizeBytes, settings.stdout));
        return;
      }
      let target = settings.output;
      if (target === undefined) {
        if (settings.mode === "compress") target = `${name}.zst`;
        else {
          const found = SUFFIXES.find(([suffix]) => name.endsWith(suffix) && name.length > suffix.length);
          if (!found) return yield* this.#fail(`zstd: ${name}: unknown suffix (.zst/.tzst/.gz/.tgz/.lzma/.xz/.txz/.lz4/.tlz4 expected). Can't derive the output file name. Specify it with -o dstFileName. Ignoring.\n`);
          target = name.slice(0, -found[0].length) + found[1];
        }
      }
      const to = target;
      if (!(yield* this.#makeable(to))) return;
      const copy = (out: Output): Blocking<void> => this.#copy(fd, name, to, out, facts.sizeBytes, false);
      const finished = yield* this.#guarded(name, function* () {
        yield* replacing(sys, to, facts, copy);
        return true;
      });
      if (finished && settings.remove) sys.unlink(name);
    } finally {
      sys.close(fd);
    }
  }

  *#copy(fd: number, name: string, target: string, out: Output | undefined, size: number | undefined, quiet: boolean): Blocking<void> {
    const settings = this.#settings;
    if (settings.mode === "compress" && out) {
      const { inBytes, outBytes } = yield* packZstd(chunksOf(this.#sys, fd, COMPRESS_STEPS_PER_KIB), (bytes) => out.printBytes(bytes), settings.level, size, settings.sum);
      this.#count(inBytes, outBytes);
      if (quiet && settings.noise < 3) return;
      yield* this.#say(2, `${name.padEnd(20)} :${inBytes > 0 ? `${((outBytes / inBytes) * 100).toFixed(2).padStart(6)}%   ` : "  "}(${sized(inBytes)} => ${sized(outBytes)}, ${target}) \n`);
      return;
    }
    const source = new ByteSource(chunksOf(this.#sys, fd, EXPAND_STEPS_PER_KIB));
    let outBytes = 0;
    let frames = 0;
    while (yield* source.fill()) {
      if (settings.force && settings.stdout && out && frames === 0 && source.chunk[source.at] !== 0x28) {
        while (yield* source.fill()) {
          yield* out.printBytes(source.chunk.subarray(source.at));
          source.at = source.chunk.length;
        }
        return;
      }
      const before = source.position;
      try {
        yield* unpackZstd(source, function* (bytes) {
          outBytes += bytes.length;
          if (out) yield* out.printBytes(bytes);
        });
      } catch (error) {
        if (error instanceof UnexpectedEnd && source.position - before < 5) throw new ShortHeader();
        throw error;
      }
      frames++;
    }
    if (frames === 0) throw new UnexpectedEnd();
    this.#count(source.position, outBytes);
    if (quiet && settings.noise < 3) return;
    yield* this.#say(2, `${name.padEnd(20)}: ${outBytes} bytes \n`);
  }

  #count(inBytes: number, outBytes: number): void {
    this.#totals.files++;
    this.#totals.inBytes += inBytes;
    this.#totals.outBytes += outBytes;
  }

  /** Says what is wrong with the data; undefined then. */
  *#guarded<T>(name: string, body: () => Blocking<T>): Blocking<T | undefined> {
    try {
      return yield* body();
    } catch (error) {
      // What is too short for a header is told from what has another one.
      if (error instanceof ShortHeader) yield* this.#fail(`zstd: ${name}: unknown header \n`);
      else if (error instanceof NotZstd) yield* this.#fail(`zstd: ${name}: unsupported format \n`);
      else if (error instanceof UnexpectedEnd) yield* this.#fail(`${name} : Read error (39) : premature end \n`);
      else if (error instanceof ZstdSumError) yield* this.#fail(`${name} : Decoding error (36) : Restored data doesn't match checksum \n`);
      else if (error instanceof WindowTooLarge) yield* this.#fail(`${name} : Decoding error (36) : Frame requires too much memory for decoding \n`);
      else if (error instanceof CorruptData) yield* this.#fail(`${name} : Decoding error (36) : Data corruption detected \n`);
      else if (error instanceof SysError) yield* this.#fail(`zstd: ${name}: ${error.message} \n`);
      else throw error;
      return undefined;
    }
  }

  *#list(name: string): Blocking<void> {
    const fd = yield* this.#sys.open(name, O.RDONLY | O.CLOEXEC);
    const source = new ByteSource(chunksOf(this.#sys, fd, EXPAND_STEPS_PER_KIB));
    const frames: ZstdFrame[] = [];
    let plain = 0;
    let known = true;
    try {
      while (yield* source.fill()) {
        const frame = yield* unpackZstd(source, function* () {});
        frames.push(frame);
        if (frame.contentBytes === undefined) known = false;
        plain += frame.contentBytes ?? 0;
      }
    } catch (error) {
      if (!(error instanceof CorruptData) && !(error instanceof UnexpectedEnd)) throw error;
      this.status = 1;
      if (error instanceof NotZstd) this.#io.out.put(`File "${name}" not compressed by zstd \n`);
      else yield* this.#say(1, `Error while parsing "${name}" \n`);
      return;
    } finally {
      this.#sys.close(fd);
    }
    const [frame] = frames;
    const packed = source.position;
    const check = frames.every((one) => one.sum === undefined) ? "None" : "XXH64";
    const row = { frames: frames.length, skips: frames.filter((one) => one.skipped).length, packed, plain: known ? plain : undefined, check, name };
    this.#listed.push(row);
    if (this.#settings.noise > 2) {
      const [size, unit] = human(packed);
      this.#io.out.put(`${name} \n# Zstandard Frames: ${row.frames - row.skips}\n${row.skips > 0 ? `# Skippable Frames: ${row.skips}\n` : ""}DictID: ${frame?.dictionaryId ?? 0}\nWindow Size: ${human(frame?.windowBytes ?? 0).join(" ")} (${frame?.windowBytes ?? 0} B)\nCompressed Size: ${size} ${unit} (${packed} B)\n` +
        (known ? `Decompressed Size: ${human(plain).join(" ")} (${plain} B)\nRatio: ${(plain / packed).toFixed(4)}\n` : "") + `Check: ${check}${frame?.sum === undefined ? "" : ` ${frame.sum}`}\n\n`);
      return;
    }
    this.#io.out.put(`${this.#line(row)}  ${name}\n`);
  }

  #line(row: { readonly frames: number; readonly skips: number; readonly packed: number; readonly plain: number | undefined; readonly check: string }): string {
    const front = `${String(row.frames - row.skips).padStart(6)}  ${String(row.skips).padStart(5)}  ${listed(row.packed, 6)}`;
    return row.plain === undefined ? `${front}                       ${row.check.padStart(5)}` : `${front}  ${listed(row.plain, 8)}  ${(row.plain / row.packed).toFixed(3).padStart(5)}  ${row.check.padStart(5)}`;
  }

  #listTotals(): void {
    const rows = this.#listed;
    const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
    const total = { frames: sum((row) => row.frames), skips: sum((row) => row.skips), packed: sum((row) => row.packed), plain: rows.some((row) => row.plain === undefined) ? undefined : sum((row) => row.plain ?? 0), check: rows[0]?.check ?? "" };
    this.#io.out.put(`----------------------------------------------------------------- \n${this.#line(total)}  ${rows.length} files\n`);
  }
}
