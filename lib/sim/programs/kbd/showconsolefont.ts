// showconsolefont(8): the font of the console: its size, or its characters in a table.
import { flag, type Io, text } from "../kit/gnu.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";
import { consoleFontOf } from "./_console-font.ts";

export default kbdCommand({
  name: "showconsolefont", manSection: 8, summary: "show the current console screen font", synopsis: ["[option...]"], operands: "none",
  options: { console: text(["-C", "--console"], "DEV", "of this console"), info: flag(["-i", "--info"], "only say ROWSxCOLSxCOUNT"), verbose: flag(["-v", "--verbose"], "be more verbose") },
  seeAlso: ["setfont(8)"],
  *run({ options, sys }, io: Io) {
    const fd = yield* openConsole(sys, io, options.console);
    const font = consoleFontOf(sys, fd);
    if (options.info) {
      if (options.verbose) io.say(`Character count: ${font.count}\nFont width     : ${font.width}\nFont height    : ${font.height}\n`);
      else io.out.put(`${font.width}x${font.height}x${font.count}\n`);
      return 0;
    }
    ask(sys, fd, "KDGKBTYPE");
    const rows: string[] = [];
    for (let row = 0; row < font.count / 64; row++) {
      for (let part = 0; part < 4; part++) {
        let line = "";
        for (let column = 0; column < 16; column++) line += `${font.table?.[row * 64 + part + column * 4]?.[0] ?? " "}   `;
        rows.push(line.trimEnd());
      }
    }
    io.say(`${options.verbose ? `Showing ${font.count}-char font\n\n` : ""}${rows.join("\n")}\n`);
    return 0;
  },
});
