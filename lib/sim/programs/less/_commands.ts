// What each key does.

import type { Blocking } from "../../kernel/sys.ts";
import { colonCommand, followFile } from "./_file-commands.ts";
import { HELP_LINES } from "./_help.ts";
import { optionCommand } from "./_option-commands.ts";
import { editCommand, pipeCommand, saveCommand, shellCommand } from "./_other-programs.ts";
import { type Pager, Quit } from "./_pager.ts";
import { STATUS_PROMPT } from "./_prompt.ts";
import { standout } from "./_rows.ts";
import { gotoMark, jumpTo, lastColumn, scrollBackward, scrollForward, setMark, toEnd, toLine } from "./_scrolling.ts";
import { filterCommand, searchCommand, searchFiles } from "./_searching.ts";
import { LessText } from "./_text.ts";

export function* runCommand(pager: Pager, key: string, count: number | undefined): Blocking<void> {
  const rows = pager.windowRows ?? pager.options.window ?? pager.rows();
  switch (key) {
    case "q":
    case "Q":
      if (pager.help) {
        pager.top = pager.help.top;
        pager.help = undefined;
        pager.fresh = true;
        yield* pager.paint();
        return;
      }
      throw new Quit(0);
    case "e":
    case "j":
    case "\u0005":
    case "\u000e":
    case "\r":
    case "\n":
    case "\u001b[B":
    case "\u001bOB":
      yield* scrollForward(pager, count ?? 1, false);
      return;
    case "J":
      yield* scrollForward(pager, count ?? 1, true);
      return;
    case "y":
    case "k":
    case "\u0019":
    case "\u000b":
    case "\u0010":
    case "\u001b[A":
    case "\u001bOA":
    case "K":
    case "Y":
      yield* scrollBackward(pager, count ?? 1);
      return;
    case "f":
    case "\u0006":
    case "\u0016":
    case " ":
    case "\u001b[6~":
      yield* scrollForward(pager, count ?? rows, false, true);
      return;
    case "b":
    case "\u0002":
    case "\u001bv":
    case "\u001b[5~":
      yield* scrollBackward(pager, count ?? rows);
      return;
    case "z":
      if (count !== undefined) pager.windowRows = count;
      yield* scrollForward(pager, count ?? rows);
      return;
    case "w":
      if (count !== undefined) pager.windowRows = count;
      yield* scrollBackward(pager, count ?? rows);
      return;
    case "\u001b ":
      yield* scrollForward(pager, count ?? rows, true);
      return;
    case "d":
    case "\u0004":
    case "u":
    case "\u0015": {
      if (count !== undefined) pager.half = count;
      const half = pager.half ?? Math.floor((pager.rows() + 1) / 2);
      if (key === "d" || key === "\u0004") yield* scrollForward(pager, half);
      else yield* scrollBackward(pager, half);
      return;
    }
    case "\u001b}":
    case "\u001b[1;5C":
      pager.shift = yield* lastColumn(pager);
      pager.repaintNeeded = true;
      return;
    case "\u001b{":
    case "\u001b[1;5D":
      pager.shift = 0;
      pager.repaintNeeded = true;
      return;
    case "\u001b)":
    case "\u001b[C":
    case "\u001bOC":
      pager.shift += count ?? pager.options.shift ?? Math.floor(pager.columns() / 2);
      pager.repaintNeeded = true;
      return;
    case "\u001b(":
    case "\u001b[D":
    case "\u001bOD":
      pager.shift = Math.max(0, pager.shift - (count ?? pager.options.shift ?? Math.floor(pager.columns() / 2)));
      pager.repaintNeeded = true;
      return;
    case "g":
    case "<":
    case "\u001b<":
    case "\u001b[H":
    case "\u001bOH":
    case "\u001b[1~":
      yield* toLine(pager, count ?? 1);
      return;
    case "G":
    case ">":
    case "\u001b>":
    case "\u001b[F":
    case "\u001bOF":
    case "\u001b[4~":
      if (count !== undefined) yield* toLine(pager, count);
      else yield* toEnd(pager);
      return;
    case "p":
    case "%": {
      yield* pager.text.all();
      const byte = ((pager.text.sizeBytes ?? 0) * Math.min(100, count ?? 0)) / 100;
      const line = pager.text.ends.findIndex((end) => end > byte);
      const there = line < 0 ? Math.max(0, pager.text.lines.length - 1) : line;
      yield* jumpTo(pager, pager.visible(there) ? there : (pager.previousLine(there) ?? there));
      return;
    }
    case "/":
    case "?":
      yield* searchCommand(pager, key, count ?? 1);
      return;
    case "n":
    case "N": {
      const pattern = pager.pattern;
      if (!pattern) {
        yield* pager.message("No previous search pattern");
        return;
      }
      pager.marksOff = false;
      yield* searchFiles(pager, pattern.backwards !== (key === "N"), count ?? 1, true);
      return;
    }
    case "\u001bn":
    case "\u001bN": {
      const pattern = pager.pattern;
      if (!pattern) {
        yield* pager.message("No previous search pattern");
        return;
      }
      pager.pattern = { ...pattern, pastEnd: true };
      yield* searchFiles(pager, pattern.backwards !== (key === "\u001bN"), count ?? 1, true);
      pager.pattern = pattern;
      return;
    }
    case "\u001bF":
      yield* followFile(pager, true);
      return;
    case "\u001bu":
      pager.marksOff = !pager.marksOff;
      yield* pager.paint();
      return;
    case "&":
      yield* filterCommand(pager);
      return;
    case "r":
    case "\u0012":
    case "\u000c":
    case "R":
      yield* pager.paint();
      return;
    case "h":
    case "H":
      if (pager.help) {
        pager.bell();
        return;
      }
      pager.help = { top: pager.top, file: pager.current };
      pager.helpText ??= LessText.ofLines(pager.io.sys, HELP_LINES);
      pager.top = { line: 0, row: 0 };
      yield* pager.paint();
      return;
    case "=":
    case "\u0007":
      yield* showStatus(pager);
      return;
    case ":":
      yield* colonCommand(pager, count);
      return;
    case "Z":
      if ((yield* pager.key()) === "Z") throw new Quit(0);
      return;
    case "m":
    case "M":
      pager.ask("set mark: ");
      yield* setMark(pager, yield* pager.key(), key === "M");
      return;
    case "\u001bm": {
      pager.ask("clear mark: ");
      const letter = yield* pager.key();
      if (letter === undefined || letter === "\u007f") return;
      if (!/^[a-zA-Z]$/.test(letter)) yield* pager.message(`Invalid mark letter ${letter}`);
      else if (!pager.marks.delete(letter)) yield* pager.message("Mark not set");
      else if (pager.options.has("J")) yield* pager.paint();
      return;
    }
    case "|": {
      pager.ask("|mark: ");
      yield* pipeCommand(pager, yield* pager.key());
      return;
    }
    case "'": {
      pager.ask("goto mark: ");
      yield* gotoMark(pager, yield* pager.key());
      return;
    }
    case "!":
      yield* shellCommand(pager);
      return;
    case "s":
      yield* saveCommand(pager);
      return;
    case "v":
      yield* editCommand(pager);
      return;
    case "-":
    case "_":
      yield* optionCommand(pager, key === "-");
      return;
    case "F":
      yield* followFile(pager);
      return;
    case "V":
      yield* pager.message("less 590 (GNU regular expressions)");
      return;
    case "+":
    case "\u001b":
      return;
    default:
      pager.bell();
  }
}

export function* showStatus(pager: Pager): Blocking<void> {
  const atEnd = yield* pager.atEnd();
  const text = yield* pager.expand(pager.options.statusPrototype ?? STATUS_PROMPT, atEnd);
  yield* pager.unsquish();
  pager.clearPrompt();
  pager.io.out.put(standout(`${text}  (press RETURN)`));
  yield* pager.waitReturn();
}
