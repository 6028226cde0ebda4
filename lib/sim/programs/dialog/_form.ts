// Fields to fill in, with names: --form, --passwordform, --mixedform.

import type { Blocking } from "../../kernel/sys.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, entered, okCancel, pressed } from "./_buttons.ts";
import { Line } from "./_line.ts";
import { ERROR, ESC, EXTRA, HELP, ITEM_HELP, OK, type Session, TIMEOUT, columnsOf } from "./_session.ts";
import type { Size } from "./_text.ts";

export interface Field {
  readonly name: string;
  readonly nameRow: number;
  readonly nameColumn: number;
  readonly text: string;
  readonly row: number;
  readonly column: number;
  /** the columns of the field; 0 or less: it cannot be changed */
  readonly width: number;
  /** how long its text may be; 0: as long as the field is wide */
  readonly limit: number;
  readonly hidden: boolean;
  readonly fixed: boolean;
  readonly help: string;
}

const FORM = -1;

export function* formBox(session: Session, text: string, asked: Size, askedHeight: number, fields: readonly Field[]): Blocking<number> {
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const { canvas, options } = session;
  const wide = (field: Field): number => (field.width > 0 ? field.width : field.width < 0 ? -field.width : columnsOf(field.text));
  const readonly = (field: Field): boolean => field.fixed || field.width <= 0;
  const lines = fields.map((field) => {
    const limit = field.limit === 0 ? wide(field) : field.limit;
    const line = new Line(field.width > 0 ? [...field.text].slice(0, limit).join("") : field.text, limit);
    line.cursor = 0;
    return line;
  });
  const rows = Math.max(0, ...fields.flatMap((field) => [field.nameRow + 1, field.row + 1]));
  const columns = Math.max(0, ...fields.flatMap((field) => [field.nameColumn + 1 + columnsOf(field.name), field.column + 1 + wide(field)]));
  const editable = fields.some((field) => !readonly(field));
  const named = fields.findIndex((field) => field.name === options.text("default-item"));
  let choice = Math.max(0, named);
  const there = fields[choice];
  if (there && readonly(there)) choice = Math.max(0, fields.findIndex((field) => !readonly(field)));
  let top = 0;
  let state = !editable ? 0 : options.text("default-button") !== undefined || options.has("defaultno") ? defaultButton(session, buttons) : FORM;
  const turn = (by: number): void => {
    const least = editable ? FORM : 0;
    const count = buttons.length - least;
    state = ((state - least + by + count) % count) + least;
  };
  for (;;) {
    const minimum = buttonsWidth(session, buttons, columns);
    const fits = asked.height === 0 || asked.width === 0;
    const size = session.size(letters, asked, 4, Math.max(26, 2 + minimum));
    let formRows = askedHeight === 0 ? rows : askedHeight;
    let { height } = size;
    if (fits) {
      formRows = Math.min(session.room.rows - height, formRows);
      height += formRows;
    } else {
      const least = session.size(letters, { height: 0, width: 0 }, 0, size.width).height;
      formRows = Math.min(session.room.rows - (height - (least + 4)), formRows);
    }
    const place = session.place({ height, width: size.width });
    const last = session.box(place, letters);
    const width = place.width - 6;
    const [row, column] = [place.row + last + 2, place.column + 3];
    canvas.frame(row - 1, column - 1, formRows + 2, width + 2, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
    canvas.fill(row, column, formRows, width, session.colour("menubox"));
    const chosen = fields[choice];
    if (chosen) {
      top = Math.max(top, Math.min(chosen.nameRow, chosen.row) + 1 - formRows);
      top = Math.min(top, Math.max(chosen.nameRow, chosen.row));
    }
    drawButtons(session, place, buttons, state === FORM ? buttons.length : state);
    const { cursorRow, cursorColumn } = canvas;
    for (const [index, field] of fields.entries()) {
      if (field.nameRow >= top && field.nameRow < top + formRows) canvas.put(row + field.nameRow - top, column + field.nameColumn, field.name, session.colour("menubox"), column + width);
      if (field.row < top || field.row >= top + formRows || index === choice) continue;
      drawField(index, field);
      session.region(`FIELD${index}`, { row: row + field.row - top, column: column + Math.min(field.nameColumn, field.column), height: 1, width: Math.abs(field.column - field.nameColumn) + wide(field) });
    }
    session.hint(place, true);
    session.position(top, top, top + formRows + 1, rows, column, column - 1 + width, row - 1, row + formRows, session.colour("menubox_border2"), session.colour("menubox_border"), { down: top + formRows < rows });
    if (chosen) {
      drawField(choice, chosen);
      if (state === FORM) session.itemHelp(chosen.help);
    }
    if (state !== FORM) canvas.moveCursor(cursorRow, cursorColumn);
    yield* session.show();

    function drawField(index: number, field: Field): void {
      const cells = Math.min(wide(field), width - field.column);
      const look = { hidden: field.hidden, stars: field.hidden && options.has("insecure") };
      const colour = readonly(field) ? "form_item_readonly" : index === choice && editable ? "form_active_text" : "form_text";
      lines[index]?.draw(session, row + field.row - top, column + field.column, cells, session.colour(colour), look);
    }

    const key = yield* session.key();
    if (key === undefined) return TIMEOUT;
    const answer = (status: number): number => {
      let result = status;
      if (status === HELP) {
        const help = options.has("item-help") && !options.has("help-tags") && (chosen?.help ?? "") !== "";
        if (help) result = ITEM_HELP;
        session.add(`HELP ${help ? (chosen?.help ?? "") : (chosen?.name ?? "")}`);
        if (options.has("help-status")) session.add(separator);
      }
      if (status === OK || status === EXTRA || (status === HELP && options.has("help-status"))) for (const [index, field] of fields.entries()) if (field.width > 0) session.add(`${lines[index]?.text ?? ""}${separator}`);
      session.addLastKey(false);
      return result;
    };
    const separator = options.text("output-separator") ?? options.text("separator") ?? "\n";
    const move = (by: number): void => {
      const before = lines[choice];
      for (let at = choice + by, step = 0; step < fields.length; at += by, step++) {
        const index = (at + fields.length * 2) % fields.length;
        const field = fields[index];
        if (!field || readonly(field)) continue;
        choice = index;
        break;
      }
      if (before) before.cursor = 0;
      const line = lines[choice];
      if (line) line.cursor = 0;
    };
    if (pressed(key) >= 0) return answer(buttons[pressed(key)]?.status ?? OK);
    if (key.startsWith("FIELD")) {
      const field = fields[Number(key.slice(5))];
      if (field && !readonly(field)) choice = Number(key.slice(5));
      continue;
    }
    if (key === "ESC") return ESC;
    if (key === "END-OF-INPUT") return ERROR;
    if (key === "ENTER") return answer(state === FORM ? OK : entered(session, buttons, state));
    if (key === "TAB") turn(1);
    else if (key === "BACKTAB") turn(-1);
    else if (state === FORM) {
      if (key === "DOWN" || key === "NEXT" || key === "PAGEDOWN") move(1);
      else if (key === "UP" || key === "PREVIOUS" || key === "PAGEUP") move(-1);
      else if (key !== "RESIZE" && lines[choice]?.edit(key) !== true) yield* session.beep();
    } else {
      const hit = buttonOf(buttons, key);
      if (hit >= 0) return answer(buttons[hit]?.status ?? OK);
      if (key === " ") return answer(buttons[state]?.status ?? OK);
      if (key === "RIGHT" || key === "DOWN") turn(1);
      else if (key === "LEFT" || key === "UP") turn(-1);
      else if (key !== "RESIZE") yield* session.beep();
    }
  }
}
