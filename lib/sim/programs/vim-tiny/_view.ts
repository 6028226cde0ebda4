// What a window shows: lines, numbers, the selection, "~" and "@" rows, its status line.

import { closedFold, type Fold, foldAt, lineState } from "./_diff.ts";
import { statusGoesOn } from "./_frames.ts";
import { FOLD_COLUMNS } from "./_layout.ts";
import { rulerColumn, rulerText } from "./_ruler.ts";
import { runsOf } from "./_file-types.ts";
import { upon } from "./_look.ts";
import { marksOf } from "./_marked.ts";
import { columnOf, nextIndex, shown, widthOf } from "./_text.ts";
import type { Vim } from "./_vim.ts";
import type { VimWindow } from "./_window.ts";

export function drawWindow(vim: Vim, window: VimWindow): void {
  const { screen } = vim;
  const { how, buffer, margin } = window;
  const clear = (row: number) => screen.put(window.row + row, window.column, " ".repeat(window.columns));
  const rows: [number, number][] = [];
  let row = 0;
  let line = window.top;
  while (row < window.height && line < buffer.lines.length && !buffer.empty) {
    const needed = window.rowsOf(line, how);
    if (needed === 0) {
      line++;
      continue;
    }
    const fillers = window.fillersBefore(line);
    for (let i = 0; i < fillers && row < window.height; i++) drawFiller(vim, window, row++);
    const own = needed - fillers;
    if (row >= window.height) break;
    const fold = closedFold(window.diff, line);
    if (fold) {
      drawFold(vim, window, fold, row);
      rows.push([line, needed]);
      row++;
      line = fold.end + 1;
      continue;
    }
    if (row + own > window.height && row > 0) break;
    const keep = vim.dollar >= 0 && window === vim.window && line === window.line ? columnOf(buffer.line(line), window.col, how) : -1;
    drawLine(vim, window, line, row, Math.min(own, window.height - row), margin, keep);
    rows.push([line, needed]);
    row += own;
    line++;
  }
  if (line >= buffer.lines.length) for (let i = window.fillersBefore(buffer.lines.length); i > 0 && row < window.height; i--) drawFiller(vim, window, row++);
  if (buffer.empty && row === 0) {
    clear(0);
    rows.push([0, 1]);
    row = 1;
    line = 1;
  }
  const filler = line < buffer.lines.length && !buffer.empty ? "@" : "~";
  for (; row < window.height; row++) {
    clear(row);
    screen.put(window.row + row, window.column + (filler === "@" ? margin : 0), filler, vim.look.blank);
  }
  window.drawn = { buffer, place: window.place, top: window.top, rows };
  if (window.separator > 0) for (let i = 0; i < window.height; i++) screen.put(window.row + i, window.column + window.columns, "|", vim.look.reverse);
  if (window.statusRows > 0) drawStatus(vim, window);
}

/** A row for a line that another window has. */
function drawFiller(vim: Vim, window: VimWindow, row: number): void {
  vim.screen.put(window.row + row, window.column, " ".repeat(FOLD_COLUMNS));
  vim.screen.put(window.row + row, window.column + FOLD_COLUMNS, "-".repeat(Math.max(0, window.columns - FOLD_COLUMNS)), vim.look.deleted);
}

function drawFold(vim: Vim, window: VimWindow, { start, end }: Fold, row: number): void {
  const text = `+--${String(end - start + 1).padStart(3)} lines: ${window.buffer.line(start).trim()}`;
  vim.screen.put(window.row + row, window.column, "+ ", vim.look.style("FoldColumn"));
  vim.screen.put(window.row + row, window.column + FOLD_COLUMNS, text.padEnd(window.columns, "-").slice(0, Math.max(0, window.columns - FOLD_COLUMNS)), vim.look.fold);
}

function drawStatus(vim: Vim, window: VimWindow): void {
  const { screen } = vim;
  const style = window === vim.window ? vim.look.status : vim.look.style("StatusLineNC");
  const row = window.row + window.height;
  screen.put(row, window.column, " ".repeat(window.columns), style);
  const { buffer } = window;
  const name = buffer.help ? buffer.name.slice(buffer.name.lastIndexOf("/") + 1) : buffer.name === "" ? "[No Name]" : buffer.name;
  const flags = `${buffer.help ? "[Help]" : ""}${buffer.modified ? "[+]" : ""}${buffer.readOnly ? "[RO]" : ""}`;
  const text = flags === "" ? name : `${name} ${flags}`;
  const start = rulerColumn(vim, window.columns);
  // the end of a long name is what counts
  screen.put(row, window.column, start <= 1 ? "<" : text.length < start - 1 ? text : `<${text.slice(text.length - start + 2)}`, style);
  if (vim.options.on("ruler")) screen.put(row, window.column + start, rulerText(vim, window, window.columns).slice(0, window.columns - start), style);
  if (window.separator > 0) screen.put(row, window.column + window.columns, statusGoesOn(window.frame) ? " " : "|", statusGoesOn(window.frame) ? style : vim.look.reverse);
}

/** `keep`: from this column on the row stays as it is. */
function drawLine(vim: Vim, window: VimWindow, line: number, firstRow: number, rowCount: number, margin: number, keep: number): void {
  const { screen } = vim;
  const { how } = window;
  const left = window.column + margin;
  const text = window.buffer.line(line);
  if (keep < 0) for (let i = 0; i < rowCount; i++) screen.put(window.row + firstRow + i, window.column, " ".repeat(window.columns));
  const { diff } = window;
  if (diff) {
    const at = foldAt(diff, line);
    screen.put(window.row + firstRow, window.column, at < 0 ? "  " : diff.folds[at]?.start === line ? "- " : "| ", vim.look.style("FoldColumn"));
  }
  const state = diff && lineState(diff, line);
  const base = state === "added" ? vim.look.added : state === "changed" ? vim.look.changed : "";
  if (base !== "") screen.put(window.row + firstRow, left, " ".repeat(window.width), base);
  if (margin > (diff ? FOLD_COLUMNS : 0)) {
    const numbers = margin - (diff ? FOLD_COLUMNS : 0);
    const relative = window.local.relativenumber;
    const distance = Math.abs(line - window.line);
    const number = relative && !(window.local.number && distance === 0) ? distance : line + 1;
    const shownNumber = relative && window.local.number && distance === 0 ? String(number).padEnd(numbers - 1) : String(number).padStart(numbers - 1);
    screen.put(window.row + firstRow, window.column + margin - numbers, `${shownNumber} `.slice(-numbers), underlinedNumber(vim, window, line));
  }
  const style = window === vim.window ? styleOf(vim, window, line) : () => "";
  const runs = runsOf(vim, window.buffer, line);
  let run = 0;
  const marked = marksOf(vim, window, line, text);
  const underlined = vim.options.on("cursorline") && window === vim.window && line === window.line ? vim.look.style("CursorLine") : "";
  if (underlined !== "" && keep < 0) for (let i = 0; i < rowCount; i++) screen.put(window.row + firstRow + i, left, " ".repeat(window.width), underlined);
  let column = 0;
  const put = (piece: string, at: number, width: number, pieceStyle: string) => {
    let place = at - window.leftColumn;
    let row = window.row + firstRow;
    if (keep >= 0 && at >= keep) return;
    if (window.wrap) {
      row += Math.floor(place / window.width);
      place %= window.width;
      if (row >= window.row + window.height) return;
      // What crosses the margin goes on in the next row.
      if (place + width > window.width && piece.length > 1) {
        const room = window.width - place;
        screen.put(row, left + place, piece.slice(0, room), pieceStyle);
        if (row + 1 < window.row + window.height) screen.put(row + 1, left, piece.slice(room), pieceStyle);
        return;
      }
    } else if (place < 0) {
      if (place + width <= 0) return;
      piece = piece.slice(-place);
      place = 0;
    }
    if (!window.wrap && place >= window.width) return;
    screen.put(row, left + place, place + piece.length > window.width ? piece.slice(0, window.width - place) : piece, pieceStyle);
  };
  for (let at = 0; at < text.length; at = nextIndex(text, at)) {
    const c = text.slice(at, nextIndex(text, at));
    const width = widthOf(c, column, how);
    const piece = shown(c, column, how);
    const chosen = style(at, column, width);
    while (run < runs.length && at >= (runs[run]?.end ?? 0)) run++;
    const special = (piece !== c && c !== "\t") || (how.list && c === "\t");
    const lower = special ? vim.look.style("SpecialKey") : upon(base, vim.look.style(runs[run]?.group ?? ""));
    const below = upon(upon(underlined, lower), marked(at));
    put(piece, column, width, upon(below, chosen));
    // the cursor stands on the last column of a tab: those before it are selected
    if (c === "\t" && width > 1 && vim.visual && window === vim.window && line === window.line && at === window.col && !how.list && (line !== vim.visual.start.line || at !== vim.visual.start.col)) put(" ".repeat(width - 1), column, width - 1, upon(below, vim.look.visual));
    column += width;
    if (!window.wrap && column - window.leftColumn > window.width) break;
  }
  if (how.list) put("$", column, 1, upon(underlined, vim.look.blank));
  else if (style(text.length, column, 1) !== "") put(" ", column, 1, vim.look.visual);
}

function underlinedNumber(vim: Vim, window: VimWindow, line: number): string {
  return vim.options.on("cursorline") && window === vim.window && line === window.line ? vim.look.style("CursorLineNr") : vim.look.number;
}

/** The style of the character at an index and column: the selection without the cell under the cursor, the match that is asked about. */
function styleOf(vim: Vim, window: VimWindow, line: number): (at: number, column: number, width: number) => string {
  const { visual, spotlight } = vim;
  if (spotlight?.line === line) return (at) => (at >= spotlight.from && at < spotlight.to ? vim.look.style("IncSearch") : "");
  if (!visual) return () => "";
  const { cursor } = window;
  const { start } = visual;
  const { how } = window;
  const [first, last] = start.line < cursor.line || (start.line === cursor.line && start.col <= cursor.col) ? [start, cursor] : [cursor, start];
  if (line < first.line || line > last.line) return () => "";
  const isCursor = (at: number) => line === cursor.line && at === cursor.col;
  const length = window.buffer.line(line).length;
  if (visual.mode === "V") return (at) => (isCursor(at) ? "" : vim.look.visual);
  if (visual.mode === "v") {
    return (at) => {
      if (isCursor(at)) return "";
      if (line === first.line && at < first.col) return "";
      if (line === last.line && at > last.col) return "";
      if (at >= length && line === last.line) return "";
      return vim.look.visual;
    };
  }
  const [a, b] = [columnOf(window.buffer.line(start.line), start.col, how), columnOf(window.buffer.line(cursor.line), cursor.col, how)];
  const right = visual.toEnd ? Number.POSITIVE_INFINITY : Math.max(a, b);
  const left = Math.min(a, b);
  return (at, column, width) => (at < length && column + width > left && column <= right && !isCursor(at) ? vim.look.visual : "");
}
