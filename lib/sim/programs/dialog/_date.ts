// A date, a time, a number: --calendar, --timebox, --rangebox.

import { type Blocking, civilFromDays, daysFromCivil, daysInMonth, isLeapYear, weekdayOf } from "../../kernel/sys.ts";
import { MONTHS, type TimeLocale, civilAt, civilAtUs, strftime, timeLocale } from "../kit/time-format.ts";
import { UTC, readZone } from "../kit/zones.ts";
import { buttonOf, buttonsWidth, defaultButton, drawButtons, okCancel, pressed } from "./_buttons.ts";
import { type Button, ERROR, ESC, EXTRA, OK, type Place, type Session, TIMEOUT } from "./_session.ts";
import type { Size } from "./_text.ts";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The states before the buttons: parts of a date or of a time, digits of a number. */
function turned(state: number, by: number, parts: number, buttons: number): number {
  const count = parts + buttons;
  return ((state + parts + by + count) % count) - parts;
}

/** A status that an answer goes with, after what was chosen. */
function* answered(session: Session, status: number, text: string): Blocking<number> {
  if (status === OK || status === EXTRA || status === 2) session.add(text);
  session.addLastKey();
  return status;
}

/** What key a box of parts does not use itself: a button, the end. Undefined: none of these. */
function ending(buttons: readonly Button[], button: number, key: string | undefined): number | undefined {
  if (key === undefined) return TIMEOUT;
  const hit = pressed(key) >= 0 ? pressed(key) : buttonOf(buttons, key);
  if (hit >= 0) return buttons[hit]?.status ?? OK;
  if (key === "ENTER" || key === " ") return buttons[Math.max(0, button)]?.status ?? OK;
  if (key === "ESC") return ESC;
  if (key === "END-OF-INPUT") return ERROR;
  return undefined;
}

function weekStart(session: Session, locale: TimeLocale | undefined): number {
  const option = session.options.text("week-start") ?? (session.options.has("iso-week") ? "1" : "0");
  if (/^-?\d+$/.test(option)) return Math.max(0, Number(option) % 7);
  if (option === "locale") return locale === undefined ? 0 : 1;
  return Math.max(0, DAYS.findIndex((day) => day.startsWith(option)));
}

function isoWeekOf(days: number): number {
  const { year } = civilFromDays(days + 3 - ((weekdayOf(days) + 6) % 7));
  return 1 + Math.floor((days + 3 - ((weekdayOf(days) + 6) % 7) - daysFromCivil(year, 1, 1)) / 7);
}

export function* calendarBox(session: Session, text: string, asked: Size, day: number, month: number, year: number): Blocking<number> {
  const { sys, canvas, options } = session;
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const locale = timeLocale(sys);
  const now = civilAtUs(yield* readZone(sys), sys.clockUs("realtime"));
  const [y, m] = [year >= 1900 ? year : now.year, month >= 1 ? month : now.month];
  let days = daysFromCivil(y, m, 1) + (day > 0 && day <= daysInMonth(y, m) ? day : now.day) - 1;
  let state = defaultButton(session, buttons);
  const start = weekStart(session, locale);
  const [DAY, YEAR, MONTH] = [-1, -2, -3];
  for (;;) {
    const size = session.size(letters, asked, 0, buttonsWidth(session, buttons, 36));
    const place = session.place({ height: size.height + 16, width: size.width });
    session.box(place, letters);
    const date = civilFromDays(days);
    const length = daysInMonth(date.year, date.month);
    const first = daysFromCivil(date.year, date.month, 1);
    const left = place.column + Math.trunc((place.width - 32) / 2);
    const grid = place.row + place.height - 11;
    const [menubox, item] = [session.colour("menubox"), session.colour("item")];
    const box = (row: number, column: number, height: number, width: number): void => canvas.frame(row - 1, column - 1, height + 2, width + 2, menubox, session.colour("menubox_border"), session.colour("menubox_border2"));
    box(grid, left, 7, 32);
    for (let at = 0; at < 7; at++) canvas.put(grid, left + (at + 1) * 4, [...(locale?.shortWeekdays[(at + start) % 7] ?? DAYS[(at + start) % 7] ?? "")].slice(0, 3).join("").padStart(3), menubox);
    const offset = (weekdayOf(first) - start + 7) % 7;
    let cursor = { row: grid, column: left };
    for (let line = 0; line * 7 - offset < length; line++) {
      const monday = first - offset + line * 7;
      const week = options.has("iso-week") ? isoWeekOf(Math.max(first, monday)) : Math.floor((Math.max(first, monday) - daysFromCivil(date.year, 1, 1) + ((weekdayOf(daysFromCivil(date.year, 1, 1)) - start + 7) % 7)) / 7) + 1;
      canvas.put(grid + 1 + line, left, String(week).padStart(3), menubox);
      for (let at = 0; at < 7; at++) {
        const number = line * 7 - offset + at + 1;
        if (number < 1 || number > length) continue;
        const selected = number === date.day;
        canvas.put(grid + 1 + line, left + 1 + (at + 1) * 4, String(number).padStart(2), selected ? session.colour("item_selected") : item);
        if (selected) cursor = { row: grid + 1 + line, column: left + 1 + (at + 1) * 4 };
      }
    }
    session.hint(place, true);
    session.arrows(true, true, left + 5, grid - 1, grid + 7, session.colour("menubox_border2"), session.colour("menubox_border"));
    const names: readonly (readonly [string, string, number])[] = [["Month", locale?.months[date.month - 1] ?? MONTHS[date.month - 1] ?? "", left], ["Year", String(date.year).padStart(4), left + 17]];
    for (const [title, value, column] of names) {
      canvas.put(grid - 5, column - 1, session.word(title), session.colour("dialog"));
      box(grid - 3, column, 1, 15);
      canvas.put(grid - 3, column, value, item, column + 15);
      session.region(title === "Month" ? "MONTH" : "YEAR", { row: grid - 3, column, height: 1, width: 15 });
    }
    session.region("GRID", { row: grid + 1, column: left + 4, height: 6, width: 28 }, true);
    drawButtons(session, place, buttons, Math.max(0, state));
    if (state === DAY) canvas.moveCursor(cursor.row, cursor.column);
    else if (state === MONTH) canvas.moveCursor(grid - 3, left);
    else if (state === YEAR) canvas.moveCursor(grid - 3, left + 17);
    yield* session.show();
    const key = yield* session.key();
    const end = ending(buttons, state, key);
    if (end !== undefined) {
      const format = options.text("date-format");
      const civil = civilAt(UTC, days * 86_400);
      return yield* answered(session, end, format === undefined ? `${String(date.day).padStart(2, "0")}/${String(date.month).padStart(2, "0")}/${date.year}` : strftime(format, civil, locale));
    }
    if (key === "TAB") state = turned(state, 1, 3, buttons.length);
    else if (key === "BACKTAB") state = turned(state, -1, 3, buttons.length);
    else if (key === "MONTH") state = MONTH;
    else if (key === "YEAR") state = YEAR;
    else if (key?.startsWith("GRID") === true) state = DAY;
    else if (state >= 0) {
      if (key === "DOWN" || key === "RIGHT" || key === "j" || key === "l" || key === "+") state = turned(state, 1, 3, buttons.length);
      else if (key === "UP" || key === "LEFT" || key === "k" || key === "h" || key === "-") state = turned(state, -1, 3, buttons.length);
    } else {
      const step = key === "DOWN" || key === "PAGEDOWN" || key === "j" ? (state === DAY ? 7 : 1) : key === "UP" || key === "PAGEUP" || key === "k" ? (state === DAY ? -7 : -1) : key === "RIGHT" || key === "+" || key === "l" || key === "NEXT" ? 1 : key === "LEFT" || key === "-" || key === "h" || key === "BACKSPACE" || key === "PREVIOUS" ? -1 : 0;
      if (step === 0) {
        if (key !== "RESIZE") yield* session.beep();
        continue;
      }
      const before = date.month === 1 ? daysInMonth(date.year - 1, 12) : daysInMonth(date.year, date.month - 1);
      if (state === DAY) days += step;
      else if (state === MONTH) days += step > 0 ? length : -before;
      else days += step > 0 ? (isLeapYear(date.year) ? 366 : 365) : isLeapYear(date.year - 1) ? -366 : -365;
    }
  }
}

export function* timeBox(session: Session, text: string, asked: Size, given: readonly number[]): Blocking<number> {
  const { sys, canvas, options } = session;
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const zone = yield* readZone(sys);
  const now = civilAtUs(zone, sys.clockUs("realtime"));
  const [hour = -1, minute = -1, second = -1] = given;
  if (hour >= 24 || minute >= 60 || second >= 60) return ERROR;
  const values = [hour >= 0 ? hour : now.hour, minute >= 0 ? minute : now.minute, second >= 0 ? second : now.second];
  const periods = [24, 60, 60];
  let state = defaultButton(session, buttons);
  for (;;) {
    const size = session.size(letters, asked, 7, 16);
    const place = session.place({ height: size.height, width: Math.max(size.width, buttonsWidth(session, buttons, 16)) });
    session.box(place, letters);
    session.hint(place, false);
    const row = place.row + place.height - 6;
    const left = place.column + Math.trunc((place.width - 16 + 1) / 2) + 1;
    drawButtons(session, place, buttons, Math.max(0, state));
    for (const [index, value] of values.entries()) {
      const column = left + index * 5;
      canvas.frame(row - 1, column - 1, 3, 4, session.colour("menubox_border"), session.colour("menubox_border2"), session.colour("menubox_border"));
      canvas.put(row, column, String(value).padStart(2, "0"), session.colour("item"));
      if (index < 2) canvas.put(row, column + 3, ":", session.colour("dialog"));
      if (state === index - 3) canvas.moveCursor(row, column + 1);
      session.region(`PART${index}`, { row, column, height: 1, width: 2 });
    }
    yield* session.show();
    const key = yield* session.key();
    const end = ending(buttons, state, key);
    const at = state + 3;
    const value = values[at] ?? 0;
    const period = periods[at] ?? 60;
    if (end !== undefined) {
      const [h = 0, min = 0, s = 0] = values;
      const format = options.text("time-format");
      return yield* answered(session, end, format === undefined ? values.map((part) => String(part).padStart(2, "0")).join(":") : strftime(format, civilAt(zone, Math.floor(sys.clockUs("realtime") / 1e6) - (now.hour - h) * 3600 - (now.minute - min) * 60 - (now.second - s))));
    }
    if (key === "TAB" || key === "RIGHT" || key === "NEXT") state = turned(state, 1, 3, buttons.length);
    else if (key === "BACKTAB" || key === "LEFT" || key === "PREVIOUS" || key === "BACKSPACE") state = turned(state, -1, 3, buttons.length);
    else if (key?.startsWith("PART") === true) state = Number(key.slice(4)) - 3;
    else if (state < 0 && (key === "DOWN" || key === "+" || key === "PAGEDOWN")) values[at] = (value + 1) % period;
    else if (state < 0 && (key === "UP" || key === "-" || key === "PAGEUP")) values[at] = (value + period - 1) % period;
    else if (state < 0 && key === "HOME") values[at] = 0;
    else if (state < 0 && key === "END") values[at] = period - 1;
    else if (state < 0 && key === "DELETE") values[at] = Math.trunc(value / 10);
    else if (state < 0 && key !== undefined && /^\d$/.test(key) && value * 10 + Number(key) < period) values[at] = value * 10 + Number(key);
    else if (key !== "RESIZE") yield* session.beep();
  }
}

export function* rangeBox(session: Session, text: string, asked: Size, least: number, most: number, start: number): Blocking<number> {
  const { canvas } = session;
  const letters = session.letters(text);
  const buttons = okCancel(session);
  const top = Math.max(least, most);
  let value = Math.max(least, Math.min(top, start));
  let state = defaultButton(session, buttons);
  const digits = Math.max(String(top).length, String(least).length);
  for (;;) {
    const size = session.size(letters, asked, 6, 14);
    const place: Place = session.place({ height: size.height, width: Math.max(size.width, buttonsWidth(session, buttons, 14)) });
    const usable = place.width - 6;
    const ranges = top - least + 1;
    const step = ranges > usable ? Math.trunc((ranges + usable - 1) / usable) : ranges < usable ? Math.trunc(usable / ranges) : 1;
    const length = ranges > usable ? 1 + Math.trunc(ranges / step) : ranges < usable ? ranges * step : usable;
    const slide = place.column + Math.trunc((usable - length) / 2) + 3;
    const number = place.column + Math.trunc((usable - digits) / 2) + 1;
    const row = place.row + place.height - 5;
    session.box(place, letters);
    session.hint(place, false);
    canvas.frame(row - 1, slide - 1, 3, length + 2, session.colour("dialog"), session.colour("border"), session.colour("border2"));
    canvas.put(row, slide, " ".repeat(length), session.colour("gauge"));
    canvas.put(row, number, String(value).padStart(digits), session.colour("gauge"));
    const offset = value - least;
    canvas.reverse(row, slide, ranges > length ? Math.trunc((offset + step) / step) : ranges < length ? (offset + 1) * step : offset);
    session.region("NUMBER", { row: row - 1, column: slide - 1, height: 3, width: usable + 2 });
    drawButtons(session, place, buttons, Math.max(0, state));
    if (state < 0) canvas.moveCursor(row, number + digits + state);
    yield* session.show();
    const key = yield* session.key();
    const end = ending(buttons, state, key);
    if (end !== undefined) return yield* answered(session, end, String(value));
    const unit = state < 0 ? 10 ** (-1 - state) : 1;
    const to = (wanted: number): void => {
      value = Math.max(least, Math.min(top, wanted));
    };
    if (key === "TAB" || key === "RIGHT" || key === "NEXT") state = turned(state, 1, digits, buttons.length);
    else if (key === "BACKTAB" || key === "LEFT" || key === "PREVIOUS" || key === "BACKSPACE") state = turned(state, -1, digits, buttons.length);
    else if (key === "NUMBER") state = -digits;
    else if (key === "HOME") to(least);
    else if (key === "END") to(top);
    else if (key === "UP" || key === "-") to(value - unit);
    else if (key === "DOWN" || key === "+") to(value + unit);
    else if (key === "PAGEUP") to(value - step);
    else if (key === "PAGEDOWN") to(value + step);
    else if (key !== undefined && /^\d$/.test(key) && state < 0) {
      const shown = [...String(value).padStart(digits)];
      shown[digits + state] = key;
      const wanted = Number(shown.join(""));
      if (wanted >= least && wanted <= top) value = wanted;
    } else if (key !== "RESIZE") yield* session.beep();
  }
}
