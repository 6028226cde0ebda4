// The screen: windows, mode, ruler, the cursor's place.

import type { Blocking } from "../../kernel/sys.ts";
import { introRows } from "./_intro.ts";
import { setWidths } from "./_layout.ts";
import { STYLE } from "./_style.ts";
import { columnOf, widthOf } from "./_text.ts";
import { drawWindow } from "./_view.ts";
import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

export function* drawScreen(vim: Vim): Blocking<void> {
  if (vim.isOutside || vim.silent) return;
  setWidths(vim);
  if (!vim.overlay && !vim.exMode) {
    const how = vim.columns;
    let moved = false;
    for (const window of vim.windows) {
      window.line = Math.min(window.line, window.buffer.lastLine);
      window.follow(how, vim.options.number("scrolloff"));
      moved ||= window.movesLines(how);
    }
    // lines with numbers are drawn anew, the screen's own rows do not move
    if (moved && !vim.wroteMessage && !vim.options.on("number") && !vim.options.on("relativenumber")) vim.wipeMessage();
    for (const window of vim.windows) drawWindow(vim, window);
    drawIntro(vim);
    for (const buffer of vim.buffers) buffer.change = undefined;
    drawMode(vim);
    drawRuler(vim);
    drawTyped(vim);
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
  const how = vim.columns;
  let row = window.row;
  for (let line = window.top; line < window.line; line++) row += window.rowsOf(line, how);
  const text = vim.line;
  let column = columnOf(text, window.col, how);
  // On a tab the cursor stands at its end, except while text is inserted.
  if (!vim.inserting && !how.list && text[window.col] === "\t" && !(vim.visual && window.col === vim.visual.start.col && window.line === vim.visual.start.line)) column += widthOf("\t", column, how) - 1;
  column -= window.leftColumn;
  const margin = vim.screen.columns - window.width;
  if (window.wrap) {
    row += Math.floor(column / window.width);
    column %= window.width;
  }
  return [Math.min(row, vim.screen.rows - 1), margin + column];
}

export function drawMode(vim: Vim): void {
  const visual = vim.visual ? (vim.visual.mode === "v" ? "VISUAL" : vim.visual.mode === "V" ? "VISUAL LINE" : "VISUAL BLOCK") : "";
  const inner = vim.mode !== "" ? vim.mode : visual;
  const shown = vim.options.on("showmode") ? inner : "";
  const recording = vim.recording ? "recording" + (vim.compatible ? "" : ` @${vim.recording.register}`) : "";
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
  vim.screen.put(last, 0, `${shown === "" ? "" : `-- ${shown} --`}${recording}`, STYLE.mode);
  vim.modeShown = true;
  vim.ruler = undefined;
}

export function drawRuler(vim: Vim): void {
  if (!vim.options.on("ruler") || vim.statusLines) return;
  const text = rulerText(vim, vim.window, vim.screen.columns);
  if (text === vim.ruler) return;
  vim.ruler = text;
  const start = rulerColumn(vim.screen.columns);
  vim.screen.put(vim.screen.rows - 1, start, text.padEnd(vim.screen.columns - start));
}

/** 'showcmd': the keys of a command that is not complete. */
export function drawTyped(vim: Vim): void {
  if (!vim.options.on("showcmd")) return;
  const ruler = vim.options.on("ruler") && !vim.statusLines;
  const start = vim.screen.columns - (ruler ? 28 : 11);
  const keys = vim.inserting ? [] : vim.typed;
  vim.screen.put(vim.screen.rows - 1, start, keys.map((key) => (key.length === 1 && key < " " ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key)).join("").slice(-10).padEnd(10));
}

export function rulerText(vim: Vim, window: VimWindow, width: number): string {
  const how = vim.columns;
  const text = window.buffer.line(window.line);
  const empty = window.buffer.empty;
  const start = columnOf(text, window.col, how);
  const column = vim.inserting || text[window.col] !== "\t" || how.list ? start + 1 : start + widthOf("\t", start, how);
  const index = bytesBefore(text, window.col) + 1;
  const colText = text === "" ? "0-1" : index === column ? String(index) : `${index}-${column}`;
  const place = `${empty ? 0 : window.line + 1},${colText}`;
  const bottom = window.bottom(how);
  const above = window.top;
  const below = window.buffer.lines.length - bottom;
  const part = above === 0 && below <= 0 ? "All" : below <= 0 ? "Bot" : above === 0 ? "Top" : `${Math.floor((above * 100) / (above + below))}%`.padStart(3);
  const room = Math.max(width - rulerColumn(width) - (vim.statusLines ? 0 : 1), 1);
  return place + " ".repeat(Math.max(1, room - place.length - part.length + (vim.statusLines ? 0 : 0))) + part;
}

function rulerColumn(columns: number): number {
  return Math.max(columns - 18, Math.floor((columns + 1) / 2));
}

function bytesBefore(text: string, col: number): number {
  let bytes = 0;
  for (const c of text.slice(0, col)) {
    const point = c.codePointAt(0) ?? 0;
    bytes += point < 0x80 || (point >= 0xdc80 && point <= 0xdcff) ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
