// What ed and red have in common: the options, and a terminal's size.
import { S } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { Editor } from "./_editor.ts";

export function edCommand(name: "ed" | "red", summary: string): Command {
  return gnu({
    name, path: `/bin/${name}`, project: "GNU", version: "1.19", versionText: "GNU ed 1.19\n", versionLetter: "V", helpLetter: "h", usageStatus: 1, summary, synopsis: ["[OPTIONS] [FILE]"], operands: "files",
    description: [
      "Reads commands from standard input, a line each: an address or two, a letter, and what it needs. A file that begins with ! is the output of a shell command.",
      "Addresses: a number, . (the current line), $ (the last), /RE/ and ?RE? (the next line that matches, forward and back), 'x (a mark), + and - with a number; a comma makes a range, a semicolon moves the current line first; , alone is all lines.",
      "Commands: a, i, c (lines follow, up to a period), d, j, m, t, s/RE/TEXT/ (g, a number, I), y and x (copy and put), k (a mark), p, n, l, =, z (print), g/RE/LIST and v/RE/LIST (for each line), G and V (asking), e, E, r, f, w, W, wq, q, Q, u (undo), h and H (explain the ?), P (the prompt), !COMMAND.",
    ],
    options: {
      extended: flag(["-E", "--extended-regexp"], "extended regular expressions"), traditional: flag(["-G", "--traditional"], "as old editors did"), loose: flag(["-l", "--loose-exit-status"], "status 0 even when a command failed"), prompt: text(["-p", "--prompt"], "STRING", "ask for commands with STRING"),
      quiet: flag(["-q", "--quiet", "--silent"], "say nothing on standard error of files"), restricted: flag(["-r", "--restricted"], "only files of this directory, no shell"), script: flag(["-s", "--script"], "no numbers of bytes and no !"), verbose: flag(["-v", "--verbose"], "explain errors, as the command H"), strip: flag(["--strip-trailing-cr"], "drop carriage returns at the ends of lines"),
    },
    exitStatuses: [["0", "success"], ["1", "a command failed, or a wrong option"], ["2", "a file cannot be read"]],
    *run({ options, operands, sys }, io: Io) {
      const [file] = operands;
      const terminal = sys.isatty(1) ? sys.getWindowSize(1) : undefined;
      const editor = new Editor(io, {
        extended: options.extended, traditional: options.traditional, restricted: options.restricted || name === "red", isScript: options.script, quiet: options.quiet, stripsReturns: options.strip,
        windowLines: terminal === undefined || terminal.rows < 3 ? 22 : terminal.rows - 2, windowColumns: terminal === undefined || terminal.cols < 9 ? 72 : terminal.cols - 8,
      }, options.prompt, options.verbose);
      const status = yield* editor.run(file, (sys.fstat(0).mode & S.IFMT) === S.IFREG);
      return options.loose && status === 1 ? 0 : status;
    },
  });
}
