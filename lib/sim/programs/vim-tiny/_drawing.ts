// The screen: windows, mode, ruler, the cursor's place.

import type { Blocking } from "../../kernel/sys.ts";
import { closedFold, updateDiff } from "./_diff.ts";
import { introRows } from "./_intro.ts";
import { setWidths } from "./_layout.ts";
import { columnOf, widthOf } from "./_text.ts";
import { rulerColumn, rulerText } from "./_ruler.ts";
import { drawTabs } from "./_tab-line.ts";
import { findBrackets } from "./_marked.ts";
import { drawWindow } from "./_view.ts";
import type { Vim } from "./_vim.ts";

export function* drawScreen(vim: Vim): Blocking<void> {
  if (vim.isOutside || vim.silent) return;
  setWidths(vim);
  if (!vim.overlay && !vim.exMode) {
    yield* updateDiff(vim);
    let moved = false;
    for (const window of vim.windows) {
      window.line = Math.min(window.line, window.buffer.lastLine);
      window.top = Math.min(window.top, window.buffer.lastLine);
      if (window === vim.window) window.follow(window.how, vim.options.number("scrolloff"));
      moved ||= window.movesLines(window.how);
    }
    // lines with numbers are drawn anew, the screen's own rows do not move
    if (moved && !vim.wroteMessage && !vim.typingLine && !vim.options.on("number") && !vim.options.on("relativenumber")) vim.wipeMessage();
    drawTabs(vim);
    findBrackets(vim);
    for (const window of vim.windows) drawWindow(vim, window);
    if (vim.colourCost > 0 && vim.sys.charge(vim.colourCost)) yield* vim.sys.preempt();
    vim.colourCost = 0;
    drawIntro(vim);
    for (const buffer of vim.buffers) buffer.change = undefined;
    if (!vim.typingLine) {
      drawMode(vim);
      drawRuler(vim);
      drawTyped(vim);
    }
  }
  vim.wroteMessage = false;
  const [row, column] = vim.cursorOverride ? [vim.cursorOverride.row, vim.cursorOverride.column] : cursorPlace(vim);
  const hidden = vim.cursorOverride?.hidden === true;
  const bell = vim.bellDue && !vim.options.on("visualbell") ? "\u0007" : "";
  vim.bellDue = false;
  yield* vim.terminal.write(`${bell}\u001b[?25l${vim.screen.update(row, Math.min(column, vim.screen.columns - 1))}${hidden ? "" : "\u001b[?25h"}`);
}

export function drawIntro(vim: Vim): void {
  const { buffer, windows, screen } = vim;
  if (!vim.intro || windows.length > 1) return;
  if (buffer.name !== "" || buffer.modified || buffer.lines.length > 1 || vim.line !== "" || vim.buffers.length > 1) {
    vim.intro = false;
    vim.redrawAll();
    for (const window of windows) drawWindow(vim, window);
    return;
  }
  // one start in two asks for sponsors
  for (const { row, column, text } of introRows(screen.rows - 1, screen.columns, vim.compatible, Math.floor(vim.sys.clockUs("realtime") / 1_000_000) % 2 === 0)) screen.put(row, column, text);
}

export function cursorPlace(vim: Vim): [number, number] {
  const { window } = vim;
  const { how } = window;
  let row = window.row;
  const fold = closedFold(window.diff, window.line);
  const shown = fold?.start ?? window.line;
  for (let line = window.top; line < shown; line++) row += window.rowsOf(line, how);
  row += window.fillersBefore(shown);
  const text = vim.line;
  let column = fold ? 0 : columnOf(text, window.col, how);
  if (fold) return [Math.min(row, vim.screen.rows - 1), window.column + window.margin];
  // On a tab the cursor stands at its end, except while text is inserted.
  if (!vim.inserting && !how.list && text[window.col] === "\t" && !(vim.visual && window.col === vim.visual.start.col && window.line === vim.visual.start.line)) column += widthOf("\t", column, how) - 1;
  column -= window.leftColumn;
  if (window.wrap) {
    row += Math.floor(column / window.width);
    column %= window.width;
  }
  return [Math.min(row, vim.screen.rows - 1), window.column + window.margin + column];
}

export function drawMode(vim: Vim): void {
  const visual = vim.visual ? (vim.visual.mode === "v" ? "VISUAL" : vim.visual.mode === "V" ? "VISUAL LINE" : "VISUAL BLOCK") : "";
  const inner = vim.inLanguage(vim.mode !== "" ? vim.mode : visual);
  const shown = vim.options.on("showmode") ? inner : "";
  const recording = vim.recording ? `${vim.inLanguage("recording")} @${vim.recording.register}` : "";
  if (shown === "" && (recording === "" || vim.wroteMessage)) {
    if (vim.modeShown) {
      vim.modeShown = false;
      if (!vim.wroteMessage) vim.wipeMessage();
    }
    return;
  }
  if (vim.modeShown && vim.wroteMessage) return;
  const last = vim.screen.rows - 1;
  vim.screen.fill(last);
  vim.screen.put(last, 0, `${shown === "" ? "" : `-- ${shown}${vim.options.on("paste") && vim.inserting ? vim.inLanguage(" (paste)") : ""} --`}${recording}`, vim.look.mode);
  vim.modeShown = true;
  vim.ruler = undefined;
}

function drawRuler(vim: Vim): void {
  const { columns } = vim.screen;
  if (!vim.options.on("ruler") || vim.statusLines) {
    if (vim.ruler !== undefined) vim.screen.put(vim.screen.rows - 1, Math.max(columns - 18, Math.floor((columns + 1) / 2)), " ".repeat(18));
    vim.ruler = undefined;
    return;
  }
  const text = rulerText(vim, vim.window, columns);
  if (text === vim.ruler) return;
  vim.ruler = text;
  const start = rulerColumn(vim, columns);
  vim.screen.put(vim.screen.rows - 1, start, text.padEnd(columns - start));
}

/** 'showcmd': the keys of a command that is not complete. */
export function drawTyped(vim: Vim): void {
  if (!vim.options.on("showcmd")) return;
  const ruler = vim.options.on("ruler") && !vim.statusLines;
  const start = vim.screen.columns - (ruler ? 28 : 11);
  const keys = vim.inserting ? [] : vim.visual && vim.typed.length === 0 ? [selectedSize(vim)] : vim.typed;
  vim.screen.put(vim.screen.rows - 1, start, keys.map((key) => (key.length === 1 && key < " " ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key)).join("").slice(-10).padEnd(10));
}

/** How much is selected: lines, characters within one, or both for a block. */
function selectedSize({ visual, cursor, line, window, buffer }: Vim): string {
  if (!visual) return "";
  const lines = Math.abs(cursor.line - visual.start.line) + 1;
  if (visual.mode === "\u0016") {
    const columns = [columnOf(line, cursor.col, window.how), columnOf(buffer.line(visual.start.line), visual.start.col, window.how)];
    return `${lines}x${Math.abs((columns[0] ?? 0) - (columns[1] ?? 0)) + 1}`;
  }
  return visual.mode === "V" || lines > 1 ? String(lines) : String(Math.abs(cursor.col - visual.start.col) + 1);
}
