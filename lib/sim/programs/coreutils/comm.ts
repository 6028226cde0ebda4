import { S } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";

export default gnu({
  name: "comm",
  summary: "compare the lines of two sorted files: which are in one, which in both",
  synopsis: ["[OPTION]... FILE1 FILE2"],
  description: ["The output has three columns: lines found only in FILE1, only in FILE2, and in both."],
  options: {
    one: flag(["-1"], "without column 1, the lines found only in FILE1"),
    two: flag(["-2"], "without column 2, the lines found only in FILE2"),
    three: flag(["-3"], "without column 3, the lines found in both files"),
    checkOrder: flag(["--check-order"], "unsorted input is an error, even if each line has its counterpart in the other file"),
    noCheckOrder: flag(["--nocheck-order"], "accept unsorted input without a message"),
    outputDelimiter: text(["--output-delimiter"], "STR", "STR between columns instead of a tab"),
    total: flag(["--total"], "at the end, the totals of the columns"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  seeAlso: ["join(1)", "uniq(1)"],
  *run({ options, operands, given, sys }, io: Io) {
    const delimiters = given.filter(({ option }) => option === "outputDelimiter").map(({ argument }) => argument);
    if (new Set(delimiters).size > 1) io.die("multiple output delimiters specified");
    const [first, second, extra] = operands;
    if (first === undefined) io.usage("missing operand");
    if (second === undefined) io.usage(`missing operand after ${io.quote(first)}`);
    if (extra !== undefined) io.usage(`extra operand ${io.quote(extra)}`);
    const end = options.zero ? "\0" : "\n";
    const delimiter = options.outputDelimiter === undefined ? "\t" : options.outputDelimiter === "" ? "\0" : latin1OfText(options.outputDelimiter);
    const inputs: Input[] = [];
    for (const name of [first, second]) {
      try {
        inputs.push(yield* io.open(name));
      } catch (error) {
        io.die(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
    for (const [index, name] of [first, second].entries()) {
      const fd = inputs[index]?.fd;
      if (fd !== undefined && (sys.fstat(fd).mode & S.IFMT) === S.IFDIR) io.die(`${io.quoteFile(name)}: Is a directory`);
    }
    const [left, right] = inputs;
    if (!left || !right) return;
    let unpaired = false;
    const disordered = [false, false];
    const previous: (string | undefined)[] = [undefined, undefined];
    const next = function* (input: Input, index: 0 | 1) {
      const line = yield* input.line(end);
      const before = previous[index];
      if (line !== undefined && before !== undefined && line < before && !disordered[index] && !options.noCheckOrder && (options.checkOrder || unpaired)) {
        disordered[index] = true;
        if (options.checkOrder) io.die(`file ${index + 1} is not in sorted order`);
        yield* io.fail(`file ${index + 1} is not in sorted order`);
      }
      if (line !== undefined) previous[index] = line;
      return line;
    };
    const totals = [0, 0, 0];
    const two = options.one ? "" : delimiter;
    const three = (options.one ? "" : delimiter) + (options.two ? "" : delimiter);
    let a = yield* next(left, 0);
    let b = yield* next(right, 1);
    while (a !== undefined || b !== undefined) {
      if (sys.charge(1)) yield* sys.preempt();
      if (io.out.full) yield* io.out.flush();
      if (a !== undefined && b !== undefined && a === b) {
        totals[2] = (totals[2] ?? 0) + 1;
        if (!options.three) io.out.putLatin1(three + a + end);
        a = yield* next(left, 0);
        b = yield* next(right, 1);
      } else if (b === undefined || (a !== undefined && a < b)) {
        unpaired = true;
        totals[0] = (totals[0] ?? 0) + 1;
        if (!options.one) io.out.putLatin1(a + end);
        a = yield* next(left, 0);
      } else {
        unpaired = true;
        totals[1] = (totals[1] ?? 0) + 1;
        if (!options.two) io.out.putLatin1(two + b + end);
        b = yield* next(right, 1);
      }
    }
    if (options.total) io.out.putLatin1([...totals.map(String), "total"].join(delimiter) + end);
    if (disordered.includes(true)) io.die("input is not in sorted order");
  },
});
