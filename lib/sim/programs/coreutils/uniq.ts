import { O, S } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, optionalWord, reason, text } from "../kit/gnu.ts";
import { rewriteOptions } from "./_old-numbers.ts";

export default gnu({
  name: "uniq",
  summary: "leave out, count or pick repeated lines that follow each other",
  synopsis: ["[OPTION]... [INPUT [OUTPUT]]"],
  description: ["Only neighbouring lines are compared, so sort INPUT first (or use sort -u). Without INPUT, standard input is read; without OUTPUT, the result goes to standard output."],
  options: {
    count: flag(["-c", "--count"], "put before each line how many times it occurs"),
    repeated: flag(["-d", "--repeated"], "print only repeated lines, one of each"),
    allRepeatedShort: flag(["-D"], "print only repeated lines, all of them"),
    allRepeated: optionalWord(["--all-repeated"], "METHOD", [["none"], ["prepend"], ["separate"]], "as -D; METHOD puts an empty line between groups (separate), or before each (prepend)"),
    skipFields: text(["-f", "--skip-fields"], "N", "leave the first N fields out of the comparison"),
    group: optionalWord(["--group"], "METHOD", [["prepend"], ["append"], ["separate"], ["both"]], "print all lines, with an empty one between groups (separate), before each (prepend), after each (append) or both"),
    ignoreCase: flag(["-i", "--ignore-case"], "treat capital and small letters as the same"),
    skipChars: text(["-s", "--skip-chars"], "N", "leave the first N characters out of the comparison"),
    unique: flag(["-u", "--unique"], "print only lines that are not repeated"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
    checkChars: text(["-w", "--check-chars"], "N", "compare only N characters"),
  },
  operands: "files",
  seeAlso: ["comm(1)", "join(1)", "sort(1)"],
  rewrite: (args) => rewriteOptions(args, "fsw", ["--skip-fields", "--skip-chars", "--check-chars"], (arg) => (/^-\d+$/.test(arg) ? `--skip-fields=${arg.slice(1)}` : /^\+\d+$/.test(arg) ? `--skip-chars=${arg.slice(1)}` : arg)),
  *run({ options, operands, sys }, io: Io) {
    const [inputName = "-", outputName, extra] = operands;
    if (extra !== undefined) io.usage(`extra operand ${io.quote(extra)}`);
    const size = (value: string | undefined, fallback: number, message: string): number => {
      if (value === undefined) return fallback;
      if (!/^\d+$/.test(value)) io.die(`${value}: ${message}`);
      return Number(value);
    };
    const skipFields = size(options.skipFields, 0, "invalid number of fields to skip");
    const skipChars = size(options.skipChars, 0, "invalid number of bytes to skip");
    const checkChars = size(options.checkChars, Number.POSITIVE_INFINITY, "invalid number of bytes to compare");
    const allRepeated = options.allRepeated === true || (options.allRepeated === undefined && options.allRepeatedShort) ? "none" : options.allRepeated;
    const group = options.group === true ? "separate" : options.group;
    if (group !== undefined && (options.count || options.repeated || allRepeated !== undefined || options.unique)) io.usage("--group is mutually exclusive with -c/-d/-D/-u");
    if (options.count && allRepeated !== undefined) io.usage("printing all duplicated lines and repeat counts is meaningless");
    let input: Input;
    try {
      input = yield* io.open(inputName);
    } catch (error) {
      io.die(`${io.quoteFile(inputName)}: ${reason(error)}`);
    }
    if (outputName !== undefined && outputName !== "-") {
      try {
        const fd = yield* sys.open(outputName, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
        sys.dup2(fd, 1);
        sys.close(fd);
      } catch (error) {
        io.die(`${io.quoteFile(outputName)}: ${reason(error)}`);
      }
    }
    if ((sys.fstat(input.fd).mode & S.IFMT) === S.IFDIR) io.die(`error reading ${io.quoteName(inputName)}`);
    const end = options.zero ? "\0" : "\n";
    const plain = skipFields === 0 && skipChars === 0 && checkChars === Number.POSITIVE_INFINITY && !options.ignoreCase;
    const key = plain ? (line: string) => line : (line: string): string => {
      let start = 0;
      for (let field = 0; field < skipFields && start < line.length; field++) {
        while (start < line.length && " \t\n".includes(line.charAt(start))) start++;
        while (start < line.length && !" \t\n".includes(line.charAt(start))) start++;
      }
      start = Math.min(line.length, start + skipChars);
      const part = line.slice(start, start + checkChars);
      return options.ignoreCase ? part.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : part;
    };

    let current: string | undefined;
    let currentKey = "";
    let repeats = 0;
    let groups = 0;
    const { out } = io;
    const finish = (): void => {
      if (current === undefined || group !== undefined) return;
      if (allRepeated !== undefined) return;
      if (options.unique && options.repeated) return;
      if (options.unique && repeats > 1) return;
      if (options.repeated && repeats === 1) return;
      out.putLatin1((options.count ? String(repeats).padStart(7) + " " : "") + current + end);
    };
    for (;;) {
      const lines = yield* input.lines(end);
      if (lines.length === 0) break;
      for (const line of lines) {
        const lineKey = key(line);
        const same = current !== undefined && lineKey === currentKey;
        if (group !== undefined) {
          if (!same) {
            if ((current !== undefined && group !== undefined) || group === "prepend" || group === "both") out.put(end);
            current = line;
            currentKey = lineKey;
          }
          out.putLatin1(line + end);
          continue;
        }
        if (same) {
          repeats++;
          if (allRepeated !== undefined && !options.unique) {
            if (repeats === 2) {
              if (allRepeated === "prepend" || (allRepeated === "separate" && groups > 0)) out.put(end);
              groups++;
              out.putLatin1((current ?? "") + end);
            }
            out.putLatin1(line + end);
          } else if (allRepeated !== undefined && options.unique) out.putLatin1(line + end);
          continue;
        }
        finish();
        current = line;
        currentKey = lineKey;
        repeats = 1;
      }
      if (out.full) yield* out.flush();
      if (sys.charge(lines.length >> 1)) yield* sys.preempt();
    }
    finish();
    if (group !== undefined && current !== undefined && (group === "append" || group === "both")) out.put(end);
    io.close(input);
  },
});
