// Messages and questions: --msgbox, --yesno, --infobox, --pause.

import type { Blocking } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, okOnly, pressed, yesNo } from "./_buttons.ts";
import { type Button, ERROR, ESC, OK, type Place, type Session, TIMEOUT } from "./_session.ts";
import { type Letter, type Size, wrapped } from "./_text.ts";

/** The text of a message from a line on, and how much of it is seen. Returns by how many lines it can scroll. */
function scrolled(session: Session, place: Place, letters: readonly Letter[], offset: number, page: number): number {
  const { canvas } = session;
  const total = wrapped(letters, Math.max(1, place.width - 4)).length;
  session.text(place, letters, page, offset);
  const wide = place.width - 2;
  const percent = total === 0 ? 100 : Math.max(0, Math.min(100, Math.trunc(((page + offset) * 100) / total)));
  if (wide > 4 && (offset !== 0 || percent !== 100)) {
    const text = `${percent}%`;
    const at = place.column + wide - 4;
    canvas.put(place.row + 1 + page, at, text, session.colour("position_indicator"));
    canvas.put(place.row + 1 + page, at + text.length, canvas.line("─").repeat(Math.max(0, 4 - text.length)), session.colour("border"));
  }
  return total - page;
}

export function* infoBox(session: Session, text: string, asked: Size): Blocking<number> {
  const letters = session.letters(text);
  const place = session.place(session.size(letters, asked, 0, buttonsWidth(session, okOnly(session), 0)));
  session.box(place, letters, false);
  session.hint(place, false);
  session.canvas.moveCursor(place.row + place.height - 1, place.column + place.width - 1);
  yield* session.show();
  return OK;
}

export function* messageBox(session: Session, text: string, asked: Size): Blocking<number> {
  return yield* ask(session, text, asked, okOnly(session), 12, 2);
}

export function* yesNoBox(session: Session, text: string, asked: Size): Blocking<number> {
  return yield* ask(session, text, asked, yesNo(session), 25, 2);
}

function* ask(session: Session, text: string, asked: Size, buttons: readonly Button[], least: number, boxLines: number): Blocking<number> {
  const letters = session.letters(text);
  let button = defaultButton(session, buttons);
  let offset = 0;
  for (;;) {
    const place = session.place(session.size(letters, asked, boxLines, buttonsWidth(session, buttons, least)));
    const page = place.height - 4;
    session.box(place, []);
    session.hint(place, false);
    const most = scrolled(session, place, letters, offset, page);
    drawButtons(session, place, buttons, button);
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const hit = pressed(key) >= 0 ? pressed(key) : buttonOf(buttons, key);
    if (hit >= 0) return buttons[hit]?.status ?? OK;
    const to = (line: number): void => {
      offset = Math.max(0, Math.min(most, line));
    };
    if (key === "ENTER" || key === " ") return buttons[button]?.status ?? OK;
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "TAB" || key === "RIGHT") button = (button + 1) % buttons.length;
    else if (key === "BACKTAB" || key === "LEFT") button = (button + buttons.length - 1) % buttons.length;
    else if (key === "DOWN" || key === "j" || key === "J") to(offset + 1);
    else if (key === "UP" || key === "k" || key === "K") to(offset - 1);
    else if (key === "HOME" || key === "g") to(0);
    else if (key === "END" || key === "G") to(most);
    else if (key === "PAGEDOWN") to(offset + page);
    else if (key === "PAGEUP" || key === "b" || key === "B") to(offset - page);
    else if (key !== "RESIZE") yield* session.beep();
  }
}

/** Seconds count down; the time's end is OK. */
export function* pauseBox(session: Session, text: string, asked: Size, seconds: number): Blocking<number> {
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const high = buttons.length > 0 ? 3 : 1;
  const start = seconds > 0 ? seconds : 1;
  let button = defaultButton(session, buttons);
  session.hideCursor();
  for (let left = seconds; left >= 0; left--) {
    const until = session.sys.clockUs("monotonic") + 1_000_000;
    for (;;) {
      const size = session.size(letters, asked, buttons.length > 0 ? 4 : 2, 16);
      const place = session.place({ height: size.height, width: buttonsWidth(session, buttons, size.width) });
      const at = place.height - high - 3;
      session.box(place, letters, false);
      session.hint(place, false);
      bar(session, place, at, Math.trunc((left * (place.width - 8)) / start), String(left).padStart(3), "title");
      if (buttons.length > 0) {
        const { canvas } = session;
        canvas.put(place.row + place.height - 3, place.column, canvas.line("├") + canvas.line("─").repeat(place.width - 2), session.colour("border"));
        canvas.put(place.row + place.height - 3, place.column + place.width - 1, canvas.line("┤"), session.colour("border2"));
        drawButtons(session, place, buttons, button);
      }
      yield* session.show();
      const rest = until - session.sys.clockUs("monotonic");
      if (rest <= 0) break;
      const key = yield* session.key(rest);
      if (key === undefined) break;
      const hit = pressed(key);
      if (hit >= 0) return yield* over(session, buttons[hit]?.status ?? OK);
      if (key === "ENTER") return yield* over(session, entered(session, buttons, button));
      if (key === "ESC") return yield* over(session, ESC);
      if (key === "END-OF-INPUT") return yield* over(session, ERROR);
      if ((key === "TAB" || key === "RIGHT") && buttons.length > 0) button = (button + 1) % buttons.length;
      else if ((key === "BACKTAB" || key === "LEFT") && buttons.length > 0) button = (button + buttons.length - 1) % buttons.length;
    }
  }
  return yield* over(session, OK);
}

function* over(session: Session, status: number): Blocking<number> {
  yield* session.showCursor();
  return status;
}

/** A bar in a frame: its left part is reversed. */
export function bar(session: Session, place: Place, row: number, filled: number, label: string, colour: "title" | "gauge"): void {
  const { canvas } = session;
  canvas.frame(place.row + row, place.column + 3, 3, place.width - 6, session.colour("dialog"), session.colour("border"), session.colour("border2"));
  canvas.put(place.row + row + 1, place.column + 4, " ".repeat(Math.max(0, place.width - 8)), session.colour(colour));
  canvas.put(place.row + row + 1, place.column + Math.trunc(place.width / 2) - 2, label, session.colour(colour));
  canvas.reverse(place.row + row + 1, place.column + 4, Math.min(filled, place.width - 8));
  canvas.moveCursor(place.row + row + 1, place.column + 4 + Math.max(0, filled));
}
