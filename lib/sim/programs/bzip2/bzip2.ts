// bzip2 1.0.8; called bunzip2 it expands, called bzcat it expands to standard output. The format is in kit/compression/bzip2-format.ts.

import { type Blocking, O, S, type Stat, type Sys, SysError } from "../../kernel/sys.ts";
import { Bzip2Compressor, bunzip2Stream, BlockSumError, NotBzip2 } from "../kit/compression/bzip2-format.ts";
import { ByteSource, CorruptData, UnexpectedEnd } from "../kit/compression/byte-source.ts";
import { chunksOf, replacing } from "../kit/compression/file-compressor.ts";
import type { Output } from "../kit/output.ts";
import { counted, flag, type Io, program } from "../kit/program.ts";

const COMPRESS_STEPS_PER_KIB = 120;
const EXPAND_STEPS_PER_KIB = 40;
const SUFFIXES = [[".bz2", ""], [".bz", ""], [".tbz2", ".tar"], [".tbz", ".tar"]] as const;

const options = [
  flag(["-h", "--help"], "show the flags"),
  flag(["-d", "--decompress"], "decompress"),
  flag(["-z", "--compress"], "compress"),
  flag(["-k", "--keep"], "keep the input files"),
  flag(["-f", "--force"], "overwrite output files"),
  flag(["-t", "--test"], "test compressed files"),
  flag(["-c", "--stdout"], "write to standard output"),
  flag(["-q", "--quiet"], "only important messages"),
  counted(["-v", "--verbose"], "say what is done"),
  flag(["-L", "--license"], "show the version"),
  flag(["-V", "--version"], "show the version"),
  flag(["-s", "--small"], "no effect here"),
  flag(["-1", "--fast"], "blocks of 100 kB (so up to -9)"),
  flag(["-9", "--best"], "blocks of 900 kB"),
];

const VERSION = "bzip2, a block-sorting file compressor.  Version 1.0.8, 13-Jul-2019.\n";

const usage = (argv0: string): string => `${VERSION}
   usage: ${argv0} [flags and input files in any order]

${options.map((option) => `   ${option.names.join(" ").padEnd(19)} ${option.help}\n`).join("")}
   Called bunzip2 it decompresses, called bzcat it decompresses to standard
   output. Without file names it works from standard input to standard output.

`;

class Bad extends Error {}

interface Settings {
  mode: "compress" | "expand" | "test";
  toStdout: boolean;
  force: boolean;
  keep: boolean;
  quiet: boolean;
  verbose: number;
  level: number;
}

export default program(
  {
    name: "bzip2",
    path: "/bin/bzip2",
    links: ["/bin/bunzip2", "/bin/bzcat"],
    summary: "compress files (bzip2)",
    synopsis: ["[FLAG]... [FILE]..."],
    options,
  },
  function* (sys, argv, io) {
    const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
    const settings: Settings = {
      mode: /unz|UNZ/.test(name) ? "expand" : "compress", toStdout: false, force: false, keep: false, quiet: false, verbose: 0, level: 9,
    };
    if (/z2?cat|Z2?CAT/.test(name)) {
      settings.mode = "expand";
      settings.toStdout = true;
    }
    const files: string[] = [];
    try {
      if (readArguments(argv.slice(1), settings, files) === "version") {
        yield* io.stderr(`${VERSION}   \n   The real program is free software of Julian Seward; this one imitates it.\n   \n`);
        return 0;
      }
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      if (error.message !== "") {
        yield* io.stderr(`${io.argv0}: Bad flag \`${error.message}'\n`);
        yield* io.stderr(usage(io.argv0));
        return 1;
      }
      yield* io.stderr(usage(io.argv0));
      return 0;
    }
    return yield* new Bzip2(io, sys, settings, files).run();
  },
);

/** Throws Bad with the flag, with nothing for --help. */
function readArguments(words: readonly string[], settings: Settings, files: string[]): "version" | undefined {
  let flags = true;
  let version = false;
  const one = (letter: string, whole: string): void => {
    if (letter === "d" || letter === "z" || letter === "t") settings.mode = letter === "d" ? "expand" : letter === "z" ? "compress" : "test";
    else if (letter === "c") settings.toStdout = true;
    else if (letter === "k") settings.keep = true;
    else if (letter === "f") settings.force = true;
    else if (letter === "q") settings.quiet = true;
    else if (letter === "v") settings.verbose++;
    else if (letter === "L" || letter === "V") version = true;
    else if (letter === "h") throw new Bad("");
    else if (/^[1-9]$/.test(letter)) settings.level = Number(letter);
    else if (letter !== "s") throw new Bad(whole);
  };
  const long = new Map([
    ["--stdout", "c"], ["--decompress", "d"], ["--compress", "z"], ["--force", "f"], ["--test", "t"], ["--keep", "k"], ["--small", "s"],
    ["--quiet", "q"], ["--version", "V"], ["--license", "V"], ["--exponential", "s"], ["--fast", "1"], ["--best", "9"], ["--verbose", "v"],
    ["--help", "h"], ["--repetitive-best", "s"], ["--repetitive-fast", "s"],
  ]);
  for (const word of words) {
    if (flags && word === "--") flags = false;
    else if (flags && word.startsWith("--")) one(long.get(word) ?? "", word);
    else if (flags && word.startsWith("-") && word !== "-") for (const letter of word.slice(1)) one(letter, word);
    else files.push(word);
  }
  return version ? "version" : undefined;
}

class Fatal extends Error {}

class Bzip2 {
  readonly #io: Io;
  readonly #sys: Sys;
  readonly #settings: Settings;
  readonly #files: readonly string[];
  readonly #width: number;
  #status = 0;
  #processed = 0;
  #testFailed = false;

  constructor(io: Io, sys: Sys, settings: Settings, files: readonly string[]) {
    this.#io = io;
    this.#sys = sys;
    this.#settings = settings;
    this.#files = files;
    this.#width = Math.max(7, ...files.map((file) => file.length));
  }

  *run(): Blocking<number> {
    try {
      if (this.#files.length === 0) yield* this.#standard();
      for (const file of this.#files) {
        this.#processed++;
        yield* this.#file(file);
      }
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      if (this.#processed > 0 && this.#processed < this.#files.length) {
        const name = this.#io.argv0;
        yield* this.#io.stderr(`${name}: WARNING: some files have not been processed:\n${name}:    ${this.#files.length} specified on command line, ${this.#files.length - this.#processed} not processed yet.\n\n`);
      }
      return 2;
    }
    if (this.#testFailed && !this.#settings.quiet) {
      yield* this.#io.stderr("\nYou can use the `bzip2recover' program to attempt to recover\ndata from undamaged sections of corrupted files.\n\n");
    }
    return this.#status;
  }

  *#complain(text: string, status = 1): Blocking<void> {
    this.#status = Math.max(this.#status, status);
    yield* this.#io.warn(text);
  }

  *#noisy(text: string): Blocking<void> {
    if (!this.#settings.quiet) yield* this.#io.stderr(text);
  }

  *#begin(name: string): Blocking<void> {
    if (this.#settings.verbose > 0) yield* this.#io.stderr(`  ${name}: ${" ".repeat(Math.max(0, this.#width - name.length))}`);
  }

  *#terminal(direction: "read" | "write"): Blocking<boolean> {
    if (!this.#sys.isatty(direction === "read" ? 0 : 1)) return false;
    yield* this.#complain(`I won't ${direction} compressed data ${direction === "read" ? "from" : "to"} a terminal.`);
    yield* this.#io.warn(`For help, type: \`${this.#io.argv0} --help'.`);
    return true;
  }

  *#standard(): Blocking<void> {
    const { mode } = this.#settings;
    if (yield* this.#terminal(mode === "compress" ? "write" : "read")) return;
    yield* this.#begin("(stdin)");
    if (mode === "compress") yield* this.#compress(0, this.#io.out);
    else yield* this.#expand(0, "(stdin)", "(stdout)", mode === "test" ? undefined : this.#io.out);
  }

  *#file(name: string): Blocking<void> {
    const { mode, toStdout, force, keep } = this.#settings;
    const sys = this.#sys;
    const replaces = !toStdout && mode !== "test";
    let facts: Stat;
    let fd: number;
    try {
      facts = sys.stat(name);
      fd = yield* sys.open(name, O.RDONLY | O.CLOEXEC);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(`Can't ${mode === "test" ? "open input" : "open input file"} ${name}: ${error.message}.`);
      return;
    }
    try {
      const suffix = SUFFIXES.find(([from]) => name.endsWith(from) && name.length > from.length);
      if (mode === "compress" && suffix) {
        this.#status = Math.max(this.#status, 1);
        yield* this.#noisy(`${this.#io.argv0}: Input file ${name} already has ${suffix[0]} suffix.\n`);
        return;
      }
      if ((facts.mode & S.IFMT) === S.IFDIR) {
        yield* this.#complain(`Input file ${name} is a directory.`);
        return;
      }
      let target = "(stdout)";
      if (replaces) {
        if (!force && (sys.lstat(name).mode & S.IFMT) !== S.IFREG) {
          this.#status = Math.max(this.#status, 1);
          yield* this.#noisy(`${this.#io.argv0}: Input file ${name} is not a normal file.\n`);
          return;
        }
        target = mode === "compress" ? `${name}.bz2` : suffix ? name.slice(0, -suffix[0].length) + suffix[1] : `${name}.out`;
        if (mode === "expand" && !suffix) yield* this.#noisy(`${this.#io.argv0}: Can't guess original name for ${name} -- using ${target}\n`);
        if (!(yield* this.#mayCreate(target))) return;
        if (!force && facts.nlink > 1) {
          yield* this.#complain(`Input file ${name} has ${facts.nlink - 1} other link${facts.nlink > 2 ? "s" : ""}.`);
          return;
        }
      } else if (mode === "compress" && (yield* this.#terminal("write"))) return;
      yield* this.#begin(name);
      if (!replaces) {
        if (mode === "compress") yield* this.#compress(fd, this.#io.out);
        else yield* this.#expand(fd, name, target, mode === "test" ? undefined : this.#io.out);
        return;
      }
      const done = yield* this.#replace(fd, name, target, facts);
      if (done && !keep) sys.unlink(name);
    } finally {
      sys.close(fd);
    }
  }

  *#mayCreate(target: string): Blocking<boolean> {
    try {
      this.#sys.lstat(target);
    } catch {
      return true;
    }
    if (this.#settings.force) {
      this.#sys.unlink(target);
      return true;
    }
    yield* this.#complain(`Output file ${target} already exists.`);
    return false;
  }

  *#replace(fd: number, name: string, target: string, facts: Stat): Blocking<boolean> {
    const bzip2 = this;
    try {
      yield* replacing(this.#sys, target, facts, function* (out) {
        if (bzip2.#settings.mode === "compress") yield* bzip2.#compress(fd, out);
        else if (!(yield* bzip2.#expand(fd, name, target, out))) throw new NotBzip2();
      });
      return true;
    } catch (error) {
      if (error instanceof NotBzip2) return false;
      if (error instanceof Fatal) {
        yield* this.#noisy(`${this.#io.argv0}: Deleting output file ${target}, if it exists.\n`);
        throw error;
      }
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(`Can't create output file ${target}: ${error.message}.`);
      return false;
    }
  }

  *#compress(fd: number, out: Output): Blocking<void> {
    const next = chunksOf(this.#sys, fd, COMPRESS_STEPS_PER_KIB);
    const sys = this.#sys;
    const compressor = new Bzip2Compressor(this.#settings.level, function* (steps) {
      if (sys.charge(steps)) yield* sys.preempt();
    });
    let inBytes = 0;
    let outBytes = 0;
    const put = function* (bytes: Uint8Array): Blocking<void> {
      outBytes += bytes.length;
      if (bytes.length > 0) yield* out.printBytes(bytes);
    };
    for (;;) {
      const bytes = yield* next();
      if (bytes.length === 0) break;
      inBytes += bytes.length;
      yield* put(yield* compressor.push(bytes));
    }
    yield* put(yield* compressor.finish());
    if (this.#settings.verbose === 0) return;
    if (inBytes === 0) yield* this.#io.stderr(" no data compressed.\n");
    else {
      const fixed = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);
      yield* this.#io.stderr(`${fixed(inBytes / outBytes, 6, 3)}:1, ${fixed((8 * outBytes) / inBytes, 6, 3)} bits/byte, ${fixed(100 * (1 - outBytes / inBytes), 5, 2)}% saved, ${inBytes} in, ${outBytes} out.\n`);
    }
  }

  /** False when it is no bzip2 file; Fatal ends the program. */
  *#expand(fd: number, name: string, target: string, out: Output | undefined): Blocking<boolean> {
    const source = new ByteSource(chunksOf(this.#sys, fd, EXPAND_STEPS_PER_KIB));
    const testing = this.#settings.mode === "test";
    const put = function* (bytes: Uint8Array): Blocking<void> {
      if (out) yield* out.printBytes(bytes);
    };
    let streams = 0;
    try {
      if (!testing && this.#settings.force && out && (yield* source.fill()) && source.chunk[source.at] !== 0x42) {
        while (yield* source.fill()) {
          yield* put(source.chunk.subarray(source.at));
          source.at = source.chunk.length;
        }
        return true;
      }
      do {
        yield* bunzip2Stream(source, put);
        streams++;
      } while (yield* source.fill());
    } catch (error) {
      if (error instanceof NotBzip2 && streams > 0) {
        yield* this.#noisy(`${this.#settings.verbose > 0 ? "" : `\n${this.#io.argv0}: ${name}: `}trailing garbage after EOF ignored\n`);
      } else if (error instanceof UnexpectedEnd || error instanceof CorruptData) return yield* this.#damaged(error, name, target, testing);
      else throw error;
    }
    if (this.#settings.verbose > 0) yield* this.#io.stderr(testing ? "ok\n" : "done\n");
    return true;
  }

  *#damaged(error: UnexpectedEnd | CorruptData, name: string, target: string, testing: boolean): Blocking<boolean> {
    const io = this.#io;
    const prefix = this.#settings.verbose > 0 ? "" : `${io.argv0}: ${name}: `;
    if (testing) {
      this.#testFailed = true;
      this.#status = 2;
      const what = error instanceof NotBzip2 ? "bad magic number (file not created by bzip2)" : error instanceof UnexpectedEnd ? "file ends unexpectedly" : "data integrity (CRC) error in data";
      yield* io.stderr(`${prefix}${what}\n`);
      return true;
    }
    if (error instanceof NotBzip2) {
      this.#status = Math.max(this.#status, 2);
      yield* this.#noisy(this.#settings.verbose > 0 ? "not a bzip2 file.\n" : `${io.argv0}: ${name} is not a bzip2 file.\n`);
      return false;
    }
    if (error instanceof UnexpectedEnd) {
      const reason = name === "(stdin)" ? "Inappropriate ioctl for device" : "No such file or directory";
      yield* this.#noisy(`\n${io.argv0}: Compressed file ends unexpectedly;\n\tperhaps it is corrupted?  *Possible* reason follows.\n${io.argv0}: ${reason}\n`);
    } else yield* io.stderr(`\n${io.argv0}: Data integrity error when decompressing.\n`);
    if (!this.#settings.quiet || error instanceof BlockSumError) {
      yield* io.stderr(`\tInput file = ${name}, output file = ${target}\n`);
      yield* this.#noisy("\nIt is possible that the compressed file(s) have become corrupted.\nYou can use the -tvv option to test integrity of such files.\n\nYou can use the `bzip2recover' program to attempt to recover\ndata from undamaged sections of corrupted files.\n\n");
    }
    throw new Fatal();
  }
}
