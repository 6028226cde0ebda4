// The list of files: :n :p :x :e :d, and F, which waits for a file to grow.

import { type Blocking, SysError } from "../../kernel/sys.ts";
import { showStatus } from "./_commands.ts";
import { openFile } from "./_open-file.ts";
import { END_OF_COMMANDS, nothing, type Pager, Quit } from "./_pager.ts";
import { standout } from "./_rows.ts";
import { toEnd } from "./_scrolling.ts";

export function* colonCommand(pager: Pager, count: number | undefined): Blocking<void> {
  pager.clearPrompt();
  pager.io.out.put(" :");
  const key = yield* pager.key();
  switch (key) {
    case "n":
      yield* switchFile(pager, count ?? 1);
      return;
    case "p":
      yield* switchFile(pager, -(count ?? 1));
      return;
    case "x":
      yield* showFile(pager, (count ?? 1) - 1, "No such file");
      return;
    case "f":
      yield* showStatus(pager);
      return;
    case "q":
    case "Q":
      throw new Quit(0);
    case "d":
      yield* dropFile(pager);
      return;
    case "e": {
      const names = (yield* pager.entry("Examine: "))?.trim();
      if (names === undefined || names === "") return;
      yield* examine(pager, names.split(/\s+/));
      return;
    }
    default:
      if (key !== undefined && key !== "\u007f" && key !== "\b") pager.bell();
  }
}

/** Files are put behind this one in the list, unless they are in it; the first that can be opened is shown. */
function* examine(pager: Pager, names: readonly string[]): Blocking<void> {
  let at = pager.current + 1;
  let shown = false;
  for (const name of names) {
    let index = pager.files.findIndex((file) => file.name === name);
    const isNew = index < 0;
    if (isNew) {
      pager.files.splice(at, 0, { name, text: undefined, top: { line: 0, row: 0 } });
      index = at++;
    }
    if (shown) continue;
    const problem = yield* openFile(pager, index);
    if (problem === undefined) {
      shown = true;
      at = pager.current + 1;
      continue;
    }
    if (isNew) {
      pager.files.splice(index, 1);
      at--;
    }
    pager.fresh = true;
    if (problem !== "") yield* pager.message(problem);
  }
  if (!shown) return;
  pager.fresh = true;
  yield* paintOpened(pager);
}

/** A file that was just opened: the commands of ++ are for each of them. */
function* paintOpened(pager: Pager): Blocking<void> {
  const { everyCommands } = pager.options;
  if (everyCommands === "") yield* pager.paint();
  else {
    pager.pushed.push(...everyCommands, END_OF_COMMANDS);
    pager.repaintNeeded = true;
  }
}

export function* switchFile(pager: Pager, by: number): Blocking<void> {
  yield* showFile(pager, pager.current + by, by > 0 ? (Math.abs(by) > 1 ? `No ${Math.abs(by)}-th next file` : "No next file") : Math.abs(by) > 1 ? `No ${Math.abs(by)}-th previous file` : "No previous file");
}

function* showFile(pager: Pager, index: number, missing: string): Blocking<void> {
  if (index < 0 || index >= pager.files.length) {
    yield* pager.message(missing);
    return;
  }
  const problem = yield* openFile(pager, index);
  if (problem !== undefined) {
    if (problem !== "") yield* pager.message(problem);
    return;
  }
  yield* paintOpened(pager);
}

function* dropFile(pager: Pager): Blocking<void> {
  const next = pager.current + 1 < pager.files.length ? pager.current + 1 : pager.current - 1;
  if (next < 0 || pager.files.length < 2) {
    pager.bell();
    return;
  }
  const gone = pager.current;
  // The file before it in the list is shown, if there is one.
  const index = gone + 1 < pager.files.length ? gone + 1 : gone - 1;
  const problem = yield* openFile(pager, index);
  if (problem !== undefined) return;
  pager.files[gone]?.text?.close();
  pager.files.splice(gone, 1);
  pager.current = index > gone ? index - 1 : index;
  yield* pager.paint();
}

/** F. `untilHit`: ESC-F, which ends with the first line that the last pattern hits. */
export function* followFile(pager: Pager, untilHit = false): Blocking<void> {
  const { sys } = pager.io;
  yield* toEnd(pager);
  let seen = pager.text.lines.length;
  for (;;) {
    pager.clearPrompt();
    pager.io.out.put(standout("Waiting for data... (interrupt to abort)"));
    yield* pager.io.out.flush();
    const event = yield* pager.terminal?.next(1_000_000) ?? nothing();
    if (event?.kind === "signal" || event?.kind === "end" || (event?.kind === "key" && (event.key === "\u0003" || event.key === "\u0018"))) break;
    if (event?.kind === "resize") pager.repaintNeeded = true;
    try {
      let grown = false;
      while (yield* pager.text.grow()) grown = true;
      if (grown) yield* toEnd(pager);
      if (untilHit && pager.hitsBehind(seen)) break;
      seen = pager.text.lines.length;
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
      sys.takeSignals();
      break;
    }
  }
  pager.clearPrompt();
}
