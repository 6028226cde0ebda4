// Texts that are looked at: --textbox, --tailbox, and what a program prints: --programbox, --progressbox, --prgbox.

import { type Blocking, O, SysError, decode } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, exitOnly, okOnly, pressed } from "./_buttons.ts";
import { Line } from "./_line.ts";
import { ERROR, ESC, Failure, OK, type Place, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

export function* fileText(session: Session, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* session.sys.open(path, O.RDONLY | O.CLOEXEC);
    let text = "";
    for (;;) {
      const bytes = yield* session.sys.read(fd, 1 << 16);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    session.sys.close(fd);
    return text;
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

/** The lines of a file; what does not end with a newline is a line too, and so is the nothing behind the last newline. */
function linesOf(session: Session, text: string): string[] {
  const tab = session.settings.tabLength === 0 ? 8 : session.settings.tabLength;
  return text.split("\n").map((line) => {
    if (!session.options.has("tab-correct")) return line;
    let out = "";
    for (const letter of line) out += letter === "\t" ? " ".repeat(tab - (columnsOf(out) % tab)) : letter;
    return out;
  });
}

function sizeOfFile(session: Session, asked: Size, lines: readonly string[], minimum: number): Size {
  const { room } = session;
  let { height, width } = asked;
  if (height === -1 || width === -1) {
    height = room.rows - (room.begin?.row ?? 0);
    width = room.columns - (room.begin?.column ?? 0);
  }
  if (height !== 0 && width !== 0) return { height: Math.min(height, room.rows), width: Math.min(width, room.columns) };
  const longest = Math.max(columnsOf(session.title), ...lines.map((line) => line.length));
  return { height: Math.min(room.rows, lines.length + 4), width: Math.min(room.columns, Math.max(longest + 4, minimum)) };
}

/** A line of a text from a column on; tabs go to the stops of the screen. */
function putLine(session: Session, place: Place, row: number, line: string, scrolledBy: number): void {
  const { canvas } = session;
  const base = session.colour("dialog");
  const limit = place.column + place.width - 1;
  canvas.put(row, place.column + 1, " ".repeat(place.width - 2), base);
  let at = place.column + 2;
  for (const letter of [...line].slice(Math.max(0, scrolledBy - 1))) {
    if (at >= limit - 1) break;
    if (letter === "\t") at += 8 - ((at - place.column - 1) % 8);
    else at = canvas.put(row, at, letter, base, limit - 1);
  }
}

export function* textBox(session: Session, path: string, asked: Size): Blocking<number> {
  const text = yield* fileText(session, path);
  if (text === undefined) throw new Failure(`Can't open input file ${path}`);
  const lines = linesOf(session, text);
  const buttons = exitOnly(session);
  let button = defaultButton(session, buttons);
  let top = 0;
  let right = 0;
  let term = "";
  for (;;) {
    const place = session.place(sizeOfFile(session, asked, lines, buttonsWidth(session, buttons, 12)));
    const page = place.height - 4;
    const most = Math.max(0, lines.length - page);
    session.box(place);
    for (let at = 0; at < page; at++) putLine(session, place, place.row + 1 + at, lines[top + at] ?? "", right);
    const bytes = (count: number): number => lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0);
    const total = text.length;
    const seen = Math.min(total, bytes(Math.min(lines.length, top + page)));
    session.hint(place, true);
    session.position(top === 0 ? 0 : bytes(top), seen, seen, total, place.column, place.column + place.width - 2, place.row, place.row + page + 1, session.colour("border"), session.colour("border"));
    drawButtons(session, place, buttons, button);
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const hit = pressed(key) >= 0 ? pressed(key) : buttonOf(buttons, key);
    if (hit >= 0) return buttons[hit]?.status ?? OK;
    const to = (line: number): void => {
      top = Math.max(0, Math.min(most, line));
    };
    switch (key) {
      case "ENTER": return buttons[button]?.status ?? OK;
      case "ESC": return ESC;
      case "END-OF-INPUT": return ERROR;
      case "TAB": button = (button + 1) % buttons.length; break;
      case "BACKTAB": button = (button + buttons.length - 1) % buttons.length; break;
      case "DOWN": case "j": case "J": if (top < most) to(top + 1); break;
      case "UP": case "k": case "K": to(top - 1); break;
      case "PAGEDOWN": case " ": if (top < most) top = Math.min(lines.length - 1, top + page); break;
      case "PAGEUP": case "b": case "B": to(top - page); break;
      case "HOME": case "g": to(0); break;
      case "END": case "G": to(most); break;
      case "RIGHT": case "l": case "L": right++; break;
      case "LEFT": case "h": case "H": right = Math.max(0, right - 1); break;
      case "0": right = 0; break;
      case "/": case "?": case "n": case "N": {
        if (key === "/" || key === "n" ? top + page >= lines.length : top === 0) {
          yield* session.beep();
          break;
        }
        if (key === "/" || key === "?") term = (yield* searchTerm(session, place, term)) ?? "";
        if (term === "") break;
        const forward = key === "/" || key === "n";
        const found = forward ? lines.findIndex((line, index) => index > top && line.includes(term)) : lines.findLastIndex((line, index) => index < top && line.includes(term));
        if (found >= 0) top = found;
        else yield* session.beep();
        break;
      }
      case "RESIZE": break;
      default: yield* session.beep();
    }
  }
}

function* searchTerm(session: Session, outer: Place, before: string): Blocking<string | undefined> {
  const { canvas } = session;
  const caption = session.word("Search");
  const line = new Line(before);
  const width = Math.min(Math.max(columnsOf(caption) + 6, 30), outer.width - 4);
  const [row, column] = [outer.row + 1 + Math.trunc((outer.height - 4 - 3) / 2), outer.column + 1 + Math.trunc((outer.width - 2 - width) / 2)];
  for (;;) {
    canvas.frame(row, column, 3, width, session.colour("searchbox"), session.colour("searchbox_border"), session.colour("searchbox_border2"));
    if (session.settings.useShadow) canvas.shadow(row, column, 3, width, session.colour("shadow"));
    canvas.put(row, column + Math.trunc((width - columnsOf(caption)) / 2), caption, session.colour("searchbox_title"));
    line.draw(session, row + 1, column + 1, width - 2, session.colour("searchbox"));
    yield* session.show();
    const key = yield* session.key();
    if (key === "ENTER") return line.text;
    if (key === "ESC" || key === "RESIZE" || key === "END-OF-INPUT" || key === undefined) return undefined;
    line.edit(key);
  }
}

/** The end of a file, again when it grows. */
export function* tailBox(session: Session, path: string, asked: Size): Blocking<number> {
  let text = yield* fileText(session, path);
  if (text === undefined) throw new Failure("Can't open input file in dialog_tailbox().");
  const buttons = exitOnly(session);
  let right = 0;
  for (;;) {
    const lines = linesOf(session, text);
    const place = session.place(sizeOfFile(session, asked, lines, 12));
    const rows = place.height - 4;
    session.box(place);
    session.hint(place, false);
    const last = lines.slice(Math.max(0, lines.length - rows - (text.endsWith("\n") ? 0 : 1)));
    const shown = last.slice(text.endsWith("\n") ? 0 : -rows);
    for (let at = 0; at < rows; at++) putLine(session, place, place.row + 1 + at, shown[at] ?? "", right);
    drawButtons(session, place, buttons, 0);
    session.canvas.moveCursor(place.row + rows, place.column + 2);
    yield* session.show();
    const key = yield* session.key(500_000);
    if (key === undefined) {
      text = (yield* fileText(session, path)) ?? text;
      continue;
    }
    const hit = pressed(key) >= 0 ? pressed(key) : buttonOf(buttons, key);
    if (hit >= 0 || key === "ENTER" || key === "ESC") {
      // the box goes from the screen
      session.canvas.fill(place.row, place.column, place.height, place.width, session.colour("screen"));
      yield* session.show();
      return key === "ESC" ? ESC : OK;
    }
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "RIGHT" || key === "l" || key === "L") right++;
    else if (key === "LEFT" || key === "h" || key === "H") right = Math.max(0, right - 1);
    else if (key === "0") right = 0;
    else if (key !== "RESIZE") yield* session.beep();
  }
}

/** What comes on a descriptor, line by line as it comes. `waits`: OK closes the box when all has come. */
export function* outputBox(session: Session, text: string, asked: Size, fd: number, waits: boolean): Blocking<number> {
  const letters = session.letters(text);
  const lines: string[] = [];
  const place = session.place(session.size(letters, asked, 4, 16));
  let line = "";
  const head = letters.length === 0 ? 0 : session.box(place, letters, false) + 1;
  const rows = place.height - 2 - head;
  session.hideCursor();
  function* draw(buttons: boolean): Blocking<void> {
    const { canvas } = session;
    session.box(place, letters, buttons);
    session.hint(place, false);
    if (head > 0) canvas.put(place.row + head, place.column + 1, canvas.line("─").repeat(place.width - 2), session.colour("dialog"));
    const seen = buttons ? rows - 2 : rows;
    const shown = lines.slice(-seen);
    for (let at = 0; at < seen; at++) {
      canvas.put(place.row + head + 1 + at, place.column + 1, " ".repeat(place.width - 2), session.colour("dialog"));
      canvas.put(place.row + head + 1 + at, place.column + 2, (shown[at] ?? "").replaceAll("\t", "        "), session.colour("dialog"), place.column + place.width - 2);
    }
    canvas.moveCursor(place.row + rows, place.column + 2);
    if (!buttons) yield* session.show();
  }
  yield* draw(false);
  for (;;) {
    const bytes = yield* session.sys.read(fd, 4096);
    if (bytes.length === 0) break;
    for (const letter of decode(bytes)) {
      if (letter !== "\n" && letter !== "\r") {
        line += letter;
        continue;
      }
      lines.push(line);
      line = "";
    }
    yield* draw(false);
  }
  if (line !== "") lines.push(line);
  yield* draw(false);
  yield* session.showCursor();
  if (!waits) return OK;
  const buttons = okOnly(session);
  let button = defaultButton(session, buttons);
  for (;;) {
    yield* draw(true);
    drawButtons(session, place, buttons, button);
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const hit = pressed(key) >= 0 ? pressed(key) : buttonOf(buttons, key);
    if (hit >= 0) return buttons[hit]?.status ?? OK;
    if (key === "ENTER") return buttons[button]?.status ?? OK;
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "TAB" || key === "RIGHT") button = (button + 1) % buttons.length;
    else if (key === "BACKTAB" || key === "LEFT") button = (button + buttons.length - 1) % buttons.length;
    else if (key !== "RESIZE") yield* session.beep();
  }
}
