// less from its first screen to its end.

import { type Blocking, SIGNALS } from "../../kernel/sys.ts";
import { runCommand } from "./_commands.ts";
import { openFile } from "./_open-file.ts";
import { END_OF_COMMANDS, type Pager, Quit } from "./_pager.ts";

export function* runPager(pager: Pager): Blocking<number> {
  const io = pager.io;
  let opened = false;
  for (let index = 0; index < pager.files.length && !opened; index++) {
    const problem = yield* openFile(pager, index);
    if (problem === undefined) opened = true;
    else if (problem !== "") yield* io.stderr(`${problem}\n`);
  }
  if (!opened) return 1;
  yield* pager.keyboard();
  const { sys } = io;
  const rows = pager.rows();
  if (pager.options.has("F") && pager.files.length === 1) {
    yield* pager.text.need(rows + 1);
    if (pager.text.ended && pager.fitsOneScreen()) {
      for (let line = 0; line < pager.text.lines.length; line++) for (const row of pager.rowsOf(line)) io.out.put(`${row}\n`);
      return 0;
    }
  }
  for (const signal of [SIGNALS.INT, SIGNALS.WINCH, SIGNALS.TSTP]) if (sys.sigaction(signal, "catch") === "ignore") sys.sigaction(signal, "ignore");
  yield* pager.enter();
  let status = 0;
  try {
    if (pager.options.startPattern !== undefined) pager.pushed.push(..."/", ...pager.options.startPattern, "\r");
    for (const commands of [pager.options.everyCommands, pager.options.firstCommands]) if (commands !== "") pager.pushed.push(...commands, END_OF_COMMANDS);
    if (pager.options.has("c") || pager.options.has("C")) yield* pager.paint();
    else if (pager.pushed.length === 0 || pager.options.startPattern !== undefined) yield* pager.firstScreen();
    else pager.repaintNeeded = true;
    yield* readCommands(pager);
  } catch (error) {
    if (!(error instanceof Quit)) throw error;
    status = error.status;
  }
  yield* pager.leave();
  return status;
}

function* readCommands(pager: Pager): Blocking<never> {
  let count = "";
  for (;;) {
    if (pager.repaintNeeded && pager.pushed.length === 0) yield* pager.paint();
    if (pager.pushed.length === 0) yield* pager.prompt(count);
    const key = yield* pager.key();
    if (key === undefined || key === END_OF_COMMANDS) {
      if (key !== undefined && count !== "") yield* runCommand(pager, "g", Number(count));
      count = "";
      continue;
    }
    if (key >= "0" && key <= "9" && key.length === 1) {
      count += key;
      continue;
    }
    if (count !== "" && (key === "\u007f" || key === "\b")) {
      count = count.slice(0, -1);
      continue;
    }
    if (count !== "") pager.clearPrompt();
    const number = count === "" ? undefined : Number(count);
    count = "";
    yield* runCommand(pager, key, number);
  }
}
