import { type Blocking, SysError } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { UsageError } from "../kit/io.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { WriteError } from "../kit/output.ts";
import { parseScaled } from "../kit/sizes.ts";

export default gnu({
  name: "head",
  summary: "print the beginning of files: the first lines or bytes",
  synopsis: ["[OPTION]... [FILE]..."],
  description: ["Ten lines, if no number is given. With several FILEs, a line with its name stands above each. NUM takes a unit: b 512, kB 1000, K 1024, MB, M and so on."],
  options: {
    bytes: text(["-c", "--bytes"], "[-]NUM", "the first NUM bytes; with a minus, everything except the last NUM"),
    lines: text(["-n", "--lines"], "[-]NUM", "the first NUM lines (10); with a minus, everything except the last NUM"),
    quiet: flag(["-q", "--quiet", "--silent"], "never print the line with the name, even for several files"),
    verbose: flag(["-v", "--verbose"], "print the line with the name even for a single file"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  seeAlso: ["tail(1)"],
  rewrite: (args) => {
    // The obsolete form -NUM[bkm][cqv].
    const old = /^-(\d+)([bkm]?)([clqvz]*)$/.exec(args[0] ?? "");
    if (!old) {
      // what follows the number of the old form is named before all else
      const wrong = /^-\d+[bkm]?[clqvz]*([^bkmclqvz])/.exec(args[0] ?? "")?.[1];
      if (wrong !== undefined) throw new UsageError(`invalid trailing option -- ${wrong}`);
      const digit = trailingDigit(args);
      if (digit !== undefined) throw new UsageError(`invalid trailing option -- ${digit}`);
      return args;
    }
    const digit = trailingDigit(args.slice(1));
    if (digit !== undefined) throw new UsageError(`invalid trailing option -- ${digit}`);
    const [, count = "", multiplier = "", letters = ""] = old;
    const bytes = letters.includes("c") || multiplier !== "";
    const rewritten = [bytes ? `--bytes=${count}${multiplier === "m" ? "M" : multiplier === "k" ? "K" : multiplier}` : `--lines=${count}`];
    for (const letter of letters) if ("qvz".includes(letter)) rewritten.push(`-${letter}`);
    return [...rewritten, ...args.slice(1)];
  },
  *run({ options, operands, given }, io: Io) {
    const last = given.findLast((one) => one.option === "bytes" || one.option === "lines");
    const byBytes = last?.option === "bytes";
    let argument = last?.argument ?? "10";
    const allBut = argument.startsWith("-");
    if (allBut) argument = argument.slice(1);
    const { value, problem } = parseScaled(argument, "bEGKkMPTYZ0");
    if (problem === "overflow") io.die(`invalid number of ${byBytes ? "bytes" : "lines"}: ${io.quote(argument)}: Value too large for defined data type`);
    if (problem !== "none") io.die(`invalid number of ${byBytes ? "bytes" : "lines"}: ${io.quote(argument)}`);
    const count = Number(value);
    const verbosity = given.findLast((one) => one.option === "quiet" || one.option === "verbose")?.option;
    const names = operands.length === 0 ? ["-"] : operands;
    const headers = verbosity === "verbose" || (verbosity === undefined && names.length > 1);
    const delimiter = options.zero ? 0 : 10;
    let first = true;
    for (const name of names) {
      const shown = name === "-" ? "standard input" : name;
      let input: Input;
      try {
        input = yield* io.open(name);
      } catch (error) {
        yield* io.fail(`cannot open ${io.quoteName(shown)} for reading: ${reason(error)}`);
        continue;
      }
      if (headers) {
        io.out.put(`${first ? "" : "\n"}==> ${shown} <==\n`);
        first = false;
      }
      try {
        if (byBytes) yield* allBut ? allButBytes(input, count, io) : firstBytes(input, count, io);
        else yield* allBut ? allButLines(input, count, delimiter, io) : firstLines(input, count, delimiter, io);
      } catch (error) {
        if (error instanceof WriteError) throw error;
        yield* io.fail(`error reading ${io.quoteName(shown)}: ${reason(error)}`);
      }
      io.close(input);
    }
  },
});

/** A digit among the options where no obsolete form is allowed. */
function trailingDigit(args: readonly string[]): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return undefined;
    if (/^-[nc]$/.test(arg) || arg === "--lines" || arg === "--bytes") i++;
    else if (/^-[qvz]*\d/.test(arg)) return /\d/.exec(arg)?.[0];
  }
  return undefined;
}

function* firstBytes(input: Input, count: number, io: Io): Blocking<void> {
  for (let left = count; left > 0; ) {
    const bytes = yield* input.chunk(Math.min(left, 65536));
    if (bytes.length === 0) return;
    yield* io.out.printBytes(bytes);
    left -= bytes.length;
  }
}

function* firstLines(input: Input, count: number, delimiter: number, io: Io): Blocking<void> {
  let left = count;
  while (left > 0) {
    const bytes = yield* input.chunk(8192);
    if (bytes.length === 0) return;
    let end = 0;
    while (left > 0) {
      const at = bytes.indexOf(delimiter, end);
      if (at < 0) {
        end = bytes.length;
        break;
      }
      end = at + 1;
      left--;
    }
    yield* io.out.printBytes(end === bytes.length ? bytes : bytes.slice(0, end));
    if (left === 0 && end < bytes.length) {
      // What was read too much is given back to who reads next, where the input can seek.
      try {
        io.sys.lseek(input.fd, end - bytes.length, "current");
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
    }
  }
}

function* allButBytes(input: Input, count: number, io: Io): Blocking<void> {
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  for (;;) {
    const bytes = yield* input.chunk();
    if (bytes.length === 0) return;
    held.push(bytes);
    heldBytes += bytes.length;
    while (heldBytes > count) {
      const oldest = held[0] ?? bytes;
      const surplus = Math.min(heldBytes - count, oldest.length);
      yield* io.out.printBytes(surplus === oldest.length ? oldest : oldest.slice(0, surplus));
      heldBytes -= surplus;
      if (surplus === oldest.length) held.shift();
      else held[0] = oldest.slice(surplus);
    }
  }
}

function* allButLines(input: Input, count: number, delimiter: number, io: Io): Blocking<void> {
  const end = String.fromCharCode(delimiter);
  let held: string[] = [];
  for (;;) {
    const lines = yield* input.lines(end);
    if (lines.length === 0) return;
    held = held.concat(lines);
    // The line without its end is a line too.
    const surplus = held.length - count;
    for (let i = 0; i < surplus; i++) {
      io.out.putLatin1((held[i] ?? "") + (input.unterminated && i === held.length - 1 ? "" : end));
      if (io.out.full) yield* io.out.flush();
    }
    if (surplus > 0) held = held.slice(surplus);
  }
}
