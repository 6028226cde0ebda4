// Messages that wait, and lists of several rows.

import type { Blocking } from "../../kernel/sys.ts";
import { drawScreen } from "./_drawing.ts";
import { readKeyAt } from "./_keyboard.ts";
import { rulerText } from "./_ruler.ts";
import type { Vim } from "./_vim.ts";

/** A warning that stays alone in its row. */
export function* warnAlone(vim: Vim, text: string): Blocking<void> {
  vim.message(text, vim.look.warning);
  vim.ruler = rulerText(vim, vim.window, vim.screen.columns);
  yield* pauseAfter(vim, text.length);
  vim.wroteMessage = true;
}

export function* pauseAfter(vim: Vim, column: number): Blocking<void> {
  if (vim.silent) return;
  vim.cursorOverride = { row: vim.screen.rows - 1, column, hidden: true };
  yield* drawScreen(vim);
  vim.cursorOverride = undefined;
  yield* vim.sys.sleep(1_000_000);
}

/** Several rows below the command; a page at a time. `styles`: of pieces of a row. */
export function* listRows(vim: Vim, rows: readonly string[], overwrite = false, styles: (row: string) => readonly (readonly [from: number, to: number, style: string])[] = () => []): Blocking<void> {
  let first = overwrite;
  let onPage = 0;
  for (const text of rows) {
    const parts = cutRows(text, vim.screen.columns);
    for (const part of parts) {
      if (first) vim.message(part);
      else vim.print(part);
      for (const [from, to, style] of part === text ? styles(text) : []) vim.screen.put(vim.screen.rows - 1, from, part.slice(from, to), style);
      first = false;
      if (++onPage >= vim.screen.rows - 1 && rows.length > onPage) {
        vim.print("-- More --", vim.look.style("MoreMsg"));
        const key = yield* readKeyAt(vim, vim.screen.rows - 1, 10);
        vim.screen.fill(vim.screen.rows - 1);
        if (key === "q" || key === "\u001b" || key === "\u0003") return;
        onPage = key === "\r" || key === "j" || key === "<Down>" ? onPage - 1 : 0;
        first = true;
      }
    }
    if (vim.sys.charge(1)) yield* vim.sys.preempt();
  }
}

/** After a command: when it wrote more than one row, waits for a key before the text is drawn again. */
export function* waitReturn(vim: Vim, always = false): Blocking<void> {
  if ((!vim.overlay && !always) || vim.exMode) return;
  vim.print(vim.inLanguage("Press ENTER or type command to continue"), vim.look.question);
  let key = yield* readKeyAt(vim, vim.screen.rows - 1, 39);
  // they would scroll back to what has left the screen: there is nothing (message.c, wait_return)
  while (!vim.options.on("compatible") && ["b", "k", "u", "g", "<Up>", "<PageUp>"].includes(key)) key = yield* readKeyAt(vim, vim.screen.rows - 1, 39);
  if (key === ":") {
    vim.wroteMessage = false;
    vim.screen.fill(vim.screen.rows - 1);
    vim.queue.unshift(":");
    return;
  }
  vim.redrawAll();
  vim.wipeMessage();
  vim.wroteMessage = false;
  if (!["\r", " ", "\n", "\u0003", "\u001b"].includes(key)) vim.queue.unshift(key);
}

/** Asks (W10) before the first change of a file that cannot be written. */
export function* beforeChange(vim: Vim, mode = ""): Blocking<void> {
  const { buffer } = vim;
  if (!buffer.readOnly || buffer.warned || vim.repeating) return;
  buffer.warned = true;
  vim.inserting = false;
  // behind the mode that begins, where that is shown
  const shown = mode !== "" && vim.options.on("showmode") ? `-- ${vim.inLanguage(mode)} -- ` : "";
  yield* warnAlone(vim, `${shown}W10: Warning: Changing a readonly file`);
  if (shown !== "") vim.modeShown = true;
}

function cutRows(text: string, columns: number): string[] {
  const rows: string[] = [];
  for (let at = 0; at === 0 || at < text.length; at += columns) rows.push(text.slice(at, at + columns));
  return rows;
}
