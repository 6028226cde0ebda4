import { type Io, flag, gnu, reason, texts } from "../kit/gnu.ts";
import { TabStops, tabOptions } from "./_tab-stops.ts";

export default gnu({
  name: "unexpand",
  summary: "convert spaces to tabs",
  synopsis: ["[OPTION]... [FILE]..."],
  options: {
    all: flag(["-a", "--all"], "all blanks, not only those at the beginning of a line"),
    firstOnly: flag(["--first-only"], "only the blanks at the beginning of a line; overrides -a"),
    tabs: texts(["-t", "--tabs"], "LIST", "tab stops every N columns, or at the columns of a LIST separated by commas; implies -a"),
  },
  operands: "files",
  seeAlso: ["expand(1)"],
  // The short form -N does not imply -a.
  rewrite: (args) => tabOptions(args).flatMap((arg, index) => (arg !== args[index] && !args.includes("-a") && !args.includes("--all") ? ["--first-only", arg] : [arg])),
  *run({ options, operands, sys }, io: Io) {
    const stops = TabStops.parse(options.tabs, io);
    const all = (options.all || options.tabs.length > 0) && !options.firstOnly;
    for (const name of operands.length === 0 ? ["-"] : operands) {
      try {
        const input = yield* io.open(name);
        for (;;) {
          const lines = yield* input.lines();
          if (lines.length === 0) break;
          for (const [index, line] of lines.entries()) {
            io.out.putLatin1(unexpandLine(line, stops, all) + (input.unterminated && index === lines.length - 1 ? "" : "\n"));
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

/**
 * A run of blanks is replaced by tabs up to the last tab stop it reaches; what is left of it stays spaces. A single space that ends at a
 * stop, with no blank after it, stays a space (POSIX: only two or more blanks are converted), except at the line's beginning.
 */
function unexpandLine(line: string, stops: TabStops, all: boolean): string {
  let out = "";
  let column = 0;
  for (let i = 0; i < line.length; ) {
    const char = line.charAt(i);
    if (char !== " " && char !== "\t") {
      out += char;
      column = char === "\b" ? Math.max(0, column - 1) : column + 1;
      i++;
      if (!all) return out + line.slice(i);
      continue;
    }
    const start = i;
    let spaces = "";
    let heldAtStop = false;
    while (i < line.length && (line.charAt(i) === " " || line.charAt(i) === "\t")) {
      const stop = stops.next(column);
      if (stop === undefined) return out + (heldAtStop ? "\t" : spaces) + line.slice(i);
      if (line.charAt(i) === "\t") {
        column = stop;
        out += (heldAtStop ? "\t" : "") + "\t";
        spaces = "";
        heldAtStop = false;
      } else {
        if (heldAtStop) {
          out += "\t";
          heldAtStop = false;
          spaces = "";
        }
        spaces += " ";
        column++;
        if (column === stop) {
          if (spaces.length === 1 && i === start && start > 0) heldAtStop = true;
          else {
            out += "\t";
            spaces = "";
          }
        }
      }
      i++;
    }
    out += heldAtStop ? " " : spaces;
  }
  return out;
}
