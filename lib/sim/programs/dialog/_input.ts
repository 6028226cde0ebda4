// A line to fill in: --inputbox, --passwordbox.

import type { Blocking } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, pressed } from "./_buttons.ts";
import { Line } from "./_line.ts";
import { ERROR, ESC, EXTRA, HELP, OK, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

const FIELD = -1;

export function* inputBox(session: Session, text: string, asked: Size, initial: string | undefined, secret: boolean): Blocking<number> {
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const { canvas, options } = session;
  const line = new Line(initial ?? "", options.number("max-input") || undefined);
  let state = options.text("default-button") !== undefined || options.has("defaultno") ? defaultButton(session, buttons) : FIELD;
  const turn = (by: number): void => {
    state = ((state + 1 + by + buttons.length + 1) % (buttons.length + 1)) - 1;
  };
  const answer = (status: number): number => {
    if (status === OK || status === EXTRA || status === HELP) session.add(line.text);
    session.addLastKey();
    return status;
  };
  for (;;) {
    const begin = options.begin?.column ?? 0;
    const size = session.size(letters, asked, 5, initial === undefined ? 26 : Math.min(Math.max(columnsOf(initial) + 7, 26), session.room.columns - begin));
    const place = session.place({ height: size.height, width: buttonsWidth(session, buttons, size.width) });
    const last = session.box(place, letters);
    session.hint(place, false);
    const width = place.width - 6;
    canvas.frame(place.row + last + 1, place.column + 2, 3, width + 2, session.colour("dialog"), session.colour("border2"), session.colour("border"));
    session.region("FIELD", { row: place.row + last + 1, column: place.column + 2, height: 3, width: width + 2 });
    drawButtons(session, place, buttons, state);
    const { cursorRow, cursorColumn } = canvas;
    line.draw(session, place.row + last + 2, place.column + 3, width, session.colour("inputbox"), { hidden: secret, stars: secret && options.has("insecure") });
    if (state !== FIELD) canvas.moveCursor(cursorRow, cursorColumn);
    yield* session.show();
    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    if (pressed(key) >= 0) return answer(buttons[pressed(key)]?.status ?? OK);
    if (state === FIELD && line.edit(key)) continue;
    const hit = buttonOf(buttons, key);
    if (hit >= 0) return answer(buttons[hit]?.status ?? OK);
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "ENTER" || key === " ") return answer(state === FIELD ? OK : entered(session, buttons, state));
    if (key === "FIELD") state = FIELD;
    else if (key === "DOWN" || key === "RIGHT" || key === "TAB") turn(1);
    else if (key === "UP" || key === "LEFT" || key === "BACKTAB") turn(-1);
    else if (key !== "RESIZE") yield* session.beep();
  }
}
