// A screen as the bytes that rebuild it: scrollback and main screen as scrolling text, the alternate screen over it, then modes and
// cursor. Held by a property test: what these bytes make is the same screen.

import { PLAIN } from "./cell-style.ts";
import type { SavedCursor, Screen } from "./screen.ts";
import type { ScreenLine } from "./screen-line.ts";

/** The line's text with its styles; leaves the style at plain. */
function lineText(line: ScreenLine, end = line.usedCols()): string {
  let text = "";
  let style = PLAIN;
  for (let col = 0; col < end; col += 1) {
    const wanted = line.style[col] ?? PLAIN;
    if (wanted !== style) {
      text += wanted.sgr;
      style = wanted;
    }
    text += line.text[col] ?? " ";
  }
  return style === PLAIN ? text : `${text}${PLAIN.sgr}`;
}

function position(row: number, col: number): string {
  return `\x1b[${row + 1};${col + 1}H`;
}

/** Puts the cursor; one that waits at the margin is made by writing the last character again. */
function cursorAt(lines: readonly ScreenLine[], row: number, col: number, wrapPending: boolean): string {
  const line = lines[row];
  if (!wrapPending || !line) return position(row, col);
  const start = line.text[col] === "" ? col - 1 : col;
  return `${position(row, start)}${(line.style[start] ?? PLAIN).sgr}${line.text[start] ?? " "}`;
}

function savedCursor(saved: SavedCursor | undefined, lines: readonly ScreenLine[]): string {
  if (!saved) return "";
  const sets = saved.lineDrawing.map((drawing, index) => `\x1b${index === 0 ? "(" : ")"}${drawing ? "0" : "B"}`).join("");
  // Origin mode moves the cursor when it is set, and positions then count from the scroll region, which is the whole screen here.
  const origin = saved.originMode ? "\x1b[?6h" : "";
  return `${origin}${cursorAt(lines, Math.min(saved.row, lines.length - 1), saved.col, saved.wrapPending)}${saved.style.sgr}${sets}${saved.shiftOut ? "\x0e" : "\x0f"}\x1b7${saved.originMode ? "\x1b[?6l" : ""}\x1b[0m\x1b(B\x1b)B\x0f`;
}

export function serializeScreen(screen: Screen): string {
  const main = screen.hiddenLines ?? screen.lines;
  let text = "";
  // The main screen pushes the scrollback out at the top.
  text += [...screen.scrollback, ...main].map((line) => lineText(line)).join("\r\n");
  text += savedCursor(screen.saved[0], main);
  if (screen.hiddenLines) {
    text += "\x1b[?47h";
    screen.lines.forEach((line, row) => {
      text += position(row, 0) + lineText(line);
    });
    text += savedCursor(screen.saved[1], screen.lines);
  }
  text += tabStops(screen);
  if (screen.title !== "") text += `\x1b]0;${screen.title}\x07`;
  const { modes } = screen;
  const privateModes: (readonly [number, boolean])[] = [
    [1, modes.applicationCursorKeys], [25, modes.cursorVisible], [1004, modes.focusReporting], [2004, modes.bracketedPaste],
  ];
  for (const [mode, on] of privateModes) if (on !== (mode === 25)) text += `\x1b[?${mode}${on ? "h" : "l"}`;
  for (const mode of modes.mouse) text += `\x1b[?${mode}h`;
  if (modes.applicationKeypad) text += "\x1b=";
  if (screen.top !== 0 || screen.bottom !== screen.rowCount - 1) text += `\x1b[${screen.top + 1};${screen.bottom + 1}r`;
  if (modes.origin) text += "\x1b[?6h";
  const row = modes.origin ? screen.row - screen.top : screen.row;
  text += cursorAt(screen.lines, screen.row, screen.col, screen.wrapPending).replace(position(screen.row, screen.col), position(row, screen.col));
  text += screen.style.sgr;
  if (!modes.autowrap) text += "\x1b[?7l";
  if (modes.insert) text += "\x1b[4h";
  if (modes.newline) text += "\x1b[20h";
  screen.lineDrawing.forEach((drawing, index) => {
    if (drawing) text += `\x1b${index === 0 ? "(" : ")"}0`;
  });
  if (screen.shiftOut) text += "\x0e";
  return text;
}

function tabStops(screen: Screen): string {
  let same = true;
  if (screen.hasDefaultTabs) return "";
  for (let col = 1; col < screen.cols; col += 1) if (screen.tabs.has(col) !== (col % 8 === 0)) same = false;
  if (same && !screen.tabs.has(0)) return "";
  let text = "\x1b[3g";
  for (const col of [...screen.tabs].sort((a, b) => a - b)) text += `${position(0, col)}\x1bH`;
  return text;
}
