import { type Blocking, S } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text, texts } from "../kit/gnu.ts";
import { latin1OfText, textOfLatin1 } from "../kit/latin1.ts";

interface Row {
  readonly line: string;
  readonly fields: readonly string[];
}

/** A field of the output: [file 0 = the join field | 1 | 2, 0-based field]. */
type OutField = readonly [0 | 1 | 2, number];

export default gnu({
  name: "join",
  summary: "combine the lines of two files that have the same value in a field (join)",
  synopsis: ["[OPTION]... FILE1 FILE2"],
  description: ["For each line of FILE1 and line of FILE2 that have the same join field, one line with the fields of both is written. The join field is the first one, fields being separated by blanks, unless options say otherwise; both files have to be sorted by it."],
  options: {
    unpairable: texts(["-a"], "FILENUM", "also print the lines of file FILENUM (1 or 2) that have no counterpart"),
    empty: text(["-e"], "STRING", "put STRING in place of a missing field"),
    ignoreCase: flag(["-i", "--ignore-case"], "treat capital and small letters as the same"),
    both: text(["-j"], "FIELD", "short for -1 FIELD -2 FIELD"),
    format: texts(["-o"], "FORMAT", "FORMAT of a line that is written: a list of FILENUM.FIELD and 0 (the join field), or auto"),
    separator: text(["-t"], "CHAR", "CHAR separates the fields, in input and output"),
    suppress: texts(["-v"], "FILENUM", "print only the lines of file FILENUM that have no counterpart"),
    one: text(["-1"], "FIELD", "compare by FIELD in FILE1"),
    two: text(["-2"], "FIELD", "compare by FIELD in FILE2"),
    checkOrder: flag(["--check-order"], "unsorted input is an error, even if each line has its counterpart in the other file"),
    noCheckOrder: flag(["--nocheck-order"], "accept unsorted input without a message"),
    header: flag(["--header"], "the first line of each file is a heading: the two are joined without comparing them"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  seeAlso: ["comm(1)", "uniq(1)"],
  rewrite: (args) => {
    // `-o 1.1 2.2 …` may go on over several arguments.
    const out: string[] = [];
    // `-j1` and `-j2` in one word may be the old forms of -1 and -2: join takes them for -j behind all other options.
    const late: string[] = [];
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? "";
      if (arg === "--") return [...out, ...late, ...args.slice(i)];
      if (arg === "-j1" || arg === "-j2") {
        late.push(arg);
        continue;
      }
      out.push(arg);
      if (arg !== "-o") continue;
      out.push(args[++i] ?? "");
      while (/^([12]\.\d+|0)(,([12]\.\d+|0))*$/.test(args[i + 1] ?? "") && args.slice(i + 2).filter((rest) => !rest.startsWith("-") || rest === "-").length >= 2) out.push("-o", args[++i] ?? "");
    }
    return [...out, ...late];
  },
  *run({ options, operands, given, sys }, io: Io) {
    const field = (value: string | undefined): number | undefined => {
      if (value === undefined) return undefined;
      if (!/^\d+$/.test(value) || Number(value) === 0) io.die(`invalid field number: ${io.quote(value)}`);
      return Number(value) - 1;
    };
    const both = field(options.both);
    const keys = [field(options.one) ?? both ?? 0, field(options.two) ?? both ?? 0] as const;
    const chosen: (number | undefined)[] = [undefined, undefined];
    for (const { option, argument } of given) {
      if (option === "empty" && argument !== options.empty) io.die("conflicting empty-field replacement strings");
      if (option !== "one" && option !== "two" && option !== "both") continue;
      const wantedField = field(argument) ?? 0;
      for (const file of option === "one" ? [0] : option === "two" ? [1] : [0, 1]) {
        const before = chosen[file];
        if (before !== undefined && before !== wantedField) io.die(`incompatible join fields ${before + 1}, ${wantedField + 1}`);
        chosen[file] = wantedField;
      }
    }
    const wanted = [false, false];
    let joined = true;
    for (const [list, suppress] of [[options.unpairable, false], [options.suppress, true]] as const) {
      for (const number of list) {
        if (number !== "1" && number !== "2") io.die(`invalid field number: ${io.quote(number)}`);
        wanted[Number(number) - 1] = true;
        if (suppress) joined = false;
      }
    }
    let separator: string | undefined;
    if (options.separator !== undefined) {
      const one = latin1OfText(options.separator);
      if (one === "") separator = "\n";
      else if (one === "\\0") separator = "\0";
      else if (one.length > 1) io.die(`multi-character tab ${io.quote(options.separator)}`);
      else separator = one;
    }
    const [first, second, extra] = operands;
    if (first === undefined) io.usage("missing operand");
    if (second === undefined) io.usage(`missing operand after ${io.quote(first)}`);
    if (extra !== undefined) io.usage(`extra operand '${extra}'`);
    if (first === "-" && second === "-") io.die("both files cannot be standard input: No such file or directory");
    let auto = false;
    const format: OutField[] = [];
    for (const spec of options.format) {
      if (spec === "auto") {
        auto = true;
        continue;
      }
      for (const item of spec.split(/[, \t]+/)) {
        const match = /^(?:(0)|([12])\.(\d+))$/.exec(item);
        if (!match) {
          if (/^[12]\./.test(item)) io.die(`invalid field number: ${io.quote(item.slice(2))}`);
          if (/^0/.test(item) || /^[12]/.test(item)) io.die(`invalid field specifier: ${io.quote(item)}`);
          io.die(`invalid file number in field spec: ${io.quote(item)}`);
        }
        if (match[1] !== undefined) format.push([0, 0]);
        else if (Number(match[3]) === 0) io.die(`invalid field number: ${io.quote(match[3] ?? "")}`);
        else format.push([match[2] === "1" ? 1 : 2, Number(match[3]) - 1]);
      }
    }
    const end = options.zero ? "\0" : "\n";
    const inputs: Input[] = [];
    for (const name of [first, second]) {
      try {
        const input = yield* io.open(name);
        if ((sys.fstat(input.fd).mode & S.IFMT) === S.IFDIR) io.die("read error: Is a directory");
        inputs.push(input);
      } catch (error) {
        io.die(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    const split = (line: string): string[] => {
      if (separator === "\n") return [line];
      if (separator !== undefined) return line.split(separator);
      const rest = line.replace(/^[ \t\n]+/, "");
      // Blanks at the end make one more, empty field.
      return rest === "" ? [] : rest.split(/[ \t\n]+/);
    };
    const fold = (text: string): string => (options.ignoreCase ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : text);
    const keyOf = (row: Row, side: 0 | 1): string => fold(row.fields[keys[side]] ?? "");
    const previous: (Row | undefined)[] = [undefined, undefined];
    const lineNumbers = [0, 0];
    const disorder = [false, false];
    let unpaired = false;
    const names = [first, second];
    const read = function* (side: 0 | 1, unchecked = false): Blocking<Row | undefined> {
      const input = inputs[side];
      const line = input && (yield* input.line(end));
      if (line === undefined) return undefined;
      lineNumbers[side] = (lineNumbers[side] ?? 0) + 1;
      const row = { line, fields: split(line) };
      const before = previous[side];
      if (!unchecked && before && !options.noCheckOrder && (options.checkOrder || unpaired) && !disorder[side] && keyOf(before, side) > keyOf(row, side)) {
        disorder[side] = true;
        const message = `${names[side] ?? ""}:${lineNumbers[side]}: is not sorted: ${textOfLatin1(line)}`;
        if (options.checkOrder) io.die(message);
        yield* io.fail(message);
      }
      if (!unchecked) previous[side] = row;
      return row;
    };
    const empty = options.empty === undefined ? undefined : latin1OfText(options.empty);
    const glue = separator === undefined ? " " : separator === "\n" ? "" : separator;
    let counts: readonly [number, number] | undefined;
    const write = (left: Row | undefined, right: Row | undefined): void => {
      const shown = (row: Row | undefined, index: number): string => {
        const value = row?.fields[index];
        return value === undefined || value === "" ? (empty ?? "") : value;
      };
      const key = left ? shown(left, keys[0]) : shown(right, keys[1]);
      const parts: string[] = [];
      if (format.length > 0) {
        for (const [file, index] of format) parts.push(file === 0 ? key : shown(file === 1 ? left : right, index));
      } else {
        parts.push(key);
        for (const [row, side] of [[left, 0], [right, 1]] as const) {
          const total = auto ? (counts?.[side] ?? 0) : (row?.fields.length ?? 0);
          if (!auto && !row) continue;
          for (let i = 0; i < total; i++) if (i !== keys[side]) parts.push(shown(row, i));
        }
      }
      io.out.putLatin1(parts.join(glue) + end);
    };
    let left = yield* read(0, options.header);
    let right = yield* read(1, options.header);
    counts = [left?.fields.length ?? 0, right?.fields.length ?? 0];
    if (options.header && (left || right)) {
      write(left, right);
      if (left) left = yield* read(0);
      if (right) right = yield* read(1);
    }
    while (left && right) {
      if (sys.charge(2)) yield* sys.preempt();
      if (io.out.full) yield* io.out.flush();
      const [a, b] = [keyOf(left, 0), keyOf(right, 1)];
      if (a !== b) {
        const side = a < b ? 0 : 1;
        if (wanted[side]) write(side === 0 ? left : undefined, side === 1 ? right : undefined);
        if (side === 0) left = yield* read(0);
        else right = yield* read(1);
        unpaired = true;
        continue;
      }
      const groupLeft: Row[] = [];
      const groupRight: Row[] = [];
      while (left && keyOf(left, 0) === a) {
        groupLeft.push(left);
        left = yield* read(0);
      }
      while (right && keyOf(right, 1) === a) {
        groupRight.push(right);
        right = yield* read(1);
      }
      if (!joined) continue;
      for (const one of groupLeft) {
        for (const other of groupRight) write(one, other);
        if (io.out.full) yield* io.out.flush();
      }
    }
    for (const side of [0, 1] as const) {
      let row = side === 0 ? left : right;
      if (row && (side === 0 ? right : left)) unpaired = true;
      while (row && (wanted[side] || (!options.noCheckOrder && !disorder[side]))) {
        if (wanted[side]) write(side === 0 ? row : undefined, side === 1 ? row : undefined);
        if (io.out.full) yield* io.out.flush();
        row = yield* read(side);
      }
    }
    if (disorder.includes(true)) io.die("input is not in sorted order");
  },
});
