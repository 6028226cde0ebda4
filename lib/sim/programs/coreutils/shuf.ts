import { O } from "../../kernel/sys.ts";
import type { Input } from "../kit/input.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { latin1OfText } from "../kit/latin1.ts";
import { Output } from "../kit/output.ts";

export default gnu({
  name: "shuf",
  summary: "generate random permutations",
  synopsis: ["[OPTION]... [FILE]", "-e [OPTION]... [ARG]...", "-i LO-HI [OPTION]..."],
  options: {
    echo: flag(["-e", "--echo"], "shuffle the arguments instead of lines"),
    range: text(["-i", "--input-range"], "LO-HI", "shuffle the numbers from LO to HI instead of lines"),
    count: text(["-n", "--head-count"], "COUNT", "print COUNT lines or fewer"),
    output: text(["-o", "--output"], "FILE", "put the result into FILE"),
    randomSource: text(["--random-source"], "FILE", "take random bytes from FILE"),
    repeat: flag(["-r", "--repeat"], "a line may be printed several times"),
    zero: flag(["-z", "--zero-terminated"], "lines end with NUL instead of a newline, in input and output"),
  },
  operands: "files",
  *run({ options, operands, given, sys }, io: Io) {
    const end = options.zero ? "\0" : "\n";
    let limit = Number.POSITIVE_INFINITY;
    for (const { option, argument } of given) {
      if (option !== "count") continue;
      if (!/^\d+$/.test(argument ?? "")) io.die(`invalid line count: ${io.quote(argument ?? "")}`);
      limit = Math.min(limit, Number(argument));
    }
    if (given.filter(({ option }) => option === "range").length > 1) io.die("multiple -i options specified");
    if (new Set(given.filter(({ option }) => option === "output").map(({ argument }) => argument)).size > 1) io.die("multiple output files specified");
    if (options.echo && options.range !== undefined) io.usage("cannot combine -e and -i options");
    let item: (index: number) => string;
    let count: number;
    if (options.range !== undefined) {
      if (operands[0] !== undefined) io.usage(`extra operand ${io.quote(operands[0])}`);
      const match = /^(\d+)-(\d+)$/.exec(options.range);
      const [low, high] = [Number(match?.[1]), Number(match?.[2])];
      const [first = "", ...last] = options.range.split("-");
      const wrong = last.length === 0 || (match !== null && low > high + 1) ? options.range : !/^\d+$/.test(first) ? first : match === null ? last.join("-") : undefined;
      if (wrong !== undefined) io.die(`invalid input range: ${io.quote(wrong)}`);
      count = high - low + 1;
      item = (index) => String(low + index);
    } else {
      let lines: string[] = [];
      if (options.echo) lines = operands.map(latin1OfText);
      else {
        if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
        const name = operands[0] ?? "-";
        try {
          const input = yield* io.open(name);
          const whole = yield* input.all();
          io.close(input);
          lines = whole === "" ? [] : (whole.endsWith(end) ? whole.slice(0, -1) : whole).split(end);
        } catch (error) {
          io.die(`${reason(error) === "Is a directory" ? "read error" : io.quoteFile(name)}: ${reason(error)}`);
        }
      }
      count = lines.length;
      item = (index) => lines[index] ?? "";
    }
    let source: Input | undefined;
    try {
      if (options.randomSource !== undefined) source = yield* io.open(options.randomSource);
    } catch (error) {
      io.die(`${io.quoteFile(options.randomSource ?? "")}: ${reason(error)}`);
    }
    let pool = new Uint8Array(0);
    let at = 0;
    const nextByte = function* () {
      if (at >= pool.length) {
        pool = source ? (yield* source.chunk(4096)).slice() : sys.random(1024).slice();
        at = 0;
        if (pool.length === 0) io.die(`${io.quote(options.randomSource ?? "")}: end of file`);
      }
      return BigInt(pool[at++] ?? 0);
    };
    // randint_genmax of coreutils: as many bytes as the choice needs; what is left of them serves the next one. The same source gives the same lines.
    let left = 0n;
    let leftMost = 0n;
    const below = function* (bound: number) {
      const most = BigInt(bound) - 1n;
      const choices = BigInt(bound);
      for (;;) {
        while (leftMost < most) {
          left = left * 256n + (yield* nextByte());
          leftMost = leftMost * 256n + 255n;
        }
        if (leftMost === most) {
          const drawn = left;
          left = 0n;
          leftMost = 0n;
          return Number(drawn);
        }
        const excess = leftMost - most;
        const unusable = excess % choices;
        const drawn = left % choices;
        if (left <= leftMost - unusable) {
          left /= choices;
          leftMost = excess / choices;
          return Number(drawn);
        }
        left = drawn;
        leftMost = unusable - 1n;
      }
    };
    let out = io.out;
    if (options.output !== undefined) {
      try {
        out = new Output(sys, yield* sys.open(options.output, O.WRONLY | O.CREAT | O.TRUNC, 0o666));
      } catch (error) {
        io.die(`${io.quoteFile(options.output)}: ${reason(error)}`);
      }
    }
    if (options.repeat) {
      if (limit > 0 && count === 0) io.die("no lines to repeat");
      for (let i = 0; i < limit; i++) {
        out.putLatin1(item(yield* below(count)) + end);
        if (out.full) yield* out.flush();
        if (sys.charge(1)) yield* sys.preempt();
      }
    } else {
      // A sparse shuffle: only the places that were drawn are kept.
      const moved = new Map<number, number>();
      for (let i = 0; i < Math.min(limit, count); i++) {
        const drawn = i + (yield* below(count - i));
        const chosen = moved.get(drawn) ?? drawn;
        moved.set(drawn, moved.get(i) ?? i);
        moved.delete(i);
        out.putLatin1(item(chosen) + end);
        if (out.full) yield* out.flush();
        if (sys.charge(1)) yield* sys.preempt();
      }
    }
    if (out !== io.out) yield* out.flush();
  },
});
