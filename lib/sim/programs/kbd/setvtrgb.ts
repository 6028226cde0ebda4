// setvtrgb(8): the sixteen colours of the consoles.
import { decode, O, SysError } from "../../kernel/sys.ts";
import { type Io, text } from "../kit/gnu.ts";
import { readWhole } from "../kit/read-whole.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";

const VGA: readonly string[] = ["000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa", "555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"];

/** Three lines of sixteen numbers (red, green, blue), or sixteen lines of #rrggbb; what is wrong otherwise. */
function colours(words: string): readonly string[] | { readonly wrong: string } {
  const lines = words.split("\n").filter((line) => line.trim() !== "");
  if (lines[0]?.startsWith("#")) {
    if (lines.length < 16) return { wrong: `Insufficient number of colors/lines: ${lines.length}` };
    const bad = lines.slice(0, 16).findIndex((line) => !/^#[0-9a-fA-F]{6}\s*$/.test(line));
    return bad >= 0 ? { wrong: `Invalid value in line ${bad + 1}.` } : lines.slice(0, 16).map((line) => line.slice(1, 7).toLowerCase());
  }
  if (lines.length < 3) return { wrong: `Insufficient number of colors/lines: ${lines.length}` };
  const parts: string[][] = [];
  for (const [index, line] of lines.slice(0, 3).entries()) {
    const fields = line.trim().split(",");
    if (fields.length < 16) return { wrong: `Insufficient number of fields in line ${index + 1}.` };
    const bad = fields.slice(0, 16).findIndex((field) => !/^\d+$/.test(field) || Number(field) > 255);
    if (bad >= 0) return { wrong: `Invalid value in field ${bad + 1} in line ${index + 1}.` };
    parts.push(fields.slice(0, 16).map((field) => Number(field).toString(16).padStart(2, "0")));
  }
  return Array.from({ length: 16 }, (_, index) => parts.map((part) => part[index] ?? "00").join(""));
}

export default kbdCommand({
  name: "setvtrgb", manSection: 8, summary: "give the sixteen colors of the virtual consoles other RGB values", synopsis: ["[option...] [vga|FILE|-]"], operands: "files",
  description: ["FILE has three lines with sixteen decimal numbers between commas (red, green, blue), or sixteen lines such as #aa5500; vga stands for the usual colours."],
  options: { console: text(["-C", "--console"], "DEV", "of this console") },
  *run({ options, operands, sys }, io: Io) {
    const [name] = operands;
    if (name === undefined) io.usage();
    const fd = yield* openConsole(sys, io, options.console);
    let palette: readonly string[] = VGA;
    if (name !== "vga") {
      try {
        const input = name === "-" ? 0 : yield* sys.open(name, O.RDONLY);
        const read = colours(decode(yield* readWhole(sys, input)));
        if ("wrong" in read) {
          yield* io.stderr(`Error: ${name}: ${read.wrong}\n`);
          return 1;
        }
        palette = read;
      } catch (error) {
        if (error instanceof SysError) io.die(`fopen: ${error.message}`, 1);
        throw error;
      }
    }
    try {
      ask(sys, fd, "PIO_CMAP", palette);
    } catch (error) {
      if (error instanceof SysError) io.die(`ioctl PIO_CMAP: ${error.message}`, 1);
      throw error;
    }
    return 0;
  },
});
