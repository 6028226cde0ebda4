import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, flag, reason, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "colcrt",
  summary: "make output of nroff readable on a screen (CRT)",
  synopsis: ["[options] [<file>...]"],
  options: {
    noUnderlining: flag(["-", "--no-underlining"], "no underlines at all"),
    halfLines: flag(["-2", "--half-lines"], "a line of output per half-line"),
  },
  operands: "files",
  *run({ options, operands }, io: Io) {
    for (const name of operands.length === 0 ? ["-"] : operands.filter((one) => one !== "-")) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const line of lines) {
            let text = "";
            let under = "";
            let column = 0;
            for (const char of textOfLatin1(line)) {
              if (char === "\b") column = Math.max(0, column - 1);
              else if (char === "_" && (text.charAt(column) || " ") !== " ") {
                under = under.padEnd(column) + "-";
                column++;
              } else {
                if (text.charAt(column) === "_") under = under.padEnd(column) + "-";
                text = text.slice(0, column).padEnd(column) + char + text.slice(column + 1);
                column++;
              }
            }
            io.out.put(text.trimEnd() + "\n");
            if (under !== "" && !options.noUnderlining && !operands.includes("-")) io.out.put(under + "\n");
          }
          if (io.out.full) yield* io.out.flush();
        }
        io.close(input);
      } catch (error) {
        yield* io.fail(`cannot open ${name}: ${reason(error)}`);
      }
    }
  },
});
