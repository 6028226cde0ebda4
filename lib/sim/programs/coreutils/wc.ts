import { type Blocking, S, SysError, decode } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { textOfLatin1 } from "../kit/latin1.ts";
import { charWidth } from "../kit/width.ts";

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

export default gnu({
  name: "wc",
  summary: "count what is in files: lines, words, bytes",
  synopsis: ["[OPTION]... [FILE]...", "[OPTION]... --files0-from=F"],
  description: ["The numbers always come in this order: lines, words, characters, bytes, longest line. A word is anything between blanks. Several FILEs get a last line with the totals."],
  options: {
    bytes: flag(["-c", "--bytes"], "count bytes"),
    chars: flag(["-m", "--chars"], "count characters"),
    lines: flag(["-l", "--lines"], "count lines (newline characters)"),
    files0: text(["--files0-from"], "F", "read the names of the FILEs from F, each followed by NUL; - is standard input"),
    longest: flag(["-L", "--max-line-length"], "width of the longest line, in columns"),
    words: flag(["-w", "--words"], "count words"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const some = options.bytes || options.chars || options.lines || options.longest || options.words;
    const shown = some ? options : { ...options, lines: true, words: true, bytes: true };
    let names: readonly (string | undefined)[] = operands.length === 0 ? [undefined] : operands;
    // Names that come from a pipe are not known beforehand, so there is nothing to guess from.
    let streamed = false;
    if (options.files0 !== undefined) {
      if (operands[0] !== undefined) {
        yield* io.warn(`extra operand ${io.quoteName(operands[0])}`);
        yield* io.stderr("file operands cannot be combined with --files0-from\n");
        io.usage();
      }
      try {
        const list = yield* io.open(options.files0);
        streamed = (sys.fstat(list.fd).mode & S.IFMT) !== S.IFREG;
        names = (yield* list.all()).replace(/\0$/, "").split("\0").map(textOfLatin1);
        io.close(list);
      } catch (error) {
        io.die(`cannot open ${io.quoteName(options.files0)} for reading: ${reason(error)}`);
      }
      if (names.length === 1 && names[0] === "") names = [];
    }
    // The columns are as wide as the sum of the regular files' sizes needs, as the real wc guesses before it reads.
    let width = 1;
    const columns = [shown.lines, shown.words, shown.chars, shown.bytes, shown.longest].filter(Boolean).length;
    if (!(names.length <= 1 && columns === 1) && !streamed) {
      let total = 0;
      let minimum = 1;
      for (const name of names) {
        try {
          const stat = name === undefined || name === "-" ? sys.fstat(0) : sys.stat(name);
          if ((stat.mode & S.IFMT) === S.IFREG) total += stat.sizeBytes;
          else minimum = 7;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      width = Math.max(minimum, String(total).length);
    }
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
    const write = (counts: Counts, name: string | undefined): void => {
      const numbers: number[] = [];
      if (shown.lines) numbers.push(counts.lines);
      if (shown.words) numbers.push(counts.words);
      if (shown.chars) numbers.push(counts.chars);
      if (shown.bytes) numbers.push(counts.bytes);
      if (shown.longest) numbers.push(counts.longest);
      const label = name === undefined ? "" : ` ${name.includes("\n") ? io.quoteName(name) : name}`;
      io.out.put(numbers.map((number) => String(number).padStart(width)).join(" ") + label + "\n");
    };
    for (const [index, name] of names.entries()) {
      if (name === "-" && options.files0 === "-") {
        yield* io.fail(`when reading file names from stdin, no file name of ${io.quoteName(name)} allowed`);
        continue;
      }
      if (name === "" && options.files0 === undefined) {
        yield* io.fail("invalid zero-length file name");
        continue;
      }
      if (name === "" && options.files0 !== undefined) {
        yield* io.fail(`${options.files0 === "-" ? "-" : io.quoteFile(options.files0)}:${index + 1}: invalid zero-length file name`);
        continue;
      }
      const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };
      try {
        const input = name === undefined ? io.stdin : yield* io.open(name);
        try {
          yield* count(input, counts, { words: shown.words, chars: shown.chars, longest: shown.longest, lines: shown.lines, utf8: io.utf8 }, io);
        } finally {
          io.close(input);
        }
      } catch (error) {
        const why = reason(error);
        yield* io.fail(`${io.quoteFile(name ?? "standard input")}: ${why}`);
        if (why !== "Is a directory") continue;
      }
      write(counts, name);
      total.lines += counts.lines;
      total.words += counts.words;
      total.chars += counts.chars;
      total.bytes += counts.bytes;
      total.longest = Math.max(total.longest, counts.longest);
    }
    if (names.length > 1) write(total, "total");
  },
});

function* count(input: Input, counts: Counts, what: { readonly words: boolean; readonly chars: boolean; readonly longest: boolean; readonly lines: boolean; readonly utf8: boolean }, io: Io): Blocking<void> {
  if (!what.words && !what.chars && !what.longest && !what.lines) {
    const stat = io.sys.fstat(input.fd);
    if ((stat.mode & S.IFMT) === S.IFREG && stat.sizeBytes > 0) {
      const position = io.sys.lseek(input.fd, 0, "current");
      counts.bytes = Math.max(0, stat.sizeBytes - position);
      io.sys.lseek(input.fd, 0, "end");
      return;
    }
  }
  const line: Line = { inWord: false, column: 0 };
  let pending = new Uint8Array(0);
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) break;
    counts.bytes += bytes.length;
    const ascii = pending.length === 0 && isAscii(bytes);
    if (!what.words && !what.longest && (!what.chars || !what.utf8 || ascii)) {
      let at = bytes.indexOf(10);
      while (at >= 0) {
        counts.lines++;
        at = bytes.indexOf(10, at + 1);
      }
      if (what.chars) counts.chars += bytes.length;
      continue;
    }
    if (ascii) {
      countAscii(bytes, counts, line);
      continue;
    }
    // A character may be cut in two by the chunk's end.
    const joined = new Uint8Array(pending.length + bytes.length);
    joined.set(pending);
    joined.set(bytes, pending.length);
    const whole = wholeCharacters(joined);
    pending = joined.slice(whole);
    for (const char of decode(joined.subarray(0, whole))) {
      const code = char.codePointAt(0) ?? 0;
      if (code >= 0xdc80 && code <= 0xdcff) continue;
      counts.chars++;
      if (code === 10) {
        counts.lines++;
        counts.longest = Math.max(counts.longest, line.column);
        line.column = 0;
        if (line.inWord) counts.words++;
        line.inWord = false;
      } else if (/[\s\u0085]/u.test(char) && code !== 0xa0 && code !== 0x2007 && code !== 0x202f && code !== 0xfeff) {
        if (line.inWord) counts.words++;
        line.inWord = false;
        line.column += code === 9 ? 8 - (line.column % 8) : Math.max(0, charWidth(code));
      } else if (charWidth(code) >= 0) {
        line.inWord = true;
        line.column += charWidth(code);
      }
    }
  }
  if (line.inWord) counts.words++;
  counts.longest = Math.max(counts.longest, line.column);
}

/** Where a line is when a chunk ends. */
interface Line {
  inWord: boolean;
  column: number;
}

/** Four bytes at a time, where they lie so. */
function isAscii(bytes: Uint8Array): boolean {
  let first = 0;
  if (bytes.byteOffset % 4 === 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let index = 0; index < words.length; index++) if (((words[index] ?? 0) & 0x80808080) !== 0) return false;
    first = words.length * 4;
  }
  for (let index = first; index < bytes.length; index++) if ((bytes[index] ?? 0) >= 128) return false;
  return true;
}

/** Variables of its own and no generator: the engine keeps them in registers, which is a third of the time. */
function countAscii(bytes: Uint8Array, counts: Counts, line: Line): void {
  let { inWord, column } = line;
  let { lines, words, longest } = counts;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte > 32) {
      if (byte === 127) continue;
      inWord = true;
      column++;
    } else if (byte === 32 || (byte >= 9 && byte <= 13)) {
      if (inWord) words++;
      inWord = false;
      if (byte === 32) column++;
      else if (byte === 9) column += 8 - (column % 8);
      else if (byte !== 11) {
        if (byte === 10) lines++;
        if (column > longest) longest = column;
        column = 0;
      }
    }
  }
  line.inWord = inWord;
  line.column = column;
  counts.lines = lines;
  counts.words = words;
  counts.longest = longest;
  counts.chars += bytes.length;
}

function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
