import { type Blocking, O, S, SIGNALS, type Sys } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { execSearching } from "../kit/exec-path.ts";
import { type Io, flag, gnu, optionalText, reason, text } from "../kit/gnu.ts";
import { bytesOfLatin1, latin1OfText } from "../kit/latin1.ts";
import { Output } from "../kit/output.ts";
import { parseScaled } from "../kit/sizes.ts";
import { SIGNAL_NAMES } from "../kit/signal-number.ts";
import { rewriteOptions } from "./_old-numbers.ts";

export default gnu({
  name: "split",
  summary: "cut a file into pieces (split)",
  synopsis: ["[OPTION]... [FILE [PREFIX]]"],
  description: ["The pieces are called PREFIXaa, PREFIXab and so on, with x if no PREFIX is given, and have 1000 lines each. CHUNKS is N pieces of equal size, l/N without cutting lines, r/N with lines dealt out in turn; with a K in between (K/N, l/K/N, r/K/N) only the Kth is printed."],
  options: {
    suffixLength: text(["-a", "--suffix-length"], "N", "N characters for the aa part of names (2)"),
    additionalSuffix: text(["--additional-suffix"], "SUFFIX", "put SUFFIX after the aa part of names"),
    bytes: text(["-b", "--bytes"], "SIZE", "pieces of SIZE bytes"),
    lineBytes: text(["-C", "--line-bytes"], "SIZE", "whole lines, as many as fit into SIZE bytes"),
    numeric: flag(["-d"], "decimal numbers in the names: 00, 01"),
    numericFrom: optionalText(["--numeric-suffixes"], "FROM", "as -d, beginning with FROM"),
    hex: flag(["-x"], "hexadecimal numbers in the names: 00 to ff"),
    hexFrom: optionalText(["--hex-suffixes"], "FROM", "as -x, beginning with FROM"),
    elideEmpty: flag(["-e", "--elide-empty-files"], "with -n, make no empty files"),
    filter: text(["--filter"], "COMMAND", "each piece is the input of a shell COMMAND, which finds the name in $FILE"),
    lines: text(["-l", "--lines"], "NUMBER", "pieces of NUMBER lines"),
    number: text(["-n", "--number"], "CHUNKS", "CHUNKS: that many pieces, or one of them"),
    separator: text(["-t", "--separator"], "SEP", "lines end with SEP; \\0 means NUL"),
    unbuffered: flag(["-u", "--unbuffered"], "with -n r/N, write every line immediately"),
    verbose: flag(["--verbose"], "print a line before each file is opened"),
  },
  parsing: { longOrder: "bytes lines line-bytes number elide-empty-files unbuffered suffix-length additional-suffix numeric-suffixes hex-suffixes filter verbose separator -io-blksize help version" },
  operands: "files",
  seeAlso: ["csplit(1)"],
  rewrite: (args) => rewriteOptions(args, "abCltn", ["--suffix-length", "--additional-suffix", "--bytes", "--line-bytes", "--filter", "--lines", "--number", "--separator"], (arg) => (/^-\d+$/.test(arg) ? `--lines=${arg.slice(1)}` : arg)),
  *run({ options, operands, given, sys }, io: Io) {
    if (operands[2] !== undefined) io.usage(`extra operand ${io.quote(operands[2])}`);
    const kinds = new Set(given.filter((one) => ["bytes", "lineBytes", "lines", "number"].includes(one.option)).map((one) => one.option));
    if (kinds.size > 1) io.usage("cannot split in more than one way");
    const size = (value: string, what: string): number => {
      const { value: parsed, problem } = parseScaled(value, "bEGKkMmPTYZ0");
      if (problem !== "none" || parsed === 0n) io.die(`invalid number of ${what}: ${io.quote(value)}${problem === "overflow" ? ": Value too large for defined data type" : problem === "none" ? ": Numerical result out of range" : ""}`);
      return Number(parsed);
    };
    let separator = "\n";
    if (options.separator !== undefined) {
      const one = latin1OfText(options.separator);
      if (one === "") io.die("empty record separator");
      if (one !== "\\0" && one.length > 1) io.die(`multi-character separator ${io.quote(options.separator)}`);
      separator = one === "\\0" ? "\0" : one;
    }
    const hex = options.hex || options.hexFrom !== undefined;
    const numeric = options.numeric || options.numericFrom !== undefined;
    const alphabet = hex ? "0123456789abcdef" : numeric ? "0123456789" : "abcdefghijklmnopqrstuvwxyz";
    const from = typeof options.numericFrom === "string" ? options.numericFrom : typeof options.hexFrom === "string" ? options.hexFrom : undefined;
    if (from !== undefined && !(hex ? /^[0-9a-f]+$/ : /^\d+$/).test(from)) io.usage(`${io.quote(from)}: invalid start value for ${hex ? "hexadecimal" : "numerical"} suffix`);
    if (options.suffixLength !== undefined && !/^\d+$/.test(options.suffixLength)) io.die(`invalid suffix length: ${io.quote(options.suffixLength)}`);
    if (options.additionalSuffix?.includes("/")) io.usage(`invalid suffix ${io.quote(options.additionalSuffix)}, contains directory separator`);
    let chunks: { readonly kind: "bytes" | "lines" | "round"; readonly only: number; readonly total: number } | undefined;
    if (options.number !== undefined) {
      const parts = /^(?:([lr])\/)?(?:([^/]*)\/)?(.*)$/s.exec(options.number);
      const [, kind, onlyText, totalText = ""] = parts ?? [];
      const count = (text: string, what: string, most: number): number => {
        if (!/^\d+$/.test(text)) io.die(`invalid ${what}: ${io.quote(text)}`);
        if (Number(text) < 1 || Number(text) > most) io.die(`invalid ${what}: ${io.quote(text)}: Numerical result out of range`);
        return Number(text);
      };
      const total = count(totalText, "number of chunks", Number.MAX_SAFE_INTEGER);
      const only = onlyText === undefined ? 0 : count(onlyText, "chunk number", total);
      chunks = { kind: kind === "l" ? "lines" : kind === "r" ? "round" : "bytes", only, total };
    }
    let suffixLength = Number(options.suffixLength ?? 0);
    const automatic = suffixLength === 0 && chunks === undefined && from === undefined;
    if (suffixLength === 0) {
      suffixLength = 2;
      if (chunks && chunks.only === 0) {
        const start = from === undefined ? 0 : Number.parseInt(from, hex ? 16 : 10);
        suffixLength = Math.max(2, (chunks.total - 1 + start).toString(alphabet.length === 26 ? 26 : alphabet.length).length);
      } else if (from !== undefined) suffixLength = Math.max(2, from.length);
    }
    if (options.filter !== undefined && chunks !== undefined && chunks.only > 0) io.usage("--filter does not process a chunk extracted to stdout");
    const [name = "-", prefix = "x"] = operands;
    let input: Input;
    try {
      input = yield* io.open(name);
    } catch (error) {
      io.die(`cannot open ${io.quoteName(name)} for reading: ${reason(error)}`);
    }
    const kind = sys.fstat(input.fd).mode & S.IFMT;
    if (kind === S.IFDIR && (chunks === undefined || chunks.kind === "round")) io.die(`${io.quoteFile(name)}: Is a directory`);
    if (chunks !== undefined && chunks.kind !== "round" && kind !== S.IFREG && kind !== S.IFBLK) io.die(`${io.quoteFile(name)}: cannot determine file size`);
    const pieces = new Pieces(sys, io, { prefix, suffixLength, automatic, alphabet, first: from === undefined ? 0 : Number.parseInt(from, hex ? 16 : 10), additional: options.additionalSuffix ?? "", filter: options.filter, verbose: options.verbose });
    if (chunks) yield* splitChunks(input, chunks, separator, options.elideEmpty, pieces, io);
    else if (options.bytes !== undefined) {
      const bytes = size(options.bytes, "bytes");
      let left = 0;
      for (;;) {
        const chunk = yield* input.chunk();
        if (chunk.length === 0) break;
        for (let at = 0; at < chunk.length; ) {
          if (left === 0) {
            yield* pieces.next();
            left = bytes;
          }
          const take = Math.min(left, chunk.length - at);
          yield* pieces.write(chunk.slice(at, at + take));
          at += take;
          left -= take;
        }
      }
    } else if (options.lineBytes !== undefined) {
      const most = size(options.lineBytes, "bytes");
      let used = 0;
      for (;;) {
        const lines = yield* input.lines(separator);
        if (lines.length === 0) break;
        for (const [index, line] of lines.entries()) {
          let record = line + (input.unterminated && index === lines.length - 1 ? "" : separator);
          if (used > 0 && used + record.length > most) used = 0;
          while (record.length > most) {
            if (used === 0) yield* pieces.next();
            yield* pieces.write(bytesOfLatin1(record.slice(0, most)));
            record = record.slice(most);
            used = 0;
          }
          if (record === "") continue;
          if (used === 0) yield* pieces.next();
          yield* pieces.write(bytesOfLatin1(record));
          used += record.length;
          if (used === most) used = 0;
        }
      }
    } else {
      const perFile = options.lines === undefined ? 1000 : size(options.lines, "lines");
      let count = 0;
      for (;;) {
        const lines = yield* input.lines(separator);
        if (lines.length === 0) break;
        for (let at = 0; at < lines.length; ) {
          if (count === 0) yield* pieces.next();
          const take = Math.min(perFile - count, lines.length - at);
          const end = input.unterminated && at + take === lines.length ? "" : separator;
          yield* pieces.write(bytesOfLatin1(lines.slice(at, at + take).join(separator) + end));
          at += take;
          count = (count + take) % perFile;
        }
        if (sys.charge(lines.length)) yield* sys.preempt();
      }
    }
    yield* pieces.close();
  },
});

interface PieceSettings {
  readonly prefix: string;
  readonly suffixLength: number;
  /** Suffixes get longer when they run out. */
  readonly automatic: boolean;
  readonly alphabet: string;
  readonly first: number;
  readonly additional: string;
  readonly filter: string | undefined;
  readonly verbose: boolean;
}

class Pieces {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #settings: PieceSettings;
  #index: number;
  #output: Output | undefined;
  #child: number | undefined;
  #current = "";

  constructor(sys: Sys, io: Io, settings: PieceSettings) {
    this.#sys = sys;
    this.#io = io;
    this.#settings = settings;
    this.#index = settings.first;
  }

  #name(): string {
    const { prefix, suffixLength, automatic, alphabet, additional } = this.#settings;
    const base = alphabet.length;
    let index = this.#index;
    let length = suffixLength;
    let lead = "";
    if (automatic) {
      // "yz" is followed by "zaaa": the last letter of the first place is kept as a mark of a longer suffix.
      for (let room = (base - 1) * base ** (length - 1); index >= room; room = (base - 1) * base ** (length - 1)) {
        index -= room;
        lead += alphabet.charAt(base - 1);
        length++;
      }
    } else if (index >= base ** length) this.#io.die("output file suffixes exhausted");
    let suffix = "";
    for (let i = 0; i < length; i++) {
      suffix = alphabet.charAt(index % base) + suffix;
      index = Math.floor(index / base);
    }
    return prefix + lead + suffix + additional;
  }

  *next(): Blocking<void> {
    const io: Io = this.#io;
    yield* this.close();
    const name = this.#name();
    this.#index++;
    this.#current = name;
    const { filter, verbose } = this.#settings;
    if (verbose) yield* io.tell(filter === undefined ? `creating file ${io.quoteName(name)}\n` : `executing with FILE=${io.quoteFile(name)}\n`);
    if (filter !== undefined) {
      yield* io.out.flush();
      const [readEnd, writeEnd] = this.#sys.pipe();
      const environment = new Map(this.#sys.environment).set("FILE", name);
      this.#child = this.#sys.fork(function* (child) {
        child.dup2(readEnd, 0);
        child.close(readEnd);
        child.close(writeEnd);
        const shell = environment.get("SHELL") ?? "/bin/sh";
        yield* execSearching(child, shell, [shell.split("/").at(-1) ?? "sh", "-c", filter], environment);
        return 127;
      });
      this.#sys.close(readEnd);
      this.#sys.setCloexec(writeEnd, true);
      this.#output = new Output(this.#sys, writeEnd);
      return;
    }
    try {
      this.#output = new Output(this.#sys, yield* this.#sys.open(name, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
    } catch (error) {
      io.die(`${io.quoteFile(name)}: ${reason(error)}`);
    }
  }

  *write(bytes: Uint8Array): Blocking<void> {
    if (this.#output) yield* this.#output.printBytes(bytes);
  }

  *close(): Blocking<void> {
    if (!this.#output) return;
    yield* this.#output.flush();
    this.#sys.close(this.#output.fd);
    this.#output = undefined;
    if (this.#child === undefined) return;
    const ended = yield* this.#sys.waitpid(this.#child);
    this.#child = undefined;
    const io: Io = this.#io;
    const failed = (how: string, status: number): never => io.die(`with FILE=${io.quoteFile(this.#current)}, ${how} from command: ${this.#settings.filter ?? ""}`, status);
    if (ended?.status.kind === "exited" && ended.status.status !== 0) failed(`exit ${ended.status.status}`, ended.status.status);
    // a command that has seen enough (head) ends by SIGPIPE, and that is all right
    if (ended?.status.kind === "signaled" && ended.status.signal !== SIGNALS.PIPE) failed(`signal ${SIGNAL_NAMES[ended.status.signal] ?? ended.status.signal}`, ended.status.signal + 128);
  }
}

function* splitChunks(
  input: Input, chunks: { readonly kind: "bytes" | "lines" | "round"; readonly only: number; readonly total: number }, separator: string, elideEmpty: boolean, pieces: Pieces, io: Io,
): Blocking<void> {
  const whole = yield* input.all();
  const { total, only } = chunks;
  const parts: string[] = [];
  if (chunks.kind === "round") {
    const records = whole.split(separator);
    const last = records.pop() ?? "";
    const ended = records.map((record) => record + separator);
    if (last !== "") ended.push(last);
    for (let i = 0; i < total; i++) parts.push(ended.filter((_, index) => index % total === i).join(""));
  } else {
    const chunkBytes = Math.max(1, Math.floor(whole.length / total));
    let start = 0;
    for (let i = 0; i < total; i++) {
      let end = i === total - 1 ? whole.length : Math.min(whole.length, chunkBytes * (i + 1));
      if (chunks.kind === "lines" && i < total - 1) {
        // A record belongs to the chunk in which it begins.
        if (end <= start) end = start;
        else {
          const at = whole.indexOf(separator, Math.max(start, end - 1));
          end = at < 0 ? whole.length : at + 1;
        }
      }
      parts.push(whole.slice(start, end));
      start = end;
    }
  }
  if (only > 0) {
    yield* io.out.printLatin1(parts[only - 1] ?? "");
    return;
  }
  for (const part of parts) {
    if (part === "" && elideEmpty) continue;
    yield* pieces.next();
    yield* pieces.write(bytesOfLatin1(part));
  }
}
