// The row of buttons: which there are, where they stand, their key letters.

import { columnsOf } from "./_canvas.ts";
import { type Button, CANCEL, EXTRA, HELP, OK, type Place, type Session } from "./_session.ts";

/** OK and Cancel, with Extra and Help where they are asked for. */
export function okCancel(session: Session): Button[] {
  const { options, word } = session;
  const buttons: Button[] = [];
  if (!options.has("no-ok")) buttons.push({ label: options.text("ok-label") ?? word("OK"), status: OK });
  if (options.has("extra-button")) buttons.push({ label: options.text("extra-label") ?? word("Extra"), status: EXTRA });
  if (!options.has("no-cancel")) buttons.push({ label: options.text("cancel-label") ?? word("Cancel"), status: CANCEL });
  if (options.has("help-button")) buttons.push({ label: options.text("help-label") ?? word("Help"), status: HELP });
  return buttons;
}

/** The buttons of a message: no Cancel. */
export function okOnly(session: Session): Button[] {
  const { options, word } = session;
  const buttons: Button[] = [{ label: options.text("ok-label") ?? word("OK"), status: OK }];
  if (options.has("extra-button")) buttons.push({ label: options.text("extra-label") ?? word("Extra"), status: EXTRA });
  if (options.has("help-button")) buttons.push({ label: options.text("help-label") ?? word("Help"), status: HELP });
  return buttons;
}

export function yesNo(session: Session): Button[] {
  const { options, word } = session;
  const yes: Button = { label: options.text("yes-label") ?? word("Yes"), status: OK };
  const no: Button = { label: options.text("no-label") ?? word("No"), status: CANCEL };
  const extra: Button[] = options.has("extra-button") ? [{ label: options.text("extra-label") ?? word("Extra"), status: EXTRA }] : [];
  const help: Button[] = options.has("help-button") ? [{ label: options.text("help-label") ?? word("Help"), status: HELP }] : [];
  return [yes, ...extra, no, ...help];
}

/** The button that closes a text. */
export function exitOnly(session: Session): Button[] {
  const { options, word } = session;
  if (options.has("extra-button")) return okCancel(session).filter((button) => button.status !== CANCEL);
  const exit: Button = { label: options.text("exit-label") ?? word("EXIT"), status: OK };
  return [exit, ...(options.has("help-button") ? [{ label: options.text("help-label") ?? word("Help"), status: HELP }] : [])];
}

/** The button that is chosen at first. */
export function defaultButton(session: Session, buttons: readonly Button[]): number {
  const name = session.options.text("default-button");
  const wanted = session.options.has("defaultno") ? CANCEL : name === undefined ? OK : (BUTTON_NAMES.get(name.toLowerCase()) ?? OK);
  return Math.max(0, buttons.findIndex((button) => button.status === wanted));
}

export const BUTTON_NAMES = new Map([["ok", OK], ["yes", OK], ["cancel", CANCEL], ["no", CANCEL], ["help", HELP], ["extra", EXTRA]]);

interface Layout {
  readonly fits: boolean;
  readonly margin: number;
  readonly step: number;
  readonly longest: number;
}

function layout(buttons: readonly Button[], width: number): Layout {
  const count = buttons.length;
  let longest = Math.max(0, ...buttons.map((button) => columnsOf(button.label)));
  longest = Math.max(longest, 6 - (longest & 1));
  const used = longest * count + count * 2;
  const unused = width - used;
  let gap = Math.trunc(unused / (count + 3));
  let margin: number;
  if (gap <= 0) {
    gap = Math.trunc(unused / (count + 1));
    if (gap <= 0) gap = 1;
    margin = gap;
  } else margin = gap * 2;
  return { fits: unused >= 0, margin, step: gap + Math.trunc((used + count - 1) / count), longest };
}

/** The width a box needs for its buttons. */
export function buttonsWidth(session: Session, buttons: readonly Button[], least: number): number {
  if (buttons.length === 0) return least;
  let width = 1;
  while (!layout(buttons, width).fits) width++;
  return Math.max(least, Math.min(width + 4, session.canvas.columns));
}

/** What Enter answers: without an OK button it is still OK. */
export function entered(session: Session, buttons: readonly Button[], at: number): number {
  return session.options.has("no-ok") ? OK : (buttons[Math.max(0, at)]?.status ?? OK);
}

/** The letter of each button that presses it: its first capital that no button before it has. */
function hotkeys(buttons: readonly Button[]): (string | undefined)[] {
  const taken: (string | undefined)[] = [];
  for (const { label } of buttons) taken.push([...label].find((letter) => letter !== letter.toLowerCase() && !taken.includes(letter)));
  return taken;
}

export function drawButtons(session: Session, place: Place, buttons: readonly Button[], chosen: number, plain = false): void {
  const { canvas } = session;
  const { margin, step, longest } = layout(buttons, place.width);
  const keys = hotkeys(buttons);
  const row = place.row + place.height - 2;
  let column = place.column + margin;
  for (const [index, { label }] of buttons.entries()) {
    const free = longest - columnsOf(label);
    const left = Math.trunc(free / 2);
    const active = chosen === index || (chosen < 0 && index === 0);
    const edge = session.colour(active ? "button_active" : "button_inactive");
    const ink = session.colour(active ? "button_label_active" : "button_label_inactive");
    let at = canvas.put(row, column, "<", edge);
    at = canvas.put(row, at, " ".repeat(Math.max(0, left)), ink);
    let marked = plain;
    for (const letter of label) {
      const key = !marked && letter === keys[index];
      if (key) marked = true;
      at = canvas.put(row, at, letter, key ? session.colour(active ? "button_key_active" : "button_key_inactive") : ink);
    }
    at = canvas.put(row, at, " ".repeat(Math.max(0, free - left)), ink);
    canvas.put(row, at, ">", edge);
    if (chosen === index) canvas.moveCursor(row, session.options.has("cursor-off-label") ? at + 1 : column + Math.max(0, left) + 1);
    session.region(`BUTTON${index}`, { row, column, height: 1, width: longest + 2 });
    column += step;
    if (column - place.column > place.width) break;
  }
}

/** The button that a letter presses. */
export function buttonOf(buttons: readonly Button[], key: string): number {
  return key === "" || [...key].length > 1 ? -1 : hotkeys(buttons).indexOf(key.toUpperCase());
}

/** The button that the mouse pressed. */
export function pressed(key: string): number {
  return key.startsWith("BUTTON") ? Number(key.slice(6)) : -1;
}
