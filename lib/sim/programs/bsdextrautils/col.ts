import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, flag, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "col",
  summary: "straighten out text that holds reverse line feeds",
  synopsis: ["[options]"],
  options: {
    noBackspaces: flag(["-b", "--no-backspaces"], "of characters typed over each other, only the last"),
    fine: flag(["-f", "--fine"], "half lines stay instead of moving down"),
    pass: flag(["-p", "--pass"], "escape sequences go out even if col does not know them"),
    tabs: flag(["-h", "--tabs"], "runs of spaces become tabs"),
    spaces: flag(["-x", "--spaces"], "tabs become spaces"),
    lines: text(["-l", "--lines"], "NUM", "keep NUM lines or more in memory"),
    helpLong: flag(["-H"], "display this help"),
    versionShort: flag(["-v"], "display version"),
  },
  operands: "none",
  rewrite: (args) => args.map((arg) => (arg === "-H" ? "--help" : arg === "-v" ? "--version" : arg)),
  *run({ options, sys }, io: Io) {
    // Each line is a list of characters at columns, in the order they were written.
    const lines: { column: number; char: string }[][] = [[]];
    let row = 0;
    let column = 0;
    const whole = textOfLatin1(yield* io.stdin.all());
    for (let i = 0; i < whole.length; i++) {
      const char = whole.charAt(i);
      if (char === "\n") {
        row++;
        column = 0;
      } else if (char === "\r") column = 0;
      else if (char === "\b") column = Math.max(0, column - 1);
      else if (char === "\t") column = (column + 8) & ~7;
      else if (char === " ") column++;
      else if (char === "\v") row = Math.max(0, row - 1);
      else if (char === "\x1b") {
        const next = whole.charAt(++i);
        if (next === "7") row = Math.max(0, row - 1);
        else if (next === "9" || next === "8") row = Math.max(0, row + (next === "9" ? 1 : -1));
        else if (options.pass) (lines[row] ??= []).push({ column, char: char + next });
      } else if (char >= " " && char !== "\x7f") (lines[row] ??= []).push({ column: column++, char });
      lines[row] ??= [];
      if (i % 4096 === 0 && sys.charge(400)) yield* sys.preempt();
    }
    const count = whole.endsWith("\n") ? row : row + 1;
    for (let at = 0; at < count; at++) {
      const cells = lines[at] ?? [];
      const byColumn = new Map<number, string[]>();
      for (const { column: where, char } of cells) byColumn.set(where, [...(byColumn.get(where) ?? []), char]);
      let out = "";
      let position = 0;
      for (const where of [...byColumn.keys()].sort((a, b) => a - b)) {
        const chars = byColumn.get(where) ?? [];
        while (position < where) {
          const stop = (position + 8) & ~7;
          if (!options.spaces && stop <= where && where - position > 1) {
            out += "\t";
            position = stop;
          } else {
            out += " ";
            position++;
          }
        }
        out += options.noBackspaces ? (chars.at(-1) ?? "") : chars.join("\b");
        position++;
      }
      io.out.put(out + "\n");
      if (io.out.full) yield* io.out.flush();
    }
  },
});
