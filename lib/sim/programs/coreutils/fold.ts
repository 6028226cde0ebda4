import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { rewriteOptions } from "./_old-numbers.ts";

export default gnu({
  name: "fold",
  summary: "break lines that are too long for a width",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    bytes: flag(["-b", "--bytes"], "count bytes instead of columns, so that a tab counts as one"),
    spaces: flag(["-s", "--spaces"], "break lines after a space if possible"),
    width: text(["-w", "--width"], "WIDTH", "WIDTH of the longest line, in columns (80)"),
  },
  operands: "files",
  seeAlso: ["fmt(1)"],
  rewrite: (args) => rewriteOptions(args, "w", ["--width"], (arg) => (/^-\d+$/.test(arg) ? `--width=${arg.slice(1)}` : arg)),
  *run({ options, operands, sys }, io: Io) {
    if (options.width !== undefined && (!/^\d+$/.test(options.width) || Number(options.width) < 1)) {
      io.die(`invalid number of columns: ${io.quote(options.width)}${options.width === "0" ? ": Numerical result out of range" : ""}`);
    }
    const width = Number(options.width ?? 80);
    const advance = (column: number, char: string): number => {
      if (options.bytes) return column + 1;
      if (char === "\b") return Math.max(0, column - 1);
      if (char === "\r") return 0;
      return char === "\t" ? column + 8 - (column % 8) : column + 1;
    };
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const [index, line] of lines.entries()) {
            const end = input.unterminated && index === lines.length - 1 ? "" : "\n";
            let held = "";
            let column = 0;
            for (let i = 0; i < line.length; i++) {
              const char = line.charAt(i);
              for (;;) {
                const next = advance(column, char);
                if (next <= width || held === "") {
                  column = next;
                  break;
                }
                const blank = options.spaces ? Math.max(held.lastIndexOf(" "), held.lastIndexOf("\t")) : -1;
                if (blank >= 0) {
                  io.out.putLatin1(held.slice(0, blank + 1) + "\n");
                  held = held.slice(blank + 1);
                  column = 0;
                  for (const rest of held) column = advance(column, rest);
                } else {
                  io.out.putLatin1(held + "\n");
                  held = "";
                  column = 0;
                }
              }
              held += char;
            }
            io.out.putLatin1(held + end);
          }
          if (io.out.full) yield* io.out.flush();
          if (sys.charge(lines.length)) yield* sys.preempt();
        }
        io.close(input);
      } catch (error) {
        yield* io.fail(`${io.quoteFile(name)}: ${reason(error)}`);
      }
    }
  },
});
