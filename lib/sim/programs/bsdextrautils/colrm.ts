import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, utilLinux } from "../kit/util-linux.ts";
import { charWidth } from "../kit/width.ts";

export default utilLinux({
  name: "colrm",
  summary: "remove a range of columns from each line",
  synopsis: ["[startcol [endcol]]"],
  options: {},
  operands: "none",
  *run({ operands, sys }, io: Io) {
    const [first, last] = operands.map((value, index) => {
      if (!/^\d+$/.test(value)) io.die(`${index === 0 ? "first" : "second"} argument: '${value}'`);
      return Number(value);
    });
    for (;;) {
      const lines = yield* io.stdin.lines();
      if (lines.length === 0) return;
      for (const [index, line] of lines.entries()) {
        const end = io.stdin.unterminated && index === lines.length - 1 ? "" : "\n";
        let column = 0;
        let out = "";
        for (const char of textOfLatin1(line)) {
          const start = column + 1;
          if (char === "\t") column = (column + 8) & ~7;
          else if (char === "\b") column = Math.max(0, column - 1);
          else column += Math.max(0, charWidth(char.codePointAt(0) ?? 0));
          const removed = first !== undefined && first > 0 && column >= first && (last === undefined || start <= last);
          if (!removed) out += char;
        }
        io.out.put(out + end);
      }
      if (io.out.full) yield* io.out.flush();
      if (sys.charge(lines.length)) yield* sys.preempt();
    }
  },
});
