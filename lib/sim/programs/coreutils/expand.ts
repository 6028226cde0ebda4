import { type Io, flag, gnu, reason, texts } from "../kit/gnu.ts";
import { TabStops, tabOptions } from "./_tab-stops.ts";

export default gnu({
  name: "expand",
  summary: "convert tabs to spaces",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    initial: flag(["-i", "--initial"], "only tabs at the beginning of a line, before any text"),
    tabs: texts(["-t", "--tabs"], "LIST", "tab stops every N columns, or at the columns of a LIST separated by commas; the last may begin with / (multiples) or + (steps from the one before)"),
  },
  operands: "files",
  seeAlso: ["unexpand(1)"],
  rewrite: tabOptions,
  *run({ options, operands, sys }, io: Io) {
    const stops = TabStops.parse(options.tabs, io);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const [index, line] of lines.entries()) {
            const end = input.unterminated && index === lines.length - 1 ? "" : "\n";
            if (!line.includes("\t")) {
              io.out.putLatin1(line + end);
              continue;
            }
            let column = 0;
            let out = "";
            let convert = true;
            for (const char of line) {
              if (char === "\t" && convert) {
                const next = stops.next(column) ?? column + 1;
                out += " ".repeat(next - column);
                column = next;
              } else if (char === "\b") {
                column = Math.max(0, column - 1);
                out += char;
              } else {
                column++;
                out += char;
                if (options.initial && char !== " " && char !== "\t") convert = false;
              }
            }
            io.out.putLatin1(out + end);
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
