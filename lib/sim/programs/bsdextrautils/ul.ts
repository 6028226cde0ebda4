import { textOfLatin1 } from "../kit/latin1.ts";
import { type Io, flag, reason, text, utilLinux } from "../kit/util-linux.ts";

export default utilLinux({
  name: "ul",
  summary: "do underlining",
  synopsis: ["[options] [<file> ...]"],
  description: ["Overstrikes (a character, a backspace, the same again or an underscore) become the terminal's bold and underlined text."],
  options: {
    terminal: text(["-t", "-T", "--terminal"], "TERMINAL", "the kind of terminal, whatever $TERM says"),
    indicated: flag(["-i", "--indicated"], "dashes below a line stand for its underlines"),
  },
  operands: "files",
  *run({ options, operands, sys }, io: Io) {
    const term = options.terminal ?? sys.environment.get("TERM") ?? "";
    const capable = /^(xterm|screen|tmux|linux|vt|rxvt|ansi|konsole)/.test(term);
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const line of lines) io.out.put(styled(textOfLatin1(line), capable, options.indicated) + "\n");
          if (io.out.full) yield* io.out.flush();
        }
        io.close(input);
      } catch (error) {
        io.die(`cannot open ${name}: ${reason(error)}`);
      }
    }
  },
});

function styled(line: string, capable: boolean, indicated: boolean): string {
  const cells: { char: string; bold: boolean; under: boolean }[] = [];
  let column = 0;
  for (const char of line) {
    if (char === "\b") {
      column = Math.max(0, column - 1);
      continue;
    }
    const cell = cells[column];
    if (!cell || cell.char === " ") cells[column] = { char, bold: false, under: cell?.under ?? false };
    else if (char === "_") cell.under = true;
    else if (cell.char === "_") cells[column] = { char, bold: false, under: true };
    else if (cell.char === char) cell.bold = true;
    column++;
  }
  const plain = Array.from(cells, (cell) => cell?.char ?? " ").join("");
  if (indicated) {
    const marks = Array.from(cells, (cell) => (cell?.under ? "_" : cell?.bold ? "!" : " ")).join("").trimEnd();
    return marks === "" ? plain : `${plain}\n${marks}`;
  }
  if (!capable) return plain;
  let out = "";
  let [bold, under] = [false, false];
  for (const cell of cells) {
    const next = cell ?? { char: " ", bold: false, under: false };
    if (under && !next.under) out += "\x1b[24m";
    if (bold && !next.bold) {
      out += "\x1b(B\x1b[m";
      if (next.under) out += "\x1b[4m";
    }
    if (!bold && next.bold) out += "\x1b[1m";
    if (!under && next.under) out += "\x1b[4m";
    ({ bold, under } = next);
    out += next.char;
  }
  if (under) out += "\x1b[24m";
  if (bold) out += "\x1b(B\x1b[m";
  return out;
}
